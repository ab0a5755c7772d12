/** What an entry tells of a limit once something has suspended it, so that no copy asks its own calendar when it falls due. */
import type { Bodies, Instant, OutageNote, ToldDue } from './types.ts';
import type { Limit } from './dossier.ts';

/** The limit of a leg or a dossier after `due-recomputed`. What only tells the due time of what has been suspended since is no new reckoning. */
export function limitAfter(before: Limit, noted: readonly OutageNote[], { startsAt, dueAt, provisional, outages, told: tells }: Bodies['due-recomputed']): Limit {
  const told = tells ?? null;
  const isSame = startsAt === before.startsAt && dueAt === before.dueAt && provisional === before.provisional && sameOutages(noted, outages);
  const onlyTells = isSame && told !== null && !isOf(before.told, told.restsOn);
  return { startsAt, dueAt, provisional, told, recomputed: before.recomputed + (onlyTells ? 0 : 1) };
}

/** Whether a due time was told of just these moments. */
export function isOf(told: ToldDue | null, moments: readonly Instant[]): told is ToldDue {
  return told !== null && told.restsOn.length === moments.length && told.restsOn.every((one, n) => one === moments[n]);
}

export function sameOutages(a: readonly OutageNote[], b: readonly OutageNote[]): boolean {
  return a.length === b.length && a.every((one, n) => one.id === b[n]!.id && one.from === b[n]!.from && one.to === b[n]!.to);
}

/** Announced failures that touch a limit since it began; those of an earlier round are no part of it. */
export function outagesSince(noted: readonly OutageNote[], since: Instant): readonly OutageNote[] {
  return noted.filter((one) => one.to === null || one.to > since);
}
