/** Asides that were written lately: most are read once, soon after, by whoever acts on what was written. The file has one process, so what it wrote last is what stands there. */
import { Generations } from '@lienthong/folder';
import type { FolderId } from '@lienthong/folder';
import type { Aside } from '@lienthong/kernel/ports/folder-store';

export class WrittenAsides {
  /** What stands beside one folder is so little that a list does. */
  readonly #folders: Generations<FolderId, readonly Aside[]>;

  /** `maxBytes`: of all asides kept; those of the folders that were written longest ago go first. */
  constructor(maxBytes: number) {
    this.#folders = new Generations(maxBytes, { weigh: sizeOf });
  }

  /** Called once they are durable. */
  note(id: FolderId, asides: readonly Aside[]): void {
    const before = this.#folders.get(id);
    this.#folders.set(id, before === undefined ? asides : [...asides, ...before.filter((one) => !asides.some((other) => other.name === one.name))]);
  }

  /** Undefined: it is not here, and may be in the store. */
  get(id: FolderId, name: string): Uint8Array | undefined {
    return this.#folders.get(id)?.find((one) => one.name === name)?.bytes ?? undefined;
  }
}

/** Of what they keep in memory: a slice keeps the whole message that brought it. */
function sizeOf(asides: readonly Aside[]): number {
  let bytes = 0;
  for (const one of asides) bytes += one.bytes?.buffer.byteLength ?? 0;
  return bytes;
}
