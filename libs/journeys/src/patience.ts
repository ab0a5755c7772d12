/** How long a run of journeys waits for a hub that does not answer: one that is restarted comes back, one that never was does not. */

/** A call is repeated while the hub says it may succeed later (it may be restarting), at most so long, in milliseconds. */
export const maxRetryMs = 180_000;
/** A hub that has not answered yet may be starting, and gets so long. */
export const maxFirstMs = 3_000;

export class Patience {
  #ms = maxFirstMs;

  /** Milliseconds that a call may be repeated. */
  get ms(): number { return this.#ms; }

  /** Something came back, be it a refusal. */
  answered(): void { this.#ms = maxRetryMs; }

  /** The hub was waited for and did not come: the next calls do not wait for it again. */
  givenUp(): void { this.#ms = 0; }
}
