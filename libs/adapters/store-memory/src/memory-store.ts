/** A folder store in memory whose crashes are honest: what was not flushed is lost, and nobody hears of a flush before it is done. */
import type { AuthorId } from '@lienthong/folder';
import { assertWithinLimits, maxRowsPerQuery, StoreError } from '@lienthong/kernel/ports/folder-store';
import type { Append, Appended, Commit, FolderVersion, OwnedStore, StoreFault } from '@lienthong/kernel/ports/folder-store';
import { isBehind } from '@lienthong/kernel/ports/world';
import type { HighWaterMark } from '@lienthong/kernel/ports/world';
import { FlushQueue } from './flush-queue.ts';
import { MemoryDisk } from './memory-disk.ts';
import type { MemorySnapshot } from './memory-disk.ts';

export type MemoryStoreOptions = {
  /** Decides when what waits is flushed: called once with `run` for each batch. Absent: at the end of the present microtask. */
  readonly flushDelay?: (run: () => void) => void;
  /** Raised after each flush and before its answers. Absent: none is kept. */
  readonly mark?: HighWaterMark;
};

/** An empty store in memory. Answers come only after the flush that made the write durable. Bytes are handed over: their writer changes them no more. */
export function memoryStore(options: MemoryStoreOptions = {}): MemoryStore {
  return new MemoryStore(new MemoryDisk(), options);
}

/** One life of a process over its disk. After `crash` or `restore` this handle is dead: it answers nothing any more, for ever. */
export class MemoryStore implements OwnedStore {
  readonly #disk: MemoryDisk;
  readonly #options: MemoryStoreOptions;
  readonly #queue: FlushQueue;
  /** The disk is older than its mark: nothing is taken until there is a new incarnation. */
  #behind: boolean;
  #life: 'open' | 'closed' | 'dead' = 'open';

  constructor(disk: MemoryDisk, options: MemoryStoreOptions) {
    this.#disk = disk;
    this.#options = options;
    this.#behind = isBehind(disk, options.mark?.read());
    this.#queue = new FlushQueue(options.flushDelay ?? queueMicrotask, () => this.#raiseMark());
  }

  load(id: string) { return this.#read(() => this.#disk.load(id)); }

  standings(ids: readonly string[]) { return this.#read(() => this.#disk.standings(page(ids, maxRowsPerQuery))); }

  async append(change: Append): Promise<Appended> {
    assertWithinLimits(change);
    return this.#write(() => (this.#behind ? { ok: false, conflict: 'incarnation' } : this.#disk.append(change)));
  }

  asides(id: string, names: readonly string[]) { return this.#read(() => this.#disk.asides(id, names)); }

  find(field: string, value: string, limit: number, after = '') {
    return this.#read(() => page(this.#disk.find(field, value).filter((id) => id > after), limit));
  }

  due(now: number, limit: number) { return this.#read(() => page(this.#disk.due(now), limit)); }

  unsettled(limit: number, after = '') { return this.#read(() => page(this.#disk.unsettled().filter((id) => id > after), limit)); }

  settle(folders: readonly FolderVersion[]) { return this.#write(() => this.#disk.settle(folders)); }

  changedSince(commit: Commit, limit: number, where?: { field: string; value: string }) {
    return this.#read(() => page(this.#disk.changedSince(commit, where), limit));
  }

  lastCommit() { return this.#read(() => this.#disk.commit); }

  incarnation() { return this.#read(() => this.#disk.incarnation); }

  async setIncarnation(author: AuthorId): Promise<void> {
    if (!(await this.#write(() => this.#own(author)))) throw storeError('STORE_BEHIND', { vi: 'Kho cũ hơn những gì đã trả lời; hãy dùng danh tính mới.', en: 'older than what it has already answered; take a new incarnation' });
  }

  async close(): Promise<void> {
    if (this.#life === 'open') this.#life = 'closed';
    await this.#queue.drained();
  }

  /** Writes asked for that are not yet durable. */
  waiting(): number { return this.#queue.size; }

  /** Durable writes so far: `lastCommit` at once, in any life. */
  commits(): Commit { return this.#disk.commit; }

  /** Kills the process: the first `durable` of the waiting writes still reach the disk, unmarked and unanswered; the rest is lost. Answers the next life. */
  crash(durable = 0): MemoryStore {
    this.#die(durable);
    return new MemoryStore(this.#disk, this.#options);
  }

  /** A copy of what is durable now. */
  backup(): MemorySnapshot { return this.#disk.snapshot(); }

  /** Kills the process and puts an old copy in place of the disk; null: an empty disk. The mark, being outside, stays. Answers the next life. */
  restore(snapshot: MemorySnapshot | null): MemoryStore {
    this.#die(0);
    this.#disk.restore(snapshot);
    return new MemoryStore(this.#disk, this.#options);
  }

  /** The next life after `close`. */
  reopen(): MemoryStore {
    if (this.#life !== 'closed' || this.#queue.size > 0) throw new TypeError('only a closed store can be opened again');
    return new MemoryStore(this.#disk, this.#options);
  }

  #die(durable: number): void {
    if (this.#life === 'dead') throw new TypeError('this life has ended; use the next one');
    this.#life = 'dead';
    this.#queue.die(durable);
  }

  #own(author: AuthorId): boolean {
    if (this.#behind && [this.#disk.incarnation, this.#options.mark?.read()?.incarnation].includes(author)) return false;
    this.#behind = false;
    this.#disk.incarnation = author;
    return true;
  }

  #raiseMark(): void {
    if (this.#behind) return;
    const { incarnation, commit } = this.#disk;
    if (incarnation !== undefined) this.#options.mark?.raise({ incarnation, commit });
  }

  async #write<T>(perform: () => T): Promise<T> {
    if (this.#life === 'closed') throw closed();
    return this.#queue.add(perform);
  }

  async #read<T>(look: () => T): Promise<T> {
    if (this.#life === 'closed') throw closed();
    return this.#life === 'dead' ? new Promise<T>(() => {}) : look();
  }
}

const page = <T>(rows: readonly T[], limit: number): readonly T[] => rows.slice(0, Math.min(limit, maxRowsPerQuery));

const storeError = (code: StoreFault, remedy: StoreError['remedy']): StoreError => new StoreError(code, 'memory', remedy);

const closed = (): StoreError => storeError('STORE_CLOSED', { vi: 'Kho đã đóng; hãy mở lại.', en: 'the store is closed; open it again' });
