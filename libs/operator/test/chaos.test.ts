/** What chaos decides without a cluster: which faults come, and what it makes of what it saw. */
import { dossier as pb } from '@lienthong/contract';
import { Random } from '@lienthong/testkit/simulator';
import type { Acknowledged } from '@lienthong/testkit/simulator';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { hashOf } from '../src/chaos/check/shown-store.ts';
import { faultKinds, plannedFaults } from '../src/chaos/faults/plan.ts';
import { Journal } from '../src/chaos/journal.ts';
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

function outcomeOf(more: Partial<Outcome>, evidence: Partial<Outcome['evidence']> = {}): Outcome {
  const none = { copies: [], records: [], outside: new Map(), forks: new Set(), services: [], acknowledged: [], rewinds: [], atRisk: [], now: 30, verify: () => true, maySucceed: () => true, presentOf: () => '' };
  return { seed: 1, journal: journalOf(10), dossiers: 1, bereft: 0, storm: { past: [], failed: [] }, stores: [], lostStores: [], seen: [], replayChanges: [], ...more, evidence: { ...none, ...evidence } as never };
}

describe('the report', () => {
  // what was seen → what it counts, and whether it is a proof
  test.each<[string, Outcome, object]>([
    ['nothing wrong', outcomeOf({}), { ok: true, lost: 0, stuck: 0, replay_changes: 0 }],
    ['no answer at all', outcomeOf({ journal: new Journal() }), { ok: false, acknowledged: 0 }],
    ['an answer whose effect is nowhere', outcomeOf({}, { acknowledged: [told] }), { ok: false, lost: 1 }],
    ['the same, in a store that was put back and says so', outcomeOf({ lostStores: [putBack] }, { acknowledged: [told], rewinds: [putBack.rewind], atRisk: [listed] }), { ok: true, lost: 0, at_risk: 1 }],
    ['the same, though no lost store had it', outcomeOf({ lostStores: [{ ...putBack, lost: { ...nothing, commit: 5 } }] }, { acknowledged: [told], rewinds: [putBack.rewind], atRisk: [listed] }), { ok: false, lost: 1, at_risk: 1 }],
    ['the same, and it says nothing', outcomeOf({ lostStores: [putBack] }, { acknowledged: [told], rewinds: [putBack.rewind] }), { ok: false, lost: 3, at_risk: 0 }],
    ['the same, and it says too little', outcomeOf({ lostStores: [putBack] }, { acknowledged: [told], rewinds: [putBack.rewind], atRisk: [{ ...listed, toCommit: 4 }] }), { ok: false, lost: 3, at_risk: 0 }],
    ['a dossier that does not end', outcomeOf({ seen: [{ kind: 'stuck', what: 'x' }] }), { ok: false, stuck: 1 }],
    ['a replay that changes something', outcomeOf({ replayChanges: ['x'] }), { ok: false, replay_changes: 1 }],
    ['a fault that could not be carried out', outcomeOf({ storm: { past: [], failed: [{ kind: 'topic-deleted', target: 'land', problem: 'x' }] } }), { ok: false }],
  ])('%s', (_name, outcome, expected) => { expect(reportOf(outcome)).toMatchObject(expected); });
});
