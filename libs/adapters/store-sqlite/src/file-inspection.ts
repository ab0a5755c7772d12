/** What can be known of a store's file before it is opened, in a few reads whatever its size. */
import { closeSync, existsSync, fstatSync, openSync, readSync } from 'node:fs';
import { applicationId } from './schema.ts';
import { storeError } from './store-faults.ts';

/** https://sqlite.org/fileformat.html */
const headerBytes = 100;
const magic = 'SQLite format 3\0';
const walHeaderBytes = 32;
const frameHeaderBytes = 24;

/** True: there is no store yet. Throws STORE_DAMAGED when the file cannot be what was written. */
export function inspect(path: string): boolean {
  if (!existsSync(path)) {
    if (existsSync(`${path}-wal`)) throw storeError('STORE_DAMAGED', path, new Error('the file is missing while its -wal is there'));
    return true;
  }
  const file = openSync(path, 'r');
  try {
    const { pageBytes, pages } = readHeader(path, file);
    const whole = Math.floor(fstatSync(file).size / pageBytes);
    // A crash while the log was being copied leaves a short file, too; then the log still has what is missing.
    if (whole < pages && !logHolds(`${path}-wal`, whole + 1, pages, pageBytes)) {
      throw storeError('STORE_DAMAGED', path, new Error(`truncated: ${whole} of ${pages} pages`));
    }
  } finally {
    closeSync(file);
  }
  return false;
}

function readHeader(path: string, file: number): { pageBytes: number; pages: number } {
  const header = Buffer.alloc(headerBytes);
  if (readSync(file, header, 0, headerBytes, 0) < headerBytes) throw storeError('STORE_DAMAGED', path, new Error('truncated: no header'));
  if (header.toString('latin1', 0, 16) !== magic) throw storeError('STORE_DAMAGED', path, new Error('not a SQLite file'));
  if (header.readUInt32BE(68) !== applicationId) throw storeError('STORE_DAMAGED', path, new Error('a SQLite file, but not a store of this hub'));
  const stated = header.readUInt16BE(16);
  return { pageBytes: stated === 1 ? 65_536 : stated, pages: header.readUInt32BE(28) };
}

/** Whether the log has a frame for every page from `first` to `last`. */
function logHolds(path: string, first: number, last: number, pageBytes: number): boolean {
  if (!existsSync(path)) return false;
  const missing = new Set<number>();
  for (let page = first; page <= last; page++) missing.add(page);
  const file = openSync(path, 'r');
  try {
    const walHeader = Buffer.alloc(walHeaderBytes);
    const frame = Buffer.alloc(frameHeaderBytes);
    if (readSync(file, walHeader, 0, walHeaderBytes, 0) < walHeaderBytes) return false;
    const salts = walHeader.subarray(16, 24);
    for (let at = walHeaderBytes; missing.size > 0 && readSync(file, frame, 0, frameHeaderBytes, at) === frameHeaderBytes; at += frameHeaderBytes + pageBytes) {
      if (!salts.equals(frame.subarray(8, 16))) break;
      missing.delete(frame.readUInt32BE(0));
    }
    return missing.size === 0;
  } finally {
    closeSync(file);
  }
}
