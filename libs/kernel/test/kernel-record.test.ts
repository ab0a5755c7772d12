/** What a service must remember stands in its store, where its instances write it by turns. */
import { expect, test } from 'vitest';
import { memoryStore } from '@lienthong/store-memory';
import { KernelRecord } from '../src/kernel-record.ts';
import { folderOf } from './toy/toy-hub.ts';

const folder = folderOf('lost'), another = folderOf('lost, too'), author = 'alpha~1';

test.each([
  ['joins the list of another instance about the same loss', 9, [folder, another]],
  ['replaces the list of a loss before', 12, [another]],
])('what is noted as lost %s', async (_what, toCommit, listed) => {
  const store = memoryStore({ mark: { read: () => undefined, raise: () => {} } });
  await store.setIncarnation(author);
  const one = new KernelRecord(store), two = new KernelRecord(store);
  one.atRisk = { fromCommit: 5, toCommit: 9, folders: [] };
  await one.save(author);
  await two.open();
  expect([one.noteLost(folder, 20), one.noteLost(folder, 20)]).toEqual([true, false]);
  await one.save(author);
  two.atRisk = { fromCommit: 5, toCommit, folders: [another] };
  await two.save(author);
  const read = new KernelRecord(store);
  await read.open();
  expect([...read.atRisk!.folders].sort()).toEqual([...listed].sort());
});

test('a folder that is listed where nothing else is at risk puts no commit at risk', () => {
  const record = new KernelRecord(memoryStore({ mark: { read: () => undefined, raise: () => {} } }));
  record.noteLost(folder, 20);
  expect(record.atRisk).toEqual({ fromCommit: 20, toCommit: 20, folders: [folder] });
});
