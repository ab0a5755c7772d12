/** The process dies after any of its writes between the announcement and the application: after the restart the parcel has changed exactly once. */
import { expect, test } from 'vitest';
import type { ServiceModule, ServicePorts } from '@lienthong/dossier-service';
import { testDesk, until } from '@lienthong/testkit';
import type { MemoryHub } from '@lienthong/testkit';
import type { MemoryStore } from '@lienthong/store-memory';
import { createLand } from '../src/index.ts';
import { buyer, held, landHub, received, seed, transferTo } from './land-of-tests.ts';

/** Lets so many writes through; at the next one the process is dead. */
class Fuse {
  left = Number.POSITIVE_INFINITY;
  ports: ServicePorts | null = null;

  guard = (ports: ServicePorts): ServicePorts => {
    this.ports = ports;
    const store = new Proxy(ports.store, {
      get: (target, name) => {
        const value = target[name as keyof typeof target];
        return name === 'append' ? (change: Parameters<typeof target.append>[0]) => (this.left-- > 0 ? target.append(change) : new Promise(() => {})) : value.bind(target);
      },
    });
    return { ...ports, store };
  };

  get burnt(): boolean { return this.left < 0; }
}

async function restart(hub: MemoryHub, fuse: Fuse): Promise<void> {
  const ports = fuse.ports!;
  const store = (ports.store as MemoryStore).crash();
  const reborn = createLand({ ...ports, store });
  await reborn.start();
  (hub.modules as ServiceModule[])[hub.modules.findIndex((one) => one.name === 'land')] = reborn;
}

/** Writes of land from the announcement on: never fewer than `always`, never more than `enough`. */
const always = 4, enough = 12;

test.each(Array.from({ length: enough }, (_, n) => n))('dead after %i writes', async (writes) => {
  const fuse = new Fuse();
  const hub = await landHub(fuse.guard);
  await seed(hub);
  const { code } = await received(hub, transferTo(buyer));
  await hub.quiet();
  const desk = testDesk(hub, 'land');
  const isBurnt = until('a burnt fuse', async () => fuse.burnt).then(() => false, () => false);
  fuse.left = writes;
  const answered = desk.complete(code, 'AA 00999001').then(() => true);
  const acknowledged = await Promise.race([answered, isBurnt]);
  await Promise.race([isBurnt, answered.then(() => desk.applied(code))]);
  if (writes < always) expect(fuse.burnt).toBe(true);
  if (fuse.burnt) await restart(hub, fuse);
  // What was not acknowledged may be lost, as a whole; the officer asks again.
  if (!acknowledged && (await held(hub)).version === 1) await desk.complete(code, 'AA 00999001').catch((error: { code?: string }) => expect(error.code).toBe('OUT_OF_ORDER'));
  await desk.applied(code);
  const parcel = await held(hub);
  expect([parcel.version, parcel.rights.map((right) => right.code)]).toEqual([2, [code]]);
  // The hub is left behind: what the dead process had begun to receive never ends.
});
