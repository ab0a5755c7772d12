/** Items of a dossier in the order of their creation, and entries in that of their writing: the same at every copy, in whatever order it heard. Where one of several is named, all name the same. */
import { having, without } from '@lienthong/folder';
import type { Seldom } from '@lienthong/folder';
import type { LawEntry } from './dossier.ts';
import type { EntryRef, ItemId } from './types.ts';

type Created = { readonly id: ItemId; readonly createdBy: EntryRef } & ({ readonly createdAt: number } | { readonly openedAt: number });

const bornAt = (item: Created): number => ('createdAt' in item ? item.createdAt : item.openedAt);

/** Entries that its author had written and heard of: more than of any that it builds on. Each says only what was new since the author's last. */
function heardOf({ author, seq }: EntryRef, entries: readonly LawEntry[]): number {
  const heads = new Map([[author, seq]]);
  for (const one of entries) {
    if (one.author !== author || one.seq > seq) continue;
    for (const [other, head] of Object.entries(one.seen)) heads.set(other, Math.max(heads.get(other) ?? 0, head.seq));
  }
  return heads.values().reduce((sum, head) => sum + head, 0);
}

/** Of what was written at one moment causes stand before consequences. */
export function isWrittenBefore(a: EntryRef, b: EntryRef, entries: readonly LawEntry[]): boolean {
  if (a.author === b.author) return a.seq < b.seq;
  const first = heardOf(a, entries), second = heardOf(b, entries);
  return first === second ? a.author < b.author : first < second;
}

/** Items of one entry stand as it names them. */
function isBefore(a: Created, b: Created, entries: readonly LawEntry[]): boolean {
  return bornAt(a) === bornAt(b) ? isWrittenBefore(a.createdBy, b.createdBy, entries) : bornAt(a) < bornAt(b);
}

/** The map with the item in it, before those that were created later and heard of first. `entries`: those by which the items were created. */
export function inOrder<T extends Created>(items: Seldom<ItemId, T>, item: T, entries: readonly LawEntry[]): Seldom<ItemId, T> {
  const later = [...items.values()].filter((one) => isBefore(item, one, entries));
  let found = having(items, item.id, item);
  for (const one of later) {
    without(found, one.id);
    found = having(found, one.id, one);
  }
  return found;
}
