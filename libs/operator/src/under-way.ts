/** Whether a service is at rest. */
import type { operator } from '@lienthong/contract';

/** What a service has to send, to hear, to mark, to carry out and to compare. 0: nothing is on its way, and copies agree. */
export function underWay({ waitingUpdates, outstandingUpdates, unsettledMarks, runningEffects, comparisons }: operator.ServiceStatus): number {
  return waitingUpdates + outstandingUpdates + unsettledMarks + runningEffects + comparisons;
}
