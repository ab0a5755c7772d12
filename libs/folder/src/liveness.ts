/** Which part of a log may have effect at all: what a succession chose, else what stands before a fork. */
import type { Faults } from './faults.ts';
import type { Folder, Log, Succession } from './folder.ts';
import { isUnder } from './folder.ts';
import type { Entry, NoEffect } from './types.ts';

/** Undefined: the entry may have effect. `succession` is the one that counts for its author. */
export function whyDead<B>(folder: Folder<B>, log: Log<B>, entry: Entry<B>, succession: Succession<B> | undefined, faults: Faults | undefined): NoEffect | undefined {
  if (succession !== undefined) {
    const under = succession.head !== null && isUnder(folder, entry, succession.head);
    return under || faults?.has('keep-voided-tail') ? undefined : 'voided';
  }
  return log.forkedAt > 0 && entry.seq >= log.forkedAt && !faults?.has('ignore-fork') ? 'beyond-fork' : undefined;
}

/** True for an entry that claims to succeed somebody, in the form that a succession has. */
export function isSuccession<B>(entry: Entry<B>): boolean {
  return entry.succeeds !== null && entry.item === '' && entry.succeeds.predecessor !== entry.author;
}

/** True for an entry that claims to be the folder's first. */
export function isOrigin<B>(entry: Entry<B>): boolean {
  return entry.succeeds === null && entry.item === '';
}
