/** Reads the store of a stopped hub, folder by folder. */
import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serviceNames } from '@lienthong/embedded';
import type { StoredFolder } from '@lienthong/kernel';
import { openSqlite } from '@lienthong/store-sqlite';
import type { SqliteNamespace } from '@lienthong/store-sqlite';

/** Folders read at once. */
const page = 1_000;

/** Every folder of every service. The store is read from a copy. */
export async function* readStore(store: string): AsyncGenerator<{ readonly service: string; readonly folder: StoredFolder }> {
  const place = await mkdtemp(join(tmpdir(), 'lienthong-store-')), copy = join(place, 'hub.db');
  await copyFile(store, copy);
  const opened = openSqlite({ path: copy, marksPath: null });
  try {
    for (const service of serviceNames) for await (const folder of allOf(opened.namespace(service))) yield { service, folder };
  } finally {
    await opened.close();
    await rm(place, { recursive: true, force: true });
  }
}

async function* allOf(namespace: SqliteNamespace): AsyncGenerator<StoredFolder> {
  for (let after = 0; ;) {
    const changes = await namespace.changedSince(after, page);
    for (const { id } of changes) yield (await namespace.load(id))!;
    if (changes.length < page) return;
    after = changes.at(-1)!.commit;
  }
}
