/** What a gateway's word about a payment means: each way in which it can differ from what was asked for has a reason of its own, and none of the money is passed over. */
import { amountFault, localDate } from '@lienthong/law';
import type { Commitment, Instant, LocalDate, RefusalCode } from '@lienthong/law';
import { account } from './rules-ledger.ts';
import { arrived } from './rules-money.ts';
import type { Arrival, Money, MoneyEvent } from './rules-money.ts';

/** As the gateway said it, authenticated. Texts where it might say nonsense. */
export type Notice = { readonly reference: string; /** `00`: paid. */ readonly code: string; readonly transaction: string; readonly amount: string; readonly currency: string; /** Code of the dossier, as it was given with the order. */ readonly info: string };
export type Heard = { readonly gateway: string; readonly via: Extract<Arrival['via'], 'callback' | 'query' | 'file'>; readonly day: LocalDate; readonly details?: Commitment };

/** A platform's clock may be behind ours by so much. */
export const maxClockBehindMs = 5 * 60_000;
/** What nobody here ordered is heard of so late at most. */
export const maxUnorderedLateMs = 366 * 24 * 3_600_000;

/** In whose books money stands: of the day on which it moved, as the platform says; where that cannot be, of today, for nobody looks at any other. `since`: before that it cannot have moved; null: nobody here knows. */
export function bookedOn(movedAt: Instant | null, { now, since }: { readonly now: Instant; readonly since: Instant | null }): LocalDate {
  const isPossible = movedAt !== null && movedAt <= now && movedAt >= (since === null ? now - maxUnorderedLateMs : since - maxClockBehindMs);
  return localDate(isPossible ? movedAt : now);
}

export const paidCode = '00';
export const currency = 'VND';

/** An amount as books write it: `50000.00` is what `50000` is. What they cannot have stays as it was said. */
export const plainly = <T extends Pick<Notice, 'amount' | 'currency'>>(said: T): T => (faultOf(said) === null ? { ...said, amount: String(Number(said.amount)) } : said);

/** What follows from a notice; nothing: it was known. */
export function readNotice(money: Money, said: Notice, heard: Heard): readonly MoneyEvent[] {
  const notice = plainly(said);
  if (notice.code !== paidCode) return readFailure(money, notice, heard);
  const same = (one: { readonly amount: string | number; readonly currency?: string }): boolean => String(one.amount) === notice.amount && (one.currency ?? currency) === notice.currency;
  const known = money.held.get(notice.transaction), odd = money.unfit.filter((one) => one.transaction === notice.transaction);
  if ((known !== undefined && same(known.arrival)) || odd.some(same)) return [];
  if (known !== undefined) return [unfit(notice, 'CONTRADICTED', heard)];
  const fault = faultOf(notice);
  if (fault !== null) return [unfit(notice, fault, heard)];
  const reason: RefusalCode | null = odd.length > 0 ? 'CONTRADICTED' : misfit(money, notice);
  const event = arrived(arrivalOf(money, notice, heard));
  return reason === null ? [event] : [event, { type: 'set-aside', transaction: notice.transaction, reason }];
}

function readFailure(money: Money, notice: Notice, heard: Heard): readonly MoneyEvent[] {
  if (money.held.size === 0) return money.failed === '' && money.order !== null ? [{ type: 'failed', problem: notice.code }] : [];
  const said = money.unfit.some((one) => one.reason === 'CONTRADICTED' && one.amount === notice.amount && one.transaction === notice.transaction);
  return said ? [] : [unfit(notice, 'CONTRADICTED', heard)];
}

function unfit({ transaction, amount, currency: said }: Notice, reason: RefusalCode, { day }: Heard): MoneyEvent {
  return { type: 'unfit', transaction, amount, currency: said, reason, day };
}

/** Why an amount, as it was said, cannot stand in books of whole đồng. Before three digits a dot groups here and begins a fraction elsewhere: nobody guesses whether `50.000` is fifty đồng. */
export function faultOf({ amount, currency: said }: Pick<Notice, 'amount' | 'currency'>): Extract<RefusalCode, `AMOUNT_${string}` | 'CURRENCY_OTHER'> | null {
  if (said !== currency) return 'CURRENCY_OTHER';
  return /^-?\d{1,20}(\.(?!\d{3}$)\d{1,20})?$/.test(amount) ? amountFault(Number(amount)) : 'AMOUNT_INVALID';
}

/** Why good money is for no charge. What is over is found when the charge has its part. */
function misfit(money: Money, { info, amount }: Notice): RefusalCode | null {
  if (money.order === null || money.claim === null) return 'REFERENCE_UNKNOWN';
  if (info !== money.claim.code) return 'DOSSIER_DIFFERS';
  if (money.held.size > 0) return 'PAID_TWICE';
  return Number(amount) < money.claim.amount ? 'AMOUNT_PARTIAL' : null;
}

function arrivalOf(money: Money, { transaction, amount }: Notice, { gateway, via, day, details }: Heard): Arrival {
  const command = money.order?.command;
  const told = command === undefined ? {} : { command: { ...command, reference: `gateway|${gateway}|${transaction}`.toUpperCase(), ...(details === undefined ? {} : { details }) } };
  return { transaction, source: account('gateway', gateway), amount: Number(amount), day, via, ...told };
}
