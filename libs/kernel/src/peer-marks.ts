/** How far others' stores were seen to have come. Remembered for them: a store that was put back is told so when it asks. */
import type { AuthorId } from '@lienthong/folder';
import { asHubError } from './errors.ts';
import { saveRecord } from './kernel.ts';
import type { Kernel } from './kernel.ts';
import { serviceOf } from './ports/directory.ts';
import type { Commit } from './ports/folder-store.ts';
import type { ServiceName } from './rules.ts';

export type SeenMark = { readonly author: AuthorId; readonly commit: Commit };

export class PeerMarks<S> {
  readonly #kernel: () => Kernel<S>;
  #cancel: (() => void) | null = null;
  #unsaved = false;
  /** The last write that a timer began; never rejects. */
  #saving: Promise<void> = Promise.resolve();
  #stopped = false;

  constructor(kernel: () => Kernel<S>) {
    this.#kernel = kernel;
  }

  /** Somebody showed itself: who it is now, and how far its store has come (0: not told). Durable within `rememberMarksMs`, or when this store has been compared. */
  heard(author: AuthorId, mark: Commit): void {
    const { directory, record, faults } = this.#kernel();
    directory.announce(author);
    if (faults.has('forget-peers-marks') || !record.noteMark(author, mark)) return;
    this.#unsaved = true;
    this.#arm();
  }

  /** A store that was put back must not come nearer to its mark by what it notes before it has been compared with it: a few restarts, and the loss would not show. */
  #arm(): void {
    const { world, limits, succession } = this.#kernel();
    if (this.#cancel !== null || this.#stopped) return;
    this.#cancel = world.later(limits.rememberMarksMs, () => {
      this.#cancel = null;
      if (succession.compared) this.#saving = this.#save();
      else this.#arm();
    });
  }

  /** The highest mark of a service that was heard here, of its latest incarnation. */
  seenOf(service: ServiceName): SeenMark | undefined {
    const { record, keys } = this.#kernel();
    let latest: AuthorId | undefined;
    for (const author of record.marks.keys()) {
      if (serviceOf(author) === service && (latest === undefined || keys.maySucceed(author, latest))) latest = author;
    }
    return latest === undefined ? undefined : { author: latest, commit: record.marks.get(latest)! };
  }

  /** Writes down what is not yet. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#cancel?.();
    this.#cancel = null;
    await this.#saving;
    if (this.#unsaved && this.#kernel().succession.compared) await this.#save();
  }

  async #save(): Promise<void> {
    const kernel = this.#kernel();
    this.#unsaved = false;
    kernel.world.crashPoint?.('marks-heard');
    await saveRecord(kernel).catch((cause: unknown) => kernel.reports.alarm(asHubError(cause), null));
  }
}
