/** Headers of a tar archive (POSIX ustar): 512 bytes before each file. Whoever has lost everything else can open a backup with the tools of the system. */

export const blockBytes = 512;
/** Zeros that end an archive. */
export const trailer = new Uint8Array(2 * blockBytes);

export type TarEntry = { readonly name: string; readonly size: number; /** Seconds since the epoch. */ readonly mtime: number };

const fields = { name: [0, 100], mode: [100, 8], uid: [108, 8], gid: [116, 8], size: [124, 12], mtime: [136, 12], checksum: [148, 8], type: [156, 1], magic: [257, 8], prefix: [345, 155] } as const;
type Field = keyof typeof fields;

/** Nobody else is to read what a backup holds. */
const mode = 0o600;
const largestOctalSize = 8 ** 11 - 1;

/** Throws a RangeError for names that the format cannot hold: they are chosen here, never given. */
export function tarHeader({ name, size, mtime }: TarEntry): Uint8Array {
  const header = Buffer.alloc(blockBytes);
  const cut = name.lastIndexOf('/');
  writeText(header, 'prefix', cut < 0 ? '' : name.slice(0, cut));
  writeText(header, 'name', name.slice(cut + 1));
  writeOctal(header, 'mode', mode);
  writeOctal(header, 'uid', 0);
  writeOctal(header, 'gid', 0);
  writeSize(header, size);
  writeOctal(header, 'mtime', mtime);
  writeText(header, 'type', '0');
  writeText(header, 'magic', 'ustar\x0000');
  header.write(`${checksumOf(header).toString(8).padStart(6, '0')}\0 `, fields.checksum[0], 'latin1');
  return header;
}

/** Null: a block of zeros, which ends the archive. Undefined: no header of a plain file. */
export function readTarHeader(header: Uint8Array): TarEntry | null | undefined {
  const bytes = Buffer.from(header.buffer, header.byteOffset, header.byteLength);
  if (bytes.every((byte) => byte === 0)) return null;
  const type = textIn(bytes, 'type');
  if (octalIn(bytes, 'checksum') !== checksumOf(bytes) || (type !== '0' && type !== '')) return undefined;
  const prefix = textIn(bytes, 'prefix');
  return { name: `${prefix === '' ? '' : `${prefix}/`}${textIn(bytes, 'name')}`, size: sizeIn(bytes), mtime: octalIn(bytes, 'mtime') };
}

/** Zeros that fill the last block of a file. */
export function paddingOf(size: number): number {
  return (blockBytes - (size % blockBytes)) % blockBytes;
}

function writeText(header: Buffer, field: Field, text: string): void {
  const [at, length] = fields[field];
  if (Buffer.byteLength(text) > length) throw new RangeError(`"${text}" does not fit into ${length} bytes`);
  header.write(text, at, length, 'utf8');
}

function writeOctal(header: Buffer, field: Field, value: number): void {
  const [at, length] = fields[field];
  header.write(`${value.toString(8).padStart(length - 1, '0')}\0`, at, 'latin1');
}

/** Above 8 GiB the size stands in binary, as GNU tar and bsdtar write and read it. */
function writeSize(header: Buffer, size: number): void {
  if (size <= largestOctalSize) return writeOctal(header, 'size', size);
  const [at] = fields.size;
  header[at] = 0x80;
  header.writeBigUInt64BE(BigInt(size), at + 4);
}

function sizeIn(header: Buffer): number {
  const [at] = fields.size;
  return header[at] === 0x80 ? Number(header.readBigUInt64BE(at + 4)) : octalIn(header, 'size');
}

function textIn(header: Buffer, field: Field): string {
  const [at, length] = fields[field];
  const end = header.subarray(at, at + length).indexOf(0);
  return header.toString('utf8', at, at + (end < 0 ? length : end));
}

function octalIn(header: Buffer, field: Field): number {
  return Number.parseInt(textIn(header, field).trim() || '0', 8);
}

/** Sum of all bytes, those of the checksum taken as spaces. */
function checksumOf(header: Buffer): number {
  const [from, length] = fields.checksum;
  return header.reduce((sum, byte, at) => sum + (at >= from && at < from + length ? 0x20 : byte), 0);
}
