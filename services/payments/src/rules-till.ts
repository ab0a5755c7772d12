/** A till: one clerk, one shift. Opened with a float, counted, closed; what the count differs by stands in the books until it is resolved. */
import { maxAmount, refuse } from '@lienthong/law';
import type { By, Dong, LocalDate, OfficeId, Refusal } from '@lienthong/law';
import { account, posting } from './rules-ledger.ts';
import type { Account, Move, Posting } from './rules-ledger.ts';

/** Shifts of one clerk at one office on one day. */
export const maxShiftsPerDay = 9;

export type Shift = { readonly office: OfficeId; readonly officer: string; readonly day: LocalDate; /** From 1. */ readonly ordinal: number };
/** Names a shift for people and in accounts. */
export const shiftName = ({ office, officer, day, ordinal }: Shift): string => `${office}/${officer}/${day}/${ordinal}`;
export const tillAccount = (shift: Shift): Account => account('till', shiftName(shift));

/** How a difference ends; `over` and `short` say for which it may be used. */
export const ways = {
  // way          over   short  against   meaning
  'miscounted': { over: true, short: true, against: 'safe' }, // counted wrongly: the cash is there, or was never
  'made-good': { over: false, short: true, against: 'safe' }, // the clerk has paid it in
  'written-off': { over: false, short: true, against: 'loss' }, // the office bears it
  'given-back': { over: true, short: false, against: 'safe' }, // the payer was found and has it again
  'kept': { over: true, short: false, against: 'surplus' }, // nobody was found
} as const;
export type Way = keyof typeof ways;
export const isWay = (text: string): text is Way => Object.hasOwn(ways, text);

export type TillEvent =
  | { readonly type: 'opened'; readonly shift: Shift; readonly float: Dong; readonly posting?: Posting }
  /** No more payments: what there is can be added up. */
  | { readonly type: 'counting'; readonly by: By }
  | { readonly type: 'counted'; readonly counted: Dong; readonly expected: Dong; readonly by: By }
  | { readonly type: 'closed'; readonly by: By; readonly posting?: Posting }
  | { readonly type: 'resolved'; readonly way: Way; readonly ground: string; readonly by: By; readonly posting: Posting };

export type Till = { shift: Shift; float: Dong; state: 'open' | 'counting' | 'closed'; count: { readonly counted: Dong; readonly expected: Dong } | null; resolved: { readonly way: Way; readonly ground: string } | null; readonly postings: Posting[] };

export function foldTill(told: Iterable<{ readonly event: object }>): Till | null {
  let till: Till | null = null;
  for (const one of told) {
    const event = one.event as TillEvent;
    if (event.type === 'opened') till = { shift: event.shift, float: event.float, state: 'open', count: null, resolved: null, postings: [] };
    else if (till !== null) foldEvent(till, event);
    if ('posting' in event && event.posting !== undefined) till?.postings.push(event.posting);
  }
  return till;
}

function foldEvent(till: Till, event: Exclude<TillEvent, { type: 'opened' }>): void {
  switch (event.type) {
    case 'counting': till.state = 'counting'; return;
    case 'counted': till.count = { counted: event.counted, expected: event.expected }; return;
    case 'closed': till.state = 'closed'; return;
    case 'resolved': till.resolved = { way: event.way, ground: event.ground }; return;
  }
}

/** Above zero: more than expected. */
export const differenceOf = ({ count }: Till): Dong => (count === null ? 0 : count.counted - count.expected);

export type Told = { readonly events: readonly TillEvent[] } | { readonly refusal: Refusal };
const no = (refusal: Refusal): Told => ({ refusal });

/** Whether that much cash cannot be counted: it is negative, or no whole đồng. An empty till can. */
export function cashFault(amount: Dong): boolean {
  return !Number.isSafeInteger(amount) || amount < 0;
}

/** `ended`: why the office of the shift opens none any more; what is open already is counted and closed all the same. */
export function openTill(till: Till | null, shift: Shift, float: Dong, ended: Refusal | null): Told {
  if (till?.state === 'counting') return no(refuse('TILL_BEING_COUNTED', { till: shiftName(shift) }, 'office'));
  if (till !== null) return till.float === float ? { events: [] } : no(refuse('TILL_OPEN', { till: shiftName(shift) }, 'office'));
  return ended !== null ? no(ended) : { events: [{ type: 'opened', shift, float, ...moved(shift.day, flow(tillAccount(shift), account('safe', shift.office), float)) }] };
}

export function beginCount(till: Till, by: By): Told {
  if (till.state === 'closed') return no(refuse('TILL_CLOSED', { till: shiftName(till.shift) }, 'till'));
  return { events: till.state === 'open' ? [{ type: 'counting', by }] : [] };
}

/** `expected`: float and all that the shift took in and gave out; only asked for once nothing more can be added. */
export function countTill(till: Till, by: By, counted: Dong, expected: Dong): Told {
  if (till.state === 'closed') return no(refuse('TILL_CLOSED', { till: shiftName(till.shift) }, 'till'));
  return { events: [{ type: 'counted', counted, expected, by }] };
}

/** The cash goes to the safe as it was counted; what it differs by is owed by nobody yet. */
export function closeTill(till: Till, by: By, on: LocalDate): Told {
  if (till.state === 'closed') return { events: [] };
  if (till.count === null) return no(refuse('TILL_NOT_COUNTED', { till: shiftName(till.shift) }, 'till'));
  const { counted, expected } = till.count, { office } = till.shift;
  const moves = [...flow(account('safe', office), tillAccount(till.shift), counted), ...flow(tillAccount(till.shift), account('difference', office), counted - expected)];
  return { events: [{ type: 'closed', by, ...moved(on, moves) }] };
}

export function resolveTill(till: Till, by: By, { way, ground, on }: { readonly way: Way; readonly ground: string; readonly on: LocalDate }): Told {
  const difference = differenceOf(till), name = shiftName(till.shift);
  if (till.state !== 'closed' || difference === 0) return no(refuse('NO_DIFFERENCE', { difference: `till:${name}` }, 'difference'));
  if (till.resolved !== null) return till.resolved.way === way ? { events: [] } : no(refuse('NO_DIFFERENCE', { difference: `till:${name}` }, 'difference'));
  const rule = ways[way];
  if (difference > 0 ? !rule.over : !rule.short) return no(refuse('WAY_NOT_POSSIBLE', { way, difference: String(difference) }, 'way'));
  // Short: the difference is a claim and ends on the credit side. Over: a debt, which ends on the debit side.
  return { events: [{ type: 'resolved', way, ground, by, posting: posting(on, ...flow(account('difference', till.shift.office), account(rule.against, till.shift.office), difference)) }] };
}

/** Nothing for nothing; below zero it goes the other way. */
function flow(debit: Account, credit: Account, amount: Dong): readonly Move[] {
  const moves: Move[] = [];
  // A till that is as full as may be and takes one fee more differs by more than one move can be.
  for (let left = Math.abs(amount); left > 0; left -= maxAmount) moves.push(amount > 0 ? { debit, credit, amount: Math.min(left, maxAmount) } : { debit: credit, credit: debit, amount: Math.min(left, maxAmount) });
  return moves;
}

function moved(on: LocalDate, moves: readonly Move[]): { readonly posting?: Posting } {
  return moves.length === 0 ? {} : { posting: posting(on, ...moves) };
}
