/** Money that was set aside ends once, however many decide about it in the same moment. */
import { dossier as pb, payments } from '@lienthong/contract';
import { HubError } from '@lienthong/kernel';
import { localDate } from '@lienthong/law';
import type { MemoryHub } from '@lienthong/testkit';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { chargeOf, nextRequest, owing, pay } from './payments-hub.ts';
import type { Owed } from './payments-hub.ts';
import { deliver, desk, ledger, sandboxHub, settle, start, treasuryOf } from './sandbox-of-tests.ts';
import type { SandboxHub } from './sandbox-of-tests.ts';

let sandbox: SandboxHub, hub: MemoryHub, meanwhile: () => Promise<unknown>;
beforeEach(async () => {
  vi.spyOn(console, 'error').mockImplementation(() => {});
  meanwhile = async () => {};
  sandbox = await sandboxHub({}, { asking: { firstMs: 3_600_000, longestMs: 3_600_000, times: 1 } }, ({ LoaiBanTin }) => (LoaiBanTin === 'REFUND' ? meanwhile() : undefined));
  hub = sandbox.hub;
});
afterEach(() => hub.stop());

const { OPEN, PAID } = pb.ChargeState;
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
