/** Changes for tests, as short as a test wants to say them. */
import type { Append } from '@lienthong/kernel/ports/folder-store';

export const author = 'land~00000000000000a1';
export const otherAuthor = 'land~00000000000000b2';

/** A folder id that looks like a real one; rises with `n`. */
export const folderId = (n: number): string => n.toString(16).padStart(64, '0');

export const text = (words: string): Uint8Array => new TextEncoder().encode(words);
export const wordsOf = (parts: readonly Uint8Array[]): string[] => parts.map((bytes) => new TextDecoder().decode(bytes));

/** An append by `author` that neither wakes nor waits, unless `more` says so. */
export function change(id: string, expectedVersion: number, more: Partial<Append> = {}): Append {
  return { id, expectedVersion, incarnation: author, wakeAt: null, unsettled: false, ...more };
}
