/** Faults one after the other and beside each other, until they are over; each is told with its time. */
import type { Random } from '@lienthong/testkit/simulator';
import { lasts } from '../arena.ts';
import type { Arena } from '../arena.ts';
import { faultOf } from './faults.ts';
import { plannedFaults } from './plan.ts';
import type { FaultKind } from './plan.ts';

/** Milliseconds since the epoch. */
export type PastFault = { readonly kind: FaultKind; readonly target: string; readonly from: number; readonly to: number };
/** A fault that could not be carried out, or ended: the run proves nothing then. */
export type FailedFault = { readonly kind: FaultKind; readonly target: string; readonly problem: string };
export type Storm = { readonly past: readonly PastFault[]; readonly failed: readonly FailedFault[] };

const maxAtOnce = 2;

/** Resolves when the last has ended. */
export async function storm(arena: Arena, random: Random, kinds?: readonly FaultKind[]): Promise<Storm> {
  const past: PastFault[] = [], failed: FailedFault[] = [], running = new Set<Promise<void>>(), inUse = new Set<string>();
  for (const { kind, gapMs, lengthMs, chance } of plannedFaults(random, kinds)) {
    await lasts(arena, gapMs);
    const fault = faultOf[kind](arena, { lengthMs, chance });
    while (!arena.over.aborted && (running.size >= maxAtOnce || fault.needs.some((one) => inUse.has(one)))) await Promise.race([...running, aborted(arena.over)]);
    if (arena.over.aborted) break;
    for (const one of fault.needs) inUse.add(one);
    const from = Date.now();
    arena.note(`${kind}: ${fault.target}`);
    const run = fault.run()
      .catch((error: unknown) => { failed.push({ kind, target: fault.target, problem: error instanceof Error ? error.message : String(error) }); })
      .finally(() => {
        for (const one of fault.needs) inUse.delete(one);
        running.delete(run);
        past.push({ kind, target: fault.target, from, to: Date.now() });
        arena.note(`${kind}: ${fault.target} ended`);
      });
    running.add(run);
  }
  await Promise.all(running);
  return { past, failed };
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
