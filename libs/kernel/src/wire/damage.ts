/** Whether the stored bytes of a folder prove themselves: by their checksums, and where there are none by the chain of their hashes. Signatures are not looked at. */
import type { Hash } from '@lienthong/folder';
import { problemOf } from '../errors.ts';
import { decodeCheckedJson } from './checked-json.ts';
import { decodeEntry } from './entry-codec.ts';
import { readSegments } from './segment.ts';

/** What is wrong with the segments of one folder; null: nothing. */
export function damageOfSegments(segments: readonly Uint8Array[], hash: (bytes: Uint8Array) => Hash): string | null {
  const { entries, damaged, unchecked } = readSegments(segments);
  if (damaged.size > 0) return `segment ${[...damaged.keys()].join(', ')}`;
  if (unchecked.size === 0) return null;
  try {
    const read = entries.map(({ bytes, proof }) => decodeEntry(bytes, hash(bytes), proof)), held = new Set(read.map((entry) => entry.hash));
    const loose = read.find(({ prev, seen }) => [prev, ...Object.values(seen).map((head) => head.hash)].some((before) => before !== '' && !held.has(before)));
    return loose === undefined ? null : `${loose.author}/${loose.seq} hangs on what is not there`;
  } catch (cause) {
    return problemOf(cause);
  }
}

/** What is wrong with the record beside a folder's entries, or with a service's own; null: nothing, or there is none. */
export function damageOfRecord(aux: Uint8Array): string | null {
  try {
    if (aux.byteLength > 0) decodeCheckedJson(aux);
    return null;
  } catch {
    return 'the record beside the entries';
  }
}
