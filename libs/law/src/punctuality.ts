/**
 * Early, on time, late: the one definition that every figure, list and alert uses. On time is never the default: what has no due time, and what ended without a
 * decision, is excluded and counted as such.
 */
import type { Instant, Text } from './types.ts';
import { decisionOfLeg } from './dossier.ts';
import type { Dossier, Leg } from './dossier.ts';
import { endingReason, itineraryLegs, refusedBy, skipped, stale } from './itinerary.ts';
import { clockOffice, dossierDue, legDue, sessionsOf } from './limits.ts';
import type { DueNow } from './limits.ts';
import { isTimeRefusal, localDate } from './time/index.ts';
import type { Calendars } from './timeline.ts';

export type PunctualityClass = 'early' | 'on-time' | 'late' | 'running' | 'running-late' | 'excluded';
export type Punctuality = {
  readonly class: PunctualityClass;
  /** Null: the clock stands, or there is none. */
  readonly due: Instant | null;
  /** When the decision was there: for a dossier the last leg's, for a refusal that. Null: not yet, or never. */
  readonly ended: Instant | null;
  /** Working milliseconds past the due time by the calendar of the clock; 0 unless late. */
  readonly lateMillis: number;
  /** Why it is excluded; '' otherwise. */
  readonly reason: '' | 'withdrawn' | 'stopped' | 'no-due-time';
};

const source = 'NĐ 309/2026/NĐ-CP điều 8; NĐ 61/2018/NĐ-CP điều 19; QĐ 766/QĐ-TTg (tiến độ giải quyết)';
const definition = (vi: string, en: string, title: readonly [string, string]): { readonly title: Text; readonly definition: Text; readonly source: string } => ({ title: { vi: title[0], en: title[1] }, definition: { vi, en }, source });

/** What each class means, beside every figure that is shown. */
export const punctualityClasses: Readonly<Record<PunctualityClass, { readonly title: Text; readonly definition: Text; readonly source: string }>> = {
  'early': definition('Có kết quả vào một ngày trước ngày đến hạn (giờ Việt Nam).', 'The decision was there on a day before the due day (Vietnamese time).', ['Sớm hạn', 'Early']),
  'on-time': definition('Có kết quả vào ngày đến hạn, không sau thời điểm đến hạn; hoặc khi thời hạn đang tạm dừng.', 'The decision was there on the due day and not after the due moment; or while the clock stood.', ['Đúng hạn', 'On time']),
  'late': definition('Có kết quả sau thời điểm đến hạn; thời gian tạm dừng không tính.', 'The decision came after the due moment; suspended time is not counted.', ['Quá hạn', 'Late']),
  'running': definition('Đang giải quyết, chưa đến hạn hoặc đang tạm dừng.', 'Under way and not past the due moment, or its clock stands.', ['Đang giải quyết trong hạn', 'Running']),
  'running-late': definition('Đang giải quyết, đã quá thời điểm đến hạn.', 'Under way and past the due moment.', ['Đang giải quyết quá hạn', 'Running late']),
  'excluded': definition('Không xếp loại: người dân rút, dừng giải quyết, hoặc không có hạn.', 'Not classed: withdrawn, stopped, or without a due time.', ['Không xếp loại', 'Excluded']),
};

/** Of the dossier as a whole: until its result or refusal is there; that the citizen collects it later is nobody's lateness. Null before it is received. */
export function punctualityOfDossier(dossier: Dossier, now: Instant, context: Calendars): Punctuality | null {
  if (dossier.root === null) return null;
  const ending = dossier.root.closed?.outcome ?? endingReason(dossier);
  if (ending === 'withdrawn' || ending === 'stopped') return excluded(ending);
  return classed(dossierDue(dossier, context), decidedAt(dossier) ?? decidedBeforeClosing(dossier), now, sessionsOf(clockOffice(dossier), context), context);
}

/** Of a leg in its present round. Null: nobody has begun it, or it was passed over. */
export function punctualityOfLeg(dossier: Dossier, leg: Leg, now: Instant, context: Calendars): Punctuality | null {
  if (leg.takenOver === null || leg.takenOver.round !== leg.round || leg.status === 'addressed' || skipped(dossier, leg)) return null;
  if (leg.status === 'stopped' || leg.status === 'revoked') return excluded('stopped');
  return classed(legDue(dossier, leg, context), decisionOfLeg(leg), now, sessionsOf(leg.takenOver.office, context), context);
}

export const isLate = (one: Punctuality | null): one is Punctuality & { readonly due: Instant } => one !== null && (one.class === 'late' || one.class === 'running-late');

function excluded(reason: Punctuality['reason']): Punctuality {
  return { class: 'excluded', due: null, ended: null, lateMillis: 0, reason };
}

/** Null while a leg of the itinerary is not decided, or rests on what has changed. */
function decidedAt(dossier: Dossier): Instant | null {
  const refusal = refusedBy(dossier);
  if (refusal !== undefined) return refusal.completion?.at ?? null;
  let last: Instant | null = null;
  for (const leg of itineraryLegs(dossier)) {
    if (skipped(dossier, leg)) continue;
    if (leg.completion === null || leg.status !== 'complete' || stale(dossier, leg)) return null;
    last = Math.max(last ?? 0, leg.completion.at);
  }
  return last;
}

/** A dossier that was closed was decided, whatever is taken back afterwards. Null: it is open. */
function decidedBeforeClosing(dossier: Dossier): Instant | null {
  const closed = dossier.root?.closed ?? null;
  if (closed === null) return null;
  const decisions = itineraryLegs(dossier).flatMap((leg) => (leg.completion !== null && leg.completion.at <= closed.at && !skipped(dossier, leg) ? [leg.completion.at] : []));
  return decisions.length === 0 ? closed.at : Math.max(...decisions);
}

function classed({ due, suspendedSince }: DueNow, ended: Instant | null, now: Instant, sessions: string, context: Calendars): Punctuality {
  if (due === null) {
    if (suspendedSince === null) return excluded('no-due-time');
    return { class: ended === null ? 'running' : 'on-time', due, ended, lateMillis: 0, reason: '' };
  }
  const until = ended ?? now;
  if (until <= due) return { class: ended === null ? 'running' : localDate(ended) < localDate(due) ? 'early' : 'on-time', due, ended, lateMillis: 0, reason: '' };
  const past = context.work.workingMillisBetween(due, until, sessions);
  return { class: ended === null ? 'running-late' : 'late', due, ended, lateMillis: isTimeRefusal(past) ? until - due : past, reason: '' };
}
