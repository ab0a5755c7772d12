/** Money that postmen collect: the post office owes it from the moment at which it was collected until the treasury has said that it was handed over, day by day. */
import { refuse } from '@lienthong/law';
import type { By, Dong, LocalDate, OfficeId, Refusal } from '@lienthong/law';
import { account, posting } from './rules-ledger.ts';
import type { Money, MoneyEvent } from './rules-money.ts';

/** Of the money that a post office collected on `day`; `to`: the treasury that has it. `id`: of the request. */
export type Remittance = { readonly id: string; readonly office: OfficeId; readonly day: LocalDate; readonly to: OfficeId; readonly amount: Dong; readonly by: By };

/** How what is left of a day ends without being handed over; `more`, `less`: whether the post office may have collected more, or less, than it handed over. */
export const postWays = {
  // way          more   less
  'written-off': { more: true, less: false, against: 'loss' }, // the treasury bears it
  'repaid': { more: false, less: true, against: 'bank' }, // the treasury gave the post office back what it had handed over for money that went back since
} as const;
export type PostWay = keyof typeof postWays;
export const isPostWay = (way: string): way is PostWay => Object.hasOwn(postWays, way);
/** `amount`: as if so much had been handed over; below zero: as if it had come back. */
export type PostResolved = { readonly id: string; readonly office: OfficeId; readonly day: LocalDate; readonly way: PostWay; readonly amount: Dong; readonly ground: string; readonly by: By };

/** Null: it cannot have ended in this way. */
export function resolvePost({ way, id, ground, by, day, on }: { readonly way: PostWay; readonly id: string; readonly ground: string; readonly by: By; readonly day: LocalDate; readonly on: LocalDate }, { office, collected, remitted: before }: PostDay): readonly MoneyEvent[] | null {
  const left = collected - before, rule = postWays[way];
  if (left === 0) return [];
  if (left > 0 ? !rule.more : !rule.less) return null;
  const held = account('post', office), against = account(rule.against, rule.against === 'bank' ? by.office : held);
  const move = left > 0 ? { debit: against, credit: held, amount: left } : { debit: held, credit: against, amount: -left };
  return [{ type: 'post-resolved', resolved: { id, office, day, way, amount: left, ground, by }, posting: posting(on, move) }];
}

export function remitted(remittance: Remittance, on: LocalDate): MoneyEvent {
  return { type: 'remitted', remittance, posting: posting(on, { debit: account('bank', remittance.to), credit: account('post', remittance.office), amount: remittance.amount }) };
}

export type PostDay = { readonly office: OfficeId; readonly collected: Dong; readonly remitted: Dong };

/** What each post office collected on a day, what went back of it left out, and what of it was handed over. */
export function postDays(booked: readonly Money[], day: LocalDate): readonly PostDay[] {
  const sums = new Map<OfficeId, { collected: Dong; remitted: Dong }>();
  const of = (office: OfficeId): { collected: Dong; remitted: Dong } => { const found = sums.get(office) ?? { collected: 0, remitted: 0 }; sums.set(office, found); return found; };
  for (const money of booked) {
    for (const { arrival, handedBack, backFromCollected, backFromSuspense } of money.held.values()) {
      if (arrival.day === day && arrival.source.startsWith(postPrefix) && !handedBack) of(arrival.source.slice(postPrefix.length)).collected += arrival.amount - backFromCollected - backFromSuspense;
    }
    for (const one of [...money.remittances, ...money.postResolved]) if (one.day === day) of(one.office).remitted += one.amount;
  }
  return [...sums].map(([office, sum]) => ({ office, ...sum }));
}

const postPrefix = account('post', '');

/** Names what a post office has of a day. */
export const postKey = (office: OfficeId, day: LocalDate): string => `${office} ${day}`;

/** The post offices and days that a record is about. */
export function postKeysOf({ held, remittances, postResolved }: Money): readonly string[] {
  const collected = [...held.values()].filter(({ arrival }) => arrival.source.startsWith(postPrefix)).map(({ arrival: { source, day } }) => ({ office: source.slice(postPrefix.length), day }));
  return [...collected, ...remittances, ...postResolved].map(({ office, day }) => postKey(office, day));
}

/** More than is there cannot have been handed over. */
export function remitRefusal(amount: Dong, { collected, remitted: before }: Pick<PostDay, 'collected' | 'remitted'>): Refusal | null {
  const left = collected - before;
  return amount > left ? refuse('AMOUNT_DIFFERS', { amount: String(amount), due: String(left) }, 'amount') : null;
}
