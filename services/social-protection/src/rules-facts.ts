/** What the register of beneficiaries holds, and the changes that dossiers bring. Plain values. */
import type { AreaId, CitizenPart, Dong, LocalDate } from '@lienthong/law';
import { later, monthBefore, monthOf, monthsBefore, nextMonth } from './rules-months.ts';
import type { Month } from './rules-months.ts';
import type { Account, PayTo } from './rules-payment-ways.ts';

/** Monthly social allowance, social pension, funeral support paid once. A person has at most one file of each kind. */
export type Kind = 'monthly-allowance' | 'social-pension' | 'funeral-support';

/** What is paid from a month on, by which decision, and where to. */
export type Rate = {
  readonly from: Month; readonly group: string; readonly amount: Dong; readonly decisionNumber: string;
  /** The month in which it was decided: months before it were paid as they were, and what is owed for them is paid with this one. Absent: each month was paid by it. */
  readonly decidedIn?: Month;
  /** It is what the law gives the group, and follows it; absent: the office decided the amount. */
  readonly byStandard?: true;
  /** Absent: by the post. */
  readonly account?: Account;
};
/** A commune that pays; `endMonth` '': it still does. */
export type Residence = {
  readonly area: AreaId; readonly startMonth: Month; readonly endMonth: Month;
  /** The month in which it granted support or took the file over, where that was later than the first that it owes: on lists before it the person was nobody's, and they are paid with this one. Absent: it paid from the first, or what was granted late stands with the rate alone. */
  readonly decidedIn?: Month;
};

export type Beneficiary = {
  readonly beneficiary: string; readonly person: CitizenPart; readonly kind: Kind;
  readonly state: 'active' | 'moving' | 'stopped';
  /** First and last month of the present grant; `endMonth` '': no end. */
  readonly startMonth: Month; readonly endMonth: Month;
  /** Oldest first; at least one. */
  readonly rates: readonly Rate[];
  /** Oldest first; at least one. The last commune keeps the file. */
  readonly residences: readonly Residence[];
  /** Where the file was sent; '' when it is not on its way. */
  readonly movingTo: AreaId;
  /** Code of the dossier of the last change; '' before the hub. */
  readonly code: string;
  /** What was decided last where several files seemed to be one person's; absent: nothing. */
  readonly clashOrder?: ClashOrder;
  /** Months of which it was not paid because another file of seemingly the same person was; absent: none. */
  readonly withheld?: readonly Withheld[];
  /** The last month that was on a list when the present grant was ended, where it ended earlier: it was paid all the same. Absent: none. */
  readonly listedTo?: Month;
};
/** `of`: the ids of all files that clashed; `keeps`: of those that go on. */
export type ClashOrder = { readonly of: readonly string[]; readonly keeps: readonly string[]; readonly ground: string; readonly on: LocalDate };
/** From `from` on, until the month `until` with which `owed` is paid. */
export type Withheld = { readonly from: Month; readonly until: Month; readonly owed: Dong };

export const personKey = (kind: Kind, number: string): string => `${kind}|${number}`;
export const areaOf = ({ residences }: Beneficiary): AreaId => residences.at(-1)!.area;
export const rateNow = ({ rates }: Beneficiary): Rate => rates.at(-1)!;

/** The commune that pays a file in a month; null: nobody does. Communes of earlier grants have last months of their own: what they paid stays on their lists when support is granted again. */
export function payerIn(one: Beneficiary, month: Month): AreaId | null {
  if (one.endMonth !== '' && month > one.endMonth) return null;
  if (one.kind === 'funeral-support' && month !== one.startMonth) return null;
  const resident = residentIn(one, month);
  return resident === undefined || month < (resident.decidedIn ?? resident.startMonth) ? null : resident.area;
}

const residentIn = (one: Beneficiary, month: Month): Residence | undefined => one.residences.findLast(({ startMonth, endMonth }) => startMonth <= month && (endMonth === '' || month <= endMonth));

/** What is paid in a month by a commune, one of `areas`; null: nothing. */
export function paidIn(one: Beneficiary, month: Month, areas: readonly AreaId[]): Rate | null {
  const payer = payerIn(one, month);
  return payer === null || !areas.includes(payer) ? null : rateIn(one, month, month);
}

/** Whether lists to come have it: also what was stopped in advance, for a month that is still ahead. */
export const isPaidOn = ({ state, endMonth }: Beneficiary, day: LocalDate): boolean => state !== 'stopped' || endMonth > monthOf(day);

/** The month before, where somebody was paid in it: lists before this month's were made. '': nobody was. */
export function lastListed(one: Beneficiary, month: Month): Month | '' {
  const before = monthBefore(month);
  return paidIn(one, before, one.residences.map(({ area }) => area)) === null ? '' : before;
}

/** Nobody is paid by an earlier grant for months of the present one. */
const ratesFor = ({ rates, startMonth }: Beneficiary, month: Month): readonly Rate[] => (month < startMonth ? rates : rates.filter(({ from }) => from >= startMonth));

/** The rate of a month, as it was known in another one. */
function rateIn(one: Beneficiary, month: Month, knownIn: Month): Rate | null {
  return ratesFor(one, month).findLast((rate) => rate.from <= month && (rate.decidedIn ?? rate.from) <= knownIn) ?? null;
}

/** Months that arrears go back: more is for a court. */
export const maxArrearsMonths = 120;

/** Who pays what is owed for months before: the commune that pays this one, or, where support had ended by then, the one that paid it last. Of a file on its way nobody does until it is taken over. */
function settlerIn(one: Beneficiary, month: Month): Residence | undefined {
  return residentIn(one, month) ?? (one.state === 'moving' ? undefined : one.residences.findLast(({ endMonth }) => endMonth !== '' && endMonth < month));
}

/**
 * Truy lĩnh: what a decision of this month owes for months that its list had been made for, paid with this one by the commune that pays now; so with the months in which a file was on its
 * way from one commune to another. What is owed up to the last month of somebody who has died since, or is supported no more, is owed still. Nothing is taken back here where a decision lowers: what was paid too much is a person's to settle.
 */
export function arrearsIn(one: Beneficiary, month: Month, areas: readonly AreaId[]): Dong {
  const payer = settlerIn(one, month);
  if (payer === undefined || !areas.includes(payer.area) || one.kind === 'funeral-support') return 0;
  const isSupported = (past: Month): boolean => payer.endMonth === '' || past <= payer.endMonth;
  // Of the months in which nobody had the file no list was made, so what was decided in them is paid with this one, too.
  const since = payer.decidedIn === month ? payer.startMonth : month, first = one.rates.reduce<Month>((oldest, { from, decidedIn = '' }) => (decidedIn >= since && decidedIn <= month && from < oldest ? from : oldest), since);
  let owed = (one.withheld ?? []).reduce((sum, { until, owed: held }) => sum + (until === month && isSupported(monthBefore(until)) ? held : 0), 0);
  for (let past = later(first, monthsBefore(month, maxArrearsMonths)); past < month && isSupported(past); past = nextMonth(past)) {
    const known = rateIn(one, past, month), before = past >= since ? null : rateBefore(one, past, since);
    owed += Math.max(0, (known?.amount ?? 0) - (before?.amount ?? 0));
  }
  return owed;
}

/** `rate`: what is paid for the month itself, with `amount` 0 where support had ended before and `arrears` are owed still. */
export type Listed = { readonly area: AreaId; readonly rate: Rate; readonly arrears: Dong };

/** What stands of a file on the list of a month that communes make; null: nothing. */
export function listedIn(one: Beneficiary, month: Month, areas: readonly AreaId[]): Listed | null {
  const rate = paidIn(one, month, areas), arrears = arrearsIn(one, month, areas);
  if (rate !== null) return { area: payerIn(one, month)!, rate, arrears };
  const settler = settlerIn(one, month), last = settler === undefined ? null : rateIn(one, settler.endMonth, month);
  return arrears === 0 || last === null || settler!.endMonth === '' || settler!.endMonth >= month ? null : { area: settler!.area, rate: { ...last, amount: 0 }, arrears };
}

/** What the list of a past month had before the decisions of a later one. */
function rateBefore(one: Beneficiary, past: Month, month: Month): Rate | null {
  return ratesFor(one, past).findLast((rate) => rate.from <= past && (rate.decidedIn ?? rate.from) < month) ?? null;
}

export type SocialAction =
  | { readonly action: 'start'; readonly person: CitizenPart; readonly rate: Rate }
  /** Absent group or `payTo`: as it stands. */
  | { readonly action: 'adjust'; readonly rate: Omit<Rate, 'group' | 'account'> & { readonly group?: string }; readonly payTo?: PayTo }
  | { readonly action: 'stop'; readonly lastMonth: Month }
  /** The death chain: every file of the dead person that is paid ends with the month of death. */
  | { readonly action: 'stop-on-death'; readonly lastMonth: Month; readonly kinds: readonly Kind[] }
  | { readonly action: 'move-out'; readonly lastMonth: Month; readonly to: AreaId }
  | { readonly action: 'move-in'; readonly decisionNumber: string; /** In which it is decided; absent, as in what was announced before: not later than the first that is owed. */ readonly month?: Month; readonly payTo?: PayTo };

export type SocialChange = SocialAction & {
  readonly kind: Kind; readonly number: string; readonly code: string;
  /** The area that the deciding office answers for, and the day on which that is judged. */
  readonly area: AreaId; readonly today: LocalDate;
};
