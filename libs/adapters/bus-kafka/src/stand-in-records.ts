/** Records in place of those of a batch that unpacks to too much, so that each goes to the dead letters and the batch is passed. */
import { unpackingLimits } from './limits.ts';

/** Header of a stand-in: why the record itself cannot be had. */
export const standInHeader = 'not_unpacked';
/** Unpacked records as Kafka frames them: without key and value, numbered from 0, each with `cause` in its header; as many as a batch may have, of which the library takes as many as it has. */
export function standInRecords(cause: string): Buffer {
  const header = [...varint(1), ...text(standInHeader), ...text(cause)], pieces: Buffer[] = [];
  for (let number = 0; number < unpackingLimits.maxBatchRecords; number++) {
    const record = [noAttributes, ...varint(noDelay), ...varint(number), ...varint(absent), ...varint(absent), ...header];
    pieces.push(Buffer.from([...varint(record.length), ...record]));
  }
  return Buffer.concat(pieces);
}

const noAttributes = 0, noDelay = 0, absent = -1;

function text(some: string): readonly number[] {
  const bytes = Buffer.from(some);
  return [...varint(bytes.byteLength), ...bytes];
}

/** Zigzag, seven bits a byte, the lowest first. */
function varint(value: number): readonly number[] {
  const found: number[] = [];
  let rest = ((value << 1) ^ (value >> 31)) >>> 0;
  for (; rest > 0x7f; rest >>>= 7) found.push((rest & 0x7f) | 0x80);
  found.push(rest);
  return found;
}
