/** The whole database of one service as bytes, taken while nobody writes to it, and put back: what a backup tool does to a database, within one process. */
import { BSON } from 'mongodb';
import type { Collection } from 'mongodb';
import type { FolderId } from '@lienthong/folder';
import { connectTo, databaseName, inTime } from './connection.ts';
import type { Database } from './connection.ts';
import { faultOf } from './store-faults.ts';
import { newestLanded, segmentKey } from './stored-documents.ts';
import type { BesideDocument, FolderDocument } from './stored-documents.ts';

/** Documents inserted at once. */
const documentsPerInsert = 500;
const collections = ['store', 'head', 'folders', 'beside'] as const;
type CollectionName = (typeof collections)[number];

/** Per collection and id, the document. */
export type DatabaseCopy = { readonly [K in CollectionName]: ReadonlyMap<string, Uint8Array> };

/** A folder as it counts: what lies beside it and was never landed on, or was replaced, is not there. */
export type HeldFolder = { readonly document: Uint8Array; readonly aux: Uint8Array; /** Asides by name, segments by key. */ readonly beside: ReadonlyMap<string, Uint8Array> };

/** By id. */
export function heldIn(copy: DatabaseCopy): ReadonlyMap<FolderId, HeldFolder> {
  const beside = Map.groupBy([...copy.beside.values()].map((bytes) => BSON.deserialize(bytes) as BesideDocument), (one) => one.f);
  return new Map([...copy.folders].map(([id, document]) => {
    const folder = BSON.deserialize(document) as FolderDocument;
    return [id, { document, aux: folder.aux.value(), beside: countingIn(folder, beside.get(id) ?? []) }];
  }));
}

function countingIn({ _id, asides, segments }: FolderDocument, documents: readonly BesideDocument[]): ReadonlyMap<string, Uint8Array> {
  const keys = new Set(segments.flatMap((one) => ('at' in one ? [segmentKey(_id, one)] : [])));
  const found = [...[...newestLanded(documents, asides)].map(([name, { b }]) => [name, b] as const), ...documents.filter((one) => keys.has(one._id)).map((one) => [one._id, one.b] as const)];
  return new Map(found.flatMap(([name, bytes]) => (bytes === null ? [] : [[name, bytes.value()]])));
}

/** Of one moment only where no instance of the service runs. Throws a StoreError. */
export function copyDatabase(uri: string, service: string, prefix = 'lienthong'): Promise<DatabaseCopy> {
  return withDatabase(uri, databaseName(prefix, service), async ({ db }) => {
    const read = await Promise.all(collections.map(async (name) => [name, await documentsOf(db.collection(name))] as const));
    return Object.fromEntries(read) as DatabaseCopy;
  });
}

/** What was there is gone; indexes stay. Only where no instance of the service runs. Throws a StoreError. */
export function replaceDatabase(uri: string, service: string, copy: DatabaseCopy, prefix = 'lienthong'): Promise<void> {
  return withDatabase(uri, databaseName(prefix, service), async ({ db }) => {
    for (const name of collections) {
      const collection = db.collection(name);
      await collection.deleteMany({}, inTime);
      const documents = [...copy[name].values()].map((bytes) => BSON.deserialize(bytes, { promoteBuffers: false }));
      for (let at = 0; at < documents.length; at += documentsPerInsert) await collection.insertMany(documents.slice(at, at + documentsPerInsert));
    }
  });
}

async function documentsOf(collection: Collection): Promise<ReadonlyMap<string, Uint8Array>> {
  const found = new Map<string, Uint8Array>();
  for await (const document of collection.find({}, inTime)) found.set(String(document._id), BSON.serialize(document));
  return found;
}

async function withDatabase<T>(uri: string, name: string, work: (database: Database) => Promise<T>): Promise<T> {
  const database = await connectTo(uri, name);
  try {
    return await work(database);
  } catch (cause) {
    throw faultOf(database.place, cause);
  } finally {
    await database.client.close().catch(() => {});
  }
}
