/** A batch of records as somebody else may write it, and how it comes into a topic: the client library would take a minute to write so many. */
import { createRequire } from 'node:module';
import { once } from 'node:events';
import { connect } from 'node:net';

const require = createRequire(import.meta.url);
type Writing = { readonly buffer: Buffer; writeBuffer(bytes: Buffer): Writing; writeVarInt(value: number): Writing; writeVarIntBytes(bytes: Buffer): Writing };
const Encoder = require('kafkajs/src/protocol/encoder') as new () => Writing;
const crc32C = require('kafkajs/src/protocol/recordBatch/crc32C') as (bytes: Buffer) => number;
/** One record without key, value and headers. Its number within the batch is for the broker to correct. */
const emptyRecord = Buffer.from([12, 0, 0, 0, 1, 1, 0]);
/** The same with a value. */
function recordWith(value: Buffer): Buffer {
  const inside = new Encoder();
  inside.writeBuffer(Buffer.from([0, 0, 0, 1])).writeVarIntBytes(value).writeVarInt(0);
  return new Encoder().writeVarIntBytes(inside.buffer).buffer;
}
const currentFormat = 2, noProducer = -1;

/** `count` records with the same value, by itself none, not packed. */
export function foreignBatch(count: number, firstOffset = 0, value?: Buffer): Buffer {
  const record = value === undefined ? emptyRecord : recordWith(value);
  const proved = Buffer.concat([int16(0), int32(count - 1), int64(0), int64(0), int64(noProducer), int16(noProducer), int32(noProducer), int32(count), Buffer.alloc(count * record.byteLength, record)]);
  const batch = Buffer.concat([int32(0), Buffer.from([currentFormat]), int32(crc32C(proved) | 0), proved]);
  return Buffer.concat([int64(firstOffset), int32(batch.byteLength), batch]);
}

/** As the broker takes a batch from whoever may write to the topic. Rejects when it does not. */
export async function produceForeign(broker: string, topic: string, partition: number, batch: Buffer): Promise<void> {
  const [host, port] = broker.split(':'), socket = connect(Number(port), host);
  try {
    const head = [int16(0), int16(3), int32(1), text('foreign')], settings = [int16(-1), int16(1), int32(30_000)];
    const request = Buffer.concat([...head, ...settings, int32(1), text(topic), int32(1), int32(partition), int32(batch.byteLength), batch]);
    socket.write(Buffer.concat([int32(request.byteLength), request]));
    const [answer] = await once(socket, 'data') as [Buffer], problem = answer.readInt16BE(22 + Buffer.byteLength(topic));
    if (problem !== 0) throw new Error(`Kafka refuses the batch: ${problem}`);
  } finally { socket.destroy(); }
}

function int16(value: number): Buffer { const bytes = Buffer.alloc(2); bytes.writeInt16BE(value); return bytes; }
function int32(value: number): Buffer { const bytes = Buffer.alloc(4); bytes.writeInt32BE(value); return bytes; }
function int64(value: number): Buffer { const bytes = Buffer.alloc(8); bytes.writeBigInt64BE(BigInt(value)); return bytes; }
function text(some: string): Buffer { return Buffer.concat([int16(Buffer.byteLength(some)), Buffer.from(some)]); }
