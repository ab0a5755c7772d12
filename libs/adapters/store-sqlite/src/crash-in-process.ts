/** Of tests: this process dies at a point. Each of its threads counts for itself, and no point is passed in two. */
import { armedCrash } from '@lienthong/kernel/ports/crash-points';
import type { ArmedCrash, CrashPoint } from '@lienthong/kernel/ports/crash-points';

/** Null: nothing is armed. */
export function crashInProcess(at: ArmedCrash | null): CrashPoint | undefined {
  return at === null ? undefined : armedCrash(at, () => process.kill(process.pid, 'SIGKILL'));
}
