/** Introductions: who the others are now, how far they have seen this store come, and what their clocks say. */
import type { AuthorId } from '@lienthong/folder';
import { HubError } from './errors.ts';
import type { Kernel } from './kernel.ts';
import type { MarksFrom } from './options.ts';
import { serviceOf } from './ports/directory.ts';
import type { Commit } from './ports/folder-store.ts';
import type { HelloAnswer } from './ports/peer.ts';
import type { ServiceName } from './rules.ts';

/** Fewer answers cannot tell whose clock is wrong. */
const fewestClocks = 2;

export type Greeting = {
  /** The incarnation that was introduced. */
  readonly author: AuthorId;
  readonly answered: number;
  readonly asked: number;
  /** The highest commit of this incarnation that somebody has seen; 0: none. */
  readonly seen: Commit;
  /** The same, of those whose word was not heard before, or not relied upon yet. */
  readonly seenAtFirst: Commit;
};

/** How many of those asked must answer. `trusted`: the store is empty, or a mark stands beside its keys; one that has written, and has none, must not trust itself. */
export function answersNeeded(setting: MarksFrom, trusted: boolean, asked: number): number {
  switch (!trusted && setting === 'reachable' ? 'majority' : setting) {
    case 'all': return asked;
    case 'majority': return Math.min(Math.floor(asked / 2) + 1, asked);
    case 'reachable': return 0;
  }
}

export class PeerGreeter<S> {
  readonly #kernel: () => Kernel<S>;
  readonly #skews = new Map<ServiceName, number>();
  readonly #heard = new Set<ServiceName>();

  constructor(kernel: () => Kernel<S>) {
    this.#kernel = kernel;
  }

  /** A peer has told, since this process began, how far it has seen this store come. */
  hasHeard(service: ServiceName): boolean { return this.#heard.has(service); }

  /** How far this clock is behind the median of all clocks, its own included, in milliseconds; 0 while too few have answered. */
  get skewMs(): number {
    if (this.#skews.size < fewestClocks) return 0;
    const skews = [0, ...this.#skews.values()].sort((a, b) => a - b);
    const [low, high] = [skews[(skews.length - 1) >> 1]!, skews[skews.length >> 1]!];
    return Math.abs(low) < Math.abs(high) ? low : high;
  }

  /** CLOCK_OFF when this clock cannot be trusted; else null. */
  get trouble(): HubError | null {
    const { service, limits } = this.#kernel();
    return Math.abs(this.skewMs) > limits.maxClockSkewMs ? new HubError('CLOCK_OFF', { service, skewMs: String(this.skewMs) }) : null;
  }

  /** Throws CLOCK_OFF when this clock cannot be trusted. */
  assertClock(): void {
    const { trouble } = this;
    if (trouble !== null) throw trouble;
  }

  /** Introduces this incarnation to others: all, unless some are named. Those that do not answer are left out. Throws INCARNATION_OUTDATED when a peer knows a successor of it. */
  async greet(heard: (author: AuthorId, mark: Commit) => void, named?: readonly ServiceName[]): Promise<Greeting> {
    const { author, service, directory, peers, limits, keys, world, succession } = this.#kernel();
    const others = named ?? directory.services().filter((one) => one !== service);
    const answers = await Promise.all(others.map(async (other) => {
      const asked = world.now();
      const answer = await peers.to(other).hello({ author, mark: succession.toldMarkTo(other) }, limits.peerDeadlineMs).catch(() => undefined);
      if (answer !== undefined) this.#skews.set(other, Math.round(answer.now - (asked + world.now()) / 2));
      return answer;
    }));
    const known = answers.filter((answer): answer is HelloAnswer => answer !== undefined);
    for (const answer of known) heard(answer.author, answer.mark);
    const newer = known.find(({ seen }) => seen !== undefined && seen.author !== author && keys.maySucceed(seen.author, author));
    if (newer !== undefined) throw new HubError('INCARNATION_OUTDATED', { service, successor: newer.seen!.author });
    const mostOf = (some: readonly HelloAnswer[]): Commit => some.reduce((most, { seen }) => (seen?.author === author ? Math.max(most, seen.commit) : most), 0);
    const atFirst = known.filter((answer) => !succession.compared || !this.#heard.has(serviceOf(answer.author)));
    for (const answer of known) this.#heard.add(serviceOf(answer.author));
    return { author, answered: known.length, asked: others.length, seen: mostOf(known), seenAtFirst: mostOf(atFirst) };
  }
}
