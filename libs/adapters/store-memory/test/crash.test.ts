import { expect, test } from 'vitest';
import type { Append } from '@lienthong/kernel/ports/folder-store';
import { isBehind, raisedMark } from '@lienthong/kernel/ports/world';
import type { Mark } from '@lienthong/kernel/ports/world';
import { memoryStore } from '../src/index.ts';

const author = 'land~0000000000000001';
const change = (id: string, expectedVersion = 0): Append => ({ id, expectedVersion, incarnation: author, segment: new Uint8Array([1]), wakeAt: null, unsettled: false });

/** A store whose flushes happen when the test says so, with its mark. */
function held() {
  const runs: (() => void)[] = [];
  let mark: Mark | undefined;
  const store = memoryStore({ flushDelay: (run) => runs.push(run), mark: { read: () => mark, raise: (raised) => { mark = raisedMark(mark, raised); } } });
  return { store, flush: () => { for (const run of runs.splice(0)) run(); }, mark: () => mark };
}
const settled = async (promise: Promise<unknown>): Promise<boolean> => {
  let done = false;
  void promise.then(() => { done = true; });
  await new Promise((next) => setImmediate(next));
  return done;
};

test('nobody is answered, and nothing is read, before the flush', async () => {
  const { store, flush } = held();
  const appended = store.append(change('a'));
  expect(await settled(appended)).toBe(false);
  expect(await store.load('a')).toBeUndefined();
  flush();
  expect(await appended).toEqual({ ok: true, version: 1, commit: 1 });
  expect((await store.load('a'))?.version).toBe(1);
});

test('a crash loses what was not flushed, and the dead process hears nothing', async () => {
  const { store, flush } = held();
  const lost = store.append(change('a'));
  const next = store.crash();
  flush();
  expect(await settled(lost)).toBe(false);
  expect(await settled(store.load('a'))).toBe(false);
  expect(await next.load('a')).toBeUndefined();
  expect(next.commits()).toBe(0);
});

test('a crash may come after the disk and before the answer: the write is there, the mark is not ahead', async () => {
  const { store, flush, mark } = held();
  const owned = store.setIncarnation(author);
  flush();
  await owned;
  void store.append(change('a'));
  void store.append(change('b'));
  const next = store.crash(1);
  expect(await next.load('a')).toBeDefined();
  expect(await next.load('b')).toBeUndefined();
  expect(mark()).toEqual({ incarnation: author, commit: 0 });
});

test('an old backup is behind its mark; the untouched store is not', async () => {
  const { store, flush, mark } = held();
  const written = [store.setIncarnation(author), store.append(change('a'))];
  flush();
  await Promise.all(written);
  const old = store.backup();
  const more = store.append(change('b'));
  flush();
  await more;
  const standing = async (life: typeof store) => isBehind({ incarnation: await life.incarnation(), commit: life.commits() }, mark());
  expect(await standing(store)).toBe(false);
  const rewound = store.restore(old);
  expect(await standing(rewound)).toBe(true);
  expect(await rewound.load('b')).toBeUndefined();
  expect(await standing(rewound.restore(null))).toBe(true);
});

test('writes of one batch see each other, in order', async () => {
  const { store, flush } = held();
  const both = Promise.all([store.append(change('a')), store.append(change('a', 1)), store.append(change('a', 1))]);
  flush();
  expect(await both).toEqual([{ ok: true, version: 1, commit: 1 }, { ok: true, version: 2, commit: 2 }, { ok: false, conflict: 'version' }]);
});
