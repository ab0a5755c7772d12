/** Money at the door: collected by the postman to the đồng, in the books by itself, handed over to the treasury; and never paid twice. */
import { dossier as pb, payments, postal } from '@lienthong/contract';
import { askPlainly, copiesEqual, receivePlainly } from '@lienthong/testkit';
import type { MemoryHub, PlainDossier } from '@lienthong/testkit';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { accepted, balance, business, chargeOf, citizensCode, collect, decide, deliver, handOver, heardMs, home, hoiAn, nextRequest, pay, postOffice, reconcile, resultFee, toPayAtTheDoor, treasury, hubWithPost } from './post-of-tests.ts';
import type { Parcel } from './post-of-tests.ts';

let hub: MemoryHub;
beforeEach(async () => { hub = await hubWithPost(); });
afterEach(() => hub.stop());

async function sentHome(): Promise<Parcel> {
  const dossier = await toPayAtTheDoor(hub);
  await decide(hub, dossier);
  return accepted(hub, dossier);
}

const stateOf = async (one: PlainDossier): Promise<pb.ChargeState> => (await chargeOf(hub, one)).state;
const closed = (one: PlainDossier): Promise<unknown> => hub.modules[0]!.participant.view(one.folder, ({ state: { dossier } }) => dossier.root!.closed?.outcome ?? 'open');

test('the result goes out unpaid, is handed over for what is due, and the charge is paid with one receipt; then the dossier closes', async () => {
  const one = await sentHome();
  expect(one.due).toBe(resultFee);
  await collect(hub, one);
  await expect(deliver(hub, one)).rejects.toMatchObject({ code: 'AMOUNT_DIFFERS', field: 'cod_collected', meta: { due: String(resultFee) } });
  await deliver(hub, one, { codCollected: resultFee });
  await expect.poll(() => stateOf(one), { timeout: heardMs }).toBe(pb.ChargeState.PAID);
  await expect.poll(() => closed(one), { timeout: heardMs }).toBe('returned');
  expect((await chargeOf(hub, one)).receiptNumber).toMatch(/^AA-\d\d\/\d{7}$/);
  expect([await balance(hub, 'post:'), await balance(hub, 'suspense:'), await balance(hub, 'collected:')]).toEqual([resultFee, 0, -resultFee]);
});

test('the day comes to zero once the treasury has said that it was handed over, not before, and no more than was collected', async () => {
  const one = await sentHome();
  await collect(hub, one);
  await deliver(hub, one, { codCollected: resultFee });
  await expect.poll(() => balance(hub, 'post:'), { timeout: heardMs }).toBe(resultFee);
  expect(await reconcile(hub)).toMatchObject({ open: 1, openAmount: resultFee, differences: [{ cause: 'POST_HOLDS', reference: postOffice(hub), ours: resultFee, theirs: 0, resolved: false }] });
  await expect(handOver(hub, resultFee + 1)).rejects.toMatchObject({ code: 'AMOUNT_DIFFERS', meta: { due: String(resultFee) } });
  for (const [amount, code] of [[0, 'AMOUNT_INVALID'], [-1, 'AMOUNT_NEGATIVE'], [1e14, 'AMOUNT_TOO_LARGE']] as const) await expect(handOver(hub, amount)).rejects.toMatchObject({ code, field: 'amount' });
  const request = nextRequest();
  expect([await handOver(hub, 3_000, request), await handOver(hub, 3_000, request), await handOver(hub, resultFee - 3_000)]).toMatchObject([{ left: resultFee - 3_000 }, { left: resultFee - 3_000 }, { left: 0 }]);
  expect(await reconcile(hub)).toMatchObject({ open: 0, openAmount: 0, imbalance: 0, differences: [{ resolved: true, resolution: 'handed-over' }] });
  expect([await balance(hub, 'post:'), await balance(hub, `bank:${treasury(hub)}`)]).toEqual([0, resultFee]);
  await expect(hub.call('payments', 'receivePostMoney', payments.ReceivePostMoneyRequest.create({ requestId: nextRequest(), postOffice: one.counter, amount: 1 }), treasury(hub))).rejects.toMatchObject({ code: 'NOT_A_POST_OFFICE', field: 'post_office' });
});

test('what a post office has lost ends by an entry of the treasury, and the day is at zero', async () => {
  const one = await sentHome();
  await collect(hub, one);
  await deliver(hub, one, { codCollected: resultFee });
  await expect.poll(() => balance(hub, 'post:'), { timeout: heardMs }).toBe(resultFee);
  await handOver(hub, 3_000);
  const [{ difference }] = (await reconcile(hub)).differences as [payments.Difference];
  const end = (way: string, requestId = nextRequest()): Promise<payments.ResolveDifferenceResponse> => hub.call('payments', 'resolveDifference', payments.ResolveDifferenceRequest.create({ requestId, difference, way, ground: '12/BB-KBNN' }), treasury(hub));
  await expect(end('repaid')).rejects.toMatchObject({ code: 'WAY_NOT_POSSIBLE' });
  const request = nextRequest();
  expect([await end('written-off', request), await end('written-off', request)].map((said) => said.difference)).toMatchObject([{ resolved: true, resolution: 'written-off' }, { resolved: true, resolution: 'written-off' }]);
  await expect(end('repaid')).rejects.toMatchObject({ code: 'NO_DIFFERENCE' });
  expect(await reconcile(hub)).toMatchObject({ open: 0, openAmount: 0, imbalance: 0 });
  expect([await balance(hub, 'post:'), await balance(hub, 'loss:'), await balance(hub, `bank:${treasury(hub)}`)]).toEqual([0, resultFee - 3_000, 3_000]);
  await expect(handOver(hub, 1)).rejects.toMatchObject({ code: 'AMOUNT_DIFFERS' });
});

test('paid elsewhere on the way: nothing is due at the door', async () => {
  const one = await sentHome();
  await pay(hub, one, await chargeOf(hub, one));
  await copiesEqual(hub, one.folder);
  await collect(hub, one);
  await expect(deliver(hub, one, { codCollected: resultFee })).rejects.toMatchObject({ code: 'AMOUNT_DIFFERS', meta: { due: '0' } });
  await deliver(hub, one);
  await expect.poll(() => closed(one), { timeout: heardMs }).toBe('returned');
  expect([await balance(hub, 'post:'), await balance(hub, 'collected:')]).toEqual([0, -resultFee]);
});

test('paid at the counter while the postman collects: the charge is paid once, what came second waits for a person and goes back', async () => {
  const told = vi.spyOn(console, 'error').mockImplementation(() => {});
  const one = await sentHome(), charge = await chargeOf(hub, one);
  await collect(hub, one);
  // The post has not heard of the payment yet: both happen in the same moment.
  await Promise.all([deliver(hub, one, { codCollected: resultFee }), pay(hub, one, charge)]);
  await copiesEqual(hub, one.folder);
  await expect.poll(() => closed(one), { timeout: heardMs }).toBe('returned');
  expect([await stateOf(one), await balance(hub, 'collected:')]).toEqual([pb.ChargeState.PAID, -resultFee]);
  const desk = async (): Promise<readonly payments.MoneyAside[]> => (await hub.call<payments.ListMoneyResponse>('payments', 'listMoney', payments.ListMoneyRequest.create({}), treasury(hub))).money;
  const second = await balance(hub, 'suspense:');
  if (second !== 0) {
    const [aside] = await desk();
    expect([second, aside]).toMatchObject([-resultFee, { amount: resultFee, code: one.code, reason: 'CHARGE_NOT_OPEN' }]);
    expect(told).toHaveBeenCalled();
    await hub.call('payments', 'settleMoney', payments.SettleMoneyRequest.create({ requestId: nextRequest(), money: aside!.money, transaction: aside!.transaction, way: 'return', ground: '118/2025/NĐ-CP, Điều 8' }), treasury(hub));
  }
  expect([await balance(hub, 'suspense:'), await balance(hub, 'post:') + await balance(hub, 'till:'), await desk()]).toEqual([0, resultFee, []]);
  told.mockRestore();
});

test('what was not paid at the door comes back, and is paid for where it is collected', async () => {
  const one = await sentHome();
  await collect(hub, one);
  await hub.call('postal', 'failConsignment', postal.FailConsignmentRequest.create({ requestId: nextRequest(), number: one.number, kind: postal.FailureKind.RETURNED, place: 'Hội An', reason: postal.FailureReason.UNPAID }), postOffice(hub));
  await copiesEqual(hub, one.folder);
  await expect(askPlainly(hub, one, { kind: 'return-result', results: [], receiver: 'applicant' })).rejects.toThrow('RESULT_UNPAID');
  await pay(hub, one, await chargeOf(hub, one));
  await copiesEqual(hub, one.folder);
  await askPlainly(hub, one, { kind: 'return-result', results: [], receiver: 'applicant' });
  expect([await closed(one), await balance(hub, 'post:')]).toEqual(['returned', 0]);
});

test('papers are collected at home together with what is owed for filing', async () => {
  const dossier = await receivePlainly(hub, { procedure: business, area: hoiAn, optional: [], particulars: { applicant: { citizen: { fullName: home.receiver } }, 'pick-up': home } });
  const paper = hub.environment.reference.procedure(business, '2026-06-01')!.documents.find((one) => one.optional === true)!.code;
  await askPlainly(hub, dossier, { kind: 'order-pick-up', to: dossier.counter, documents: [paper], collect: true });
  const one = await accepted(hub, dossier), { amount } = await chargeOf(hub, dossier);
  expect(one.due).toBe(amount);
  const handoverCode = await citizensCode(hub, one, 'pick-up', 'given');
  await expect(collect(hub, one, { handoverCode, codCollected: amount - 1 })).rejects.toMatchObject({ code: 'AMOUNT_DIFFERS', field: 'cod_collected' });
  await collect(hub, one, { handoverCode, signedBy: '', codCollected: amount });
  await expect.poll(() => stateOf(dossier), { timeout: heardMs }).toBe(pb.ChargeState.PAID);
  await deliver(hub, one);
  await copiesEqual(hub, dossier.folder);
  await askPlainly(hub, dossier, { kind: 'confirm-consignment', consignment: one.consignment, received: [paper] });
  expect([await balance(hub, 'post:'), await balance(hub, 'collected:')]).toEqual([amount, -amount]);
});

test('a rehearsal collects and books for itself', async () => {
  const dossier = await toPayAtTheDoor(hub, { rehearsal: Date.UTC(2026, 2, 2, 2) });
  await decide(hub, dossier);
  const one = await accepted(hub, dossier);
  await collect(hub, one);
  await deliver(hub, one, { codCollected: resultFee });
  await expect.poll(() => stateOf(one), { timeout: heardMs }).toBe(pb.ChargeState.PAID);
  expect([await balance(hub, 'post:'), (await chargeOf(hub, one)).receiptNumber]).toEqual([0, expect.stringMatching(/^DT/)]);
});
