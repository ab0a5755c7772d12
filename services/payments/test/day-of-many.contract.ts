/** A day with many records is looked through once to be compared; what is ended in it looks at its own records, however many there are. */
import { dossier as pb, payments } from '@lienthong/contract';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { keptFileMs } from '../src/day-files.ts';
import { chargeOf, owing } from './payments-hub.ts';
import type { Owed } from './payments-hub.ts';
import { deliver, ledger, lookedAt, reconcile, resolve, sandboxHub, settle, start } from './sandbox-of-tests.ts';
import type { SandboxHub } from './sandbox-of-tests.ts';

let sandbox: SandboxHub;
beforeEach(() => { vi.spyOn(console, 'error').mockImplementation(() => {}); });
afterEach(() => sandbox.hub.stop());

/** Each was given back by the platform itself; the last vanished from its file. */
async function dayOf(records: number): Promise<readonly Owed[]> {
  sandbox = await sandboxHub({ rules: [{ nth: records, fault: 'vanishes' }, { fault: 'gives-back', share: 1 }] });
  const all: Owed[] = [];
  for (let n = 0; n < records; n++) { const owed = await owing(sandbox.hub); await start(sandbox, owed); await deliver(sandbox); all.push(owed); }
  return all;
}

const open = async (): Promise<readonly payments.Difference[]> => (await reconcile(sandbox)).differences.filter((one) => !one.resolved);

test.each([3, 12])('of %i records', async (records) => {
  const all = await dayOf(records), differences = await open();
  expect(differences.map((one) => one.cause).sort()).toEqual(['FILE_MISSES', ...Array<string>(records - 1).fill('REFUND_UNKNOWN')]);
  // However slow this machine is, no file grows old meanwhile.
  const now = vi.spyOn(sandbox.world, 'now').mockReturnValue(sandbox.world.now());
  // Each is folded once, and nothing else is.
  expect(await lookedAt(sandbox, () => reconcile(sandbox))).toEqual({ records, files: 1 });
  const [first, second] = differences.filter((one) => one.cause === 'REFUND_UNKNOWN') as [payments.Difference, payments.Difference], missing = differences.find((one) => one.cause === 'FILE_MISSES')!;
  const claimed = await lookedAt(sandbox, () => resolve(sandbox, first.difference, 'claimed')), again = await lookedAt(sandbox, () => resolve(sandbox, first.difference, 'made-good'));
  expect([claimed, again]).toEqual([{ records: 1, files: 0 }, { records: 1, files: 0 }]);
  const [money = '', transaction = ''] = missing.difference.slice('file:'.length).split('/');
  expect(await lookedAt(sandbox, () => settle(sandbox, { money, transaction }, 'noted'))).toEqual({ records: 1, files: 0 });
  expect(await lookedAt(sandbox, () => resolve(sandbox, missing.difference, 'made-good'))).toEqual({ records: 1, files: 0 });
  await expect(resolve(sandbox, `said:${money}/${transaction}`, 'noted')).rejects.toMatchObject({ code: 'NO_DIFFERENCE' });
  await expect(resolve(sandbox, 'till:nobody', 'kept')).rejects.toMatchObject({ code: 'NO_DIFFERENCE' });
  // A file of a while ago is no ground for anything: what the platform has now counts.
  now.mockReturnValue(sandbox.world.now() + keptFileMs);
  expect(await lookedAt(sandbox, () => resolve(sandbox, second.difference, 'written-off'))).toEqual({ records: 1, files: 1 });
  now.mockRestore();
  for (const one of await open()) await resolve(sandbox, one.difference, 'written-off');
  expect([await reconcile(sandbox), (await ledger(sandbox)).imbalance, await Promise.all(all.map(async (owed) => (await chargeOf(sandbox.hub, owed)).state))]).toMatchObject([{ open: 0, openAmount: 0, imbalance: 0 }, 0, all.map(() => pb.ChargeState.PAID)]);
});
