/**
 * kafkajs 2.2.4 looks into the empty queue of every connection each millisecond, for ever: 3 to 4 % of a core when idle, and a warning about a negative wait.
 * A queue with nothing in it needs no look: whoever puts something in asks for one. The same class is found only by its path inside the library.
 */
import { createRequire } from 'node:module';

const scheduling = 'scheduleCheckPendingRequests';
const patched = Symbol('looks only into queues that are not empty');

type Queue = { readonly pending: readonly unknown[] };
type Prototype = Record<string, ((this: Queue) => void) | undefined> & { [patched]?: true };

/** What is known of the library's inside; undefined: it is not as it was. */
function queuePrototype(): Prototype | undefined {
  try {
    const queue = createRequire(import.meta.url)('kafkajs/src/network/requestQueue') as { readonly prototype?: Prototype } | undefined;
    return typeof queue?.prototype?.[scheduling] === 'function' ? queue.prototype : undefined;
  } catch {
    return undefined;
  }
}

/** Once per process. False: the library has changed, and works as it does by itself. */
export function quietIdleTimers(): boolean {
  const prototype = queuePrototype();
  if (prototype === undefined) return false;
  if (prototype[patched]) return true;
  const schedule = prototype[scheduling]!;
  prototype[scheduling] = function (this: Queue): void { if (this.pending.length > 0) schedule.call(this); };
  prototype[patched] = true;
  return true;
}
