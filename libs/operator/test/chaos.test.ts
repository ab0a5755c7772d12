/** What chaos decides without a cluster: which faults come, and what it makes of what it saw. */
import { dossier as pb, operator } from '@lienthong/contract';
import { Random } from '@lienthong/testkit/simulator';
import type { Acknowledged } from '@lienthong/testkit/simulator';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { hashOf } from '../src/chaos/check/shown-store.ts';
import { recoveringOf } from '../src/chaos/check/watch-status.ts';
import { faultKinds, plannedFaults } from '../src/chaos/faults/plan.ts';
import { Journal } from '../src/chaos/journal.ts';
import { Load } from '../src/chaos/load/load.ts';
import { Patience, quietDeadlines, workOffDeadlines } from '../src/chaos/patience.ts';
import { reportOf } from '../src/chaos/report.ts';
import type { Outcome } from '../src/chaos/report.ts';

afterEach(() => { vi.useRealTimers(); });

const firstOf = (seed: number, count: number): unknown[] => plannedFaults(new Random(seed)).take(count).toArray();

describe('the plan of faults', () => {
  test('is the same for the same seed, and another for another', () => {
    expect(firstOf(7, 40)).toEqual(firstOf(7, 40));
    expect(firstOf(7, 40)).not.toEqual(firstOf(8, 40));
  });

  test.each([1, 2, 3, 4, 5])('has every kind once before any comes again (seed %i)', (seed) => {
    const kinds = plannedFaults(new Random(seed)).take(2 * faultKinds.length).map(({ kind }) => kind).toArray();
    for (const round of [kinds.slice(0, faultKinds.length), kinds.slice(faultKinds.length)]) expect(round.sort()).toEqual([...faultKinds].sort());
  });
});

const receipt = (seq: number): pb.CommandReceipt => pb.CommandReceipt.fromPartial({ folder: 'f', entries: [{ ref: { author: 'land~1', seq } }] });

function journalOf(...times: readonly number[]): Journal {
  vi.useFakeTimers();
  const journal = new Journal();
  times.forEach((at, n) => { vi.setSystemTime(at); journal.acknowledge(`r${n}`, 'land', receipt(n + 1)); });
  return journal;
}

describe('the journal', () => {
  // answers at, from, to → the longest time without any that has a part in between
  test.each([
    [[100, 200, 300], 100, 300, 100],
    [[100, 900, 950], 200, 300, 800],
    [[100, 200], 150, 1_000, 800],
    [[], 0, 500, 500],
    [[100, 200, 5_000, 5_100], 150, 250, 4_800],
  ])('answers at %j, a fault from %i to %i: a stall of %i ms', (times, from, to, stall) => {
    expect(journalOf(...times).longestStall(from, to)).toBe(stall);
  });

  test('keeps a second answer to one command only where it differs', () => {
    const journal = new Journal();
    for (const seq of [1, 1, 2]) journal.acknowledge('r', 'land', receipt(seq));
    expect(journal.acknowledged).toBe(1);
    expect(journal.told.map(({ entries }) => entries)).toEqual([[{ author: 'land~1', seq: 1 }], [{ author: 'land~1', seq: 2 }]]);
  });
});

test('a submission that is answered with another dossier was answered twice', () => {
  const journal = new Journal();
  for (const code of ['A', 'A', 'B']) journal.received('r', 'f', code);
  expect([journal.acknowledged, journal.told.map(({ code }) => code)]).toEqual([1, ['A', 'B']]);
});

const sealed = { bytes: Buffer.from('an entry'), proof: null };
const told: Acknowledged = { request: 'r0', folder: 'f', service: 'land', author: 'land~1', entries: [{ author: 'land~1', seq: 1, hash: hashOf(sealed) }], commit: 5, at: 10, stray: false };
const nothing = { service: 'land', commit: 3, folders: new Map() };
const putBack = { rewind: { service: 'land', at: 20, kept: 3, silently: false, witnessed: 5 }, lost: { ...nothing, commit: 5, folders: new Map([['f', { id: 'f', commit: 5, entries: [sealed], parts: [] }]]) }, kept: nothing };
const listed = { service: 'land', fromCommit: 3, toCommit: 5, folders: [] };

const storm = { kind: 'service-killed' as const, target: 'land', from: 5, to: 25 };
const waits = { workOff: new Patience(workOffDeadlines).waited, quiet: new Patience(quietDeadlines).waited, replay: new Patience(quietDeadlines).waited };

function outcomeOf(more: Partial<Outcome>, evidence: Partial<Outcome['evidence']> = {}): Outcome {
  const none = { copies: [], records: [], outside: new Map(), forks: new Set(), services: [], acknowledged: [], rewinds: [], atRisk: [], now: 30, verify: () => true, maySucceed: () => true, presentOf: () => '' };
  return { seed: 1, journal: journalOf(10), dossiers: 1, bereft: 0, storm: { past: [storm], failed: [] }, stores: [], lostStores: [], seen: [], replayChanges: [], waits, ...more, evidence: { ...none, ...evidence } as never };
}

describe('the report', () => {
  // what was seen → what it counts, and whether it is a proof
  test.each<[string, Outcome, object]>([
    ['nothing wrong', outcomeOf({}), { ok: true, lost: 0, stuck: 0, replay_changes: 0, faults: { 'service-killed': 1 }, stalls: { 'service-killed': 15 }, waits }],
    ['no fault at all', outcomeOf({ storm: { past: [], failed: [] } }), { ok: false, violations: ['no fault came: nothing is shown'] }],
    ['no answer at all', outcomeOf({ journal: new Journal() }), { ok: false, acknowledged: 0 }],
    ['an answer whose effect is nowhere', outcomeOf({}, { acknowledged: [told] }), { ok: false, lost: 1 }],
    ['the same, in a store that was put back and says so', outcomeOf({ lostStores: [putBack] }, { acknowledged: [told], rewinds: [putBack.rewind], atRisk: [listed] }), { ok: true, lost: 0, at_risk: 1 }],
    ['the same, though no lost store had it', outcomeOf({ lostStores: [{ ...putBack, lost: { ...nothing, commit: 5 } }] }, { acknowledged: [told], rewinds: [putBack.rewind], atRisk: [listed] }), { ok: false, lost: 1, at_risk: 1 }],
    ['the same, and it says nothing', outcomeOf({ lostStores: [putBack] }, { acknowledged: [told], rewinds: [putBack.rewind] }), { ok: false, lost: 3, at_risk: 0 }],
    ['the same, and it says too little', outcomeOf({ lostStores: [putBack] }, { acknowledged: [told], rewinds: [putBack.rewind], atRisk: [{ ...listed, toCommit: 4 }] }), { ok: false, lost: 3, at_risk: 0 }],
    ['a store that was put back, and had marked nothing of what is gone', outcomeOf({ lostStores: [{ ...putBack, rewind: { ...putBack.rewind, witnessed: 3 } }] }), { ok: true, lost: 0 }],
    ['the same, and it had marked some of it', outcomeOf({ lostStores: [{ ...putBack, rewind: { ...putBack.rewind, witnessed: 4 } }] }), { ok: false, lost: 1 }],
    ['the same, and it says that it does not know how far it had come', outcomeOf({ lostStores: [putBack] }, { acknowledged: [told], rewinds: [putBack.rewind], atRisk: [{ ...listed, toCommit: 0 }] }), { ok: true, lost: 0, at_risk: 1 }],
    ['a dossier that does not end', outcomeOf({ seen: [{ kind: 'stuck', what: 'x' }] }), { ok: false, stuck: 1 }],
    ['a replay that changes something', outcomeOf({ replayChanges: ['x'] }), { ok: false, replay_changes: 1 }],
    ['a fault that could not be carried out', outcomeOf({ storm: { past: [storm], failed: [{ kind: 'topic-deleted', target: 'land', problem: 'x' }] } }), { ok: false }],
  ])('%s', (_name, outcome, expected) => { expect(reportOf(outcome)).toMatchObject(expected); });
});

describe('patience, of 120 s of silence and 600 s more while somebody is on the way back', () => {
  const up: readonly string[] = [], back = ['land-1 succeeds its lost store'];
  /** Seconds, answers so far, who is on the way back, whether all that is left is listed as lost. */
  type Seen = readonly [number, number, readonly string[], boolean?];
  // what is seen → after how many seconds it gives up; null: it does not
  test.each<[string, readonly Seen[], number | null]>([
    ['nobody is answered and everybody is up', [[0, 5, up], [60, 5, up], [120, 5, up], [121, 5, up]], 121],
    ['all that is left is listed as lost', [[0, 5, up, true], [75, 5, up, true], [76, 5, up, true]], 76],
    ['something is left that nobody lists', [[0, 5, up, true], [76, 5, up, false], [120, 5, up, false]], null],
    ['an answer comes now and then', [[0, 5, up], [119, 6, up], [238, 7, up], [357, 8, up]], null],
    ['a succession is under way', [[0, 5, up], [100, 5, back], [400, 5, back], [600, 5, back]], null],
    ['it has ended, and nobody is answered', [[0, 5, back], [300, 5, back], [301, 5, up], [421, 5, up], [422, 5, up]], 422],
    ['it has ended, and then somebody is', [[0, 5, back], [300, 5, up], [400, 6, up], [500, 6, up]], null],
    ['it does not end', [[0, 5, back], [719, 5, back], [720, 5, back], [721, 5, back]], 721],
    ['it ends and begins again without anybody answered', [[0, 5, back], ...Array.from({ length: 40 }, (_, n): Seen => [20 * (n + 1), 5, n % 2 === 0 ? up : back])], 740],
  ])('%s', (_name, seen, expected) => {
    const patience = new Patience(workOffDeadlines), end = seen.find(([s, moved, recovering, listed = false]) => !patience.goesOn({ at: s * 1_000, moved, recovering, listed }));
    expect(end?.[0] ?? null).toBe(expected);
    expect(patience.waited.givenUp === '').toBe(expected === null);
  });

  test('tells the longest silence, how much of it belongs to somebody on the way back, and its deadlines', () => {
    const patience = new Patience(workOffDeadlines), look = (s: number, moved: number, recovering: readonly string[]): boolean => patience.goesOn({ at: s * 1_000, moved, recovering });
    look(0, 1, up); look(10, 2, up); look(30, 2, back); look(90, 2, back); look(95, 2, up); look(100, 3, up);
    expect(patience.waited).toEqual({ longestMs: 85_000, recoveringMs: 65_000, deadlines: workOffDeadlines, givenUp: '' });
    look(721, 3, back); look(900, 3, back);
    expect(patience.waited).toMatchObject({ longestMs: 800_000, givenUp: 'nothing has moved for 720000 ms, and land-1 succeeds its lost store' });
  });

  const status = (state: operator.ServiceState, rebuilding = false): Parameters<typeof recoveringOf>[1] => ({ state, waitsFor: ['tax'], succession: operator.SuccessionStatus.fromPartial({ rebuilding }) });
  test.each([
    [status(operator.ServiceState.READY), []], [status(operator.ServiceState.READY, true), ['land-1 rebuilds its registers']], [status(operator.ServiceState.SUCCEEDING), ['land-1 succeeds its lost store, waits for tax']],
    [status(operator.ServiceState.STARTING), ['land-1 starts']], [status(operator.ServiceState.FAILED), ['land-1 starts']], [null, ['land-1 does not answer']],
  ])('a service of which is known: %j', (known, expected) => { expect(recoveringOf('land-1', known)).toEqual(expected); });
});

test('whoever is followed is not given up while a service is on its way back, and is given up when it is back and answers nobody', async () => {
  const away = (): Promise<never> => Promise.reject(new Error('nobody answers'));
  const load = new Load({ land: { seedParcel: away }, intake: { submitDossier: away } } as never, new Journal(), new Random(1), 'c1');
  const patience = new Patience({ silentMs: 0, recoveringMs: 3_600_000 });
  let looks = 0, back = false, ended = false;
  load.comeAtOnce(2);
  const worked = load.workedOff(patience, () => { looks++; return { recovering: back ? [] : ['land-1 succeeds its lost store'] }; }).then(() => { ended = true; });
  await vi.waitFor(() => { expect(looks).toBeGreaterThan(2); }, { timeout: 30_000 });
  expect([ended, load.open]).toEqual([false, 2]);
  back = true;
  await worked;
  expect([load.open, load.followed.map(({ closed }) => closed)]).toEqual([0, [false, false]]);
  expect(patience.waited.givenUp).toBe('nothing has moved for 0 ms, and everybody is up');
}, 120_000);
