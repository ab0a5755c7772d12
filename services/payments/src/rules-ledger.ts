/**
 * Double entry in whole đồng. A posting is made of moves, each from one account to another, so it cannot be out of balance; it stands in the entry of the record that
 * changed, so neither can be there without the other. The ledger is all postings of all records, and nothing is ever taken out of it.
 */
import { maxAmount } from '@lienthong/law';
import type { Dong, LocalDate, OfficeId } from '@lienthong/law';

/** What an account is about, in the order in which a balance is printed. */
export const accountKinds = {
  till: { vi: 'Tiền mặt trong ca thu', en: 'Cash in a till, by shift' },
  safe: { vi: 'Tiền mặt tại quỹ', en: 'Cash in the safe of an office' },
  bank: { vi: 'Tiền gửi kho bạc, ngân hàng', en: 'Money at the bank or treasury' },
  gateway: { vi: 'Tiền tại nền tảng thanh toán', en: 'Money at a payment gateway' },
  post: { vi: 'Tiền bưu điện thu hộ', en: 'Money that the post has collected' },
  suspense: { vi: 'Tiền chờ xử lý', en: 'Money that is not yet for any charge' },
  collected: { vi: 'Phí, lệ phí, thuế đã thu', en: 'Fees, charges and taxes collected' },
  difference: { vi: 'Chênh lệch chờ xử lý', en: 'Differences to be resolved' },
  loss: { vi: 'Tổn thất đã duyệt', en: 'Losses that were accepted' },
  surplus: { vi: 'Thừa quỹ ghi thu', en: 'Surplus that was kept' },
} as const;
export type AccountKind = keyof typeof accountKinds;
/** `till:<shift>`, `safe:<office>`, `gateway:<name>` … */
export type Account = `${AccountKind}:${string}`;

export const account = (kind: AccountKind, of: OfficeId | string): Account => `${kind}:${of}`;

/** `amount`: debit above zero, credit below. */
export type Line = { readonly account: Account; readonly amount: Dong };
/** `on`: the day in whose books it stands. */
export type Posting = { readonly on: LocalDate; readonly lines: readonly Line[] };
export type Move = { readonly debit: Account; readonly credit: Account; readonly amount: Dong };

/** Throws a RangeError where an amount is no whole number of đồng from 1 to the largest: whoever posts has checked it. */
export function posting(on: LocalDate, ...moves: readonly Move[]): Posting {
  for (const { amount } of moves) if (!Number.isSafeInteger(amount) || amount < 1 || amount > maxAmount) throw new RangeError(`nobody posts ${amount} đồng`);
  return { on, lines: moves.flatMap(({ debit, credit, amount }) => [{ account: debit, amount }, { account: credit, amount: -amount }]) };
}

/** Sums by account. Accounts at zero stay: they have moved. */
export function balances(postings: Iterable<Posting>): ReadonlyMap<Account, Dong> {
  const sums = new Map<Account, Dong>();
  for (const { lines } of postings) for (const { account: one, amount } of lines) sums.set(one, (sums.get(one) ?? 0) + amount);
  return sums;
}

/** What all lines come to: 0, or the books are damaged. */
export function imbalance(postings: Iterable<Posting>): Dong {
  let sum = 0;
  for (const { lines } of postings) for (const { amount } of lines) sum += amount;
  return sum;
}
