/** References to entries. */
import type { EntryRef } from './types.ts';

/** Key of an entry in `Folder.effects`. */
export function refKey(ref: EntryRef): string {
  return `${ref.author}/${ref.seq}`;
}

export function refOf(entry: EntryRef): EntryRef {
  return { author: entry.author, seq: entry.seq };
}
