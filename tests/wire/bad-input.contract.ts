/** Bytes that no honest client sends, to every RPC of a running hub: each is answered with a reason, and nothing is written. */
import { operator } from '@lienthong/contract';
import { accessTable } from '@lienthong/dossier-service';
import { serviceNames } from '@lienthong/embedded';
import { loadReference } from '@lienthong/reference-data';
import { grpcClient, maxMessageBytes } from '@lienthong/rpc-grpc';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { contractMethods } from './contract-methods.ts';
import type { ContractMethod } from './contract-methods.ts';
import { hubOfTest } from './hub-of-test.ts';
import type { HubOfTest } from './hub-of-test.ts';
import { rawCalls } from './raw-call.ts';
import type { RawCalls } from './raw-call.ts';

const reference = loadReference();
const metadataOf = ({ path }: ContractMethod): Readonly<Record<string, string>> => {
  const who = accessTable.get(path);
  if (who === 'service') return { 'lienthong-service': 'land~0123456789abcdef' };
  if (who === 'anyone' || who === 'operator' || who === undefined) return {};
  return { 'lienthong-office': reference.offices.find((office) => office.roles.includes(who === 'office' ? 'counter' : who[0] ?? ''))?.id ?? '' };
};

/** What a strict decoder must refuse, by what is wrong with it. */
const broken = {
  'a tag that never ends': [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff],
  'a length beyond the end': [0x0a, 0x7f, 0x41],
  'text that is no UTF-8': [0x0a, 0x02, 0xc3, 0x28],
  'field number 0': [0x00, 0x01],
  'a group that is never closed': [0x0b],
  'a wire type that does not exist': [0x0f],
} as const;
/** Refused whatever the message: the others need a field of that type. */
const always = ['a tag that never ends', 'a length beyond the end', 'field number 0', 'a wire type that does not exist'] as const;

/** Contracts that one service of the hub alone answers: without it they are unknown. */
const ownedBy: Readonly<Record<string, string>> = { 'lienthong.business.v1.BusinessRegister': 'business-registration', 'lienthong.social.v1.BeneficiaryRegister': 'social-protection' };
const composed: readonly string[] = serviceNames;
const served = contractMethods.filter(({ service }) => ownedBy[service] === undefined || composed.includes(ownedBy[service]));

let hub: HubOfTest;
let raw: RawCalls;
const commits = async (): Promise<readonly number[]> => (await grpcClient(operator.OperatorService, hub.address).getStatus({})).services.map(({ commit }) => commit);

beforeAll(async () => {
  hub = await hubOfTest();
  raw = rawCalls(hub.address);
});
afterAll(async () => { raw.close(); await hub.stop(); });

describe('bytes that are no message', () => {
  test.each(served)('$path', async (method) => {
    for (const kind of always) {
      for (const metadata of [metadataOf(method), {}]) {
        const ended = await raw.call(method, [Uint8Array.from(broken[kind])], metadata);
        expect([kind, ended]).toMatchObject([kind, { status: 'INVALID_ARGUMENT', reason: 'MALFORMED_MESSAGE', domain: 'lienthong.vn' }]);
      }
    }
  });

  test.each(Object.entries(broken))('%s', async (_kind, bytes) => {
    const ended = await raw.call({ path: '/lienthong.intake.v1.Intake/TrackDossier', requestStream: false, responseStream: false }, [Uint8Array.from(bytes)]);
    expect(ended).toMatchObject({ status: 'INVALID_ARGUMENT', reason: 'MALFORMED_MESSAGE' });
  });
});

describe('messages that are too much or too late', () => {
  test.each(served)('$path', async (method) => {
    const large = await raw.call(method, [new Uint8Array(maxMessageBytes + 1)], metadataOf(method));
    expect(large).toMatchObject({ status: 'OUT_OF_RANGE', reason: 'MESSAGE_TOO_LARGE', domain: 'lienthong.vn' });
  });

  test('an answer within a millisecond is not to be had', async () => {
    const method = { path: '/lienthong.intake.v1.Intake/SubmitDossier', requestStream: false, responseStream: false };
    const late = await raw.call(method, [], { 'lienthong-office': reference.offices.find((office) => office.roles.includes('counter'))?.id ?? '', 'grpc-timeout': '1n' });
    expect(late).toMatchObject({ status: 'DEADLINE_EXCEEDED', reason: 'DEADLINE_EXCEEDED', domain: 'lienthong.vn' });
  });

  test('a method that does not exist', async () => {
    const ended = await raw.call({ path: '/lienthong.intake.v1.Intake/EraseDossier', requestStream: false, responseStream: false }, []);
    expect(ended).toMatchObject({ status: 'UNIMPLEMENTED', reason: 'UNKNOWN_METHOD', domain: 'lienthong.vn' });
  });
});

describe('a message of another type', () => {
  test.each(served.filter(({ requestStream }) => !requestStream))('$path is no defect', async (method) => {
    // Field 1 as a number, field 2 as a number, where texts and messages are wanted: unknown to the receiver, so what is required is missing.
    const ended = await raw.call(method, [Uint8Array.from([0x08, 0x07, 0x10, 0x07])], { ...metadataOf(method), 'grpc-timeout': '2S' });
    expect(ended.status).not.toMatch(/INTERNAL|UNKNOWN/);
    if (ended.status !== 'OK' && ended.status !== 'DEADLINE_EXCEEDED') expect(ended).toMatchObject({ domain: 'lienthong.vn', reason: expect.stringMatching(/^[A-Z_]+$/) as string });
  });
});

test('a service that this hub has not is unknown, not broken', async () => {
  for (const method of contractMethods.filter((one) => !served.includes(one))) expect(await raw.call(method, [])).toMatchObject({ reason: 'UNKNOWN_METHOD' });
});

/** Rounds until the hub wrote nothing of its own meanwhile: marks of its peers, or what it settles when it has time. */
const maxRounds = 20;

test('nothing of all this was written', async () => {
  for (let round = 1; ; round++) {
    const before = await commits();
    for (const method of served) await raw.call(method, [Uint8Array.from(broken['a tag that never ends'])], metadataOf(method));
    const after = await commits();
    if (round < maxRounds && after.some((commit, at) => commit !== before[at])) continue;
    expect(after).toEqual(before);
    return;
  }
});
