/** What hinders a service is in its status for as long as it does, with what to do. */
import { describe, expect, test } from 'vitest';
import { operatorTextOf, StoreError } from '../src/index.ts';
import type { HubError } from '../src/index.ts';
import type { StoreFault } from '../src/ports/folder-store.ts';
import { open } from './toy/toy-law.ts';
import { folderOf, ToyHub } from './toy/toy-hub.ts';

const services = ['alpha', 'beta'], folder = folderOf('troubles');
const remedy = { vi: 'Xem máy chủ.', en: 'Look at the server.' };
const submit = (hub: ToyHub, request: string) => hub.run(hub.at('alpha').handle(folder, open(request, { services })));
const codes = (hub: ToyHub): readonly string[] => hub.at('alpha').status().troubles.map((one: HubError) => one.code);

async function started(): Promise<ToyHub> {
  const hub = new ToyHub({ alpha: {}, beta: {} });
  await hub.start();
  return hub;
}

/** The store of alpha refuses what is asked of it by this name; the answer ends that. */
function refusing(hub: ToyHub, asked: 'append' | 'load', code: StoreFault): () => void {
  const { store } = hub.services.get('alpha')!, before = store[asked];
  Object.assign(store, { [asked]: async () => { throw new StoreError(code, 'hub.db', remedy); } });
  return () => { Object.assign(store, { [asked]: before }); };
}

describe('the status', () => {
  test('tells nothing of a service that nothing hinders', async () => {
    const hub = await started();
    await submit(hub, 'r1');
    expect(hub.at('alpha').status()).toMatchObject({ state: 'ready', troubles: [], deadRecords: 0 });
  });

  test.each([['append', 'STORE_FAILED'], ['append', 'STORE_UNREACHABLE'], ['load', 'STORE_UNREACHABLE']] as const)('tells that %s was refused with %s, until it is taken', async (asked, code) => {
    const hub = await started(), end = refusing(hub, asked, code);
    await expect(submit(hub, 'r1')).rejects.toMatchObject({ code });
    expect(codes(hub)).toEqual([code]);
    end();
    await submit(hub, 'r1');
    expect(codes(hub)).toEqual([]);
  });

  test('still tells of a store that is damaged at one place when it was read at another', async () => {
    const hub = await started(), end = refusing(hub, 'load', 'STORE_DAMAGED');
    await expect(submit(hub, 'r1')).rejects.toMatchObject({ code: 'STORE_DAMAGED' });
    end();
    await submit(hub, 'r1');
    await hub.time.pass(120_000);
    expect(codes(hub)).toEqual(['STORE_DAMAGED']);
    expect(hub.at('alpha').status().state).toBe('ready');
  });

  test('still tells of a disk that is full when it was read meanwhile', async () => {
    const hub = await started();
    refusing(hub, 'append', 'STORE_FAILED');
    await expect(submit(hub, 'r1')).rejects.toMatchObject({ code: 'STORE_FAILED' });
    expect(await hub.state('alpha', folder)).toBeUndefined();
    expect(codes(hub)).toEqual(['STORE_FAILED']);
    expect(operatorTextOf(hub.at('alpha').status().troubles[0]!, 'en')).toBe('The store hub.db cannot be written. Look at the server.');
  });

  test('tells no more of a disk that has room again, also where nobody asks for anything', async () => {
    const hub = await started(), end = refusing(hub, 'append', 'STORE_FAILED');
    await expect(submit(hub, 'r1')).rejects.toMatchObject({ code: 'STORE_FAILED' });
    await hub.time.pass(120_000);
    expect(codes(hub)).toEqual(['STORE_FAILED']);
    end();
    await hub.time.pass(120_000);
    expect(codes(hub)).toEqual([]);
  });

  test('tells of a clock that is off', async () => {
    const hub = new ToyHub({ alpha: {}, beta: {}, gamma: {} });
    for (const name of ['beta', 'gamma']) {
      const { hello } = hub.at(name).peerService;
      Object.assign(hub.at(name).peerService, { hello: async (caller: Parameters<typeof hello>[0]) => ({ ...await hello(caller), now: hub.time.now + 60_000 }) });
    }
    await hub.start();
    expect(codes(hub)).toEqual(['CLOCK_OFF']);
  });

  test('tells why the bus exchanges nothing, and of records that were none', async () => {
    const hub = await started();
    hub.busFacts.problem = 'no leader';
    Object.assign(hub.busFacts, { deadRecords: 3, unreadRecords: 5 });
    expect(hub.at('alpha').status()).toMatchObject({ deadRecords: 3, unreadRecords: 5 });
    expect(codes(hub)).toEqual(['BUS_TROUBLED']);
  });
});
