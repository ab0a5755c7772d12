/** Calls `stop` when the process that started this one has gone. */
export function stopWhenOrphaned(stop: () => void): void {
  process.once('disconnect', stop);
}
