/** Keys without mathematics: a signature is a hash over author, entry and a secret of the author. */
import { createHash } from 'node:crypto';
import type { AuthorId, Hash, Proof } from '@lienthong/folder';
import type { Keys } from '../../src/index.ts';
import { signedMessage } from '../../src/ports/signature-tree.ts';

const hex = (text: string): string => createHash('sha256').update(text).digest('hex');
const signature = (author: AuthorId, message: Uint8Array): Uint8Array => Buffer.from(hex(`${author}\n${Buffer.from(message).toString('hex')}\nsecret`), 'hex');

export class ToyKeys implements Keys {
  /** Newest first. */
  readonly #incarnations = new Map<string, AuthorId[]>();

  incarnationOf(service: string): AuthorId {
    return this.#of(service)[0]!;
  }

  newIncarnation(service: string): AuthorId {
    const all = this.#of(service);
    const author = `${service}~${hex(`${service}/${all.length}`).slice(0, 16)}`;
    all.unshift(author);
    return author;
  }

  knows(author: AuthorId): boolean { return this.#of(author.slice(0, author.lastIndexOf('~'))).includes(author); }

  predecessorsOf(author: AuthorId): readonly AuthorId[] {
    const all = this.#of(author.slice(0, author.lastIndexOf('~')));
    return all.slice(all.indexOf(author) + 1);
  }

  sign(author: AuthorId, hash: Hash): Proof {
    return this.signMessage(author, signedMessage(hash)!);
  }

  signMessage(author: AuthorId, message: Uint8Array): Proof { return { keyId: author, signature: signature(author, message) }; }
  async signTogether(author: AuthorId, hash: Hash): Promise<Proof> { return this.sign(author, hash); }

  verify = (author: AuthorId, hash: Hash, proof: Proof): boolean => {
    const message = signedMessage(hash, proof.path);
    return message !== null && Buffer.compare(signature(author, message), proof.signature) === 0;
  };

  maySucceed = (successor: AuthorId, predecessor: AuthorId): boolean => successor !== predecessor && this.predecessorsOf(successor).includes(predecessor);

  #of(service: string): AuthorId[] {
    let all = this.#incarnations.get(service);
    if (all === undefined) this.#incarnations.set(service, all = [`${service}~${hex(`${service}/0`).slice(0, 16)}`]);
    return all;
  }
}
