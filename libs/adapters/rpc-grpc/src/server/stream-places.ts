/** How many streams one caller may have open: a watch costs memory for as long as it lasts, and has no end of its own. */
import { HubError } from '@lienthong/kernel';
import type { Caller } from '@lienthong/kernel';
import { maxStreamsPerCaller } from '../limits.ts';

export class StreamPlaces {
  readonly #open = new Map<string, number>();

  /** Gives the place back when it is called; TOO_MANY_STREAMS: there is none left for this caller. Other services of the hub are not counted. */
  take(caller: Caller): (() => void) | HubError {
    if (caller.service !== '') return () => {};
    const key = keyOf(caller), open = this.#open.get(key) ?? 0;
    if (open >= maxStreamsPerCaller) return new HubError('TOO_MANY_STREAMS', { limit: String(maxStreamsPerCaller) });
    this.#open.set(key, open + 1);
    return () => this.#leave(key);
  }

  #leave(key: string): void {
    const left = (this.#open.get(key) ?? 0) - 1;
    if (left > 0) this.#open.set(key, left);
    else this.#open.delete(key);
  }
}

/** An officer of an office, or an office by itself; whoever says neither is known by the address, whatever the port. */
function keyOf({ office, officer, peer }: Caller): string {
  return office === '' ? `peer ${peer.replace(/:\d{1,5}$/, '')}` : `office ${office} ${officer}`;
}
