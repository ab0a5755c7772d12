/** Every guard that can be taken away alone, and where it stands. The proof must notice each absence. */
import type { Fault } from '@lienthong/folder';
import { runSchedule as runFolders } from '@lienthong/folder/simulator';
import type { DeliberateFault } from './deliberate-faults.ts';
import { runSchedule } from './schedule.ts';
import { seedOf, simulate } from './simulate.ts';

/** `within`: schedules in which its absence shows, where it does so seldom, for what it lets through is mostly made good later; absent: as many as are asked for. */
type Guard = { readonly guard: string; readonly where: string; readonly within?: number };

export const mutants = {
  'skip-union-check': { guard: 'chain and signature of an entry are checked before it is taken', where: 'libs/folder/src/union.ts' },
  'drop-sequence-check': { guard: 'an entry is folded only upon the one before it', where: 'libs/folder/src/hold-entry.ts' },
  'ignore-seen': { guard: 'an entry is folded only upon what its author had seen', where: 'libs/folder/src/waiting.ts' },
  'outdated-term-moves': { guard: 'an entry has effect under the present term only', where: 'libs/folder/src/items.ts' },
  'ignore-fork': { guard: 'beyond a fork nothing has effect until a branch is chosen', where: 'libs/folder/src/liveness.ts' },
  'keep-voided-tail': { guard: 'what lies beyond the chosen head has no effect', where: 'libs/folder/src/liveness.ts' },
  'ignore-seal': { guard: 'nothing of a sealed author is taken', where: 'libs/folder/src/admission.ts' },
  'answer-before-write': { guard: 'a command is answered when it is durable', where: 'libs/kernel/src/handle-command.ts' },
  'decide-repeats-anew': { guard: 'a request that was handled is not handled again', where: 'libs/kernel/src/handle-command.ts' },
  'ignore-conflict': { guard: 'a lost compare-and-set is decided again', where: 'libs/kernel/src/write-folder.ts' },
  'acknowledge-before-write': { guard: 'only what is durable is acknowledged', where: 'libs/kernel/src/receive-entries.ts' },
  'acknowledge-without-parts': { guard: 'who keeps records acknowledges them with what stands beside them', where: 'libs/kernel/src/write-folder.ts' },
  'lose-acknowledged-head': { guard: 'what was sent is pending until it is acknowledged', where: 'libs/kernel/src/relay.ts' },
  'settle-unacknowledged': { guard: 'a folder is unsettled while somebody has not acknowledged all', where: 'libs/kernel/src/relay.ts' },
  'count-old-acknowledgements': { guard: 'acknowledgements count for the incarnation that gave them', where: 'libs/kernel/src/relay.ts' },
  'no-anti-entropy': { guard: 'what is not acknowledged is sent again', where: 'libs/kernel/src/relay.ts, sweep.ts' },
  'perform-without-claim': { guard: 'an effect is claimed before it is called', where: 'libs/kernel/src/perform-effects.ts' },
  'hold-claims-for-ever': { guard: 'a claim of a process that is gone ends', where: 'libs/kernel/src/perform-effects.ts' },
  'never-ask-first': { guard: 'an effect asks before it repeats', where: 'libs/kernel/src/perform-effects.ts', within: 12_000 },
  'never-wake': { guard: 'folders are woken when something falls due', where: 'libs/kernel/src/watch-time.ts' },
  'raise-mark-late': { guard: 'the mark is raised before anybody is answered', where: 'libs/kernel/src/succession.ts, the store' },
  'trust-own-store': { guard: 'a store is compared with its marks before its first write', where: 'libs/kernel/src/succession.ts' },
  'forget-peers-marks': { guard: 'peers remember how far a store had come', where: 'libs/kernel/src/peer-marks.ts' },
  'ignore-own-unknown': { guard: 'entries of its own that it never wrote make a store take a new incarnation', where: 'libs/kernel/src/own-unknown.ts' },
  'write-unsealed': { guard: 'a new incarnation writes when all have sealed its predecessors', where: 'libs/kernel/src/succession.ts', within: 12_000 },
  'show-unsealed': { guard: 'showing is sealing', where: 'libs/kernel/src/seal-author.ts' },
  'void-unlisted': { guard: 'what a succession voids is listed before it is taken', where: 'libs/kernel/src/write-folder.ts' },
  'skip-inspection': { guard: 'what came back is compared with what it was done upon elsewhere', where: 'libs/kernel/src/inspect-folders.ts' },
  'skip-recovery': { guard: 'all that peers have shown is gone through', where: 'libs/kernel/src/recover-folders.ts', within: 12_000 },
  'append-any-version': { guard: 'an append names the version that it follows', where: 'the store' },
  'answer-before-flush': { guard: 'the store answers when a write is durable', where: 'the store' },
  'settle-any-version': { guard: 'a folder that was written meanwhile is not settled', where: 'the store' },
  'forget-wake-up': { guard: 'the time to wake a folder is written with it', where: 'the store' },
  'forget-unsettled': { guard: 'that somebody must be told is written with the folder', where: 'the store' },
  'join-on-stale': { guard: 'a stale completion satisfies no join', where: 'libs/law/src/itinerary.ts' },
  'begin-unready': { guard: 'a leg begins when all that it waits for stands', where: 'libs/law/src/itinerary.ts' },
  'close-unsettled': { guard: 'a dossier closes when every leg is settled at its round', where: 'libs/law/src/duties.ts' },
  'rehearse-for-real': { guard: 'a rehearsal reaches no real record', where: 'libs/dossier-service/src/side.ts' },
  'apply-twice': { guard: 'a decision is applied to a record once', where: 'libs/dossier-service/src/register-changes.ts' },
  'reserve-over-reserved': { guard: 'a record is reserved by one dossier at a time', where: 'libs/dossier-service/src/register-changes.ts' },
} as const satisfies Partial<Record<DeliberateFault, Guard>>;
export type MutantName = keyof typeof mutants;
export const mutantNames = Object.keys(mutants) as readonly MutantName[];

/** `by`: what the proof said; '' when it said nothing. `seed`: of the schedule that went red, the first of all when none did. */
export type MutantVerdict = Guard & { readonly name: MutantName; readonly found: boolean; readonly by: string; readonly schedules: number; readonly seed: number };

/** Takes one guard away until a schedule goes red that is green with it. Guards of folders are looked for where there is nothing but folders, which is quicker. `schedules`: at most so many, or as many as the guard names. */
export async function huntMutant(name: MutantName, schedules: number, seed: number): Promise<MutantVerdict> {
  const { guard, where, within = 0 }: Guard = mutants[name], hunted = { name, guard, where };
  if (isOfFolders(name)) return { ...hunted, ...amongFolders(name, schedules, seed) };
  const report = await simulate({ schedules: Math.max(schedules, within), seed, faults: new Set([name]), untilViolated: true });
  const first = report.violations[0];
  if (first === undefined) return { ...hunted, found: false, by: '', schedules: report.schedules, seed };
  assertGreen(first.seed, (await runSchedule(first.seed)).violations);
  return { ...hunted, found: true, by: `simulation: ${first.what}`, schedules: report.schedules, seed: first.seed };
}

const isOfFolders = (name: MutantName): name is MutantName & Fault => mutants[name].where.startsWith('libs/folder/');

function amongFolders(fault: Fault, schedules: number, seed: number): Pick<MutantVerdict, 'found' | 'by' | 'schedules' | 'seed'> {
  for (let n = 0; n < schedules; n++) {
    const own = seedOf(seed, n), [what] = runFolders(own, fault).violations;
    if (what === undefined) continue;
    assertGreen(own, runFolders(own).violations);
    return { found: true, by: `simulation of folders: ${what}`, schedules: n + 1, seed: own };
  }
  return { found: false, by: '', schedules, seed };
}

function assertGreen(seed: number, violations: readonly string[]): void {
  if (violations.length > 0) throw new RangeError(`schedule ${seed} is red with all guards in place: ${violations[0]}`);
}
