/** One simulation on several threads: each takes the next portion of schedules, so that the report is the same as of one thread. */
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import type { SimulationReport, Violation } from '@lienthong/testkit/simulator';
import type { Portion, Portioned } from './simulate-thread.ts';

/** Schedules that a thread takes at once. */
const portionSize = 20;
const maxThreads = 16;

export type ThreadedOptions = {
  readonly schedules: number; readonly seed: number;
  /** Absent: as many as the machine has cores, at most `maxThreads`. */
  readonly threads?: number;
  readonly progress?: (done: number) => void;
};

/** Rejects when a thread fails. */
export async function simulateOnThreads({ schedules, seed, threads = Math.min(availableParallelism(), maxThreads), progress }: ThreadedOptions): Promise<SimulationReport> {
  const violations: Violation[] = [];
  let next = 0, done = 0;
  const work = async (worker: Worker, failed: Promise<never>): Promise<void> => {
    while (next < schedules) {
      const portion: Portion = { seed, from: next, schedules: Math.min(portionSize, schedules - next) };
      next += portion.schedules;
      const found = await Promise.race([portioned(worker, portion), failed]);
      violations.push(...found.violations);
      done += found.schedules;
      progress?.(done);
    }
  };
  const workers = Array.from({ length: Math.min(threads, Math.ceil(schedules / portionSize)) }, () => new Worker(new URL('./simulate-thread.ts', import.meta.url)));
  try {
    await Promise.all(workers.map((worker) => work(worker, failureOf(worker))));
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
  return { schedules: done, violations: violations.sort((one, other) => one.schedule - other.schedule), seed };
}

function portioned(worker: Worker, portion: Portion): Promise<Portioned> {
  return new Promise((answered) => {
    worker.once('message', answered);
    worker.postMessage(portion);
  });
}

function failureOf(worker: Worker): Promise<never> {
  const failed = new Promise<never>((_resolve, reject) => {
    worker.once('error', reject);
    worker.once('exit', (code) => reject(new Error(`a thread of the simulation ended with ${code}`)));
  });
  // Its end after the last portion is no failure.
  failed.catch(() => {});
  return failed;
}
