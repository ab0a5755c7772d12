/** Legs in work on one desk, as its watch tells them from outside. */
import { agency, dossier as pb } from '@lienthong/contract';
import type { HubClient } from '@lienthong/journeys';

/** A leg that comes later than this has failed, in milliseconds. */
export const maxTurnMs = 60_000;
export const maxResumeMs = 1_000;

export class DeskEvents {
  /** Resolves when the desk as it stood has been sent. */
  readonly current: Promise<void>;
  readonly #seen = new Map<string, { readonly at: number; readonly leg: string }>();
  readonly #waiting = new Map<string, (leg: string) => void>();
  readonly #suspended = new Set<string>();
  readonly #stop = new AbortController();

  constructor(hub: HubClient, office: string) {
    this.current = new Promise((resolve, reject) => { this.#follow(hub, office, resolve).catch((error: unknown) => { if (!this.#stop.signal.aborted) reject(error); }); });
  }

  /** When the leg was seen, on the clock of `performance`. */
  at(code: string, name: string): number { return this.#seen.get(`${code} ${name}`)!.at; }

  /** Item id of the leg once an officer may work on it. */
  working(code: string, name: string): Promise<string> {
    const key = `${code} ${name}`, seen = this.#seen.get(key);
    if (seen !== undefined) return Promise.resolve(seen.leg);
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`${name} of ${code} had no turn in ${maxTurnMs} ms`)), maxTurnMs);
      this.#waiting.set(key, (leg) => { clearTimeout(timer); resolve(leg); });
    });
  }

  /** Resolves when an officer may work on it again after it was suspended; after `maxResumeMs` in any case, for a watch tells the present state and may pass over a short suspension. */
  async resumed(code: string, name: string): Promise<void> {
    const key = `${code} ${name} again`;
    if (this.#seen.has(key)) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, maxResumeMs);
      this.#waiting.set(key, () => { clearTimeout(timer); resolve(); });
    });
  }

  stop(): void { this.#stop.abort(); }

  async #follow(hub: HubClient, office: string, current: () => void): Promise<void> {
    for await (const { event } of hub.desk.watchDesk(agency.WatchDeskRequest.fromPartial({}), { office, signal: this.#stop.signal })) {
      if (event?.$case === 'current') current();
      const leg = event?.$case === 'leg' ? event.value.leg : undefined;
      if (event?.$case !== 'leg' || leg === undefined) continue;
      const key = `${event.value.code} ${leg.name}`;
      if (leg.state === pb.LegState.SUSPENDED) this.#suspended.add(key);
      if (leg.state === pb.LegState.WORKING) this.#note(this.#suspended.has(key) ? `${key} again` : key, leg.leg);
    }
  }

  #note(key: string, leg: string): void {
    if (!this.#seen.has(key)) this.#seen.set(key, { at: performance.now(), leg });
    this.#waiting.get(key)?.(leg);
    this.#waiting.delete(key);
  }
}
