/** Payments in the platform's file of a day, against what the books have of them. A later file may say otherwise than one before: what counts is the last. */
import type { By, Dong, FolderId, LocalDate } from '@lienthong/law';
import { claimedFor, endedWay, withdrawn } from './rules-claims.ts';
import { account, posting } from './rules-ledger.ts';
import type { Account, Move } from './rules-ledger.ts';
import { referenceOf, rest, suspense, undecided } from './rules-money.ts';
import type { Held, Money, MoneyEvent } from './rules-money.ts';
import { faultOf } from './rules-notice.ts';
import type { Day, Difference } from './rules-reconcile.ts';

/** A row of the platform's file. */
export type FileRow = { readonly kind: 'payment' | 'refund'; readonly reference: string; readonly transaction: string; readonly amount: string; readonly currency: string };

/** Whether a row can stand in books of whole đồng. */
export const isWhole = (row: FileRow): boolean => faultOf(row) === null;
export const fileId = (folder: FolderId, transaction: string): string => `file:${folder}/${transaction}`;
/** Of what a later file has although its claim had ended. */
export const foundId = (folder: FolderId, transaction: string): string => `found:${folder}/${transaction}`;

/** What the file has of one payment: `rows` of it. What books of whole đồng cannot have is not there. */
export function paymentIn(rows: readonly FileRow[]): Dong {
  return rows.filter((row) => row.kind === 'payment' && isWhole(row)).reduce((sum, { amount }) => sum + Number(amount), 0);
}

/** What all files have of a payment: `rows` of it in that of its own day, and what those of others had. */
export const inFiles = ({ filed }: Held, rows: readonly FileRow[]): Dong => [...filed.values()].reduce((sum, amount) => sum + amount, paymentIn(rows));

/** A platform closes its day when it likes: what its file of `day` has of payments in the books of other days. `rowsOf`: of one payment in it. */
export function filedElsewhere(money: Money, day: LocalDate, source: Account, rowsOf: (transaction: string) => readonly FileRow[]): readonly MoneyEvent[] {
  return [...money.held.values()].filter(({ arrival }) => arrival.source === source && arrival.day !== day).flatMap(({ arrival: { transaction }, filed }): readonly MoneyEvent[] => {
    const amount = paymentIn(rowsOf(transaction));
    return amount === (filed.get(day) ?? 0) ? [] : [{ type: 'filed', transaction, day, amount }];
  });
}

/** The file less the books. `back`: is claimed from the platform; `aside`: was taken out of suspense because a file had not had it; `late`: its claim has ended; `beyond`: was never in the books, or, below zero, is not in the file. */
type Gap = { readonly back: Dong; readonly aside: Dong; readonly late: Dong; readonly beyond: Dong };

export function gapOf({ claims }: Money, { arrival, byCorrection }: Held, id: string, theirs: Dong): Gap {
  const { open, settled } = claimedFor(claims, id), part = (left: Dong, most: Dong): Dong => Math.max(0, Math.min(left, most));
  const gap = theirs - (arrival.amount - open - settled), back = part(gap, open), aside = part(gap - back, -byCorrection), late = part(gap - back - aside, settled);
  return { back, aside, late, beyond: gap - back - aside - late };
}

export function fileDifferences({ day, booked, gateway, file }: Day): readonly Difference[] {
  if (file === null) return [];
  const rows = Map.groupBy(file, ({ transaction }) => transaction);
  return booked.flatMap(({ folder, money }) => [...money.held.values()].filter(({ arrival }) => arrival.source === account('gateway', gateway) && arrival.day === day).flatMap((held) =>
    ofPayment({ folder, money, held }, inFiles(held, rows.get(held.arrival.transaction) ?? []))));
}

function ofPayment({ folder, money, held }: { readonly folder: FolderId; readonly money: Money; readonly held: Held }, theirs: Dong): readonly Difference[] {
  const { transaction, amount } = held.arrival, id = fileId(folder, transaction), { back, aside, late, beyond } = gapOf(money, held, id, theirs), open = back + aside + beyond;
  const reference = referenceOf(money, transaction), way = money.corrected.get(id), found = money.claims.get(id)?.found ?? null, cause = theirs === 0 ? 'FILE_MISSES' : 'FILE_DIFFERS', all: Difference[] = [];
  if (open !== 0) all.push({ id, cause, reference, ours: theirs - open, theirs, resolved: false, resolution: '' });
  else if (way !== undefined) all.push({ id, cause: way === 'found' ? 'FILE_FINDS' : cause, reference, ours: amount, theirs, resolved: true, resolution: endedWay(money.claims, id, way) });
  const again = { id: foundId(folder, transaction), cause: 'FILE_FINDS', reference } as const;
  if (late > 0) all.push({ ...again, ours: 0, theirs: late, resolved: false, resolution: '' });
  else if (found !== null) all.push({ ...again, ours: found.amount, theirs: found.amount, resolved: true, resolution: found.way });
  return all;
}

export type Correcting = { readonly folder: FolderId; readonly transaction: string; readonly day: LocalDate; readonly ground: string; readonly by: By };

/**
 * Puts an arrival right by the platform's file. What is less is taken out of suspense, and beyond that claimed from the platform; what is more is claimed no longer, and beyond
 * that in suspense. Whatever is under way to a charge is not touched before that is decided.
 */
export function correction(money: Money, theirs: Dong | null, { folder, transaction, day, ground, by }: Correcting): readonly MoneyEvent[] {
  const held = money.held.get(transaction), id = fileId(folder, transaction), gap = held === undefined || theirs === null ? null : gapOf(money, held, id, theirs);
  const noted = { type: 'corrected', transaction, of: id, way: 'noted', ground, by } as const;
  if (held === undefined || gap === null || gap.back + gap.aside + gap.beyond === 0) {
    return money.unfit.some((one) => one.transaction === transaction && !one.settled) ? [{ ...noted, of: `said:${folder}/${transaction}` }] : [];
  }
  if (undecided(money).includes(held)) return [];
  if (gap.beyond >= 0) return [{ ...noted, ...putBack(held, gap.back, gap.aside + gap.beyond, day) }];
  const { source } = held.arrival, less = -gap.beyond, fromSuspense = Math.min(less, rest(held)), missing = less - fromSuspense, moves: Move[] = [];
  if (fromSuspense > 0) moves.push({ debit: suspense(source), credit: source, amount: fromSuspense });
  if (missing > 0) moves.push({ debit: account('difference', source), credit: source, amount: missing });
  return [{ ...noted, delta: -fromSuspense, posting: posting(day, ...moves) }];
}

function putBack({ arrival: { source } }: Held, back: Dong, aside: Dong, day: LocalDate): Pick<Extract<MoneyEvent, { type: 'corrected' }>, 'delta' | 'posting'> & object {
  const moves: Move[] = [];
  if (back > 0) moves.push(withdrawn(source, back));
  if (aside > 0) moves.push({ debit: source, credit: suspense(source), amount: aside });
  return { delta: aside, posting: posting(day, ...moves) };
}

/** The file has a payment now as it had come, although one before had not: what had been put right for that is put back. No person says so, for it means nothing else. */
export function foundAgain(money: Money, theirs: Dong, { folder, transaction, day, ground, by }: Correcting): readonly MoneyEvent[] {
  const held = money.held.get(transaction), id = fileId(folder, transaction);
  if (held === undefined || !money.corrected.has(id) || theirs !== held.arrival.amount - held.byCorrection) return [];
  const { back, aside } = gapOf(money, held, id, theirs);
  return back + aside === 0 ? [] : [{ type: 'corrected', transaction, of: id, way: 'found', ground, by, ...putBack(held, back, aside, day) }];
}
