/** What putting back a change makes of a file, or what was paid by it since. */
import type { Changed, Problem } from '@lienthong/dossier-service';
import type { LocalDate } from '@lienthong/law';
import type { Beneficiary, SocialChange } from './rules-facts.ts';
import { monthOf, nextMonth } from './rules-months.ts';
import type { Month } from './rules-months.ts';

/** Months that were paid stay as they were paid: once one has begun under the change, a person decides what is given back. */
export function undoneFile(change: SocialChange, { before, after, now }: Changed<Beneficiary>, today: LocalDate): { readonly facts: Beneficiary | null } | Problem {
  if (JSON.stringify(now) !== JSON.stringify(after)) return { problem: 'hồ sơ hưởng đã có thay đổi tiếp theo' };
  const first = firstMonth(change, before, after);
  return monthOf(today) >= first ? { problem: `đã chi trả theo quyết định này từ tháng ${first}` } : { facts: before };
}

/** The first month that is paid otherwise because of the change. */
function firstMonth(change: SocialChange, before: Beneficiary | null, after: Beneficiary): Month {
  const { startMonth, decidedIn } = after.residences.at(-1)!;
  switch (change.action) {
    case 'start': case 'adjust': return change.rate.decidedIn ?? change.rate.from;
    // Of a file on its way it is paid what nobody had a list for.
    case 'stop': case 'stop-on-death': return after.residences.length > (before?.residences.length ?? 0) ? decidedIn ?? startMonth : nextMonth(after.endMonth);
    case 'move-out': return nextMonth(change.lastMonth);
    case 'move-in': return decidedIn ?? startMonth;
  }
}
