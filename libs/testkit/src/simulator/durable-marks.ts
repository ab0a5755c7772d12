/** How far a service durably knows that others' stores have come: read from the kernel's record on its disk. */
import type { AuthorId } from '@lienthong/folder';
import type { Commit } from '@lienthong/kernel';
import type { MemoryStore } from '@lienthong/store-memory';

const recordId = '0'.repeat(64);

export function durableMarks(store: MemoryStore): ReadonlyMap<AuthorId, Commit> {
  const record = store.backup().rows.get(recordId);
  if (record === undefined) return new Map();
  const { marks } = JSON.parse(new TextDecoder().decode(record.aux)) as { readonly marks: Readonly<Record<AuthorId, Commit>> };
  return new Map(Object.entries(marks));
}
