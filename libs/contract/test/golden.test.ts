/**
 * One payload per message that travels as a whole, as binary and as JSON, written once by protobuf-es and never edited: what a release has written, every
 * later one reads. `LIENTHONG_WRITE_GOLDEN=1` adds the missing ones and touches no other.
 */
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { fromBinary, fromJson, toBinary, toJson } from '@bufbuild/protobuf';
import type { DescMessage } from '@bufbuild/protobuf';
import { describe, expect, test } from 'vitest';
import * as contract from '../src/index.ts';
import { buildRegistry, topLevelMessages } from './descriptors.ts';
import { sampleOf, variantsOf } from './sample.ts';

const golden = fileURLToPath(new URL('../golden/', import.meta.url));
const writing = process.env['LIENTHONG_WRITE_GOLDEN'] === '1';
const registry = buildRegistry();

type Codec = { encode(message: unknown): { finish(): Uint8Array }; decode(bytes: Uint8Array): unknown; fromJSON(object: unknown): unknown; toJSON(message: unknown): unknown };

/** The generated codec of a message. */
function codecOf(message: DescMessage): Codec {
  const [root, area] = message.typeName.split('.');
  const names = contract as unknown as Record<string, Record<string, Codec> | undefined>;
  const codec = names[root === 'google' ? 'rpc' : area!]?.[message.name];
  if (codec === undefined) throw new Error(`${message.typeName} is not exported`);
  return codec;
}

/** `intake.v1/SubmitDossierRequest`, and `….1`, `….2` where the kinds of a oneof need more payloads. */
const cases = topLevelMessages(registry).flatMap((message) => {
  const variants = variantsOf(message);
  const name = message.typeName.replace(/^lienthong\./, '').replace(/\.(?=[^.]*$)/, '/');
  return Array.from({ length: variants }, (_, n) => ({ message, n, name: n === 0 ? name : `${name}.${n}` }));
});

function writeMissing(message: DescMessage, n: number, path: string): void {
  if (!writing || existsSync(`${path}.binpb`)) return;
  const sample = fromJson(message, sampleOf(message, n), { registry });
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(`${path}.binpb`, toBinary(message, sample), { flag: 'wx' });
  writeFileSync(`${path}.json`, `${JSON.stringify(toJson(message, sample, { registry }), null, 2)}\n`, { flag: 'wx' });
}

/** Holds a google.protobuf.Any, whose JSON needs a registry of types; it travels in a binary trailer only. */
const onlyBinary = new Set(['google.rpc.Status']);
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

describe.each(cases)('golden $name', ({ message, n, name }) => {
  const path = join(golden, name);
  writeMissing(message, n, path);
  const codec = codecOf(message);

  test('is read and written back byte for byte, as binary and as JSON', () => {
    const binary = readFileSync(`${path}.binpb`);
    const json: unknown = JSON.parse(readFileSync(`${path}.json`, 'utf8'));
    const decoded = codec.decode(binary);
    expect(hex(codec.encode(decoded).finish())).toBe(hex(binary));
    if (!onlyBinary.has(message.typeName)) {
      expect(hex(codec.encode(codec.fromJSON(json)).finish())).toBe(hex(binary));
      expect(hex(codec.encode(codec.fromJSON(codec.toJSON(decoded))).finish())).toBe(hex(binary));
    }
    expect(toJson(message, fromBinary(message, binary), { registry })).toEqual(json);
  });
});

test('there is a message for every golden payload', () => {
  const files = readdirSync(golden, { recursive: true, encoding: 'utf8' }).filter((file) => /\.(json|binpb)$/.test(file)).sort();
  expect(files).toEqual(cases.flatMap(({ name }) => [`${name}.binpb`, `${name}.json`]).sort());
});
