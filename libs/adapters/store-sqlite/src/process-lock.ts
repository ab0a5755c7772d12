/** One process per data directory. The lock is the operating system's, on a small file of its own, so it dies with its process however that ends. */
import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { StoreError } from '@lienthong/kernel/ports/folder-store';
import { faultOf, storeError } from './store-faults.ts';

/** Keeps everybody else out until the answer is closed. Throws STORE_BUSY, with the number of the process that is in. */
export function lockFor(path: string): DatabaseSync {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const lock = new DatabaseSync(`${path}.lock`, { timeout: 0 });
  try {
    lock.exec(`BEGIN IMMEDIATE; PRAGMA user_version = ${process.pid}; COMMIT; BEGIN IMMEDIATE`);
    return lock;
  } catch (cause) {
    const holder = holderOf(lock);
    lock.close();
    throw lockFault(path, cause, holder);
  }
}

/** What it means that the lock of the store at `path` could not be had: STORE_BUSY only where somebody holds it, which a full disk does not. */
export function lockFault(path: string, cause: unknown, holder: string): StoreError {
  const fault = faultOf(`${path}.lock`, cause);
  return fault.code === 'STORE_BUSY' ? storeError('STORE_BUSY', path, new Error(`held by process ${holder}`)) : fault;
}

function holderOf(lock: DatabaseSync): string {
  try {
    return String(lock.prepare('PRAGMA user_version').get()?.user_version);
  } catch {
    return 'unknown';
  }
}
