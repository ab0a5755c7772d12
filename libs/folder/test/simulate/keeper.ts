/** A store and the order of every write: durable, then the mark, then whatever may be said. */
import type { AuthorId } from '../../src/index.ts';
import type { Outside, Store } from './durable.ts';
import { emptyStore } from './durable.ts';

export class Keeper {
  readonly outside: Outside;
  store: Store;
  #unflushed: ((store: Store) => void)[] = [];
  #outputs: { readonly commit: number; readonly run: () => void }[] = [];

  constructor(first: AuthorId) {
    this.outside = { generations: [first], mark: { incarnation: first, commit: 0 } };
    this.store = emptyStore(first);
  }

  get author(): AuthorId { return this.outside.generations[0]!; }
  /** Newest first. */
  get predecessors(): readonly AuthorId[] { return this.outside.generations.slice(1); }
  /** Everything is durable, marked and said. */
  get settled(): boolean { return this.#unflushed.length === 0 && this.#outputs.length === 0; }
  /** The commit with which everything asked for so far will be durable. */
  get nextCommit(): number { return this.store.commit + this.#unflushed.length; }

  /** Asks for a change of the store; answers the commit with which it will be durable. */
  change(change: (store: Store) => void): number {
    this.#unflushed.push(change);
    return this.nextCommit;
  }

  /** Puts off an output until `commit` is durable and marked. */
  later(commit: number, run: () => void): void { this.#outputs.push({ commit, run }); }

  flush(): void {
    for (const change of this.#unflushed.splice(0)) {
      this.store.commit++;
      change(this.store);
    }
  }

  raiseMark(): void { this.outside.mark = { incarnation: this.author, commit: this.store.commit }; }

  /** Says what is durable and marked. */
  release(): void {
    const due = this.#outputs.filter((output) => output.commit <= this.outside.mark.commit);
    this.#outputs = this.#outputs.filter((output) => output.commit > this.outside.mark.commit);
    for (const output of due) output.run();
  }

  settle(): void {
    this.flush();
    this.raiseMark();
    this.release();
  }

  /** What was not durable is lost, and what was not said. */
  protected forget(): void {
    this.#unflushed = [];
    this.#outputs = [];
  }
}
