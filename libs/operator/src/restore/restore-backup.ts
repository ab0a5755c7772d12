/** Puts a backup in the place of a stopped hub's store. Nothing is changed before the whole backup has been read and found good. */
import { existsSync, readdirSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { readBackup, storeName } from '@lienthong/backup';
import type { Manifest } from '@lienthong/backup';
import { StoreError } from '@lienthong/kernel';
import { KeysError, openKeys } from '@lienthong/keys';
import { damagedFolders, readMarks, readStoreFacts, whileStopped, writeMarks } from '@lienthong/store-sqlite';
import type { DamagedFolder } from '@lienthong/store-sqlite';
import { atRiskOf, markOf } from './at-risk.ts';
import type { ServiceAtRisk } from './at-risk.ts';
import { addDocuments, putKeys, replaceStore } from './put-in-place.ts';

export type Restored = {
  readonly manifest: Manifest;
  readonly store: string;
  /** Directory in which the store that was there is kept; null: there was none. */
  readonly replaced: string | null;
  readonly documentsAdded: number;
  readonly keys: 'kept' | 'restored';
  readonly atRisk: readonly ServiceAtRisk[];
  /** False: there was a store and it could not be read, so what is at risk is known by number only. */
  readonly replacedReadable: boolean;
  /** Folders that the backup itself holds damaged: they come back from the other services once the hub runs. */
  readonly damaged: readonly DamagedFolder[];
};

/** Throws STORE_BUSY while a hub runs, STORE_DAMAGED or STORE_NEWER for a backup that cannot be used, KEYS_MISSING when nobody could go on with it. */
export async function restoreBackup(backup: string, dataDir: string, stamp: string): Promise<Restored> {
  const store = join(dataDir, 'store', 'hub.db'), staged = join(dataDir, 'restore.part');
  return whileStopped(store, async () => {
    await rm(staged, { recursive: true, force: true });
    try {
      const manifest = await readBackup(backup, staged);
      checkStore(join(staged, storeName), backup);
      const damaged = damagedFolders(join(staged, storeName));
      const keys = checkKeys(join(dataDir, 'keys'), manifest);
      const readable = isReadable(store);
      const atRisk = atRiskOf(manifest.services, marksIn(dataDir), [...readable ? [store] : [], ...replacedBefore(dataDir)]);
      const documentsAdded = await addDocuments(join(staged, 'documents'), join(dataDir, 'documents'));
      if (keys === 'restored') await putKeys(join(staged, 'keys'), join(dataDir, 'keys'));
      markLost(dataDir, manifest);
      const replaced = existsSync(store) ? join(dataDir, 'store', `replaced-${stamp}`) : null;
      await replaceStore(store, join(staged, storeName), replaced ?? join(dataDir, 'store', `nothing-before-${stamp}`));
      return { manifest, store, replaced, documentsAdded, keys, atRisk, replacedReadable: readable || replaced === null, damaged };
    } finally {
      await rm(staged, { recursive: true, force: true });
    }
  });
}

/** What is wrong with the store in the backup is wrong with the backup. */
function checkStore(staged: string, backup: string): void {
  try { readStoreFacts(staged, true); } catch (error) {
    throw error instanceof StoreError ? new StoreError(error.code, backup, error.remedy, error) : error;
  }
}

const marksIn = (dataDir: string): ReturnType<typeof readMarks> => readMarks(join(dataDir, 'keys', 'marks'));

/** Where there are keys, they stay: they are newer than any backup. They must know the incarnations in it, else nobody could judge its entries. */
function checkKeys(directory: string, manifest: Manifest): 'kept' | 'restored' {
  if (!existsSync(join(directory, 'root.pub.pem'))) {
    if (!manifest.withKeys) throw new KeysError('KEYS_MISSING', directory);
    return 'restored';
  }
  const known = new Set(openKeys(directory).certificates().map(({ author }) => author));
  const unknown = manifest.services.find(({ incarnation }) => incarnation !== null && !known.has(incarnation));
  if (unknown !== undefined) throw new KeysError('KEYS_MISSING', join(directory, 'certificates', `${unknown.incarnation}.json`));
  return 'kept';
}

/** A store that cannot be read is kept as it is. */
function isReadable(store: string): boolean {
  if (!existsSync(store)) return false;
  try { readStoreFacts(store, true); return true; } catch { return false; }
}

/** Stores that earlier restores replaced and no start came after: their services are still those that the marks name, so what only they held is still to be told. */
function replacedBefore(dataDir: string): readonly string[] {
  const marks = marksIn(dataDir), folder = join(dataDir, 'store');
  const isLatest = (path: string): boolean => {
    try { return readStoreFacts(path, false).services.every(({ service, incarnation }) => incarnation === null || marks.get(service)?.incarnation === incarnation); } catch { return false; }
  };
  return readdirSync(folder).filter((name) => name.startsWith('replaced-')).map((name) => join(folder, name, 'hub.db')).filter(isLatest);
}

/** Where no mark tells how far a service had come, it had come further than the backup: nobody can say that it had not. */
function markLost(dataDir: string, { services }: Manifest): void {
  const marks = marksIn(dataDir);
  const lost = services.flatMap((one) => (one.incarnation === null || markOf(marks, one) !== undefined ? [] : [[one.service, { incarnation: one.incarnation, commit: one.commit + 1 }] as const]));
  if (lost.length > 0) writeMarks(join(dataDir, 'keys', 'marks'), new Map(lost));
}
