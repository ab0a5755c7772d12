import { createHash, randomBytes } from 'node:crypto';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { MongoClient } from 'mongodb';
import type { Db } from 'mongodb';
import { expect, inject, test } from 'vitest';
import { maxDocumentBytes } from '@lienthong/kernel/ports/documents';
import { documentsContract } from '@lienthong/testkit/contracts/documents-contract';
import { describeWith } from '@lienthong/testkit/servers/describe-with';
import { sharedMongo } from '@lienthong/testkit/servers/shared-mongo';
import { openMongoDocuments } from '../src/index.ts';
import type { MongoDocuments } from '../src/index.ts';
import { deadAfterMs, pieceBytes } from '../src/mongo-documents.ts';

const limit = 64 * 1024;
const mediaType = 'application/pdf';

describeWith(await sharedMongo(inject('servers')), 'with a real server', (server) => {
  const make = async (bytes?: number) => {
    const prefix = `t${randomBytes(8).toString('hex')}`;
    const client = new MongoClient(server().uri);
    const open = (): Promise<MongoDocuments> => openMongoDocuments({ uri: server().uri, service: 'intake', prefix, ...(bytes && { limit: bytes }) });
    let documents = await open();
    const db: Db = client.db(`${prefix}-intake-documents`);
    return {
      db, documents,
      reopen: async () => { await documents.close(); return documents = await open(); },
      leftovers: () => leftovers(db),
      dispose: async () => { await documents.close(); await db.dropDatabase(); await client.close(); },
    };
  };
  const withDocuments = async (body: (under: Awaited<ReturnType<typeof make>>) => Promise<void>): Promise<void> => {
    const under = await make();
    try { await body(under); } finally { await under.dispose(); }
  };

  documentsContract('MongoDB', () => make(limit), { durable: true, limit });

  test('100 MiB are taken and given, and are never in memory as a whole', () => withDocuments(async ({ documents, leftovers: left }) => {
    const before = heldBytes();
    const held: number[] = [];
    const expected = createHash('sha256');
    const content = async function* (): AsyncIterable<Uint8Array> {
      for (const [nth, part] of [...hundredMiB()].entries()) {
        expected.update(part);
        yield part;
        if (nth % 30 === 29) held.push(heldBytes() - before);
      }
    };
    const put = await documents.put(content(), { mediaType });
    const digest = expected.digest('hex');
    expect(put).toEqual({ ok: true, document: { size: maxDocumentBytes, digest, mediaType } });
    let size = 0;
    for await (const piece of (await documents.get(digest))!) {
      size += piece.byteLength;
      if (size % (10 * pieceBytes) === 0) held.push(heldBytes() - before);
    }
    expect(size).toBe(maxDocumentBytes);
    expect(await left()).toEqual([]);
    expect(held.length).toBeGreaterThan(10);
    // Garbage is given back a little later than it is found; the document itself would be twice as much.
    expect(Math.max(...held)).toBeLessThan(maxDocumentBytes / 2);
  }), 120_000);

  test('what an instance that died left unfinished is not seen, and is removed once it has been silent long enough', () => withDocuments(async ({ db, documents }) => {
    const now = Date.now();
    for (const [upload, touchedAt] of [['dead', now - deadAfterMs - 1], ['alive', now]] as const) {
      await db.collection('uploads').insertOne({ _id: upload as never, touchedAt });
      await db.collection('pieces').insertOne({ _id: `${upload}/0` as never, u: upload, n: 0, b: Buffer.from('%PDF-1.7') });
    }
    expect(await documents.stat(createHash('sha256').update('%PDF-1.7').digest('hex'))).toBeUndefined();
    await documents.removeDeadUploads(now);
    expect([await leftovers(db), await db.collection('pieces').countDocuments()]).toEqual([['pieces of alive', 'upload alive'], 1]);
  }));

  test('an upload that was taken to be dead is not kept by halves', () => withDocuments(async ({ db, documents }) => {
    async function* stopped(): AsyncIterable<Uint8Array> {
      yield Buffer.concat([Buffer.from('%PDF-1.7'), Buffer.alloc(2 * pieceBytes)]);
      // The process stood still; another start has cleared up.
      await db.collection('uploads').updateMany({}, { $set: { touchedAt: 0 } });
      await documents.removeDeadUploads(Date.now());
    }
    await expect(documents.put(stopped(), { mediaType })).rejects.toMatchObject({ code: 'STORE_FAILED' });
    expect([await db.collection('records').countDocuments(), await leftovers(db)]).toEqual([0, []]);
  }));

  test.each([
    ['changed', (db: Db) => db.collection('pieces').updateOne({ n: 1 }, { $set: { b: Buffer.alloc(10, 1) } })],
    ['lost', (db: Db) => db.collection('pieces').deleteOne({ n: 1 })],
  ])('a document of which a piece was %s is not given out as what it was', (_, spoil) => withDocuments(async ({ db, documents }) => {
    const put = await documents.put(one(Buffer.concat([Buffer.from('%PDF-1.7'), Buffer.alloc(pieceBytes + 2)])), { mediaType });
    await spoil(db);
    const digest = put.ok ? put.document.digest : '';
    await expect((async () => { for await (const _ of (await documents.get(digest))!); })()).rejects.toMatchObject({ code: 'STORE_DAMAGED', cause: { message: expect.stringContaining(digest) } });
  }));
});

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** Bytes of buffers that somebody still holds. */
function heldBytes(): number {
  collectGarbage();
  return process.memoryUsage().arrayBuffers;
}

async function* one(bytes: Uint8Array): AsyncIterable<Uint8Array> { yield bytes; }

/** In parts that fit no piece. */
function* hundredMiB(): Iterable<Uint8Array> {
  yield Buffer.from('%PDF-1.7');
  const part = Buffer.alloc(300_007, ' ');
  for (let rest = maxDocumentBytes - 8; rest > 0; rest -= part.length) yield part.subarray(0, Math.min(rest, part.length));
}

/** Pieces that no document has, and notes of uploads. */
async function leftovers(db: Db): Promise<string[]> {
  const kept = new Set((await db.collection('records').find().toArray()).map(({ upload }) => upload as string));
  const pieces = new Set((await db.collection('pieces').find({}, { projection: { u: 1 } }).toArray()).map(({ u }) => u as string));
  const uploads = await db.collection('uploads').find().toArray();
  return [...[...pieces].filter((upload) => !kept.has(upload)).map((upload) => `pieces of ${upload}`), ...uploads.map(({ _id }) => `upload ${String(_id)}`)];
}
