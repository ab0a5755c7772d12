/** Long work on a whole store, away from the threads that serve: a backup, a full check. */
import { closeSync, fsyncSync, openSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { connect } from './connection.ts';
import { damagedFolders } from './damaged-folders.ts';
import type { DamagedFolder } from './damaged-folders.ts';
import { flushDirectory } from '@lienthong/marks';
import { quickCheck } from './open-file.ts';
import { storeError } from './store-faults.ts';

/** `folders`: the bytes of every folder are looked at, and nothing else is done. */
export type Maintenance = { readonly path: string; readonly backupTo: string | null; readonly folders: boolean };
/** Complaints of the check: of the backup when one was made, else of the store. */
export type Maintained = { readonly complaints: readonly string[]; readonly bytes: number; readonly damaged: readonly DamagedFolder[] };

const { path, backupTo, folders } = workerData as Maintenance;
parentPort!.postMessage(work() satisfies Maintained);

function work(): Maintained {
  if (folders) return { complaints: [], bytes: 0, damaged: damagedFolders(path) };
  return backupTo === null ? check(path) : backup(path, backupTo);
}


function check(file: string): Maintained {
  const db = connect(file);
  try {
    return { complaints: quickCheck(db), bytes: statSync(file).size, damaged: [] };
  } finally {
    db.close();
  }
}

/** A consistent copy of one moment while writing goes on; complete and durable before it bears its name. */
function backup(from: string, to: string): Maintained {
  const unfinished = `${to}.part`;
  rmSync(unfinished, { force: true });
  const db = connect(from);
  try {
    db.prepare('VACUUM INTO ?').run(unfinished);
  } finally {
    db.close();
  }
  const made = check(unfinished);
  if (made.complaints.length > 0) throw storeError('STORE_DAMAGED', from, new Error(made.complaints.join('; ')));
  flushFile(unfinished);
  renameSync(unfinished, to);
  flushDirectory(dirname(to));
  return made;
}

function flushFile(file: string): void {
  const fd = openSync(file, 'r');
  try { fsyncSync(fd); } finally { closeSync(fd); }
}
