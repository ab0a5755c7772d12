import { spawnSync } from 'node:child_process';
import { hash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readBackup, writeBackup } from '../src/index.ts';
import type { BackupSource } from '../src/index.ts';
import { format, manifestText } from '../src/manifest.ts';
import { kindOf } from '../src/names.ts';
import { readTarHeader, tarHeader } from '../src/tar-header.ts';

const root = mkdtempSync(join(tmpdir(), 'lienthong-backup-'));
afterAll(() => rmSync(root, { recursive: true }));

const put = (path: string, bytes: string | Uint8Array): void => { mkdirSync(dirname(path), { recursive: true }); writeFileSync(path, bytes); };
const digest = (bytes: Uint8Array): string => hash('sha256', bytes, 'hex');
const author = 'social-protection~0123456789abcdef';

const documents = [0, 1, 511, 512, 513, 70_000].map((size) => Buffer.alloc(size, `paper ${size}`));
const store = Buffer.alloc(200_000, 'what the services hold');
const data = join(root, 'data');
const source: BackupSource = {
  store: join(root, 'snapshot.db'), schema: 1, services: [{ service: 'intake', incarnation: 'intake~0123456789abcdef', commit: 7 }], documents: join(data, 'documents'), keys: null, version: '1.2.3', takenAt: Date.UTC(2026, 9, 5),
};

async function written(name: string, more: Partial<BackupSource> = {}): Promise<string> {
  const pieces: Uint8Array[] = [];
  for await (const piece of writeBackup({ ...source, ...more })) pieces.push(piece.slice());
  const path = join(root, name);
  writeFileSync(path, Buffer.concat(pieces));
  return path;
}

beforeAll(() => {
  put(source.store, store);
  for (const bytes of documents) put(join(source.documents, digest(bytes).slice(0, 2), digest(bytes)), bytes);
  put(join(source.documents, 'incoming', 'half'), 'not yet a document');
  for (const name of ['root.pem', 'root.pub.pem', `certificates/${author}.json`, `private/${author}.pem`, 'marks', 'root.pem.1.part']) put(join(data, 'keys', name), `content of ${name}`);
});

describe('a backup', () => {
  test('holds the store and every document, and says what it is', async () => {
    const into = join(root, 'plain');
    const manifest = await readBackup(await written('plain.tar'), into);
    expect(manifest).toMatchObject({ format, version: '1.2.3', takenAt: '2026-10-05T00:00:00.000Z', schema: 1, services: source.services, withKeys: false, documents: { count: documents.length, bytes: documents.reduce((sum, one) => sum + one.byteLength, 0) } });
    expect(manifest.files).toEqual([{ name: 'store/hub.db', bytes: store.byteLength, sha256: digest(store) }]);
    expect(readFileSync(join(into, 'store/hub.db'))).toEqual(store);
    for (const bytes of documents) expect(readFileSync(join(into, 'documents', digest(bytes).slice(0, 2), digest(bytes)))).toEqual(bytes);
  });

  test('holds keys when they are wanted, and the marks never', async () => {
    const into = join(root, 'keyed');
    const manifest = await readBackup(await written('keyed.tar', { keys: join(data, 'keys') }), into);
    const names = ['keys/root.pem', 'keys/root.pub.pem', `keys/certificates/${author}.json`, `keys/private/${author}.pem`];
    expect(manifest.files.map(({ name }) => name).sort()).toEqual(['store/hub.db', ...names].sort());
    for (const name of names) expect(readFileSync(join(into, name), 'utf8')).toBe(`content of ${name.slice(5)}`);
  });

  test('opens with the tools of the system', async () => {
    const listed = spawnSync('tar', ['-tf', await written('tools.tar', { keys: join(data, 'keys') })], { encoding: 'utf8' });
    if (listed.error !== undefined) return expect((listed.error as NodeJS.ErrnoException).code).toBe('ENOENT');
    expect(listed.stderr).toBe('');
    expect(listed.stdout.split('\n').filter((line) => line !== '')).toHaveLength(1 + 4 + documents.length + 1);
  });

  test('of a hub without documents is one, too', async () => {
    const manifest = await readBackup(await written('bare.tar', { documents: join(root, 'nowhere') }), null);
    expect(manifest.documents).toEqual({ count: 0, bytes: 0 });
  });

  test('is not made of a document that is no longer what it was', async () => {
    const name = digest(Buffer.from('true')), folder = join(root, 'false documents');
    put(join(folder, name.slice(0, 2), name), 'false');
    await expect(written('false.tar', { documents: folder })).rejects.toMatchObject({ code: 'STORE_DAMAGED', file: join(folder, name.slice(0, 2), name) });
  });
});

describe('a backup that is not as it was written is refused by name', () => {
  const small = (): Promise<string> => written('small.tar', { store: join(data, 'keys', 'root.pem'), documents: join(root, 'nowhere') });

  test('cut short anywhere', async () => {
    const bytes = readFileSync(await small());
    const end = bytes.length - 1024 - 512;
    for (let length = 0; length < end; length += 97) {
      const path = join(root, 'cut.tar');
      writeFileSync(path, bytes.subarray(0, length));
      await expect(readBackup(path, null)).rejects.toMatchObject({ code: 'STORE_DAMAGED', file: path });
    }
  });

  test('any byte changed: refused, or the change was in what nobody reads', async () => {
    const path = await small(), whole = readFileSync(path), before = await readBackup(path, null);
    let refused = 0;
    for (let at = 0; at < whole.length; at += 7) {
      const bytes = Buffer.from(whole);
      bytes[at]! ^= 1 + (at % 255);
      const changed = join(root, 'changed.tar');
      writeFileSync(changed, bytes);
      const outcome = await readBackup(changed, null).catch((error: unknown) => error);
      if (outcome instanceof Error) { refused++; expect(outcome).toMatchObject({ code: 'STORE_DAMAGED', file: changed }); } else expect(outcome).toEqual(before);
    }
    expect(refused).toBeGreaterThan(whole.length / 7 / 4);
  });

  const manifest = { format: format + 1, version: '9', takenAt: '', schema: 9, services: [], files: [], documents: { count: 0, bytes: 0 }, withKeys: false };
  const archive = (name: string, content: string): Uint8Array => Buffer.concat([tarHeader({ name, size: content.length, mtime: 0 }), Buffer.from(content), Buffer.alloc(2048)]);
  test.each([
    ['no archive', 'STORE_DAMAGED', Buffer.from('this is a letter, and a long one '.repeat(40))],
    ['empty', 'STORE_DAMAGED', Buffer.alloc(0)],
    ['zeros', 'STORE_DAMAGED', Buffer.alloc(10_240)],
    ['a file outside', 'STORE_DAMAGED', archive('../../etc/passwd', 'x')],
    ['a later format', 'STORE_NEWER', archive('manifest.json', manifestText(manifest))],
    ['a manifest of files that are not there', 'STORE_DAMAGED', archive('manifest.json', manifestText({ ...manifest, format, files: [{ name: 'store/hub.db', bytes: 1, sha256: '' }] }))],
  ])('%s: %s', async (name, code, bytes) => {
    const path = join(root, `${name}.tar`);
    writeFileSync(path, bytes);
    await expect(readBackup(path, join(root, `from ${name}`))).rejects.toMatchObject({ code, file: path, remedy: { vi: expect.stringMatching(/chưa bị thay đổi/) as string } });
  });

  test('not there', async () => {
    await expect(readBackup(join(root, 'nothing.tar'), null)).rejects.toMatchObject({ code: 'STORE_FAILED', file: join(root, 'nothing.tar') });
  });
});

test.each([
  ['store/hub.db', 'store'], [`documents/ab/ab${'0'.repeat(62)}`, 'document'], [`keys/certificates/${author}.json`, 'key'], [`keys/private/${author}.pem`, 'key'], ['keys/root.pem', 'key'],
  ['keys/marks', undefined], [`documents/cd/ab${'0'.repeat(62)}`, undefined], ['documents/incoming/x', undefined], ['keys/../store/hub.db', undefined], ['/etc/passwd', undefined], ['store/hub.db-wal', undefined], ['', undefined],
])('%j is %s', (name, kind) => expect(kindOf(name)?.kind).toBe(kind));

test.each([0, 1, 8 ** 11 - 1, 8 ** 11, 2 ** 45])('a size of %i bytes is written and read', (size) => {
  expect(readTarHeader(tarHeader({ name: 'keys/certificates/x', size, mtime: 1_700_000_000 }))).toEqual({ name: 'keys/certificates/x', size, mtime: 1_700_000_000 });
});

test('a name that does not fit is never cut', () => {
  expect(() => tarHeader({ name: 'x'.repeat(101), size: 0, mtime: 0 })).toThrow(RangeError);
});
