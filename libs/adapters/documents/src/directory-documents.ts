/** Documents as files named for their digest: `ab/abcd…`. A file that bears its name is complete, checked and durable. */
import { createReadStream, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { open, rename, rm, stat } from 'node:fs/promises';
import { createHash, randomUUID } from 'node:crypto';
import { dirname, join } from 'node:path';
import type { CrashPoint } from '@lienthong/kernel/ports/crash-points';
import type { Declared, DocumentInfo, DocumentPut, Documents } from '@lienthong/kernel/ports/documents';
import { StoreError } from '@lienthong/kernel/ports/folder-store';
import { Examination } from './examination.ts';
import { judgedBytes, sniff } from './media-type.ts';

const digestPattern = /^[0-9a-f]{64}$/;

/** Opens a directory of documents, made when absent. What an earlier process left unfinished there is removed. `limit`: bytes of one document, at most `maxDocumentBytes`; absent: that. `crashPoint`: of tests. */
export function directoryDocuments(path: string, limit?: number, crashPoint?: CrashPoint): Documents {
  const incoming = join(path, 'incoming');
  mkdirSync(incoming, { recursive: true, mode: 0o700 });
  for (let first = 0; first < 256; first++) mkdirSync(join(path, first.toString(16).padStart(2, '0')), { recursive: true, mode: 0o700 });
  for (const left of readdirSync(incoming)) rmSync(join(incoming, left));
  return new DirectoryDocuments(path, incoming, limit, crashPoint);
}

class DirectoryDocuments implements Documents {
  readonly #path: string;
  readonly #incoming: string;
  readonly #limit: number | undefined;
  readonly #crashPoint: CrashPoint | undefined;

  constructor(path: string, incoming: string, limit: number | undefined, crashPoint: CrashPoint | undefined) {
    this.#path = path;
    this.#incoming = incoming;
    this.#limit = limit;
    this.#crashPoint = crashPoint;
  }

  async put(content: AsyncIterable<Uint8Array>, declared: Declared): Promise<DocumentPut> {
    const examination = new Examination(declared, this.#limit);
    const refusal = examination.begin();
    if (refusal) return { ok: false, refusal };
    const unfinished = join(this.#incoming, randomUUID());
    try {
      const put = await receive(unfinished, content, examination);
      if (put.ok) await this.#keep(unfinished, put.document.digest);
      return put;
    } finally {
      await rm(unfinished, { force: true });
    }
  }

  async get(digest: string, offset = 0): Promise<AsyncIterable<Uint8Array> | undefined> {
    const file = this.#fileOf(digest);
    return file !== undefined && await exists(file) ? readPieces(file, digest, offset) : undefined;
  }

  async stat(digest: string): Promise<DocumentInfo | undefined> {
    const name = this.#fileOf(digest);
    if (name === undefined || !await exists(name)) return undefined;
    const file = await open(name, 'r');
    try {
      const head = Buffer.alloc(judgedBytes);
      const { bytesRead } = await file.read(head, 0, judgedBytes, 0);
      const { size } = await file.stat();
      return { digest, size, mediaType: sniff(head.subarray(0, bytesRead)) ?? 'text/plain' };
    } finally {
      await file.close();
    }
  }

  async #keep(unfinished: string, digest: string): Promise<void> {
    const file = this.#fileOf(digest)!;
    this.#crashPoint?.('document-unnamed');
    // Also where it is there: what lies on the disk may have turned, and this was examined a moment ago.
    await rename(unfinished, file);
    this.#crashPoint?.('document-named');
    await flushDirectory(dirname(file));
    this.#crashPoint?.('document-kept');
  }

  #fileOf(digest: string): string | undefined {
    return digestPattern.test(digest) ? join(this.#path, digest.slice(0, 2), digest) : undefined;
  }
}

const damaged = {
  vi: 'Nội dung tệp không còn khớp với mã băm trong tên tệp. Kiểm tra đĩa và khôi phục tệp này từ bản sao lưu.',
  en: 'The bytes no longer match the digest that the file is named for. Check the disk and restore this file from a backup.',
};

/** Reads a file in pieces. A whole document is compared with its digest on the way: throws at the end when the disk gave other bytes. */
async function* readPieces(name: string, digest: string, offset: number): AsyncIterable<Uint8Array> {
  const hash = createHash('sha256');
  for await (const piece of createReadStream(name, { start: offset }) as AsyncIterable<Uint8Array>) {
    if (offset === 0) hash.update(piece);
    yield piece;
  }
  if (offset === 0 && hash.digest('hex') !== digest) throw new StoreError('STORE_DAMAGED', name, damaged);
}

/** Writes and examines; on disk when it answers ok. */
async function receive(unfinished: string, content: AsyncIterable<Uint8Array>, examination: Examination): Promise<DocumentPut> {
  const file = await open(unfinished, 'wx', 0o600);
  try {
    for await (const piece of content) {
      const refusal = examination.more(piece);
      if (refusal) return { ok: false, refusal };
      await file.appendFile(piece);
    }
    const verdict = examination.end();
    if (verdict.ok) await file.sync();
    return verdict;
  } finally {
    await file.close();
  }
}

async function exists(file: string): Promise<boolean> {
  return stat(file).then(() => true, () => false);
}

async function flushDirectory(path: string): Promise<void> {
  const directory = await open(path, 'r');
  try { await directory.sync(); } finally { await directory.close(); }
}
