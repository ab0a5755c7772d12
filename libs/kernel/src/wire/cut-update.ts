/** A long history does not fit into one message: it is cut where no author's chain hangs in the air, and what cannot be cut is left to be pulled. */
import { folder as contract } from '@lienthong/contract';
import type { AuthorId } from '@lienthong/folder';
import type { FolderUpdate, SealedEntry } from './folder-update.ts';

/** Framing of one entry and its proof without the path, at most; and one head. */
const bytesBesideEntry = 256;
const bytesOfHead = 128;
/** Folder, sender, mark and flags. */
const bytesOfFrame = 256;

/** As many entries as fit into `maxBytes`, so that no author's chain ends without a proof; none when not even the first proof fits. */
export function firstProvedPage(entries: readonly SealedEntry[], maxBytes: number): readonly SealedEntry[] {
  const unproved = new Set<AuthorId>();
  let bytes = 0;
  let end = 0;
  for (const [index, entry] of entries.entries()) {
    const { bytes: own, proof } = entry;
    bytes += sizeOfEntry(entry);
    if (bytes > maxBytes) return entries.slice(0, end);
    const { author } = contract.Entry.decode(own);
    if (proof === null) unproved.add(author);
    else unproved.delete(author);
    if (unproved.size === 0) end = index + 1;
  }
  return entries;
}

/**
 * The update as one or several, each at most `maxBytes` encoded, in the order in which they must be sent. After `maxUpdates` of them, or where no cut is possible,
 * the last one says that there is more to pull. The last one alone wants a reply.
 */
export function cutUpdate(update: FolderUpdate, maxBytes: number, maxUpdates: number): readonly FolderUpdate[] {
  const room = maxBytes - bytesOfFrame - Object.keys(update.heads).length * bytesOfHead;
  if (update.entries.length === 0 || sizeOf(update.entries) <= room) return [update];
  const cut: FolderUpdate[] = [];
  for (let rest = update.entries; rest.length > 0;) {
    const page = cut.length === maxUpdates - 1 && sizeOf(rest) > room ? [] : firstProvedPage(rest, room);
    if (page.length === 0) return [...cut, { ...update, entries: [], more: true }];
    rest = rest.slice(page.length);
    cut.push({ ...update, entries: page, wantsReply: rest.length === 0 && update.wantsReply });
  }
  return cut;
}

function sizeOf(entries: readonly SealedEntry[]): number {
  let bytes = 0;
  for (const entry of entries) bytes += sizeOfEntry(entry);
  return bytes;
}

function sizeOfEntry({ bytes, proof }: SealedEntry): number {
  return bytes.byteLength + bytesBesideEntry + (proof?.path?.byteLength ?? 0);
}
