/** A dossier that another system received: what it says of its life there is checked, and its clock goes on from its receipt there. Who may say so is no question of this page. */
import type { EarlierRunning, EarlierSystem, EarlierWait, Instant, LegTemplate, Procedure, Span } from '../types.ts';
import type { LawContext } from '../context.ts';
import { timeRefusal } from '../limits.ts';
import { refuse } from '../refusals.ts';
import type { Refusal } from '../refusals.ts';
import { isTimeRefusal } from '../time/index.ts';

/** As it is told; `done`: legs by their names. */
export type EarlierLife = Omit<EarlierSystem, 'plannedUntil' | 'running'> & { readonly receivedAt: Instant; /** With its beginning there. */ readonly running?: EarlierRunning & { readonly from: Instant } };

export const maxEarlierCodeCharacters = 64;
export const maxEarlierWaits = 50;

const invalid = (field: string, problem: string): Refusal => refuse('FIELD_INVALID', { field: `earlier.${field}`, problem }, `earlier.${field}`);

const outsideLife = 'không nằm giữa lúc tiếp nhận và hiện tại / not between the receipt and the present';
const isBetween = (from: Instant, at: Instant, to: Instant): boolean => Number.isSafeInteger(at) && from <= at && at <= to;

/** What does not hold of itself; null: nothing. */
export function earlierRefusal({ system, code, receivedAt, legSince, waits, running }: EarlierLife, now: Instant): Refusal | null {
  for (const [field, text] of [['system', system], ['code', code]] as const) {
    if (text === '') return refuse('FIELD_MISSING', { field: `earlier.${field}` }, `earlier.${field}`);
    if (text.length > maxEarlierCodeCharacters) return invalid(field, `≤ ${maxEarlierCodeCharacters}`);
  }
  if (!Number.isSafeInteger(receivedAt) || receivedAt > now) return invalid('received_time', 'sau thời điểm hiện tại / after the present');
  if (legSince !== undefined && !isBetween(receivedAt, legSince, now)) return invalid('leg_since_time', outsideLife);
  if (waits.length > maxEarlierWaits) return invalid('waits', `≤ ${maxEarlierWaits}`);
  const wrong = waits.findIndex((one) => !isWithin(one, receivedAt, now));
  return wrong >= 0 ? invalid(`waits[${wrong}]`, outsideLife) : running === undefined ? null : runningRefusal(running, receivedAt, now);
}

function runningRefusal({ cause, from, documents = [], until }: NonNullable<EarlierLife['running']>, receivedAt: Instant, now: Instant): Refusal | null {
  if (!isBetween(receivedAt, from, now)) return invalid('running.start_time', outsideLife);
  if (until !== undefined && (!Number.isSafeInteger(until) || until <= now)) return invalid('running.due_time', 'không sau thời điểm hiện tại / not after the present');
  if ((cause === 'supplement') === (documents.length > 0)) return null;
  return cause === 'supplement' ? refuse('FIELD_MISSING', { field: 'earlier.running.documents' }, 'earlier.running.documents') : invalid('running.documents', cause);
}

/** Papers that were asked for are of the procedure; the first that is not, or null. */
export function papersRefusal({ running }: Pick<EarlierLife, 'running'>, { documents }: Pick<Procedure, 'documents'>): Refusal | null {
  const stranger = running?.documents?.find((code) => !documents.some((one) => one.code === code));
  return stranger === undefined ? null : invalid('running.documents', `${stranger}: ${documents.map((one) => one.code).join(', ')}`);
}

/** When its clock stood there, what it waits for still included until now. */
export function waitsUntil({ waits, running }: Pick<EarlierLife, 'waits' | 'running'>, now: Instant): readonly EarlierWait[] {
  return running === undefined || running.from >= now ? waits : [...waits, { cause: running.cause, from: running.from, to: now, ground: running.ground }];
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
