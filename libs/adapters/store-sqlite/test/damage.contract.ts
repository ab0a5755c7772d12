import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { inspect } from '../src/file-inspection.ts';
import { migrate, migrations } from '../src/schema.ts';
import { author, change, open, storeDirectory } from './store-directory.ts';
import type { StoreDirectory } from './store-directory.ts';

const folders = 60;

async function filled(): Promise<StoreDirectory> {
  const directory = storeDirectory();
  const store = open(directory);
  const land = store.namespace('land');
  await land.setIncarnation(author);
  await Promise.all(Array.from({ length: folders }, (_, at) => land.append(change(`folder ${at}`, 0, { index: { code: [`c${at}`] } }))));
  await store.close();
  return directory;
}

const overwrite = (path: string, at: number, bytes: Uint8Array): void => {
  const file = readFileSync(path);
  file.set(bytes, at);
  writeFileSync(path, file);
};
const sqlite = (path: string, sql: string): void => { const db = new DatabaseSync(path); db.exec(sql); db.close(); };
const garbage = (length: number): Uint8Array => new Uint8Array(length).map((_, at) => (at * 89 + 7) % 256);

// what happened to the file, how, how opening names it
const cases: [string, (path: string) => void, string][] = [
  ['truncated to nothing', (path) => truncateSync(path, 0), 'STORE_DAMAGED'],
  ['truncated inside its header', (path) => truncateSync(path, 64), 'STORE_DAMAGED'],
  ['truncated to half', (path) => truncateSync(path, Math.floor(statSync(path).size / 2)), 'STORE_DAMAGED'],
  ['truncated by one byte', (path) => truncateSync(path, statSync(path).size - 1), 'STORE_DAMAGED'],
  ['overwritten at its head', (path) => overwrite(path, 0, garbage(200)), 'STORE_DAMAGED'],
  ['overwritten after its header', (path) => overwrite(path, 100, garbage(4000)), 'STORE_DAMAGED'],
  ['overwritten in the middle', (path) => overwrite(path, 8192 * 9, garbage(8192)), 'STORE_DAMAGED'],
  ['replaced by a text', (path) => writeFileSync(path, 'not a database, but long enough to hold a header of one hundred bytes, which is what is looked at first, before anything else'), 'STORE_DAMAGED'],
  ['replaced by another SQLite file', (path) => { rmSync(path); sqlite(path, 'CREATE TABLE t (x)'); }, 'STORE_DAMAGED'],
  ['robbed of a table', (path) => sqlite(path, 'DROP TABLE write_log'), 'STORE_DAMAGED'],
  ['lost, but for its log', (path) => { writeFileSync(`${path}-wal`, garbage(64)); rmSync(path); }, 'STORE_DAMAGED'],
  ['written by a newer version', (path) => sqlite(path, 'INSERT INTO schema_version VALUES (99)'), 'STORE_NEWER'],
];

test.each(cases)('a store that was %s is refused, naming file and remedy, and is left as it is', async (_, spoil, code) => {
  const directory = await filled();
  spoil(directory.path);
  const before = existsSync(directory.path) && readFileSync(directory.path);
  const refusal = expect.objectContaining({ code, file: directory.path, remedy: { vi: expect.stringMatching(/[ạảãáàệộồ]/), en: expect.stringMatching(/\w+/) } });
  expect(() => open(directory)).toThrow(refusal);
  expect(() => open(directory)).toThrow(refusal);
  expect(existsSync(directory.path) && readFileSync(directory.path)).toEqual(before);
});

test('a log that is missing or is no log only means that the file is what it was', async () => {
  const directory = await filled();
  expect(existsSync(`${directory.path}-wal`)).toBe(false);
  for (const bytes of [new Uint8Array(0), garbage(50_000), new Uint8Array(50_000)]) {
    writeFileSync(`${directory.path}-wal`, bytes);
    const store = open(directory);
    expect(await store.namespace('land').lastCommit()).toBe(folders);
    await store.close();
  }
});

/** The files as a crash leaves them while the log is being copied: the first page is new, the end of the file is not there yet. */
async function halfCopied(): Promise<StoreDirectory> {
  const directory = storeDirectory();
  const [from, to] = [`${directory.root}/from.db`, directory.path];
  await open(directory).close();
  copyFileSync(to, from);
  const db = new DatabaseSync(from);
  db.exec("PRAGMA journal_mode = WAL; PRAGMA wal_autocheckpoint = 0; INSERT INTO namespace (ns, name) VALUES (1, 'land')");
  const insert = db.prepare('INSERT INTO write_log (place, n, bytes) VALUES (?, 1, ?)');
  for (let at = 1; at <= folders; at++) insert.run(2 ** 40 + at, Buffer.alloc(8000, at));
  copyFileSync(`${from}-wal`, `${to}-wal`);
  db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  db.close();
  overwrite(to, 0, readFileSync(from).subarray(0, 8192));
  expect(statSync(to).size).toBeLessThan(statSync(from).size / 2);
  return directory;
}

test('a short file is whole while the log holds what it lacks', async () => {
  const directory = await halfCopied();
  const store = open(directory);
  expect(await store.namespace('land').lastCommit()).toBe(folders);
  expect(await store.check()).toEqual([]);
});

test('a short file is damaged when the log does not hold what it lacks', async () => {
  const directory = await halfCopied();
  truncateSync(`${directory.path}-wal`, 8192 * 20);
  expect(() => open(directory)).toThrow(expect.objectContaining({ code: 'STORE_DAMAGED' }));
  rmSync(`${directory.path}-wal`);
  expect(() => open(directory)).toThrow(expect.objectContaining({ code: 'STORE_DAMAGED' }));
});

test('check finds what a quick start has not looked at', async () => {
  const directory = await filled();
  const store = open(directory);
  expect(await store.check()).toEqual([]);
  await store.close();
  const again = open(directory);
  overwrite(directory.path, 8192 * 9, garbage(8192));
  expect((await again.check()).length).toBeGreaterThan(0);
});

test('what a crash left of a store in the making does not disturb the next start', () => {
  const directory = storeDirectory();
  mkdirSync(dirname(directory.path));
  for (const ending of ['', '-wal', '-shm']) writeFileSync(`${directory.path}.new${ending}`, garbage(10_000));
  open(directory);
  expect(inspect(directory.path)).toBe(false);
  expect(existsSync(`${directory.path}.new`)).toBe(false);
});

test('damaged marks are refused: nobody could tell whether the store was rewound', async () => {
  const directory = await filled();
  writeFileSync(directory.marksPath, garbage(32 * 1024));
  expect(() => open(directory)).toThrow(expect.objectContaining({ code: 'STORE_DAMAGED', file: directory.marksPath }));
});

test('migrations run in order, once, and all or none', () => {
  const db = new DatabaseSync(':memory:');
  const steps = [...migrations, 'CREATE TABLE later (x INTEGER)', 'INSERT INTO later VALUES (1)'];
  expect(migrate(db, 0, migrations)).toBe(true);
  expect(() => migrate(db, migrations.length, [...steps, 'NOT SQL'])).toThrow();
  expect(db.prepare('SELECT max(version) AS version FROM schema_version').get()!.version).toBe(migrations.length);
  expect(db.prepare("SELECT count(*) AS there FROM sqlite_schema WHERE name = 'later'").get()!.there).toBe(0);
  expect(migrate(db, migrations.length, steps)).toBe(true);
  expect(migrate(db, steps.length, steps)).toBe(false);
  expect(db.prepare('SELECT count(*) AS rows FROM later').get()!.rows).toBe(1);
});
