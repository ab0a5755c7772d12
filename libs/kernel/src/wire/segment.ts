/** A segment of a stored folder: the entries of one write, each with its proof, and a checksum by which damage shows. */
import { crc32 } from 'node:zlib';
import { folder as contract } from '@lienthong/contract';
import type { Proof } from '@lienthong/folder';
import type { SealedEntry } from './folder-update.ts';

/** Tags of `StoredSegment.entries`, `SignedEntry.entry`, `SignedEntry.signature`, `Signature.key_id`, `Signature.signature`, `Signature.path`, `StoredSegment.supersedes` and `.checksum`. */
const tags = { entries: 0x22, entry: 0x0a, proof: 0x12, keyId: 0x0a, signature: 0x12, path: 0x1a, supersedes: 0x72, checksum: 0x7d } as const;
/** Of the checksum with its tag. */
const checksumBytes = 5;

/** Written by hand, for every write of every service passes here: one buffer, no pieces. The bytes are those of the generated encoder (a test holds it). */
export function encodeSegment(entries: readonly SealedEntry[], supersedes: readonly number[] = []): Uint8Array {
  const places = supersedes.reduce((size, place) => size + varintSize(place), 0);
  let total = checksumBytes + (places === 0 ? 0 : fieldSize(places));
  for (const entry of entries) total += fieldSize(sealedSize(entry));
  const segment = Buffer.allocUnsafe(total);
  let at = 0;
  const varint = (value: number): void => {
    let rest = value;
    while (rest > 0x7f) { segment[at++] = (rest & 0x7f) | 0x80; rest >>>= 7; }
    segment[at++] = rest;
  };
  const bytes = (tag: number, value: Uint8Array): void => {
    segment[at++] = tag;
    varint(value.byteLength);
    segment.set(value, at);
    at += value.byteLength;
  };
  for (const entry of entries) {
    segment[at++] = tags.entries;
    varint(sealedSize(entry));
    bytes(tags.entry, entry.bytes);
    if (entry.proof === null) continue;
    segment[at++] = tags.proof;
    varint(proofSize(entry.proof));
    bytes(tags.keyId, Buffer.from(entry.proof.keyId));
    bytes(tags.signature, entry.proof.signature);
    if (entry.proof.path !== undefined) bytes(tags.path, entry.proof.path);
  }
  if (places > 0) {
    segment[at++] = tags.supersedes;
    varint(places);
    for (const place of supersedes) varint(place);
  }
  segment[at++] = tags.checksum;
  segment.writeUInt32LE(crc32(segment.subarray(0, at - 1)), at);
  return segment;
}

function varintSize(value: number): number {
  let size = 1;
  for (let rest = value; rest > 0x7f; rest >>>= 7) size++;
  return size;
}

function fieldSize(bytes: number): number {
  return 1 + varintSize(bytes) + bytes;
}

function proofSize(proof: Proof): number {
  return fieldSize(Buffer.byteLength(proof.keyId)) + fieldSize(proof.signature.byteLength) + (proof.path === undefined ? 0 : fieldSize(proof.path.byteLength));
}

function sealedSize({ bytes, proof }: SealedEntry): number {
  return fieldSize(bytes.byteLength) + (proof === null ? 0 : fieldSize(proofSize(proof)));
}

/** `content`: entries are told apart, and some of their bytes are not what was written. `framing`: not even that. */
export type Damage = 'none' | 'content' | 'framing';
export type ReadSegment = { readonly entries: readonly SealedEntry[]; readonly supersedes: readonly number[]; readonly damage: Damage; /** False: written before there were checksums; damage in its entries shows in their chain only. */ readonly checked: boolean };

/** What can be read of a segment, and whether it is what was written. */
export function readSegment(bytes: Uint8Array): ReadSegment {
  const checked = isSegmentChecked(bytes);
  try {
    const message = contract.StoredSegment.decode(bytes);
    return { entries: message.entries.map(decodeSealed), supersedes: message.supersedes, damage: checked ? 'none' : damageOf(message, bytes.byteLength), checked };
  } catch {
    return { entries: [], supersedes: [], damage: 'framing', checked };
  }
}

/** True: these are the bytes that were written. False: they are not, or there were no checksums yet. */
export function isSegmentChecked(bytes: Uint8Array): boolean {
  const at = bytes.byteLength - checksumBytes;
  return at >= 0 && bytes[at] === tags.checksum && Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).readUInt32LE(at + 1) === crc32(bytes.subarray(0, at));
}

/**
 * Where every byte is accounted for, and no entry has swallowed what follows it, no field has become another one. Without checksums nobody wrote a field that is not known: it was
 * the checksum.
 */
function damageOf(message: contract.StoredSegment, byteLength: number): Damage {
  if (contract.StoredSegment.encode(message).finish().byteLength !== byteLength || message.entries.some(hasUnknownFields)) return 'framing';
  return message.checksum === undefined && !hasUnknownFields(message) ? 'none' : 'content';
}

const hasUnknownFields = ({ _unknownFields: fields = {} }: { readonly _unknownFields?: object | undefined }): boolean => Object.keys(fields).length > 0;

/**
 * The segments of one folder, by place, without those that another one supersedes. `damaged`: their entries are not among `entries`. `unchecked`: they are, and have no checksum.
 */
export type ReadSegments = { readonly entries: readonly SealedEntry[]; readonly damaged: ReadonlyMap<number, ReadSegment>; readonly unchecked: ReadonlyMap<number, ReadSegment> };

export function readSegments(segments: readonly Uint8Array[]): ReadSegments {
  const read = segments.map(readSegment), entries: SealedEntry[] = [], damaged = new Map<number, ReadSegment>(), unchecked = new Map<number, ReadSegment>();
  const superseded = new Set(read.flatMap((one) => (one.damage === 'none' ? one.supersedes : [])));
  read.forEach((one, place) => {
    if (superseded.has(place)) return;
    if (one.damage !== 'none') { damaged.set(place, one); return; }
    if (!one.checked) unchecked.set(place, one);
    entries.push(...one.entries);
  });
  return { entries, damaged, unchecked };
}

/** Throws when the bytes are not those of a segment that was written: the store is damaged. */
export function decodeSegment(bytes: Uint8Array): readonly SealedEntry[] {
  const { entries, damage } = readSegment(bytes);
  if (damage !== 'none') throw new RangeError(`a stored segment is damaged: ${damage}`);
  return entries;
}

const nothing = new Uint8Array(0);

export function encodeSealed({ bytes, proof }: SealedEntry): contract.SignedEntry {
  return { entry: bytes, proof: proof === null ? undefined : { $case: 'signature', value: { keyId: proof.keyId, signature: proof.signature, path: proof.path ?? nothing } } };
}

export function decodeSealed(message: contract.SignedEntry): SealedEntry {
  return { bytes: message.entry, proof: message.proof === undefined ? null : proofIn(message.proof.value) };
}

function proofIn({ keyId, signature, path }: contract.Signature): Proof {
  return path.byteLength === 0 ? { keyId, signature } : { keyId, signature, path };
}
