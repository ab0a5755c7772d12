/** Money that was set aside ends once, however many decide about it in the same moment. */
import { dossier as pb, payments } from '@lienthong/contract';
import { HubError } from '@lienthong/kernel';
import { localDate } from '@lienthong/law';
import type { Message } from '@lienthong/payment-gateway';
import { askPlainly } from '@lienthong/testkit';
import type { MemoryHub } from '@lienthong/testkit';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { chargeOf, nextRequest, owing, pay } from './payments-hub.ts';
import type { Owed } from './payments-hub.ts';
import { deliver, desk, ledger, sandboxHub, settle, start, treasuryOf } from './sandbox-of-tests.ts';
import type { SandboxHub } from './sandbox-of-tests.ts';

let sandbox: SandboxHub, hub: MemoryHub, asked: Message[], meanwhile: (message: Message) => Promise<unknown>;
beforeEach(async () => {
  vi.spyOn(console, 'error').mockImplementation(() => {});
  [asked, meanwhile] = [[], async () => {}];
  const hear = async (message: Message): Promise<void> => {
    if (message['LoaiBanTin'] !== 'REFUND') return;
    asked.push(message);
    await meanwhile(message);
  };
  sandbox = await sandboxHub({}, { asking: { firstMs: 3_600_000, longestMs: 3_600_000, times: 1 } }, hear);
  hub = sandbox.hub;
});
afterEach(() => hub.stop());

const { OPEN, PAID, REFUNDED } = pb.ChargeState;
/** Long enough on a loaded machine; milliseconds. */
const finalMs = 30_000;
const balance = async (prefix: string): Promise<number> => (await ledger(sandbox)).lines.filter((one) => one.account.startsWith(prefix)).reduce((sum, one) => sum + one.debit - one.credit, 0);
const reasonOf = (said: Promise<unknown>): Promise<string> => said.then(() => '', (error: unknown) => (error instanceof HubError ? error.code : String(error)));
const toCharge = ({ code, charge }: Owed): Partial<payments.SettleMoneyRequest> => ({ code, charge });

type Line = { readonly money: string; readonly transaction: string; readonly reference: string };
async function onTheStatement(amount: number): Promise<Line> {
  const reference = nextRequest().toUpperCase();
  await hub.call('payments', 'recordTransfer', payments.RecordTransferRequest.create({ requestId: nextRequest(), bank: 'KBNN', reference, date: localDate(sandbox.world.now()), amount: String(amount) }), treasuryOf(sandbox));
  const found = (await desk(sandbox)).find((one) => one.transaction === `KBNN|${reference}`)!;
  return { money: found.money, transaction: found.transaction, reference };
}

test('what the platform is giving back is put to no charge meanwhile', async () => {
  const [paid, other] = [await owing(hub), await owing(hub)];
  await start(sandbox, paid);
  await pay(hub, paid);
  expect(await deliver(sandbox)).toEqual(['CHARGE_NOT_OPEN']);
  const [aside] = await desk(sandbox);
  let said = '';
  meanwhile = async () => { said = await reasonOf(settle(sandbox, aside!, 'to-charge', toCharge(other))); };
  expect((await settle(sandbox, aside!, 'return')).left).toBe(0);
  expect([said, (await chargeOf(hub, other)).state, await balance('suspense:'), sandbox.bank.takings]).toEqual(['NO_DIFFERENCE', OPEN, 0, 0]);
});

describe('a line of the statement', () => {
  type Way = (line: Line, owed: Owed) => Promise<unknown>;
  const back: Way = (line) => settle(sandbox, line, 'return'), put: Way = (line, owed) => settle(sandbox, line, 'to-charge', toCharge(owed));
  const counter: Way = ({ reference }, owed) => pay(hub, owed, { method: { $case: 'transfer', value: { bank: 'KBNN', reference, paidTime: undefined } } });

  test.each<[string, Way, Way]>([
    ['goes back, or is put to a charge', back, put],
    ['goes back, or pays what a counter records', back, counter],
    ['is put to one charge of two', put, put],
  ])('%s', async (_name, first, second) => {
    const owed = [await owing(hub), await owing(hub)] as const, line = await onTheStatement(owed[0].amount);
    const said = await Promise.all([reasonOf(first(line, owed[0])), reasonOf(second(line, owed[1]))]);
    expect(said.filter((one) => one === '')).toHaveLength(1);
    const paid = (await Promise.all(owed.map((one) => chargeOf(hub, one)))).filter(({ state }) => state === PAID).length;
    expect([await balance('suspense:'), await balance('bank:')]).toEqual([0, paid * owed[0].amount]);
  });
});

describe('what the law owes back at the platform, while an officer gives it back, too', () => {
  const refund = (owed: Owed, more: Partial<payments.RefundChargeRequest> = {}): Promise<string> => reasonOf(hub.call('payments', 'refundCharge', payments.RefundChargeRequest.create({ requestId: nextRequest(), code: owed.code, charge: owed.charge, amount: owed.amount, ground: '118/2025/NĐ-CP, Điều 8', ...more }), owed.counter));

  async function withdrawn(officer: (owed: Owed) => Promise<string>, lost: boolean): Promise<{ readonly owed: Owed; readonly said: string }> {
    const owed = await owing(hub, { refundable: true });
    let said = '';
    await start(sandbox, owed);
    expect(await deliver(sandbox)).toEqual(['SETTLED']);
    meanwhile = async (message) => {
      meanwhile = async () => {};
      if (lost) sandbox.bank.answer(message);
      said = await officer(owed);
      if (lost) throw new Error('the answer was lost');
    };
    await askPlainly(hub, owed, { kind: 'withdraw', reason: 'đổi ý' });
    await expect.poll(async () => (await chargeOf(hub, owed)).state, { timeout: finalMs }).toBe(REFUNDED);
    await hub.quiet();
    return { owed, said };
  }

  test.each<[string, boolean, Partial<payments.RefundChargeRequest>, string]>([
    ['goes once', false, {}, ''],
    ['goes once, also where the first answer of the platform was lost', true, {}, ''],
    ['goes once, also where the officer is refused', false, { ground: 'vì vậy' }, 'GROUND_INVALID'],
    ['is not divided', false, { amount: 1 }, 'AMOUNT_DIFFERS'],
  ])('%s', async (_name, lost, more, expected) => {
    const { owed, said } = await withdrawn((one) => refund(one, more), lost);
    expect(said).toBe(expected);
    expect(new Set(asked.map((one) => one['MaYeuCau'])).size).toBe(1);
    expect([sandbox.bank.takings, await balance('gateway:'), await balance('collected:'), await balance('suspense:')]).toEqual([0, 0, 0, 0]);
    const written = await hub.modules.find((one) => one.name === 'payments')!.participant.view(owed.folder, ({ state }) => state.dossier.entries.filter((one) => one.kind === 'charge-refunded').length);
    expect(written).toBe(1);
  });

  test('goes once, also where two officers give it back at once', async () => {
    const { owed, said } = await withdrawn(async (one) => (await Promise.all([refund(one), refund(one)])).sort().join(' '), true);
    expect(said).toMatch(/^ (CHARGE_NOT_PAID|CONFLICT_PERSISTS)$/);
    expect([new Set(asked.map((one) => one['MaYeuCau'])).size, sandbox.bank.takings, await balance('gateway:'), await balance('collected:'), (await chargeOf(hub, owed)).state]).toEqual([1, 0, 0, 0, REFUNDED]);
  });

  test('waits for what an officer has begun and left', async () => {
    const owed = await owing(hub, { refundable: true }), requestId = nextRequest(), armed = sandbox.world as { crashPoint?: (name: string) => void };
    await start(sandbox, owed);
    expect(await deliver(sandbox)).toEqual(['SETTLED']);
    armed.crashPoint = (point) => { if (point === 'money-written') { delete armed.crashPoint; throw new HubError('STORE_FAILED', { file: 'test' }); } };
    expect(await refund(owed, { requestId })).toBe('STORE_FAILED');
    await askPlainly(hub, owed, { kind: 'withdraw', reason: 'đổi ý' });
    await hub.quiet();
    expect([asked.length, await refund(owed, { requestId })]).toEqual([0, '']);
    await expect.poll(async () => (await chargeOf(hub, owed)).state, { timeout: finalMs }).toBe(REFUNDED);
    await hub.quiet();
    expect([new Set(asked.map((one) => one['MaYeuCau'])).size, sandbox.bank.takings, await balance('gateway:'), await balance('collected:')]).toEqual([1, 0, 0, 0]);
  });
});
