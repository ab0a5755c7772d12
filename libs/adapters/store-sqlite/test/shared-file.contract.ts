import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { BatchWriter } from '../src/batch-writer.ts';
import { connect } from '../src/connection.ts';
import { Reader } from '../src/reader.ts';
import { migrate } from '../src/schema.ts';
import { author, change, open, storeDirectory } from './store-directory.ts';

const services = ['intake', 'land', 'social-protection', 'business-registration', 'postal', 'payments', 'general-agency', 'oversight', 'portal'];

/** How often the marks were raised: once for each transaction. */
function transactions(marksPath: string): number {
  const file = readFileSync(marksPath);
  return Math.max(Number(file.readBigUInt64BE(8)), Number(file.readBigUInt64BE(16 * 1024 + 8)));
}

test('what waits, of all services, is committed together', async () => {
  const directory = storeDirectory();
  const store = open(directory);
  await Promise.all(services.map((service) => store.namespace(service).setIncarnation(author)));
  const before = transactions(directory.marksPath);
  const results = await Promise.all(Array.from({ length: 900 }, (_, at) => store.namespace(services[at % 9]!).append(change(`folder ${at}`, 0))));
  expect(results.every(({ ok }) => ok)).toBe(true);
  expect(transactions(directory.marksPath) - before).toBeLessThanOrEqual(900 / 32 + 1);
  for (const service of services) expect(await store.namespace(service).lastCommit()).toBe(100);
});

test('no service sees another\'s folders, fields, asides or counters', async () => {
  const store = open(storeDirectory());
  const [land, postal] = [store.namespace('land'), store.namespace('postal')];
  await land.append(change('same id', 0, { index: { code: ['c'] }, asides: [{ name: 'p', bytes: Buffer.from('land') }], wakeAt: 1, unsettled: true }));
  expect(await Promise.all([postal.load('same id'), postal.find('code', 'c', 9), postal.asides('same id', ['p']), postal.due(9, 9), postal.unsettled(9), postal.changedSince(0, 9), postal.lastCommit()]))
    .toEqual([undefined, [], [], [], [], [], 0]);
  await land.setIncarnation(author);
  expect(await postal.incarnation()).toBeUndefined();
  expect(await postal.append(change('same id', 0, { incarnation: 'postal~00000000000000a1' }))).toEqual({ ok: true, version: 1, commit: 1 });
  expect((await land.load('same id'))!.incarnation).toBe(author);
});

test('the mark is read through the port, and moved by writes alone', async () => {
  const store = open(storeDirectory());
  const [land, mark] = [store.namespace('land'), store.highWaterMark('land')];
  expect(mark.read()).toBeUndefined();
  await land.setIncarnation(author);
  await land.append(change('a', 0));
  expect(mark.read()).toEqual({ incarnation: author, commit: 1 });
  mark.raise({ incarnation: author, commit: 1 });
  expect(() => mark.raise({ incarnation: author, commit: 2 })).toThrow(RangeError);
});

test.each([['Land'], [''], ['land tax'], ['x'.repeat(64)]])('"%s" is no namespace', (name) => {
  expect(() => open(storeDirectory()).namespace(name)).toThrow(RangeError);
});

test('many changes behind: a watcher of one value is answered by the index, with the same answer', async () => {
  const store = open(storeDirectory());
  const land = store.namespace('land');
  for (let round = 0; round < 7; round++) await Promise.all(Array.from({ length: 3000 }, (_, at) => land.append(change(`f${at}`, round, { segment: new Uint8Array(1), ...(round === 0 && { index: { desk: [`d${at % 500}`] } }) }))));
  const where = { field: 'desk', value: 'd7' };
  const expected = Array.from({ length: 6 }, (_, at) => ({ id: `f${at * 500 + 7}`, commit: 18_000 + at * 500 + 8 }));
  expect(await land.changedSince(0, 99, where)).toEqual(expected);
  expect(await land.changedSince(17_000, 99, where)).toEqual(expected);
  expect(await land.changedSince(expected[1]!.commit, 2, where)).toEqual(expected.slice(2, 4));
});

test('a backup is one moment of all services, taken while they write; it opens as a store', async () => {
  const directory = storeDirectory();
  const store = open(directory);
  let writing = true;
  const writers = services.slice(0, 3).map(async (service) => {
    for (let version = 0; writing; version++) await store.namespace(service).append(change('folder', version, { index: { last: [String(version + 1)] } }));
  });
  const copy = `${directory.root}/copy.db`;
  for (const service of services.slice(0, 3)) while (await store.namespace(service).lastCommit() < 5) await new Promise((resolve) => setTimeout(resolve, 5));
  expect(await store.backup(copy)).toBe(statSync(copy).size);
  writing = false;
  await Promise.all(writers);
  const restored = open({ path: copy, marksPath: null });
  for (const service of services.slice(0, 3)) {
    const [now, then] = [await store.namespace(service).load('folder'), await restored.namespace(service).load('folder')];
    expect(then!.version).toBeGreaterThan(0);
    expect(then!.version).toBeLessThanOrEqual(now!.version);
    expect(then!.segments).toEqual(now!.segments.slice(0, then!.version));
    expect(await restored.namespace(service).find('last', String(then!.version), 9)).toEqual(['folder']);
    expect(await restored.namespace(service).lastCommit()).toBe(then!.version);
  }
  expect(await restored.check()).toEqual([]);
});

test('a backup never overwrites', async () => {
  const directory = storeDirectory();
  const taken = `${directory.root}/taken`;
  writeFileSync(taken, 'precious');
  await expect(open(directory).backup(taken)).rejects.toMatchObject({ code: 'STORE_FAILED', file: taken });
  expect(readFileSync(taken, 'utf8')).toBe('precious');
});

test('a full disk fails the batch and leaves nothing of it; when there is room again, writing goes on', () => {
  const { root } = storeDirectory();
  const db = connect(`${root}/full.db`);
  migrate(db, 0);
  const writer = new BatchWriter(db, undefined);
  writer.run([{ ns: 1, name: 'land' }, { ns: 1, owner: author }, { ns: 1, change: change('a', 0) }]);
  const { page_count: pages } = db.prepare('PRAGMA page_count').get() as { page_count: number };
  db.exec(`PRAGMA max_page_count = ${pages + 1}`);
  const batch = [{ ns: 1, change: change('a', 1, { index: { code: ['lost'] } }) }, ...Array.from({ length: 40 }, (_, at) => ({ ns: 1, change: change(`b${at}`, 0) }))];
  expect(() => writer.run(batch)).toThrow(expect.objectContaining({ errcode: 13 }));
  const reader = new Reader(db);
  expect([reader.load(1, 'a')!.version, reader.lastCommit(1), reader.load(1, 'b0'), reader.find(1, 'code', 'lost', 9, '')]).toEqual([1, 1, undefined, []]);
  db.exec('PRAGMA max_page_count = 1000000');
  expect(writer.run(batch).map((answer) => answer.ok && answer.commit)).toEqual(batch.map((_, at) => at + 2));
  expect(reader.find(1, 'code', 'lost', 9, '')).toEqual(['a']);
  db.close();
});

test('a writer that cannot go on refuses what waits and all that comes, and says why', async () => {
  const directory = storeDirectory();
  const store = open(directory);
  const land = store.namespace('land');
  await land.append(change('a', 0));
  // Another connection takes a table away under the running store, as only a fault could.
  const fault = new DatabaseSync(directory.path);
  fault.exec('DROP TABLE write_log');
  fault.close();
  const damaged = { code: 'STORE_DAMAGED', file: directory.path };
  const asked = await Promise.allSettled([land.append(change('a', 1)), land.append(change('b', 0))]);
  for (const one of asked) expect(one).toMatchObject({ status: 'rejected', reason: damaged });
  await expect(land.append(change('c', 0))).rejects.toMatchObject(damaged);
});
