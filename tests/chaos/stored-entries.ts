/** All that a stopped hub holds, entry by entry. */
import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serviceNames } from '@lienthong/embedded';
import { decodeEntry, decodeSegment } from '@lienthong/kernel';
import type { StoredFolder } from '@lienthong/kernel';
import { sha256 } from '@lienthong/keys';
import { openSqlite } from '@lienthong/store-sqlite';
import type { SqliteNamespace } from '@lienthong/store-sqlite';

type Entry = ReturnType<typeof decodeEntry>;
/** `unsettled`: somebody has not acknowledged all of it. */
export type StoredCopy = { readonly service: string; readonly folder: string; readonly unsettled: boolean; readonly entries: readonly Entry[] };

/** Folders read at once. */
const page = 1_000;

/** The store is read from a copy. */
export async function storedCopies(store: string): Promise<readonly StoredCopy[]> {
  const place = await mkdtemp(join(tmpdir(), 'lienthong-store-')), copy = join(place, 'hub.db');
  await copyFile(store, copy);
  const opened = openSqlite({ path: copy, marksPath: null });
  try {
    const found: StoredCopy[] = [];
    for (const service of serviceNames) for await (const folder of allOf(opened.namespace(service))) found.push(shown(service, folder));
    return found;
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

function shown(service: string, { id, unsettled, segments }: StoredFolder): StoredCopy {
  const entries = segments.flatMap((segment) => decodeSegment(segment)).map(({ bytes, proof }) => decodeEntry(bytes, sha256(bytes), proof));
  return { service, folder: id, unsettled, entries };
}
