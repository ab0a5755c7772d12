/** A bus inside one process: asynchronous, in batches per destination, at least once. */
import type { EventBus, FolderUpdate, ServiceName, Subscription, UpdateHandler } from '@lienthong/kernel';
import { HubError } from '@lienthong/kernel';
import { Mailbox } from './mailbox.ts';

/** How one update travels. `deliver` may be called never (lost), once, or several times (duplicated), now or later (delayed, reordered). */
export type Carry = (travel: { readonly destination: ServiceName; readonly update: FolderUpdate; readonly deliver: () => void }) => void;

export type MemoryBusOptions = {
  /** Of the simulator. Absent: every update is delivered once, in order. */
  readonly carry?: Carry;
  /** When what was delivered is handed to the subscriber. Absent: `setImmediate`. */
  readonly defer?: (run: () => void) => void;
  /** Runs once after `ms` milliseconds; used before a batch that failed is handed over again. Absent: `setTimeout`. */
  readonly later?: (ms: number, run: () => void) => void;
  /** Updates in one batch; batches at work at once per destination; updates that may wait for one destination. */
  readonly maxBatch?: number;
  readonly concurrency?: number;
  readonly maxWaiting?: number;
  /** Milliseconds before a batch that failed is handed over again. */
  readonly retryMs?: number;
};

export type MemoryBus = EventBus & {
  /** Updates delivered and not yet handled. */
  waiting(destination: ServiceName): number;
};

export const memoryBusDefaults = { maxBatch: 200, concurrency: 4, maxWaiting: 100_000, retryMs: 100 } as const;

export function memoryBus(options: MemoryBusOptions = {}): MemoryBus {
  const settings = { ...memoryBusDefaults, defer: setImmediate as (run: () => void) => void, later: (ms: number, run: () => void): void => { setTimeout(run, ms).unref(); }, ...options };
  const mailboxes = new Map<ServiceName, Mailbox>();
  const mailbox = (destination: ServiceName): Mailbox => {
    let found = mailboxes.get(destination);
    if (found === undefined) mailboxes.set(destination, found = new Mailbox(settings));
    return found;
  };
  const carry: Carry = options.carry ?? (({ deliver }) => deliver());
  return {
    async publish(destination, batch) {
      const box = mailbox(destination);
      if (box.waiting + batch.length > settings.maxWaiting) throw new HubError('OVERLOADED', { service: destination });
      for (const update of batch) carry({ destination, update, deliver: () => box.put(update) });
    },
    async subscribe(service: ServiceName, handler: UpdateHandler): Promise<Subscription> {
      return mailbox(service).open(handler);
    },
    waiting: (destination) => mailbox(destination).waiting,
  };
}
