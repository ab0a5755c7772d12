/**
 * Which ids certainly have no folder: most folders are looked up first before they are there, and each look fetches pages that the writer has just changed. A Bloom filter, exact
 * in what it denies, for the file has one process: what stands in it is noted after the start, a few ids at a time, and what is written is noted before it is on its way.
 */
import { setTimeout as pause } from 'node:timers/promises';
import type { FolderId } from '@lienthong/folder';

/** Bits for each id, and looked at for each: where as many ids are noted as there is room for, one of 400 absent ids is looked for in vain. */
const bitsPerId = 16, probes = 4;
/** Room for so many ids at least, and at most (16 MiB): with more, more is looked for in vain. */
const minIds = 2 ** 16, maxIds = 2 ** 23;
/** Ids noted at once, and what lies between, in milliseconds: a million in ten seconds, beside what a hub has to do after its start. */
const idsPerStep = 1_000, stepEveryMs = 10;
const multiplier = 16_777_619, offset = 2_166_136_261;

export type IdPlace = { readonly ns: number; readonly id: FolderId };

export class KnownIds {
  readonly #bits: Uint32Array;
  readonly #mask: number;
  #isWhole = false;

  /** `expected`: ids that there are; there is room for as many again. */
  constructor(expected: number) {
    const bits = 2 ** Math.ceil(Math.log2(Math.min(Math.max(expected * 2, minIds), maxIds) * bitsPerId));
    this.#bits = new Uint32Array(bits / 32);
    this.#mask = bits - 1;
  }

  /** False: it has never been noted, and all that there are were. */
  mayHave(ns: number, id: FolderId): boolean {
    if (!this.#isWhole) return true;
    const { first, step } = hashes(ns, id);
    for (let n = 0; n < probes; n++) if (!this.#has((first + Math.imul(n, step)) & this.#mask)) return false;
    return true;
  }

  note(ns: number, id: FolderId): void {
    const { first, step } = hashes(ns, id);
    for (let n = 0; n < probes; n++) {
      const bit = (first + Math.imul(n, step)) & this.#mask;
      this.#bits[bit >>> 5]! |= 1 << (bit & 31);
    }
  }

  /** `page`: what follows on a place, in order, at most so many; undefined: the store is closed. Never rejects: where something cannot be read, nothing is denied. */
  async noteAll(page: (after: IdPlace, limit: number) => readonly IdPlace[] | undefined, limit = idsPerStep): Promise<void> {
    try {
      for (let after: IdPlace = { ns: 0, id: '' };;) {
        const found = page(after, limit);
        if (found === undefined) return;
        for (const { ns, id } of found) this.note(ns, id);
        if (found.length < limit) break;
        after = found.at(-1)!;
        await pause(stepEveryMs, undefined, { ref: false });
      }
      this.#isWhole = true;
    } catch { /* every id is looked for, as before */ }
  }

  #has(bit: number): boolean { return (this.#bits[bit >>> 5]! & (1 << (bit & 31))) !== 0; }
}

/** Two numbers of an id in its namespace (FNV-1a, and its mix), from which its bits follow. */
function hashes(ns: number, id: FolderId): { readonly first: number; readonly step: number } {
  let hash = offset ^ ns;
  for (let at = 0; at < id.length; at++) hash = Math.imul(hash ^ id.charCodeAt(at), multiplier);
  const mixed = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return { first: hash, step: (mixed ^ (mixed >>> 12)) | 1 };
}
