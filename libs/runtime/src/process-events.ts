/** What ends a process from outside or by a defect, led into one way of stopping. */
import type { Lifecycle } from './lifecycle.ts';
import type { Logger } from './logging.ts';

/** A terminal and npm both pass the same signal on; the second one so soon after the first is its echo. */
const echoMs = 1_000;

/** The part of `process` that is listened to. */
export type ProcessLike = Pick<NodeJS.Process, 'on' | 'off' | 'once' | 'send' | 'connected' | 'channel' | 'ppid' | 'stdout' | 'stderr'>;

/**
 * SIGTERM and SIGINT stop in order; a second one, at least a second later, ends the grace time. SIGHUP is left alone, so that nohup works.
 * A defect (an unhandled rejection, an uncaught exception) is logged and stops the process with code 1: after it no state is trusted.
 */
export function stopOnProcessEvents(lifecycle: Lifecycle, log: Logger, source: ProcessLike = process, now: () => number = () => performance.now()): void {
  let firstAt: number | undefined;
  const onSignal = (signal: string): void => {
    if (firstAt === undefined) {
      firstAt = now();
      void lifecycle.stop(signal);
    } else if (now() - firstAt >= echoMs) {
      lifecycle.hurry();
    }
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) source.on(signal, () => onSignal(signal));
  for (const event of ['unhandledRejection', 'uncaughtException'] as const) {
    source.on(event, (error: unknown) => {
      log.fatal({ err: error }, event === 'unhandledRejection' ? 'a rejection that nobody handled' : 'an exception that nobody caught');
      void lifecycle.stop(event, 1);
    });
  }
  stopWhenOrphaned(() => void lifecycle.stop('the starting process is gone'), source);
  // Whoever read the output may be gone; that is no reason to fail.
  for (const stream of [source.stdout, source.stderr]) stream.on('error', () => {});
}

/** The system hands an orphan to another parent a moment after the channel has closed. */
const orphanPollMs = 20;
const maxOrphanPolls = 250;

/**
 * Calls `stop` when the process that started this one is gone, even when it was killed: the IPC channel between the two closes then.
 * Does nothing for a process that was started without such a channel, nor when the channel is closed while the other still lives.
 * The channel keeps nobody alive who has no other work.
 */
export function stopWhenOrphaned(stop: () => void, source: ProcessLike = process): void {
  if (source.send === undefined) return;
  if (!source.connected) return void stop();
  const parent = source.ppid;
  source.once('disconnect', () => {
    let polls = 0;
    const timer = setInterval(() => {
      const orphaned = source.ppid !== parent || !isAlive(parent);
      if (orphaned || ++polls === maxOrphanPolls) clearInterval(timer);
      if (orphaned) stop();
    }, orphanPollMs);
    timer.unref();
  });
  source.channel?.unref();
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as { code?: unknown }).code === 'EPERM';
  }
}
