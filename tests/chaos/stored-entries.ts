/** All that a stopped hub holds, entry by entry. */
import { decodeEntry } from '@lienthong/kernel';
import type { StoredFolder } from '@lienthong/kernel';
import { sha256 } from '@lienthong/keys';
import { wholeEntries } from '@lienthong/testkit';
import { readStore } from './read-store.ts';

type Entry = ReturnType<typeof decodeEntry>;
/** `unsettled`: somebody has not acknowledged all of it. */
export type StoredCopy = { readonly service: string; readonly folder: string; readonly unsettled: boolean; readonly entries: readonly Entry[] };

export async function storedCopies(store: string): Promise<readonly StoredCopy[]> {
  const found: StoredCopy[] = [];
  for await (const { service, folder } of readStore(store)) found.push(shown(service, folder));
  return found;
}

function shown(service: string, { id, unsettled, segments }: StoredFolder): StoredCopy {
  const entries = wholeEntries(segments).map(({ bytes, proof }) => decodeEntry(bytes, sha256(bytes), proof));
  return { service, folder: id, unsettled, entries };
}
