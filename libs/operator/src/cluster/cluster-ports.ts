/** A cluster that keeps its data answers where it answered before: whoever was cut off when all of it was killed finds it again. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePorts, isFree } from '@lienthong/testkit/servers/free-ports';

const fileIn = (directory: string): string => join(directory, 'ports.json');

/** One for each name. Those of the last cluster in `directory` as far as nobody has taken them meanwhile; undefined: nothing is kept. */
export async function portsFor(names: readonly string[], directory: string | undefined): Promise<readonly number[]> {
  const kept = directory === undefined ? new Map<string, number>() : await stillFree(directory, names);
  const taken = new Set(kept.values()), drawn = (await freePorts(names.length)).filter((port) => !taken.has(port));
  const ports = names.map((name) => kept.get(name) ?? drawn.pop()!);
  if (directory !== undefined) keep(directory, Object.fromEntries(names.map((name, at) => [name, ports[at]!])));
  return ports;
}

async function stillFree(directory: string, names: readonly string[]): Promise<ReadonlyMap<string, number>> {
  const known = portsIn(directory), found = new Map<string, number>();
  for (const name of names) {
    const port = known[name];
    if (typeof port === 'number' && await isFree(port)) found.set(name, port);
  }
  return found;
}

/** None where there was no cluster, or nobody can read what it left. */
function portsIn(directory: string): Readonly<Record<string, unknown>> {
  try { return (JSON.parse(readFileSync(fileIn(directory), 'utf8')) ?? {}) as Record<string, unknown>; } catch { return {}; }
}

function keep(directory: string, ports: Readonly<Record<string, number>>): void {
  mkdirSync(directory, { recursive: true });
  writeFileSync(fileIn(directory), `${JSON.stringify(ports, null, 2)}\n`, { mode: 0o600 });
}
