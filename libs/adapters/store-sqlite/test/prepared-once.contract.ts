/** A statement that SQLite prepares anew at each call costs several times what it reads. */
import { constants, DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { BatchWriter } from '../src/batch-writer.ts';
import { Reader } from '../src/reader.ts';
import { migrate } from '../src/schema.ts';
import { author, change } from './store-directory.ts';

function read(reader: Reader, id: string): void {
  reader.load(1, id);
  reader.standings(1, [id]);
  reader.asides(1, id, ['p'], () => undefined);
  reader.find(1, 'code', id, id.length, id);
  reader.due(1, id.length, id.length);
  reader.unsettled(1, id.length, id);
  for (const where of [undefined, { field: 'code', value: id }]) for (const commit of [id.length, -100_000]) reader.changedSince(1, commit, id.length, where);
  reader.lastCommit(1);
  reader.incarnation(1);
}

test('reads are prepared once, whatever is asked for', () => {
  const db = new DatabaseSync(':memory:');
  migrate(db, 0);
  new BatchWriter(db, undefined).run([{ ns: 1, name: 'land' }, { ns: 1, owner: author }, { ns: 1, change: change('a', 0, { index: { code: ['a'] } }) }]);
  const reader = new Reader(db);
  // Asked whenever a statement is prepared; setting it has each prepared anew once.
  let prepared = 0;
  db.setAuthorizer(() => { prepared += 1; return constants.SQLITE_OK; });
  read(reader, 'a');
  expect(prepared).toBeGreaterThan(0);
  prepared = 0;
  for (const id of ['b', 'bb', 'a']) read(reader, id);
  expect(prepared).toBe(0);
});
