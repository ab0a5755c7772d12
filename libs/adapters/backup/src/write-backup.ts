/** A backup as a stream of bytes: the store first, so that every document it speaks of is there when the documents are read; then keys if wanted; the manifest last. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { opendir, stat } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { StoreError } from '@lienthong/kernel/ports/folder-store';
import { format, manifestName, manifestText } from './manifest.ts';
import type { FileInBackup, ServiceInBackup } from './manifest.ts';
import { digestIn, isKeyFile, storeName } from './names.ts';
import { paddingOf, tarHeader, trailer } from './tar-header.ts';

export type BackupSource = {
  /** File of the store, consistent and at rest for as long as the backup is written. */
  readonly store: string;
  readonly schema: number;
  readonly services: readonly ServiceInBackup[];
  /** Directory of documents by digest. */
  readonly documents: string;
  /** Directory of keys; null: they stay out. */
  readonly keys: string | null;
  /** Of the product. */
  readonly version: string;
  /** Milliseconds since the epoch. */
  readonly takenAt: number;
};

const pieceBytes = 64 * 1024;

export async function* writeBackup(source: BackupSource): AsyncGenerator<Uint8Array, void> {
  const files: FileInBackup[] = [], documents = { count: 0, bytes: 0 };
  const mtime = Math.floor(source.takenAt / 1_000);
  files.push(yield* fileInto(source.store, storeName, mtime));
  if (source.keys !== null) for await (const path of filesUnder(source.keys)) if (isKeyFile(path)) files.push(yield* fileInto(join(source.keys, path), `keys/${path}`, mtime));
  for await (const path of filesUnder(source.documents)) {
    const digest = digestIn(path);
    if (digest === undefined) continue;
    const file = yield* fileInto(join(source.documents, path), `documents/${path}`, mtime);
    if (file.sha256 !== digest) throw new StoreError('STORE_DAMAGED', join(source.documents, path), damagedDocument);
    documents.count++;
    documents.bytes += file.bytes;
  }
  const manifest = Buffer.from(manifestText({
    format, version: source.version, takenAt: new Date(source.takenAt).toISOString(), schema: source.schema, services: source.services, files, documents, withKeys: source.keys !== null,
  }));
  yield tarHeader({ name: manifestName, size: manifest.byteLength, mtime });
  yield manifest;
  yield new Uint8Array(paddingOf(manifest.byteLength));
  yield trailer;
}

const damagedDocument = {
  vi: 'Nội dung tài liệu không còn khớp với mã băm trong tên tệp. Khôi phục tệp này từ bản sao lưu trước, hoặc chuyển nó ra ngoài, rồi sao lưu lại.',
  en: 'The bytes of the document no longer match the digest that it is named for. Restore this file from an earlier backup, or move it away, then back up again.',
};

async function* fileInto(path: string, name: string, mtime: number): AsyncGenerator<Uint8Array, FileInBackup> {
  const { size } = await stat(path);
  const hash = createHash('sha256');
  let read = 0;
  yield tarHeader({ name, size, mtime });
  for await (const piece of createReadStream(path, { highWaterMark: pieceBytes }) as AsyncIterable<Uint8Array>) {
    hash.update(piece);
    read += piece.byteLength;
    yield piece;
  }
  if (read !== size) throw new StoreError('STORE_FAILED', path, changedMeanwhile);
  yield new Uint8Array(paddingOf(size));
  return { name, bytes: size, sha256: hash.digest('hex') };
}

const changedMeanwhile = {
  vi: 'Tệp thay đổi trong khi đang sao lưu. Hãy sao lưu lại.',
  en: 'The file changed while it was being copied. Back up again.',
};

/** Paths of all files below `directory`, with `/`; none when it is absent. */
async function* filesUnder(directory: string, below = directory): AsyncGenerator<string> {
  const entries = await opendir(below).catch((cause: NodeJS.ErrnoException) => { if (cause.code === 'ENOENT') return undefined; throw cause; });
  if (entries === undefined) return;
  for await (const entry of entries) {
    const path = join(below, entry.name);
    if (entry.isDirectory()) yield* filesUnder(directory, path);
    else if (entry.isFile()) yield relative(directory, path).replaceAll('\\', '/');
  }
}
