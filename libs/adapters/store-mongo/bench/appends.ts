/**
 * Appends per second and their latency, and what the driver's ways of writing many folders at once cost:
 * `node libs/adapters/store-mongo/bench/appends.ts mongodb://…`. The databases that it makes are dropped.
 */
import { randomBytes } from 'node:crypto';
import { databaseName, connectTo } from '../src/connection.ts';
import { openMongo } from '../src/index.ts';
import type { MongoStore } from '../src/index.ts';

const incarnation = 'bench~00000000000000a1';
const segmentBytes = 2_000, auxBytes = 300;
const folders = 400;
const secondsPerCase = 5;

const prefix = `bench${randomBytes(4).toString('hex')}`;
const uri = process.argv[2];
if (uri === undefined) throw new RangeError('say where: mongodb://…');

try {
  await waysOfWriting();
  const stores = [await open(), await open()] as const;
  await report('one append at a time', [stores[0]], 1);
  await report('64 in flight', [stores[0]], 64);
  await report('200 in flight', [stores[0]], 200);
  await report('64 in flight, two instances', stores, 64);
  for (const store of stores) await store.close();
} finally {
  for (const name of ['bench', 'ways']) {
    const { client, db } = await connectTo(uri, databaseName(prefix, name));
    await db.dropDatabase();
    await client.close();
  }
}

function open(): Promise<MongoStore> { return openMongo({ uri: uri!, service: 'bench', prefix }); }

async function report(name: string, stores: readonly MongoStore[], inFlight: number): Promise<void> {
  const latencies: number[] = [];
  const end = performance.now() + secondsPerCase * 1_000;
  await Promise.all(Array.from({ length: inFlight }, async (_, writer) => {
    const store = stores[writer % stores.length]!;
    const id = `${name} ${writer}`;
    for (let version = 0; performance.now() < end; version++) {
      const began = performance.now();
      const result = await store.append({ id, expectedVersion: version, incarnation, segment: randomBytes(segmentBytes), aux: randomBytes(auxBytes), index: { code: [id], desk: [`d${writer % 7}`] }, wakeAt: version, unsettled: version % 2 === 0 });
      if (!result.ok) throw new Error(`conflict ${result.conflict}`);
      latencies.push(performance.now() - began);
    }
  }));
  latencies.sort((one, other) => one - other);
  const at = (part: number): string => latencies[Math.floor(part * latencies.length)]!.toFixed(1);
  console.log(`${name}: ${Math.round(latencies.length / secondsPerCase)} appends/s, p50 ${at(0.5)} ms, p99 ${at(0.99)} ms`);
}

/** The same compare-and-sets by `bulkWrite` in so many parts at once, and by single calls. */
async function waysOfWriting(): Promise<void> {
  const connection = await connectTo(uri!, databaseName(prefix, 'ways'));
  const plain = connection.db.collection<{ _id: number; version: number; bytes: Buffer }>('plain');
  await plain.insertMany(Array.from({ length: folders }, (_, _id) => ({ _id, version: 0, bytes: randomBytes(segmentBytes) })));
  const change = (_id: number, version: number) => ({ filter: { _id, version }, update: { $set: { version: version + 1, bytes: randomBytes(segmentBytes) } } });
  const ids = Array.from({ length: folders }, (_, at) => at);
  let version = 0;
  for (const parts of [1, 4, 16]) {
    await lap(`bulkWrite of 200, ${parts} at once`, async () => {
      for (let at = 0; at < folders; at += 200) {
        const size = Math.ceil(200 / parts);
        await Promise.all(Array.from({ length: parts }, (_, part) => plain.bulkWrite(ids.slice(at + part * size, at + Math.min(200, (part + 1) * size)).map((id) => ({ updateOne: change(id, version) })), { ordered: false })));
      }
    });
    version++;
  }
  for (const width of [4, 16]) {
    await lap(`updateOne, ${width} at once`, async () => {
      const left = [...ids];
      await Promise.all(Array.from({ length: width }, async () => { for (let id = left.pop(); id !== undefined; id = left.pop()) { const { filter, update } = change(id, version); await plain.updateOne(filter, update); } }));
    });
    version++;
  }
  await connection.client.close();
}

async function lap(name: string, run: () => Promise<void>): Promise<void> {
  const began = performance.now();
  await run();
  console.log(`${name}: ${Math.round(folders / (performance.now() - began) * 1_000)} compare-and-sets/s`);
}
