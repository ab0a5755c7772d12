/** A dossier that another system received: what it says of its life there is checked, and its clock goes on from its receipt there. Who may say so is no question of this page. */
import type { EarlierSystem, EarlierWait, Instant, LegTemplate, Procedure, Span } from '../types.ts';
import type { LawContext } from '../context.ts';
import { timeRefusal } from '../limits.ts';
import { refuse } from '../refusals.ts';
import type { Refusal } from '../refusals.ts';
import { isTimeRefusal } from '../time/index.ts';

/** As it is told; `done`: legs by their names. */
export type EarlierLife = Omit<EarlierSystem, 'plannedUntil'> & { readonly receivedAt: Instant };

export const maxEarlierCodeCharacters = 64;
export const maxEarlierWaits = 50;

const invalid = (field: string, problem: string): Refusal => refuse('FIELD_INVALID', { field: `earlier.${field}`, problem }, `earlier.${field}`);

const outsideLife = 'không nằm giữa lúc tiếp nhận và hiện tại / not between the receipt and the present';
const isBetween = (from: Instant, at: Instant, to: Instant): boolean => Number.isSafeInteger(at) && from <= at && at <= to;

/** What does not hold of itself; null: nothing. The clock must run: a wait that lasts still is told when it has ended. */
export function earlierRefusal({ system, code, receivedAt, legSince, waits }: EarlierLife, now: Instant): Refusal | null {
  for (const [field, text] of [['system', system], ['code', code]] as const) {
    if (text === '') return refuse('FIELD_MISSING', { field: `earlier.${field}` }, `earlier.${field}`);
    if (text.length > maxEarlierCodeCharacters) return invalid(field, `≤ ${maxEarlierCodeCharacters}`);
  }
  if (!Number.isSafeInteger(receivedAt) || receivedAt > now) return invalid('received_time', 'sau thời điểm hiện tại / after the present');
  if (legSince !== undefined && !isBetween(receivedAt, legSince, now)) return invalid('leg_since_time', outsideLife);
  if (waits.length > maxEarlierWaits) return invalid('waits', `≤ ${maxEarlierWaits}`);
  const wrong = waits.findIndex((one) => !isWithin(one, receivedAt, now));
  return wrong < 0 ? null : invalid(`waits[${wrong}]`, outsideLife);
}

const isWithin = ({ from, to }: EarlierWait, receivedAt: Instant, now: Instant): boolean => isBetween(receivedAt, from, now) && isBetween(receivedAt, to, now) && from < to;

/** Legs that were done there: some of the itinerary, each with all that it waits for, and not the whole of it. `legs` in order. */
export function doneRefusal(done: readonly string[], legs: readonly LegTemplate[]): Refusal | null {
  const names = legs.map((one) => one.name), unknown = done.find((one) => !names.includes(one));
  if (unknown !== undefined) return invalid('done', `${unknown}: ${names.join(', ')}`);
  if (done.length > 0 && names.every((one) => done.includes(one))) return invalid('done', 'đã xong mọi bước, trả kết quả ở hệ thống cũ / every leg is done: return the result where it was received');
  const open = legs.find((one) => done.includes(one.name) && one.after.some((name) => names.includes(name) && !done.includes(name)));
  return open === undefined ? null : invalid('done', `${open.name}: ${open.after.filter((name) => !done.includes(name)).join(', ')} chưa xong / not done`);
}

export type PlanOfEarlier = { readonly legs: readonly LegTemplate[]; readonly done: readonly string[]; readonly waits: readonly EarlierWait[]; readonly startsAt: Instant; readonly counting: Procedure['counting']; readonly sessions: string };

/** Until when the plan gave time for the legs that were done there; the start of the clock where none was. */
export function plannedUntil({ legs, done, waits, startsAt, counting, sessions }: PlanOfEarlier, { work }: Pick<LawContext, 'work'>): Instant | { readonly refusal: Refusal } {
  const due = new Map<string, Instant>();
  const dueOf = (limit: Span, begins: Instant): ReturnType<typeof work.dueWithSuspensions> => work.dueWithSuspensions(begins, limit, counting, waits, sessions);
  for (const leg of legs.filter((one) => done.includes(one.name))) {
    const found = dueOf(leg.limit, leg.after.reduce((latest, name) => Math.max(latest, due.get(name) ?? startsAt), startsAt));
    if (isTimeRefusal(found)) return { refusal: timeRefusal(found) };
    due.set(leg.name, found.due);
  }
  return Math.max(startsAt, ...due.values());
}
