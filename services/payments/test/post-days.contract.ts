/** What a post office has of a day is looked for among its own records, however many others the day has. */
import { payments } from '@lienthong/contract';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
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
  await expect(handOver(own, amount + 1_001)).rejects.toMatchObject({ code: 'AMOUNT_DIFFERS', meta: { due: String(amount + 1_000) } });
  expect(await lookedAt(sandbox, () => resolve(sandbox, difference, 'written-off'))).toMatchObject({ records: 3 });
  expect([await differenceOf(own), await differenceOf(other)]).toMatchObject([{ ours: 2 * amount, theirs: 2 * amount, resolved: true, resolution: 'written-off' }, { ours: others * amount, theirs: 0, resolved: false }]);
  expect(await handOver(other, others * amount)).toEqual({ left: 0 });
});

test('what was collected before records were found by their post office is found among all of the day', async () => {
  const own = postOffice(hoiAn), { participant } = sandbox.hub.modules.find((one) => one.name === 'payments')!, find = participant.find.bind(participant);
  const amount = await collected(own), { difference } = await differenceOf(own);
  vi.spyOn(participant, 'find').mockImplementation(async (field, ...more) => (field.endsWith('.post') ? [] : find(field, ...more)));
  expect(await handOver(own, 1_000)).toEqual({ left: amount - 1_000 });
  expect((await resolve(sandbox, difference, 'written-off')).difference).toMatchObject({ resolved: true, ours: amount, theirs: amount });
});
