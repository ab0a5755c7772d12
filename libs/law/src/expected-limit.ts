/** When the clock of a whole dossier starts and ends as far as can be told at its receipt. One rule for the receipt and for what is recomputed later. */
import type { Counting, Suspension, TimeRefusal, WorkingTime } from './time/index.ts';
import { isTimeRefusal } from './time/index.ts';
import type { Instant, Span } from './types.ts';

export type DossierRule = {
  readonly receivedAt: Instant; readonly handOver: boolean; readonly limit: Span; readonly counting: Counting;
  /** Weekly sessions of the counter, and of the competent office where its own receipt starts the clock; null: the counter's does. */
  readonly counter: string; readonly competent: string | null;
  /** Stretches that are known not to count; absent: none. */
  readonly waits?: readonly Suspension[];
};
export type ExpectedLimit = { readonly startsAt: Instant; readonly dueAt: Instant; readonly provisional: boolean };

/**
 * The counter hands over the same working day, or at the start of the next (NĐ 309/2026 art. 9). For boundary-free intake the competent office's clock starts when it
 * receives (art. 8.3): expected at the handover, in its own hours.
 */
export function expectedLimit({ receivedAt, handOver, limit, counting, counter, competent, waits = [] }: DossierRule, work: WorkingTime): ExpectedLimit | TimeRefusal {
  const handedOver = work.startOfClock(receivedAt, { sessions: counter, handOver });
  if (isTimeRefusal(handedOver)) return handedOver;
  const start = competent === null ? handedOver : work.startOfClock(handedOver.starts, { sessions: competent, handOver: false });
  if (isTimeRefusal(start)) return start;
  const due = work.dueWithSuspensions(start.starts, limit, counting, waits, competent ?? counter);
  if (isTimeRefusal(due)) return due;
  return { startsAt: start.starts, dueAt: due.due, provisional: handedOver.provisional || start.provisional || due.provisional };
}
