/** What is written goes into the log first, and from there into the file: also when there is never a pause. */
import { existsSync, statSync } from 'node:fs';
import { expect, test } from 'vitest';
import { author, change, open, storeDirectory } from './store-directory.ts';

const mebibyte = 1024 * 1024;
/** The log is copied from 16 MiB on, between two batches, and a batch is at most as much again. */
const maxLogBytes = 40 * mebibyte;

test('the log stays bounded while writing never pauses, and is gone when all is in the file', async () => {
  const directory = storeDirectory(), store = open(directory), land = store.namespace('land');
  await land.setIncarnation(author);
  const segment = Buffer.alloc(mebibyte, 'x'), segments = 200;
  let asked = 0, largest = 0;
  const writeOn = async (writer: number): Promise<void> => {
    for (let version = 0; asked < segments; version++) {
      asked += 1;
      expect(await land.append(change(`folder ${writer}`, version, { segment }))).toMatchObject({ ok: true });
      // As large as it ever was: it is cut only beyond 64 MiB.
      largest = Math.max(largest, statSync(`${directory.path}-wal`).size);
    }
  };
  await Promise.all(Array.from({ length: 24 }, (_, writer) => writeOn(writer)));
  expect(largest).toBeLessThanOrEqual(maxLogBytes);
  await store.close();
  expect([existsSync(`${directory.path}-wal`), statSync(directory.path).size > segments * mebibyte]).toEqual([false, true]);
  expect(await open(directory).check()).toEqual([]);
});
