import { expect, test } from 'vitest';
import { maxAsideBytes, maxAsidesPerAppend, maxAuxBytes, maxIndexTextCharacters, maxIndexValues, maxSegmentBytes } from '@lienthong/kernel/ports/folder-store';
import type { Append, Appended, OwnedStore } from '@lienthong/kernel/ports/folder-store';
import { author, change, folderId, otherAuthor, text, wordsOf } from './folder-changes.ts';
import type { WithStore } from './folder-store-contract.ts';

const writers = 64;
const winsPerWriter = 2;

export function appendCases(withStore: WithStore): void {
  test('a folder is what was appended to it, in order', () => withStore(async ({ store }) => {
    expect(await store.load('a')).toBeUndefined();
    expect(await store.append(change('a', 0, { segment: text('one'), aux: text('heads'), wakeAt: 7, unsettled: true }))).toEqual({ ok: true, version: 1, commit: 1 });
    expect(await store.append(change('a', 1, { segment: text('two') }))).toEqual({ ok: true, version: 2, commit: 2 });
    expect(await store.append(change('a', 2, { aux: text('new heads') }))).toEqual({ ok: true, version: 3, commit: 3 });
    const { segments, aux, ...rest } = (await store.load('a'))!;
    expect(wordsOf(segments)).toEqual(['one', 'two']);
    expect(wordsOf([aux])).toEqual(['new heads']);
    expect(rest).toEqual({ id: 'a', version: 3, commit: 3, incarnation: author, wakeAt: null, unsettled: false });
  }));

  test('aux stays as it is until a write brings another', () => withStore(async ({ store }) => {
    await store.append(change('a', 0, { aux: text('kept') }));
    await store.append(change('a', 1, { segment: text('more') }));
    expect(wordsOf([(await store.load('a'))!.aux])).toEqual(['kept']);
    await store.append(change('a', 2, { aux: new Uint8Array(0) }));
    expect((await store.load('a'))!.aux).toHaveLength(0);
  }));

  test('three hundred segments come back in the order in which they went', () => withStore(async ({ store }) => {
    const words = Array.from({ length: 300 }, (_, at) => `segment ${at}`);
    await Promise.all(words.map((word, at) => store.append(change('a', at, { segment: text(word) }))));
    expect(wordsOf((await store.load('a'))!.segments)).toEqual(words);
  }));

  test.each([
    ['creates what is absent', [0], 'ok'],
    ['does not create what is there', [0, 0], 'version'],
    ['follows the last version', [0, 1], 'ok'],
    ['does not skip a version', [0, 2], 'version'],
    ['does not repeat a version', [0, 1, 1], 'version'],
    ['does not append to what is absent', [1], 'version'],
  ])('compare-and-set %s', (_, expected, result) => withStore(async ({ store }) => {
    let last: Appended | undefined;
    for (const version of expected) last = await store.append(change('a', version));
    expect(last!.ok ? 'ok' : last!.conflict).toBe(result);
  }));

  test(`of ${writers} who create one folder one wins`, () => withStore(async ({ store }) => {
    const results = await Promise.all(Array.from({ length: writers }, (_, at) => store.append(change('a', 0, { segment: text(String(at)) }))));
    expect(results.filter(({ ok }) => ok)).toHaveLength(1);
    expect(wordsOf((await store.load('a'))!.segments)).toEqual([String(results.findIndex(({ ok }) => ok))]);
  }));

  test(`${writers} writers on one folder: nothing lost, no version won twice`, () => withStore(async ({ store }) => {
    const won = (await Promise.all(Array.from({ length: writers }, (_, writer) => winRepeatedly(store, writer)))).flat();
    const versions = won.map(({ version }) => version).sort((one, other) => one - other);
    expect(versions).toEqual(Array.from({ length: writers * winsPerWriter }, (_, at) => at + 1));
    const kept = wordsOf((await store.load('a'))!.segments);
    expect(kept).toEqual(won.sort((one, other) => one.version - other.version).map(({ word }) => word));
  }));

  test('appends to one folder are decided in the order of the calls, without waiting between them', () => withStore(async ({ store }) => {
    const results = await Promise.all(Array.from({ length: 100 }, (_, at) => store.append(change('a', at))));
    expect(results.map((result) => result.ok && result.version)).toEqual(Array.from({ length: 100 }, (_, at) => at + 1));
  }));

  test('a conflict changes nothing and disturbs nobody who waits beside it', () => withStore(async ({ store }) => {
    await store.append(change('taken', 0, { segment: text('first'), index: { code: ['kept'] } }));
    const results = await Promise.all(Array.from({ length: 60 }, (_, at) => store.append(
      at % 3 === 0 ? change('taken', 0, { segment: text('rival'), index: { code: ['lost'] }, asides: [{ name: 'p', bytes: text('lost') }], wakeAt: 1, unsettled: true }) : change(folderId(at), 0),
    )));
    expect(results.map((result) => result.ok)).toEqual(results.map((_, at) => at % 3 !== 0));
    const commits = results.flatMap((result) => (result.ok ? [result.commit] : []));
    expect(commits).toEqual(commits.map((_, at) => at + 2));
    expect(wordsOf((await store.load('taken'))!.segments)).toEqual(['first']);
    expect([await store.find('code', 'lost', 9), await store.due(9, 9), await store.unsettled(9), await store.asides('taken', ['p'])]).toEqual([[], [], [], []]);
  }));

  test('only the incarnation that owns the store may append', () => withStore(async ({ store }) => {
    expect(await store.incarnation()).toBeUndefined();
    await store.setIncarnation(author);
    expect(await store.incarnation()).toBe(author);
    const conflict = { ok: false, conflict: 'incarnation' };
    const results = await Promise.all([change('a', 0), change('a', 1, { incarnation: otherAuthor }), change('b', 5, { incarnation: otherAuthor }), change('a', 1)].map((one) => store.append(one)));
    expect(results).toEqual([{ ok: true, version: 1, commit: 1 }, conflict, conflict, { ok: true, version: 2, commit: 2 }]);
  }));

  test('a new owner shuts out the old one, from its place in the order on', () => withStore(async ({ store }) => {
    await store.setIncarnation(author);
    const [before, , after, byNew] = await Promise.all([
      store.append(change('a', 0)), store.setIncarnation(otherAuthor), store.append(change('a', 1)), store.append(change('a', 1, { incarnation: otherAuthor })),
    ]);
    expect([before.ok, after, byNew.ok]).toEqual([true, { ok: false, conflict: 'incarnation' }, true]);
    expect((await store.load('a'))!.incarnation).toBe(otherAuthor);
  }));

  const bytes = (size: number): Uint8Array => new Uint8Array(size).fill(1);
  const limits: [string, number, (size: number) => Partial<Append>][] = [
    ['aux bytes', maxAuxBytes, (size) => ({ aux: bytes(size) })],
    ['segment bytes', maxSegmentBytes, (size) => ({ segment: bytes(size) })],
    ['aside bytes', maxAsideBytes, (size) => ({ asides: [{ name: 'p', bytes: bytes(size) }] })],
    ['asides', maxAsidesPerAppend, (size) => ({ asides: Array.from({ length: size }, (_, at) => ({ name: `p${at}`, bytes: bytes(1) })) })],
    ['index values', maxIndexValues, (size) => ({ index: { code: Array.from({ length: size }, (_, at) => `v${at}`) } })],
    ['characters of an index value', maxIndexTextCharacters, (size) => ({ index: { code: ['ữ'.repeat(size)] } })],
  ];
  test.each(limits)('%s: %d are taken, one fewer too, one more is the caller\'s fault', (_, limit, of) => withStore(async ({ store }) => {
    expect((await store.append(change('below', 0, of(limit - 1)))).ok).toBe(true);
    expect((await store.append(change('at', 0, of(limit)))).ok).toBe(true);
    await expect(store.append(change('above', 0, of(limit + 1)))).rejects.toThrow(RangeError);
    expect(await store.load('above')).toBeUndefined();
  }));

  test.each([[Number.NaN], [Number.POSITIVE_INFINITY], [0.5]])('a wake-up at %d is the caller\'s fault', (wakeAt) => withStore(async ({ store }) => {
    await expect(store.append(change('a', 0, { wakeAt }))).rejects.toThrow(RangeError);
  }));
}

/** Loads and appends until it has won often enough, as a service does. */
async function winRepeatedly(store: OwnedStore, writer: number): Promise<{ version: number; word: string }[]> {
  const won: { version: number; word: string }[] = [];
  while (won.length < winsPerWriter) {
    const version = (await store.load('a'))?.version ?? 0;
    const word = `${writer}.${won.length}`;
    const result = await store.append(change('a', version, { segment: text(word) }));
    if (result.ok) won.push({ version: result.version, word });
  }
  return won;
}
