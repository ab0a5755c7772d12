/** Every cause for which a day can differ: listed, ended by entries with a ground, and then the day is at zero and the books say what the platform says. */
import { dossier as pb, payments } from '@lienthong/contract';
import { localDate } from '@lienthong/law';
import { signed } from '@lienthong/payment-gateway';
import type { Fault } from '@lienthong/payment-gateway';
import { askPlainly } from '@lienthong/testkit';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { chargeOf, nextRequest, owing, pay } from './payments-hub.ts';
import type { Owed } from './payments-hub.ts';
import { deliver, desk, ledger, reconcile, resolve, sandboxHub, secret, settle, start, treasuryOf } from './sandbox-of-tests.ts';
import type { SandboxHub } from './sandbox-of-tests.ts';

/** Long enough on a loaded machine; milliseconds. */
const heardMs = 30_000;
let sandbox: SandboxHub;
beforeEach(() => { vi.spyOn(console, 'error').mockImplementation(() => {}); });
afterEach(async () => { await sandbox.hub.stop(); });

const isOpen = (one: payments.Difference): boolean => !one.resolved;
const openCauses = async (): Promise<readonly string[]> => (await reconcile(sandbox)).differences.filter(isOpen).map((one) => one.cause).sort();

async function ordered(fault: Fault, refundable = true): Promise<Owed> {
  sandbox = await sandboxHub({ rules: [{ nth: 1, fault }] });
  const owed = await owing(sandbox.hub, { refundable });
  await start(sandbox, owed);
  await deliver(sandbox);
  return owed;
}

/** `noted`, `return`: of what is on the desk or in the file. `till`: how its difference ended. Anything else: how the first open difference that has no other call ended. */
async function take(step: string): Promise<void> {
  const { differences } = await reconcile(sandbox), waiting = await desk(sandbox);
  if (step === 'return') for (const one of waiting.filter(({ amount }) => amount > 0)) await settle(sandbox, one, step);
  else if (step === 'noted') {
    for (const one of waiting.filter(({ amount }) => amount === 0)) await settle(sandbox, one, step);
    for (const { difference } of differences.filter((one) => isOpen(one) && one.cause.startsWith('FILE_'))) { const [money = '', transaction = ''] = difference.slice('file:'.length).split('/'); await settle(sandbox, { money, transaction }, step); }
  } else {
    const of = differences.find((one) => ['refund:', 'file:'].some((kind) => one.difference.startsWith(kind)) && (isOpen(one) || ['made-good', 'written-off'].includes(step)))!;
    expect((await resolve(sandbox, of.difference, step)).difference).toMatchObject({ difference: of.difference, resolved: true, resolution: step });
  }
}

/** What the first file of the day misses is ended by a person, in that file; its name. */
async function leftOut(...steps: readonly string[]): Promise<string> {
  // However slow this machine is, the file does not grow old meanwhile.
  const now = vi.spyOn(sandbox.world, 'now').mockReturnValue(sandbox.world.now());
  const missed = (await reconcile(sandbox)).differences.find((one) => one.cause === 'FILE_MISSES')!.difference, [money = '', transaction = ''] = missed.slice('file:'.length).split('/');
  for (const step of steps) await (step === 'noted' ? settle(sandbox, { money, transaction }, step) : resolve(sandbox, missed, step));
  now.mockRestore();
  return missed;
}

const reconcileOn = (date: string): Promise<payments.ReconcileResponse> => sandbox.hub.call('payments', 'reconcile', payments.ReconcileRequest.create({ requestId: nextRequest(), date }), treasuryOf(sandbox));
const balanceOf = async (prefix: string): Promise<number> => (await ledger(sandbox)).lines.filter((one) => one.account.startsWith(prefix)).reduce((sum, one) => sum + one.debit - one.credit, 0);

async function expectZero(): Promise<void> {
  const day = await reconcile(sandbox), books = await ledger(sandbox), of = (prefix: string): number => books.lines.filter((one) => one.account.startsWith(prefix)).reduce((sum, one) => sum + one.debit - one.credit, 0);
  expect(day).toMatchObject({ open: 0, openAmount: 0, imbalance: 0, fileRead: true });
  expect([books.imbalance, of('gateway:'), of('suspense:'), await desk(sandbox)]).toEqual([0, sandbox.bank.takings, 0, []]);
}

const { PAID, OPEN, REFUNDED } = pb.ChargeState;

describe('of the platform', () => {
  test.each<[Fault, readonly string[], readonly string[], readonly string[], pb.ChargeState]>([
    // fault            what differs                              what a person does                        what differs after the first of it       charge
    ['short', ['AMOUNT_PARTIAL'], ['return'], [], OPEN],
    ['over', ['AMOUNT_OVER'], ['return'], [], PAID],
    ['twice', ['PAID_TWICE'], ['return'], [], PAID],
    ['dossier', ['DOSSIER_DIFFERS'], ['return'], [], OPEN],
    ['stranger', ['REFERENCE_UNKNOWN'], ['return'], [], PAID],
    ['currency', ['CURRENCY_OTHER'], ['noted'], [], OPEN],
    ['contradicts', ['AMOUNT_OVER', 'CONTRADICTED', 'FILE_DIFFERS'], ['noted'], [], PAID],
    ['vanishes', ['FILE_MISSES'], ['noted', 'made-good'], [], PAID],
    ['forgets-refund', ['AMOUNT_OVER'], ['return', 'put-back', 'return'], ['REFUND_MISSING'], PAID],
    ['halves-refund', ['AMOUNT_OVER'], ['return', 'put-back', 'return'], ['REFUND_MISSING'], PAID],
    ['doubles-refund', ['AMOUNT_OVER'], ['return', 'claimed', 'made-good'], ['REFUND_MISSING'], PAID],
    ['gives-back', ['REFUND_UNKNOWN'], ['adopted'], [], REFUNDED],
    ['gives-back', ['REFUND_UNKNOWN'], ['claimed', 'written-off'], [], PAID],
  ])('%s: %j, ended by %j', async (fault, causes, steps, then, state) => {
    const owed = await ordered(fault);
    expect(await openCauses()).toEqual(causes);
    for (const [n, step] of steps.entries()) {
      await take(step);
      if (n === 0) expect(await openCauses()).toEqual(then);
    }
    await expectZero();
    expect((await chargeOf(sandbox.hub, owed)).state).toBe(state);
    // No claim is left over, and what was lost was written off by somebody.
    const { lines } = await ledger(sandbox);
    expect(lines.filter((one) => one.account.startsWith('difference:')).reduce((sum, one) => sum + one.debit - one.credit, 0)).toBe(0);
  });

  test('what only a later file has: was noted, is found, and is not booked twice; nobody can end what is not claimed any more', async () => {
    const owed = await ordered('files-late'), missed = await leftOut('noted');
    for (let n = 0; n < 2; n++) expect((await reconcile(sandbox)).differences).toMatchObject([{ difference: missed, cause: 'FILE_FINDS', resolved: true, resolution: 'found', ours: owed.amount, theirs: owed.amount }]);
    await expect(resolve(sandbox, missed, 'made-good')).rejects.toMatchObject({ code: 'WAY_NOT_POSSIBLE' });
    await expectZero();
    expect([(await chargeOf(sandbox.hub, owed)).state, await balanceOf('difference:')]).toEqual([PAID, 0]);
  });

  test.each([['made-good', 'repaid', 'recovered'], ['written-off', 'recovered', 'repaid']])('what only a later file has, when its claim was %s: another difference, ended by %s, not by %s', async (end, way, other) => {
    const owed = await ordered('files-late'), missed = await leftOut('noted', end), found = missed.replace('file:', 'found:'), request = { requestId: nextRequest() };
    expect(await reconcile(sandbox)).toMatchObject({ open: 1, openAmount: owed.amount, imbalance: 0, differences: [{ difference: missed, resolution: end }, { difference: found, cause: 'FILE_FINDS', ours: 0, theirs: owed.amount, resolved: false }] });
    await expect(resolve(sandbox, found, other)).rejects.toMatchObject({ code: 'WAY_NOT_POSSIBLE' });
    for (let n = 0; n < 2; n++) expect((await resolve(sandbox, found, way, request)).difference).toMatchObject({ difference: found, resolved: true, resolution: way });
    await expect(resolve(sandbox, found, other)).rejects.toMatchObject({ code: 'NO_DIFFERENCE' });
    await expectZero();
    expect([(await chargeOf(sandbox.hub, owed)).state, await balanceOf('difference:'), await balanceOf('bank:'), await balanceOf('loss:')]).toEqual([PAID, 0, 0, 0]);
  });

  test('what the platform has in the file of another day is compared once that file was read, and is recorded once', async () => {
    const owed = await ordered('pays'), today = localDate(sandbox.world.now()), other = localDate(sandbox.world.now() - 86_400_000);
    const answer = sandbox.bank.answer.bind(sandbox.bank);
    // As if it closed its day in the evening: what it has of today stands in the file of the day before.
    vi.spyOn(sandbox.bank, 'answer').mockImplementation((message) => {
      if (message['LoaiBanTin'] !== 'FILE') return answer(message);
      return message['Ngay'] === other ? answer(signed('FILE', { ...message, Ngay: today }, secret)) : { error_code: '0', DongDoiSoat: '[]' };
    });
    expect(await openCauses()).toEqual(['FILE_MISSES']);
    for (const recorded of [1, 0]) expect(await reconcileOn(other)).toMatchObject({ open: 0, recorded, imbalance: 0, differences: [] });
    await expectZero();
    expect([(await chargeOf(sandbox.hub, owed)).state, (await reconcile(sandbox)).differences]).toEqual([PAID, []]);
  });

  test.each<[readonly string[], string, string]>([[['claimed', 'made-good'], 'repaid', 'put-back'], [['written-off'], 'recovered', 'repaid']])('a refund by the platform itself that ended by %j and is in no later file ends once more, by %s, not by %s', async (steps, way, other) => {
    const owed = await ordered('gives-back'), answer = sandbox.bank.answer.bind(sandbox.bank), [{ difference }] = (await reconcile(sandbox)).differences as [payments.Difference];
    for (const step of steps) await resolve(sandbox, difference, step);
    vi.spyOn(sandbox.bank, 'answer').mockImplementation((message) => {
      const said = answer(message);
      return message['LoaiBanTin'] !== 'FILE' ? said : { ...said, DongDoiSoat: JSON.stringify((JSON.parse(said!['DongDoiSoat']!) as readonly { readonly Loai: string }[]).filter(({ Loai }) => Loai !== 'HOAN')) };
    });
    expect(await reconcile(sandbox)).toMatchObject({ open: 1, openAmount: owed.amount, differences: [{ difference, resolved: false }] });
    await expect(resolve(sandbox, difference, other)).rejects.toMatchObject({ code: 'WAY_NOT_POSSIBLE' });
    const request = { requestId: nextRequest() };
    for (let n = 0; n < 2; n++) expect((await resolve(sandbox, difference, way, request)).difference).toMatchObject({ resolved: true, resolution: way });
    expect([await reconcile(sandbox), await balanceOf('gateway:'), await balanceOf('bank:'), await balanceOf('loss:'), await balanceOf('difference:'), await desk(sandbox), (await chargeOf(sandbox.hub, owed)).state]).toMatchObject([{ open: 0, openAmount: 0, imbalance: 0 }, owed.amount, 0, 0, 0, [], PAID]);
  });

  test('a row of the file without a time is of the day of its file', async () => {
    await ordered('mute');
    const answer = sandbox.bank.answer.bind(sandbox.bank);
    vi.spyOn(sandbox.bank, 'answer').mockImplementation((message) => {
      const said = answer(message);
      return message['LoaiBanTin'] !== 'FILE' ? said : { ...said, DongDoiSoat: said!['DongDoiSoat']!.replace(/"ThoiGianGD":"\d+"/g, '"ThoiGianGD":"hôm nay"') };
    });
    for (const recorded of [1, 0]) expect(await reconcile(sandbox)).toMatchObject({ open: 0, recorded, differences: [] });
    await expectZero();
  });

  test('what was for no charge, was taken out of suspense because a file had not had it, and is in a later one: a person sees it again', async () => {
    sandbox = await sandboxHub({ rules: [{ nth: 1, fault: 'files-late' }] });
    const owed = await owing(sandbox.hub);
    await start(sandbox, owed);
    await pay(sandbox.hub, owed);
    expect(await deliver(sandbox)).toEqual(['CHARGE_NOT_OPEN']);
    await leftOut('noted');
    expect(await desk(sandbox)).toEqual([]);
    await reconcile(sandbox);
    expect(await desk(sandbox)).toMatchObject([{ reason: 'CHARGE_NOT_OPEN', amount: owed.amount }]);
    await take('return');
    expect([await openCauses(), await desk(sandbox), sandbox.bank.takings]).toEqual([['TILL_OPEN'], [], 0]);
  });

  test('what the law owes back is in the file under its own key: nothing differs', async () => {
    const owed = await ordered('pays');
    await askPlainly(sandbox.hub, owed, { kind: 'withdraw', reason: 'đổi ý' });
    await expect.poll(async () => (await chargeOf(sandbox.hub, owed)).state, { timeout: heardMs }).toBe(REFUNDED);
    expect(sandbox.bank.takings).toBe(0);
    await expectZero();
    expect((await reconcile(sandbox)).differences).toEqual([]);
  });

  test('what the platform refuses to give back because it never had it is given back no more once the file has said so', async () => {
    sandbox = await sandboxHub({ rules: [{ nth: 1, fault: 'vanishes' }] });
    const owed = await owing(sandbox.hub), requestId = nextRequest();
    await start(sandbox, owed);
    await pay(sandbox.hub, owed);
    expect(await deliver(sandbox)).toEqual(['CHARGE_NOT_OPEN']);
    const [one] = await desk(sandbox);
    for (let n = 0; n < 2; n++) await expect(settle(sandbox, one!, 'return', { requestId })).rejects.toMatchObject({ code: 'GATEWAY_FAILED' });
    await take('noted');
    for (let n = 0; n < 2; n++) await expect(settle(sandbox, one!, 'return', { requestId })).rejects.toMatchObject({ code: 'NO_DIFFERENCE' });
    expect([await openCauses(), await desk(sandbox), sandbox.bank.takings]).toEqual([['TILL_OPEN'], [], 0]);
  });

  test('a fee that is not refundable stays paid: what was given back of it is claimed, and nothing is said twice', async () => {
    const owed = await ordered('gives-back', false), [{ difference }] = (await reconcile(sandbox)).differences as [payments.Difference];
    await expect(resolve(sandbox, difference, 'adopted')).rejects.toMatchObject({ code: 'NOT_REFUNDABLE' });
    const request = { requestId: nextRequest() };
    expect(await resolve(sandbox, difference, 'claimed', request)).toEqual(await resolve(sandbox, difference, 'claimed', request));
    expect((await ledger(sandbox)).lines.find((one) => one.account === 'difference:gateway:sandbox')).toMatchObject({ debit: owed.amount, credit: 0 });
    expect((await chargeOf(sandbox.hub, owed)).state).toBe(PAID);
    await expectZero();
  });

  test.each<[string, string, Partial<payments.ResolveDifferenceRequest>, string]>([
    ['a difference that there is not', 'claimed', { difference: 'refund:x' }, 'NO_DIFFERENCE'],
    ['a way that is none', 'forgotten', {}, 'WAY_NOT_POSSIBLE'],
    ['a way of the post', 'repaid', {}, 'WAY_NOT_POSSIBLE'],
    ['a way that cannot be', 'put-back', {}, 'WAY_NOT_POSSIBLE'],
    ['a claim that nobody made', 'made-good', {}, 'WAY_NOT_POSSIBLE'],
    ['another day', 'claimed', { date: '2020-01-01' }, 'NO_DIFFERENCE'],
    ['a day that is none', 'claimed', { date: '2026-02-30' }, 'FIELD_INVALID'],
    ['no ground', 'claimed', { ground: '' }, 'REASON_MISSING'],
    ['a ground that is a tale', 'claimed', { ground: 'thấy thế' }, 'GROUND_INVALID'],
    ['books of rehearsals', 'claimed', { rehearsal: true }, 'NO_DIFFERENCE'],
  ])('%s has its own reason, and nothing is written', async (_what, way, more, code) => {
    await ordered('gives-back');
    const [{ difference }] = (await reconcile(sandbox)).differences as [payments.Difference], before = await ledger(sandbox);
    await expect(resolve(sandbox, difference, way, more)).rejects.toMatchObject({ code });
    expect([await openCauses(), await ledger(sandbox)]).toEqual([['REFUND_UNKNOWN'], before]);
  });
});

describe('of a till', () => {
  test.each<[number, string, string]>([[-1_000, 'TILL_SHORT', 'made-good'], [-1_000, 'TILL_SHORT', 'written-off'], [1_000, 'TILL_OVER', 'given-back'], [1_000, 'TILL_OVER', 'kept'], [0, '', '']])('%i đồng over: %s ended by %s', async (over, cause, way) => {
    sandbox = await sandboxHub({});
    const owed = await owing(sandbox.hub), call = (method: string, request: object): Promise<{ readonly till: payments.Till }> => sandbox.hub.call('payments', method, request, owed.counter);
    await pay(sandbox.hub, owed);
    expect(await openCauses()).toEqual(['TILL_OPEN']);
    await call('countTill', payments.CountTillRequest.create({ requestId: nextRequest(), counted: owed.amount + over }));
    const { till: { till } } = await call('closeTill', payments.CloseTillRequest.create({ requestId: nextRequest() }));
    expect(await openCauses()).toEqual(cause === '' ? [] : [cause]);
    if (way !== '') {
      // Its own call ends it, no other.
      await expect(resolve(sandbox, `till:${till}`, way)).rejects.toMatchObject({ code: 'WAY_NOT_POSSIBLE' });
      await call('resolveTill', payments.ResolveTillRequest.create({ requestId: nextRequest(), till, way, ground: '12/BB-TTPVHCC' }));
    }
    await expectZero();
  });
});
