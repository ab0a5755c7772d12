/** Starts processes of a cluster again that ended without being told to. */
import type { ServiceChild } from './service-child.ts';

/** Between two looks at the processes, in milliseconds. */
const lookEveryMs = 1_000;

export type ReviverOptions = {
  /** Whether a process that does not run should. */
  readonly wanted: (child: ServiceChild) => boolean;
  readonly revived: (child: ServiceChild) => void;
  /** A start that failed; it is tried again at the next look. */
  readonly failed: (child: ServiceChild, error: unknown) => void;
};

export class Reviver {
  readonly #children: readonly ServiceChild[];
  readonly #options: ReviverOptions;
  readonly #starting = new Set<string>();
  readonly #timer: NodeJS.Timeout;

  constructor(children: readonly ServiceChild[], options: ReviverOptions) {
    this.#children = children;
    this.#options = options;
    this.#timer = setInterval(() => this.#look(), lookEveryMs);
  }

  stop(): void { clearInterval(this.#timer); }

  #look(): void {
    for (const child of this.#children) {
      if (child.running || this.#starting.has(child.name) || !this.#options.wanted(child)) continue;
      this.#starting.add(child.name);
      void child.start().then(() => this.#options.revived(child), (error: unknown) => this.#options.failed(child, error)).finally(() => this.#starting.delete(child.name));
    }
  }
}
