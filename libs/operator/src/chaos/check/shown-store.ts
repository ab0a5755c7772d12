/** Everything that a service's store holds, read from its database through the store's own port. */
import { hash as digest } from 'node:crypto';
import type { EntryRef, FolderId } from '@lienthong/folder';
import { asideName } from '@lienthong/law';
import type { Commitment } from '@lienthong/law';
import { decodeEntry, maxRowsPerQuery, readSegments } from '@lienthong/kernel';
import type { Commit, SealedEntry } from '@lienthong/kernel';
import { openMongo } from '@lienthong/store-mongo';

export type ShownFolder = {
  readonly id: FolderId; readonly commit: Commit; readonly entries: readonly SealedEntry[];
  /** Names of the particulars that stand beside the entries here. */
  readonly parts: readonly string[];
};
export type ShownStore = { readonly service: string; readonly commit: Commit; readonly folders: ReadonlyMap<FolderId, ShownFolder> };

/** Throws a StoreError. */
export async function showStore(uri: string, service: string): Promise<ShownStore> {
  const store = await openMongo({ uri, service });
  try {
    const folders = new Map<FolderId, ShownFolder>();
    for (let after = 0; ;) {
      const rows = await store.changedSince(after, maxRowsPerQuery);
      for (const { id, commit } of rows) {
        const stored = await store.load(id);
        if (stored === undefined) { after = commit; continue; }
        const { entries } = readSegments(stored.segments), names = particularsOf(entries);
        const parts = names.length === 0 ? [] : (await store.asides(id, names)).flatMap((one) => (one.bytes === null ? [] : [one.name]));
        folders.set(id, { id, commit: stored.commit, entries, parts });
        after = commit;
      }
      if (rows.length === 0) return { service, commit: await store.lastCommit(), folders };
    }
  } finally {
    await store.close();
  }
}

export const hashOf = (sealed: SealedEntry): string => digest('sha256', sealed.bytes, 'hex');
export const entryOf = (sealed: SealedEntry): ReturnType<typeof decodeEntry> => decodeEntry(sealed.bytes, hashOf(sealed), sealed.proof);

/** Names under which the particulars that these entries commit to are kept. */
function particularsOf(entries: readonly SealedEntry[]): string[] {
  return entries.flatMap((sealed) => {
    const { particulars } = entryOf(sealed).body as { readonly particulars?: readonly Commitment[] };
    return (particulars ?? []).map(({ commitment }) => asideName(commitment));
  });
}

/** What is known of an entry by its author and number. */
export type KnownEntry = EntryRef & { readonly hash: string; /** The request that it carries, and the code that it gives a new dossier; '' for none. */ readonly request: string; readonly code: string };

export function knownEntries(folder: ShownFolder): KnownEntry[] {
  return folder.entries.map((sealed) => {
    const { author, seq, hash, kind, body } = entryOf(sealed);
    const { request, code } = body as { readonly request?: string; readonly code?: string };
    return { author, seq, hash, code: kind === 'dossier-received' ? code ?? '' : '', request: request === undefined ? '' : request.slice(0, request.lastIndexOf('#')) };
  });
}
