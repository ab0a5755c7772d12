/** A backup in one file: of the running hub, by itself, while work goes on; of a stopped one, from its data directory. */
import { existsSync, lstatSync } from 'node:fs';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { readBackup, writeBackup } from '@lienthong/backup';
import type { Manifest } from '@lienthong/backup';
import { hubClient } from '@lienthong/journeys';
import type { HubClient } from '@lienthong/journeys';
import { folderDamaged, StoreError, textOf as wordsOfError } from '@lienthong/kernel';
import type { HubError } from '@lienthong/kernel';
import { keysProof } from '@lienthong/keys';
import { readHubConfig } from '@lienthong/runtime';
import { damagedFolders, readStoreFacts, whileStopped } from '@lienthong/store-sqlite';
import ownPackage from '../package.json' with { type: 'json' };
import { print, UsageError } from './command.ts';
import type { Command } from './command.ts';
import { isUnreached } from './explain-failure.ts';
import { hubAddress } from './hub-address.ts';

export const backupCommand: Command = {
  name: 'backup', usage: '[--to FILE] [--with-keys] [--json] [--address HOST:PORT]',
  purpose: {
    vi: 'Sao lưu kho dữ liệu và tài liệu vào một tệp tar, khi hub đang chạy hoặc đã dừng. Khóa ký không nằm trong đó trừ khi có --with-keys.',
    en: 'Backs the store and the documents up into one tar file, while the hub runs or when it is stopped. Without the signing keys, unless --with-keys.',
  },
  async run(args) {
    const { values } = parseArgs({ args: [...args], options: { to: { type: 'string' }, 'with-keys': { type: 'boolean', default: false }, json: { type: 'boolean' }, address: { type: 'string' } } });
    const { dataDir } = readHubConfig();
    const file = resolve(values.to ?? join(dataDir, 'backups', `lienthong-${stampOf(Date.now())}.tar`));
    checkFree(file);
    const unfinished = `${file}.part`;
    await mkdir(dirname(file), { recursive: true, mode: 0o700 });
    const opened = await openNew(unfinished);
    try {
      await archive(opened, dataDir, values['with-keys'], values.address);
      // A backup that nobody has read is none.
      const manifest = await readBackup(unfinished, null);
      checkFree(file);
      await rename(unfinished, file);
      print(values.json === true ? JSON.stringify({ file, ...manifest }) : textOf(file, dataDir, manifest));
      return 0;
    } finally {
      await opened.close();
      await rm(unfinished, { force: true });
    }
  },
};

/** Nothing that is there is written over, and no link is followed to what lies elsewhere. */
function checkFree(file: string): void {
  const there = lstatSync(file, { throwIfNoEntry: false });
  if (there === undefined) return;
  if (there.isDirectory()) throw new UsageError(`--to: đây là thư mục, hãy nêu tên tệp trong đó / this is a folder, name a file in it: ${join(file, 'lienthong.tar')}`);
  if (there.isSymbolicLink()) throw new UsageError(`--to: đây là liên kết, hãy nêu tên một tệp chưa có / this is a link, name a file that is not there yet: ${file}`);
  throw new UsageError(`--to: đã có tệp, hãy đặt tên khác / there is a file already, choose another name: ${file}`);
}

/** Readable by its owner only. */
async function openNew(unfinished: string): Promise<FileHandle> {
  return open(unfinished, 'wx', 0o600).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
    throw new UsageError(`còn bản sao lưu dở dang; nếu không có lệnh sao lưu nào đang chạy thì xóa nó đi / there is an unfinished backup; where no other backup is under way, remove it: ${unfinished}`);
  });
}

/** Time as it may stand in a file name: `20261005-081000`, UTC. */
export function stampOf(ms: number): string {
  return new Date(ms).toISOString().replace(/\.\d+Z$/, '').replace(/[-:]/g, '').replace('T', '-');
}

async function archive(to: FileHandle, dataDir: string, withKeys: boolean, address: string | undefined): Promise<void> {
  const hub = hubClient(hubAddress(address));
  try {
    await store(to, chunksOf(hub, withKeys ? join(dataDir, 'keys') : null));
  } catch (error) {
    if (!isUnreached(error) || address !== undefined) throw error;
    await archiveStopped(to, dataDir, withKeys);
  } finally {
    hub.close();
  }
}

/** The hub is asked with the first piece: by then there is a file that takes it. `keys`: the directory that is wanted, too; the hub gives it to those only who may read it. */
async function* chunksOf({ operator }: HubClient, keys: string | null): AsyncGenerator<Uint8Array> {
  for await (const { chunk } of operator.getBackup({ withKeys: keys !== null, keysProof: keys === null ? new Uint8Array() : keysProof(keys) })) yield chunk;
}

const nothingToBackUp = {
  vi: 'Hub không chạy và không có kho dữ liệu ở đây. Khởi động hub, hoặc đặt LIENTHONG_DATA_DIR đúng thư mục dữ liệu.',
  en: 'No hub runs, and there is no store here. Start the hub, or set LIENTHONG_DATA_DIR to its data directory.',
};

/** Nobody can start the hub meanwhile. */
async function archiveStopped(to: FileHandle, dataDir: string, withKeys: boolean): Promise<void> {
  const path = join(dataDir, 'store', 'hub.db');
  if (!existsSync(path)) throw new StoreError('STORE_FAILED', path, nothingToBackUp);
  await whileStopped(path, async () => {
    const { schema, services } = readStoreFacts(path, true), [first, ...more] = damagedFolders(path);
    if (first !== undefined) throw storeOfDamaged(path, folderDamaged(first, more.length));
    await store(to, writeBackup({ store: path, schema, services, documents: join(dataDir, 'documents'), keys: withKeys ? join(dataDir, 'keys') : null, version: ownPackage.version, takenAt: Date.now() }));
  });
}

/** What the file holds comes back while the hub runs. */
function storeOfDamaged(path: string, error: HubError): StoreError {
  return new StoreError('STORE_DAMAGED', path, { vi: wordsOfError(error, 'vi'), en: wordsOfError(error, 'en') }, error);
}

/** On disk when it answers. */
async function store(to: FileHandle, pieces: AsyncIterable<Uint8Array>): Promise<void> {
  for await (const piece of pieces) await to.appendFile(piece);
  await to.sync();
}

function textOf(file: string, dataDir: string, { files, documents, services, withKeys }: Manifest): string {
  const keys = withKeys
    ? 'Có khóa ký trong tệp: cất giữ như cất giữ khóa. / The signing keys are in it: keep it as one keeps keys.'
    : `Không có khóa ký trong tệp: giữ riêng ${join(dataDir, 'keys')}, thiếu nó thì không khôi phục được. / The signing keys are not in it: keep that directory separately; nothing can be restored without it.`;
  return `${file}\n  ${services.length} dịch vụ / services, ${files[0]?.bytes ?? 0} byte; ${documents.count} tài liệu / documents, ${documents.bytes} byte\n  ${keys}`;
}
