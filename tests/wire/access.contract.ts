/** The gate over a real port: every method of the contracts, called by everybody whom its row does not name. */
import { accessTable, mayCall } from '@lienthong/dossier-service';
import type { Who } from '@lienthong/dossier-service';
import type { AnyRpcService } from '@lienthong/kernel';
import { loadReference } from '@lienthong/reference-data';
import { grpcServer } from '@lienthong/rpc-grpc';
import type { GrpcServer } from '@lienthong/rpc-grpc';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { contractMethods, definitions } from './contract-methods.ts';
import { rawCalls } from './raw-call.ts';
import type { RawCalls } from './raw-call.ts';

const reference = loadReference();
const officeWith = (role: string): string => reference.offices.find((office) => office.roles.includes(role))?.id ?? '';
const callers = {
  nobody: {},
  'unknown office': { 'lienthong-office': 'no-such-office' },
  'tax office': { 'lienthong-office': officeWith('tax') },
  counter: { 'lienthong-office': officeWith('counter') },
  service: { 'lienthong-service': 'land~0123456789abcdef' },
} as const;
type Name = keyof typeof callers;

/** What each caller is told by each kind of row; `OK` reaches the handler. */
const expected: Readonly<Record<string, Readonly<Record<Name, string>>>> = {
  anyone: { nobody: 'OK', 'unknown office': 'OK', 'tax office': 'OK', counter: 'OK', service: 'OK' },
  office: { nobody: 'CALLER_UNKNOWN', 'unknown office': 'UNKNOWN_OFFICE', 'tax office': 'OK', counter: 'OK', service: 'CALLER_UNKNOWN' },
  operator: { nobody: 'OK', 'unknown office': 'CALLER_NOT_ALLOWED', 'tax office': 'CALLER_NOT_ALLOWED', counter: 'CALLER_NOT_ALLOWED', service: 'CALLER_NOT_ALLOWED' },
  service: { nobody: 'CALLER_UNKNOWN', 'unknown office': 'CALLER_NOT_ALLOWED', 'tax office': 'CALLER_NOT_ALLOWED', counter: 'CALLER_NOT_ALLOWED', service: 'OK' },
  'counter role': { nobody: 'CALLER_UNKNOWN', 'unknown office': 'UNKNOWN_OFFICE', 'tax office': 'CALLER_NOT_ALLOWED', counter: 'OK', service: 'CALLER_UNKNOWN' },
  'other role': { nobody: 'CALLER_UNKNOWN', 'unknown office': 'UNKNOWN_OFFICE', 'tax office': 'CALLER_NOT_ALLOWED', counter: 'CALLER_NOT_ALLOWED', service: 'CALLER_UNKNOWN' },
};
const rowOf = (who: Who | undefined): string => typeof who === 'object' ? (who.includes('counter') ? 'counter role' : 'other role') : who ?? 'no row';

let reached: string[] = [];
let server: GrpcServer;
let raw: RawCalls;

/** Handlers that note that they were reached and answer with nothing. */
function noting(definition: Readonly<Record<string, { readonly path: string; readonly requestStream?: boolean; readonly responseStream?: boolean; readonly responseDeserialize?: (bytes: Buffer) => unknown }>>): AnyRpcService {
  const handlers = Object.entries(definition).map(([name, { path, responseStream, responseDeserialize }]) => [name, responseStream === true
    ? async function* () { reached.push(path); }
    : async () => { reached.push(path); return responseDeserialize?.(Buffer.alloc(0)); }]);
  return { definition, handlers: Object.fromEntries(handlers) as AnyRpcService['handlers'] };
}

beforeAll(async () => {
  server = grpcServer({
    services: definitions.map(noting), access: (method, caller) => mayCall(method, caller, reference), port: 0,
    health: { readiness: () => ({ ok: true }), onChange: () => () => {} }, log: { error: () => {} },
  });
  raw = rawCalls(`127.0.0.1:${await server.start()}`);
});
afterAll(async () => { raw.close(); await server.stop(100); });
beforeEach(() => { reached = []; });

test('the descriptor set, the generated definitions and the table name the same methods', () => {
  const paths = contractMethods.map(({ path }) => path).sort();
  expect(definitions.flatMap((one) => Object.values(one).map(({ path }) => path)).sort()).toEqual(paths);
  expect([...accessTable.keys()].sort()).toEqual(paths);
});

describe.each(contractMethods)('$path', (method) => {
  const row = expected[rowOf(accessTable.get(method.path))];
  test.each(Object.entries(callers) as [Name, Readonly<Record<string, string>>][])('%s', async (name, metadata) => {
    const ended = await raw.call(method, [new Uint8Array()], metadata);
    expect(ended.reason).toBe(row?.[name]);
    expect(reached).toEqual(ended.reason === 'OK' ? [method.path] : []);
    if (ended.reason !== 'OK') expect(ended.domain).toBe('lienthong.vn');
  });
});
