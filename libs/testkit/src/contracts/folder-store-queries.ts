import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Append, IndexFields, OwnedStore } from '@lienthong/kernel/ports/folder-store';
import { change, folderId, text } from './folder-changes.ts';
import type { WithStore } from './folder-store-contract.ts';

const all = 10_000;

export function queryCases(withStore: WithStore): void {
  test('index fields are replaced as a whole, and stay when a write brings none', () => withStore(async ({ store }) => {
    const found = (): Promise<boolean[]> => Promise.all([['code', 'c1'], ['desk', 'd1'], ['desk', 'd2'], ['desk', 'd3']].map(async ([field, value]) => (await store.find(field!, value!, all)).length === 1));
    await store.append(change('a', 0, { index: { code: ['c1'], desk: ['d1', 'd2', 'd1'] } }));
    expect(await found()).toEqual([true, true, true, false]);
    await store.append(change('a', 1));
    expect(await found()).toEqual([true, true, true, false]);
    await store.append(change('a', 2, { index: { desk: ['d2', 'd3'] } }));
    expect(await found()).toEqual([false, false, true, true]);
    await store.append(change('a', 3, { index: {} }));
    expect(await found()).toEqual([false, false, false, false]);
  }));

  test('standings: version and incarnation of those that are there, whatever else is asked about', () => withStore(async ({ store }) => {
    await store.append(change('a', 0));
    await store.append(change('a', 1, { incarnation: 'two' }));
    await store.append(change('b', 0, { incarnation: 'one' }));
    expect([...await store.standings(['b', 'nothing', 'a', 'b'])].sort()).toEqual([['a', { version: 2, incarnation: 'two' }], ['b', { version: 1, incarnation: 'one' }]]);
    expect([...await store.standings(['a'])]).toEqual([['a', { version: 2, incarnation: 'two' }]]);
    expect([...await store.standings(['nothing']), ...await store.standings([])]).toEqual([]);
  }));

  test('find keeps fields and values apart, and tells each once in pages, always in one order', () => withStore(async ({ store }) => {
    const ids = Array.from({ length: 25 }, (_, at) => folderId(at * 37 % 25));
    await Promise.all(ids.map((id) => store.append(change(id, 0, { index: { desk: ['d'], code: [id] } }))));
    const pages: string[] = [];
    for (let after: string | undefined, page = await store.find('desk', 'd', 10); page.length > 0; after = page.at(-1)!, page = await store.find('desk', 'd', 10, after)) {
      expect(page.length).toBeLessThanOrEqual(10);
      pages.push(...page);
    }
    expectInOrder(pages, ids);
    expect(await store.find('desk', 'd', all)).toEqual(pages);
    // Behind one that has left the list, too.
    await store.append(change(pages[9]!, 1, { index: { code: [pages[9]!] } }));
    expect(await store.find('desk', 'd', all, pages[9])).toEqual(pages.slice(10));
    expect(await store.find('desk', 'd', all, pages[8])).toEqual(pages.slice(10));
    expect(await store.find('desk', 'd', all, pages.at(-1))).toEqual([]);
    expect(await store.find('desk', 'D', all)).toEqual([]);
    expect(await store.find('code', 'd', all)).toEqual([]);
    expect(await store.find('code', ids[3]!, all)).toEqual([ids[3]]);
    expect(await store.find('desk', 'd', 0)).toEqual([]);
  }));

  test('due: the earliest first, up to the limit; a folder without a wake-up is never due', () => withStore(async ({ store }) => {
    for (const [id, wakeAt] of [['late', 30], ['early', 10], ['middle', 20], ['never', null], ['moved', 5]] as const) await store.append(change(id, 0, { wakeAt }));
    await store.append(change('moved', 1, { wakeAt: 25 }));
    expect(await store.due(9, all)).toEqual([]);
    expect(await store.due(10, all)).toEqual([{ id: 'early', wakeAt: 10 }]);
    expect((await store.due(99, 3)).map(({ id }) => id)).toEqual(['early', 'middle', 'moved']);
    await store.append(change('early', 1));
    expect((await store.due(99, all)).map(({ id }) => id)).toEqual(['middle', 'moved', 'late']);
  }));

  test('unsettled: in pages, until settled', () => withStore(async ({ store }) => {
    for (const at of [3, 1, 2, 5, 4]) await store.append(change(folderId(at), 0, { unsettled: at !== 4 }));
    const whole = await store.unsettled(9);
    expectInOrder(whole, [3, 1, 2, 5].map(folderId));
    expect([await store.unsettled(2), await store.unsettled(9, whole[1])]).toEqual([whole.slice(0, 2), whole.slice(2)]);
    await store.append(change(whole[1]!, 1));
    expect([await store.unsettled(9), await store.unsettled(9, whole[1])]).toEqual([[whole[0], whole[2], whole[3]], whole.slice(2)]);
  }));

  test('settle: clears the mark at the version named, and moves neither version nor commit', () => withStore(async ({ store }) => {
    for (const at of [1, 2, 3]) await store.append(change(folderId(at), 0, { unsettled: true, segment: text('one'), wakeAt: 5 }));
    await store.append(change(folderId(2), 1, { unsettled: true }));
    const before = await store.load(folderId(1));
    await store.settle([{ id: folderId(1), version: 1 }, { id: folderId(2), version: 1 }, { id: folderId(9), version: 1 }]);
    await store.settle([]);
    expect(await store.unsettled(9)).toEqual([folderId(2), folderId(3)]);
    expect(await store.load(folderId(1))).toEqual({ ...before, unsettled: false });
    expect([await store.lastCommit(), await store.changedSince(4, 9)]).toEqual([4, []]);
    expect((await store.append(change(folderId(1), 1, { unsettled: true }))).ok).toBe(true);
    expect(await store.unsettled(9)).toEqual([folderId(1), folderId(2), folderId(3)]);
  }));

  test('a watcher that follows changedSince in pages sees every folder at its last commit', () => withStore(async ({ store }) => {
    for (let at = 0; at < 30; at++) await store.append(change(folderId(at % 12), Math.floor(at / 12), { index: { desk: [at % 2 ? 'odd' : 'even'] } }));
    const follow = async (where?: { field: string; value: string }): Promise<string[]> => {
      const seen: string[] = [];
      for (let page = await store.changedSince(0, 5, where); page.length > 0; page = await store.changedSince(page.at(-1)!.commit, 5, where)) seen.push(...page.map(({ id, commit }) => `${Number.parseInt(id, 16)}@${commit}`));
      return seen;
    };
    expect(await follow()).toEqual(['6@19', '7@20', '8@21', '9@22', '10@23', '11@24', '0@25', '1@26', '2@27', '3@28', '4@29', '5@30']);
    expect(await follow({ field: 'desk', value: 'odd' })).toEqual(['7@20', '9@22', '11@24', '1@26', '3@28', '5@30']);
    expect(await store.changedSince(30, 5)).toEqual([]);
    expect(await store.changedSince(0, 5, { field: 'nothing', value: 'odd' })).toEqual([]);
    expect(await store.lastCommit()).toBe(30);
  }));

  test('asides: kept by name, replaced, removed by null, never mixed between folders', () => withStore(async ({ store }) => {
    const named = async (id: string): Promise<Record<string, string>> => Object.fromEntries((await store.asides(id, ['salt', 'name', 'absent'])).map(({ name, bytes }) => [name, new TextDecoder().decode(bytes!)]));
    await store.append(change('a', 0, { asides: [{ name: 'name', bytes: text('Nguyễn Thị Bưởi') }, { name: 'salt', bytes: new Uint8Array(0) }] }));
    await store.append(change('b', 0, { asides: [{ name: 'name', bytes: text('b') }] }));
    expect(await named('a')).toEqual({ name: 'Nguyễn Thị Bưởi', salt: '' });
    await store.append(change('a', 1, { asides: [{ name: 'name', bytes: text('Bưởi') }, { name: 'salt', bytes: null }, { name: 'absent', bytes: null }] }));
    expect([await named('a'), await named('b'), await named('c')]).toEqual([{ name: 'Bưởi' }, { name: 'b' }, {}]);
  }));

  test('after any history every query answers what a plain list of folders would', () => fc.assert(
    fc.asyncProperty(fc.array(anyChange, { minLength: 1, maxLength: 60 }), (changes) => withStore(async ({ store }) => {
      const model = new Map<string, Expected>();
      let commit = 0;
      const asked = changes.map((one) => {
        const expected = model.get(one.id);
        const append = change(one.id, Math.max(0, (expected?.version ?? 0) + one.off), one.more);
        const wins = append.expectedVersion === (expected?.version ?? 0);
        if (wins) model.set(one.id, { version: append.expectedVersion + 1, commit: ++commit, wakeAt: append.wakeAt, unsettled: append.unsettled, index: append.index ?? expected?.index ?? {} });
        return { append, wins };
      });
      const results = await Promise.all(asked.map(({ append }) => store.append(append)));
      expect(results.map(({ ok }) => ok)).toEqual(asked.map(({ wins }) => wins));
      await compare(store, model, commit);
    })), { numRuns: 20 },
  ));
}

type Expected = { version: number; commit: number; wakeAt: number | null; unsettled: boolean; index: IndexFields };

const anyChange = fc.record({
  id: fc.integer({ min: 0, max: 7 }).map(folderId),
  /** Mostly the right version, sometimes not. */
  off: fc.constantFrom(0, 0, 0, 0, 1, -1),
  more: fc.record({
    wakeAt: fc.option(fc.integer({ min: 0, max: 20 })),
    unsettled: fc.boolean(),
    index: fc.dictionary(fc.constantFrom('desk', 'code'), fc.array(fc.constantFrom('x', 'y', 'z'), { maxLength: 3 }), { maxKeys: 2, noNullPrototype: true }),
  }, { requiredKeys: ['wakeAt', 'unsettled'] }) as fc.Arbitrary<Partial<Append>>,
});

/** By id, or as they came: which of the two is the store's. */
function expectInOrder(found: readonly string[], came: readonly string[]): void {
  expect([came.toSorted(), came]).toContainEqual(found);
}

async function compare(store: OwnedStore, model: ReadonlyMap<string, Expected>, commit: number): Promise<void> {
  const came = [...model].map(([id, row]) => ({ id, ...row })), rows = came.toSorted((one, other) => (one.id < other.id ? -1 : 1));
  const byCommit = [...rows].sort((one, other) => one.commit - other.commit).map(({ id, commit: at, index }) => ({ id, commit: at, index }));
  const due = rows.filter(({ wakeAt }) => wakeAt !== null && wakeAt <= 10);
  expect(await store.lastCommit()).toBe(commit);
  expectInOrder(await store.unsettled(all), came.filter(({ unsettled }) => unsettled).map(({ id }) => id));
  const dueAnswer = await store.due(10, all);
  expect(dueAnswer.map(({ wakeAt }) => wakeAt)).toEqual(due.map(({ wakeAt }) => wakeAt).sort((one, other) => one! - other!));
  expect(dueAnswer.map(({ id }) => id).sort()).toEqual(due.map(({ id }) => id));
  for (const since of [0, Math.floor(commit / 2)]) expect(await store.changedSince(since, all)).toEqual(byCommit.filter((row) => row.commit > since).map(({ id, commit: at }) => ({ id, commit: at })));
  for (const field of ['desk', 'code']) for (const value of ['x', 'y', 'z']) {
    expectInOrder(await store.find(field, value, all), came.filter(({ index }) => index[field]?.includes(value)).map(({ id }) => id));
    expect(await store.changedSince(0, all, { field, value })).toEqual(byCommit.filter(({ index }) => index[field]?.includes(value)).map(({ id, commit: at }) => ({ id, commit: at })));
  }
  for (const { id, version, wakeAt, unsettled } of rows) expect(await store.load(id)).toMatchObject({ version, wakeAt, unsettled });
}
