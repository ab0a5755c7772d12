/** What nobody can read, as it is kept: the bytes as they came, and why and where they were found. */
import type { IHeaders, KafkaMessage, Message } from 'kafkajs';
import type { KafkaBusLimits } from './limits.ts';
import { headerText } from './header-text.ts';
import type { Outgoing } from './record.ts';

type DeadLimits = Pick<KafkaBusLimits, 'maxDeadBytes' | 'maxDeadBesideBytes'>;

/** Where a record stood. Its text is the key of the dead letter, so that one found twice is kept once. */
export type Place = { readonly topic: string; readonly partition: number; readonly offset: string };

export type DeadRecord = Place & {
  /** `topic/partition/offset`. */
  readonly id: string;
  readonly cause: string;
  /** When it was found, RFC 3339. */
  readonly foundAt: string;
  readonly key: Buffer | null;
  readonly value: Buffer | null;
  readonly headers: IHeaders;
  /** Bytes it had; more than `value` holds when it, its key or its headers were too long to be kept. */
  readonly bytes: number;
};

const names = { cause: 'dead_cause', topic: 'dead_topic', partition: 'dead_partition', offset: 'dead_offset', foundAt: 'dead_found_at', key: 'dead_key', keyMissing: 'dead_key_missing', valueMissing: 'dead_value_missing', bytes: 'dead_bytes' } as const;
const originalHeader = 'original_';

export const placeText = ({ topic, partition, offset }: Place): string => `${topic}/${partition}/${offset}`;

/** `maxDeadBytes` of the value are kept, and key and headers whole or, beyond `maxDeadBesideBytes`, the beginning of the key alone: what cannot be kept would be read again for ever. `bytes`: at most what the letter takes. */
export function toDeadMessage(place: Place, { key, value, headers }: Pick<KafkaMessage, 'key' | 'value' | 'headers'>, cause: string, foundAt: string, { maxDeadBytes, maxDeadBesideBytes }: DeadLimits): Outgoing {
  const besideBytes = (key?.byteLength ?? 0) + Object.entries(headers ?? {}).reduce((sum, [name, content]) => sum + sizeOf(name, content), 0), isCut = besideBytes > maxDeadBesideBytes;
  const original = isCut ? {} : Object.fromEntries(Object.entries(headers ?? {}).map(([name, content]) => [`${originalHeader}${name}`, content]));
  const kept = value === null ? Buffer.alloc(0) : value.subarray(0, maxDeadBytes);
  const message: Message = {
    key: placeText(place),
    // A tombstone would remove the letter.
    value: kept,
    headers: {
      ...original, [names.cause]: cause, [names.topic]: place.topic, [names.partition]: String(place.partition), [names.offset]: place.offset, [names.foundAt]: foundAt, [names.bytes]: String((value?.byteLength ?? 0) + (isCut ? besideBytes : 0)),
      ...(key === null ? { [names.keyMissing]: '1' } : { [names.key]: isCut ? key.subarray(0, maxKeyShownBytes) : key }), ...(value === null ? { [names.valueMissing]: '1' } : {}),
    },
  };
  return { message, bytes: kept.byteLength + Math.min(besideBytes, maxDeadBesideBytes) + bytesBesideLetter };
}

/** Of a key that is too long to be kept. */
const maxKeyShownBytes = 1_024;
/** What is said about a letter, and how its parts are framed, at most. */
const bytesBesideLetter = 4_096;
/** Framing and prefix of one header. */
const bytesOfHeader = 32;

function sizeOf(name: string, content: IHeaders[string]): number {
  const values = Array.isArray(content) ? content : [content ?? ''];
  return values.reduce((sum, value) => sum + Buffer.byteLength(name) + Buffer.byteLength(value) + bytesOfHeader, 0);
}

/** Undefined: the letter was removed, or is none. */
export function fromDeadMessage({ key, value, headers }: Pick<KafkaMessage, 'key' | 'value' | 'headers'>): DeadRecord | undefined {
  const text = (name: string): string => headerText(headers, name) ?? '';
  if (key === null || value === null || text(names.topic) === '') return undefined;
  const original = Object.entries(headers ?? {}).filter(([name]) => name.startsWith(originalHeader)).map(([name, content]) => [name.slice(originalHeader.length), content]);
  const keyHeader = headers?.[names.key];
  return {
    id: key.toString(), cause: text(names.cause), topic: text(names.topic), partition: Number(text(names.partition)), offset: text(names.offset), foundAt: text(names.foundAt), bytes: Number(text(names.bytes)),
    key: text(names.keyMissing) === '' ? Buffer.from((Array.isArray(keyHeader) ? keyHeader[0] : keyHeader) ?? '') : null, value: text(names.valueMissing) === '' ? value : null, headers: Object.fromEntries(original) as IHeaders,
  };
}
