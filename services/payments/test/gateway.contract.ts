import { dossier as pb, payments } from '@lienthong/contract';
import type { HubError } from '@lienthong/kernel';
import { signed } from '@lienthong/payment-gateway';
import type { Fault } from '@lienthong/payment-gateway';
import { afterEach, describe, expect, test } from 'vitest';
import { chargeOf, nextRequest, owing, pay } from './payments-hub.ts';
import type { Owed } from './payments-hub.ts';
import { confirm, deliver, desk, ledger, reconcile, sandboxHub, secret, settle, start } from './sandbox-of-tests.ts';
import type { SandboxHub } from './sandbox-of-tests.ts';

let sandbox: SandboxHub;
afterEach(async () => { await sandbox.hub.stop(); });

/** `unasked`: what was paid is heard by its confirmation alone, however long the test takes. */
async function ordered(fault: Fault, unasked = false): Promise<Owed> {
  sandbox = await sandboxHub({ rules: [{ nth: 1, fault }] }, unasked ? { asking: { firstMs: 3_600_000, longestMs: 3_600_000, times: 1 } } : {});
  const owed = await owing(sandbox.hub, { refundable: true });
  const { reference, url, amount } = await start(sandbox, owed);
  expect([url, amount]).toEqual([`http://127.0.0.1/pay/${reference}`, owed.amount]);
  return owed;
}

/** Long enough on a loaded machine; milliseconds. */
const finalMs = 30_000;
const stateOf = async (owed: Owed): Promise<pb.ChargeState> => (await chargeOf(sandbox.hub, owed)).state;
const { PAID, OPEN, REFUNDED } = pb.ChargeState;

/** By hand, whatever is on the desk and in the comparison of the day, until nothing is open. */
async function putRight(): Promise<readonly string[]> {
  const ways: string[] = [];
  for (const one of await desk(sandbox)) {
    if (one.amount > 0) continue;
    ways.push(`${one.reason} noted`);
    await settle(sandbox, one, 'noted');
  }
  for (const one of (await reconcile(sandbox)).differences.filter(({ resolved, cause }) => !resolved && cause.startsWith('FILE_'))) {
    const [money = '', transaction = ''] = one.difference.slice('file:'.length).split('/');
    ways.push(`${one.cause} noted`);
    await settle(sandbox, { money, transaction }, 'noted');
  }
  for (const one of await desk(sandbox)) {
    ways.push(`${one.reason} return`);
    expect((await settle(sandbox, one, 'return')).left).toBe(0);
  }
  return ways;
}

async function expectZero(): Promise<void> {
  const day = await reconcile(sandbox), books = await ledger(sandbox);
  expect(day).toMatchObject({ open: 0, openAmount: 0, imbalance: 0, fileRead: true });
  const gatewayLine = books.lines.find((one) => one.account === 'gateway:sandbox');
  expect([books.imbalance, (gatewayLine?.debit ?? 0) - (gatewayLine?.credit ?? 0)]).toEqual([0, sandbox.bank.takings]);
}

describe('what the gateway does', () => {
  test.each<[Fault, readonly string[], pb.ChargeState, readonly string[]]>([
    // fault          what each confirmation is answered                       charge  what a person then does
    ['pays', ['SETTLED'], PAID, []],
    ['duplicate', ['SETTLED', 'SETTLED', 'SETTLED'], PAID, []],
    ['short', ['AMOUNT_PARTIAL'], OPEN, ['AMOUNT_PARTIAL return']],
    ['over', ['AMOUNT_OVER'], PAID, ['AMOUNT_OVER return']],
    ['twice', ['SETTLED', 'PAID_TWICE'], PAID, ['PAID_TWICE return']],
    ['currency', ['CURRENCY_OTHER'], OPEN, ['CURRENCY_OTHER noted']],
    ['dossier', ['DOSSIER_DIFFERS'], OPEN, ['DOSSIER_DIFFERS return']],
    ['fails', ['FAILED'], OPEN, []],
    ['fails-then-pays', ['FAILED', 'SETTLED'], PAID, []],
    ['contradicts', ['AMOUNT_OVER', 'CONTRADICTED'], PAID, ['CONTRADICTED noted']],
    ['stranger', ['SETTLED', 'REFERENCE_UNKNOWN'], PAID, ['REFERENCE_UNKNOWN return']],
    ['forged', ['SETTLED', 'SIGNATURE_WRONG'], PAID, []],
  ])('%s', async (fault, answers, state, ways) => {
    const owed = await ordered(fault);
    expect(await deliver(sandbox)).toEqual(answers);
    expect(await stateOf(owed)).toBe(state);
    expect(await putRight()).toEqual(ways);
    await expectZero();
  });

  test('what is set aside is told to whoever runs the hub, with why and of which order', async () => {
    const alarms: HubError[] = [], told = await sandboxHub({ rules: [{ nth: 1, fault: 'short' }] }, {}, undefined, { reports: { alarm: (error) => { alarms.push(error); } } });
    await start(told, await owing(told.hub));
    await deliver(told);
    expect(alarms).toMatchObject([{ code: 'MONEY_SET_ASIDE', meta: { currency: 'VND', reason: 'AMOUNT_PARTIAL', reference: (await desk(told))[0]!.reference }, row: { next: 'park' } }]);
    await told.hub.stop();
  });

  test.each<[Fault]>([['silent'], ['pending']])('%s: it is asked until it has said how it ended', async (fault) => {
    const owed = await ordered(fault);
    expect(await deliver(sandbox)).toEqual([]);
    await expect.poll(() => stateOf(owed), { timeout: finalMs }).toBe(PAID);
    await expectZero();
  });

  test('mute: it answers nothing, and the file of the day has what was paid', async () => {
    const owed = await ordered('mute');
    expect(await stateOf(owed)).toBe(OPEN);
    expect(await reconcile(sandbox)).toMatchObject({ recorded: 1, open: 0 });
    expect(await stateOf(owed)).toBe(PAID);
    await expectZero();
  });

  test('mute for ever: after so many questions a person is asked to look', async () => {
    await ordered('mute');
    await expect.poll(async () => (await desk(sandbox)).map((one) => one.reason), { timeout: finalMs }).toEqual(['GATEWAY_FAILED']);
  });
});

describe('an order', () => {
  test.each([['of years to come', '99990101000000'], ['of long ago', '19000101000000'], ['of years before it was given', '20200101000000']])('paid by a clock %s is in the books of today, where somebody looks', async (_what, ThoiGianGD) => {
    await ordered('pays', true);
    const [message] = sandbox.bank.due();
    await confirm(sandbox, signed('CONFIRM', { ...message, ThoiGianGD }, secret));
    expect((await ledger(sandbox)).lines.find((one) => one.account === 'gateway:sandbox')).toMatchObject({ debit: sandbox.bank.takings, credit: 0 });
  });

  test('is given again while it is under way; after it failed there is another', async () => {
    const owed = await ordered('fails'), again = await start(sandbox, owed);
    expect(again.reference).toBe((await start(sandbox, owed)).reference);
    await deliver(sandbox);
    const next = await start(sandbox, owed);
    expect(next.reference).not.toBe(again.reference);
    expect(await deliver(sandbox)).toEqual(['SETTLED']);
    expect(await stateOf(owed)).toBe(PAID);
  });

  test('is not made for what is paid, for another charge, for a rehearsal', async () => {
    const owed = await ordered('pays'), rehearsed = await owing(sandbox.hub, { rehearsal: Date.UTC(2026, 2, 2, 2) });
    await deliver(sandbox);
    await expect(start(sandbox, owed)).rejects.toMatchObject({ code: 'CHARGE_NOT_OPEN' });
    await expect(start(sandbox, { ...owed, charge: 'intake~0/1/7' })).rejects.toMatchObject({ code: 'UNKNOWN_ITEM' });
    await expect(start(sandbox, rehearsed)).rejects.toMatchObject({ code: 'GATEWAY_ABSENT' });
  });

  test('paid while cash was taken at the counter is set aside, and found for another charge', async () => {
    const owed = await ordered('pays', true), other = await owing(sandbox.hub);
    await pay(sandbox.hub, owed);
    expect(await deliver(sandbox)).toEqual(['CHARGE_NOT_OPEN']);
    const [one] = await desk(sandbox);
    expect(one).toMatchObject({ reason: 'CHARGE_NOT_OPEN', amount: owed.amount });
    await settle(sandbox, one!, 'to-charge', { code: other.code, charge: other.charge });
    expect(await stateOf(other)).toBe(PAID);
    await expect(settle(sandbox, one!, 'return')).rejects.toMatchObject({ code: 'NO_DIFFERENCE' });
    const { differences } = await reconcile(sandbox);
    expect(differences.filter((row) => !row.difference.startsWith('till:'))).toMatchObject([{ cause: 'CHARGE_NOT_OPEN', resolved: true, resolution: 'to-charge' }]);
  });

  test('of before a reduction is set aside as a whole and goes back; another order asks for what is left', async () => {
    const owed = await ordered('pays', true), left = owed.amount - 1_000;
    const request = payments.ReduceChargeRequest.create({ requestId: nextRequest(), code: owed.code, charge: owed.charge, amount: left, ground: '1204/TB-CCT', reason: 'hộ nghèo' });
    const first = await sandbox.hub.call<payments.ReduceChargeResponse>('payments', 'reduceCharge', request, owed.counter);
    expect(first.receipt!.entries.map((one) => one.kind)).toEqual(['charge-reduced']);
    expect(await sandbox.hub.call('payments', 'reduceCharge', request, owed.counter)).toEqual(first);
    expect(await chargeOf(sandbox.hub, owed)).toMatchObject({ state: OPEN, amount: left, openedAmount: owed.amount });
    await expect(pay(sandbox.hub, owed)).rejects.toMatchObject({ code: 'AMOUNT_DIFFERS', field: 'amount' });
    expect((await start(sandbox, owed)).amount).toBe(left);
    const said = await deliver(sandbox);
    expect([said, await stateOf(owed), (await desk(sandbox)).map((one) => [one.reason, one.amount])]).toEqual([['AMOUNT_DIFFERS', 'SETTLED'], PAID, [['AMOUNT_DIFFERS', owed.amount]]]);
    expect(await putRight()).toEqual(['AMOUNT_DIFFERS return']);
    await expectZero();
  });

  test('that came after the charge was cancelled is recorded late, and goes back through the gateway once', async () => {
    const owed = await ordered('pays', true);
    await sandbox.hub.call('payments', 'cancelCharge', payments.CancelChargeRequest.create({ requestId: nextRequest(), code: owed.code, charge: owed.charge, ground: '1204/TB-CCT' }), owed.counter);
    expect(await deliver(sandbox)).toEqual(['SETTLED']);
    const request = payments.RefundChargeRequest.create({ requestId: nextRequest(), code: owed.code, charge: owed.charge, amount: owed.amount, ground: '1204/TB-CCT' });
    for (let n = 0; n < 2; n++) await sandbox.hub.call('payments', 'refundCharge', request, owed.counter);
    expect([await stateOf(owed), sandbox.bank.takings]).toEqual([REFUNDED, 0]);
    await expectZero();
  });
});

test.each<[string, Record<string, string>, string]>([
  ['nothing', {}, 'SIGNATURE_WRONG'],
  ['too much', { MaLoi: 'x'.repeat(600) }, 'FIELD_INVALID'],
  ['another kind', { LoaiBanTin: 'INIT', MaXacThuc: '0'.repeat(64) }, 'SIGNATURE_WRONG'],
])('a confirmation with %s is refused and kept nowhere', async (_what, fields, code) => {
  sandbox = await sandboxHub({});
  await expect(confirm(sandbox, fields)).rejects.toMatchObject({ code });
  expect(await desk(sandbox)).toEqual([]);
});

test.each<[string, Partial<payments.GatewayPayment>]>([
  ['names it', { gateway: 'Sandbox', merchantReference: 'M-1' }],
  ['names an order of ours', { gateway: 'Cổng tỉnh' }],
])('what an office says of our own platform is refused, for the platform says it itself: it %s', async (_what, named) => {
  const owed = await ordered('delayed'), { reference } = await start(sandbox, owed), said = { gateway: '', merchantReference: reference.toLowerCase(), transaction: 'GD-1', bank: '', paidTime: undefined, ...named };
  await expect(pay(sandbox.hub, owed, { method: { $case: 'gateway', value: said } })).rejects.toMatchObject({ code: 'GATEWAY_CONFIRMS', field: 'gateway.gateway' });
  expect([await stateOf(owed), (await ledger(sandbox)).lines]).toEqual([OPEN, []]);
  // Another platform's word is taken as before.
  await pay(sandbox.hub, owed, { method: { $case: 'gateway', value: { ...said, gateway: 'PayGov', merchantReference: 'M-1' } } });
  expect(await stateOf(owed)).toBe(PAID);
});
