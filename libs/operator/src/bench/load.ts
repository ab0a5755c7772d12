/** Load with a bounded number of calls in flight, and what it came to. */
import type { HubClient } from '@lienthong/journeys';
import { drained } from './drained.ts';
import type { Usage } from './process-usage.ts';

/** Before anything is counted the hub is put under the same load for so long, in seconds: a process that has just started still compiles what it runs. */
const warmUpSeconds = 10;

export type Figures = { readonly count: number; readonly seconds: number; readonly per_s: number; readonly p50_ms: number; readonly p99_ms: number };

/** Runs `one` again and again, `inFlight` at a time, until `seconds` are over; resolves when the last has ended. */
export async function load(seconds: number, inFlight: number, one: (n: number) => Promise<void>): Promise<{ readonly latencies: number[]; readonly startedAt: number }> {
  const startedAt = performance.now(), until = startedAt + seconds * 1_000;
  const latencies: number[] = [];
  let n = 0;
  const worker = async (): Promise<void> => {
    while (performance.now() < until) {
      const at = performance.now();
      await one(n++);
      latencies.push(performance.now() - at);
    }
  };
  await Promise.all(Array.from({ length: inFlight }, worker));
  return { latencies, startedAt };
}

/** What is measured: the hub, where its intake listens, and what it has used so far. */
export type Benched = { readonly hub: HubClient; readonly intakeAddress: string; usage(): Promise<Usage> };
export type Measured = { readonly latencies: readonly number[]; readonly seconds: number; readonly cpuSeconds: number };

export async function warmUp({ hub }: Benched, inFlight: number, one: (n: number) => Promise<void>): Promise<void> {
  await load(warmUpSeconds, inFlight, one);
  await drained(hub);
}

/** From the first call until everything downstream was drained. */
export async function measured({ hub, usage }: Benched, seconds: number, inFlight: number, one: (n: number) => Promise<void>): Promise<Measured> {
  const before = await usage();
  const { latencies, startedAt } = await load(seconds, inFlight, one);
  await drained(hub);
  const tookSeconds = (performance.now() - startedAt) / 1_000;
  return { latencies, seconds: tookSeconds, cpuSeconds: (await usage()).cpuSeconds - before.cpuSeconds };
}

/** `seconds`: from the first call until everything downstream was drained. */
export function figuresOf(latencies: readonly number[], seconds: number, count = latencies.length): Figures {
  const sorted = [...latencies].sort((a, b) => a - b);
  return { count, seconds, per_s: round(count / seconds), p50_ms: round(quantile(sorted, 0.5)), p99_ms: round(quantile(sorted, 0.99)) };
}

function quantile(sorted: readonly number[], q: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))] ?? Number.NaN;
}

export const round = (value: number): number => Math.round(value * 100) / 100;
