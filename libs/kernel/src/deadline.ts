/** Nothing waits for ever. */
import { HubError } from './errors.ts';
import type { World } from './ports/world.ts';

/** The answer of `work`, or DEADLINE_EXCEEDED after `deadlineMs`. What comes later is dropped. */
export function withDeadline<T>(later: World['later'], deadlineMs: number, work: Promise<T>): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const cancel = later(deadlineMs, () => reject(new HubError('DEADLINE_EXCEEDED', { deadlineMs: String(deadlineMs) })));
    work.then((value) => { cancel(); resolve(value); }, (cause: unknown) => { cancel(); reject(cause); });
  });
}
