/** Rehearsals pay at a sandbox of their own: nothing of them reaches the platform that takes money, and nothing that the sandbox says stands in real books. */
import { dossier as pb, payments } from '@lienthong/contract';
import { signed } from '@lienthong/payment-gateway';
import { askPlainly } from '@lienthong/testkit';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { chargeOf, nextRequest, owing, pay } from './payments-hub.ts';
import type { Owed } from './payments-hub.ts';
import { confirm, ledger, reconcile, start, twoGateways } from './sandbox-of-tests.ts';

/** Long enough on a loaded machine; milliseconds. */
const heardMs = 30_000;
let both: Awaited<ReturnType<typeof twoGateways>>;
beforeEach(async () => { vi.spyOn(console, 'error').mockImplementation(() => {}); both = await twoGateways(); });
afterEach(() => both.hub.stop());

const rehearsal = (): Promise<Owed> => owing(both.hub, { rehearsal: Date.UTC(2026, 2, 2, 2), refundable: true });
const stateOf = async (owed: Owed): Promise<pb.ChargeState> => (await chargeOf(both.hub, owed)).state;
const { PAID, OPEN, REFUNDED } = pb.ChargeState;
const accounts = async (rehearsed: boolean): Promise<readonly string[]> => (await ledger(both, rehearsed)).lines.filter((one) => one.debit !== one.credit).map((one) => `${one.account.split(':')[0]} ${one.debit - one.credit}`);

test('ordered, confirmed, asked about, reconciled, given back by an office and by the law: the real platform hears nothing of it', async () => {
  const [byOffice, byLaw, asked] = [await rehearsal(), await rehearsal(), await rehearsal()] as const;
  for (const owed of [byOffice, byLaw]) { await start(both, owed); for (const message of both.rehearsed.due()) expect(await confirm(both, message)).toMatchObject({ outcome: payments.ConfirmOutcome.SETTLED }); }
  // Its confirmation is lost: it is found by asking.
  await start(both, asked);
  both.rehearsed.due();
  await expect.poll(() => stateOf(asked), { timeout: heardMs }).toBe(PAID);
  const { pdf } = await both.hub.call<payments.GetGatewayBillResponse>('payments', 'getGatewayBill', payments.GetGatewayBillRequest.create({ code: asked.code, charge: asked.charge }), asked.counter);
  expect(Buffer.from(pdf).subarray(0, 5).toString()).toBe('%PDF-');
  await both.hub.call('payments', 'refundCharge', payments.RefundChargeRequest.create({ requestId: nextRequest(), code: byOffice.code, charge: byOffice.charge, amount: byOffice.amount, ground: '118/2025/NĐ-CP' }), byOffice.counter);
  await askPlainly(both.hub, byLaw, { kind: 'withdraw', reason: 'đổi ý' });
  await expect.poll(() => stateOf(byLaw), { timeout: heardMs }).toBe(REFUNDED);
  expect(await reconcile(both, true)).toMatchObject({ open: 0, imbalance: 0, fileRead: true, differences: [], fileRows: 5 });
  expect([both.heard, both.bank.takings, both.rehearsed.takings, await accounts(false)]).toEqual([[], 0, asked.amount, []]);
  expect(await accounts(true)).toEqual([`collected ${-asked.amount}`, `gateway ${asked.amount}`]);
});

test('a real order goes to the real platform, and the sandbox hears nothing of it', async () => {
  const owed = await owing(both.hub);
  await start(both, owed);
  for (const message of both.bank.due()) await confirm(both, message);
  expect([await stateOf(owed), both.rehearsed.faultOf(owed.code), both.rehearsed.takings, await accounts(true)]).toEqual([PAID, undefined, 0, []]);
});

test('what the sandbox says of a real order stands in the books of rehearsals, and pays nothing', async () => {
  const owed = await owing(both.hub), { reference } = await start(both, owed);
  const [honest] = both.bank.due(), forged = signed('CONFIRM', { ...honest!, MaDoiTac: 'DIENTAP' }, 'khóa diễn tập');
  expect(await confirm(both, forged)).toMatchObject({ outcome: payments.ConfirmOutcome.SET_ASIDE, reason: 'REFERENCE_UNKNOWN' });
  expect([forged['MaThamChieu'], await stateOf(owed), await accounts(false)]).toEqual([reference, OPEN, []]);
  // Neither with the name of the one and the secret of the other.
  for (const MaDoiTac of ['DIENTAP', 'LT-TEST']) await expect(confirm(both, signed('CONFIRM', { ...honest!, MaDoiTac }, 'một khóa khác'))).rejects.toMatchObject({ code: 'SIGNATURE_WRONG' });
  await expect(confirm(both, signed('CONFIRM', { ...honest!, MaDoiTac: 'LT-TEST' }, 'khóa diễn tập'))).rejects.toMatchObject({ code: 'SIGNATURE_WRONG' });
  expect(await confirm(both, honest!)).toMatchObject({ outcome: payments.ConfirmOutcome.SETTLED });
});

test('paid in cash it is given back in cash, whatever gateways there are', async () => {
  const owed = await rehearsal();
  await pay(both.hub, owed);
  await askPlainly(both.hub, owed, { kind: 'withdraw', reason: 'đổi ý' });
  await expect.poll(() => stateOf(owed), { timeout: heardMs }).toBe(REFUNDED);
  expect([both.heard, both.rehearsed.takings]).toEqual([[], 0]);
});
