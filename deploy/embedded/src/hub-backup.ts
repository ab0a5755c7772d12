/** A backup of the running hub: the store as it is at one moment, then the documents, which only ever grow. */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { writeBackup } from '@lienthong/backup';
import { HubError } from '@lienthong/kernel';
import { readStoreFacts } from '@lienthong/store-sqlite';
import type { SqliteStore } from '@lienthong/store-sqlite';

/** One at a time: each needs the space of the whole store beside it for as long as it is read. Throws OVERLOADED while another is made. */
export function hubBackup(dataDir: string, store: SqliteStore, version: string): (withKeys: boolean) => AsyncGenerator<Uint8Array> {
  const snapshot = join(dataDir, 'store', 'snapshot.db');
  let running = false;
  return async function* (withKeys) {
    if (running) throw new HubError('OVERLOADED', { service: 'backup' });
    running = true;
    try {
      // A process that was killed meanwhile has left its own.
      await removeSnapshot(snapshot);
      const takenAt = Date.now();
      await store.backup(snapshot);
      const { schema, services } = readStoreFacts(snapshot, false);
      yield* writeBackup({ store: snapshot, schema, services, documents: join(dataDir, 'documents'), keys: withKeys ? join(dataDir, 'keys') : null, version, takenAt });
    } finally {
      await removeSnapshot(snapshot);
      running = false;
    }
  };
}

async function removeSnapshot(path: string): Promise<void> {
  for (const ending of ['', '-wal', '-shm', '.part', '.part-wal', '.part-shm']) await rm(path + ending, { force: true });
}
