/** What a stopped hub has in its store, folder by folder: as bytes, and whose it is. */
import { decodeEntry } from '@lienthong/kernel';
import type { StoredFolder } from '@lienthong/kernel';
import { wholeEntries } from '@lienthong/testkit';
import { readStore } from '../chaos/read-store.ts';

/** `type`: of a record; '' for a dossier. `code`: of a dossier; '' for a record. `bytes`: version, commit, entries with their proofs. */
export type ShownFolder = { readonly type: string; readonly code: string; readonly bytes: string };

/** By `<service>/<folder>`; the kernel's own notes are left out. */
export async function storedFolders(store: string): Promise<ReadonlyMap<string, ShownFolder>> {
  const found = new Map<string, ShownFolder>();
  for await (const { service, folder } of readStore(store)) {
    const shown = shownFolder(folder);
    if (shown !== null) found.set(`${service}/${folder.id}`, shown);
  }
  return found;
}

/** Null: neither dossier nor record. */
function shownFolder({ version, commit, segments }: StoredFolder): ShownFolder | null {
  const bodies = wholeEntries(segments).map(({ bytes }) => decodeEntry(bytes, '', null)).filter((entry) => entry.item === '').map((entry) => entry.body as { readonly type?: string; readonly code?: string });
  const first = bodies.find((body) => body.type !== undefined || body.code !== undefined);
  if (first === undefined) return null;
  return { type: first.code === undefined ? first.type! : '', code: first.code ?? '', bytes: [version, commit, ...segments.map((segment) => Buffer.from(segment).toString('hex'))].join(' ') };
}
