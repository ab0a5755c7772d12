/** Bytes within a row may turn without SQLite seeing it: each folder whose segments are not those that were written is named. */
import { DatabaseSync } from 'node:sqlite';
import { encodeSegment } from '@lienthong/kernel';
import { expect, test } from 'vitest';
import { damagedFolders, damagedFoldersApart, readStoreFacts } from '../src/index.ts';
import { author, change, open, storeDirectory } from './store-directory.ts';

const segment = (text: string): Uint8Array => encodeSegment([{ bytes: Buffer.alloc(600, text), proof: null }]);

/** Two dossiers and a record of a service, two segments each. */
async function filled(): Promise<string> {
  const directory = storeDirectory(), store = open(directory), land = store.namespace('land');
  await land.setIncarnation(author);
  for (const id of ['a', 'b', 'c']) {
    await land.append(change(id, 0, { segment: segment(`${id} one`), index: id === 'c' ? {} : { code: [`H-${id}`] } }));
    await land.append(change(id, 1, { segment: segment(`${id} two`) }));
  }
  await land.append({ id: 'a', expectedVersion: 2, incarnation: author, aux: Buffer.from('{"l":[],"a":{}}'), wakeAt: null, unsettled: false });
  await store.close();
  return directory.path;
}

function alter(path: string, sql: string, ...values: (string | number | Uint8Array)[]): void {
  const db = new DatabaseSync(path);
  try { db.prepare(sql).run(...values); } finally { db.close(); }
}

const turned = (bytes: Uint8Array): Uint8Array => Uint8Array.from(bytes, (byte, at) => (at >= 300 && at < 304 ? byte ^ 0xff : byte));
const place = (commit: number): number => 2 ** 40 + commit;

test('a store whose bytes are those that were written is in order', async () => {
  const path = await filled();
  expect(damagedFolders(path)).toEqual([]);
  expect(await damagedFoldersApart(path)).toEqual([]);
});

test.each([
  ['four bytes of a first segment', 'UPDATE write_log SET bytes = ? WHERE place = ?', [turned(segment('b one')), place(3)], [['land', 'b', 'H-b', 'segment 0']]],
  ['four bytes of a last segment', 'UPDATE write_log SET bytes = ? WHERE place = ?', [turned(segment('c two')), place(6)], [['land', 'c', '', 'segment 1']]],
  ['a segment that is gone', 'DELETE FROM write_log WHERE place = ?', [place(2)], [['land', 'a', 'H-a', 'segment 1']]],
  ['a byte of the record beside a folder', `UPDATE folder SET aux = CAST(replace(CAST(aux AS TEXT), '{"l"', '("l"') AS BLOB) WHERE id = ?`, ['a'], [['land', 'a', 'H-a', 'the record beside the entries']]],
  ['a row by which a folder is found', 'DELETE FROM listing WHERE value = ?', ['H-a'], [['land', 'a', 'H-a', 'it is not listed']]],
  ['a list that names what is not there', "UPDATE folder SET segments = ? WHERE id = 'b'", [Uint8Array.of(3, 90)], [['land', 'b', 'H-b', 'segment 1']]],
] as const)('%s: SQLite finds nothing, the folder is named', async (_what, sql, values, expected) => {
  const path = await filled();
  alter(path, sql, ...values);
  expect(() => readStoreFacts(path, true)).not.toThrow();
  expect(damagedFolders(path).map(({ service, folder, code, problem }) => [service, folder, code, problem])).toEqual(expected);
  expect(await damagedFoldersApart(path)).toEqual(damagedFolders(path));
});

test('what a later segment stands for is not damaged any more', async () => {
  const path = await filled();
  alter(path, 'UPDATE write_log SET bytes = ? WHERE place = ?', turned(segment('a one')), place(1));
  alter(path, 'UPDATE write_log SET bytes = ? WHERE place = ?', encodeSegment([{ bytes: Buffer.alloc(600, 'a one'), proof: null }], [0]), place(2));
  expect(damagedFolders(path)).toEqual([]);
});

test('a service whose folders lie elsewhere reads no other bytes in the place of a lost segment', async () => {
  const directory = storeDirectory(), store = open(directory), land = store.namespace('land');
  await land.append(change('a', 0));
  await store.close();
  alter(directory.path, 'DELETE FROM write_log');
  const again = open(directory);
  expect((await again.namespace('land').load('a'))?.segments.map((bytes) => bytes.byteLength)).toEqual([1]);
});
