/** Ports of the loopback that nobody listens on. */
import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';
import type { Server } from 'node:net';

/**
 * Below those that systems give to clients (from 32768 on, elsewhere from 49152): whoever is killed and started again at its port must not find it taken by a connection that
 * somebody made meanwhile, were it the one of a client who calls that very port.
 */
const lowest = 20_000, beyond = 32_000;
/** Each process draws from a slice of its own, so that none takes what another has drawn and not bound yet, or will bind again. Where there are more processes than slices, they draw from all. */
const slices = 24, sliceSize = (beyond - lowest) / slices;
/** Who listens on the port of a slice, just below those that are drawn, has it until it ends, however it ends. */
const firstClaim = lowest - slices;
/** Ports tried for each that is wanted. */
const triesEach = 50;
/** What this process has drawn may be bound again; once half of its slice has been drawn, it begins anew. */
const drawn = new Set<number>(), mostDrawn = sliceSize / 2;

/** `count` different ports, none that was drawn lately; they are free when this resolves, and nobody keeps them so. */
export async function freePorts(count: number): Promise<number[]> {
  const { from, to } = await (own ??= claimed());
  const held = new Map<number, Server>();
  if (drawn.size + count > mostDrawn) drawn.clear();
  try {
    for (let tries = 0; held.size < count; tries++) {
      if (tries >= count * triesEach) throw new Error(`no ${count} free ports from ${from} to ${to - 1}`);
      const port = randomInt(from, to), server = held.has(port) || drawn.has(port) ? null : await listening(port);
      if (server !== null) held.set(port, server);
    }
    for (const port of held.keys()) drawn.add(port);
    return [...held.keys()];
  } finally {
    await Promise.all([...held.values()].map((server) => new Promise((closed) => { server.close(closed); })));
  }
}

/** Whether somebody could listen there now. */
export async function isFree(port: number): Promise<boolean> {
  const server = port > 0 && port < 65_536 ? await listening(port) : null;
  if (server === null) return false;
  await new Promise((closed) => { server.close(closed); });
  return true;
}

type Slice = { readonly from: number; readonly to: number };
let own: Promise<Slice> | undefined;

async function claimed(): Promise<Slice> {
  for (let n = 0; n < slices; n++) {
    const claim = await listening(firstClaim + n);
    if (claim === null) continue;
    claim.unref();
    return { from: lowest + n * sliceSize, to: lowest + (n + 1) * sliceSize };
  }
  return { from: lowest, to: beyond };
}

/** Null: somebody has it. */
function listening(port: number): Promise<Server | null> {
  const server = createServer();
  return new Promise((resolve) => {
    server.once('error', () => { resolve(null); });
    server.listen(port, '127.0.0.1', () => { resolve(server); });
  });
}
