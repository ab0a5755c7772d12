/** Keys without mathematics: a signature is a hash over author, entry and a secret. Who succeeds whom is known to all, as certificates are. */
import { hash as digest } from 'node:crypto';
import type { AuthorId, Hash, Proof } from '@lienthong/folder';
import type { Keys } from '@lienthong/kernel';
import type { Random } from './random.ts';

const secret = 'simulated';

export class SimKeys {
  readonly #random: Random;
  /** Per service its incarnations, newest first. */
  readonly #lines = new Map<string, AuthorId[]>();

  constructor(random: Random) {
    this.#random = random;
  }

  presentOf(service: string): AuthorId { return this.#lineOf(service)[0]!; }

  renew(service: string): AuthorId {
    const author = this.#named(service);
    this.#lineOf(service).unshift(author);
    return author;
  }

  readonly verify = (author: AuthorId, hash: Hash, proof: Proof): boolean => proof.keyId === author && Buffer.compare(proof.signature, signature(author, hash)) === 0;

  readonly maySucceed = (successor: AuthorId, predecessor: AuthorId): boolean => {
    const line = this.#lineOf(serviceOf(successor));
    const at = line.indexOf(successor);
    return at >= 0 && line.indexOf(predecessor) > at;
  };

  /** What a process of `service` has. `frozen`: it stalled in the past and gets no new certificate. */
  of(service: string, frozen: AuthorId | null = null): Keys {
    return {
      incarnationOf: (name) => frozen ?? this.presentOf(name),
      newIncarnation: (name) => {
        if (frozen !== null) throw new Error(`no certificate for a copy of ${name}`);
        return this.renew(name);
      },
      knows: (author) => this.#lineOf(serviceOf(author)).includes(author),
      predecessorsOf: (author) => { const line = this.#lineOf(service); return line.slice(line.indexOf(author) + 1); },
      sign: (author, hash) => {
        if (serviceOf(author) !== service) throw new Error(`${service} has no key of ${author}`);
        return { keyId: author, signature: signature(author, hash) };
      },
      verify: this.verify, maySucceed: this.maySucceed,
    };
  }

  #lineOf(service: string): AuthorId[] {
    let line = this.#lines.get(service);
    if (line === undefined) this.#lines.set(service, line = [this.#named(service)]);
    return line;
  }

  #named(service: string): AuthorId { return `${service}~${Buffer.from(this.#random.bytes(8)).toString('hex')}`; }
}

const serviceOf = (author: AuthorId): string => author.slice(0, author.lastIndexOf('~'));

function signature(author: AuthorId, hash: Hash): Uint8Array {
  return digest('sha256', `${author}\n${hash}\n${secret}`, 'buffer');
}
