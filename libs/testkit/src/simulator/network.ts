/** What lies between the services: messages and calls that are lost, repeated, delayed, overtaken, damaged or cut off. */
import { HubError } from '@lienthong/kernel';
import type { FolderUpdate, SealedEntry } from '@lienthong/kernel';
import type { ServiceName } from '@lienthong/law';
import type { EventQueue } from './event-queue.ts';
import type { Random } from './random.ts';
import type { Trace } from './trace.ts';
import { clear } from './weather.ts';
import type { Weather } from './weather.ts';

/** Whoever is not running gets what waits for it when it is tried again, so often. */
const maxTries = 5, retryMs = 700;
const quickMs = 4;

/** False: nobody is there. */
export type Deliver = (to: ServiceName, update: FolderUpdate) => boolean;

export class Network {
  weather: Weather;
  readonly #queue: EventQueue;
  readonly #random: Random;
  readonly #trace: Trace;
  readonly #deliver: Deliver;
  /** Pairs that cannot reach each other. */
  readonly #cut = new Set<string>();
  #underWay = 0;

  constructor(queue: EventQueue, random: Random, trace: Trace, weather: Weather, deliver: Deliver) {
    this.#queue = queue;
    this.#random = random;
    this.#trace = trace;
    this.weather = weather;
    this.#deliver = deliver;
  }

  /** Messages that will still arrive. */
  get underWay(): number { return this.#underWay; }

  /** Cuts one side from the other for `ms` milliseconds. */
  cut(one: readonly ServiceName[], other: readonly ServiceName[], ms: number): void {
    const pairs = one.flatMap((a) => other.flatMap((b) => [`${a}>${b}`, `${b}>${a}`]));
    for (const pair of pairs) this.#cut.add(pair);
    this.#queue.later(ms, () => { for (const pair of pairs) this.#cut.delete(pair); });
  }

  /** From now on everything arrives, once and soon. */
  heal(): void {
    this.weather = clear;
    this.#cut.clear();
  }

  brokerFails(): boolean { return this.#random.percent(this.weather.brokerFailsPercent); }

  carry(from: ServiceName, to: ServiceName, update: FolderUpdate): void {
    const { lossPercent, twicePercent, damagePercent } = this.weather;
    if (this.#random.percent(lossPercent) || this.#cut.has(`${from}>${to}`)) return;
    const carried = update.entries.length > 0 && this.#random.percent(damagePercent) ? damaged(update, this.#random) : update;
    this.#send(to, carried, 0);
    if (this.#random.percent(twicePercent)) this.#send(to, update, 0);
  }

  /** One way of a call. Never resolves when it is lost; rejects when the other side cannot be reached. */
  pass(from: ServiceName, to: ServiceName): Promise<void> {
    return new Promise((arrived, failed) => {
      const isCut = this.#cut.has(`${from}>${to}`);
      if (isCut && this.#random.percent(50)) { this.#queue.later(quickMs, () => failed(new HubError('PEER_UNREACHABLE', { service: to, problem: 'cut off' }))); return; }
      if (isCut || this.#random.percent(this.weather.lossPercent)) return;
      this.#queue.later(this.#delay(), arrived);
    });
  }

  /** Whether a call is carried out a second time. */
  repeats(): boolean { return this.#random.percent(this.weather.twicePercent); }

  #send(to: ServiceName, update: FolderUpdate, tries: number): void {
    this.#underWay++;
    this.#queue.later(tries === 0 ? this.#delay() : retryMs, () => {
      this.#underWay--;
      const arrived = this.#deliver(to, update);
      this.#trace.note(this.#queue.now, `${update.sender}>${to} ${update.folder.slice(0, 6)} ${update.entries.length} ${arrived ? 'arrives' : 'waits'}`);
      if (!arrived && tries < maxTries) this.#send(to, update, tries + 1);
    });
  }

  #delay(): number {
    const { delayPercent, maxDelayMs } = this.weather;
    return this.#random.percent(delayPercent) ? this.#random.below(maxDelayMs) : this.#random.below(quickMs);
  }
}

/** One bit of one entry, or of its proof, flips on the way. */
function damaged(update: FolderUpdate, random: Random): FolderUpdate {
  const at = random.below(update.entries.length);
  const flip = (bytes: Uint8Array): Uint8Array => {
    const copy = Uint8Array.from(bytes);
    copy[random.below(copy.length)]! ^= 1 << random.below(8);
    return copy;
  };
  const spoil = ({ bytes, proof }: SealedEntry): SealedEntry => {
    if (proof === null || !random.percent(20)) return { bytes: flip(bytes), proof };
    return { bytes, proof: proof.path !== undefined && random.percent(50) ? { ...proof, path: flip(proof.path) } : { ...proof, signature: flip(proof.signature) } };
  };
  return { ...update, entries: update.entries.map((one, n) => (n === at ? spoil(one) : one)) };
}
