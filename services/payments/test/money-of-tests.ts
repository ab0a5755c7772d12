/** Money as rules see it: told event by event. */
import type { LocalDate } from '@lienthong/law';
import { foldMoney } from '../src/rules-money.ts';
import type { Claim, Command, Money, MoneyEvent } from '../src/rules-money.ts';
import type { Heard, Notice } from '../src/rules-notice.ts';

export const day: LocalDate = '2026-11-28';
export const claim: Claim = { code: 'H47-1', dossier: 'folder-1', charge: 'intake~0/1/1', amount: 50_000 };
export const command: Command = { id: 'order-1', digest: 'd'.repeat(64), by: { office: 'counter-1', officer: 'cb-1' }, method: 'gateway', reference: '' };
export const ordered: MoneyEvent = { type: 'ordered', gateway: 'sandbox', reference: 'LT1', claim, command };
export const heard: Heard = { gateway: 'sandbox', via: 'callback', day };
export const notice: Notice = { reference: 'LT1', code: '00', transaction: 'GD1', amount: '50000', currency: 'VND', info: 'H47-1' };

export function moneyAfter(...events: readonly MoneyEvent[]): Money {
  return foldMoney(events.map((event, n) => ({ event, at: (n + 1) * 1_000 })));
}
