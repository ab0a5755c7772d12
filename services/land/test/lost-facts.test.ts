/** Facts of a parcel were lost with a store while its entries came back: the books are loaded again in their place, and dossiers go on. */
import { afterEach, describe, expect, test } from 'vitest';
import { land } from '@lienthong/contract';
import type { ServicePorts } from '@lienthong/dossier-service';
import { testDesk, until } from '@lienthong/testkit';
import type { MemoryHub, TestDesk } from '@lienthong/testkit';
import { branch, buyer, held, landHub, parcel, received, seed, transferTo } from './land-of-tests.ts';

/** Forgets, when told, what stands beside one folder. */
class Forgetful {
  folder = '';
  /** Forgets with the next write to the folder. */
  armed = false;
  readonly #written = new Set<string>();
  readonly #lost = new Set<string>();

  lose(): void { for (const name of this.#written) this.#lost.add(name); }

  guard = (ports: ServicePorts): ServicePorts => {
    const store = new Proxy(ports.store, {
      get: (target, name) => {
        if (name === 'append') return async (change: Parameters<typeof target.append>[0]) => {
          const outcome = await target.append(change);
          for (const aside of change.asides ?? []) this.#written.add(`${change.id}/${aside.name}`);
          if (this.armed && change.id === this.folder) { this.armed = false; this.lose(); }
          return outcome;
        };
        if (name === 'asides') return async (id: string, names: readonly string[]) => target.asides(id, id === this.folder ? names.filter((one) => !this.#lost.has(`${id}/${one}`)) : names);
        const value = target[name as keyof typeof target];
        return value.bind(target);
      },
    });
    return { ...ports, store };
  };
}

describe('a parcel whose facts were lost', () => {
  let hub: MemoryHub, store: Forgetful;
  afterEach(() => hub.stop());
  const desk = (): TestDesk => testDesk(hub, 'land');
  const reason = async (call: Promise<unknown>): Promise<string> => call.then(() => 'none', (error: { code?: string }) => error.code ?? String(error));
  async function loaded(): Promise<void> {
    store = new Forgetful();
    hub = await landHub(store.guard);
    store.folder = (await seed(hub)).folder;
  }
  const sold = (): land.Parcel => parcel({ rights: [{ ...parcel().rights[0]!, certificateNumber: 'AA 00999001' }] });

  test.each<[string, string, land.Parcel]>([
    ['by the request that had loaded it', 'seed-1', parcel()], ['by another', 'seed-2', parcel()], ['with what the books say by now', 'seed-2', sold()],
  ])('is loaded again %s, once', async (_how, request, books) => {
    await loaded();
    store.lose();
    expect(await reason(held(hub))).toBe('FACTS_LOST');
    const judged = await hub.call<land.SeedParcelResponse>('land', 'seedParcel', land.SeedParcelRequest.fromPartial({ requestId: request, parcel: books, validateOnly: true }), branch);
    expect([judged.known, await reason(held(hub))]).toEqual([false, 'FACTS_LOST']);
    await seed(hub, books, request);
    await seed(hub, books, request);
    await seed(hub, books, 'seed-3');
    const after = await held(hub);
    expect([after.version, after.rights[0]!.certificateNumber]).toEqual([2, books.rights[0]!.certificateNumber]);
    expect(await reason(seed(hub, parcel({ sizeDm2: 1 }), 'seed-4'))).toBe('REGISTER_CONFLICT');
  });

  test('is loaded again while a decided transfer waits for it', async () => {
    await loaded();
    const { code } = await received(hub, transferTo(buyer));
    store.armed = true;
    await desk().complete(code, 'AA 00999001');
    await until('the loss', async () => (await reason(held(hub))) === 'FACTS_LOST');
    await seed(hub);
    await desk().applied(code);
    expect((await held(hub)).rights[0]!.code).toBe(code);
  });

  test('is put back by a person where a transfer that wrote them is revoked', async () => {
    await loaded();
    const { code } = await received(hub, transferTo(buyer));
    await desk().complete(code, 'AA 00999001');
    await desk().applied(code);
    store.lose();
    await seed(hub, sold(), 'seed-2');
    await hub.call('land', 'revokeCompletion', { requestId: 'revoke', office: '', code, leg: (await desk().leg(code))!.id, reason: 'cấp sai thửa', result: '' }, branch);
    await until('the reason', async () => (await desk().work(code)).deskLeg!.standingChange !== '');
    expect([(await desk().work(code)).deskLeg!.standingChange, (await desk().work(code)).admitted.includes('ResolveRegister'), (await held(hub)).version]).toEqual([expect.stringContaining('đã mất'), true, 3]);
  });
});
