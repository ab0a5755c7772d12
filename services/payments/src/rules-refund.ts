/**
 * Money that went back at the platform otherwise than in the books. What the platform did is a fact, so the books follow its file: what it never gave back is in suspense again,
 * what it gave back by itself is out of suspense, out of what was collected, a claim on it, or a loss; a person says which, with a ground.
 */
import type { By, Dong, LocalDate } from '@lienthong/law';
import { claimedFor, endFound, isFoundWay, withdrawn } from './rules-claims.ts';
import type { FoundWay } from './rules-claims.ts';
import { account, posting } from './rules-ledger.ts';
import type { Account, Move } from './rules-ledger.ts';
import { refundId, rest, suspense } from './rules-money.ts';
import type { Held, Money, MoneyEvent } from './rules-money.ts';
import { keyOf } from './rules-owed.ts';

/** How what differs ends; `more`, `less`: whether the platform may have given back more, or less, than the books say. */
export const refundWays = {
  // way          less   more   meaning
  'put-back': { less: true, more: false }, // it gave nothing back, or less: the money is set aside again and still to be returned, or nobody owes it any more
  'repaid': { less: true, more: false }, // it gave nothing away, and this treasury gave back what it had been paid for that
  'recovered': { less: true, more: false }, // likewise, and what was written off is not lost
  'adopted': { less: false, more: true }, // it gave back what was for no charge, or the charge itself
  'claimed': { less: false, more: true }, // it owes what it gave away: a claim until `made-good` or `written-off`
  'written-off': { less: false, more: true }, // the treasury bears it
  'noted': { less: false, more: false }, // no whole đồng: looked into
} as const;
export type RefundWay = keyof typeof refundWays;
export const isRefundWay = (way: string): way is RefundWay => Object.hasOwn(refundWays, way);

/** `theirs`: what the file has under the key; null: no whole đồng. `transaction`: the payment that it gave back; '' or one that no record has: nobody here knows it. `source`: its account. */
export type RefundPart = { readonly key: string; readonly transaction: string; readonly source: Account; readonly theirs: Dong | null };
/** `on`: the day of the file; `today`: in whose books a correction stands. */
export type RefundResolving = { readonly way: RefundWay; readonly ground: string; readonly by: By; readonly mark: { readonly id: string; readonly digest: string }; readonly on: LocalDate; readonly today: LocalDate };

/** What the books have as given back under a key. */
export function givenBack(money: Money, key: string): Dong {
  return ([...money.returns.values()].find(({ back }) => keyOf(back) === key)?.back.amount ?? 0) + (money.refunds.get(key)?.amount ?? 0);
}

/** Null: it cannot have ended in this way. Nothing: the books say what the file says. */
export function resolveRefund(money: Money, part: RefundPart, how: RefundResolving): readonly MoneyEvent[] | null {
  const { key, transaction, source, theirs } = part, { way, by, ground, today, on } = how;
  const told = { type: 'refund-corrected', key, transaction, way, day: on, ground, by } as const;
  if (theirs === null) return way !== 'noted' ? null : money.refunds.has(key) ? [] : [{ ...told, amount: 0, aside: 0 }];
  const gap = theirs - givenBack(money, key), held = money.held.get(transaction);
  if (gap === 0) return [];
  if (gap > 0 ? !refundWays[way].more : !refundWays[way].less) return null;
  if (gap < 0) return isFoundWay(way) ? undone(money, part, { ...how, way, gap, told }) : putBack(money, held, part, { gap, told, today });
  if (way === 'adopted') return held === undefined ? null : adopted(money, held, part, { ...how, gap, told });
  // What is for no charge has gone first: nobody can give it back once more.
  const aside = held === undefined ? 0 : Math.min(spare(held), gap), beyond = account(way === 'claimed' ? 'difference' : 'loss', source);
  const moves: Move[] = [];
  if (aside > 0) moves.push({ debit: suspense(source), credit: source, amount: aside });
  if (gap > aside) moves.push({ debit: beyond, credit: source, amount: gap - aside });
  return [{ ...told, amount: gap, aside: 0 - aside, posting: posting(today, ...moves) }];
}

/** Below zero: what was claimed because a file before had it, what ended so, and what is aside again. */
function partsOf({ claims }: Money, key: string, gap: Dong): { readonly back: Dong; readonly late: Dong; readonly aside: Dong } {
  const { open, settled } = claimedFor(claims, refundId(key)), back = Math.min(-gap, open), late = Math.min(-gap - back, settled);
  return { back, late, aside: -gap - back - late };
}

/** What is claimed is claimed no longer, and what the books had given back is set aside again; not what a claim that ended, or a loss, has made up for. */
function putBack(money: Money, held: Held | undefined, { key, source }: RefundPart, { gap, told, today }: Pick<Adopting, 'gap' | 'told' | 'today'>): readonly MoneyEvent[] | null {
  const { back, aside } = partsOf(money, key, gap), moves: Move[] = [];
  if (back + aside === 0 || (aside > 0 && held === undefined)) return null;
  if (back > 0) moves.push(withdrawn(source, back));
  if (aside > 0) moves.push({ debit: source, credit: suspense(source), amount: aside });
  return [{ ...told, amount: 0 - back - aside, aside, posting: posting(today, ...moves) }];
}

/** What the treasury was paid, or had written off, for what the platform never gave away. */
function undone(money: Money, { key }: RefundPart, { way, gap, told, ground, by, today }: Adopting & { readonly way: FoundWay }): readonly MoneyEvent[] | null {
  const [found] = endFound(money, partsOf(money, key, gap).late, { of: refundId(key), way, ground, by, today }) ?? [];
  return found?.type !== 'found-ended' ? null : [{ ...told, amount: -found.amount, aside: 0, posting: found.posting }];
}

/** What is in suspense and will not be a charge's by itself. */
const spare = (held: Held): Dong => (held.allocated > 0 || held.reason !== '' ? rest(held) : 0);

type Adopting = RefundResolving & { readonly gap: Dong; readonly told: Omit<Extract<MoneyEvent, { type: 'refund-corrected' }>, 'amount' | 'aside' | 'posting'> };

/** Out of suspense at once; out of a charge once its dossier says so, too. */
function adopted(money: Money, held: Held, { key, transaction, source, theirs }: RefundPart, { gap, told, ground, by, mark, on, today }: Adopting): readonly MoneyEvent[] | null {
  if (spare(held) >= gap) return [{ ...told, amount: gap, aside: -gap, posting: posting(today, { debit: suspense(source), credit: source, amount: gap }) }];
  if (gap !== theirs || held.allocated - held.backFromCollected < gap || money.ended.has(key)) return null;
  if (money.returning.has(key)) return [];
  return [{ type: 'returning', back: { id: key, transaction, amount: gap, from: 'collected', out: source, ground, by, request: { id: mark.id, digest: mark.digest }, doneOn: on } }];
}
