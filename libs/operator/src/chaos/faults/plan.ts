/** Which faults come when: drawn from the seed alone. */
import type { Random } from '@lienthong/testkit/simulator';

export const faultKinds = [
  'broker-killed', 'broker-paused', 'database-killed', 'database-paused', 'service-killed', 'service-paused', 'connections-reset', 'link-stalled', 'link-half-open', 'topic-deleted', 'database-set-back', 'database-set-back-untold', 'second-instance',
] as const;
export type FaultKind = (typeof faultKinds)[number];

/** `chance`: picks whom it befalls, 0 ≤ chance < 1. */
export type PlannedFault = { readonly kind: FaultKind; readonly gapMs: number; readonly lengthMs: number; readonly chance: number };

const maxGapMs = 2_500, minLengthMs = 1_000, maxLengthMs = 7_000;

/** Without end. Every kind comes once before any comes again. */
export function* plannedFaults(random: Random, kinds: readonly FaultKind[] = faultKinds): Generator<PlannedFault> {
  for (;;) {
    const left = [...kinds];
    while (left.length > 0) {
      const [kind] = left.splice(random.below(left.length), 1);
      yield { kind: kind!, gapMs: random.below(maxGapMs), lengthMs: random.between(minLengthMs, maxLengthMs), chance: random.below(1_000) / 1_000 };
    }
  }
}
