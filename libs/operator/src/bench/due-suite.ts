/** Due dates on one core: start of the clock, then the end of a limit, by the released calendar; beside the same loop with dates that know no calendar. */
import { isTimeRefusal, millisPerDay, millisPerMinute, parseInstant, workingTime } from '@lienthong/law';
import type { Counting, WorkingTime } from '@lienthong/law';
import { loadReference } from '@lienthong/reference-data';
import { round } from './load.ts';

export type DueFigures = { readonly suite: 'due'; readonly per_s: number; /** Per second that the processor gave: what one core can when nothing else runs. */ readonly per_cpu_s: number; readonly computed: number; readonly refused: number; readonly raw: { readonly what: string; readonly per_s: number }; readonly ratio: number };
type Case = { readonly received: number; readonly span: string; readonly counting: Counting; readonly handOver: boolean };

/** Cases computed over and over; enough that no cache of them fits the processor's. */
const caseCount = 50_000;
/** Computations between two looks at the clock. */
const batch = 5_000;
const spans = ['1wd', '2wd', '3wd', '5wd', '7wd', '10wd', '15wd', '30wd', '4wh', '20wh', '40wh', '15d', '30d', '60d'] as const;
/** Share of the time for the loop without calendar. */
const rawShare = 0.2;

export function dueSuite(seconds: number): DueFigures {
  const work = workingTime(loadReference().calendar), cases = casesOf();
  for (const one of cases) dueOf(work, one);
  let computed = 0, refused = 0;
  const before = process.cpuUsage(), began = performance.now(), until = began + seconds * (1 - rawShare) * 1_000;
  while (performance.now() < until) {
    for (let n = 0; n < batch; n++) { if (dueOf(work, cases[(computed + n) % caseCount]!) === null) refused++; }
    computed += batch;
  }
  const per_s = computed / (performance.now() - began) * 1_000, cpu = process.cpuUsage(before);
  const raw = rawPerSecond(cases, seconds * rawShare);
  return { suite: 'due', per_s: round(per_s), per_cpu_s: round(computed / (cpu.user + cpu.system) * 1_000_000), computed, refused, raw: { what: 'new Date(…) of the receipt, days added, no calendar', per_s: round(raw) }, ratio: round(per_s / raw) };
}

function dueOf(work: WorkingTime, { received, span, counting, handOver }: Case): number | null {
  const start = work.startOfClock(received, { sessions: 'default', handOver });
  if (isTimeRefusal(start)) return null;
  const due = work.dueAt(start.starts, span, counting, 'default');
  return isTimeRefusal(due) ? null : due.due;
}

/** Receipts of four years, spread by a fixed step so that every run measures the same. */
function casesOf(): Case[] {
  const from = parseInstant('2022-06-01T00:00+07:00') as number, stride = 7_919 * 17 * millisPerMinute, range = 4 * 365 * millisPerDay;
  return Array.from({ length: caseCount }, (_, n): Case => {
    const span = spans[n % spans.length]!;
    return { received: from + (n * stride) % range, span, counting: n % 4 === 0 && !span.endsWith('wh') ? 'first-day-excluded' : 'elapsed', handOver: n % 2 === 0 };
  });
}

function rawPerSecond(cases: readonly Case[], seconds: number): number {
  let done = 0, sum = 0;
  const began = performance.now(), until = began + seconds * 1_000;
  while (performance.now() < until) {
    for (let n = 0; n < batch; n++) {
      const date = new Date(cases[(done + n) % caseCount]!.received);
      date.setUTCDate(date.getUTCDate() + 3);
      sum += date.getTime() % 7;
    }
    done += batch;
  }
  if (sum < 0) throw new RangeError('the loop was not run');
  return done / (performance.now() - began) * 1_000;
}
