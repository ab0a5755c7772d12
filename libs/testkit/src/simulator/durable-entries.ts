/** What a service durably holds, whoever wrote it: by the hashes of the entries on its disk. */
import { hash as digest } from 'node:crypto';
import type { Hash } from '@lienthong/folder';
import { decodeSegment } from '@lienthong/kernel';
import type { MemoryStore } from '@lienthong/store-memory';

export function durableEntries(stores: readonly MemoryStore[]): ReadonlySet<Hash> {
  const found = new Set<Hash>();
  for (const store of stores) for (const row of store.backup().rows.values()) for (const segment of row.segments) for (const { bytes } of decodeSegment(segment)) found.add(digest('sha256', bytes, 'hex'));
  return found;
}
