/** Keys without mathematics: a signature is a hash over author, entry and a secret. Who succeeds whom is known to all, as certificates are. */
import { hash as digest } from 'node:crypto';
import type { AuthorId, Hash, Proof } from '@lienthong/folder';
import type { Keys } from '@lienthong/kernel';
import { signedMessage } from '@lienthong/kernel/ports/signature-tree';
import { signingTogether } from '@lienthong/kernel/ports/sign-together';
import type { EventQueue } from './event-queue.ts';
import type { Journal } from './journal.ts';
import type { Random } from './random.ts';

const secret = 'simulated';
/** How long what is signed together is gathered: a turn of no length would seldom hold two. */
const turnMs = 2;

export class SimKeys {
  readonly #random: Random;
  readonly #queue: EventQueue;
  readonly #journal: Pick<Journal, 'count'>;
  /** Per service its incarnations, newest first. */
  readonly #lines = new Map<string, AuthorId[]>();

  constructor(random: Random, queue: EventQueue, journal: Pick<Journal, 'count'>) {
    this.#random = random;
    this.#queue = queue;
    this.#journal = journal;
  }

  presentOf(service: string): AuthorId { return this.#lineOf(service)[0]!; }

  renew(service: string): AuthorId {
    const author = this.#named(service);
    this.#lineOf(service).unshift(author);
    return author;
  }

  readonly verify = (author: AuthorId, hash: Hash, proof: Proof): boolean => {
    const message = signedMessage(hash, proof.path);
    if (message === null || proof.keyId !== author || Buffer.compare(proof.signature, signature(author, message)) !== 0) return false;
    if (proof.path !== undefined) this.#journal.count('signed together');
    return true;
  };

  readonly maySucceed = (successor: AuthorId, predecessor: AuthorId): boolean => {
    const line = this.#lineOf(serviceOf(successor));
    const at = line.indexOf(successor);
    return at >= 0 && line.indexOf(predecessor) > at;
  };

  /** What a process of `service` has. `frozen`: it stalled in the past and gets no new certificate. */
  of(service: string, frozen: AuthorId | null = null): Keys {
    const sign = (author: AuthorId, message: Uint8Array): Proof => {
      if (serviceOf(author) !== service) throw new Error(`${service} has no key of ${author}`);
      return { keyId: author, signature: signature(author, message) };
    };
    return {
      incarnationOf: (name) => frozen ?? this.presentOf(name),
      newIncarnation: (name) => {
        if (frozen !== null) throw new Error(`no certificate for a copy of ${name}`);
        return this.renew(name);
      },
      knows: (author) => this.#lineOf(serviceOf(author)).includes(author),
      predecessorsOf: (author) => { const line = this.#lineOf(service); return line.slice(line.indexOf(author) + 1); },
      sign: (author, hash) => sign(author, signedMessage(hash)!),
      signTogether: signingTogether(sign, (run) => { this.#queue.later(turnMs, run); }),
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

function signature(author: AuthorId, message: Uint8Array): Uint8Array {
  return digest('sha256', `${author}\n${Buffer.from(message).toString('hex')}\n${secret}`, 'buffer');
}
