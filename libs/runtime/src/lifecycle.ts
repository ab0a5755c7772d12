/** How a process starts and stops. The order of stopping is written here and nowhere else. */
import type { Logger } from './logging.ts';

/**
 * Each phase begins when the one before is over:
 * no new calls and messages are taken; connections say good-bye and streams end; handlers that run finish; what waits is made durable; files are closed.
 */
export const stopPhases = ['stop-accepting', 'drain', 'finish-handlers', 'flush', 'close-stores'] as const;
export type StopPhase = (typeof stopPhases)[number];

/** Work that may be cut short when the grace time is over. Flushing and closing are never cut short, only ended with the process. */
const cutShort: ReadonlySet<StopPhase> = new Set(['stop-accepting', 'drain', 'finish-handlers']);

export type StopStep = (signal: AbortSignal) => void | Promise<void>;

export type LifecycleOptions = {
  readonly log: Logger;
  /** Time for the phases that may be cut short, together. */
  readonly graceMs: number;
  /** Time for all phases; then the process ends with exit code 1. */
  readonly forceMs: number;
  /** Ends the process. */
  readonly exit: (code: number) => void;
};

export type Lifecycle = {
  /** Registers a step of stopping. Within a phase, what was registered last stops first. */
  onStop(phase: StopPhase, name: string, step: StopStep): void;
  /** Runs the steps one after the other. When one fails, what was started is stopped, and the answer rejects with its error; the process is not ended, so that the caller can say why. */
  start(steps: readonly { readonly name: string; readonly run: () => void | Promise<void> }[]): Promise<void>;
  /** Stops in order and ends the process: code 0 when every step was done in time. Further calls join the first. */
  stop(reason: string, code?: number): Promise<void>;
  /** Lets the steps that may be cut short be cut short now. */
  hurry(): void;
  readonly stopping: boolean;
};

type Registered = { readonly phase: StopPhase; readonly name: string; readonly step: StopStep };

export function createLifecycle(options: LifecycleOptions): Lifecycle {
  const registered: Registered[] = [];
  const grace = new AbortController();
  let stopping: Promise<void> | undefined;

  const stop = (reason: string, code = 0): Promise<void> => {
    stopping ??= stopOnce(options, registered, grace, reason).then((clean) => options.exit(clean ? code : Math.max(code, 1)));
    return stopping;
  };
  return {
    onStop: (phase, name, step) => void registered.push({ phase, name, step }),
    start: async (steps) => {
      for (const { name, run } of steps) {
        if (stopping !== undefined) return stopping;
        try {
          await run();
        } catch (error) {
          stopping ??= stopOnce(options, registered, grace, `${name} did not start`).then(() => {});
          await stopping;
          throw error;
        }
      }
    },
    stop,
    hurry: () => grace.abort(),
    get stopping() { return stopping !== undefined; },
  };
}

/** True when every step was done, none failed and none was cut short. */
async function stopOnce(options: LifecycleOptions, registered: readonly Registered[], grace: AbortController, reason: string): Promise<boolean> {
  const { log } = options;
  log.info({ reason }, 'stopping');
  const cut = setTimeout(() => grace.abort(), options.graceMs);
  const force = setTimeout(() => {
    log.fatal({ forceMs: options.forceMs }, 'not stopped in time; ended');
    options.exit(1);
  }, options.forceMs);
  let clean = true;
  for (const phase of stopPhases) {
    for (const one of registered.filter((step) => step.phase === phase).reverse()) clean = (await stopStep(one, grace.signal, log)) && clean;
  }
  clearTimeout(cut);
  clearTimeout(force);
  log.info({ clean }, 'stopped');
  return clean;
}

async function stopStep({ phase, name, step }: Registered, signal: AbortSignal, log: Logger): Promise<boolean> {
  try {
    const work = Promise.resolve(step(signal)).then(() => true);
    if (!cutShort.has(phase)) return await work;
    work.catch(() => {}); // when it is cut short nobody waits for its failure any more
    const done = await Promise.race([work, aborted(signal)]);
    if (!done) log.warn({ phase, step: name }, 'cut short: the grace time is over');
    return done;
  } catch (error) {
    log.error({ phase, step: name, err: error }, 'could not stop a part');
    return false;
  }
}

function aborted(signal: AbortSignal): Promise<false> {
  return new Promise((resolve) => {
    const end = (): void => resolve(false);
    if (signal.aborted) setImmediate(end);
    else signal.addEventListener('abort', end, { once: true });
  });
}
