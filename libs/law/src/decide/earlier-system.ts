/** A dossier that another system received: what it says of its life there is checked, and its clock goes on from its receipt there. Who may say so is no question of this page. */
import type { EarlierPending, EarlierRunning, EarlierSystem, EarlierWait, Instant, LegTemplate, Procedure, Span } from '../types.ts';
import type { LawContext } from '../context.ts';
import { daysLeft } from '../earlier-life.ts';
import { timeRefusal } from '../limits.ts';
import { refuse } from '../refusals.ts';
import type { Refusal } from '../refusals.ts';
import { isTimeRefusal, localDate } from '../time/index.ts';
import { unseenProblem } from '../unseen.ts';
import { amountFault } from './charge-commands.ts';

/** As it is told; `done`: legs by their names. */
export type EarlierLife = Omit<EarlierSystem, 'plannedUntil' | 'running' | 'pending'> & { readonly receivedAt: Instant; /** With its beginning there. */ readonly running?: (EarlierRunning | EarlierPending) & { readonly from: Instant } };

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
    const odd = unseenProblem(text);
    if (odd !== null) return invalid(field, odd);
  }
  if (!Number.isSafeInteger(receivedAt) || receivedAt > now) return invalid('received_time', 'sau thời điểm hiện tại / after the present');
  if (legSince !== undefined && !isBetween(receivedAt, legSince, now)) return invalid('leg_since_time', outsideLife);
  if (waits.length > maxEarlierWaits) return invalid('waits', `≤ ${maxEarlierWaits}`);
  const wrong = waits.findIndex((one) => !isWithin(one, receivedAt, now));
  return wrong >= 0 ? invalid(`waits[${wrong}]`, outsideLife) : running === undefined ? null : runningRefusal(running, receivedAt, now);
}

function runningRefusal(running: NonNullable<EarlierLife['running']>, receivedAt: Instant, now: Instant): Refusal | null {
  const { cause, from } = running, until = 'until' in running ? running.until : undefined, documents = 'documents' in running ? running.documents ?? [] : [];
  if (!isBetween(receivedAt, from, now)) return invalid('running.start_time', outsideLife);
  if (until !== undefined && (!Number.isSafeInteger(until) || until <= now)) return invalid('running.due_time', 'không sau thời điểm hiện tại / not after the present');
  if ((cause === 'supplement') === (documents.length > 0)) return null;
  return cause === 'supplement' ? refuse('FIELD_MISSING', { field: 'earlier.running.documents' }, 'earlier.running.documents') : invalid('running.documents', cause);
}

/** Papers that were asked for are of the procedure; the first that is not, or null. */
export function papersRefusal({ running }: Pick<EarlierLife, 'running'>, { documents }: Pick<Procedure, 'documents'>): Refusal | null {
  const stranger = (running !== undefined && 'documents' in running ? running.documents : undefined)?.find((code) => !documents.some((one) => one.code === code));
  return stranger === undefined ? null : invalid('running.documents', `${stranger}: ${documents.map((one) => one.code).join(', ')}`);
}

/** When its clock stood there, what it waits for still included until now. */
export function waitsUntil({ waits, running }: Pick<EarlierLife, 'waits' | 'running'>, now: Instant): readonly EarlierWait[] {
  // An opinion is asked within the office's own time.
  return running === undefined || running.cause === 'consultation' || running.from >= now ? waits : [...waits, { cause: running.cause, from: running.from, to: now, ground: running.ground }];
}

/** What is awaited must be something that the procedure, or the register of offices, knows: no amount without a name, no opinion of nobody. Null: it is. */
export function pendingRefusal({ running }: Pick<EarlierLife, 'running'>, legs: readonly LegTemplate[], { fees }: Pick<Procedure, 'fees'>, context: Pick<LawContext, 'reference' | 'now' | 'work'>): Refusal | null {
  if (running?.cause === 'consultation') {
    const office = context.reference.office(running.office), on = localDate(context.now);
    if (office === undefined || office.validFrom > on || (office.validTo !== null && on > office.validTo)) return refuse('UNKNOWN_OFFICE', { office: running.office }, 'earlier.running.office');
    // Its task is given the days that are left: a year without a calendar gives none.
    const due = context.work.dueAt(context.now, daysLeft(running.until, context.now), 'elapsed', office.sessions);
    return isTimeRefusal(due) ? timeRefusal(due) : null;
  }
  if (running?.cause !== 'payment') return null;
  const fault = amountFault(running.amount), codes = [...legs.flatMap((one) => (one.charge === undefined ? [] : [one.charge.code])), ...fees.map((one) => one.code)];
  if (fault !== null) return refuse(fault, { amount: String(running.amount) }, 'earlier.running.amount');
  return codes.includes(running.fee) ? null : invalid('running.fee', `${running.fee}: ${[...new Set(codes)].join(', ') || '–'}`);
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
