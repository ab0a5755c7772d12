/** A directory for one test, with the paths of a store and its marks, and short ways to write. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach } from 'vitest';
import type { Append } from '@lienthong/kernel/ports/folder-store';
import { openSqlite } from '../src/index.ts';
import type { SqliteOptions, SqliteStore } from '../src/index.ts';

export const author = 'land~00000000000000a1';

export type StoreDirectory = SqliteOptions & { readonly root: string; readonly marksPath: string };

const made: string[] = [];
const opened: SqliteStore[] = [];

export function storeDirectory(): StoreDirectory {
  const root = mkdtempSync(join(tmpdir(), 'store-sqlite-'));
  made.push(root);
  return { root, path: join(root, 'data', 'hub.db'), marksPath: join(root, 'keys', 'marks') };
}

/** Opened for this test, closed after it. */
export function open(options: SqliteOptions): SqliteStore {
  const store = openSqlite(options);
  opened.push(store);
  return store;
}

export const change = (id: string, expectedVersion: number, more: Partial<Append> = {}): Append => ({ id, expectedVersion, incarnation: author, segment: Buffer.alloc(2048, `${id} ${expectedVersion}`), wakeAt: null, unsettled: false, ...more });

afterEach(async () => {
  for (const store of opened.splice(0)) await store.close();
  for (const root of made.splice(0)) rmSync(root, { recursive: true });
});
