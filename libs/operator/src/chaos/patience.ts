/** How long chaos waits for what does not come. A service that is on its way back, which on a busy machine takes long, is waited for with a deadline of its own. Pure. */

/**
 * `silentMs`: how long nothing may move while everybody is up. `recoveringMs`: how much longer while somebody is on the way back. `listedMs`: in place of `silentMs`
 * while services list all that is left as what a lost store alone had; longer than the minute after which they ask for it again.
 */
export type Deadlines = { readonly silentMs: number; readonly recoveringMs: number; readonly listedMs?: number };

export const workOffDeadlines: Deadlines = { silentMs: 120_000, recoveringMs: 600_000, listedMs: 75_000 };
export const quietDeadlines: Deadlines = { silentMs: 180_000, recoveringMs: 600_000 };

/** `moved`: grows with all that moves. `recovering`: who is on the way back, and how. `listed`: services list all that is left as lost. `at`: milliseconds. */
export type Look = { readonly at: number; readonly moved: number; readonly recovering: readonly string[]; readonly listed?: boolean };

/** What was waited, and what might have been: `longestMs` without anything that moved, of which `recoveringMs` while somebody was on the way back. */
export type Waited = { readonly longestMs: number; readonly recoveringMs: number; readonly deadlines: Deadlines; /** Why it was given up; '' when it was not. */ readonly givenUp: string };

export class Patience {
  readonly #deadlines: Deadlines;
  #last: Look | null = null;
  #movedAt = 0;
  /** The last look at which somebody was on the way back, or something had moved. */
  #busyAt = 0;
  #recoveringMs = 0;
  #longest = { longestMs: 0, recoveringMs: 0 };
  #givenUp = '';

  constructor(deadlines: Deadlines) { this.#deadlines = deadlines; }

  get waited(): Waited { return { ...this.#longest, deadlines: this.#deadlines, givenUp: this.#givenUp }; }

  /** False: it has waited long enough. */
  goesOn(look: Look): boolean {
    const before = this.#last;
    this.#last = look;
    if (before === null || look.moved !== before.moved) { this.#movedAt = this.#busyAt = look.at; this.#recoveringMs = 0; }
    else if (before.recovering.length > 0) this.#recoveringMs += look.at - before.at;
    if (look.recovering.length > 0 || (before?.recovering.length ?? 0) > 0) this.#busyAt = look.at;
    const stillMs = look.at - this.#movedAt;
    if (stillMs > this.#longest.longestMs) this.#longest = { longestMs: stillMs, recoveringMs: this.#recoveringMs };
    this.#givenUp = this.#verdict(look, stillMs);
    return this.#givenUp === '';
  }

  /** However often somebody comes back and goes again, the two deadlines together are not passed. */
  #verdict({ at, recovering, listed = false }: Look, stillMs: number): string {
    const { silentMs, recoveringMs, listedMs = silentMs } = this.#deadlines, quietMs = listed ? listedMs : silentMs;
    if (stillMs > silentMs + recoveringMs) return `nothing has moved for ${silentMs + recoveringMs} ms${recovering.length > 0 ? `, and ${recovering.join(', ')}` : ''}`;
    return at - this.#busyAt > quietMs ? `nothing has moved for ${quietMs} ms, and everybody is up${listed ? '; what is left is listed as lost' : ''}` : '';
  }
}
