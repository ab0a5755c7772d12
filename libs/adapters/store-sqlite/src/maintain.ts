/** Starts long work on a whole store in a thread of its own. */
import { Worker } from 'node:worker_threads';
import type { Maintained, Maintenance } from './maintenance-thread.ts';
import { faultOf, storeError } from './store-faults.ts';

/** Rejects with what was found wrong, or STORE_FAILED when the thread ends without a word. */
export function maintain(work: Maintenance): Promise<Maintained> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./maintenance-thread.ts', import.meta.url), { workerData: work });
    worker.once('message', resolve);
    worker.once('error', (cause) => reject(faultOf(work.path, cause)));
    worker.once('exit', () => reject(storeError('STORE_FAILED', work.path, new Error('the maintenance thread ended'))));
  });
}
