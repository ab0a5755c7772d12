import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { maxDocumentBytes } from '@lienthong/kernel/ports/documents';
import { documentsContract } from '@lienthong/testkit/contracts/documents-contract';
import { directoryDocuments, memoryDocuments } from '../src/index.ts';

const limit = 64 * 1024;

documentsContract('memory', async () => {
  const documents = memoryDocuments(limit);
  return { documents, reopen: async () => documents, leftovers: async () => [], dispose: async () => {} };
}, { durable: false, limit });

documentsContract('directory', async () => {
  const path = mkdtempSync(join(tmpdir(), 'documents-'));
  return {
    documents: directoryDocuments(path, limit),
    reopen: async () => directoryDocuments(path, limit),
    leftovers: async () => readdirSync(join(path, 'incoming')),
    dispose: async () => rmSync(path, { recursive: true }),
  };
}, { durable: true, limit });

async function* of(bytes: Uint8Array): AsyncIterable<Uint8Array> { yield bytes; }

test('what a killed process left unfinished is removed at the next start; what is kept is readable by its owner alone', async () => {
  const path = mkdtempSync(join(tmpdir(), 'documents-'));
  const put = await directoryDocuments(path).put(of(Buffer.from('%PDF-1.7')), { mediaType: 'application/pdf' });
  const digest = put.ok ? put.document.digest : '';
  writeFileSync(join(path, 'incoming', 'half'), 'half a doc');
  expect(await directoryDocuments(path).stat(digest)).toMatchObject({ size: 8 });
  expect(readdirSync(join(path, 'incoming'))).toEqual([]);
  expect(statSync(join(path, digest.slice(0, 2), digest)).mode & 0o777).toBe(0o600);
  rmSync(path, { recursive: true });
});

test('a document whose bytes changed on disk is not given out as what it was', async () => {
  const path = mkdtempSync(join(tmpdir(), 'documents-'));
  const documents = directoryDocuments(path);
  const put = await documents.put(of(Buffer.from('%PDF-1.7')), { mediaType: 'application/pdf' });
  const digest = put.ok ? put.document.digest : '';
  writeFileSync(join(path, digest.slice(0, 2), digest), '%PDF-1.8');
  await expect((async () => { for await (const _ of (await documents.get(digest))!); })()).rejects.toMatchObject({ code: 'STORE_DAMAGED', file: expect.stringContaining(digest) });
  rmSync(path, { recursive: true });
});

test('a document whose bytes changed on disk is what it was once somebody brings it again', async () => {
  const path = mkdtempSync(join(tmpdir(), 'documents-')), documents = directoryDocuments(path), content = Buffer.from('%PDF-1.7');
  const bring = async (): Promise<string> => { const put = await documents.put(of(content), { mediaType: 'application/pdf' }); return put.ok ? put.document.digest : ''; };
  const digest = await bring(), pieces: Uint8Array[] = [];
  writeFileSync(join(path, digest.slice(0, 2), digest), '%PDF-1.8');
  expect(await bring()).toBe(digest);
  for await (const piece of (await documents.get(digest))!) pieces.push(piece);
  expect(Buffer.concat(pieces).equals(content)).toBe(true);
  rmSync(path, { recursive: true });
});

test.each([[0, 'ok'], [1, 'too-large']])('by default the limit is 100 MiB: with %d bytes more: %s', async (beyond, result) => {
  const path = mkdtempSync(join(tmpdir(), 'documents-'));
  const piece = Buffer.alloc(1024 * 1024, ' ');
  async function* content(): AsyncIterable<Uint8Array> {
    yield Buffer.from('%PDF-1.7');
    for (let rest = maxDocumentBytes - 8 + beyond; rest > 0; rest -= piece.length) yield piece.subarray(0, Math.min(rest, piece.length));
  }
  const put = await directoryDocuments(path).put(content(), { mediaType: 'application/pdf' });
  expect(put.ok ? 'ok' : put.refusal).toBe(result);
  rmSync(path, { recursive: true });
});
