/**
 * What peers hold of folders, for whoever comes back after the loss of a store and must know of each. It is asked of many folders together: what is wanted while one question to
 * a peer is under way goes with the next. Entries, and parts beside them, are pulled few at a time, so that a peer is never asked for more than it can give within a deadline.
 */
import type { AuthorId, FolderId, Heads } from '@lienthong/folder';
import { asHubError } from './errors.ts';
import type { Kernel } from './kernel.ts';
import type { Pulled } from './ports/peer.ts';
import type { ServiceName } from './rules.ts';

/** `author`: the incarnation that answered. */
export type HeldAt = { readonly author: AuthorId; readonly heads: Heads };

type Wanted = { readonly folder: FolderId; readonly answer: (held: HeldAt | null) => void; readonly fail: (cause: unknown) => void };

export class PeerCopies<S> {
  readonly #kernel: () => Kernel<S>;
  /** By service; there while it is asked. */
  readonly #wanted = new Map<ServiceName, Wanted[]>();
  #calls = 0;
  readonly #waiting: (() => void)[] = [];

  constructor(kernel: () => Kernel<S>) {
    this.#kernel = kernel;
  }

  /** Null: it does not tell of this one together with others. Rejects when it does not answer: then nobody waits for it to be asked about another one, either. */
  headsAt(service: ServiceName, folder: FolderId): Promise<HeldAt | null> {
    return new Promise((answer, fail) => {
      const wanted = this.#wanted.get(service), one: Wanted = { folder, answer, fail };
      if (wanted !== undefined) wanted.push(one);
      else void this.#askAll(service, [one]);
    });
  }

  /** What lies beyond `have`. */
  pull(service: ServiceName, folder: FolderId, have: Heads): Promise<Pulled> {
    const { peers, author, limits } = this.#kernel();
    return this.inTurn(() => peers.to(service).pull(author, folder, have, limits.peerDeadlineMs));
  }

  /** The deadline of a call begins when it has its turn. */
  async inTurn<T>(call: () => Promise<T>): Promise<T> {
    if (this.#calls >= this.#kernel().limits.pullAtOnce) await new Promise<void>((go) => { this.#waiting.push(go); });
    else this.#calls++;
    try {
      return await call();
    } finally {
      const next = this.#waiting.shift();
      if (next === undefined) this.#calls--; else next();
    }
  }

  async #askAll(service: ServiceName, wanted: Wanted[]): Promise<void> {
    this.#wanted.set(service, wanted);
    while (wanted.length > 0) wanted.unshift(...await this.#askSome(service, wanted.splice(0, this.#kernel().limits.maxHeadsPerAsk)));
    this.#wanted.delete(service);
  }

  /** Answers those that are to be asked about again: a peer that is slow tells of some of them, and gets further with each question. */
  async #askSome(service: ServiceName, some: readonly Wanted[]): Promise<readonly Wanted[]> {
    const { peers, author: from, limits } = this.#kernel();
    try {
      const { author, folders } = await peers.to(service).heads(from, [...new Set(some.map(({ folder }) => folder))], limits.peerDeadlineMs);
      const told = new Map(folders.map(({ folder, heads }) => [folder, heads])), untold = some.filter(({ folder }) => !told.has(folder));
      for (const { folder, answer } of some) if (told.has(folder)) answer({ author, heads: told.get(folder)! });
      if (untold.length < some.length) return untold;
      for (const { answer } of untold) answer(null);
    } catch (cause) {
      const isSilent = ['PEER_UNREACHABLE', 'DEADLINE_EXCEEDED'].includes(asHubError(cause).code);
      for (const { answer, fail } of isSilent ? [...some, ...this.#wanted.get(service)!.splice(0)] : some) if (isSilent) fail(cause); else answer(null);
    }
    return [];
  }
}
