/**
 * Limits of the exchange between offices (NĐ 301/2026 art. 5.4): synchronised within 10 minutes after a step, acknowledged within 2 working hours; otherwise both sides
 * are alerted. A takeover proves both at once: it is written when the history and the particulars are durable at the receiver.
 */
import type { Instant, ItemId, OfficeId } from './types.ts';
import type { Dossier, Leg } from './dossier.ts';
import { endingReason, predecessors, ready, skipped } from './itinerary.ts';
import { exchangeMs } from './due-basis.ts';
import { limitEnd, sessionsOf } from './limits.ts';
import { readySince } from './tracking.ts';
import { isTimeRefusal } from './time/index.ts';
import type { Calendars } from './timeline.ts';

export const acknowledgeWithin = '2wh';

export type Handover = {
  readonly leg: ItemId; readonly name: string;
  /** Who handed over: the office of the step that was finished last, or the counter; and to whom. */
  readonly from: OfficeId; readonly to: OfficeId;
  readonly since: Instant; readonly synchroniseBy: Instant; /** Null: the calendar does not tell. */ readonly acknowledgeBy: Instant | null;
  /** When the takeover came; null: not yet. */
  readonly takenOverAt: Instant | null;
  /** The limits that were missed so far. */
  readonly missed: readonly ('synchronise' | 'acknowledge')[];
};

/** Handovers of the present rounds, finished or not. A leg that was declined waits to be placed and is nobody's to acknowledge. */
export function handovers(dossier: Dossier, now: Instant, context: Calendars): Handover[] {
  if (dossier.root === null || endingReason(dossier) !== null) return [];
  return [...dossier.legs.values()].flatMap((leg) => {
    const taken = leg.takenOver !== null && leg.takenOver.round === leg.round ? leg.takenOver.at : null;
    const waits = leg.status === 'addressed' && !skipped(dossier, leg) && (leg.plan.task === true || ready(dossier, leg));
    // What was entered late could not be handed over before it was entered.
    if (waits) return [handoverOf(dossier, leg, Math.max(readySince(dossier, leg), dossier.root!.recordedAt), null, now, context)];
    return taken === null ? [] : [handoverOf(dossier, leg, handedOverAt(dossier, leg, taken), taken, now, context)];
  });
}

function handoverOf(dossier: Dossier, leg: Leg, since: Instant, takenOverAt: Instant | null, now: Instant, context: Calendars): Handover {
  const synchroniseBy = since + exchangeMs, due = limitEnd(since, acknowledgeWithin, sessionsOf(leg.office, context), context.work);
  const acknowledgeBy = isTimeRefusal(due) ? null : due, until = takenOverAt ?? now;
  const missed = [...(until > synchroniseBy ? ['synchronise' as const] : []), ...(acknowledgeBy !== null && until > acknowledgeBy ? ['acknowledge' as const] : [])];
  return { leg: leg.id, name: leg.plan.name, from: handedOverBy(dossier, leg), to: leg.office, since, synchroniseBy, acknowledgeBy, takenOverAt, missed };
}

/** Of what was taken over in its first round as planned; a later round or a second address is taken over when its holder can. */
function handedOverAt(dossier: Dossier, leg: Leg, takenOverAt: Instant): Instant {
  if (leg.round > 1 || leg.declinedTimes > 0 || leg.rehomed.length > 0) return takenOverAt;
  const done = predecessors(dossier, leg).map((one) => one.completion?.at ?? 0).filter((at) => at <= takenOverAt);
  return Math.min(takenOverAt, Math.max(leg.createdAt, dossier.root!.recordedAt, ...done));
}

function handedOverBy(dossier: Dossier, leg: Leg): OfficeId {
  let last: Leg | undefined;
  for (const one of predecessors(dossier, leg)) if (last === undefined || (one.completion?.at ?? 0) > (last.completion?.at ?? 0)) last = one;
  const asker = [...dossier.requests.values()].find((one) => one.task === leg.id)?.asker;
  return last?.office ?? dossier.legs.get(asker ?? '')?.office ?? dossier.root!.counter;
}
