/** When offices work: weekly hours, days off and days that are worked instead, announced failures. Dated data with their sources. */
import type { Hash } from '@lienthong/folder';
import type { Instant, LocalDate, OfficeId, Source, Text, Validity } from './types.ts';

/** Weekly sessions, in minutes after midnight, +07:00; 0 = Sunday … 6 = Saturday. */
export type Sessions = Validity & { readonly id: string; readonly week: Readonly<Record<number, readonly { readonly from: number; readonly to: number }[]>>;
  /** Weekly rest days (0 = Sunday … 6 = Saturday) on which limits run all the same; absent: none. */
  readonly countsOnRestDays?: readonly number[] };
export type CalendarDay = { readonly date: LocalDate; readonly kind: 'holiday' | 'observed' | 'swap-off' | 'swap-working'; readonly name: string; readonly status: 'announced' | 'computed' | 'to-confirm' };
export type Calendar = { readonly days: ReadonlyMap<LocalDate, CalendarDay>; /** Years that have rows; elsewhere no date is computed. */ readonly years: ReadonlySet<number>; readonly sessions: readonly Sessions[];
  /** Announced failures; absent: none. */
  readonly outages?: readonly Outage[];
  /** Fingerprint of the calendar where it is kept apart from the other data; absent: that of the whole. */
  readonly digest?: Hash };
/** An announced failure of the systems: processing time goes on only from recovery (NĐ 301/2026 art. 3.4). */
export type Outage = { readonly id: string; readonly from: Instant; /** Recovery; null: it lasts. */ readonly to: Instant | null; /** Offices that could not work; absent: all. */ readonly offices?: readonly OfficeId[]; readonly name: Text; readonly source: Source };
