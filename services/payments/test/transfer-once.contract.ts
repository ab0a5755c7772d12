/** One transfer, said twice: by the treasury's statement and by a counter, in whatever order and under whatever name of the bank. It stands in the books once. */
import { dossier as pb, payments } from '@lienthong/contract';
import { HubError } from '@lienthong/kernel';
import { localDate } from '@lienthong/law';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { chargeOf, nextRequest, owing, pay } from './payments-hub.ts';
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
