/** A pull may bring more than a message holds: it travels in pages, each of which ends on proved entries. */
import { createHash } from 'node:crypto';
import { folder as contract } from '@lienthong/contract';
import { HubError } from '@lienthong/kernel';
import type { SealedEntry } from '@lienthong/kernel';
import type { AuthorId, Head, Heads } from '@lienthong/folder';
import { maxMessageBytes } from '../limits.ts';

/** Room for heads and framing beside the entries of a page. */
const pageBytes = maxMessageBytes - 256 * 1024;
/** Proof and framing of one entry, at most. */
const bytesBesideEntry = 256;

/** As many entries as fit, so that no author's chain ends without a proof. Throws MESSAGE_TOO_LARGE when not even the first proof fits. */
export function firstPage(entries: readonly SealedEntry[]): readonly SealedEntry[] {
  const unproved = new Set<AuthorId>();
  let bytes = 0;
  let end = 0;
  for (const [index, { bytes: own, proof }] of entries.entries()) {
    bytes += own.byteLength + bytesBesideEntry;
    if (bytes > pageBytes) break;
    const { author } = contract.Entry.decode(own);
    if (proof === null) unproved.add(author);
    else unproved.delete(author);
    if (unproved.size === 0) end = index + 1;
  }
  if (end === 0 && entries.length > 0 && bytes > pageBytes) throw new HubError('MESSAGE_TOO_LARGE', { bytes: String(bytes), limit: String(pageBytes) });
  return bytes > pageBytes ? entries.slice(0, end) : entries;
}

/** What is held once these entries are, too. */
export function advanced(have: Heads, entries: readonly SealedEntry[]): Heads {
  const heads: Record<AuthorId, Head> = { ...have };
  for (const { bytes } of entries) {
    const { author, seq } = contract.Entry.decode(bytes);
    if (seq > (heads[author]?.seq ?? 0)) heads[author] = { seq, hash: createHash('sha256').update(bytes).digest('hex') };
  }
  return heads;
}
