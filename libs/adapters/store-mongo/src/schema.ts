/** Collections and indexes of a store, as an ordered list of migrations. A released migration is never edited; a new one is added below. */
import { confirmPrimary, inTime } from './connection.ts';
import type { Database } from './connection.ts';
import { isDuplicateOnly, storeError } from './store-faults.ts';

/**
 * Migration at index i leads from schema i to schema i + 1. There is no transaction around it, and several instances may run it at once: each step can be
 * repeated after any part of it.
 */
export const migrations: readonly ((database: Database) => Promise<void>)[] = [
  async ({ head, folders, beside }) => {
    await folders.createIndexes([
      { name: 'index', key: { index: 1, _id: 1 } },
      { name: 'commit', key: { commit: 1 } },
      { name: 'wake-at', key: { wakeAt: 1, _id: 1 } },
      { name: 'unsettled', key: { unsettled: 1, _id: 1 } },
    ]);
    await beside.createIndexes([{ name: 'folder', key: { f: 1, n: 1 } }]);
    await unlessThere(() => head.insertOne({ _id: 'head', seq: 0, nonce: '', end: 0, owner: null, flights: [] }, inTime));
  },
];

/** Makes what is missing, brings an older store to the newest schema, and looks whether it is sound. Throws STORE_NEWER or STORE_DAMAGED. */
export async function prepare(database: Database, steps = migrations): Promise<void> {
  const { schema, place } = database;
  await confirmPrimary(database);
  let version = await schemaVersion(database);
  if (version > steps.length) throw storeError('STORE_NEWER', place, new Error(`schema ${version}, known up to ${steps.length}`));
  for (; version < steps.length; version++) {
    await steps[version]!(database);
    await schema.updateOne({ _id: 'schema', version }, { $set: { version: version + 1 } }, inTime);
  }
  await assertSound(database);
}

async function schemaVersion(database: Database): Promise<number> {
  const { schema, place } = database;
  let found = await schema.findOne({ _id: 'schema' }, inTime);
  if (found === null) {
    const others = await collectionsWithContent(database);
    // Another instance may be making it at this moment: it says so first of all.
    found = await schema.findOne({ _id: 'schema' }, inTime);
    if (found === null && others.length > 0) throw storeError('STORE_DAMAGED', place, new Error(`it holds ${others.join(', ')}, and nothing says that it is a store`));
  }
  if (found === null) {
    await unlessThere(() => schema.insertOne({ _id: 'schema', application: 'lienthong-store', version: 0, probes: 0 }, inTime));
    found = await schema.findOne({ _id: 'schema' }, inTime);
  }
  if (found?.application !== 'lienthong-store' || !Number.isSafeInteger(found.version)) throw storeError('STORE_DAMAGED', place, new Error('its schema record is not one'));
  return found.version;
}

/** A server may make an empty one where something was looked for. */
async function collectionsWithContent({ db }: Database): Promise<string[]> {
  const names = (await db.listCollections({}, { nameOnly: true }).toArray()).map(({ name }) => name).filter((name) => name !== 'store' && !name.startsWith('system.'));
  const found = await Promise.all(names.map((name) => db.collection(name).findOne({}, { projection: { _id: 1 }, ...inTime })));
  return names.filter((_, at) => found[at] !== null);
}

/** A dump that is not of one moment can hold folders that are younger than the head, and would give their commit numbers out again. */
async function assertSound({ head, folders, place }: Database): Promise<void> {
  const [last] = await folders.find({}, { sort: { commit: -1 }, limit: 1, projection: { commit: 1 }, ...inTime }).toArray();
  const found = await head.findOne({ _id: 'head' }, inTime);
  if (found === null) throw storeError('STORE_DAMAGED', place, new Error('the head is missing'));
  if (!Number.isSafeInteger(found.seq) || !Number.isSafeInteger(found.end) || !Array.isArray(found.flights)) throw storeError('STORE_DAMAGED', place, new Error('the head is not one'));
  if (last !== undefined && !(last.commit <= found.end)) throw storeError('STORE_DAMAGED', place, new Error(`folder ${last._id} has commit ${last.commit}, the head knows ${found.end}: restored from a dump that is not of one moment?`));
}

async function unlessThere(insert: () => Promise<unknown>): Promise<void> {
  try {
    await insert();
  } catch (cause) {
    if (!isDuplicateOnly(cause)) throw cause;
  }
}
