/** The secret of a register whose service has its records kept by another one: nothing is keyed with it before it is there, and one that is lost before is made anew. */
import { afterEach, describe, expect, test } from 'vitest';
import { evidenceExchange, servicePepper } from '@lienthong/dossier-service';
import type { Host, ServicePorts } from '@lienthong/dossier-service';
import type { FolderUpdate } from '@lienthong/kernel';
import { memoryHub, onlyRegisterLegs, plainIntake, until } from '@lienthong/testkit';
import type { MemoryHub } from '@lienthong/testkit';
import { createLand } from '../src/index.ts';
import { held, seed } from './land-of-tests.ts';

const keepers = { land: 'intake' };
type Guard = (ports: ServicePorts) => ServicePorts;

/** Land, whose records intake keeps. */
async function keptHub(guard: Guard): Promise<MemoryHub> {
  const registers = evidenceExchange();
  const kept = (ports: ServicePorts): ServicePorts => ({ ...ports, environment: { ...ports.environment, keepers } });
  return memoryHub({
    services: ['intake', 'land'], reference: onlyRegisterLegs(), evidence: registers.lookup,
    compose: (portsOf) => {
      const land = createLand(guard(kept(portsOf('land'))));
      registers.offer(land.evidence!);
      return [plainIntake(kept(portsOf('intake'))), land];
    },
  });
}

/** What land sends waits until it is let go. */
function heldBack(): { readonly guard: Guard; letGo(): void } {
  let letGo!: () => void;
  const gone = new Promise<void>((resolve) => { letGo = resolve; });
  return { guard: (ports) => ({ ...ports, bus: { ...ports.bus, publish: async (to: string, batch: readonly FolderUpdate[]) => { await gone; await ports.bus.publish(to, batch); } } }), letGo };
}

/** Loses the first secret, `lost`: as soon as it is written, or later when told. */
function losing(atOnce: boolean): { readonly guard: Guard; lose(): void } {
  let first: string | undefined, lost = atOnce;
  const guard: Guard = (ports) => ({
    ...ports,
    store: new Proxy(ports.store, {
      get: (target, name) => {
        if (name === 'append') return async (change: Parameters<typeof target.append>[0]) => {
          first ??= change.asides?.[0]?.name;
          return target.append(change);
        };
        if (name === 'asides') return async (id: string, names: readonly string[]) => target.asides(id, lost ? names.filter((one) => one !== first) : names);
        const value = target[name as keyof typeof target];
        return value.bind(target);
      },
    }),
  });
  return { guard, lose: () => { lost = true; } };
}

describe('the secret of a register', () => {
  let hub: MemoryHub;
  afterEach(() => hub.stop());
  const reason = async (call: Promise<unknown>): Promise<string> => call.then(() => 'none', (error: { code?: string }) => error.code ?? String(error));
  const opened = (): Promise<boolean> => until('the register', async () => (await reason(seed(hub))) === 'none');

  test('is used once its keeper has it', async () => {
    const { guard, letGo } = heldBack();
    hub = await keptHub(guard);
    expect(await reason(seed(hub))).toBe('SECRET_NOT_KEPT');
    letGo();
    await opened();
    expect((await held(hub)).version).toBe(1);
  });

  test('is made anew when it was lost before its keeper had it', async () => {
    hub = await keptHub(losing(true).guard);
    await opened();
    expect((await held(hub)).version).toBe(1);
  });

  test('is never replaced once something may be keyed with it', async () => {
    const { guard, lose } = losing(false);
    hub = await keptHub(guard);
    await opened();
    lose();
    const { participant } = hub.modules.find(({ name }) => name === 'land')!;
    const host = { service: 'land', participant, world: hub.world, environment: { ...hub.environment, keepers } } as unknown as Host;
    expect(await reason(servicePepper(host))).toBe('SECRET_LOST');
  });
});
