/** A payload with every field set, as ProtoJSON; the same for the same message. */
import { ScalarType } from '@bufbuild/protobuf';
import type { DescEnum, DescField, DescMessage, JsonObject, JsonValue } from '@bufbuild/protobuf';

/** How many payloads show every kind of every oneof that can be reached from a message; at least 1. */
export function variantsOf(message: DescMessage): number {
  return Math.max(1, ...message.oneofs.map((one) => one.fields.length), ...message.fields.map((field) => (field.message === undefined ? 1 : variantsOf(field.message))));
}

/** Variant `n` takes the n-th kind of each oneof, counted round. */
export function sampleOf(message: DescMessage, n: number): JsonValue {
  if (message.typeName === 'google.protobuf.Timestamp') return '2026-08-04T08:15:30.125Z';
  if (message.typeName === 'google.protobuf.Any') return { '@type': 'type.googleapis.com/google.rpc.LocalizedMessage', locale: 'en', message: 'Look the code up.' };
  const found: JsonObject = {};
  for (const field of message.fields) {
    if (field.oneof !== undefined && field.oneof.fields[n % field.oneof.fields.length] !== field) continue;
    found[field.jsonName] = valueOf(field, n);
  }
  return found;
}

function valueOf(field: DescField, n: number): JsonValue {
  switch (field.fieldKind) {
    case 'scalar': return scalarOf(field.scalar, field, 0);
    case 'enum': return enumOf(field.enum, n);
    case 'message': return sampleOf(field.message, n);
    case 'map': return { 'dien-tich': field.mapKind === 'scalar' ? scalarOf(field.scalar, field, 1) : null };
    case 'list': return [n, n + 1].map((m, i) => (field.listKind === 'message' ? sampleOf(field.message, m) : field.listKind === 'enum' ? enumOf(field.enum, m) : scalarOf(field.scalar, field, i)));
  }
}

function enumOf(of: DescEnum, n: number): string {
  return of.values[1 + (n % (of.values.length - 1))]!.name;
}

/** Text with Vietnamese letters, numbers beyond 32 bits where the type has them. */
function scalarOf(type: ScalarType, field: DescField, n: number): JsonValue {
  switch (type) {
    case ScalarType.STRING: return `${field.name} ${field.number + n} ở Điện Bàn`;
    case ScalarType.BYTES: return Buffer.from(Array.from({ length: 32 }, (_, i) => (field.number * 37 + n * 11 + i * 7) % 256)).toString('base64');
    case ScalarType.BOOL: return true;
    case ScalarType.INT64: return String(1_785_831_330_125 + field.number + n);
    case ScalarType.INT32: case ScalarType.UINT32: return field.number * 1001 + n;
    default: throw new Error(`${String(field)}: a type the contracts do not use`);
  }
}

/** The fields that a payload sets, by their way from the top; a list or map counts once. */
export function pathsOf(json: JsonValue, at = ''): Set<string> {
  if (Array.isArray(json)) return new Set(json.flatMap((one) => [...pathsOf(one, at)]));
  const below = json === null || typeof json !== 'object' ? [] : Object.entries(json).flatMap(([name, value]) => [...pathsOf(value, `${at}.${name}`)]);
  return new Set(at === '' ? below : [at, ...below]);
}
