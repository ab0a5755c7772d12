/** Lists of one file while it is granted, raised, moved and ended in any order: what was on a list stays there, and each month is paid once, sooner or later. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { socialRules } from '../src/rules.ts';
import { listedIn } from '../src/rules-facts.ts';
import type { Beneficiary, SocialAction, SocialChange } from '../src/rules-facts.ts';
import { monthBefore, monthsBefore, nextMonth } from '../src/rules-months.ts';

const rules = socialRules({ areasNow: (id) => [{ id }] as never });
const person = { fullName: 'Bà Xuân', identityKind: 'IDENTITY_KIND_PERSONAL_NUMBER', identityNumber: '049145003333' };
const communes = ['A', 'B', 'C'], first = '2026-01', months = 14, after = 4;

/** `by`: how many months before (below zero) or after the month in which it is decided. */
type Step = { readonly month: number; readonly what: 'start' | 'adjust' | 'stop' | 'stop-on-death' | 'move-out' | 'move-in'; readonly by: number; readonly to: string; /** By the commune that was left, while the file is on its way. */ readonly left: boolean };
const steps = fc.array(fc.record({ month: fc.nat({ max: months - 1 }), what: fc.constantFrom<Step['what'][]>('start', 'adjust', 'stop', 'stop-on-death', 'move-out', 'move-in'), left: fc.boolean(), by: fc.integer({ min: -3, max: 1 }), to: fc.constantFrom(...communes) }), { maxLength: 12 })
  .map((all): Step[] => all.toSorted((a, b) => a.month - b.month));

const shifted = (month: string, by: number): string => monthsBefore(month, -by);

/** As an office decides it: amounts rise, support does not end before this month, a file leaves with the month before at the earliest. */
function actionOf({ what, by, to }: Step, now: string, n: number): SocialAction {
  const from = shifted(now, by), rate = { from, group: 'g', amount: 100 + n, decisionNumber: `QĐ ${n}`, ...(from < now ? { decidedIn: now } : {}) };
  switch (what) {
    case 'start': return { action: 'start', person, rate };
    case 'adjust': return { action: 'adjust', rate };
    case 'stop': return { action: 'stop', lastMonth: shifted(now, Math.max(by, 0)) };
    case 'stop-on-death': return { action: 'stop-on-death', lastMonth: shifted(now, Math.max(by, 0)), kinds: ['monthly-allowance'] };
    case 'move-out': return { action: 'move-out', lastMonth: shifted(now, Math.max(by, -1)), to };
    case 'move-in': return { action: 'move-in', decisionNumber: `QĐ ${n}`, month: now };
  }
}

class Life {
  file: Beneficiary | null = null;
  readonly due = new Map<string, number>();
  readonly listed = new Map<string, string>();
  paid = 0;

  decides(action: SocialAction, { month, to = '', left = false }: { readonly month: string; readonly to?: string; readonly left?: boolean }): void {
    const area = this.file === null ? to : (left ? '' : this.file.movingTo) || this.file.residences.at(-1)!.area;
    const next = rules.next({ ...action, kind: 'monthly-allowance', number: person.identityNumber, code: 'HS', area, today: `${month}-10` } as SocialChange, 'key', this.file);
    if (next === null || 'problem' in next) return;
    this.file = next;
    if (action.action === 'start' || action.action === 'adjust') for (let month = action.rate.from, n = 0; n < 2 * months + after; n++, month = nextMonth(month)) if (action.action === 'start' || this.due.has(month)) this.due.set(month, action.rate.amount);
    if (action.action === 'stop' || action.action === 'stop-on-death') for (const month of [...this.due.keys()]) if (month > action.lastMonth) this.due.delete(month);
  }

  list(month: string): string {
    return communes.map((area) => { const found = this.file === null ? null : listedIn(this.file, month, [area]); return found === null ? '' : `${area} ${found.rate.amount} + ${found.arrears}`; }).join();
  }

  makes(month: string): void {
    this.listed.set(month, this.list(month));
    for (const area of communes) { const found = this.file === null ? null : listedIn(this.file, month, [area]); this.paid += (found?.rate.amount ?? 0) + (found?.arrears ?? 0); }
  }
}

test('a list that is made twice reads the same, and lists and arrears come to what was decided of each month, no more and no less', () => {
  fc.assert(fc.property(steps, (given) => {
    const life = new Life();
    let month = first;
    for (let n = 0; n < months + after; n++, month = nextMonth(month)) {
      given.forEach((step, k) => { if (step.month === n) life.decides(actionOf(step, month, k), { ...step, month }); });
      // Whoever is on his way arrives in the end.
      if (n === months) life.decides({ action: 'move-in', decisionNumber: 'QĐ', month }, { month });
      life.makes(month);
    }
    expect(new Map([...life.listed.keys()].map((one) => [one, life.list(one)]))).toEqual(life.listed);
    expect(life.paid).toBe([...life.due].reduce((sum, [one, amount]) => sum + (one <= monthBefore(month) ? amount : 0), 0));
  }), { numRuns: 500 });
});
