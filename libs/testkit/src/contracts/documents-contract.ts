/** What every store of documents must do, run against each adapter. */
import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Declared, DocumentPut, Documents, MediaType } from '@lienthong/kernel/ports/documents';
import { unclaimed } from './unclaimed.ts';

export type DocumentsUnderTest = {
  readonly documents: Documents;
  /** Opens it again, as after a restart. */
  reopen(): Promise<Documents>;
  /** Names of what is kept besides complete documents. */
  leftovers(): Promise<readonly string[]>;
  dispose(): Promise<void>;
};

export type DocumentsClaims = {
  /** Documents outlive the process. */
  readonly durable: boolean;
  /** Bytes of one document that `make` gives as the limit; small, so that the test is quick. */
  readonly limit: number;
};

const word = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';
const bytesOf = (...parts: (string | number[])[]): Uint8Array => Buffer.concat(parts.map((part) => Buffer.from(part as string)));
const samples: Readonly<Record<string, Uint8Array>> = {
  pdf: bytesOf('%PDF-1.7\n', [0xe2, 0xe3, 0xcf, 0xd3], '\n1 0 obj'),
  png: bytesOf([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13], 'IHDR'),
  jpeg: bytesOf([0xff, 0xd8, 0xff, 0xe0, 0, 16], 'JFIF'),
  zip: bytesOf([0x50, 0x4b, 3, 4, 20, 0, 0, 0], 'ban-do.dwg'),
  word: bytesOf([0x50, 0x4b, 3, 4, 20, 0, 6, 0], '[Content_Types].xml'),
  xml: bytesOf('<?xml version="1.0" encoding="UTF-8"?>\n<hoSo ma="H47"/>'),
  text: bytesOf('Đơn đề nghị: số 12/ĐN'),
  html: bytesOf('<!DOCTYPE html><script>alert(1)</script>'),
  program: bytesOf([0x7f], 'ELF', [2, 1, 1, 0, 0, 0, 0]),
  latin1: bytesOf([0x4e, 0x67, 0x75, 0x79, 0xea, 0x6e]),
  cut: bytesOf('xong', [0xe1, 0xba]),
};

// sample, declared type, what comes of it: a media type or a refusal
const typeCases: [string, string, MediaType | 'type-mismatch' | 'type-not-accepted'][] = [
  ['pdf', 'application/pdf', 'application/pdf'],
  ['png', 'image/png', 'image/png'],
  ['jpeg', 'image/jpeg', 'image/jpeg'],
  ['zip', 'application/zip', 'application/zip'],
  ['word', word, word],
  ['word', 'application/zip', word],
  ['xml', 'application/xml', 'application/xml'],
  ['xml', 'text/plain', 'application/xml'],
  ['text', 'text/plain', 'text/plain'],
  ['html', 'text/plain', 'text/plain'],
  ['pdf', 'image/png', 'type-mismatch'],
  ['png', 'application/pdf', 'type-mismatch'],
  ['zip', word, 'type-mismatch'],
  ['pdf', 'application/zip', 'type-mismatch'],
  ['text', 'application/pdf', 'type-mismatch'],
  ['text', 'application/xml', 'type-mismatch'],
  ['html', 'application/xml', 'type-mismatch'],
  ['program', 'application/pdf', 'type-mismatch'],
  ['program', 'text/plain', 'type-mismatch'],
  ['latin1', 'text/plain', 'type-mismatch'],
  ['cut', 'text/plain', 'type-mismatch'],
  ['program', 'application/x-executable', 'type-not-accepted'],
  ['html', 'text/html', 'type-not-accepted'],
  ['pdf', '', 'type-not-accepted'],
];

export function documentsContract(name: string, make: () => Promise<DocumentsUnderTest>, claims: DocumentsClaims): void {
  describe(`${name} keeps the promises of a store of documents`, () => {
    let under: DocumentsUnderTest;
    beforeEach(async () => { under = await make(); });
    afterEach(() => under.dispose());
    describe('taking', () => takingCases(() => under, claims));
    describe('giving', () => givingCases(() => under, claims));
  });
}

function takingCases(under: () => DocumentsUnderTest, { limit }: DocumentsClaims): void {
  test.each(typeCases)('%s declared as "%s": %s', async (sample, mediaType, result) => {
    const put = await putWhole(under().documents, samples[sample]!, { mediaType });
    expect(put.ok ? put.document.mediaType : put.refusal).toBe(result);
    if (put.ok) expect(await under().documents.stat(put.document.digest)).toEqual(put.document);
    else expect(await under().documents.stat(sha256(samples[sample]!))).toBeUndefined();
    expect(await under().leftovers()).toEqual([]);
  });

  test('the type does not depend on how the bytes arrive', async () => {
    const pieces = [...samples.word!].map((byte) => new Uint8Array([byte]));
    expect(await under().documents.put(arriving(pieces), { mediaType: word })).toMatchObject({ ok: true, document: { size: samples.word!.length, digest: sha256(samples.word!) } });
  });

  test('text stays text to its end, even where a character is cut between pieces', async () => {
    const long = bytesOf('ữ'.repeat(3000));
    const pieces = [long.subarray(0, 4097), long.subarray(4097)];
    expect((await under().documents.put(arriving(pieces), { mediaType: 'text/plain' })).ok).toBe(true);
    const spoilt = [...pieces, new Uint8Array([0])];
    expect(await under().documents.put(arriving(spoilt), { mediaType: 'text/plain' })).toEqual({ ok: false, refusal: 'type-mismatch' });
  });

  test.each([[-1, 'ok'], [0, 'ok'], [1, 'too-large']])('the limit and %d bytes: %s', async (beyond, result) => {
    const bytes = new Uint8Array(limit + beyond);
    bytes.set(samples.pdf!);
    const put = await putWhole(under().documents, bytes, { mediaType: 'application/pdf' });
    expect(put.ok ? 'ok' : put.refusal).toBe(result);
  });

  test('reads no further than it must to refuse', async () => {
    let read = 0;
    async function* endless(): AsyncIterable<Uint8Array> { for (;;) { read++; yield new Uint8Array(1024).fill(65); } }
    expect(await under().documents.put(endless(), { mediaType: 'text/plain' })).toEqual({ ok: false, refusal: 'too-large' });
    expect(read).toBe(limit / 1024 + 1);
    read = 0;
    expect(await under().documents.put(endless(), { mediaType: 'application/pdf' })).toEqual({ ok: false, refusal: 'type-mismatch' });
    expect(read).toBe(4);
    expect(await under().leftovers()).toEqual([]);
  });

  test('nothing is no document', async () => {
    expect(await putWhole(under().documents, new Uint8Array(0), { mediaType: 'text/plain' })).toEqual({ ok: false, refusal: 'empty' });
  });

  test('a declared digest is compared, and the wrong bytes are not kept', async () => {
    const declared = { mediaType: 'application/pdf', digest: sha256(samples.png!) };
    expect(await putWhole(under().documents, samples.pdf!, declared)).toEqual({ ok: false, refusal: 'digest-mismatch' });
    expect([await under().documents.stat(declared.digest), await under().documents.stat(sha256(samples.pdf!))]).toEqual([undefined, undefined]);
    expect((await putWhole(under().documents, samples.pdf!, { ...declared, digest: sha256(samples.pdf!) })).ok).toBe(true);
  });

  test('an upload that breaks off leaves nothing', async () => {
    async function* breaking(): AsyncIterable<Uint8Array> { yield samples.pdf!; throw new Error('connection lost'); }
    await expect(under().documents.put(breaking(), { mediaType: 'application/pdf' })).rejects.toThrow('connection lost');
    expect(await under().documents.stat(sha256(samples.pdf!))).toBeUndefined();
    expect(await under().leftovers()).toEqual([]);
  });
}

function givingCases(under: () => DocumentsUnderTest, claims: DocumentsClaims): void {
  const large = new Uint8Array(Math.min(claims.limit, 200_000)).map((_, at) => at % 251);
  large.set(samples.pdf!);

  test('gives back the bytes, whole or from an offset', async () => {
    const put = await putWhole(under().documents, large, { mediaType: 'application/pdf' });
    expect(put).toEqual({ ok: true, document: { digest: sha256(large), size: large.length, mediaType: 'application/pdf' } });
    for (const offset of [0, 1, large.length - 1, large.length]) {
      expect(sha256(await whole(under().documents, sha256(large), offset))).toBe(sha256(large.subarray(offset)));
    }
  });

  test('the same bytes, however often and at once, are one document', async () => {
    const puts = await Promise.all(Array.from({ length: 8 }, () => putWhole(under().documents, large, { mediaType: 'application/pdf' })));
    expect(new Set(puts.map((put) => put.ok && put.document.digest))).toEqual(new Set([sha256(large)]));
    expect(await under().leftovers()).toEqual([]);
  });

  test.each([['0'.repeat(64)], ['../../etc/passwd'], ['']])('there is no document "%s"', async (digest) => {
    expect([await under().documents.get(digest), await under().documents.stat(digest)]).toEqual([undefined, undefined]);
  });

  (claims.durable ? test : unclaimed)('documents are there after a restart', async () => {
    const put = await putWhole(under().documents, large, { mediaType: 'application/pdf' });
    const again = await under().reopen();
    expect(put.ok && await again.stat(sha256(large))).toEqual(put.ok && put.document);
    expect(sha256(await whole(again, sha256(large)))).toBe(sha256(large));
  });
}

async function* arriving(pieces: readonly Uint8Array[]): AsyncIterable<Uint8Array> { yield* pieces; }

function putWhole(documents: Documents, bytes: Uint8Array, declared: Declared): Promise<DocumentPut> {
  const half = Math.ceil(bytes.length / 2);
  return documents.put(arriving(bytes.length === 0 ? [] : [bytes.subarray(0, half), bytes.subarray(half)]), declared);
}

async function whole(documents: Documents, digest: string, offset?: number): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  for await (const piece of (await documents.get(digest, offset))!) pieces.push(piece);
  return Buffer.concat(pieces);
}

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
