/**
 * One payload per message that travels as a whole, as binary and as JSON, written once by protobuf-es and never edited: what a release has written, every
 * later one reads. A message that grows gets a further payload that shows its new fields, `….+1`, `….+2`. `LIENTHONG_WRITE_GOLDEN=1` adds the missing ones and
 * touches no other.
 */
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { fromBinary, fromJson, toBinary, toJson } from '@bufbuild/protobuf';
import type { DescMessage, JsonValue } from '@bufbuild/protobuf';
import { describe, expect, test } from 'vitest';
import * as contract from '../src/index.ts';
import { buildRegistry, topLevelMessages } from './descriptors.ts';
import { pathsOf, sampleOf, variantsOf } from './sample.ts';

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

/** `intake.v1/SubmitDossierRequest`. */
const nameOf = ({ typeName }: DescMessage): string => typeName.replace(/^lienthong\./, '').replace(/\.(?=[^.]*$)/, '/');

function write(name: string, message: DescMessage, json: JsonValue): void {
  const path = join(golden, name), sample = fromJson(message, json, { registry });
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(`${path}.binpb`, toBinary(message, sample), { flag: 'wx' });
  writeFileSync(`${path}.json`, `${JSON.stringify(toJson(message, sample, { registry }), null, 2)}\n`, { flag: 'wx' });
}

const isThere = (name: string): boolean => existsSync(join(golden, `${name}.binpb`));
const jsonOf = (name: string): JsonValue => JSON.parse(readFileSync(join(golden, `${name}.json`), 'utf8')) as JsonValue;

/** The name of a message, and `….1`, `….2` where the kinds of a oneof need more payloads. */
function firstPayloads(message: DescMessage): string[] {
  const names = Array.from({ length: variantsOf(message) }, (_, n) => (n === 0 ? nameOf(message) : `${nameOf(message)}.${n}`));
  if (writing) names.forEach((name, n) => { if (!isThere(name)) write(name, message, sampleOf(message, n)); });
  return names;
}

/** Those that came as the message grew. */
function grownPayloads(message: DescMessage, first: readonly string[]): string[] {
  const names: string[] = [];
  const next = (): string => `${nameOf(message)}.+${names.length + 1}`;
  while (isThere(next())) names.push(next());
  if (!writing) return names;
  const shown = new Set([...first, ...names].flatMap((name) => [...pathsOf(jsonOf(name))]));
  for (let n = 0; n < variantsOf(message); n++) {
    const sample = sampleOf(message, n), paths = pathsOf(sample);
    if (paths.isSubsetOf(shown)) continue;
    write(next(), message, sample);
    names.push(next());
    for (const path of paths) shown.add(path);
  }
  return names;
}

const messages = topLevelMessages(registry).map((message) => {
  const first = firstPayloads(message);
  return { message, name: nameOf(message), payloads: [...first, ...grownPayloads(message, first)] };
});
const cases = messages.flatMap(({ message, payloads }) => payloads.map((name) => ({ message, name })));

/** Holds a google.protobuf.Any, whose JSON needs a registry of types; it travels in a binary trailer only. */
const onlyBinary = new Set(['google.rpc.Status']);
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

describe.each(cases)('golden $name', ({ message, name }) => {
  const path = join(golden, name);
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

test.each(messages.filter(({ message }) => !onlyBinary.has(message.typeName)))('every field of $name stands in a golden payload', ({ message, payloads }) => {
  const shown = new Set(payloads.flatMap((name) => [...pathsOf(jsonOf(name))]));
  const wanted = Array.from({ length: variantsOf(message) }, (_, n) => [...pathsOf(sampleOf(message, n))]).flat();
  expect(wanted.filter((path) => !shown.has(path))).toEqual([]);
});

test('there is a message for every golden payload', () => {
  const files = readdirSync(golden, { recursive: true, encoding: 'utf8' }).filter((file) => /\.(json|binpb)$/.test(file)).sort();
  expect(files).toEqual(cases.flatMap(({ name }) => [`${name}.binpb`, `${name}.json`]).sort());
});
