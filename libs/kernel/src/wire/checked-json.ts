/** JSON that is kept in a store, with a checksum as its last member: a turned byte may well leave it JSON, and say something else. Releases without checksums read it, too. */
import { crc32 } from 'node:zlib';

const name = ',"crc":', end = '}';
/** As many digits as the longest checksum has. */
const digits = 10;
const trailerBytes = name.length + digits + end.length;
const decoder = new TextDecoder();

/** `value`: an object with at least one member and none named `crc`. */
export function checkedJson(value: object): string {
  const text = JSON.stringify(value).slice(0, -end.length);
  return `${text}${name}${String(crc32(text)).padStart(digits)}${end}`;
}

export function encodeCheckedJson(value: object): Uint8Array {
  return Buffer.from(checkedJson(value));
}

/** Throws a RangeError or SyntaxError where the bytes are not those that were written. Those of before there were checksums are only parsed. */
export function decodeCheckedJson(bytes: Uint8Array): unknown {
  const value = JSON.parse(decoder.decode(bytes)) as { readonly crc?: unknown };
  if ('crc' in value && value.crc !== crc32(bytes.subarray(0, Math.max(0, bytes.byteLength - trailerBytes)))) throw new RangeError('the record has other bytes than were written');
  return value;
}
