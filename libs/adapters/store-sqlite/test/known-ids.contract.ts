/** Ids that are not there cost no read; ids that are there are never denied. */
import fc from 'fast-check';
import { afterEach, expect, test, vi } from 'vitest';
import { KnownIds } from '../src/known-ids.ts';
import type { IdPlace } from '../src/known-ids.ts';
import { Reader } from '../src/reader.ts';
import { author, change, open, storeDirectory } from './store-directory.ts';

afterEach(() => { vi.restoreAllMocks(); });

/** Pages of places in order, as the store gives them. */
const pagesOf = (places: readonly IdPlace[]) => ({ ns, id }: IdPlace, limit: number): readonly IdPlace[] => places.filter((one) => one.ns > ns || (one.ns === ns && one.id > id)).slice(0, limit);
const inOrder = (places: readonly IdPlace[]): IdPlace[] => [...places].sort((a, b) => a.ns - b.ns || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));

test('whatever was noted, before or while the store is gone through, is never denied', async () => {
  const place = fc.record({ ns: fc.integer({ min: 1, max: 9 }), id: fc.string({ minLength: 1, maxLength: 70 }) });
  const places = fc.uniqueArray(place, { selector: ({ ns, id }) => `${ns} ${id}`, maxLength: 60 });
  await fc.assert(fc.asyncProperty(places, fc.array(place, { maxLength: 20 }), async (stored, written) => {
    const known = new KnownIds(stored.length), pages = pagesOf(inOrder(stored)), meanwhile = [...written];
    await known.noteAll((...asked) => { const next = meanwhile.pop(); if (next !== undefined) known.note(next.ns, next.id); return pages(...asked); }, 17);
    for (const { ns, id } of meanwhile) known.note(ns, id);
    for (const { ns, id } of [...stored, ...written]) expect(known.mayHave(ns, id)).toBe(true);
  }));
});

test('what was not is denied, but for a few; of another namespace, too', async () => {
  const known = new KnownIds(0), count = 2 ** 16;
  await known.noteAll(() => []);
  for (let n = 0; n < count; n++) known.note(1, `folder ${n}`);
  const inVain = (ns: number, name: string): number => Array.from({ length: 10_000 }, (_one, n) => known.mayHave(ns, `${name} ${n}`)).filter(Boolean).length;
  expect([inVain(1, 'folder'), inVain(1, 'nobody') < 100, inVain(2, 'folder') < 100]).toEqual([10_000, true, true]);
});

test.each<[string, () => readonly IdPlace[] | undefined]>([
  ['cannot be read', () => { throw new Error('disk I/O error'); }],
  ['is closed', () => undefined],
])('as long as not all is noted, and where the store %s, nothing is denied', async (_what, page) => {
  const known = new KnownIds(0);
  expect(known.mayHave(1, 'folder')).toBe(true);
  await known.noteAll(page);
  expect(known.mayHave(1, 'folder')).toBe(true);
});

test('a store opened anew finds every folder that it has, and reads none that it has not', async () => {
  const directory = storeDirectory(), first = open(directory), names = Array.from({ length: 2_300 }, (_one, n) => `folder ${n}`);
  await first.namespace('land').setIncarnation(author);
  await Promise.all(names.map((name) => first.namespace('land').append(change(name, 0))));
  await first.close();
  const read = vi.spyOn(Reader.prototype, 'load'), land = open(directory).namespace('land');
  // At first it cannot know, and reads.
  expect([await land.load('nobody'), read.mock.calls.length]).toEqual([undefined, 1]);
  await vi.waitFor(async () => { read.mockClear(); expect([await land.load('nobody'), read.mock.calls.length]).toEqual([undefined, 0]); }, { timeout: 30_000, interval: 20 });
  for (const name of names) expect((await land.load(name))?.version).toBe(1);
  await land.append(change('new', 0));
  expect((await land.load('new'))?.version).toBe(1);
});
