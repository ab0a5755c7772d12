/** Entries of a stored folder, for tests that look into a store. */
import { readSegments } from '@lienthong/kernel';
import type { SealedEntry } from '@lienthong/kernel';

/** In the order of `segments`, which are all that a folder has. What was damaged and then mended is read as it was mended; throws where something is damaged still. */
export function wholeEntries(segments: readonly Uint8Array[]): readonly SealedEntry[] {
  const { entries, damaged } = readSegments(segments);
  if (damaged.size > 0) throw new RangeError(`stored segments are damaged: ${[...damaged].map(([place, { damage }]) => `${place} (${damage})`).join(', ')}`);
  return entries;
}
