/** How many streams one caller may have open: a watch costs memory for as long as it lasts, and has no end of its own. */
import { HubError } from '@lienthong/kernel';
import type { Caller } from '@lienthong/kernel';
import { maxStreamsPerCaller, maxStreamsPerOffice } from '../limits.ts';

export class StreamPlaces {
  readonly #open = new Map<string, number>();

  /** Gives the place back when it is called; TOO_MANY_STREAMS: there is none left for this caller, or for its office. Other services of the hub are not counted. */
  take(caller: Caller): (() => void) | HubError {
    if (caller.service !== '') return () => {};
    const bounds = boundsOf(caller), full = bounds.find(({ key, most }) => this.#count(key) >= most);
    if (full !== undefined) return new HubError('TOO_MANY_STREAMS', { limit: String(full.most) });
    for (const { key } of bounds) this.#open.set(key, this.#count(key) + 1);
    return () => { for (const { key } of bounds) this.#leave(key); };
  }

  #count(key: string): number { return this.#open.get(key) ?? 0; }

  #leave(key: string): void {
    const left = this.#count(key) - 1;
    if (left > 0) this.#open.set(key, left);
    else this.#open.delete(key);
  }
}

type Bound = { readonly key: string; readonly most: number };

/** An officer of an office, or an office by itself, and the office as a whole; whoever says neither is known by the address, whatever the port. */
function boundsOf({ office, officer, peer }: Caller): readonly Bound[] {
  if (office === '') return [{ key: `peer ${peer.replace(/:\d{1,5}$/, '')}`, most: maxStreamsPerCaller }];
  return [{ key: `officer ${office} ${officer}`, most: maxStreamsPerCaller }, { key: `office ${office}`, most: maxStreamsPerOffice }];
}
