/** Ports of the loopback that nobody listens on. */
import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';
import type { Server } from 'node:net';

/**
 * Below those that systems give to clients (from 32768 on, elsewhere from 49152): whoever is killed and started again at its port must not find it taken by a connection that
 * somebody made meanwhile, were it the one of a client who calls that very port.
 */
const lowest = 20_000, beyond = 32_000;
/** Ports tried for each that is wanted. */
const triesEach = 50;

/** `count` different ports; they are free when this resolves, and nobody keeps them so. */
export async function freePorts(count: number): Promise<number[]> {
  const held = new Map<number, Server>();
  try {
    for (let tries = 0; held.size < count; tries++) {
      if (tries >= count * triesEach) throw new Error(`no ${count} free ports from ${lowest} to ${beyond - 1}`);
      const port = randomInt(lowest, beyond), server = held.has(port) ? null : await listening(port);
      if (server !== null) held.set(port, server);
    }
    return [...held.keys()];
  } finally {
    await Promise.all([...held.values()].map((server) => new Promise((closed) => { server.close(closed); })));
  }
}

/** Null: somebody has it. */
function listening(port: number): Promise<Server | null> {
  const server = createServer();
  return new Promise((resolve) => {
    server.once('error', () => { resolve(null); });
    server.listen(port, '127.0.0.1', () => { resolve(server); });
  });
}
