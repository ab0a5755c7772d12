/** What services tell each other, and a network that repeats, reorders, delays, loses and damages it. */
import type { AuthorId, Entry, FolderId, Head, Heads, Seal } from '../../src/index.ts';
import { decode } from '../support/seal-entry.ts';
import type { Random } from '../support/random.ts';

export type ServiceName = string;

/** Heads of one author's log that somebody holds in one folder. */
export type Shown = { readonly folder: FolderId; readonly author: AuthorId; readonly tips: readonly Head[] };

export type Content =
  | { readonly kind: 'update'; readonly folder: FolderId; readonly heads: Heads; readonly entries: readonly Entry<string>[]; readonly wantsReply: boolean }
  | { readonly kind: 'hello'; /** Tells this start from earlier ones. */ readonly start: number }
  | { readonly kind: 'hello-answer'; readonly to: AuthorId; readonly start: number; readonly seen: number }
  | { readonly kind: 'seal'; readonly predecessors: readonly AuthorId[] }
  | { readonly kind: 'sealed'; readonly to: AuthorId; readonly seal: Seal; readonly shown: readonly Shown[] };

export type Message = { readonly to: ServiceName; readonly from: AuthorId; /** How far the sender's store had come. */ readonly mark: number; readonly content: Content };

/** Messages under way are never more than this; what is beyond is lost. */
const maxUnderWay = 200;

export class Network {
  readonly #random: Random;
  readonly #underWay: Message[] = [];
  /** Arrives long after everything else. */
  readonly #delayed: Message[] = [];
  /** False: nothing is repeated, reordered, lost or damaged any more. */
  faulty = true;

  readonly #lossPercent: number;
  readonly #delayPercent: number;

  constructor(random: Random) {
    this.#random = random;
    this.#lossPercent = random.pick([0, 10, 30]);
    this.#delayPercent = random.pick([0, 10, 40]);
  }

  /** Answers end with the connection: they do not outlive a restore of the one who gave them. */
  dropAnswersOf(service: ServiceName): void {
    const stays = ({ from, content }: Message): boolean => content.kind === 'update' || from.split('~')[0] !== service;
    this.#underWay.splice(0, Infinity, ...this.#underWay.filter(stays));
    this.#delayed.splice(0, Infinity, ...this.#delayed.filter(stays));
  }

  /** Nothing goes wrong any more, and what was delayed arrives. */
  heal(): void {
    this.faulty = false;
    this.#underWay.push(...this.#delayed.splice(0));
  }

  send(message: Message): void {
    if (this.faulty && this.#random.chance(this.#lossPercent)) return;
    if (this.#underWay.length < maxUnderWay || !this.faulty) this.#underWay.push(message);
    if (this.faulty && this.#random.chance(10)) (this.#random.chance(50) ? this.#underWay : this.#delayed).push(message);
    if (this.faulty && this.#random.chance(this.#delayPercent)) this.#delayed.push(this.#underWay.pop()!);
  }

  /** The next message to arrive; undefined when none is under way. */
  next(): Message | undefined {
    if (!this.faulty) return this.#underWay.shift();
    if (this.#delayed.length > 0 && this.#random.chance(3)) return this.#delayed.splice(this.#random.below(this.#delayed.length), 1)[0];
    const at = this.#random.below(Math.max(1, Math.min(this.#underWay.length, 40)));
    const message = this.#underWay.splice(at, 1)[0];
    return message !== undefined && this.#random.chance(3) ? damaged(message, this.#random) : message;
  }
}

/** One bit of one entry flips on the way. */
function damaged(message: Message, random: Random): Message {
  if (message.content.kind !== 'update' || message.content.entries.length === 0) return message;
  const entries = [...message.content.entries];
  const at = random.below(entries.length);
  const bytes = entries[at]!.bytes.slice();
  bytes[random.below(bytes.length)]! ^= 1 << random.below(7);
  try {
    const entry = decode(bytes, entries[at]!.proof);
    if (typeof entry.author !== 'string' || typeof entry.seq !== 'number') throw new Error('not an entry');
    entries[at] = entry;
  } catch {
    entries.splice(at, 1);
  }
  return { ...message, content: { ...message.content, entries } };
}
