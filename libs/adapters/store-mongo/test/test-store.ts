/** Stores of their own for one test, in databases that nobody else uses; all closed and dropped after it. */
import { randomBytes } from 'node:crypto';
import { MongoClient } from 'mongodb';
import type { Db } from 'mongodb';
import type { OwnedStore } from '@lienthong/kernel/ports/folder-store';
import { raisedMark } from '@lienthong/kernel/ports/world';
import type { HighWaterMark, Mark } from '@lienthong/kernel/ports/world';
import { openMongo } from '../src/index.ts';
import type { MongoStore } from '../src/index.ts';
import type { Flight, FlightItem, HeadDocument } from '../src/stored-documents.ts';

/** A mark in memory, as far outside the database as a test needs it. */
export function memoryMark(): HighWaterMark & { readonly raised: Mark[] } {
  const raised: Mark[] = [];
  return { raised, read: () => raised.at(-1), raise: (mark) => { raised.push(raisedMark(raised.at(-1), mark)); } };
}

/** One service's database on the server at `uri`. */
export class TestDatabase {
  readonly uri: string;
  readonly prefix = `t${randomBytes(8).toString('hex')}`;
  readonly mark = memoryMark();
  readonly #opened: OwnedStore[] = [];
  readonly #client: MongoClient;

  constructor(uri: string) {
    this.uri = uri;
    this.#client = new MongoClient(uri, { serverSelectionTimeoutMS: 5_000 });
  }

  get db(): Db { return this.#client.db(`${this.prefix}-land`); }

  /** Another instance of the service, with the mark of the first. */
  async open(mark: HighWaterMark = this.mark): Promise<MongoStore> {
    const store = await openMongo({ uri: this.uri, service: 'land', prefix: this.prefix, mark });
    this.#opened.push(store);
    return store;
  }

  /** The head as it lies in the database. */
  async head(): Promise<HeadDocument> { return (await this.db.collection<HeadDocument>('head').findOne({ _id: 'head' }))!; }

  /** Makes the head name writes of an instance that will never make them: it got numbers, and died. */
  async deadFlight(items: readonly (Pick<FlightItem, 'id' | 'version'> & { readonly beside?: boolean })[], startedAgoMs: number): Promise<Flight> {
    const head = await this.head();
    const flight: Flight = {
      seq: head.seq + 1, from: head.end + 1, to: head.end + items.length, by: 'an instance that died', at: Date.now() - startedAgoMs,
      items: items.map(({ id, version, beside = false }, nth) => ({ id, version, fence: 0, commit: head.end + 1 + nth, beside })),
    };
    await this.db.collection<HeadDocument>('head').updateOne({ _id: 'head' }, { $set: { seq: flight.seq, nonce: `dead ${flight.seq}`, end: flight.to, flights: [...head.flights, flight] } });
    return flight;
  }

  /** What it answers drops the database and puts back what was in it. */
  async copy(): Promise<() => Promise<void>> {
    const names = (await this.db.listCollections({}, { nameOnly: true }).toArray()).map(({ name }) => name).filter((name) => !name.startsWith('system.'));
    const kept = await Promise.all(names.map(async (name) => ({ name, documents: await this.db.collection(name).find().toArray() })));
    return async () => {
      await this.db.dropDatabase();
      for (const { name, documents } of kept) if (documents.length > 0) await this.db.collection(name).insertMany(documents);
    };
  }

  async dispose(): Promise<void> {
    await Promise.all(this.#opened.map((store) => store.close()));
    await this.db.dropDatabase();
    await this.#client.close();
  }
}
