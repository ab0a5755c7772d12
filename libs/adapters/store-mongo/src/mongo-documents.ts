/** Documents in MongoDB: pieces first, then one record named for the digest. What has its record is complete, checked and durable. */
import { randomUUID } from 'node:crypto';
import { Binary } from 'mongodb';
import type { Collection, MongoClient } from 'mongodb';
import { Examination } from '@lienthong/documents';
import type { CrashPoint } from '@lienthong/kernel/ports/crash-points';
import type { Declared, DocumentInfo, DocumentPut, Documents, MediaType } from '@lienthong/kernel/ports/documents';
import { connectTo, databaseName, inTime } from './connection.ts';
import { pieceKey, readPieces } from './document-pieces.ts';
import type { PieceDocument } from './document-pieces.ts';
import { PieceCutter } from './piece-cutter.ts';
import { faultOf, isDuplicateOnly } from './store-faults.ts';

/** Under the digest. `upload` names the pieces. */
type RecordDocument = { readonly _id: string; readonly size: number; readonly mediaType: MediaType; readonly upload: string; readonly pieceBytes: number };
/** An upload under way; written before its first piece. */
type UploadDocument = { readonly _id: string; readonly touchedAt: number };

/** `unknown`: the record may be there or yet come; its pieces stay until the upload counts as dead. */
type Fate = 'kept' | 'dropped' | 'unknown';

type Collections = { readonly records: Collection<RecordDocument>; readonly uploads: Collection<UploadDocument>; readonly pieces: Collection<PieceDocument> };

/** A multiple of what is usually read at once, far below what one document may hold. One piece is in memory for each upload. */
export const pieceBytes = 1024 * 1024;
/** An upload says so often that it lives, and is taken to be dead when it has said nothing for so long; both by the clocks of the instances. */
const touchEveryMs = 60_000;
export const deadAfterMs = 60 * 60_000;

export type MongoDocumentsOptions = {
  readonly uri: string;
  /** The database is called `<prefix>-<service>-documents`. */
  readonly service: string;
  readonly prefix?: string;
  /** Bytes of one document, at most `maxDocumentBytes`. */
  readonly limit?: number;
  /** Of tests: where this process may be made to die. */
  readonly crashPoint?: CrashPoint | undefined;
};

/** Makes what is missing, and removes what uploads that broke off have left. Throws a StoreError. */
export async function openMongoDocuments(options: MongoDocumentsOptions): Promise<MongoDocuments> {
  const { client, db, place } = await connectTo(options.uri, databaseName(options.prefix ?? 'lienthong', `${options.service}-documents`));
  const collections: Collections = { records: db.collection('records'), uploads: db.collection('uploads'), pieces: db.collection('pieces') };
  try {
    await Promise.all([collections.pieces.createIndexes([{ name: 'upload', key: { u: 1 } }]), collections.records.createIndexes([{ name: 'upload', key: { upload: 1 } }])]);
    const documents = new MongoDocuments(client, collections, place, options);
    await documents.removeDeadUploads(Date.now());
    return documents;
  } catch (cause) {
    await client.close().catch(() => {});
    throw faultOf(place, cause);
  }
}

export class MongoDocuments implements Documents {
  readonly #client: MongoClient;
  readonly #collections: Collections;
  readonly #place: string;
  readonly #limit: number | undefined;
  readonly #crashPoint: CrashPoint | undefined;

  constructor(client: MongoClient, collections: Collections, place: string, { limit, crashPoint }: Pick<MongoDocumentsOptions, 'limit' | 'crashPoint'>) {
    this.#client = client;
    this.#collections = collections;
    this.#place = place;
    this.#limit = limit;
    this.#crashPoint = crashPoint;
  }

  async put(content: AsyncIterable<Uint8Array>, declared: Declared): Promise<DocumentPut> {
    const examination = new Examination(declared, this.#limit);
    const refusal = examination.begin();
    if (refusal) return { ok: false, refusal };
    const upload = randomUUID();
    let fate: Fate = 'dropped';
    try {
      await this.#asked(() => this.#collections.uploads.insertOne({ _id: upload, touchedAt: Date.now() }, inTime));
      this.#crashPoint?.('mongo-upload-noted');
      const put = await this.#receive(upload, content, examination);
      if (!put.ok) return put;
      this.#crashPoint?.('mongo-upload-received');
      await this.#touch(upload, Date.now());
      fate = 'unknown';
      fate = await this.#keep(upload, put.document);
      this.#crashPoint?.('mongo-upload-kept');
      return put;
    } finally {
      if (fate === 'dropped') await this.#drop(upload);
    }
  }

  async get(digest: string, offset = 0): Promise<AsyncIterable<Uint8Array> | undefined> {
    const record = await this.#record(digest);
    return record && readPieces(this.#collections.pieces, { digest, place: this.#place, ...record }, offset);
  }

  async stat(digest: string): Promise<DocumentInfo | undefined> {
    const record = await this.#record(digest);
    return record && { digest, size: record.size, mediaType: record.mediaType };
  }

  /** Pieces of uploads that have said nothing for `deadAfterMs` before `now`. A start does it; an operator may. */
  async removeDeadUploads(now: number): Promise<void> {
    const { uploads, records, pieces } = this.#collections;
    const dead = await this.#asked(() => uploads.find({ touchedAt: { $lt: now - deadAfterMs } }, inTime).toArray());
    for (const { _id, touchedAt } of dead) {
      // Who lives touches it; who takes it away first, wins.
      const { deletedCount } = await this.#asked(() => uploads.deleteOne({ _id, touchedAt }, inTime));
      if (deletedCount === 0 || await this.#asked(() => records.findOne({ upload: _id }, inTime)) !== null) continue;
      await this.#asked(() => pieces.deleteMany({ u: _id }, inTime));
    }
  }

  close(): Promise<void> { return this.#client.close(); }

  async #receive(upload: string, content: AsyncIterable<Uint8Array>, examination: Examination): Promise<DocumentPut> {
    const cutter = new PieceCutter(pieceBytes);
    let touchedAt = Date.now();
    for await (const part of content) {
      const refusal = examination.more(part);
      if (refusal) return { ok: false, refusal };
      for (const piece of cutter.more(part)) await this.#write(upload, piece);
      if (Date.now() - touchedAt > touchEveryMs) await this.#touch(upload, touchedAt = Date.now());
    }
    const verdict = examination.end();
    if (verdict.ok) await this.#write(upload, cutter.end());
    return verdict;
  }

  async #write(upload: string, { n, bytes }: { n: number; bytes: Uint8Array }): Promise<void> {
    if (bytes.byteLength > 0) await this.#asked(() => this.#collections.pieces.insertOne({ _id: pieceKey(upload, n), u: upload, n, b: new Binary(bytes) }, inTime));
  }

  async #touch(upload: string, touchedAt: number): Promise<void> {
    const { matchedCount } = await this.#asked(() => this.#collections.uploads.updateOne({ _id: upload }, { $set: { touchedAt } }, inTime));
    if (matchedCount === 0) throw this.#tooLate();
  }

  /** The moment of truth. `dropped`: the same bytes were there already, and their pieces are others. */
  async #keep(upload: string, { digest, size, mediaType }: DocumentInfo): Promise<Fate> {
    const { records, uploads } = this.#collections;
    try {
      await records.insertOne({ _id: digest, size, mediaType, upload, pieceBytes }, inTime);
    } catch (cause) {
      if (!isDuplicateOnly(cause)) throw faultOf(this.#place, cause);
      // Sent twice by the driver, it meets itself.
      if ((await this.#record(digest))?.upload !== upload) return 'dropped';
    }
    this.#crashPoint?.('mongo-upload-recorded');
    if ((await this.#asked(() => uploads.deleteOne({ _id: upload }, inTime))).deletedCount === 1) return 'kept';
    // It was taken to be dead while this process stood still: its pieces are gone.
    await this.#asked(() => records.deleteOne({ _id: digest, upload }, inTime));
    await this.#drop(upload);
    throw this.#tooLate();
  }

  /** Whoever asked has his answer by now; what fails here is done by a later start, for the note of the upload is still there. */
  async #drop(upload: string): Promise<void> {
    try {
      await this.#collections.pieces.deleteMany({ u: upload }, inTime);
      await this.#collections.uploads.deleteOne({ _id: upload }, inTime);
    } catch {
      return;
    }
  }

  #tooLate(): Error { return faultOf(this.#place, new Error('the upload stood still for so long that it was taken to be dead')); }

  #record(digest: string): Promise<RecordDocument | undefined> {
    return this.#asked(async () => await this.#collections.records.findOne({ _id: digest }, inTime) ?? undefined);
  }

  async #asked<T>(call: () => Promise<T>): Promise<T> {
    try {
      return await call();
    } catch (cause) {
      throw faultOf(this.#place, cause);
    }
  }
}
