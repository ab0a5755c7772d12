import { dossier as pb, postal } from '@lienthong/contract';
import type { MemoryHub } from '@lienthong/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { postOffice, postalHub, scan, sent, traMy } from './postal-hub.ts';

let hub: MemoryHub;
beforeAll(async () => { hub = await postalHub(); });
afterAll(() => hub.stop());

const { COLLECTED, IN_TRANSIT } = postal.ScanState;
type Seen = postal.WatchConsignmentsResponse;

/** Hears until `enough` says so. */
async function heard(request: Partial<postal.WatchConsignmentsRequest>, enough: (seen: readonly Seen[]) => boolean, office = postOffice(hub)): Promise<Seen[]> {
  const ends = new AbortController(), seen: Seen[] = [];
  const rpc = hub.modules.find((one) => one.name === 'postal')!.rpcs.find((one) => 'watchConsignments' in one.handlers)!;
  const stream = (rpc.handlers['watchConsignments'] as (request: object, call: object) => AsyncIterable<Seen>)(postal.WatchConsignmentsRequest.create(request), { caller: { office, officer: 'cb-04', service: '', peer: '127.0.0.1' }, method: 'watchConsignments', signal: ends.signal });
  for await (const one of stream) { seen.push(one); if (enough(seen)) break; }
  ends.abort();
  return seen;
}

const isCurrent = (seen: readonly Seen[]): boolean => seen.at(-1)!.tracked === undefined;
const numbersOf = (seen: readonly Seen[]): (string | undefined)[] => seen.flatMap(({ tracked }) => tracked?.consignment?.number ?? []);
const saw = (number: string, state: pb.ConsignmentState) => (seen: readonly Seen[]): boolean => seen.some(({ tracked }) => tracked?.consignment?.number === number && tracked.consignment.state === state);

test('first all that have not ended, then what changes; whoever goes on from a cursor misses nothing', async () => {
  const one = await sent(hub), other = await sent(hub);
  const first = await heard({}, isCurrent);
  expect(numbersOf(first)).toEqual(expect.arrayContaining([one.number, other.number]));
  expect(first.slice(0, -1).every(({ cursor }) => cursor === '')).toBe(true);
  const { cursor } = first.at(-1)!;
  await scan(hub, one.number, COLLECTED);
  await scan(hub, other.number, COLLECTED);
  const next = await heard({ cursor }, saw(other.number, pb.ConsignmentState.COLLECTED));
  expect(numbersOf(next)).toEqual([one.number, other.number]);
  expect(next[0]!.tracked).toMatchObject({ code: one.code, scans: [{ state: pb.ConsignmentState.COLLECTED, place: 'Hội An' }], hand: postal.Hand.POST, handOffice: postOffice(hub) });
  await scan(hub, one.number, IN_TRANSIT, 'Tam Kỳ');
  const again = await heard({ cursor: next[0]!.cursor }, saw(one.number, pb.ConsignmentState.IN_TRANSIT));
  expect(numbersOf(again)).toEqual([other.number, one.number]);
  expect(JSON.stringify(again)).not.toMatch(/Hồ|0905000111|Thôn 2/);
});

test('who goes on from a cursor hears at once when nothing else has changed', async () => {
  const one = await sent(hub), { cursor } = (await heard({}, isCurrent)).at(-1)!;
  expect(numbersOf(await heard({ cursor }, isCurrent))).toEqual([]);
  await scan(hub, one.number, COLLECTED);
  expect(numbersOf(await heard({ cursor }, isCurrent))).toEqual([one.number]);
});

test('the counter that sends hears of its own; an office on the way from its scan on; another one nothing', async () => {
  const one = await sent(hub), away = postOffice(hub, traMy);
  expect(numbersOf(await heard({}, isCurrent, one.counter))).toContain(one.number);
  expect(numbersOf(await heard({}, isCurrent, away))).not.toContain(one.number);
  await scan(hub, one.number, COLLECTED);
  await scan(hub, one.number, IN_TRANSIT, 'Trà My', away);
  expect(numbersOf(await heard({}, isCurrent, away))).toContain(one.number);
});

test('the whole post is for post offices; rehearsals are apart; a cursor of another store is refused', async () => {
  const one = await sent(hub, { area: traMy }), rehearsed = await sent(hub, { rehearsal: Date.UTC(2026, 2, 2, 2) });
  const all = numbersOf(await heard({ wholePost: true }, isCurrent));
  expect([all.includes(one.number), all.includes(rehearsed.number)]).toEqual([true, false]);
  expect(numbersOf(await heard({ wholePost: true, rehearsal: true }, isCurrent))).toEqual([rehearsed.number]);
  await expect(heard({ wholePost: true }, isCurrent, one.counter)).rejects.toMatchObject({ code: 'CALLER_NOT_ALLOWED', field: 'whole_post' });
  await expect(heard({ cursor: 'postal~0123@7' }, isCurrent)).rejects.toMatchObject({ code: 'CURSOR_UNKNOWN', field: 'cursor' });
});
