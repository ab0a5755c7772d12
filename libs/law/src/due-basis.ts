/** On what a due time rests beside the limit that an entry tells: moments that entries tell, too, so that every copy sees the same. */
import type { Instant } from './types.ts';
import { decisionOfLeg } from './dossier.ts';
import type { Dossier, Leg } from './dossier.ts';
import { papersOf } from './papers-of-legs.ts';
import { suspensions, suspensionsOf } from './suspensions.ts';
import { mergedSuspensions } from './time/index.ts';
import type { Suspension } from './time/index.ts';

export type DueBasis = {
  /** What started the clock later than the limit says; empty: nothing did. */
  readonly starts: readonly Instant[];
  /** What has suspended it and is over, oldest first; and since when something suspends it still, null: nothing does. */
  readonly pauses: readonly Suspension[]; readonly standsSince: Instant | null;
};

/** Null: the paper on which its office works has not come. What suspends a leg after its decision is none of it. */
export function basisOfLeg(dossier: Dossier, leg: Leg, { startsAt }: NonNullable<Leg['takenOver']>): DueBasis | null {
  const papers = papersOf(dossier, leg), until = decisionOfLeg(leg);
  if (papers !== null && papers.awaited !== null) return null;
  const pauses = suspensionsOf(dossier, leg), known = until === null ? pauses : pauses.filter(({ from }) => from < until).map(({ from, to }) => ({ from, to: Math.min(to ?? until, until) }));
  return { starts: papers !== null && papers.arrivedAt > startsAt ? [papers.arrivedAt] : [], ...paused(known, startsAt) };
}

/** What suspends a leg suspends the dossier, save what one office asks another to redo. What another system had waited for is in the limit already. */
export function basisOfDossier(dossier: Dossier): DueBasis {
  const { limit, body } = dossier.root!, known = mergedSuspensions(body.earlier?.waits ?? []);
  const basis = { starts: startsOfDossier(dossier), ...paused(pausesOfWhole(dossier), limit.startsAt) };
  const isKnown = known.length > 0 && sameMoments(momentsOf(known.filter((one) => one.to! > limit.startsAt)), momentsOf(basis.pauses));
  return isKnown ? { ...basis, pauses: [] } : basis;
}

export const pausesOfWhole = (dossier: Dossier): readonly Suspension[] => suspensions(dossier).filter((one) => one.cause !== 'redo');

/** Empty: the limit stands as it is written. */
export function restsOn({ starts, pauses }: DueBasis): readonly Instant[] {
  return [...starts, ...momentsOf(pauses)];
}

const momentsOf = (pauses: readonly Suspension[]): readonly Instant[] => pauses.flatMap(({ from, to }) => (to === null ? [from] : [from, to]));
const sameMoments = (a: readonly Instant[], b: readonly Instant[]): boolean => a.length === b.length && a.every((one, n) => one === b[n]);

/** What was over before the clock began never touched it. */
function paused(list: readonly Suspension[], startsAt: Instant): Pick<DueBasis, 'pauses' | 'standsSince'> {
  const pauses = mergedSuspensions(list.filter(({ to }) => to === null || to > startsAt)), last = pauses.at(-1);
  return last !== undefined && last.to === null ? { pauses: pauses.slice(0, -1), standsSince: last.from } : { pauses, standsSince: null };
}

/** A receipt by the competent office within the exchange limit is one with the handover: a clock is not moved by the seconds that a message takes (NĐ 301/2026 art. 5.4). */
export const exchangeMs = 10 * 60_000;

/** For boundary-free intake: when the competent office began, and when its paper came, where none did so as expected. */
function startsOfDossier(dossier: Dossier): readonly Instant[] {
  const { body, limit } = dossier.root!, found: Instant[] = [];
  if (body.clock !== 'competent-office') return found;
  for (const leg of firstLegs(dossier)) {
    const papers = papersOf(dossier, leg);
    if (leg.firstStartsAt === null || (papers !== null && papers.awaited !== null)) continue;
    const arrivedAt = Math.max(leg.firstStartsAt, papers?.arrivedAt ?? 0);
    if (arrivedAt <= limit.startsAt + exchangeMs) return [];
    found.push(leg.firstStartsAt, arrivedAt);
  }
  return found;
}

/** Planned legs that nothing comes before. */
export function firstLegs(dossier: Dossier): Leg[] {
  return [...dossier.legs.values()].filter((leg) => leg.after.length === 0 && leg.insertedAfter === null && leg.plan.task !== true);
}
