/** Citizens who come at a steady rate, as many at once as the bound allows; each is followed to the end. */
import { setTimeout as pause } from 'node:timers/promises';
import type { HubClient } from '@lienthong/journeys';
import type { Random } from '@lienthong/testkit/simulator';
import type { Journal } from '../journal.ts';
import type { Look, Patience } from '../patience.ts';
import { caseOf, mixes } from './cases.ts';
import type { Mix } from './cases.ts';
import { followCase } from './follow-case.ts';
import type { Followed } from './follow-case.ts';

const fullLookEveryMs = 50, workOffLookMs = 500;

export class Load {
  readonly followed: Followed[] = [];
  readonly #hub: HubClient;
  readonly #journal: Journal;
  readonly #random: Random;
  readonly #run: string;
  readonly #mix: (typeof mixes)[Mix];
  readonly #open = new Set<Promise<void>>();
  #room: number;
  #last = 0;
  #coming = true;
  #givenUp = false;

  constructor(hub: HubClient, journal: Journal, random: Random, run: string, mix: Mix = 'many') {
    this.#hub = hub;
    this.#journal = journal;
    this.#random = random;
    this.#run = run;
    this.#mix = mixes[mix];
    this.#room = this.#mix.openAtFirst;
  }

  get open(): number { return this.#open.size; }

  /** Resolves when no more come. */
  async come(): Promise<void> {
    const from = Date.now();
    for (let n = 1; this.#coming; n++) {
      this.#begin();
      await pause(Math.max(0, from + n * 1_000 / this.#mix.perSecond - Date.now()));
      while (this.#coming && this.#open.size >= this.#room) await pause(fullLookEveryMs);
    }
  }

  /** These do not ask whether there is room. */
  comeAtOnce(count: number): void {
    for (let n = 0; n < count && this.#coming; n++) this.#begin();
  }

  /** Nobody comes any more; whoever came is followed on. */
  stopComing(): void { this.#coming = false; }

  /** Resolves when every dossier has ended, or patience is at its end, for nobody was answered; then nobody is followed any more. */
  async workedOff(patience: Patience, seen: () => Pick<Look, 'recovering' | 'listed'>): Promise<void> {
    const watch = setInterval(() => {
      if (!patience.goesOn({ at: performance.now(), moved: this.#journal.times.length, ...seen() })) this.#givenUp = true;
    }, workOffLookMs);
    while (this.#open.size > 0) await Promise.all(this.#open);
    clearInterval(watch);
  }

  giveUp(): void {
    this.#coming = false;
    this.#givenUp = true;
  }

  #begin(): void {
    const followed: Followed = { one: caseOf(this.#run, ++this.#last, this.#random.pick(this.#mix.kinds)), code: '', folder: '', closed: false, problem: '', stands: '', lacks: '', redone: new Map() };
    this.followed.push(followed);
    const following = followCase(this.#hub, this.#journal, followed, () => this.#givenUp).finally(() => {
      this.#open.delete(following);
      this.#room = Math.min(this.#mix.openAtMost, this.#room + 1);
    });
    this.#open.add(following);
  }
}
