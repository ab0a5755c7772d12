/** The database of one service, and how every call to it is made: durable, bounded in time, at the primary. */
import { MongoClient } from 'mongodb';
import type { Collection, Db, MongoClientOptions } from 'mongodb';
import type { BesideDocument, FolderDocument, HeadDocument } from './stored-documents.ts';
import { faultOf } from './store-faults.ts';

/** No call takes longer than the server's own limit and the network's: a silent server is given up, and connected to anew. */
export const callWithinMs = 10_000;
/** Unless the URI has a `socketTimeoutMS` of its own. */
const answerWithinMs = 15_000;
const connectWithinMs = 5_000;
const maxConnections = 16;

const options: MongoClientOptions = {
  appName: 'lienthong',
  // Whatever the URI says: an answer means that a majority has it in its journal, and what is read is not taken back by a failover.
  writeConcern: { w: 'majority', journal: true, wtimeoutMS: callWithinMs },
  readConcern: { level: 'majority' },
  readPreference: 'primary',
  serverSelectionTimeoutMS: connectWithinMs, connectTimeoutMS: connectWithinMs, waitQueueTimeoutMS: connectWithinMs,
  maxPoolSize: maxConnections,
};

export const inTime = { maxTimeMS: callWithinMs } as const;

/** What the store says of itself. */
export type SchemaDocument = {
  readonly _id: 'schema';
  readonly application: 'lienthong-store';
  readonly version: number;
  /** Grows when somebody makes sure that he speaks to the primary. */
  readonly probes: number;
};

export type Database = {
  readonly client: MongoClient;
  readonly db: Db;
  /** Servers and database, without account and password. */
  readonly place: string;
  readonly schema: Collection<SchemaDocument>;
  readonly head: Collection<HeadDocument>;
  readonly folders: Collection<FolderDocument>;
  readonly beside: Collection<BesideDocument>;
};

const namePattern = /^[a-z][a-z0-9-]{0,37}$/;

/** Database of a service, or of its documents. `prefix` keeps several hubs on one server apart. */
export function databaseName(prefix: string, service: string): string {
  for (const name of [prefix, service]) if (!namePattern.test(name)) throw new RangeError(`a service or prefix is a lowercase word of at most 38 characters, not "${name}"`);
  return `${prefix}-${service}`;
}

/** Throws a StoreError when no primary answers in time. */
export async function connectTo(uri: string, name: string): Promise<Database> {
  const client = new MongoClient(uri, /[?&]socketTimeoutMS=/i.test(uri) ? options : { ...options, socketTimeoutMS: answerWithinMs });
  const place = `${client.options.hosts.join(',') || client.options.srvHost || ''}/${name}`;
  try {
    await client.connect();
  } catch (cause) {
    await client.close().catch(() => {});
    throw faultOf(place, cause);
  }
  const db = client.db(name);
  return { client, db, place, schema: db.collection('store'), head: db.collection('head'), folders: db.collection('folders'), beside: db.collection('beside') };
}

/** Resolves when the primary, confirmed by a majority, has answered: what is then read is not the past of a primary that was voted out. */
export async function confirmPrimary({ schema }: Pick<Database, 'schema'>): Promise<void> {
  await schema.updateOne({ _id: 'schema' }, { $inc: { probes: 1 } }, inTime);
}
