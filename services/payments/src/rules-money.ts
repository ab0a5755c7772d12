/**
 * One record of money: what was asked for under one reference, what came in for it, and what became of each đồng. Folded from events, each with its posting.
 * Money that is here stands in suspense until a charge has it or it went back; so what nobody expected is never lost, and never counted as a fee.
 */
import type { By, Commitment, Dong, FolderId, Instant, ItemId, LocalDate, OfficeId, PaymentMethod } from '@lienthong/law';
import { foldClaim, foldClaimEnded, foldFound, foldLoss, isFoundWay } from './rules-claims.ts';
import type { Claims, ClaimWay, FoundWay } from './rules-claims.ts';
import { account, posting } from './rules-ledger.ts';
import type { Account, Posting } from './rules-ledger.ts';
import type { PostResolved, Remittance } from './rules-post.ts';

/** The charge that money is meant for. */
export type Claim = { readonly code: string; readonly dossier: FolderId; readonly charge: ItemId; readonly amount: Dong };
/** `request`: of the command that settles the charge, the same over all attempts. */
export type Command = { readonly id: string; readonly digest: string; readonly by: By; readonly method: PaymentMethod; /** What settles one charge only; '' for money over the counter. */ readonly reference: string; readonly details?: Commitment };
/** `transaction`: names it within its record. `source`: the account in which it lies. */
export type Arrival = {
  readonly transaction: string; readonly source: Account; readonly amount: Dong; readonly day: LocalDate; /** `door`: by a postman, who has left; all others of `post` stand at a counter. */ readonly via: 'till' | 'bank' | 'statement' | 'post' | 'door' | 'callback' | 'query' | 'file';
  /** Absent: nobody has said what it is for. */
  readonly command?: Command;
  /** Of a line of a statement: the request that brought it, and what the payer wrote. */
  readonly request?: string; readonly note?: Commitment;
};
/** Money on its way back. `from`: out of suspense, or out of what was collected. `request`: of the command that ends the charge; absent: out of suspense, or ordered by the law itself. */
export type Return = {
  readonly id: string; readonly transaction: string; readonly amount: Dong; readonly from: 'suspense' | 'collected'; readonly out: Account; readonly ground: string; readonly by: By;
  readonly request?: { readonly id: string; readonly digest: string; readonly reason?: string };
  /** The platform gave it back by itself, on that day: nothing is ordered. Absent: we order it. */
  readonly doneOn?: LocalDate;
};

export type MoneyEvent =
  | { readonly type: 'ordered'; readonly gateway: string; readonly reference: string; readonly claim: Claim; readonly command: Command }
  | { readonly type: 'offered'; readonly url: string }
  | { readonly type: 'asked'; readonly answer: 'pending' | 'unknown' | 'unreachable' }
  | { readonly type: 'failed'; readonly problem: string }
  | { readonly type: 'meant'; readonly claim: Claim }
  | { readonly type: 'arrived'; readonly arrival: Arrival; readonly posting: Posting }
  | { readonly type: 'unfit'; readonly transaction: string; readonly amount: string; readonly currency: string; readonly reason: string; readonly day: LocalDate }
  | { readonly type: 'allocated'; readonly transaction: string; readonly amount: Dong; readonly receipt: string; readonly claim: Claim; readonly posting: Posting }
  /** A person has found out what it is for. */
  | { readonly type: 'assigned'; readonly transaction: string; readonly claim: Claim; readonly command: Command }
  | { readonly type: 'set-aside'; readonly transaction: string; readonly reason: string }
  /** A line of a statement is the transfer that a counter has recorded for that charge: so much of it stood twice. `id`: of the request. */
  | { readonly type: 'recorded-before'; readonly id: string; readonly transaction: string; readonly amount: Dong; readonly claim: Claim; readonly ground: string; readonly by: By; readonly posting: Posting }
  | { readonly type: 'handed-back'; readonly transaction: string; readonly reason: string; readonly posting: Posting }
  | { readonly type: 'returning'; readonly back: Return }
  | { readonly type: 'returned'; readonly id: string; readonly posting: Posting }
  | { readonly type: 'return-refused'; readonly id: string; readonly reason: string }
  /** The platform gave back more than the books had (`amount`), or less (below zero), under a key in its file of `day`. */
  | { readonly type: 'refund-corrected'; readonly key: string; readonly transaction: string; readonly way: string; readonly amount: Dong; /** By how much more of the payment is in suspense for it; below zero: less. */ readonly aside: Dong; readonly day: LocalDate; readonly ground: string; readonly by: By; /** Absent: nothing that books of whole đồng can have. */ readonly posting?: Posting }
  /** What was claimed for a difference is paid, or lost. */
  | { readonly type: 'claim-ended'; readonly of: string; readonly way: ClaimWay; readonly ground: string; readonly by: By; readonly posting: Posting }
  /** What was claimed, and ended, is in a later file of the platform: so much of that end is undone. */
  | { readonly type: 'found-ended'; readonly of: string; readonly way: FoundWay; readonly amount: Dong; readonly ground: string; readonly by: By; readonly posting: Posting }
  /** The platform's file of another day than that in whose books a payment stands has so much of it. */
  | { readonly type: 'filed'; readonly transaction: string; readonly day: LocalDate; readonly amount: Dong }
  /** The post office has handed over what it had collected. */
  | { readonly type: 'remitted'; readonly remittance: Remittance; readonly posting: Posting }
  /** What a post office and the treasury have of a day without its having been collected or handed over. */
  | { readonly type: 'post-resolved'; readonly resolved: PostResolved; readonly posting: Posting }
  /** `way`: `noted` by a person, or `found`, which a later file says. */
  | { readonly type: 'corrected'; readonly transaction: string; readonly of: string; readonly way: string; readonly ground: string; readonly by: By; /** By how much the arrival is more, or less, than was booked. */ readonly delta?: Dong; readonly posting?: Posting };

export type Held = {
  readonly arrival: Arrival; readonly at: Instant; readonly claim: Claim | null; readonly receipt: string;
  readonly allocated: Dong; readonly backFromSuspense: Dong; readonly backFromCollected: Dong; readonly handedBack: boolean;
  /** How much of it stood in the books already, as a counter had recorded it; null: nothing, as far as is known. */
  readonly recorded: { readonly id: string; readonly amount: Dong } | null;
  /** What is in suspense again although the books had given it back; below zero: what has left it although they had not. */
  readonly byFile: Dong;
  /** By how much the arrival was made more, or less, than came at first. */
  readonly byCorrection: Dong;
  /** What files of other days have of it. */
  readonly filed: ReadonlyMap<LocalDate, Dong>;
  /** Why some of it is, or was, for no charge; '' while that is not decided, or all of it is. */
  readonly reason: string;
  /** The first such reason; stays when all has found its place. */
  readonly asideFor: string;
};
export type Unfit = Extract<MoneyEvent, { type: 'unfit' }> & { settled: boolean };
export type RefundCorrected = { readonly amount: Dong; readonly way: string; readonly day: LocalDate };
export type Money = {
  order: Extract<MoneyEvent, { type: 'ordered' }> | null; orderedAt: Instant; claim: Claim | null; url: string; failed: string;
  asks: number; lastAsk: { readonly at: Instant; readonly answer: string } | null;
  readonly held: Map<string, Held>; readonly unfit: Unfit[]; readonly returning: Map<string, { readonly back: Return; readonly at: Instant }>; readonly ended: Set<string>;
  /** What went back, by id. */
  readonly returns: Map<string, { readonly back: Return; readonly on: LocalDate }>;
  /** Differences that were resolved here, and how the last time. */
  readonly corrected: Map<string, string>; readonly remittances: Remittance[]; readonly postResolved: PostResolved[]; readonly postings: Posting[];
  /** By how much the platform gave back more than the books had, by key. */
  readonly refunds: Map<string, RefundCorrected>;
  readonly claims: Claims;
};

export function emptyMoney(): Money {
  return { order: null, orderedAt: 0, claim: null, url: '', failed: '', asks: 0, lastAsk: null, held: new Map(), unfit: [], returning: new Map(), ended: new Set(), returns: new Map(), corrected: new Map(), remittances: [], postResolved: [], postings: [], refunds: new Map(), claims: new Map() };
}

export function foldMoney(told: Iterable<{ readonly event: object; readonly at: Instant }>): Money {
  const money = emptyMoney();
  for (const { event, at } of told) foldEvent(money, event as MoneyEvent, at);
  return money;
}

function foldEvent(money: Money, event: MoneyEvent, at: Instant): void {
  if ('posting' in event && event.posting !== undefined) money.postings.push(event.posting);
  switch (event.type) {
    case 'ordered': money.order = event; money.orderedAt = at; money.claim = event.claim; return;
    case 'offered': money.url = event.url; return;
    case 'asked': money.asks += 1; money.lastAsk = { at, answer: event.answer }; return;
    case 'failed': money.failed = event.problem; return;
    case 'meant': money.claim = event.claim; return;
    case 'unfit': money.unfit.push({ ...event, settled: false }); return;
    case 'corrected': foldCorrection(money, event); return;
    case 'filed': change(money, event.transaction, ({ filed }) => ({ filed: new Map([...filed, [event.day, event.amount]]) })); return;
    case 'remitted': money.remittances.push(event.remittance); return;
    case 'post-resolved': money.postResolved.push(event.resolved); return;
    case 'refund-corrected': foldRefund(money, event); return;
    case 'claim-ended': foldClaimEnded(money.claims, event.of, event.way); return;
    case 'found-ended': foldFound(money.claims, event.of, event); return;
    case 'returning': money.returning.set(event.back.id, { back: event.back, at }); return;
    case 'return-refused': money.returning.delete(event.id); money.ended.add(event.id); return;
    default: foldHeld(money, event, at);
  }
}

function foldCorrection(money: Money, { of, transaction, way, delta = 0, posting: booked }: Extract<MoneyEvent, { type: 'corrected' }>): void {
  money.corrected.set(of, way);
  if (booked !== undefined) foldClaim(money.claims, of, booked);
  for (const one of money.unfit) if (one.transaction === transaction && way !== 'found') one.settled = true;
  change(money, transaction, (held) => ({ byCorrection: held.byCorrection + delta, arrival: { ...held.arrival, amount: held.arrival.amount + delta }, ...(delta > 0 && held.reason === '' ? { reason: 'AMOUNT_OVER', asideFor: 'AMOUNT_OVER' } : {}) }));
}

/** What people find a payment by. */
export const referenceOf = (money: Money, transaction: string): string => money.order?.reference ?? transaction;

/** Names what differs about a refund, as the comparison of a day lists it. */
export const refundId = (key: string): string => `refund:${key}`;

function foldRefund(money: Money, { key, transaction, way, amount, aside: more, day, posting: booked }: Extract<MoneyEvent, { type: 'refund-corrected' }>): void {
  money.refunds.set(key, { amount: (money.refunds.get(key)?.amount ?? 0) + amount, way, day });
  const of = refundId(key);
  if (isFoundWay(way)) foldFound(money.claims, of, { way, amount: -amount });
  else if (booked !== undefined) { foldClaim(money.claims, of, booked); foldLoss(money.claims, of, booked); }
  // It ended in this way now, whatever became of a claim before.
  const claimed = money.claims.get(of);
  if (claimed !== undefined) money.claims.set(of, { ...claimed, ended: '' });
  const why = more > 0 ? 'REFUND_NOT_MADE' : '';
  change(money, transaction, ({ byFile, reason, asideFor }) => ({ byFile: byFile + more, reason: reason === '' ? why : reason, asideFor: asideFor === '' ? why : asideFor }));
}

type HeldEvent = Extract<MoneyEvent, { type: 'arrived' | 'allocated' | 'assigned' | 'recorded-before' | 'set-aside' | 'handed-back' | 'returned' }>;

function foldHeld(money: Money, event: HeldEvent, at: Instant): void {
  if (event.type === 'arrived') {
    money.held.set(event.arrival.transaction, { arrival: event.arrival, at, claim: null, receipt: '', allocated: 0, backFromSuspense: 0, backFromCollected: 0, handedBack: false, recorded: null, byFile: 0, byCorrection: 0, filed: new Map(), reason: '', asideFor: '' });
    return;
  }
  if (event.type === 'returned') {
    const back = money.returning.get(event.id)?.back;
    money.returning.delete(event.id);
    money.ended.add(event.id);
    if (back !== undefined) money.returns.set(event.id, { back, on: event.posting.on });
    if (back !== undefined) change(money, back.transaction, (held) => (back.from === 'suspense' ? { backFromSuspense: held.backFromSuspense + back.amount } : { backFromCollected: held.backFromCollected + back.amount }));
    return;
  }
  change(money, event.transaction, (held) => {
    switch (event.type) {
      case 'allocated': return { allocated: event.amount, receipt: event.receipt, claim: event.claim, ...(held.arrival.amount > event.amount ? { reason: 'AMOUNT_OVER', asideFor: held.asideFor === '' ? 'AMOUNT_OVER' : held.asideFor } : {}) };
      case 'recorded-before': return { recorded: { id: event.id, amount: event.amount }, ...(held.arrival.amount > event.amount ? { reason: 'AMOUNT_OVER' } : {}) };
      case 'assigned': return { reason: '', claim: event.claim, arrival: { ...held.arrival, command: event.command } };
      case 'set-aside': return { reason: event.reason, claim: null, asideFor: held.asideFor === '' ? event.reason : held.asideFor };
      case 'handed-back': return { handedBack: true, reason: event.reason };
    }
  });
}

function change(money: Money, transaction: string, next: (held: Held) => Partial<Held>): void {
  const held = money.held.get(transaction);
  if (held !== undefined) money.held.set(transaction, { ...held, ...next(held) });
}

/** What of an arrival is in suspense: neither for a charge nor back. */
export function rest({ handedBack, arrival, allocated: used, backFromSuspense, recorded, byFile }: Held): Dong {
  return handedBack ? 0 : arrival.amount - used - backFromSuspense - (recorded?.amount ?? 0) + byFile;
}

/** What of it nobody has decided: what is on its way back to whoever paid is nobody else's. */
export function free({ returning }: Money, held: Held): Dong {
  return [...returning.values()].filter(({ back }) => back.from === 'suspense' && back.transaction === held.arrival.transaction).reduce((left, { back }) => left - back.amount, rest(held));
}

/** What was set aside is for that charge. Nothing: it is no longer there for it. */
export function assigned(money: Money, transaction: string, told: { readonly claim: Claim; readonly command: Command }): readonly MoneyEvent[] {
  const held = money.held.get(transaction);
  return held === undefined || held.allocated > 0 || held.reason === '' || free(money, held) < told.claim.amount ? [] : [{ type: 'assigned', transaction, ...told }];
}

// ---------------------------------------------------------------- events with their postings

export const suspense = (source: Account): Account => account('suspense', source);

export function arrived(arrival: Arrival): MoneyEvent {
  return { type: 'arrived', arrival, posting: posting(arrival.day, { debit: arrival.source, credit: suspense(arrival.source), amount: arrival.amount }) };
}

/** `office`: who collected. */
export function allocated({ arrival }: Held, claim: Claim, { receipt, office, on }: { readonly receipt: string; readonly office: OfficeId; readonly on: LocalDate }): MoneyEvent {
  return { type: 'allocated', transaction: arrival.transaction, amount: claim.amount, receipt, claim, posting: posting(on, { debit: suspense(arrival.source), credit: account('collected', office), amount: claim.amount }) };
}

/** As if it had never come: whoever brought it has it again. */
export function handedBack({ arrival }: Held, reason: string): MoneyEvent {
  return { type: 'handed-back', transaction: arrival.transaction, reason, posting: posting(arrival.day, { debit: suspense(arrival.source), credit: arrival.source, amount: arrival.amount }) };
}

export type RecordedBefore = { readonly id: string; readonly claim: Claim; readonly ground: string; readonly by: By; readonly on: LocalDate };

/** Out of the account in which it never was a second time. */
export function recordedBefore({ arrival: { transaction, source } }: Held, amount: Dong, { on, ...more }: RecordedBefore): MoneyEvent {
  return { type: 'recorded-before', transaction, amount, ...more, posting: posting(on, { debit: suspense(source), credit: source, amount }) };
}

/** `office`: out of whose collection; not looked at for money in suspense. */
export function returnedMoney(back: Return, { arrival }: Held, office: OfficeId, on: LocalDate): MoneyEvent {
  const debit = back.from === 'suspense' ? suspense(arrival.source) : account('collected', office);
  return { type: 'returned', id: back.id, posting: posting(on, { debit, credit: back.out, amount: back.amount }) };
}

// ---------------------------------------------------------------- what is still owed

/** An order is final once money came for it or the gateway has said that none will. */
export const isFinal = (money: Money): boolean => money.order === null || money.held.size > 0 || money.unfit.length > 0 || money.failed !== '';

/** Arrivals that were told what they are for, and are not decided. */
export function undecided(money: Money): readonly Held[] {
  return [...money.held.values()].filter((one) => one.allocated === 0 && !one.handedBack && one.reason === '' && one.arrival.command !== undefined && (one.claim ?? money.claim) !== null);
}

/** Money of that reference has paid the charge, or is not decided yet. */
export function isTakenBy(money: Money, { dossier, charge }: Pick<Claim, 'dossier' | 'charge'>, reference: string): boolean {
  return [...money.held.values()].some((one) => {
    const claim = one.claim ?? money.claim;
    return one.arrival.command?.reference === reference && claim?.dossier === dossier && claim.charge === charge && !one.handedBack && (one.allocated > 0 || one.reason === '');
  });
}

/** What a person must look at. */
export function aside(money: Money): readonly Held[] {
  return [...money.held.values()].filter((one) => one.reason !== '' && rest(one) > 0);
}
