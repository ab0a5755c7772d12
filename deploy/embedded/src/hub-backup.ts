/** A backup of the running hub: the store as it is at one moment, then the documents, which only ever grow. */
import { timingSafeEqual } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { writeBackup } from '@lienthong/backup';
import type { MakeBackup } from '@lienthong/dossier-service';
import { folderDamaged, HubError } from '@lienthong/kernel';
import { keysProof } from '@lienthong/keys';
import { damagedFoldersApart, readStoreFacts } from '@lienthong/store-sqlite';
import type { SqliteStore } from '@lienthong/store-sqlite';

/** One at a time: each needs the space of the whole store beside it for as long as it is read. Throws OVERLOADED while another is made, CALLER_NOT_ALLOWED where the keys are wanted without their proof, and FOLDER_DAMAGED where the bytes of a folder are not those that were written. */
export function hubBackup(dataDir: string, store: SqliteStore, version: string): MakeBackup {
  const snapshot = join(dataDir, 'store', 'snapshot.db'), keys = join(dataDir, 'keys');
  let running = false;
  return async function* (wanted) {
    if (wanted !== null && !isProved(keys, wanted.proof)) throw new HubError('CALLER_NOT_ALLOWED', { caller: 'operator', method: 'GetBackup with_keys' }, { field: 'keys_proof' });
    if (running) throw new HubError('OVERLOADED', { service: 'backup' });
    running = true;
    try {
      // A process that was killed meanwhile has left its own.
      await removeSnapshot(snapshot);
      const takenAt = Date.now();
      await store.backup(snapshot);
      const [first, ...more] = await damagedFoldersApart(snapshot);
      if (first !== undefined) throw folderDamaged(first, more.length);
      const { schema, services } = readStoreFacts(snapshot, false);
      yield* writeBackup({ store: snapshot, schema, services, documents: join(dataDir, 'documents'), keys: wanted === null ? null : keys, version, takenAt });
    } finally {
      await removeSnapshot(snapshot);
      running = false;
    }
  };
}

function isProved(keys: string, proof: Uint8Array): boolean {
  const right = keysProof(keys);
  return right.byteLength === proof.byteLength && timingSafeEqual(right, proof);
}

async function removeSnapshot(path: string): Promise<void> {
  for (const ending of ['', '-wal', '-shm', '.part', '.part-wal', '.part-shm']) await rm(path + ending, { force: true });
}
