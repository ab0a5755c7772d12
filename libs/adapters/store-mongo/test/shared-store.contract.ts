import { afterEach, beforeEach, expect, inject, test } from 'vitest';
import { setTimeout as sleep } from 'node:timers/promises';
import { describeWith } from '@lienthong/testkit/servers/describe-with';
import { sharedMongo } from '@lienthong/testkit/servers/shared-mongo';
import type { MongoStore } from '../src/index.ts';
import { author, change, otherAuthor } from './append-changes.ts';
import { TestDatabase, memoryMark } from './test-store.ts';

const all = 10_000;
const words = (parts: readonly Uint8Array[]): string[] => parts.map((part) => new TextDecoder().decode(part));

describeWith(await sharedMongo(inject('servers')), 'several instances of one service on one store', (server) => {
  let database: TestDatabase;
  let one: MongoStore;
  let other: MongoStore;
  beforeEach(async () => {
    database = new TestDatabase(server().uri);
    [one, other] = await Promise.all([database.open(), database.open(memoryMark())]);
  });
  afterEach(() => database.dispose());

  test('open an empty database at once, and are one store', async () => {
    expect(await one.append(change('a', 0))).toEqual({ ok: true, version: 1, commit: 1 });
    expect(await other.append(change('a', 0))).toEqual({ ok: false, conflict: 'version' });
    expect(await other.append(change('a', 1))).toMatchObject({ ok: true, version: 2 });
    expect(words((await one.load('a'))!.segments)).toEqual(['a 0', 'a 1']);
    expect(await one.lastCommit()).toBe(await other.lastCommit());
  });

  test('64 writers in two instances on few folders: nothing lost, no version won twice, no commit twice', async () => {
    const won: { id: string; version: number; commit: number; word: string }[] = [];
    await Promise.all(Array.from({ length: 64 }, async (_, writer) => {
      const store = writer % 2 === 0 ? one : other;
      const id = `f${writer % 5}`;
      for (;;) {
        const version = (await store.load(id))?.version ?? 0;
        const word = `writer ${writer}`;
        const result = await store.append(change(id, version, { segment: Buffer.from(word) }));
        if (!result.ok) continue;
        won.push({ id, version: result.version, commit: result.commit, word });
        return;
      }
    }));
    expect(new Set(won.map(({ commit }) => commit)).size).toBe(64);
    for (const id of new Set(won.map((row) => row.id))) {
      const own = won.filter((row) => row.id === id).sort((a, b) => a.version - b.version);
      expect(own.map(({ version }) => version)).toEqual(own.map((_, at) => at + 1));
      expect(own.map(({ commit }) => commit)).toEqual(own.map(({ commit }) => commit).sort((a, b) => a - b));
      expect(words((await one.load(id))!.segments)).toEqual(own.map(({ word }) => word));
    }
  });

  test('a first write that another instance overtook after both had their numbers is refused, not called unknown', async () => {
    await one.load('a');
    await other.append(change('a', 0));
    // As if the other had taken its number after this one, and been faster.
    await database.db.collection<{ _id: string }>('folders').updateOne({ _id: 'a' }, { $set: { commit: 9, recent: [9] } });
    expect(await one.append(change('a', 0))).toEqual({ ok: false, conflict: 'version' });
  });

  test('a reader who follows either instance while both write never passes a commit that comes to light later', async () => {
    const answered = new Map<string, number>();
    let writing = true;
    const writers = Array.from({ length: 8 }, async (_, writer) => {
      const store = writer % 2 === 0 ? one : other;
      for (let version = 0; version < 12; version++) {
        const result = await store.append(change(`f${writer}`, version, { index: { desk: [`d${writer % 2}`] } }));
        if (result.ok) answered.set(`f${writer}`, result.commit);
      }
    });
    const follow = async (store: MongoStore, where?: { field: string; value: string }): Promise<Map<string, number>> => {
      const seen = new Map<string, number>();
      for (let cursor = 0, last = false; ;) {
        const before = !writing;
        const rows = await store.changedSince(cursor, 3, where);
        for (const { id, commit } of rows) {
          expect(commit).toBeGreaterThan(cursor);
          cursor = commit;
          seen.set(id, commit);
        }
        if (rows.length === 0 && last) return seen;
        last = before && rows.length === 0;
      }
    };
    const readers = [follow(one), follow(other), follow(other, { field: 'desk', value: 'd1' })];
    await Promise.all(writers);
    writing = false;
    const [first, second, odd] = await Promise.all(readers);
    expect(answered.size).toBe(8);
    expect(first).toEqual(answered);
    expect(second).toEqual(answered);
    expect(odd).toEqual(new Map([...answered].filter(([id]) => Number(id.slice(1)) % 2 === 1)));
  });

  test('what one has in flight holds back what is read and what is answered behind it, until it has landed', async () => {
    await one.append(change('a', 0));
    const flight = await database.deadFlight([{ id: 'a', version: 1 }], 0);
    const asked = one.append(change('b', 0));
    await sleep(200);
    expect(await other.load('b')).toMatchObject({ version: 1, commit: flight.to + 1 });
    expect([await other.changedSince(0, all), await other.lastCommit()]).toEqual([[{ id: 'a', commit: 1 }], 1]);
    // It was only slow.
    await database.db.collection<{ _id: string }>('folders').updateOne({ _id: 'a' }, { $set: { version: 2, commit: flight.to } });
    expect(await asked).toMatchObject({ ok: true, commit: flight.to + 1 });
    expect(await other.changedSince(1, all)).toEqual([{ id: 'a', commit: flight.to }, { id: 'b', commit: flight.to + 1 }]);
  });

  test('an instance that died with writes in flight does not hold others up for ever; what it meant to write can land no more', async () => {
    await one.append(change('a', 0));
    await database.deadFlight([{ id: 'a', version: 1 }, { id: 'new', version: 0 }], 0);
    expect(await other.append(change('b', 0))).toEqual({ ok: true, version: 1, commit: 4 });
    const folders = database.db.collection<{ _id: string; version: number; fence: number }>('folders');
    // The write of the dead, had it only been on its way.
    expect((await folders.updateOne({ _id: 'a', version: 1, fence: 0 }, { $set: { version: 2 } })).matchedCount).toBe(0);
    await expect(folders.insertOne({ _id: 'new', version: 1, fence: 0 })).rejects.toMatchObject({ code: 11000 });
    // Nobody sees the fences.
    expect([await one.load('new'), (await one.load('a'))!.version]).toEqual([undefined, 1]);
    expect(await one.append(change('new', 0))).toMatchObject({ ok: true, version: 1 });
    expect(await one.append(change('a', 1))).toMatchObject({ ok: true, version: 2 });
    expect((await other.changedSince(0, all)).map(({ id }) => id)).toEqual(['b', 'new', 'a']);
  });

  test('after a new owner is set no append of the old one lands or is answered with success, in any instance', async () => {
    await one.setIncarnation(author);
    expect(await other.append(change('a', 0))).toMatchObject({ ok: true });
    let after = false;
    const writers = [one, other].flatMap((store, at) => Array.from({ length: 6 }, async (_, writer) => {
      const id = `${at} ${writer}`;
      for (let version = 0; ; version++) {
        const began = after;
        const result = await store.append(change(id, version));
        if (result.ok) { expect(began).toBe(false); continue; }
        expect(result.conflict).toBe('incarnation');
        return { id, version };
      }
    }));
    await sleep(100);
    await one.setIncarnation(otherAuthor);
    after = true;
    const end = await one.lastCommit();
    const ends = await Promise.all(writers);
    expect(await one.lastCommit()).toBe(end);
    for (const { id, version } of ends) expect((await one.load(id))?.version ?? 0).toBe(version);
    expect([await other.incarnation(), await one.incarnation()]).toEqual([otherAuthor, otherAuthor]);
    expect(await other.append(change('a', 1, { incarnation: otherAuthor }))).toMatchObject({ ok: true, version: 2 });
  });

  test('writes in flight of the old owner are fenced off before a new one is answered', async () => {
    await one.setIncarnation(author);
    await one.append(change('a', 0));
    await database.deadFlight([{ id: 'a', version: 1 }], 0);
    await other.setIncarnation(otherAuthor);
    expect((await database.db.collection<{ _id: string }>('folders').updateOne({ _id: 'a', version: 1, fence: 0 }, { $set: { version: 2 } })).matchedCount).toBe(0);
    expect(await one.append(change('a', 1))).toEqual({ ok: false, conflict: 'incarnation' });
    expect(await one.append(change('a', 1, { incarnation: otherAuthor }))).toMatchObject({ ok: true, version: 2 });
  });

  test('asides that were replaced, removed or never counted are taken away', async () => {
    const asides = database.db.collection('beside');
    await one.append(change('a', 0, { asides: [{ name: 'p', bytes: Buffer.from('first') }, { name: 'q', bytes: Buffer.from('kept') }] }));
    await one.append(change('a', 1, { asides: [{ name: 'p', bytes: Buffer.from('second') }] }));
    // Another instance began a write with particulars and died.
    const flight = await database.deadFlight([{ id: 'a', version: 2, beside: true }], 120_000);
    await asides.insertOne({ _id: `a/${flight.to}/a0` as never, f: 'a', w: flight.to, n: 'p', b: Buffer.from('never counted') });
    expect(words((await other.asides('a', ['p', 'q'])).map(({ bytes }) => bytes!)).sort()).toEqual(['kept', 'second']);
    await one.append(change('a', 2, { asides: [{ name: 'q', bytes: null }] }));
    await one.close();
    expect((await asides.find().toArray()).map(({ n, w }) => [n, w])).toEqual([['p', 2]]);
    expect(words((await other.asides('a', ['p', 'q'])).map(({ bytes }) => bytes!))).toEqual(['second']);
  });

  test('segments beyond what one document holds lie beside it, and come back in order', async () => {
    const segments = [100, 200_000, 100_000, 50_000, 300_000, 10].map((size, at) => Buffer.alloc(size, at + 1));
    for (const [version, segment] of segments.entries()) await one.append(change('large', version, { segment }));
    expect((await other.load('large'))!.segments.map((segment) => Buffer.from(segment).equals(segments.shift()!))).toEqual(Array(6).fill(true));
    expect(await database.db.collection('beside').countDocuments({ n: null })).toBe(2);
    await database.db.collection('beside').deleteMany({ n: null });
    await expect(other.load('large')).rejects.toMatchObject({ code: 'STORE_DAMAGED' });
  });
});
