/** The applicant starts a payment himself: with the secret of the receipt, in the name of the counter, the same order while one is under way. */
import { dossier as pb, payments } from '@lienthong/contract';
import { HubError } from '@lienthong/kernel';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { ReceiptCheck } from '../src/index.ts';
import { chargeOf, nextRequest, owing, pay, paymentsHub } from './payments-hub.ts';
import type { Owed } from './payments-hub.ts';
import { deliver, reconcile, sandboxHub, start } from './sandbox-of-tests.ts';
import type { SandboxHub } from './sandbox-of-tests.ts';

const right = 'c0ffee';
let sandbox: SandboxHub, asked: string[];
const receiptCheck: ReceiptCheck = async ({ code, secret }, peer) => {
  asked.push(peer);
  if (secret !== right) throw new HubError('TRACK_REFUSED', { code }, { field: 'proof' });
};
beforeEach(async () => { asked = []; sandbox = await sandboxHub({}, { receiptCheck }); });
afterEach(() => sandbox.hub.stop());

/** As nobody's office. */
const startOwn = (owed: Pick<Owed, 'code' | 'charge'>, more: Partial<payments.StartOwnPaymentRequest> = {}, hub = sandbox.hub): Promise<payments.StartOwnPaymentResponse> =>
  hub.call('payments', 'startOwnPayment', payments.StartOwnPaymentRequest.create({ requestId: nextRequest(), code: owed.code, charge: owed.charge, secret: right, ...more }));

test('is answered where to go, pays there, and has the receipt of the counter', async () => {
  const owed = await owing(sandbox.hub), order = await startOwn(owed);
  expect(order).toMatchObject({ url: `http://127.0.0.1/pay/${order.reference}`, amount: owed.amount, name: { vi: expect.stringMatching(/./) as string } });
  expect(await deliver(sandbox)).toEqual(['SETTLED']);
  const charge = await chargeOf(sandbox.hub, owed);
  expect([charge.state, charge.receiptNumber]).toEqual([pb.ChargeState.PAID, expect.stringMatching(/^AA-\d\d\/\d{7}$/)]);
  expect(await reconcile(sandbox)).toMatchObject({ open: 0, imbalance: 0, pending: 0 });
});

test('while an order is under way everybody has the same, however often and at once; one that failed is followed by another', async () => {
  const owed = await owing(sandbox.hub), requestId = nextRequest();
  const orders = await Promise.all([startOwn(owed, { requestId }), startOwn(owed, { requestId }), startOwn(owed), startOwn(owed)]);
  expect(new Set([...orders, await start(sandbox, owed)].map((one) => one.reference)).size).toBe(1);
  expect(await deliver(sandbox)).toEqual(['SETTLED']);
});

describe('is refused', () => {
  test.each<[string, (owed: Owed) => Promise<Partial<payments.StartOwnPaymentRequest>>, string]>([
    ['with a wrong secret', async () => ({ secret: 'guess' }), 'TRACK_REFUSED'],
    ['without one', async () => ({ secret: '' }), 'TRACK_REFUSED'],
    ['for what is paid', async (owed) => { await pay(sandbox.hub, owed); return {}; }, 'CHARGE_NOT_OPEN'],
    ['for what is no longer owed', async (owed) => { await sandbox.hub.call('payments', 'cancelCharge', payments.CancelChargeRequest.create({ requestId: nextRequest(), code: owed.code, charge: owed.charge, ground: '1204/TB-CCT' }), owed.counter); return {}; }, 'CHARGE_NOT_OPEN'],
    ['for another charge', async () => ({ charge: 'intake~0/1/7' }), 'UNKNOWN_ITEM'],
    ['for no charge', async () => ({ charge: '' }), 'UNKNOWN_ITEM'],
    ['for a dossier that nobody has', async () => ({ code: 'H17.125.02-261124-9999' }), 'UNKNOWN_DOSSIER'],
    ['without a request', async () => ({ requestId: '' }), 'REQUEST_ID_MISSING'],
    ['for a rehearsal', async () => { const { code, charge } = await owing(sandbox.hub, { rehearsal: Date.UTC(2026, 2, 2, 2) }); return { code, charge }; }, 'GATEWAY_ABSENT'],
  ])('%s, and the platform hears nothing', async (_what, change, code) => {
    const owed = await owing(sandbox.hub);
    await expect(startOwn(owed, await change(owed))).rejects.toMatchObject({ code });
    expect([sandbox.bank.faultOf(owed.code), sandbox.bank.takings, sandbox.bank.due()]).toEqual([undefined, 0, []]);
  });

  test('before anything else is said, whatever the dossier: a guess tells nothing', async () => {
    const owed = await owing(sandbox.hub), said = await Promise.all([startOwn(owed, { secret: 'x' }), startOwn({ code: 'H17.125.02-261124-9999', charge: '' }, { secret: 'x' })].map((one) => one.then(() => '', (error: HubError) => error.code)));
    expect([said, asked.length]).toEqual([['TRACK_REFUSED', 'TRACK_REFUSED'], 2]);
  });

  test('where nobody checks receipts, or there is no platform', async () => {
    const without = await paymentsHub(), owed = await owing(without), checked = await paymentsHub({ receiptCheck }), other = await owing(checked);
    await expect(startOwn(owed, {}, without)).rejects.toMatchObject({ code: 'TRACK_REFUSED' });
    await expect(startOwn(other, {}, checked)).rejects.toMatchObject({ code: 'GATEWAY_ABSENT' });
    await Promise.all([without.stop(), checked.stop()]);
  });
});
