/** Reads a backup to its end and judges every byte; what it holds is written where `into` says, for the caller to put in place once the backup has proved whole. */
import { createHash } from 'node:crypto';
import { mkdir, open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { StoreError } from '@lienthong/kernel/ports/folder-store';
import { format, manifestName, maxManifestBytes, readManifest } from './manifest.ts';
import type { FileInBackup, Manifest } from './manifest.ts';
import { kindOf } from './names.ts';
import { blockBytes, paddingOf, readTarHeader } from './tar-header.ts';
import type { TarEntry } from './tar-header.ts';

const pieceBytes = 64 * 1024;

/** Reads the backup at `path`. `into`: a directory of its own for what it holds, on disk when this answers; null: it is only checked. Throws STORE_DAMAGED or STORE_NEWER, naming the backup. */
export async function readBackup(path: string, into: string | null): Promise<Manifest> {
  const file = await open(path, 'r').catch((cause: unknown) => { throw new StoreError('STORE_FAILED', path, unreadable, cause); });
  try {
    return await new BackupReader(path, file, into).read();
  } finally {
    await file.close();
  }
}

const unreadable = {
  vi: 'Không đọc được tệp sao lưu. Kiểm tra đường dẫn và quyền đọc.',
  en: 'The backup cannot be read. Check the path and the permissions.',
};
const damaged = {
  vi: 'Bản sao lưu bị hỏng hoặc bị cắt ngắn; dữ liệu hiện tại chưa bị thay đổi. Dùng một bản sao lưu khác.',
  en: 'The backup is damaged or cut short; nothing was changed. Use another backup.',
};
const newer = {
  vi: 'Bản sao lưu do phiên bản mới hơn ghi; dữ liệu hiện tại chưa bị thay đổi. Chạy đúng phiên bản đó hoặc mới hơn.',
  en: 'The backup was written by a newer version; nothing was changed. Run that version or a later one.',
};

class BackupReader {
  readonly #path: string;
  readonly #file: FileHandle;
  readonly #into: string | null;
  readonly #files: FileInBackup[] = [];
  readonly #documents = { count: 0, bytes: 0 };
  #at = 0;

  constructor(path: string, file: FileHandle, into: string | null) {
    this.#path = path;
    this.#file = file;
    this.#into = into;
  }

  async read(): Promise<Manifest> {
    for (;;) {
      const header = readTarHeader(await this.#take(blockBytes));
      if (header === undefined) throw this.#damaged('no header of a file');
      if (header === null) throw this.#damaged('no manifest');
      if (header.name === manifestName) return this.#judged(await this.#manifest(header));
      await this.#keep(header);
      await this.#take(paddingOf(header.size));
    }
  }

  async #keep({ name, size }: TarEntry): Promise<void> {
    const kind = kindOf(name);
    if (kind === undefined) throw this.#damaged(`a file ${JSON.stringify(name)}`);
    const sha256 = this.#into === null ? await this.#copy(size, async () => {}) : await this.#extract(join(this.#into, name), size);
    if (kind.kind !== 'document') {
      this.#files.push({ name, bytes: size, sha256 });
      return;
    }
    if (sha256 !== kind.digest) throw this.#damaged(`${name} has other bytes`);
    this.#documents.count++;
    this.#documents.bytes += size;
  }

  async #extract(to: string, size: number): Promise<string> {
    await mkdir(dirname(to), { recursive: true, mode: 0o700 });
    const target = await open(to, 'wx', 0o600);
    try {
      const sha256 = await this.#copy(size, (piece) => target.appendFile(piece));
      await target.sync();
      return sha256;
    } finally {
      await target.close();
    }
  }

  async #copy(size: number, write: (piece: Uint8Array) => Promise<void>): Promise<string> {
    const hash = createHash('sha256');
    for (let left = size; left > 0;) {
      const piece = await this.#take(Math.min(left, pieceBytes));
      hash.update(piece);
      await write(piece);
      left -= piece.byteLength;
    }
    return hash.digest('hex');
  }

  async #manifest({ size }: TarEntry): Promise<Manifest> {
    if (size > maxManifestBytes) throw this.#damaged('a manifest without end');
    const manifest = readManifest(Buffer.from(await this.#take(size)).toString('utf8'));
    if (manifest === undefined) throw this.#damaged('a manifest that was changed');
    return manifest;
  }

  #judged(manifest: Manifest): Manifest {
    if (manifest.format > format) throw new StoreError('STORE_NEWER', this.#path, newer, new RangeError(`format ${manifest.format}`));
    const told = JSON.stringify([manifest.files, manifest.documents]), found = JSON.stringify([this.#files, this.#documents]);
    if (told !== found) throw this.#damaged('files are missing or have other bytes');
    return manifest;
  }

  async #take(bytes: number): Promise<Uint8Array> {
    const piece = Buffer.alloc(bytes);
    for (let done = 0; done < bytes;) {
      const { bytesRead } = await this.#file.read(piece, done, bytes - done, this.#at).catch((cause: unknown) => { throw new StoreError('STORE_FAILED', this.#path, unreadable, cause); });
      if (bytesRead === 0) throw this.#damaged('cut short');
      done += bytesRead;
      this.#at += bytesRead;
    }
    return piece;
  }

  #damaged(why: string): StoreError {
    return new StoreError('STORE_DAMAGED', this.#path, damaged, new RangeError(why));
  }
}
