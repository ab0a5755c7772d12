import { expect, inject, test } from 'vitest';
import { setTimeout as sleep } from 'node:timers/promises';
import { isBehind } from '@lienthong/kernel/ports/world';
import { describeWith } from '@lienthong/testkit/servers/describe-with';
import { sharedMongo } from '@lienthong/testkit/servers/shared-mongo';
import { startMongo } from '@lienthong/testkit/servers/start-mongo';
import type { MongoServer } from '@lienthong/testkit/servers/start-mongo';
import { openMongo, provisionMongo } from '../src/index.ts';
import type { MongoStore } from '../src/index.ts';
import { connectTo } from '../src/connection.ts';
import { migrations, prepare } from '../src/schema.ts';
import { author, change, otherAuthor } from './append-changes.ts';
import { TestDatabase, memoryMark } from './test-store.ts';

const rounds = 2;
const answersPerRound = 60;

/** Appends to `id` until told to stop, over all faults; answers how often each version was acknowledged. */
async function appendOn(store: MongoStore, id: string, going: () => boolean, answered: (version: number, commit: number) => void, failed: (cause: { code?: string }) => void): Promise<void> {
  while (going()) {
    try {
      const version = (await store.load(id))?.version ?? 0;
      const result = await store.append(change(id, version, { segment: Buffer.from(`${id} ${version}`), index: { last: [`${id}@${version + 1}`] } }));
      if (result.ok) answered(result.version, result.commit);
    } catch (cause) {
      failed(cause as { code?: string });
      await sleep(50);
    }
  }
}

async function expectAllThere(store: MongoStore, answers: readonly { id: string; version: number; commit: number }[], mark: ReturnType<typeof memoryMark>): Promise<void> {
  for (const id of new Set(answers.map((one) => one.id))) {
    const folder = (await store.load(id))!;
    expect(folder.version).toBeGreaterThanOrEqual(Math.max(...answers.flatMap((one) => (one.id === id ? [one.version] : []))));
    expect(folder.segments.map((segment) => Buffer.from(segment).toString())).toEqual(Array.from({ length: folder.version }, (_, at) => `${id} ${at}`));
    expect(await store.find('last', `${id}@${folder.version}`, 9)).toEqual([id]);
  }
  expect(await store.lastCommit()).toBeGreaterThanOrEqual(Math.max(...answers.map(({ commit }) => commit)));
  expect(isBehind({ incarnation: await store.incarnation(), commit: await store.lastCommit() }, mark.read())).toBe(false);
}

describeWith(await sharedMongo(inject('servers')), 'a server of its own', () => {
  const withServer = async (body: (server: MongoServer, database: TestDatabase) => Promise<void>, uriOf = (uri: string): string => uri): Promise<void> => {
    const server = await startMongo({ servers: inject('servers') });
    if ('skipped' in server) throw new Error(server.skipped);
    const database = new TestDatabase(uriOf(server.uri));
    try { await body(server, database); } finally { await database.dispose().catch(() => {}); await server.stop(); }
  };

  test(`${rounds} times killed while two instances write: all that was answered is there, nothing twice, and both go on by themselves`, () => withServer(async (server, database) => {
    const marks = [memoryMark(), memoryMark()];
    const stores = [await database.open(marks[0]), await database.open(marks[1])] as const;
    await stores[0].setIncarnation(author);
    const answers: { id: string; version: number; commit: number }[] = [];
    const failures: { code?: string }[] = [];
    let going = true;
    const writers = Array.from({ length: 10 }, (_, writer) => appendOn(stores[writer % 2]!, `f${writer % 6}`, () => going, (version, commit) => answers.push({ id: `f${writer % 6}`, version, commit }), (cause) => failures.push(cause)));
    for (let round = 0, seen = 0; round < rounds; round++) {
      while (answers.length < seen + answersPerRound) await sleep(5);
      await server.kill();
      seen = answers.length;
      await sleep(300);
      await server.start();
      while (answers.length < seen + answersPerRound) await sleep(5);
    }
    going = false;
    await Promise.all(writers);
    expect(failures.filter(({ code }) => code !== 'STORE_UNREACHABLE')).toEqual([]);
    expect(new Set(answers.map(({ id, version }) => `${id}@${version}`)).size).toBe(answers.length);
    expect(new Set(answers.map(({ commit }) => commit)).size).toBe(answers.length);
    for (const store of stores) await expectAllThere(store, answers, marks[0]!);
    await expectAllThere(await database.open(marks[1]), answers, marks[1]!);
  }), 120_000);

  test('a server that keeps silent fails each call in time, as something that passes', () => withServer(async (server, database) => {
    const store = await database.open();
    await store.append(change('a', 0));
    await server.pause();
    await expect(store.load('a')).rejects.toMatchObject({ code: 'STORE_UNREACHABLE', remedy: { en: expect.stringContaining('network') } });
    await server.resume();
    expect(await store.append(change('a', 1))).toMatchObject({ ok: true, version: 2 });
  }, (uri) => `${uri.replace(/&socketTimeoutMS=\d+/, '')}&socketTimeoutMS=5000`), 120_000);
});

describeWith(await sharedMongo(inject('servers')), 'the database under a running service', (server) => {
  const withDatabase = async (body: (database: TestDatabase) => Promise<void>): Promise<void> => {
    const database = new TestDatabase(server().uri);
    try { await body(database); } finally { await database.dispose(); }
  };

  test.each(['dropped', 'put back to an old copy'])('that is %s takes nothing more of the old incarnation; a new one goes on with what is there', (fate) => withDatabase(async (database) => {
    const store = await database.open();
    await store.setIncarnation(author);
    await store.append(change('kept', 0));
    const restore = await database.copy();
    await store.append(change('lost', 0));
    if (fate === 'dropped') await database.db.dropDatabase();
    else await restore();
    expect(await store.append(change('next', 0))).toEqual({ ok: false, conflict: 'incarnation' });
    await expect(store.setIncarnation(author)).rejects.toMatchObject({ code: 'STORE_BEHIND' });
    await store.setIncarnation(otherAuthor);
    expect(await store.load('lost')).toBeUndefined();
    const expected = fate === 'dropped' ? { ok: true, version: 1, commit: 1 } : { ok: true, version: 2, commit: 2 };
    expect(await store.append(change('kept', expected.version - 1, { incarnation: otherAuthor }))).toEqual(expected);
    expect(database.mark.read()).toEqual({ incarnation: otherAuthor, commit: expected.commit, before: 2 });
    const again = await database.open();
    expect([await again.incarnation(), await again.lastCommit()]).toEqual([otherAuthor, expected.commit]);
  }));

  test('restored with writes in flight that had landed later: it is behind its mark, and a fence does not hide it', () => withDatabase(async (database) => {
    const store = await database.open();
    await store.setIncarnation(author);
    await store.append(change('a', 0));
    await database.deadFlight([{ id: 'lost', version: 0 }], 60_000);
    await store.close();
    database.mark.raise({ incarnation: author, commit: 2 });
    const again = await database.open();
    expect(await again.append(change('b', 0))).toEqual({ ok: false, conflict: 'incarnation' });
    await again.setIncarnation(otherAuthor);
    expect(await again.append(change('b', 0, { incarnation: otherAuthor }))).toMatchObject({ ok: true });
  }));

  const spoilt: [string, (database: TestDatabase) => Promise<unknown>, string][] = [
    ['written by a newer version', ({ db }) => db.collection('store').updateOne({ _id: 'schema' as never }, { $set: { version: migrations.length + 1 } }), 'STORE_NEWER'],
    ['robbed of its schema record', ({ db }) => db.collection('store').deleteMany({}), 'STORE_DAMAGED'],
    ['robbed of its head', ({ db }) => db.collection('head').deleteMany({}), 'STORE_DAMAGED'],
    ['a store of something else', ({ db }) => db.collection('store').updateOne({ _id: 'schema' as never }, { $set: { application: 'other' } }), 'STORE_DAMAGED'],
    ['restored from a dump whose folders are younger than its head', ({ db }) => db.collection('folders').updateOne({ _id: 'a' as never }, { $set: { commit: 99 } }), 'STORE_DAMAGED'],
  ];
  test.each(spoilt)('that is %s is refused, naming it and the remedy, and is left as it is', (_, spoil, code) => withDatabase(async (database) => {
    const store = await database.open();
    await store.append(change('a', 0));
    await store.close();
    await spoil(database);
    await expect(database.open()).rejects.toMatchObject({ code, file: expect.stringContaining(`${database.prefix}-land`), remedy: { vi: expect.stringMatching(/[ạảãáàệộồ]/), en: expect.stringMatching(/\w+/) } });
    expect(await database.db.collection('folders').countDocuments()).toBe(1);
  }));

  test('a folder whose document is not what was written is told when it is read, and disturbs no other', () => withDatabase(async (database) => {
    const store = await database.open();
    await Promise.all([store.append(change('a', 0)), store.append(change('b', 0))]);
    await database.db.collection('folders').updateOne({ _id: 'a' as never }, { $set: { segments: [] } });
    await expect(store.load('a')).rejects.toMatchObject({ code: 'STORE_DAMAGED', cause: { message: expect.stringContaining('folder a') } });
    expect(await store.load('b')).toMatchObject({ version: 1 });
  }));

  test('provisioning makes collections and indexes, again and again with the same result, and tells the schema', () => withDatabase(async (database) => {
    for (let time = 0; time < 2; time++) expect(await provisionMongo(database.uri, 'land', database.prefix)).toBe(migrations.length);
    expect((await database.db.collection('folders').indexes()).map(({ name }) => name).sort()).toEqual(['_id_', 'commit', 'index', 'unsettled', 'wake-at']);
    expect(await (await database.open()).lastCommit()).toBe(0);
  }));

  test('migrations run in order, each until it has gone through; a later start does not repeat them', () => withDatabase(async (database) => {
    const connection = await connectTo(database.uri, `${database.prefix}-land`);
    const ran: number[] = [];
    let breaks = true;
    const steps = [...migrations, async () => { ran.push(1); }, async () => { ran.push(2); if (breaks) throw new Error('broke off'); }];
    try {
      await expect(prepare(connection, steps)).rejects.toThrow('broke off');
      breaks = false;
      await prepare(connection, steps);
      await prepare(connection, steps);
      expect(ran).toEqual([1, 2, 2]);
    } finally {
      await connection.client.close();
    }
  }));

  test.each([['Land'], [''], ['land tax'], ['x'.repeat(39)]])('"%s" is no service', async (service) => {
    await expect(openMongo({ uri: server().uri, service })).rejects.toThrow(RangeError);
  });
});

test('a server that is not there is told in time, without the password', async () => {
  const uri = 'mongodb://user:secret@127.0.0.1:1/';
  const refused = openMongo({ uri, service: 'land' });
  await expect(refused).rejects.toMatchObject({ code: 'STORE_UNREACHABLE', file: '127.0.0.1:1/lienthong-land' });
  await refused.catch((cause: Error) => expect(cause.message).not.toContain('secret'));
});
