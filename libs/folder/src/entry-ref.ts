/** References to entries. */
import type { EntryRef } from './types.ts';

/** Key of an entry in `Folder.effects`. */
export function refKey(ref: EntryRef): string {
  return `${ref.author}/${ref.seq}`;
}

/** True when both name one entry. */
export function sameRef(a: EntryRef, b: EntryRef): boolean {
  return a.seq === b.seq && a.author === b.author;
}

export function refOf(entry: EntryRef): EntryRef {
  return { author: entry.author, seq: entry.seq };
}
