/** The whole database of one service as bytes, taken while nobody writes to it, and put back: what a backup tool does to a database, within one process. */
import { BSON } from 'mongodb';
import type { Collection } from 'mongodb';
import { connectTo, databaseName, inTime } from './connection.ts';
import type { Database } from './connection.ts';
import { faultOf } from './store-faults.ts';

/** Documents inserted at once. */
const documentsPerInsert = 500;
const collections = ['store', 'head', 'folders', 'beside'] as const;
type CollectionName = (typeof collections)[number];

/** Per collection and id, the document. */
export type DatabaseCopy = { readonly [K in CollectionName]: ReadonlyMap<string, Uint8Array> };

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
