/** Bytes of what stands beside entries have turned: no register answers with them, no desk shows them, and whoever runs the service is told. */
import { afterEach, expect, test } from 'vitest';
import type { ServicePorts } from '@lienthong/dossier-service';
import type { Aside } from '@lienthong/kernel';
import { saltBytes } from '@lienthong/dossier-service';
import { testDesk } from '@lienthong/testkit';
import type { MemoryHub } from '@lienthong/testkit';
import { buyer, held, landHub, received, seed, seller, transferTo } from './land-of-tests.ts';

/** While told, gives one letter in place of another wherever `text` stands. */
class Rotten {
  text = '';
  guard = (ports: ServicePorts): ServicePorts => ({ ...ports, store: new Proxy(ports.store, {
    get: (target, name) => {
      if (name === 'asides') return async (id: string, names: readonly string[]) => (await target.asides(id, names)).map((one) => this.#turned(one));
      const value = target[name as keyof typeof target];
      return value.bind(target);
    },
  }) });

  #turned({ name, bytes }: Aside): Aside {
    const at = this.text === '' || bytes === null ? -1 : Buffer.from(bytes).indexOf(this.text, saltBytes);
    return { name, bytes: at < 0 ? bytes : Uint8Array.from(bytes!, (byte, place) => (place === at ? byte ^ 1 : byte)) };
  }
}

let hub: MemoryHub, store: Rotten;
afterEach(() => hub.stop());
const troubles = (): readonly (readonly [string, string | undefined])[] => hub.modules.find(({ name }) => name === 'land')!.participant.status().troubles.map(({ code, meta }) => [code, meta['part']]);

test('a record is not told with a turned letter; it can be loaded again', async () => {
  store = new Rotten();
  hub = await landHub(store.guard);
  await seed(hub);
  store.text = 'thôn 1';
  await expect(held(hub)).rejects.toMatchObject({ code: 'FACTS_LOST' });
  await expect(held(hub)).rejects.toMatchObject({ code: 'FACTS_LOST' });
  expect(troubles()).toEqual([['PART_DAMAGED', 'facts']]);
  store.text = '';
  expect((await held(hub)).address).toBe('thôn 1, xã Trà My');
});

test('a desk shows what its keeper still has, and not what stands damaged here', async () => {
  store = new Rotten();
  hub = await landHub(store.guard);
  await seed(hub);
  const { code } = await received(hub, transferTo(buyer)), desk = testDesk(hub, 'land');
  store.text = seller.fullName;
  const shown = JSON.stringify(await desk.work(code));
  expect(shown).toContain(seller.fullName);
  expect(troubles()).toEqual([['PART_DAMAGED', 'applicant']]);
});
