import { dossier as pb, payments } from '@lienthong/contract';
import type { HubError } from '@lienthong/kernel';
import { askPlainly } from '@lienthong/testkit';
import { expect, test } from 'vitest';
import type { MoneyBackOrder } from '../src/index.ts';
import { chargeOf, gateway, nextRequest, owing, pay, paymentsHub } from './payments-hub.ts';

test('real money is ordered back at the gateway once, and only then said to be back', async () => {
  const orders: MoneyBackOrder[] = [];
  const hub = await paymentsHub({ moneyBack: async (order) => { orders.push(order); if (orders.length === 1) throw new Error('gateway is asleep'); } });
  const owed = await owing(hub, { refundable: true });
  const { receiptNumber } = await pay(hub, owed, gateway('GD-100'));
  await askPlainly(hub, owed, { kind: 'withdraw', reason: 'đổi ý' });
  await expect.poll(async () => (await chargeOf(hub, owed)).state, { timeout: 10_000 }).toBe(pb.ChargeState.REFUNDED);
  expect(orders).toMatchObject([{ receipt: receiptNumber, method: 'gateway', amount: owed.amount }, { receipt: receiptNumber }]);
  expect(new Set(orders.map((one) => one.key)).size).toBe(1);
  await hub.stop();
});

test('cash waits for a till: the dossier stays open until somebody has given it back', async () => {
  const hub = await paymentsHub();
  const owed = await owing(hub, { refundable: true });
  await pay(hub, owed);
  await askPlainly(hub, owed, { kind: 'withdraw', reason: 'đổi ý' });
  await hub.quiet();
  expect((await chargeOf(hub, owed)).state).toBe(pb.ChargeState.PAID);
  await hub.call('payments', 'refundCharge', payments.RefundChargeRequest.create({ requestId: nextRequest(), code: owed.code, charge: owed.charge, amount: owed.amount, ground: '118/2025/NĐ-CP' }), owed.counter);
  await expect.poll(() => hub.modules[0]!.participant.view(owed.folder, (view) => view.state.dossier.root!.closed?.outcome), { timeout: 10_000 }).toBe('withdrawn');
  await hub.stop();
});

test('cash that nobody can order back is told to the operator, with where it is to be given back', async () => {
  const alarms: HubError[] = [], hub = await paymentsHub({}, undefined, { options: { maxEffectAttempts: 1 }, reports: { alarm: (error) => { alarms.push(error); } } });
  const owed = await owing(hub, { refundable: true });
  await pay(hub, owed);
  await askPlainly(hub, owed, { kind: 'withdraw', reason: 'đổi ý' });
  await expect.poll(() => alarms.map(({ code, meta }) => [code, meta['effect'], meta['problem']])).toEqual([['EFFECT_FAILED', 'refund-charge', expect.stringMatching(new RegExp(`^REFUND_AT_TILL: ${owed.amount} đồng of dossier ${owed.code} `))]]);
  expect((await chargeOf(hub, owed)).state).toBe(pb.ChargeState.PAID);
  await hub.stop();
});
