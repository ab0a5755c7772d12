/** Nothing waits to be sent, acknowledged or run at any service. */
import { setTimeout as pause } from 'node:timers/promises';
import type { HubClient } from '@lienthong/journeys';

/** Longest drain, in milliseconds, and between two looks. */
export const maxDrainMs = 120_000;
const lookEveryMs = 20;

/** Resolves when the hub is drained; `quiet`: two looks in a row, for between two services something is in nobody's queue. */
export async function drained(hub: HubClient): Promise<void> {
  const until = Date.now() + maxDrainMs;
  for (let quiet = 0; quiet < 2;) {
    const { services } = await hub.operator.getStatus({});
    const busy = services.some((one) => one.waitingUpdates + one.outstandingUpdates + one.runningEffects > 0);
    quiet = busy ? 0 : quiet + 1;
    if (quiet < 2) await pause(lookEveryMs);
    if (Date.now() > until) throw new Error(`not drained in ${maxDrainMs} ms`);
  }
}
