/** What payments owes to money by itself: to finish what its caller has left, and to ask a gateway until it has said how an order ended. */
import type { Instant } from '@lienthong/law';
import { isFinal, undecided } from './rules-money.ts';
import type { Money, Return } from './rules-money.ts';

/** After so long nobody waits any more for what a call has begun. */
export const unattendedMs = 30_000;

/** Names what the law owes back. */
export const lawsPrefix = 'owed:';
/** It is finished by the dossier's own duty, unless an officer has ordered it, too. */
export const isOwedByLaw = ({ id }: Return): boolean => id.startsWith(lawsPrefix);
/** The key under which a platform was asked, as it stands in its file. */
export const keyOf = (back: Return): string => (isOwedByLaw(back) ? back.id.slice(lawsPrefix.length) : back.id);

/** How a gateway is asked again: first after `firstMs`, each time after twice as long, at most after `longestMs`; `times` in all, then a person must. */
export type Asking = { readonly firstMs: number; readonly longestMs: number; readonly times: number };
/** With these the last ask comes some 45 days after the order. */
export const asking: Asking = { firstMs: 15_000, longestMs: 6 * 3_600_000, times: 200 };

export type Owed = { readonly key: string; readonly perform: 'settle-money' | 'finish-return' | 'ask-gateway'; readonly input: { readonly of: string } };

/** When the gateway is asked next; null: no more. */
export function nextAskAt(money: Money, { firstMs, longestMs, times }: Asking): Instant | null {
  if (isFinal(money) || money.asks >= times) return null;
  return (money.lastAsk?.at ?? money.orderedAt) + Math.min(firstMs * 2 ** Math.min(money.asks, 30), longestMs);
}

type Timed = { readonly at: Instant; readonly owed: Owed };

function timed(money: Money, how: Asking): readonly Timed[] {
  const ask = nextAskAt(money, how);
  return [
    ...undecided(money).map(({ at, arrival: { transaction } }): Timed => ({ at: at + unattendedMs, owed: { key: `settle:${transaction}`, perform: 'settle-money', input: { of: transaction } } })),
    ...[...money.returning.values()].filter(({ back }) => !isOwedByLaw(back) || back.request !== undefined).map(({ at, back }): Timed => ({ at: at + unattendedMs, owed: { key: `return:${back.id}`, perform: 'finish-return', input: { of: back.id } } })),
    ...(ask === null ? [] : [{ at: ask, owed: { key: `ask:${money.asks}`, perform: 'ask-gateway', input: { of: String(money.asks) } } } satisfies Timed]),
  ];
}

export function owedNow(money: Money, now: Instant, how: Asking): readonly Owed[] {
  return timed(money, how).filter(({ at }) => at <= now).map(({ owed }) => owed);
}

export function owedLaterAt(money: Money, now: Instant, how: Asking): Instant | null {
  const later = timed(money, how).map(({ at }) => at).filter((at) => at > now);
  return later.length === 0 ? null : Math.min(...later);
}
