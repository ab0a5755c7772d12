/** Whoever keeps time misses no bell, also not one that rings while it still answers the one before. */
import { expect, test } from 'vitest';
import { memoryStore } from '@lienthong/store-memory';
import { kernelDefaults, StoreError } from '../src/index.ts';
import { TimeWatch } from '../src/watch-time.ts';
import { quiet, VirtualTime } from './toy/virtual-time.ts';

const id = (n: number): string => String(n).padStart(64, '0');

test('a folder that falls due while another is still being woken is woken after it', async () => {
  const time = new VirtualTime(1_780_000_000_000), store = memoryStore(), woken: string[] = [];
  const append = (folder: string, version: number, wakeAt: number | null): Promise<unknown> => store.append({ id: folder, expectedVersion: version, incarnation: 'alpha~0000000000000001', wakeAt, unsettled: false });
  let endSlowWork = (): void => {};
  const watch = new TimeWatch(store, { now: () => time.now, later: time.later } as never, kernelDefaults, false, async (folder) => {
    woken.push(folder);
    if (folder === id(1)) await new Promise<void>((done) => { endSlowWork = done; });
    await append(folder, 1, null);
  });
  await append(id(1), 0, time.now + 100);
  await watch.start(0);
  await time.pass(150);
  await append(id(2), 0, time.now + 100);
  watch.note(time.now + 100);
  await time.pass(500);
  endSlowWork();
  await quiet();
  await time.pass(5_000);
  expect(woken).toEqual([id(1), id(2)]);
});

test('a clock that is put forward wakes what fell due by it within a minute', async () => {
  const time = new VirtualTime(1_780_000_000_000), store = memoryStore(), woken: string[] = [];
  let aheadMs = -3_600_000;
  const watch = new TimeWatch(store, { now: () => time.now + aheadMs, later: time.later } as never, kernelDefaults, false, async (folder) => {
    woken.push(folder);
    await store.append({ id: folder, expectedVersion: 1, incarnation: 'alpha~0000000000000001', wakeAt: null, unsettled: false });
  });
  await store.append({ id: id(1), expectedVersion: 0, incarnation: 'alpha~0000000000000001', wakeAt: time.now + 1_000, unsettled: false });
  await watch.start(0);
  await time.pass(2_000);
  expect(woken).toEqual([]);
  aheadMs = 0;
  await time.pass(60_000);
  expect(woken).toEqual([id(1)]);
  await watch.stop();
});

test.each([['another instance wrote, which died, is woken within a minute', true, [id(1)]], ['nobody else can have written is not looked for', false, []]])('what %s', async (_what, shared, expected) => {
  const time = new VirtualTime(1_780_000_000_000), store = memoryStore(), woken: string[] = [];
  const watch = new TimeWatch(store, { now: () => time.now, later: time.later } as never, kernelDefaults, shared, async (folder) => {
    woken.push(folder);
    await store.append({ id: folder, expectedVersion: 1, incarnation: 'alpha~0000000000000001', wakeAt: null, unsettled: false });
  });
  await watch.start(0);
  await store.append({ id: id(1), expectedVersion: 0, incarnation: 'alpha~0000000000000001', wakeAt: time.now + 1_000, unsettled: false });
  await time.pass(121_000);
  expect(woken).toEqual(expected);
  await watch.stop();
});

test('what falls due while the store is away is woken when it is back', async () => {
  const time = new VirtualTime(1_780_000_000_000), store = memoryStore(), woken: string[] = [], { due } = store;
  const watch = new TimeWatch(store, { now: () => time.now, later: time.later } as never, kernelDefaults, false, async (folder) => {
    woken.push(folder);
    await store.append({ id: folder, expectedVersion: 1, incarnation: 'alpha~0000000000000001', wakeAt: null, unsettled: false });
  });
  await store.append({ id: id(1), expectedVersion: 0, incarnation: 'alpha~0000000000000001', wakeAt: time.now + 1_000, unsettled: false });
  await watch.start(0);
  store.due = async () => { throw new StoreError('STORE_UNREACHABLE', 'database', { vi: 'vi', en: 'en' }); };
  await time.pass(30_000);
  expect(woken).toEqual([]);
  store.due = due;
  await time.pass(2_000);
  expect(woken).toEqual([id(1)]);
  await watch.stop();
});
