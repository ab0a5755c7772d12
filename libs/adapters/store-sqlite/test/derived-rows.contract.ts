/** Bytes turn in what a store's file holds twice: lists and indexes. No folder is lost sight of, and none is found by what it is not. */
import { readFileSync, writeFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { relistDiffering } from '../src/derived-rows.ts';
import { author, change, open, storeDirectory } from './store-directory.ts';
import type { StoreDirectory } from './store-directory.ts';

const later = 9e15;

async function filled(): Promise<StoreDirectory> {
  const directory = storeDirectory(), store = open(directory), land = store.namespace('land');
  await land.setIncarnation(author);
  for (const id of ['a', 'b', 'c']) await land.append(change(id, 0, { index: { code: [`code ${id}`], desk: ['desk one', 'desk two'] }, wakeAt: later }));
  await land.append({ id: 'notes', expectedVersion: 0, incarnation: author, aux: Buffer.from('{}'), wakeAt: null, unsettled: false });
  await store.close();
  return directory;
}

const sql = (directory: StoreDirectory, text: string): void => { const db = new DatabaseSync(directory.path); db.exec(text); db.close(); };

const turned: readonly [string, string, readonly string[]][] = [
  ['nothing', 'SELECT 1', []],
  ['the value of a list', "UPDATE listing SET value = 'code x' WHERE value = 'code b'", ['b']],
  ['whom a list names', "UPDATE listing SET n = 77 WHERE value = 'code b'", ['b']],
  ['whom a list names, which is another one', "UPDATE listing SET n = (SELECT n FROM folder WHERE id = 'c') WHERE value = 'code b'", ['b', 'c']],
  ['a row of a list, lost', "DELETE FROM listing WHERE value = 'code b'", ['b']],
  ['a value beside the folder', `UPDATE folder SET fields = replace(fields, 'code b', 'code x') WHERE id = 'b'`, ['b']],
  ['the form of what stands beside the folder', `UPDATE folder SET fields = '(' || substr(fields, 2) WHERE id = 'b'`, ['b']],
  ['the name of a list', "UPDATE field SET name = 'cpde' WHERE name = 'code'", ['a', 'b', 'c']],
];

test.each(turned)('of folders whose list is not what it was (%s) those are woken at once, whose entries tell it anew', async (_what, turn, woken) => {
  const directory = await filled();
  sql(directory, turn);
  const store = open(directory), land = store.namespace('land');
  expect((await land.due(0, 9)).map(({ id }) => id).sort()).toEqual(woken);
  expect(await land.find('code', 'code x', 9)).toEqual([]);
  for (const id of woken) await land.append(change(id, 1, { index: { code: [`code ${id}`], desk: ['desk one', 'desk two'] }, wakeAt: later }));
  for (const id of ['a', 'b', 'c']) expect(await land.find('code', `code ${id}`, 9)).toEqual([id]);
  expect(await land.find('desk', 'desk two', 9)).toEqual(['a', 'b', 'c']);
  await store.close();
  const db = new DatabaseSync(directory.path);
  expect(relistDiffering(db)).toBe(0);
  db.close();
});

test('a folder is found although a byte of the index over the folders has turned', async () => {
  const directory = storeDirectory(), ids = Array.from({ length: 40 }, (_, at) => `folder ${at}`);
  const store = open(directory), land = store.namespace('land');
  await land.setIncarnation(author);
  for (const id of ids) await land.append(change(id, 0));
  await store.close();
  const db = new DatabaseSync(directory.path, { readOnly: true }), root = db.prepare("SELECT rootpage FROM sqlite_schema WHERE name = 'folder_id'").get()!['rootpage'] as number;
  db.close();
  const bytes = readFileSync(directory.path), from = (root - 1) * 8192, at = bytes.subarray(from, from + 8192).indexOf('folder 17');
  expect(at).toBeGreaterThan(0);
  bytes[from + at + 7] = 'x'.charCodeAt(0);
  writeFileSync(directory.path, bytes);
  const again = open(directory).namespace('land');
  expect((await again.load('folder 17'))?.version).toBe(1);
  expect((await again.standings(ids)).size).toBe(40);
});

test('a store in which folders have no service any more is refused', async () => {
  const directory = await filled();
  sql(directory, 'UPDATE namespace SET ns = ns + 16');
  expect(() => open(directory)).toThrow(expect.objectContaining({ code: 'STORE_DAMAGED', file: directory.path }));
});

test('what a folder is found by turns while the store is open: its next write says it anew, and every other folder can be written', async () => {
  const directory = await filled(), store = open(directory), land = store.namespace('land');
  sql(directory, "UPDATE folder SET fields = '(' || substr(fields, 2) WHERE id = 'b'");
  expect(await land.append(change('b', 1, { index: { code: ['code b'] } }))).toMatchObject({ ok: true });
  expect(await land.append(change('a', 1))).toMatchObject({ ok: true });
  expect(await land.find('code', 'code b', 9)).toEqual(['b']);
});

test('a row by which a folder is found is lost while the store is open: whoever has the folder written again finds it', async () => {
  const directory = await filled(), store = open(directory), land = store.namespace('land');
  sql(directory, "DELETE FROM listing WHERE value = 'code b'");
  expect(await land.find('code', 'code b', 9)).toEqual([]);
  await land.append(change('b', 1, { index: { desk: ['desk two', 'desk one'], code: ['code b'] } }));
  expect(await land.find('code', 'code b', 9)).toEqual(['b']);
});
