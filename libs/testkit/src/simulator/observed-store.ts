/** The store as one life of a process sees it: it may answer late, nobody hears anything after death, and the checker knows what became durable when. */
import type { FolderId } from '@lienthong/folder';
import type { Append, Appended, Commit, FolderVersion, OwnedStore } from '@lienthong/kernel';

export type StoreView = {
  readonly alive: () => boolean;
  /** Milliseconds until a read is answered. */
  readonly readDelayMs: () => number;
  readonly later: (ms: number, run: () => void) => void;
  /** These folders were marked settled, and that is durable. */
  readonly settled: (folders: readonly FolderId[]) => void;
};

export class ObservedStore implements OwnedStore {
  readonly #store: OwnedStore;
  readonly #view: StoreView;
  /** Commit of the last write to each folder that was answered. */
  readonly commits = new Map<FolderId, Commit>();
  /** Of the last write that was found in it: another instance may have made that. */
  readonly found = new Map<FolderId, Commit>();

  constructor(store: OwnedStore, view: StoreView) {
    this.#store = store;
    this.#view = view;
  }

  async load(id: FolderId) {
    const stored = await this.#read(() => this.#store.load(id));
    if (stored !== undefined) this.found.set(id, stored.commit);
    return stored;
  }

  standings(ids: readonly FolderId[]) { return this.#read(() => this.#store.standings(ids)); }

  async append(change: Append): Promise<Appended> {
    const appended = await this.#answered(this.#store.append(change));
    if (appended.ok) this.commits.set(change.id, appended.commit);
    return appended;
  }

  asides(id: FolderId, names: readonly string[]) { return this.#read(() => this.#store.asides(id, names)); }
  find(field: string, value: string, limit: number, after?: FolderId) { return this.#read(() => this.#store.find(field, value, limit, after)); }
  due(now: number, limit: number) { return this.#read(() => this.#store.due(now, limit)); }
  unsettled(limit: number, after?: FolderId) { return this.#read(() => this.#store.unsettled(limit, after)); }

  settle(folders: readonly FolderVersion[]): Promise<void> {
    return this.#answered(this.#store.settle(folders).then(() => this.#view.settled(folders.map(({ id }) => id))));
  }

  changedSince(commit: Commit, limit: number, where?: { field: string; value: string }) { return this.#read(() => this.#store.changedSince(commit, limit, where)); }
  lastCommit() { return this.#read(() => this.#store.lastCommit()); }
  incarnation() { return this.#read(() => this.#store.incarnation()); }
  setIncarnation(author: string) { return this.#answered(this.#store.setIncarnation(author)); }
  close() { return this.#answered(this.#store.close()); }

  async #read<T>(look: () => Promise<T>): Promise<T> {
    const delay = this.#view.readDelayMs();
    if (delay > 0) await new Promise<void>((done) => this.#view.later(delay, done));
    return this.#answered(look());
  }

  async #answered<T>(work: Promise<T>): Promise<T> {
    const answer = await work;
    return this.#view.alive() ? answer : new Promise<T>(() => {});
  }
}
