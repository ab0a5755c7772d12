/** What a stopped hub has in its store, folder by folder: as bytes, and whose it is. */
import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serviceNames } from '@lienthong/embedded';
import { decodeEntry, decodeSegment } from '@lienthong/kernel';
import type { StoredFolder } from '@lienthong/kernel';
import { openSqlite } from '@lienthong/store-sqlite';
import type { SqliteNamespace } from '@lienthong/store-sqlite';

/** `type`: of a record; '' for a dossier. `code`: of a dossier; '' for a record. `bytes`: version, commit, entries with their proofs. */
export type ShownFolder = { readonly type: string; readonly code: string; readonly bytes: string };

/** Folders read at once. */
const page = 1_000;

/** By `<service>/<folder>`; the kernel's own notes are left out. The store is read from a copy. */
export async function storedFolders(store: string): Promise<ReadonlyMap<string, ShownFolder>> {
  const place = await mkdtemp(join(tmpdir(), 'lienthong-store-')), copy = join(place, 'hub.db');
  await copyFile(store, copy);
  const opened = openSqlite({ path: copy, marksPath: null });
  try {
    const found = new Map<string, ShownFolder>();
    for (const service of serviceNames) for await (const folder of allOf(opened.namespace(service))) {
      const shown = shownFolder(folder);
      if (shown !== null) found.set(`${service}/${folder.id}`, shown);
    }
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

/** Null: neither dossier nor record. */
function shownFolder({ version, commit, segments }: StoredFolder): ShownFolder | null {
  const bodies = segments.flatMap((segment) => decodeSegment(segment)).map(({ bytes }) => decodeEntry(bytes, '', null)).filter((entry) => entry.item === '').map((entry) => entry.body as { readonly type?: string; readonly code?: string });
  const first = bodies.find((body) => body.type !== undefined || body.code !== undefined);
  if (first === undefined) return null;
  return { type: first.code === undefined ? first.type! : '', code: first.code ?? '', bytes: [version, commit, ...segments.map((segment) => Buffer.from(segment).toString('hex'))].join(' ') };
}
