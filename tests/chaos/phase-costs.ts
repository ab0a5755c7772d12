/** What each part of a long test has cost the process under test: so a figure that grows faster than what was asked of it is seen. */
import { usageOf } from '@lienthong/operator';

export type PhaseCosts = {
  /** What ran since the last call belongs to `phase`. A process that was started anew since is counted from its start. */
  phase(name: string): Promise<void>;
  readonly text: string;
};

/** `pid`: of the present process. */
export function phaseCosts(pid: () => number): PhaseCosts {
  const lines: string[] = [];
  let at = performance.now(), last = { pid: 0, cpuSeconds: 0 };
  return {
    async phase(name) {
      const present = pid(), { cpuSeconds, rssMb } = await usageOf(present), now = performance.now();
      const used = cpuSeconds - (last.pid === present ? last.cpuSeconds : 0);
      lines.push(`${name}: ${((now - at) / 1_000).toFixed(1)} s, cpu ${used.toFixed(1)} s, rss ${rssMb} MB`);
      [at, last] = [now, { pid: present, cpuSeconds }];
    },
    get text() { return lines.join('\n'); },
  };
}
