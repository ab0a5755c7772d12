/**
 * kafkajs 2.2.4 lays the records of a batch on the stack: some 120,000 end the consumer, as often as it is started. And it unpacks everything of an answer at once, however much that is.
 * Here a batch of too many records is passed as one that says so, and an answer is read only until there is enough; what is left is fetched next. The same function is found only by its
 * path inside the library.
 */
import { createRequire } from 'node:module';
import type { KafkaMessage } from 'kafkajs';
import { unpackingLimits } from './limits.ts';
import { standInHeader } from './stand-in-records.ts';

type Decoder = { readonly buffer: Buffer; offset: number };
type Fetched = KafkaMessage & { readonly isControlRecord: boolean; readonly batchContext: { readonly producerId: string; readonly inTransaction: boolean } };
type ReadRecords = ((answer: Decoder) => Promise<Fetched[]>) & { readonly [patched]?: true };
type ReadBatch = (batch: Decoder) => Promise<{ readonly records: Fetched[] }>;
type Loaded = { exports: unknown };
type Inside = { readonly module: Loaded; readonly before: ReadRecords; readonly readBatch: ReadBatch; readonly newDecoder: new (bytes: Buffer) => Decoder; readonly isLate: boolean };

const patched = Symbol('reads no more than it can bear');
const require = createRequire(import.meta.url);
const readers = 'kafkajs/src/protocol/requests/fetch';

/** Where Kafka puts what, counted from the beginning of a batch. */
const at = { length: 8, format: 16, lastOffset: 23, count: 57, records: 61 } as const;
/** What `length` does not count. */
const bytesBeforeLength = 12;
const currentFormat = 2;

/** Undefined: the library is not as it was. */
function inside(): Inside | undefined {
  try {
    const path = `${readers}/v4/decodeMessages`, before = require(path) as ReadRecords, module = require.cache[require.resolve(path)];
    const readBatch = require('kafkajs/src/protocol/recordBatch/v0/decoder') as ReadBatch, newDecoder = require('kafkajs/src/protocol/decoder') as Inside['newDecoder'];
    const isLate = [4, 5, 7, 8, 11].some((version) => require.cache[require.resolve(`${readers}/v${version}/response`)] !== undefined);
    return module === undefined || [before, readBatch, newDecoder].some((found) => typeof found !== 'function') ? undefined : { module, before, readBatch, newDecoder, isLate };
  } catch {
    return undefined;
  }
}

/** Once per process, before anything is fetched. False: the library has changed, or has fetched already, and works as it does by itself. */
export function boundFetches(): boolean {
  const found = inside();
  if (found === undefined) return false;
  const { module, before, isLate } = found;
  if (before[patched]) return true;
  if (isLate) return false;
  const bounded = (answer: Decoder): Promise<Fetched[]> => {
    const start = answer.offset + Int32Array.BYTES_PER_ELEMENT, bytes = answer.buffer.subarray(start, start + answer.buffer.readInt32BE(answer.offset));
    if (bytes.byteLength > 0 && bytes[at.format] !== currentFormat) return before(answer);
    answer.offset = start + bytes.byteLength;
    return readSome(bytes, found);
  };
  module.exports = Object.assign(bounded, { [patched]: true } as const);
  return true;
}

/** Of the batches that came whole, as many as one may read at once: at least one. */
async function readSome(bytes: Buffer, { readBatch, newDecoder }: Inside): Promise<Fetched[]> {
  const records: Fetched[] = [];
  let unpackedBytes = 0, rest = bytes;
  while (rest.byteLength >= at.records && records.length < unpackingLimits.maxReadRecords && unpackedBytes < unpackingLimits.maxReadBytes) {
    const end = bytesBeforeLength + rest.readInt32BE(at.length);
    if (end > rest.byteLength) break;
    const batch = rest.subarray(0, end), count = batch.readInt32BE(at.count);
    const some = count > unpackingLimits.maxBatchRecords ? [standIn(batch, count)] : (await readBatch(new newDecoder(batch))).records;
    for (const record of some) {
      records.push(record);
      unpackedBytes += bytesOf(record);
    }
    rest = rest.subarray(end);
  }
  return records;
}

/** At the end of its batch, so that whoever is done with it is done with the batch. */
function standIn(batch: Buffer, count: number): Fetched {
  const first = batch.readBigInt64BE(0), offset = String(first + BigInt(batch.readInt32BE(at.lastOffset)));
  const cause = `a batch of ${count} records from offset ${first}, at most ${unpackingLimits.maxBatchRecords}`;
  return { key: null, value: null, timestamp: '0', attributes: 0, offset, headers: { [standInHeader]: Buffer.from(cause) }, isControlRecord: false, batchContext: { producerId: '-1', inTransaction: false } };
}

function bytesOf({ key, value, headers }: Fetched): number {
  const beside = Object.values(headers ?? {}).flat().reduce((sum, one) => sum + (one?.length ?? 0), 0);
  return (key?.byteLength ?? 0) + (value?.byteLength ?? 0) + beside;
}
