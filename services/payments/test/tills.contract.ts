import { dossier as pb, payments } from '@lienthong/contract';
import { testWorld } from '@lienthong/testkit';
import type { MemoryHub, TestWorld } from '@lienthong/testkit';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { chargeOf, gateway, nextRequest, owing, pay, payRequest, paymentsHub } from './payments-hub.ts';
import type { Owed } from './payments-hub.ts';
import { maxShiftsPerDay } from '../src/rules-till.ts';

let hub: MemoryHub, world: TestWorld;
beforeAll(async () => { world = testWorld(); hub = await paymentsHub({}, world); });
afterAll(async () => { await hub.stop(); });

type Tilled = { readonly till: payments.Till };
const till = async (method: string, request: object, office: string): Promise<payments.Till> => (await hub.call<Tilled>('payments', method, request, office)).till;
const openTill = (office: string, floatAmount = 0, rehearsal = false): Promise<payments.Till> => till('openTill', payments.OpenTillRequest.create({ requestId: nextRequest(), floatAmount, rehearsal }), office);
const count = (office: string, counted: number, rehearsal = false): Promise<payments.Till> => till('countTill', payments.CountTillRequest.create({ requestId: nextRequest(), counted, rehearsal }), office);
const close = (office: string, rehearsal = false): Promise<payments.Till> => till('closeTill', payments.CloseTillRequest.create({ requestId: nextRequest(), rehearsal }), office);
const ledger = (office: string, rehearsal = false): Promise<payments.GetLedgerResponse> => hub.call('payments', 'getLedger', payments.GetLedgerRequest.create({ rehearsal }), office);
const balanceOf = ({ lines }: payments.GetLedgerResponse, account: string): number => lines.filter((one) => one.account === account).reduce((sum, one) => sum + one.debit - one.credit, 0);

const hourOfRehearsal = Date.UTC(2026, 2, 2, 2);

describe('a till', () => {
  test('opened, taken in, counted wrongly, closed, resolved: the ledger is balanced all along and nothing stays over', async () => {
    const owed = await owing(hub, { area: '20335@2025-07-01' }), office = owed.counter;
    const opened = await openTill(office, 200_000);
    expect(opened).toMatchObject({ state: payments.TillState.OPEN, floatAmount: 200_000, expected: 200_000 });
    await pay(hub, owed);
    const counted = await count(office, 200_000 + owed.amount - 10_000);
    expect(counted).toMatchObject({ state: payments.TillState.COUNTING, expected: 200_000 + owed.amount, difference: -10_000 });
    const next = await owing(hub, { area: '20335@2025-07-01' });
    await expect(pay(hub, next)).rejects.toMatchObject({ code: 'TILL_BEING_COUNTED' });
    expect((await chargeOf(hub, next)).state).toBe(pb.ChargeState.OPEN);
    expect(await count(office, 200_000 + owed.amount - 5_000)).toMatchObject({ difference: -5_000 });
    const closed = await close(office);
    expect(closed).toMatchObject({ state: payments.TillState.CLOSED, difference: -5_000, resolution: '' });
    const resolve = (way: string): Promise<payments.Till> => till('resolveTill', payments.ResolveTillRequest.create({ requestId: nextRequest(), till: closed.till, way, ground: '12/BB-TTPVHCC' }), office);
    await expect(resolve('kept')).rejects.toMatchObject({ code: 'WAY_NOT_POSSIBLE' });
    expect(await resolve('made-good')).toMatchObject({ resolution: 'made-good' });
    const books = await ledger(office);
    expect([books.imbalance, balanceOf(books, `difference:${office}`), balanceOf(books, `till:${closed.till}`), balanceOf(books, `safe:${office}`)]).toEqual([0, 0, 0, owed.amount]);
    // Whoever goes on has the next shift.
    await pay(hub, next);
    const { tills } = await hub.call<payments.ListTillsResponse>('payments', 'listTills', payments.ListTillsRequest.create({}), office);
    expect(tills.map((one) => [one.till.at(-1), one.state, one.expected])).toEqual([['1', payments.TillState.CLOSED, 200_000 + owed.amount], ['2', payments.TillState.OPEN, next.amount]]);
  });

  test('a request that is repeated without a name is about the shift of the first time, whatever was opened since', async () => {
    const owed = await owing(hub, { area: '20551@2025-07-01' }), office = owed.counter;
    const requests = [
      ['openTill', payments.OpenTillRequest.create({ requestId: nextRequest(), floatAmount: 100_000 })], ['countTill', payments.CountTillRequest.create({ requestId: nextRequest(), counted: 100_000 })], ['closeTill', payments.CloseTillRequest.create({ requestId: nextRequest() })],
    ] as const;
    const answers = async (): Promise<payments.Till[]> => { const all: payments.Till[] = []; for (const [method, request] of requests) all.push(await till(method, request, office)); return all; };
    const first = await answers();
    expect(await answers()).toEqual(first);
    await pay(hub, owed);
    expect(await answers()).toEqual(first);
    const { tills } = await hub.call<payments.ListTillsResponse>('payments', 'listTills', payments.ListTillsRequest.create({}), office);
    expect(tills.map((one) => [one.till.at(-1), one.state, one.floatAmount, one.expected])).toEqual([['1', payments.TillState.CLOSED, 100_000, 100_000], ['2', payments.TillState.OPEN, 0, owed.amount]]);
  });

  test('many pay while it is counted: each payment is in the count, or has not happened', async () => {
    const area = '20410@2025-07-01', many: Owed[] = [];
    for (let n = 0; n < 8; n++) many.push(await owing(hub, { area }));
    const office = many[0]!.counter;
    await openTill(office);
    const counting = (async (): Promise<payments.Till> => { for (;;) { try { return await count(office, 0); } catch (error) { if ((error as { code: string }).code !== 'TILL_BUSY') throw error; } } })();
    const settled = await Promise.allSettled(many.map((one) => pay(hub, one)));
    const counted = await counting;
    const paid = many.filter((_one, n) => settled[n]!.status === 'fulfilled').reduce((sum, one) => sum + one.amount, 0);
    expect(settled.flatMap((one) => (one.status === 'rejected' ? [(one.reason as { code: string }).code] : [])).every((code) => code === 'TILL_BEING_COUNTED')).toBe(true);
    expect((await count(office, paid))).toMatchObject({ expected: paid, difference: 0 });
    expect(counted.expected).toBe(paid);
    const books = await ledger(office);
    expect([books.imbalance, balanceOf(books, `till:${counted.till}`)]).toEqual([0, paid]);
  });

  test.each<[string, string, object, string]>([
    ['a float below zero', 'openTill', payments.OpenTillRequest.create({ requestId: 'x-1', floatAmount: -1 }), 'AMOUNT_NEGATIVE'],
    ['a count beyond the limit', 'countTill', payments.CountTillRequest.create({ requestId: 'x-2', counted: 10_000_000_000_001 }), 'AMOUNT_TOO_LARGE'],
    ['a till of nobody', 'countTill', payments.CountTillRequest.create({ requestId: 'x-3', till: 'a/b/2026-11-28/1' }), 'UNKNOWN_TILL'],
    ['no name of a till', 'closeTill', payments.CloseTillRequest.create({ requestId: 'x-4', till: 'quầy' }), 'UNKNOWN_TILL'],
    ['a way that is none', 'resolveTill', payments.ResolveTillRequest.create({ requestId: 'x-5', till: 'a/b/2026-11-28/1', way: 'forgotten', ground: '12/BB-UBND' }), 'WAY_NOT_POSSIBLE'],
    ['no ground', 'resolveTill', payments.ResolveTillRequest.create({ requestId: 'x-6', till: 'a/b/2026-11-28/1', way: 'kept' }), 'REASON_MISSING'],
    ['a ground that is a tale', 'resolveTill', payments.ResolveTillRequest.create({ requestId: 'x-7', till: 'a/b/2026-11-28/1', way: 'kept', ground: 'tìm không thấy' }), 'GROUND_INVALID'],
    ['a day that is none', 'getLedger', payments.GetLedgerRequest.create({ date: '2026-02-30' }), 'FIELD_INVALID'],
  ])('%s has its own reason', async (_what, method, request, code) => {
    await expect(hub.call('payments', method, request, 'counter-20500-202507')).rejects.toMatchObject({ code });
  });

  test('has nothing to do with money of nobody: it is refused, and no record of it is begun', async () => {
    const money = 'a'.repeat(64), request = payments.SettleMoneyRequest.create({ requestId: nextRequest(), money, transaction: 'GD1', way: 'return', ground: '12/BB-KBNN' });
    await expect(hub.call('payments', 'settleMoney', request, 'counter-20209-202507')).rejects.toMatchObject({ code: 'UNKNOWN_MONEY', field: 'money', meta: { money }, row: { status: 'NOT_FOUND', next: 'stop' } });
    expect(await hub.modules.find(({ name }) => name === 'payments')!.participant.view(money, () => 'there')).toBeUndefined();
  });

  test('of one clerk is opened so often a day, and then no more: what is to be paid stays owed', async () => {
    const owed = await owing(hub, { area: '20209@2025-07-01' }), office = owed.counter;
    for (let shift = 0; shift < maxShiftsPerDay; shift++) { await openTill(office); await count(office, 0); await close(office); }
    const before = await ledger(office);
    for (const one of [openTill(office), pay(hub, owed)]) await expect(one).rejects.toMatchObject({ code: 'SHIFTS_EXHAUSTED', field: 'office', meta: { shifts: String(maxShiftsPerDay) } });
    expect([(await chargeOf(hub, owed)).state, await ledger(office)]).toEqual([pb.ChargeState.OPEN, before]);
  });

  test('is not opened any more at a counter that was abolished, but in a rehearsal of the time when it was there', async () => {
    const gone = 'counter-20500-202501';
    await expect(openTill(gone, 50_000)).rejects.toMatchObject({ code: 'OFFICE_NOT_IN_FORCE', field: 'office' });
    expect((await hub.call<payments.ListTillsResponse>('payments', 'listTills', payments.ListTillsRequest.create({}), gone)).tills).toEqual([]);
    expect(await openTill(gone, 50_000, true)).toMatchObject({ floatAmount: 50_000 });
  });

  test('of a rehearsal stands in books of its own', async () => {
    const owed = await owing(hub, { rehearsal: hourOfRehearsal, area: '20500@2025-07-01' });
    await pay(hub, owed);
    const [real, rehearsed] = [await ledger(owed.counter), await ledger(owed.counter, true)];
    expect(balanceOf(rehearsed, `collected:${owed.counter}`)).toBe(-owed.amount);
    expect(balanceOf(real, `collected:${owed.counter}`)).toBe(0);
  });

  test('gives cash back out of the shift of whoever gives it', async () => {
    const owed = await owing(hub, { area: '20197@2025-07-01', refundable: true });
    await pay(hub, owed);
    await hub.call('payments', 'refundCharge', payments.RefundChargeRequest.create({ requestId: nextRequest(), code: owed.code, charge: owed.charge, amount: owed.amount, ground: '118/2025/NĐ-CP' }), owed.counter);
    const books = await ledger(owed.counter);
    expect([balanceOf(books, `collected:${owed.counter}`), books.imbalance]).toEqual([0, 0]);
    expect(await count(owed.counter, 0)).toMatchObject({ expected: 0, difference: 0 });
  });

  test('gives nothing back that is not in it: the next one does with a float', async () => {
    const owed = await owing(hub, { area: '20200@2025-07-01', refundable: true }), requestId = nextRequest();
    await pay(hub, owed);
    await count(owed.counter, owed.amount);
    await close(owed.counter);
    const back = (): Promise<unknown> => hub.call('payments', 'refundCharge', payments.RefundChargeRequest.create({ requestId, code: owed.code, charge: owed.charge, amount: owed.amount, ground: '118/2025/NĐ-CP' }), owed.counter);
    await expect(back()).rejects.toMatchObject({ code: 'TILL_SHORT' });
    expect((await chargeOf(hub, owed)).state).toBe(pb.ChargeState.PAID);
    await count(owed.counter, 0);
    await close(owed.counter);
    await openTill(owed.counter, owed.amount);
    for (let n = 0; n < 2; n++) await back();
    expect((await chargeOf(hub, owed)).state).toBe(pb.ChargeState.REFUNDED);
    expect(await count(owed.counter, 0)).toMatchObject({ expected: 0, difference: 0 });
  });

  test('of a post office is not opened for what it has not taken', async () => {
    const owed = await owing(hub, { area: '20335@2025-07-01', refundable: true }), post = hub.environment.reference.offices.find((one) => one.roles.includes('post-office') && one.validTo === null)!.id;
    await pay(hub, owed);
    await expect(hub.call('payments', 'refundCharge', payments.RefundChargeRequest.create({ requestId: nextRequest(), code: owed.code, charge: owed.charge, amount: owed.amount, ground: '118/2025/NĐ-CP' }), post)).rejects.toMatchObject({ code: 'NOT_TAKEN_HERE', field: 'office' });
    expect([(await hub.call<payments.ListTillsResponse>('payments', 'listTills', payments.ListTillsRequest.create({}), post)).tills, (await chargeOf(hub, owed)).state]).toEqual([[], pb.ChargeState.PAID]);
  });

  test('gives the same cash back once, also where two ask for it at once', async () => {
    const [one, other] = [await owing(hub, { area: '20320@2025-07-01', refundable: true }), await owing(hub, { area: '20320@2025-07-01', refundable: true })], office = one.counter;
    for (const owed of [one, other]) await pay(hub, owed);
    await count(office, one.amount + other.amount);
    await close(office);
    await openTill(office, one.amount);
    const requests = [one, other].map(({ code, charge, amount }) => payments.RefundChargeRequest.create({ requestId: nextRequest(), code, charge, amount, ground: '118/2025/NĐ-CP' }));
    const back = (request: payments.RefundChargeRequest): Promise<string> => hub.call('payments', 'refundCharge', request, office).then(() => '', (error: { code: string }) => error.code);
    expect((await Promise.all(requests.map(back))).filter((code) => code === '').length).toBeLessThanOrEqual(1);
    const said: string[] = [];
    for (const request of requests) said.push(await back(request));
    expect(said.sort()).toEqual(['', 'TILL_SHORT']);
    expect(await count(office, 0)).toMatchObject({ expected: 0, difference: 0 });
    const books = await ledger(office);
    expect([books.imbalance, balanceOf(books, `collected:${office}`)]).toEqual([0, -one.amount]);
  });

  test('refused a refund because it was being counted, and the same request is asked again in the next shift: the books have it', async () => {
    const owed = await owing(hub, { area: '20194@2025-07-01', refundable: true }), { participant } = hub.modules.find((one) => one.name === 'payments')!, { handle } = participant;
    await pay(hub, owed);
    const request = payments.RefundChargeRequest.create({ requestId: nextRequest(), code: owed.code, charge: owed.charge, amount: owed.amount, ground: '118/2025/NĐ-CP' });
    const back = (): Promise<unknown> => hub.call('payments', 'refundCharge', request, owed.counter);
    // The count comes between the look at the till and the announcement, which is the second thing written.
    let written = 0;
    const spied = vi.spyOn(participant, 'handle').mockImplementation(async (...given) => {
      if (++written === 2) { spied.mockRestore(); await count(owed.counter, owed.amount); }
      return handle.call(participant, ...given);
    });
    await expect(back()).rejects.toMatchObject({ code: 'TILL_BEING_COUNTED' });
    await close(owed.counter);
    await openTill(owed.counter, owed.amount);
    await back();
    expect((await chargeOf(hub, owed)).state).toBe(pb.ChargeState.REFUNDED);
    const books = await ledger(owed.counter);
    expect([books.imbalance, balanceOf(books, `collected:${owed.counter}`), (await count(owed.counter, 0)).expected]).toEqual([0, 0, 0]);
  });
});

/** The process dies at a point, as far as its caller can see; later the service finishes by itself. */
async function dyingAt(point: string, passage: number, run: () => Promise<unknown>): Promise<void> {
  const armed = world as { crashPoint?: (name: string) => void };
  let passed = 0;
  armed.crashPoint = (name) => { if (name === point && ++passed === passage) throw new Error(`died at ${point}`); };
  await expect(run()).rejects.toThrow();
  delete armed.crashPoint;
  world.clock = Date.now() + 60_000;
  const { participant } = hub.modules.find((one) => one.name === 'payments')!;
  for (const folder of await participant.find('type', 'books:money', 10_000)) await participant.wake(folder);
  await expect.poll(() => participant.status().runningEffects).toBe(0);
  world.clock = undefined;
}

describe('whoever dies between charge and ledger', () => {
  test.each<[string, number, boolean]>([
    // point         passage  whether the charge ends up paid without a second call
    ['money-written', 1, true], ['number-kept', 1, true], ['money-allocated', 1, true],
  ])('at %s leaves nothing half done', async (point, passage, paidAlone) => {
    const owed = await owing(hub, { area: '20791@2025-07-01' }), before = await ledger(owed.counter), request = payRequest(owed, gateway(`GD-${point}`));
    await dyingAt(point, passage, () => hub.call('payments', 'payCharge', request, owed.counter));
    expect((await chargeOf(hub, owed)).state).toBe(paidAlone ? pb.ChargeState.PAID : pb.ChargeState.OPEN);
    const { receiptNumber } = await hub.call<payments.PayChargeResponse>('payments', 'payCharge', request, owed.counter);
    expect(receiptNumber).toBe((await chargeOf(hub, owed)).receiptNumber);
    const after = await ledger(owed.counter);
    expect([after.imbalance, balanceOf(before, `collected:${owed.counter}`) - balanceOf(after, `collected:${owed.counter}`), balanceOf(after, `suspense:bank:${owed.counter}`)]).toEqual([0, owed.amount, 0]);
  });
});

test('the receipt is printed from what was issued', async () => {
  const owed = await owing(hub, { area: '20410@2025-07-01' });
  const { receiptNumber } = await pay(hub, owed, gateway('GD-print'));
  const stream = await hub.call<AsyncIterable<payments.GetFeeReceiptPdfResponse>>('payments', 'getFeeReceiptPdf', payments.GetFeeReceiptPdfRequest.create({ code: owed.code, charge: owed.charge }), owed.counter);
  const chunks: Buffer[] = [];
  for await (const { chunk } of stream) chunks.push(Buffer.from(chunk));
  expect(Buffer.concat(chunks).toString()).toBe(`%PDF ${receiptNumber}`);
});
