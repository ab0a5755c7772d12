/** One transfer, said twice: by the treasury's statement and by a counter, in whatever order and under whatever name of the bank. It stands in the books once. */
import { dossier as pb, payments } from '@lienthong/contract';
import { HubError } from '@lienthong/kernel';
import { localDate } from '@lienthong/law';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { chargeOf, gateway, nextRequest, owing, pay } from './payments-hub.ts';
import type { Owed, Paying } from './payments-hub.ts';
import { desk, ledger, reconcile, sandboxHub, settle, treasuryOf } from './sandbox-of-tests.ts';
import type { SandboxHub } from './sandbox-of-tests.ts';

let sandbox: SandboxHub, owed: Owed;
beforeEach(async () => {
  vi.spyOn(console, 'error').mockImplementation(() => {});
  sandbox = await sandboxHub({});
  owed = await owing(sandbox.hub);
});
afterEach(() => sandbox.hub.stop());

const { PAID, OPEN } = pb.ChargeState, { TransferOutcome } = payments;
const line = (more: Partial<payments.RecordTransferRequest> = {}): Promise<payments.RecordTransferResponse> =>
  sandbox.hub.call('payments', 'recordTransfer', payments.RecordTransferRequest.create({ requestId: nextRequest(), bank: 'KBNN', reference: 'FT-1', date: localDate(sandbox.world.now()), amount: String(owed.amount), description: 'chuyen tien', ...more }), treasuryOf(sandbox));
const transfer = (bank = 'KBNN', reference = 'FT-1'): Paying => ({ method: { $case: 'transfer', value: { bank, reference, paidTime: undefined } }, payerName: 'Trần Thị Nộp' });
const counted = (to: Owed, how: Paying = transfer()): Promise<payments.PayChargeResponse> => pay(sandbox.hub, to, how);
const recorded = (row: payments.MoneyAside, of: Owed, more: Partial<payments.SettleMoneyRequest> = {}): Promise<payments.SettleMoneyResponse> => settle(sandbox, row, 'recorded', { code: of.code, charge: of.charge, ...more });
const balances = async (): Promise<readonly number[]> => { const { lines } = await ledger(sandbox); return ['bank:', 'suspense:', 'collected:'].map((prefix) => lines.filter((one) => one.account.startsWith(prefix)).reduce((sum, one) => sum + one.debit - one.credit, 0)); };
const zero = { open: 0, openAmount: 0, imbalance: 0 };

describe('set aside, then recorded at a counter', () => {
  test('is paid out of the line, with the payer that the counter named; a repeat is the same, and the line is known', async () => {
    await line();
    const requestId = nextRequest(), first = await counted(owed, { ...transfer('kbnn', 'ft-1'), requestId });
    expect(await counted(owed, { ...transfer('kbnn', 'ft-1'), requestId })).toEqual(first);
    expect([await balances(), await desk(sandbox), (await chargeOf(sandbox.hub, owed)).state]).toEqual([[owed.amount, 0, -owed.amount], [], PAID]);
    const day = await reconcile(sandbox);
    expect([day, day.differences.map((one) => `${one.cause} ${one.resolution}`)]).toMatchObject([zero, ['REFERENCE_UNKNOWN to-charge']]);
    const { receipt } = await sandbox.hub.call<payments.GetFeeReceiptResponse>('payments', 'getFeeReceipt', payments.GetFeeReceiptRequest.create({ code: owed.code, charge: owed.charge }), owed.counter);
    expect(receipt).toMatchObject({ number: first.receiptNumber, method: payments.PaymentMethod.TRANSFER, payerName: 'Trần Thị Nộp' });
    expect(await line()).toMatchObject({ outcome: TransferOutcome.KNOWN, aside: 0 });
    await expect(counted(await owing(sandbox.hub))).rejects.toMatchObject({ code: 'REFERENCE_USED' });
  });

  test('what is over stays aside', async () => {
    await line({ amount: String(owed.amount + 7_000) });
    await counted(owed);
    const rows = await desk(sandbox);
    expect([rows.map((one) => [one.reason, one.amount]), await balances()]).toEqual([[['AMOUNT_OVER', 7_000]], [owed.amount + 7_000, -7_000, -owed.amount]]);
    await settle(sandbox, rows[0]!, 'return');
    expect(await reconcile(sandbox)).toMatchObject(zero);
  });

  test.each<[string, Partial<payments.RecordTransferRequest>, Paying, string, string]>([
    ['too little came', { amount: '1000' }, transfer(), 'AMOUNT_PARTIAL', 'transfer.reference'],
    ['the bank is called otherwise', {}, transfer('Kho bạc'), 'TRANSFER_ON_STATEMENT', 'transfer.bank'],
  ])('%s: refused before anything is taken, with what to do', async (_what, more, how, code, field) => {
    await line(more);
    const before = await balances(), error = await counted(owed, how).then(() => null, (cause: unknown) => cause as HubError);
    expect(error).toMatchObject({ code, field });
    expect([await balances(), (await chargeOf(sandbox.hub, owed)).state]).toEqual([before, OPEN]);
    if (code === 'TRANSFER_ON_STATEMENT') expect(error!.meta).toMatchObject({ bank: 'KBNN', reference: 'FT-1', amount: String(owed.amount) });
  });

  test('what went back to the payer pays nothing more', async () => {
    await line();
    await settle(sandbox, (await desk(sandbox))[0]!, 'return');
    await expect(counted(owed)).rejects.toMatchObject({ code: 'REFERENCE_USED' });
    expect([await balances(), (await chargeOf(sandbox.hub, owed)).state]).toEqual([[0, 0, 0], OPEN]);
  });

  test('two counters at once: one charge has it', async () => {
    await line();
    const other = await owing(sandbox.hub), both = await Promise.allSettled([counted(owed), counted(other)]);
    expect(both.map((one) => one.status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(await balances()).toEqual([owed.amount, 0, -owed.amount]);
    expect((await Promise.all([owed, other].map(async (one) => (await chargeOf(sandbox.hub, one)).state))).sort()).toEqual([OPEN, PAID].sort());
  });

  test.each(['money-unwritten', 'money-written', 'claim-kept'])('whoever dies at %s and asks again has paid once', async (point) => {
    await line();
    const armed = sandbox.world as { crashPoint?: (name: string) => void }, requestId = nextRequest();
    armed.crashPoint = (name) => { if (name === point) { delete armed.crashPoint; throw new HubError('STORE_FAILED', { file: 'test' }); } };
    await counted(owed, { ...transfer(), requestId }).catch(() => {});
    expect(armed.crashPoint).toBeUndefined();
    expect((await counted(owed, { ...transfer(), requestId })).receiptNumber).toMatch(/^AA-/);
    expect(await balances()).toEqual([owed.amount, 0, -owed.amount]);
  });
});

describe('recorded at a counter, then on the statement under another name of the bank', () => {
  test('ends as what it is: the line is known, the day at zero, and no second line is that transfer', async () => {
    await counted(owed, transfer('Kho bạc Nhà nước'));
    expect(await line()).toMatchObject({ outcome: TransferOutcome.SET_ASIDE });
    expect(await balances()).toEqual([2 * owed.amount, -owed.amount, -owed.amount]);
    const [row] = await desk(sandbox), request = { requestId: nextRequest() };
    for (let n = 0; n < 2; n++) expect(await recorded(row!, owed, request)).toEqual({ left: 0 });
    const day = await reconcile(sandbox);
    expect([await balances(), day, day.differences.map((one) => `${one.cause} ${one.resolution}`)]).toMatchObject([[owed.amount, 0, -owed.amount], zero, ['REFERENCE_UNKNOWN recorded']]);
    await expect(recorded(row!, owed)).rejects.toMatchObject({ code: 'NO_DIFFERENCE' });
    expect(await line()).toMatchObject({ outcome: TransferOutcome.KNOWN, aside: 0 });
    await line({ bank: 'VCB' });
    await expect(recorded((await desk(sandbox))[0]!, owed)).rejects.toMatchObject({ code: 'REFERENCE_USED', field: 'charge' });
  });

  test('what is over stays aside', async () => {
    await counted(owed, transfer('Kho bạc'));
    await line({ amount: String(owed.amount + 5_000) });
    expect(await recorded((await desk(sandbox))[0]!, owed)).toEqual({ left: 5_000 });
    expect((await desk(sandbox)).map((one) => [one.reason, one.amount])).toEqual([['AMOUNT_OVER', 5_000]]);
  });

  test.each<[string, Paying | null, string, string]>([
    ['less than the charge', transfer('Kho bạc'), '1000', 'AMOUNT_PARTIAL'], ['paid in cash', {}, '50000', 'WAY_NOT_POSSIBLE'], ['not paid at all', null, '50000', 'WAY_NOT_POSSIBLE'],
  ])('%s: it is not that transfer', async (_what, how, amount, code) => {
    if (how !== null) await counted(owed, how);
    await line({ amount });
    const [row] = await desk(sandbox), before = await balances();
    await expect(recorded(row!, owed)).rejects.toMatchObject({ code, field: 'charge' });
    await expect(recorded(row!, owed, { charge: 'x' })).rejects.toMatchObject({ code: 'UNKNOWN_ITEM' });
    await expect(recorded(row!, owed, { transaction: 'KBNN|FT-9' })).rejects.toMatchObject({ code: 'NO_DIFFERENCE' });
    expect(await balances()).toEqual(before);
  });
});

describe('said by both in the same moment', () => {
  /** While the first is about to write, the second is said from beginning to end. */
  async function meanwhile<A, B>(first: () => Promise<A>, second: () => Promise<B>): Promise<readonly [PromiseSettledResult<A>, PromiseSettledResult<B>]> {
    const { participant } = sandbox.hub.modules.find((one) => one.name === 'payments')!, handle = participant.handle.bind(participant);
    let other: Promise<PromiseSettledResult<B>[]> | undefined;
    vi.spyOn(participant, 'handle').mockImplementation(async (...call: Parameters<typeof handle>) => { if (other === undefined) await (other = Promise.allSettled([second()])); return handle(...call); });
    const [outcome] = await Promise.allSettled([first()]);
    vi.mocked(participant.handle).mockRestore();
    return [outcome, (await other!)[0]!];
  }
  const fulfilled = <T>(value: Partial<T>): object => ({ status: 'fulfilled', value }), rejected = (code: string): object => ({ status: 'rejected', reason: { code } });

  test.each<[string, boolean, boolean, object, object]>([
    // the line                    names the dossier   is written first    the counter                           the line
    ['comes within the counter', false, true, fulfilled({}), fulfilled({ outcome: TransferOutcome.SET_ASIDE, aside: 50_000 })],
    ['comes within the counter', true, true, rejected('CHARGE_NOT_OPEN'), fulfilled({ outcome: TransferOutcome.PAID, aside: 0 })],
    ['is the one that waits', false, false, fulfilled({}), fulfilled({ outcome: TransferOutcome.KNOWN, aside: 0 })],
    ['is the one that waits', true, false, fulfilled({}), fulfilled({ outcome: TransferOutcome.KNOWN, aside: 0 })],
  ])('the line %s, names the dossier: %s: it stands once', async (_what, named, within, counter, statement) => {
    const say = (): Promise<payments.RecordTransferResponse> => line({ description: named ? owed.code : 'chuyen tien' }), pays = (): Promise<payments.PayChargeResponse> => counted(owed);
    const [first, second] = within ? await meanwhile<unknown, unknown>(pays, say) : await meanwhile<unknown, unknown>(say, pays);
    expect(within ? [first, second] : [second, first]).toMatchObject([counter, statement]);
    expect([await balances(), await desk(sandbox), (await chargeOf(sandbox.hub, owed)).state]).toEqual([[owed.amount, 0, -owed.amount], [], PAID]);
    expect(await reconcile(sandbox)).toMatchObject(zero);
    expect(await line()).toMatchObject({ outcome: TransferOutcome.KNOWN, code: owed.code, aside: 0 });
  });

  test('all at once, two counters and three lines: one charge has it, and nothing stands twice', async () => {
    const other = await owing(sandbox.hub), said = await Promise.allSettled([line(), counted(owed), line({ description: owed.code }), counted(other), line()]);
    expect([said[1], said[3]].filter((one) => one?.status === 'fulfilled').length).toBeLessThanOrEqual(1);
    const states = (await Promise.all([owed, other].map(async (one) => (await chargeOf(sandbox.hub, one)).state)));
    expect([states.filter((one) => one === PAID).length, await balances(), await desk(sandbox)]).toEqual([1, [owed.amount, 0, -owed.amount], []]);
  });
});

describe('recorded at a counter first', () => {
  test.each(['money-unwritten', 'money-written', 'claim-unkept', 'claim-kept', 'money-allocated'])('whoever dies at %s and asks again has paid once, and the line is known', async (point) => {
    const armed = sandbox.world as { crashPoint?: (name: string) => void }, requestId = nextRequest();
    armed.crashPoint = (name) => { if (name === point) { delete armed.crashPoint; throw new HubError('STORE_FAILED', { file: 'test' }); } };
    await counted(owed, { ...transfer(), requestId }).catch(() => {});
    expect(armed.crashPoint).toBeUndefined();
    const { receiptNumber } = await counted(owed, { ...transfer(), requestId });
    expect(receiptNumber).toMatch(/^AA-/);
    expect(await line()).toMatchObject({ outcome: TransferOutcome.KNOWN, code: owed.code, receiptNumber, aside: 0 });
    expect([await balances(), await desk(sandbox)]).toEqual([[owed.amount, 0, -owed.amount], []]);
  });

  test('left half done, it is decided before the line is: known where it stands, kept where it was refused', async () => {
    const armed = sandbox.world as { crashPoint?: (name: string) => void }, die = (): void => { armed.crashPoint = (name) => { if (name === 'money-written') { delete armed.crashPoint; throw new HubError('STORE_FAILED', { file: 'test' }); } }; };
    die();
    await expect(counted(owed)).rejects.toMatchObject({ code: 'STORE_FAILED' });
    expect(await line()).toMatchObject({ outcome: TransferOutcome.KNOWN, aside: 0 });
    const other = await owing(sandbox.hub);
    die();
    await expect(counted(other, transfer('KBNN', 'FT-2'))).rejects.toMatchObject({ code: 'STORE_FAILED' });
    await pay(sandbox.hub, other);
    expect(await line({ reference: 'FT-2' })).toMatchObject({ outcome: TransferOutcome.SET_ASIDE, aside: other.amount, code: '' });
    await settle(sandbox, (await desk(sandbox))[0]!, 'return');
    expect(await balances()).toEqual([owed.amount, 0, -2 * owed.amount]);
  });

  test('another amount on the statement contradicts it: a person looks, and nothing is moved', async () => {
    await counted(owed);
    const before = await balances();
    for (let n = 0; n < 2; n++) expect(await line({ amount: String(owed.amount + 10_000) })).toMatchObject({ outcome: TransferOutcome.SET_ASIDE, reason: 'CONTRADICTED', aside: 0 });
    const [row, ...more] = await desk(sandbox);
    expect([row, more, await balances()]).toMatchObject([{ reason: 'CONTRADICTED', said: String(owed.amount + 10_000), amount: 0 }, [], before]);
    await settle(sandbox, row!, 'noted');
    expect([await desk(sandbox), await reconcile(sandbox)]).toMatchObject([[], zero]);
  });

  test('who had the reference and was refused the charge has recorded nothing: the line is kept, and is good for the charge that it is for', async () => {
    await refusedAfterClaim(owed, () => counted(owed));
    expect(await line()).toMatchObject({ outcome: TransferOutcome.SET_ASIDE, aside: owed.amount });
    expect(await balances()).toEqual([owed.amount, -owed.amount, -owed.amount]);
    const other = await owing(sandbox.hub);
    await settle(sandbox, (await desk(sandbox))[0]!, 'to-charge', { code: other.code, charge: other.charge });
    expect([await balances(), await desk(sandbox), (await chargeOf(sandbox.hub, other)).state]).toEqual([[owed.amount, 0, -2 * owed.amount], [], PAID]);
    await expect(counted(await owing(sandbox.hub))).rejects.toMatchObject({ code: 'REFERENCE_USED' });
  });
});

/** Later the service finishes by itself what callers have left: once it has, `look` sees what is expected. */
async function leftAlone(look: () => Promise<unknown>, expected: unknown): Promise<void> {
  const { participant } = sandbox.hub.modules.find((one) => one.name === 'payments')!;
  sandbox.world.clock = Date.now() + 60_000;
  for (const folder of await participant.find('type', 'books:money', 10_000)) await participant.wake(folder);
  await expect.poll(look, { timeout: 30_000 }).toEqual(expected);
  sandbox.world.clock = undefined;
}

/** The charge is paid in cash between the reference and the payment, which the law then refuses. */
async function refusedAfterClaim(of: Owed, paying: () => Promise<unknown>): Promise<void> {
  const { participant } = sandbox.hub.modules.find((one) => one.name === 'payments')!, handle = participant.handle.bind(participant);
  let paid = false;
  vi.spyOn(participant, 'handle').mockImplementation(async (...call: Parameters<typeof handle>) => { if (!paid && call[0] === of.folder) { paid = true; await pay(sandbox.hub, of); } return handle(...call); });
  await expect(paying()).rejects.toMatchObject({ code: 'CHARGE_NOT_OPEN' });
  vi.mocked(participant.handle).mockRestore();
}

describe('a reference whose payment was refused', () => {
  const ways: [string, Paying][] = [['a transfer', transfer()], ['another platform', gateway('PG-1')]];

  test.each(ways)('%s: pays the charge that it is for, once', async (_what, how) => {
    await refusedAfterClaim(owed, () => counted(owed, how));
    const other = await owing(sandbox.hub), third = await owing(sandbox.hub);
    expect((await counted(other, how)).receiptNumber).toMatch(/^AA-/);
    await expect(counted(third, how)).rejects.toMatchObject({ code: 'REFERENCE_USED' });
    expect([await balances(), (await chargeOf(sandbox.hub, third)).state]).toEqual([[other.amount, 0, -owed.amount - other.amount], OPEN]);
  });

  test.each(ways)('%s: of two charges that ask for it at once one has it', async (_what, how) => {
    await refusedAfterClaim(owed, () => counted(owed, how));
    const others = await Promise.all([owing(sandbox.hub), owing(sandbox.hub), owing(sandbox.hub)]), said = await Promise.allSettled(others.map((one) => counted(one, how)));
    expect([said.filter((one) => one.status === 'fulfilled').length, await balances()]).toEqual([1, [owed.amount, 0, -2 * owed.amount]]);
  });

  test.each(ways.flatMap(([what, how]) => ['claim-unkept', 'claim-kept', 'money-allocated'].map((point): [string, string, Paying] => [what, point, how])))('%s: whoever dies at %s takes it to the end, and nobody else has it meanwhile', async (_what, point, how) => {
    await refusedAfterClaim(owed, () => counted(owed, how));
    const other = await owing(sandbox.hub), third = await owing(sandbox.hub), requestId = nextRequest(), armed = sandbox.world as { crashPoint?: (name: string) => void };
    armed.crashPoint = (name) => { if (name === point) { delete armed.crashPoint; throw new HubError('STORE_FAILED', { file: 'test' }); } };
    await expect(counted(other, { ...how, requestId })).rejects.toMatchObject({ code: 'STORE_FAILED' });
    // Dead before the claim is written, the money of the first that comes after has it; what was begun is then handed back.
    const later = await counted(third, how).then(() => 'fulfilled', () => 'rejected'), again = await counted(other, { ...how, requestId }).then(() => 'fulfilled', () => 'rejected');
    expect([later, again].sort()).toEqual(['fulfilled', 'rejected']);
    if (point !== 'claim-unkept') expect(again).toBe('fulfilled');
    await leftAlone(async () => [await balances(), await desk(sandbox)], [[owed.amount, 0, -2 * owed.amount], []]);
  });

  test('left before the payment was refused, it is free once the service itself has found that out', async () => {
    const armed = sandbox.world as { crashPoint?: (name: string) => void }, how = gateway('PG-2');
    armed.crashPoint = (name) => { if (name === 'claim-kept') { delete armed.crashPoint; throw new HubError('STORE_FAILED', { file: 'test' }); } };
    await expect(counted(owed, how)).rejects.toMatchObject({ code: 'STORE_FAILED' });
    await pay(sandbox.hub, owed);
    const other = await owing(sandbox.hub);
    await expect(counted(other, how)).rejects.toMatchObject({ code: 'REFERENCE_USED' });
    await leftAlone(() => counted(other, how).then(() => 'paid', ({ code }: HubError) => code), 'paid');
    expect((await chargeOf(sandbox.hub, other)).state).toBe(PAID);
  });
});
