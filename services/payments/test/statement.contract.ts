/** The treasury's bank statement, line by line: paid, known, or set aside with a reason and part of the day; twice is once, and nothing of it is dropped. */
import { dossier as pb, payments } from '@lienthong/contract';
import { HubError } from '@lienthong/kernel';
import { testWorld } from '@lienthong/testkit';
import type { MemoryHub, TestWorld } from '@lienthong/testkit';
import { localDate } from '@lienthong/law';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { chargeOf, nextRequest, owing, pay, paymentsHub } from './payments-hub.ts';
import { desk, ledger, reconcile, sandboxHub, settle, treasuryOf } from './sandbox-of-tests.ts';
import type { SandboxHub } from './sandbox-of-tests.ts';

let sandbox: SandboxHub, hub: MemoryHub, today: string;
beforeEach(async () => {
  vi.spyOn(console, 'error').mockImplementation(() => {});
  // A platform is there, and its file knows nothing of transfers.
  sandbox = await sandboxHub({});
  hub = sandbox.hub;
  today = localDate(sandbox.world.now());
});
afterEach(() => hub.stop());

let references = 0;
const record = (line: Partial<payments.RecordTransferRequest>): Promise<payments.RecordTransferResponse> =>
  hub.call('payments', 'recordTransfer', payments.RecordTransferRequest.create({ requestId: nextRequest(), bank: 'KBNN', reference: `FT${++references}`, date: today, amount: '50000', ...line }), treasuryOf(sandbox));
const { PAID, KNOWN, SET_ASIDE } = payments.TransferOutcome;
const balance = async (prefix: string): Promise<number> => (await ledger(sandbox)).lines.filter((one) => one.account.startsWith(prefix)).reduce((sum, one) => sum + one.debit - one.credit, 0);

test('a line that names a dossier pays its charge once, with one receipt, however often and by whomever it is brought', async () => {
  const owed = await owing(hub), line = { reference: 'FT-A', description: `nop phi ${owed.code.replaceAll(/[.-]/g, ' ')}`, amount: String(owed.amount) };
  expect(await record({ ...line, validateOnly: true })).toMatchObject({ outcome: PAID, code: owed.code, receiptNumber: '' });
  expect([(await chargeOf(hub, owed)).state, await balance('bank:')]).toEqual([pb.ChargeState.OPEN, 0]);
  const requestId = nextRequest(), first = await record({ ...line, requestId });
  expect(first).toMatchObject({ outcome: PAID, reason: '', code: owed.code, aside: 0 });
  expect(first.receiptNumber).toMatch(/^AA-\d\d\/\d{7}$/);
  expect(await record({ ...line, requestId })).toEqual(first);
  expect(await record({ ...line, reference: 'ft-a', bank: 'kbnn' })).toMatchObject({ outcome: KNOWN, code: owed.code });
  const charge = await chargeOf(hub, owed);
  expect([charge.state, charge.receiptNumber, await balance('bank:'), await balance('collected:'), await balance('suspense:')]).toEqual([pb.ChargeState.PAID, first.receiptNumber, owed.amount, -owed.amount, 0]);
  expect(await reconcile(sandbox)).toMatchObject({ open: 0, imbalance: 0 });
});

test('a line is taken as a person reads it, whatever the file of the bank has between the letters', async () => {
  const owed = await owing(hub), description = `nop phi\r\n${owed.code.slice(0, 5)}\u200b${owed.code.slice(5)}`;
  expect(await record({ reference: 'FT-\u00adQ', description, amount: String(owed.amount) })).toMatchObject({ outcome: PAID, code: owed.code });
  expect(await record({ reference: 'FT -Q', bank: 'KBNN\ufeff' })).toMatchObject({ outcome: KNOWN, code: owed.code });
  await expect(record({ reference: '\u200b' })).rejects.toMatchObject({ code: 'FIELD_MISSING', field: 'reference' });
});

test('many lines at once of one reference are one: the others know it, or contradict it', async () => {
  const owed = await owing(hub), lines = await Promise.all(Array.from({ length: 8 }, (_one, n) => record({ reference: 'FT-B', description: owed.code, amount: String(owed.amount + n % 2) })));
  const of = (outcome: payments.TransferOutcome): number => lines.filter((one) => one.outcome === outcome).length;
  expect([of(PAID), of(KNOWN), of(SET_ASIDE)]).toEqual([1, 3, 4]);
  expect((await balance('bank:')) - owed.amount).toBeOneOf([0, 1]);
  expect((await desk(sandbox)).filter((one) => one.reason === 'CONTRADICTED').map((one) => one.amount)).toEqual([0]);
});

test('what a counter has recorded is known, and booked once', async () => {
  const owed = await owing(hub);
  await pay(hub, owed, { method: { $case: 'transfer', value: { bank: 'KBNN', reference: 'FT-C', paidTime: undefined } } });
  expect(await record({ reference: 'ft-c', description: owed.code, amount: String(owed.amount) })).toMatchObject({ outcome: KNOWN, aside: 0 });
  expect([await balance('bank:'), (await desk(sandbox)).length]).toEqual([owed.amount, 0]);
});

describe('what is for no charge is kept, seen with what the payer wrote, and ended by a person', () => {
  test.each<[string, (code: string) => string, number, payments.TransferOutcome, string, number, pb.ChargeState]>([
    // what the payer did             what he wrote                 over by   outcome   reason             left aside   the charge
    ['wrote nothing', () => 'chuyen tien', 0, SET_ASIDE, 'REFERENCE_UNKNOWN', 50_000, pb.ChargeState.OPEN],
    ['named a dossier of nowhere', () => 'H17.125.02-261124-9999', 0, SET_ASIDE, 'REFERENCE_UNKNOWN', 50_000, pb.ChargeState.OPEN],
    ['paid too little', (code) => code, -1_000, SET_ASIDE, 'AMOUNT_PARTIAL', 49_000, pb.ChargeState.OPEN],
    ['paid too much', (code) => code, 1_000, PAID, 'AMOUNT_OVER', 1_000, pb.ChargeState.PAID],
  ])('%s', async (_what, text, over, outcome, reason, left, state) => {
    const owed = await owing(hub), by = owed.amount - 50_000, line = { description: text(owed.code), amount: String(owed.amount + over) };
    expect(await record({ ...line, validateOnly: true })).toMatchObject({ outcome, reason, aside: left + (reason === 'AMOUNT_OVER' ? 0 : by) });
    expect(await record(line)).toMatchObject({ outcome, reason, message: { vi: expect.stringMatching(/./) as string } });
    const [one] = await desk(sandbox);
    expect(one).toMatchObject({ reason, description: line.description, date: today });
    expect((await reconcile(sandbox)).differences).toMatchObject([{ cause: reason, resolved: false }]);
    // The platform's file says nothing of it, so nothing is put right by it.
    await expect(settle(sandbox, one!, 'noted')).rejects.toMatchObject({ code: 'NO_DIFFERENCE' });
    // What is over of a payment has its receipt, and pays no other charge.
    if (reason === 'AMOUNT_OVER') await expect(settle(sandbox, one!, 'to-charge', { code: owed.code, charge: owed.charge })).rejects.toMatchObject({ code: 'WAY_NOT_POSSIBLE', field: 'way' });
    expect(await settle(sandbox, one!, 'return')).toEqual({ left: 0 });
    expect([await reconcile(sandbox), await balance('suspense:'), await balance('bank:'), (await chargeOf(hub, owed)).state]).toMatchObject([{ open: 0, openAmount: 0, imbalance: 0 }, 0, state === pb.ChargeState.PAID ? owed.amount : 0, state]);
  });

  test('and may be put to the charge that a person has found, as the transfer that it is', async () => {
    const owed = await owing(hub);
    await record({ reference: 'FT-D', description: 'chuyen tien', amount: String(owed.amount) });
    const [one] = await desk(sandbox);
    expect(await settle(sandbox, one!, 'to-charge', { code: owed.code, charge: owed.charge })).toEqual({ left: 0 });
    expect(await chargeOf(hub, owed)).toMatchObject({ state: pb.ChargeState.PAID });
    await record({ reference: 'FT-D2', description: 'chuyen tien', amount: String(owed.amount) });
    const again = settle(sandbox, (await desk(sandbox))[0]!, 'to-charge', { code: owed.code, charge: owed.charge });
    await expect(again).rejects.toMatchObject({ code: 'CHARGE_NOT_OPEN', meta: { charge: owed.code, chargeStatus: 'settled' } });
    await expect(pay(hub, await owing(hub), { method: { $case: 'transfer', value: { bank: 'KBNN', reference: 'FT-D', paidTime: undefined } } })).rejects.toMatchObject({ code: 'REFERENCE_USED' });
  });

  test('paid before, for two dossiers, for a rehearsal', async () => {
    const [paid, other, rehearsed] = [await owing(hub), await owing(hub), await owing(hub, { rehearsal: Date.UTC(2026, 2, 2, 2) })];
    await pay(hub, paid);
    expect(await record({ description: paid.code, amount: String(paid.amount) })).toMatchObject({ outcome: SET_ASIDE, reason: 'CHARGE_NOT_OPEN', code: paid.code, message: { vi: `Nghĩa vụ ${paid.code} không chờ nộp: đã kết thúc.` } });
    expect(await record({ description: `${paid.code} ${other.code}`, amount: String(paid.amount) })).toMatchObject({ outcome: SET_ASIDE, reason: 'REFERENCE_UNKNOWN' });
    expect(await record({ description: rehearsed.code, amount: String(paid.amount) })).toMatchObject({ outcome: SET_ASIDE, reason: 'REFERENCE_UNKNOWN', code: '' });
  });

  test('one reference with two amounts: the first stays, the second is looked at', async () => {
    await record({ reference: 'FT-E', amount: '50000' });
    for (let n = 0; n < 2; n++) expect(await record({ reference: 'FT-E', amount: '60000' })).toMatchObject({ outcome: SET_ASIDE, reason: 'CONTRADICTED', aside: 0 });
    expect((await desk(sandbox)).map((one) => [one.reason, one.amount, one.said])).toEqual([['REFERENCE_UNKNOWN', 50_000, '50000'], ['CONTRADICTED', 0, '60000']]);
    expect(await balance('bank:')).toBe(50_000);
  });
});

test.each<[string, Partial<payments.RecordTransferRequest>, string, string]>([
  ['nothing at all', { amount: '' }, 'AMOUNT_INVALID', 'amount'], ['zero', { amount: '0' }, 'AMOUNT_INVALID', 'amount'], ['words', { amount: 'năm mươi' }, 'AMOUNT_INVALID', 'amount'], ['fifty thousand, or fifty', { amount: '50.000' }, 'AMOUNT_INVALID', 'amount'],
  ['below zero', { amount: '-50000' }, 'AMOUNT_NEGATIVE', 'amount'], ['a fraction', { amount: '50000.5' }, 'AMOUNT_FRACTIONAL', 'amount'], ['more than there is', { amount: '10000000000001' }, 'AMOUNT_TOO_LARGE', 'amount'],
  ['dollars', { currency: 'USD' }, 'CURRENCY_OTHER', 'currency'], ['a day that is none', { date: '2026-02-30' }, 'FIELD_INVALID', 'date'], ['no day', { date: '' }, 'FIELD_INVALID', 'date'], ['a day to come', { date: '2999-01-01' }, 'FIELD_INVALID', 'date'],
  ['no reference', { reference: ' ' }, 'FIELD_MISSING', 'reference'], ['no bank', { bank: '' }, 'FIELD_MISSING', 'bank'], ['a long text', { description: 'x'.repeat(501) }, 'FIELD_INVALID', 'description'], ['a long reference', { reference: 'x'.repeat(101) }, 'FIELD_INVALID', 'reference'],
])('%s is refused by its own reason, and nothing is written', async (_what, line, code, field) => {
  await expect(record(line)).rejects.toMatchObject({ code, field });
  expect([await desk(sandbox), await balance('bank:')]).toEqual([[], 0]);
});

test('whoever dies between the money and the charge has lost nothing: the line brought again is paid', async () => {
  const world: TestWorld = testWorld(), died = new HubError('STORE_FAILED', { file: 'test' });
  const dying = await paymentsHub({}, world), owed = await owing(dying);
  const armed = world as { crashPoint?: (name: string) => void };
  armed.crashPoint = (point) => { if (point === 'money-written') { delete armed.crashPoint; throw died; } };
  const line = payments.RecordTransferRequest.create({ requestId: nextRequest(), bank: 'KBNN', reference: 'FT-F', date: localDate(world.now()), amount: String(owed.amount), description: owed.code }), treasury = treasuryOf({ hub: dying } as SandboxHub);
  await expect(dying.call('payments', 'recordTransfer', line, treasury)).rejects.toMatchObject({ code: 'STORE_FAILED' });
  expect([armed.crashPoint, (await chargeOf(dying, owed)).state]).toEqual([undefined, pb.ChargeState.OPEN]);
  expect(await dying.call('payments', 'recordTransfer', line, treasury)).toMatchObject({ outcome: PAID });
  expect((await chargeOf(dying, owed)).state).toBe(pb.ChargeState.PAID);
  await dying.stop();
});
