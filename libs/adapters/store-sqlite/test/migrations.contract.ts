/** A store of an earlier release opens, and answers as it did. */
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { unlistedFolders } from '../src/derived-rows.ts';
import { readStoreFacts } from '../src/index.ts';
import { migrations } from '../src/schema.ts';
import { author, change, open, storeDirectory } from './store-directory.ts';
import type { StoreDirectory } from './store-directory.ts';

/** By id they stand in another order than they came. */
const ids = ['m', 'z', 'a', 'k', 'b'];

/** A store as the first release wrote it: rows by which folders are found bear ids, and lie by them. */
async function ofFirstSchema(): Promise<StoreDirectory> {
  const directory = storeDirectory(), store = open(directory), land = store.namespace('land'), other = store.namespace('intake');
  await land.setIncarnation(author);
  for (const id of ids) await land.append(change(id, 0, { index: { code: [`code ${id}`], desk: ['d', 'e'] }, unsettled: id !== 'k' }));
  await land.append(change('a', 1, { index: { code: ['code a'], desk: ['e'] }, unsettled: true }));
  await other.append({ ...change('a', 0, { index: { desk: ['d'] }, unsettled: true }), incarnation: 'intake~00000000000000a1' });
  await store.close();
  const db = new DatabaseSync(directory.path);
  db.exec(`
    ALTER TABLE listing RENAME TO listed;
    CREATE TABLE listing (f INTEGER NOT NULL, value TEXT NOT NULL, id TEXT NOT NULL, n INTEGER NOT NULL, PRIMARY KEY (f, value, id)) STRICT, WITHOUT ROWID;
    INSERT INTO listing SELECT listed.f, listed.value, folder.id, listed.n FROM listed JOIN folder ON folder.n = listed.n;
    DROP TABLE listed;
    DROP INDEX folder_unsettled;
    CREATE INDEX folder_unsettled ON folder (ns, id) WHERE unsettled = 1;
    DELETE FROM schema_version WHERE version > 1;`);
  db.close();
  return directory;
}

function unlisted({ path }: StoreDirectory): number[] {
  const db = new DatabaseSync(path);
  try { return unlistedFolders(db); } finally { db.close(); }
}

test('what was found in it is found, in the order in which it came; it can be written, and bears the newest schema', async () => {
  const directory = await ofFirstSchema();
  expect(readStoreFacts(directory.path, true).schema).toBe(1);
  expect(unlisted(directory)).toEqual([]);
  const store = open(directory), land = store.namespace('land');
  expect(await land.find('desk', 'd', 9)).toEqual(['m', 'z', 'k', 'b']);
  expect(await land.find('desk', 'e', 9)).toEqual(ids);
  expect(await land.find('desk', 'd', 9, 'a')).toEqual(['k', 'b']);
  expect(await land.unsettled(9)).toEqual(['m', 'z', 'a', 'b']);
  expect(await store.namespace('intake').find('desk', 'd', 9)).toEqual(['a']);
  for (const id of ids) expect(await land.find('code', `code ${id}`, 9)).toEqual([id]);
  expect((await land.changedSince(0, 9, { field: 'desk', value: 'd' })).map(({ id }) => id)).toEqual(['m', 'z', 'k', 'b']);
  expect(await land.append(change('z', 1, { index: { code: ['code z'] } }))).toMatchObject({ ok: true });
  expect(await land.find('desk', 'd', 9)).toEqual(['m', 'k', 'b']);
  expect(await land.unsettled(9)).toEqual(['m', 'a', 'b']);
  await store.close();
  expect(readStoreFacts(directory.path, true).schema).toBe(migrations.length);
  expect(unlisted(directory)).toEqual([]);
});

test('behind a folder that the store does not have, its lists are told from the first on', async () => {
  const land = open(await ofFirstSchema()).namespace('land');
  expect(await land.find('desk', 'd', 9, 'never came')).toEqual(['m', 'z', 'k', 'b']);
  expect(await land.unsettled(9, 'never came')).toEqual(['m', 'z', 'a', 'b']);
});
