/** What was taken on paper while the systems were down, entered afterwards: it counts from when it was handed in, and the announced outage is the ground. */
import type { Instant, LateRecord, OfficeId, Outage } from '../types.ts';
import { officeName } from '../context.ts';
import type { LawContext } from '../context.ts';
import { refuse } from '../refusals.ts';
import type { Refusal } from '../refusals.ts';
import { printInstant } from '../time/index.ts';

/** When paper was taken, and the announcement under which. */
export type LatePaper = { readonly receivedAt: Instant; readonly outage: string };

/** The outage and what the entry says of it; a refusal when none was announced for that office at that time. */
export function lateRecord(late: LatePaper, office: OfficeId, context: LawContext): { readonly outage: Outage; readonly record: LateRecord } | { readonly refusal: Refusal } {
  const outage = context.reference.calendar.outages?.find((one) => one.id === late.outage);
  if (outage === undefined) return { refusal: refuse('OUTAGE_UNKNOWN', { outage: late.outage }, 'late_record.outage') };
  const known = Number.isSafeInteger(late.receivedAt) && late.receivedAt <= context.now;
  const inside = known && late.receivedAt >= outage.from && (outage.to === null || late.receivedAt < outage.to);
  if (!inside || outage.offices?.includes(office) === false) {
    return { refusal: refuse('OUTSIDE_OUTAGE', { outage: outage.id, office: officeName(context, office), from: printInstant(outage.from), to: outage.to === null ? '…' : printInstant(outage.to) }, 'late_record.received_time') };
  }
  return { outage, record: { outage: outage.id, ground: outage.source.act } };
}
