/** A pull may bring more than a message holds: it travels in pages, each of which ends on proved entries. */
import { createHash } from 'node:crypto';
import { folder as contract } from '@lienthong/contract';
import { firstProvedPage, HubError } from '@lienthong/kernel';
import type { SealedEntry } from '@lienthong/kernel';
import type { AuthorId, Head, Heads } from '@lienthong/folder';
import { maxMessageBytes } from '../limits.ts';

/** Room for heads and framing beside the entries of a page. */
const pageBytes = maxMessageBytes - 256 * 1024;

/** As many entries as fit, so that no author's chain ends without a proof. Throws MESSAGE_TOO_LARGE when not even the first proof fits. */
export function firstPage(entries: readonly SealedEntry[]): readonly SealedEntry[] {
  const page = firstProvedPage(entries, pageBytes);
  if (page.length > 0 || entries.length === 0) return page;
  throw new HubError('MESSAGE_TOO_LARGE', { bytes: String(entries.reduce((bytes, entry) => bytes + entry.bytes.byteLength, 0)), limit: String(pageBytes) });
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
