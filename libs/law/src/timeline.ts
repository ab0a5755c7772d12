/** For every minute of a dossier, whose time it was. The intervals have no gap and no overlap: they sum exactly to its lifetime. */
import type { Instant, OfficeId } from './types.ts';
import { emptyDossier } from './dossier.ts';
import type { Dossier, Leg } from './dossier.ts';
import { fold } from './fold.ts';
import { blockingCharges, blockingRequests, ready, resultsToReturn, returnBlockedBy, skipped, stale, suspended } from './itinerary.ts';

export type Accountable = 'office' | 'transfer' | 'applicant' | 'law' | 'post';
export type Interval = { readonly from: Instant; readonly to: Instant; readonly who: Accountable; /** Of whom it is, or to whom it was being transferred; '' for the applicant, the law and the post. */ readonly office: OfficeId; readonly legs: readonly string[] };

/** The life of a dossier until it closed, or until `now`, cut where the accountable changes. */
export function timeline(dossier: Dossier, now: Instant): Interval[] {
  const entries = [...dossier.entries].sort((a, b) => a.effectiveAt - b.effectiveAt);
  const end = dossier.root?.closed?.at ?? now;
  const replay = emptyDossier(dossier.id);
  const found: Interval[] = [];
  for (let n = 0; n < entries.length;) {
    const from = entries[n]!.effectiveAt;
    while (n < entries.length && entries[n]!.effectiveAt === from) fold(replay, entries[n++]!);
    const to = Math.min(n < entries.length ? entries[n]!.effectiveAt : end, end);
    if (to > from && replay.root !== null) append(found, { from, to, ...accountable(replay) });
  }
  return found;
}

/** Neighbours of the same accountable are one interval. */
function append(found: Interval[], next: Interval): void {
  const last = found.at(-1);
  if (last !== undefined && last.to === next.from && last.who === next.who && last.office === next.office && last.legs.join() === next.legs.join()) found[found.length - 1] = { ...last, to: next.to };
  else found.push(next);
}

type Whose = Pick<Interval, 'who' | 'office' | 'legs'>;

/** Who answers for the present moment: an office at work comes first, then who keeps it from working. */
function accountable(dossier: Dossier): Whose {
  const legs = [...dossier.legs.values()];
  const working = legs.filter((leg) => ((leg.status === 'open' || leg.status === 'deciding') && !suspended(dossier, leg)) || stale(dossier, leg));
  if (working.length > 0) return of('office', working[0]!.office, working);
  const paused = legs.filter((leg) => suspended(dossier, leg) && (leg.status === 'open' || leg.status === 'addressed'));
  if (paused.length > 0) return of(waitsForApplicant(dossier, paused) ? 'applicant' : 'law', '', paused);
  const moving = legs.filter((leg) => leg.status === 'addressed' && !skipped(dossier, leg) && (leg.plan.task === true || ready(dossier, leg)));
  if (moving.length > 0) return of('transfer', moving[0]!.office, moving);
  if (resultsToReturn(dossier).length > 0 && returnBlockedBy(dossier).length > 0) return of('applicant', '', []);
  if (resultsToReturn(dossier).length > 0 && [...dossier.consignments.values()].some((one) => one.ended === null)) return of('post', '', []);
  return of('office', dossier.root!.returnOffice, []);
}

function of(who: Accountable, office: OfficeId, legs: readonly Leg[]): Whose {
  return { who, office, legs: legs.map((leg) => leg.plan.name) };
}

function waitsForApplicant(dossier: Dossier, legs: readonly Leg[]): boolean {
  return legs.some((leg) => blockingCharges(dossier, leg).length > 0 || blockingRequests(dossier, leg).some((one) => one.plan.request === 'supplement'));
}
