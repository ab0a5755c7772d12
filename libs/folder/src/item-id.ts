/** Ids of items are derived from the entry that creates them, never written. */
import type { AuthorId, EntryRef, ItemId } from './types.ts';

/** Id of the n-th item (from 0) that entry (author, seq) creates. */
export function itemId(author: AuthorId, seq: number, n: number): ItemId {
  return `${author}/${seq}/${n}`;
}

/** The entry that creates the item, and the item's position there. Undefined when `id` is no item id. */
export function parseItemId(id: ItemId): (EntryRef & { readonly n: number }) | undefined {
  const found = /^(.+)\/([1-9][0-9]*)\/(0|[1-9][0-9]*)$/.exec(id);
  return found === null ? undefined : { author: found[1]!, seq: Number(found[2]), n: Number(found[3]) };
}
