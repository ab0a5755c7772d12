/** Some schedules of a simulation, on a thread of its own: it is told from which to which, and answers what it found, until it is told no more. */
import { parentPort } from 'node:worker_threads';
import { simulate } from '@lienthong/testkit/simulator';
import type { Violation } from '@lienthong/testkit/simulator';

export type Portion = { readonly seed: number; readonly from: number; readonly schedules: number };
export type Portioned = { readonly schedules: number; readonly violations: readonly Violation[] };

parentPort!.on('message', (portion: Portion) => {
  // What fails here fails the thread, and by that the simulation.
  void simulate(portion).then(({ schedules, violations }) => parentPort!.postMessage({ schedules, violations } satisfies Portioned));
});
