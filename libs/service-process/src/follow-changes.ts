/** What stands outside the hub and may change while it runs is looked at, again and again; what a change asks for is done in the background, one time at once. */
import type { Logger } from '@lienthong/runtime';

export type Follower = { stop(): Promise<void> };

export type Followed = {
  /** Between two looks, in milliseconds. */
  readonly everyMs: number;
  /** Takes what has changed. True: something is to be done by it, or is not done yet. */
  readonly look: () => boolean;
  /** Ends early once the signal is aborted. What fails is begun again by a later look. Absent: nothing ever is. */
  readonly act?: (stopping: AbortSignal) => Promise<void>;
  /** What the log says of a look, and of an act, that failed. */
  readonly failed: { readonly look: string; readonly act?: string };
};

/** Looks at once: what stands at the start is taken before anybody is answered. */
export function followChanges({ everyMs, look, act, failed }: Followed, log: Pick<Logger, 'error'>): Follower {
  const stopping = new AbortController();
  let acting: Promise<void> | undefined;
  const told = (what = failed.look) => (error: unknown): void => { log.error({ err: error }, what); };
  const round = (): void => {
    // A full disk or a folder that nobody may read is no reason to stop: the hub goes on with what it has.
    try {
      if (look()) acting ??= act?.(stopping.signal).catch(told(failed.act)).finally(() => { acting = undefined; });
    } catch (error) { told()(error); }
  };
  round();
  const timer = setInterval(round, everyMs);
  timer.unref();
  return {
    async stop() {
      clearInterval(timer);
      stopping.abort();
      await acting;
    },
  };
}
