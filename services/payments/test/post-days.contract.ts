/** What a post office has of a day is looked for among its own records, however many others the day has. */
import { payments } from '@lienthong/contract';
import { localDate } from '@lienthong/law';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { postKey } from '../src/rules-post.ts';
import { hoiAn, nextRequest, owing, pay, traMy } from './payments-hub.ts';
import { lookedAt, reconcile, resolve, sandboxHub, treasuryOf } from './sandbox-of-tests.ts';
import type { SandboxHub } from './sandbox-of-tests.ts';

let sandbox: SandboxHub;
beforeEach(async () => { vi.spyOn(console, 'error').mockImplementation(() => {}); sandbox = await sandboxHub({}); });
afterEach(() => sandbox.hub.stop());

const postOffice = (area: string): string => sandbox.hub.environment.reference.competentOffice('post-office', area, '2026-06-01')!.id;
const collected = async (office: string): Promise<number> => { const owed = await owing(sandbox.hub); await pay(sandbox.hub, owed, { method: { $case: 'post', value: { consignment: '' } } }, office); return owed.amount; };
const handOver = (postOffice: string, amount: number, requestId = nextRequest()): Promise<payments.ReceivePostMoneyResponse> => sandbox.hub.call('payments', 'receivePostMoney', payments.ReceivePostMoneyRequest.create({ requestId, postOffice, amount }), treasuryOf(sandbox));
const differenceOf = async (office: string): Promise<payments.Difference> => (await reconcile(sandbox)).differences.find((one) => one.reference === office)!;

test.each([1, 8])('beside %i records of others', async (others) => {
  const own = postOffice(hoiAn), other = postOffice(traMy), amount = await collected(own);
  await collected(own);
  for (let n = 0; n < others; n++) { await collected(other); await pay(sandbox.hub, await owing(sandbox.hub)); }
  const { difference } = await differenceOf(own), request = nextRequest();
  // Two that it collected; then the record of what was handed over, too.
  expect(await lookedAt(sandbox, () => handOver(own, amount - 1_000, request))).toMatchObject({ records: 2 });
  expect(await handOver(own, amount - 1_000, request)).toEqual({ left: amount + 1_000 });
  await expect(handOver(own, 1_000, request)).rejects.toMatchObject({ code: 'REQUEST_ID_REUSED', field: 'request_id' });
  await expect(handOver(own, amount + 1_001)).rejects.toMatchObject({ code: 'AMOUNT_DIFFERS', meta: { due: String(amount + 1_000) } });
  expect(await lookedAt(sandbox, () => resolve(sandbox, difference, 'written-off'))).toMatchObject({ records: 3 });
  expect([await differenceOf(own), await differenceOf(other)]).toMatchObject([{ ours: 2 * amount, theirs: 2 * amount, resolved: true, resolution: 'written-off' }, { ours: others * amount, theirs: 0, resolved: false }]);
  expect(await handOver(other, others * amount)).toEqual({ left: 0 });
});

test.each<[string, number]>([['none', 0], ['one', 1]])('what was collected before records were found by their post office is found among all of the day: %s of two is found so', async (_what, known) => {
  const own = postOffice(hoiAn), { participant } = sandbox.hub.modules.find((one) => one.name === 'payments')!, find = participant.find.bind(participant);
  const amount = await collected(own), old: string[] = [...await find('money.post', postKey(own, localDate(sandbox.world.now())), 2)];
  await collected(own);
  expect(old).toHaveLength(1);
  vi.spyOn(participant, 'find').mockImplementation(async (field, ...more) => (await find(field, ...more)).filter((folder) => field !== 'money.post' || (known > 0 && !old.includes(folder))));
  const { difference } = await differenceOf(own);
  expect(await handOver(own, 2 * amount - 1_000)).toEqual({ left: 1_000 });
  for (let n = 0; n < 2; n++) expect((await resolve(sandbox, difference, 'written-off')).difference).toMatchObject({ resolved: true, ours: 2 * amount, theirs: 2 * amount });
  await expect(handOver(own, 1)).rejects.toMatchObject({ code: 'AMOUNT_DIFFERS' });
  expect(await reconcile(sandbox)).toMatchObject({ open: 0, openAmount: 0, imbalance: 0 });
});
