/** Opens the store of one service: a database of its own, shared by all instances of the service. */
import { randomUUID } from 'node:crypto';
import type { AuthorId } from '@lienthong/folder';
import type { CrashPoint } from '@lienthong/kernel/ports/crash-points';
import { isBehind } from '@lienthong/kernel/ports/world';
import type { HighWaterMark } from '@lienthong/kernel/ports/world';
import { BatchWriter } from './batch-writer.ts';
import { CommitHead } from './commit-head.ts';
import { connectTo, databaseName, inTime } from './connection.ts';
import type { Database } from './connection.ts';
import { MongoStore } from './mongo-store.ts';
import { Reader } from './reader.ts';
import { prepare } from './schema.ts';
import { Settlement } from './settlement.ts';
import { Standings } from './standings.ts';
import { faultOf, storeError } from './store-faults.ts';
import { Tidying } from './tidying.ts';

export type MongoOptions = {
  /** `mongodb://…` or `mongodb+srv://…`; `retryWrites=false` in it turns the driver's repeated writes off. Write and read concern are the store's own. */
  readonly uri: string;
  readonly service: string;
  /** Databases are called `<prefix>-<service>`. Absent: `lienthong`. */
  readonly prefix?: string;
  /** Outside the database; raised after each write and before its answers. Absent: none is kept. */
  readonly mark?: HighWaterMark;
  /** Of tests: where this process may be made to die. */
  readonly crashPoint?: CrashPoint | undefined;
};

const defaultPrefix = 'lienthong';

/** Makes what is missing. Throws a StoreError: STORE_UNREACHABLE, STORE_FAILED, STORE_DAMAGED or STORE_NEWER. */
export async function openMongo(options: MongoOptions): Promise<MongoStore> {
  const database = await connectTo(options.uri, databaseName(options.prefix ?? defaultPrefix, options.service));
  try {
    await prepare(database);
    return await assemble(database, options);
  } catch (cause) {
    await database.client.close().catch(() => {});
    throw faultOf(database.place, cause);
  }
}

/** Makes the collections, indexes and schema record of a service's database, or brings them up to date, and answers the schema version. For the operator; a start does the same. */
export async function provisionMongo(uri: string, service: string, prefix = defaultPrefix): Promise<number> {
  const database = await connectTo(uri, databaseName(prefix, service));
  try {
    await prepare(database);
    return (await database.schema.findOne({ _id: 'schema' }, inTime))!.version;
  } catch (cause) {
    throw faultOf(database.place, cause);
  } finally {
    await database.client.close().catch(() => {});
  }
}

/** The incarnation that writes a service's store; undefined: none has yet. Makes nothing. Throws a StoreError, as `openMongo` does. */
export async function ownerOf({ uri, service, prefix = defaultPrefix }: Pick<MongoOptions, 'uri' | 'service' | 'prefix'>): Promise<AuthorId | undefined> {
  const database = await connectTo(uri, databaseName(prefix, service));
  try {
    return (await database.head.findOne({ _id: 'head' }, inTime))?.owner ?? undefined;
  } catch (cause) {
    throw faultOf(database.place, cause);
  } finally {
    await database.client.close().catch(() => {});
  }
}

async function assemble(database: Database, { mark, crashPoint }: MongoOptions): Promise<MongoStore> {
  // The mark first: another instance may go on writing, and raising it, while the store is asked.
  const marked = mark?.read();
  const found = await database.head.findOne({ _id: 'head' }, inTime);
  if (found === null) throw storeError('STORE_DAMAGED', database.place, new Error('the head is missing'));
  const instance = randomUUID();
  const standings = new Standings(database.folders);
  const head = new CommitHead(database, found, () => prepare(database), () => { standings.forgetAll(); settlement.forgetAll(); });
  const settlement = new Settlement(head, database.folders, instance, crashPoint);
  const tidying = new Tidying(database, head, settlement, crashPoint);
  const writer = new BatchWriter({ database, head, standings, settlement, tidying, mark, instance, crashPoint });
  const commit = await writer.lastCommit();
  if (isBehind({ incarnation: head.known.owner ?? undefined, commit }, marked)) head.bar(head.known.owner, marked!.incarnation);
  // Nothing was fenced before the comparison: a fence would make a store that was put back look complete.
  return new MongoStore({ database, head, reader: new Reader(database, standings, settlement), writer, tidying });
}
