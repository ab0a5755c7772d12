/**
 * High-water marks of all namespaces in one small file outside the store. Two slots are written in turn, each with
 * its generation and checksum: a write torn by a crash leaves the other slot, and nobody was answered for the torn one.
 */
import { closeSync, constants, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { crc32 } from 'node:zlib';
import type { CrashPoint } from '@lienthong/kernel/ports/crash-points';
import { StoreError } from '@lienthong/kernel/ports/folder-store';
import { raisedMark } from '@lienthong/kernel/ports/world';
import type { Mark } from '@lienthong/kernel/ports/world';

export type Marks = ReadonlyMap<string, Mark>;

const slotBytes = 16 * 1024;
/** Magic, checksum of all that follows, generation, length of the text. */
const headerBytes = 4 + 4 + 8 + 4;
const magic = 0x4c544d31; // "LTM1"

type Slot = { readonly generation: bigint; readonly marks: Marks };

/** What the file says; empty when it is absent or nothing was marked yet. Throws STORE_DAMAGED. */
export function readMarks(path: string): Marks {
  return newestSlot(path)?.marks ?? new Map();
}

export class MarkFile {
  readonly #fd: number;
  readonly #marks: Map<string, Mark>;
  readonly #crashPoint: CrashPoint | undefined;
  readonly #slot = Buffer.alloc(slotBytes);
  #generation: bigint;

  /** `crashPoint`: of tests. */
  constructor(path: string, crashPoint?: CrashPoint) {
    this.#crashPoint = crashPoint;
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    const newest = newestSlot(path);
    this.#marks = new Map(newest?.marks);
    this.#generation = newest?.generation ?? 0n;
    this.#fd = openSync(path, constants.O_RDWR | constants.O_CREAT | constants.O_DSYNC, 0o600);
    // Full size from the start: a later write changes no length, so flushing it costs one write and no journal.
    if (newest === undefined) {
      crashPoint?.('marks-unlaid');
      writeSync(this.#fd, Buffer.alloc(2 * slotBytes), 0, 2 * slotBytes, 0);
      fsyncSync(this.#fd);
      flushDirectory(dirname(path));
    }
  }

  get(namespace: string): Mark | undefined { return this.#marks.get(namespace); }

  /** Durable when it returns; as `raisedMark` says. */
  raise(changes: Marks): void {
    for (const [namespace, mark] of changes) {
      this.#marks.set(namespace, raisedMark(this.#marks.get(namespace), mark));
    }
    this.#generation += 1n;
    const size = this.#encode();
    this.#crashPoint?.('mark-unraised');
    // The file was opened for synchronous writes: it is on the disk when this returns.
    writeSync(this.#fd, this.#slot, 0, size, Number(this.#generation % 2n) * slotBytes);
  }

  close(): void { closeSync(this.#fd); }

  #encode(): number {
    const size = headerBytes + this.#slot.write(JSON.stringify([...this.#marks]), headerBytes);
    if (size === slotBytes) throw new RangeError(`marks of ${this.#marks.size} namespaces need more than ${slotBytes} bytes`);
    this.#slot.writeUInt32BE(magic, 0);
    this.#slot.writeBigUInt64BE(this.#generation, 8);
    this.#slot.writeUInt32BE(size - headerBytes, 16);
    this.#slot.writeUInt32BE(crc32(this.#slot.subarray(8, size)), 4);
    return size;
  }
}

function newestSlot(path: string): Slot | undefined {
  if (!existsSync(path)) return undefined;
  const file = readFileSync(path);
  const halves = [file.subarray(0, slotBytes), file.subarray(slotBytes, 2 * slotBytes)];
  const slots = halves.map(readSlot).filter((slot) => slot !== undefined);
  // It has its full size before anything is marked in it: what is there was cut off.
  if (file.length < 2 * slotBytes && file.some((byte) => byte !== 0)) throw new StoreError('STORE_DAMAGED', path, damagedMarks);
  // One spoilt slot is a write that a crash has torn. Two were written before, and whether the store is behind can no longer be known.
  if (slots.length === 0 && halves.every((half) => half.some((byte) => byte !== 0))) throw new StoreError('STORE_DAMAGED', path, damagedMarks);
  return slots.sort((one, other) => (one.generation > other.generation ? -1 : 1))[0];
}

const damagedMarks = {
  vi: 'Tệp mốc ghi (marks) bị hỏng nên không biết kho dữ liệu có bị lùi lại hay không. Khôi phục tệp này cùng thư mục khóa, hoặc xóa tệp này và cấp danh tính mới cho mọi dịch vụ.',
  en: 'The file of high-water marks is damaged, so it is unknown whether the store was rewound. Restore it with the key directory, or delete it and give every service a new incarnation.',
};

function readSlot(slot: Buffer): Slot | undefined {
  if (slot.length < headerBytes || slot.readUInt32BE(0) !== magic) return undefined;
  const size = headerBytes + slot.readUInt32BE(16);
  if (size > slot.length || crc32(slot.subarray(8, size)) !== slot.readUInt32BE(4)) return undefined;
  return { generation: slot.readBigUInt64BE(8), marks: new Map(JSON.parse(slot.toString('utf8', headerBytes, size)) as [string, Mark][]) };
}

/** Makes the names in a directory durable: a file's own flush does not. */
export function flushDirectory(path: string): void {
  const fd = openSync(path, 'r');
  try { fsyncSync(fd); } finally { closeSync(fd); }
}
