/** What a process has used, from the operating system's own accounts. */
import { readFile } from 'node:fs/promises';

/** Clock ticks of /proc in a second. */
const ticksPerSecond = 100;

export type Usage = { readonly cpuSeconds: number; readonly rssMb: number };

export async function usageOf(pid: number): Promise<Usage> {
  const [stat, status] = await Promise.all([readFile(`/proc/${pid}/stat`, 'utf8'), readFile(`/proc/${pid}/status`, 'utf8')]);
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const rss = /VmRSS:\s+(\d+) kB/.exec(status)?.[1] ?? '0';
  return { cpuSeconds: (Number(fields[11]) + Number(fields[12])) / ticksPerSecond, rssMb: Math.round(Number(rss) / 1024) };
}
