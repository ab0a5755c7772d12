/** A store that remembers what it last refused, so that whoever runs the service can be told why. Results and failures are those of the store behind it, and come no later. */
import type { AuthorId, FolderId } from '@lienthong/folder';
import { asHubError } from './errors.ts';
import type { HubError } from './errors.ts';
import { StoreError } from './ports/folder-store.ts';
import type { Append, Appended, Aside, Commit, FolderStanding, FolderVersion, OwnedStore, StoredFolder, StoreFault } from './ports/folder-store.ts';

/** Said elsewhere: a process that stops, and a store that was put back. */
const toldElsewhere: ReadonlySet<StoreFault> = new Set<StoreFault>(['STORE_CLOSED', 'STORE_BEHIND']);

export class WatchedStore implements OwnedStore {
  readonly #store: OwnedStore;
  #unread: HubError | null = null;
  #unwritten: HubError | null = null;
  #damaged: HubError | null = null;

  constructor(store: OwnedStore) {
    this.#store = store;
  }

  /**
   * Why the last write, else the last read, failed; null: it did not. A disk that is full can still be read. What is damaged stays so, also where the next read looks at
   * another place, until the store is another one, which a new incarnation takes.
   */
  get trouble(): HubError | null { return this.#unwritten ?? this.#unread ?? this.#damaged; }

  append(change: Append): Promise<Appended> { return this.#written(this.#store.append(change)); }
  settle(folders: readonly FolderVersion[]): Promise<void> { return this.#written(this.#store.settle(folders)); }
  setIncarnation(author: AuthorId): Promise<void> { return this.#written(this.#store.setIncarnation(author).then(() => { this.#damaged = null; })); }
  load(id: FolderId): Promise<StoredFolder | undefined> { return this.#read(this.#store.load(id)); }
  standings(ids: readonly FolderId[]): Promise<ReadonlyMap<FolderId, FolderStanding>> { return this.#read(this.#store.standings(ids)); }
  asides(id: FolderId, names: readonly string[]): Promise<readonly Aside[]> { return this.#read(this.#store.asides(id, names)); }
  find(field: string, value: string, limit: number, after?: FolderId): Promise<readonly FolderId[]> { return this.#read(this.#store.find(field, value, limit, after)); }
  due(now: number, limit: number): Promise<readonly { id: FolderId; wakeAt: number }[]> { return this.#read(this.#store.due(now, limit)); }
  unsettled(limit: number, after?: FolderId): Promise<readonly FolderId[]> { return this.#read(this.#store.unsettled(limit, after)); }
  changedSince(commit: Commit, limit: number, where?: { field: string; value: string }): Promise<readonly { id: FolderId; commit: Commit }[]> { return this.#read(this.#store.changedSince(commit, limit, where)); }
  lastCommit(): Promise<Commit> { return this.#read(this.#store.lastCommit()); }
  incarnation(): Promise<AuthorId | undefined> { return this.#read(this.#store.incarnation()); }
  close(): Promise<void> { return this.#store.close(); }

  #read<T>(work: Promise<T>): Promise<T> {
    work.then(() => { this.#unread = null; }, (cause: unknown) => { this.#unread = this.#noted(cause) ?? this.#unread; });
    return work;
  }

  #written<T>(work: Promise<T>): Promise<T> {
    work.then(() => { this.#unwritten = null; }, (cause: unknown) => { this.#unwritten = this.#noted(cause) ?? this.#unwritten; });
    return work;
  }

  #noted(cause: unknown): HubError | null {
    const error = refusal(cause);
    if (error?.code === 'STORE_DAMAGED') this.#damaged = error;
    return error;
  }
}

function refusal(cause: unknown): HubError | null {
  return cause instanceof StoreError && !toldElsewhere.has(cause.code) ? asHubError(cause) : null;
}
