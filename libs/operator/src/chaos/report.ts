/** What chaos came to: the line that is printed, and whether it proves anything. */
import { findFaults, findingKinds, isListed } from '@lienthong/testkit/simulator';
import type { Acknowledged, Evidence, Finding, FindingKind } from '@lienthong/testkit/simulator';
import type { LostStore } from './arena.ts';
import { hashOf } from './check/shown-store.ts';
import type { ShownStore } from './check/shown-store.ts';
import type { Storm } from './faults/storm.ts';
import type { Journal } from './journal.ts';
import type { Waited } from './patience.ts';

/** Violations that are printed; the others are counted. */
const maxShown = 50;

export type ChaosReport = {
  readonly commands: number; readonly acknowledged: number; readonly dossiers: number;
  /** How often each kind of fault came. */
  readonly faults: Readonly<Record<string, number>>;
  readonly lost: number; readonly duplicated: number; readonly reordered: number; readonly diverged: number; readonly stuck: number;
  /** Answered commands that are gone and that their services list. The same are those of which the checker knows that a lost store alone had them: else it is a finding. */
  readonly at_risk: number;
  /** Dossiers that do not end because a lost store alone had their particulars; each is listed by its service. */
  readonly bereft: number;
  readonly replay_changes: number;
  readonly ok: boolean; readonly seed: number;
  /** The longest time without any answer, in milliseconds, by kind of fault. */
  readonly stalls: Readonly<Record<string, number>>;
  /** What was waited, and with which deadlines, until dossiers had ended, the services were at rest, and all topics were read again. */
  readonly waits: Readonly<Record<WaitName, Waited>>;
  readonly violations: readonly string[];
};

export type WaitName = 'workOff' | 'quiet' | 'replay';

export type Outcome = {
  readonly seed: number; readonly journal: Journal; readonly dossiers: number; readonly bereft: number; readonly storm: Storm;
  readonly evidence: Evidence; readonly stores: readonly ShownStore[]; readonly lostStores: readonly LostStore[];
  /** What was seen from outside: dossiers that do not end, services that do not come to rest. */
  readonly seen: readonly Finding[];
  readonly replayChanges: readonly string[];
  readonly waits: Readonly<Record<WaitName, Waited>>;
};

export function reportOf(outcome: Outcome): ChaosReport {
  const { seed, journal, storm, evidence, seen, replayChanges } = outcome;
  const atRisk = listedAsLost(outcome);
  const findings = [...findFaults(evidence), ...unlistedLosses(outcome), ...differing(onlyInLostStores(outcome), atRisk), ...seen];
  const count = Object.fromEntries(findingKinds.map((kind) => [kind, findings.filter((one) => one.kind === kind).length])) as Record<FindingKind, number>;
  const notCarriedOut = storm.failed.map(({ kind, target, problem }) => `${kind} of ${target} could not be carried out: ${problem}`);
  const unproved = [...(storm.past.length === 0 ? ['no fault came: nothing is shown'] : []), ...(journal.acknowledged === 0 ? ['nobody was answered: nothing is shown'] : [])];
  const violations = [...findings.map(({ kind, what }) => `${kind}: ${what}`), ...replayChanges.map((what) => `replay: ${what}`), ...notCarriedOut, ...unproved];
  return {
    commands: journal.commands, acknowledged: journal.acknowledged, dossiers: outcome.dossiers, faults: counted(storm), ...count, at_risk: atRisk.length, bereft: outcome.bereft, replay_changes: replayChanges.length,
    ok: violations.length === 0, seed, stalls: stallsOf(storm, journal), waits: outcome.waits, violations: violations.slice(0, maxShown),
  };
}

function counted({ past }: Storm): Record<string, number> {
  const found: Record<string, number> = {};
  for (const { kind } of past) found[kind] = (found[kind] ?? 0) + 1;
  return found;
}

function stallsOf({ past }: Storm, journal: Journal): Record<string, number> {
  const found: Record<string, number> = {};
  for (const { kind, from, to } of past) found[kind] = Math.max(found[kind] ?? 0, journal.longestStall(from, to));
  return found;
}

function onlyInLostStores({ evidence, stores, lostStores }: Outcome): Acknowledged[] {
  const held = hashesOf(stores), kept = hashesOf(lostStores.map((one) => one.lost));
  return evidence.acknowledged.filter(({ entries }) => entries.some(({ hash }) => kept.has(hash) && !held.has(hash)));
}

/** As the services tell it: their commit numbers, against what is left. */
function listedAsLost({ evidence, stores }: Outcome): Acknowledged[] {
  const held = hashesOf(stores);
  return evidence.acknowledged.filter((one) => one.entries.some(({ hash }) => !held.has(hash)) && isListed(one, evidence.atRisk));
}

function differing(known: readonly Acknowledged[], listed: readonly Acknowledged[]): Finding[] {
  const told = ({ request, service }: Acknowledged, problem: string): Finding => ({ kind: 'lost', what: `${request}, answered by ${service}, ${problem}` });
  return [
    ...known.filter((one) => !listed.includes(one)).map((one) => told(one, 'was in a lost store only and is not listed')),
    ...listed.filter((one) => !known.includes(one)).map((one) => told(one, 'is listed as lost, and no lost store had it')),
  ];
}

function hashesOf(stores: readonly ShownStore[]): ReadonlySet<string> {
  const found = new Set<string>();
  for (const { folders } of stores) for (const { entries } of folders.values()) for (const one of entries) found.add(hashOf(one));
  return found;
}

/** Whoever has lost something that it had told says so, from the first commit that is gone to the last that it had marked. */
function unlistedLosses({ evidence, lostStores }: Outcome): Finding[] {
  return lostStores.flatMap(({ rewind: { service, kept, witnessed }, lost }) => {
    const listed = evidence.atRisk.filter((one) => one.service === service), told = listed.map(({ fromCommit, toCommit }) => `${fromCommit}–${toCommit === 0 ? '?' : toCommit}`).join(', ');
    const tellsAll = listed.some((one) => one.fromCommit <= kept && (one.toCommit >= witnessed || one.toCommit === 0));
    return tellsAll || witnessed <= kept ? [] : [{ kind: 'lost' as const, what: `${service} was put back from commit ${lost.commit} (marked ${witnessed}) to ${kept} and does not list that, but: ${told}` }];
  });
}
