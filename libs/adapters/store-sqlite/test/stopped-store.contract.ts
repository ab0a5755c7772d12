import { existsSync, mkdirSync, statSync, truncateSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { foldersChangedIn, readMarks, readStoreFacts, whileStopped, writeMarks } from '../src/index.ts';
import { author, change, open, storeDirectory } from './store-directory.ts';
import type { StoreDirectory } from './store-directory.ts';

async function filled(): Promise<StoreDirectory> {
  const directory = storeDirectory();
  const store = open(directory);
  const land = store.namespace('land'), intake = store.namespace('intake');
  await land.setIncarnation(author);
  for (const at of [1, 2, 3]) await land.append(change(`folder ${at}`, 0, { index: { code: [`c${at}`], desk: ['d'] } }));
  await land.append(change('folder 2', 1));
  await land.append(change('no code', 0));
  await land.append({ id: 'folder 1', expectedVersion: 1, incarnation: author, aux: Buffer.from('a note'), wakeAt: null, unsettled: false });
  expect(await intake.lastCommit()).toBe(0);
  await store.close();
  return directory;
}

test('a store that nobody has open says whose it is and how far it came, and is left as it was', async () => {
  const { path } = await filled();
  expect(readStoreFacts(path, true)).toEqual({ schema: 2, services: [{ service: 'intake', incarnation: null, commit: 0 }, { service: 'land', incarnation: author, commit: 6 }] });
  expect(existsSync(`${path}-wal`)).toBe(false);
});

test.each([
  [0, 10, [['folder 1', 'c1'], ['folder 2', 'c2'], ['folder 3', 'c3'], ['no code', '']]],
  [3, 10, [['folder 2', 'c2'], ['no code', '']]],
  [0, 2, [['folder 1', 'c1'], ['folder 2', 'c2']]],
  [5, 10, []],
])('folders that got entries after commit %i, at most %i', async (commit, limit, expected) => {
  const { path } = await filled();
  expect(foldersChangedIn(path, 'land', commit, 'code', limit).map(({ id, value }) => [id, value])).toEqual(expected);
  expect(foldersChangedIn(path, 'nobody', 0, 'code', 10)).toEqual([]);
});

test('no work on the file while a hub has it open, and no hub while there is work', async () => {
  const directory = await filled();
  const store = open(directory);
  await expect(whileStopped(directory.path, async () => 1)).rejects.toMatchObject({ code: 'STORE_BUSY' });
  await store.close();
  await whileStopped(directory.path, async () => expect(() => open(directory)).toThrow(expect.objectContaining({ code: 'STORE_BUSY' })));
  expect(await open(directory).namespace('land').lastCommit()).toBe(6);
});

test('nobody but its owner reads a store, nor its log, also in a directory that others may enter', async () => {
  const directory = storeDirectory(), { path } = directory;
  mkdirSync(dirname(path), { mode: 0o755 });
  await open(directory).namespace('land').setIncarnation(author);
  expect(['', '-wal', '-shm'].map((ending) => statSync(path + ending).mode & 0o077)).toEqual([0, 0, 0]);
});

test.each([
  ['cut short', (path: string) => truncateSync(path, 8192), 'STORE_DAMAGED'],
  ['of a later version', (path: string) => { const db = new DatabaseSync(path); db.exec('INSERT INTO schema_version VALUES (99)'); db.close(); }, 'STORE_NEWER'],
])('a file that was %s is refused by name', async (_, spoil, code) => {
  const { path } = await filled();
  spoil(path);
  expect(() => readStoreFacts(path, false)).toThrow(expect.objectContaining({ code, file: path }));
});

test('where there is no file, none is made', () => {
  const { path } = storeDirectory();
  expect(() => readStoreFacts(path, false)).toThrow(expect.objectContaining({ code: 'STORE_DAMAGED', file: path }));
  expect(existsSync(path)).toBe(false);
});

test('a mark that is written for a store makes it one that is behind', async () => {
  const directory = await filled();
  const marks = readMarks(directory.marksPath);
  expect(marks.get('land')).toEqual({ incarnation: author, commit: 6 });
  writeMarks(directory.marksPath, new Map([['land', { incarnation: author, commit: 7 }]]));
  const land = open(directory).namespace('land');
  expect(await land.append(change('late', 0))).toEqual({ ok: false, conflict: 'incarnation' });
});
