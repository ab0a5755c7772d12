/** Bytes are hashed, parsed and verified once per process: what was decoded is found again as itself or by the hash of its bytes. */
import { Generations } from '@lienthong/folder';
import type { AuthorId, Entry, Hash, Proof, Verify } from '@lienthong/folder';
import { sameProof } from './same-proof.ts';
import type { SealedEntry } from './wire/folder-update.ts';

type Cached = { readonly entry: Entry; verified: Proof | null };

export class VerifiedEntries {
  readonly #byHash: Generations<Hash, Cached>;

  /** `maxBytes`: encoded bytes of the entries kept; the oldest go first. */
  constructor(maxBytes: number) {
    this.#byHash = new Generations(maxBytes, { weigh: ({ entry }) => entry.bytes.byteLength });
  }

  /** The entry that travelled within the process, as itself: it says its hash, and has the very bytes (the array) that were hashed. */
  ofItself(sealed: SealedEntry & { readonly hash?: Hash }): Entry | undefined {
    const found = sealed.hash === undefined ? undefined : this.#byHash.get(sealed.hash)?.entry;
    return found?.bytes === sealed.bytes ? found : undefined;
  }

  /** The entry with this hash, whatever array it came in. */
  ofHash(hash: Hash): Entry | undefined { return this.#byHash.get(hash)?.entry; }

  remember(entry: Entry): void {
    if (this.#byHash.get(entry.hash) === undefined) this.#byHash.set(entry.hash, { entry, verified: null });
  }

  /** Noted by whoever signed or verified it. */
  trust(hash: Hash, proof: Proof): void {
    const cached = this.#byHash.get(hash);
    if (cached !== undefined) cached.verified = proof;
  }

  /** `verify`, asked once per proof. */
  verifying(verify: Verify): Verify {
    return (author: AuthorId, hash: Hash, proof: Proof) => {
      const known = this.#byHash.get(hash)?.verified;
      if (known != null && sameProof(known, proof)) return true;
      if (!verify(author, hash, proof)) return false;
      this.trust(hash, proof);
      return true;
    };
  }
}

/** For all services of a process: what came in the last seconds under full load; 16 MiB of encoded entries, some four times as much in memory. */
export const processEntries = new VerifiedEntries(16 * 1024 * 1024);
