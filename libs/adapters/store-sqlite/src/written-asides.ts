/** Asides that were written lately: most are read once, soon after, by whoever acts on what was written. The file has one process, so what it wrote last is what stands there. */
import type { FolderId } from '@lienthong/folder';
import type { Aside } from '@lienthong/kernel/ports/folder-store';

export class WrittenAsides {
  readonly #maxBytes: number;
  /** What stands beside one folder is so little that a list does. */
  readonly #folders = new Map<FolderId, readonly Aside[]>();
  #bytes = 0;

  /** `maxBytes`: of all asides kept; those of the folders that were written longest ago go first. */
  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  /** Called once they are durable. */
  note(id: FolderId, asides: readonly Aside[]): void {
    const before = this.#folders.get(id);
    this.#drop(id, before);
    const kept = before === undefined ? asides : [...asides, ...before.filter((one) => !asides.some((other) => other.name === one.name))];
    this.#folders.set(id, kept);
    this.#bytes += sizeOf(kept);
    for (const [oldest, dropped] of this.#folders) {
      if (this.#bytes <= this.#maxBytes) return;
      this.#drop(oldest, dropped);
    }
  }

  /** Undefined: it is not here, and may be in the store. */
  get(id: FolderId, name: string): Uint8Array | undefined {
    return this.#folders.get(id)?.find((one) => one.name === name)?.bytes ?? undefined;
  }

  #drop(id: FolderId, asides: readonly Aside[] | undefined): void {
    if (asides === undefined) return;
    this.#folders.delete(id);
    this.#bytes -= sizeOf(asides);
  }
}

/** Of what they keep in memory: a slice keeps the whole message that brought it. */
function sizeOf(asides: readonly Aside[]): number {
  let bytes = 0;
  for (const one of asides) bytes += one.bytes?.buffer.byteLength ?? 0;
  return bytes;
}
