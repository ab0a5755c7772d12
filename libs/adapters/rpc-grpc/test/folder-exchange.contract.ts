/** Two processes' worth of services talking over a real port: what one side answers, the other side gets. */
import { createHash } from 'node:crypto';
import { folder as contract } from '@lienthong/contract';
import { HubError } from '@lienthong/kernel';
import type { FolderUpdate, Peer, PeerService, SealedEntry } from '@lienthong/kernel';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { CallError, folderExchangeService, grpcClient, grpcPeers, grpcServer, isServing } from '../src/index.ts';
import type { GrpcPeers, GrpcServer } from '../src/index.ts';

const hex = (text: string): string => createHash('sha256').update(text).digest('hex');
const land = 'land~0123456789abcdef';
const intake = 'intake~fedcba9876543210';
const folder = hex('folder');

const entry = (author: string, seq: number, proved: boolean, size = 10): SealedEntry => ({
  bytes: contract.Entry.encode(contract.Entry.fromPartial({ folder, author, seq, kind: 'k', body: new Uint8Array(size) })).finish(),
  proof: proved ? { keyId: 'key', signature: new Uint8Array(64).fill(seq), path: new Uint8Array(33).fill(seq) } : null,
});
const headOf = (one: SealedEntry): { seq: number; hash: string } => ({ seq: contract.Entry.decode(one.bytes).seq, hash: createHash('sha256').update(one.bytes).digest('hex') });

/** Bytes arrive as Buffers; what counts is what they hold. */
const shown = ({ bytes, proof }: SealedEntry): string => `${Buffer.from(bytes).toString('hex')} ${proof === null ? '-' : `${proof.keyId} ${Buffer.from(proof.signature).toString('hex')} ${Buffer.from(proof.path ?? []).toString('hex')}`}`;

let held: SealedEntry[] = [], partial = false;
const asked: unknown[] = [];
const received: FolderUpdate[] = [];
const peerService: PeerService = {
  async hello(hello) { asked.push(hello); return { author: land, mark: 7, seen: hello.mark === 0 ? undefined : { author: intake, commit: 3 }, now: 1_765_000_000_123 }; },
  async heads(from, folders) { asked.push([from, folders]); return { author: land, folders: folders.map((id) => ({ folder: id, heads: { [land]: { seq: 2, hash: hex(id) } } })) }; },
  async pull(_from, _folder, have) {
    asked.push(have);
    const known = (one: SealedEntry): boolean => { const { author, seq } = contract.Entry.decode(one.bytes); return seq <= (have[author]?.seq ?? 0); };
    return { author: land, heads: { [land]: { seq: 9, hash: hex('9') } }, entries: held.filter((one) => !known(one)), mark: 12, ...(partial ? { partial } : {}) };
  },
  async pullAsides(_from, id, item, names) {
    if (item === 'secret') throw new HubError('NOT_PERMITTED_TO_PULL', { service: 'intake', names: names.join(), folder: id });
    return [{ name: names[0] ?? '', bytes: new Uint8Array([1, 2, 3]) }];
  },
  async seal(_from, author, page) { return { author: land, sealed: [author], shown: [{ folder, heads: [{ seq: 1, hash: hex('a') }, { seq: 1, hash: hex('b') }] }], next: page === '' ? 'page-2' : '', mark: 5 }; },
};

let server: GrpcServer;
let peers: GrpcPeers;
let peer: Peer;
let address: string;

beforeAll(async () => {
  const party = { peerService, receive: async (updates: readonly FolderUpdate[]) => { received.push(...updates); } };
  server = grpcServer({
    services: [folderExchangeService(new Map([['land', party]]))], access: () => undefined, port: 0,
    health: { readiness: () => ({ ok: true }), onChange: () => () => {} }, log: { error: () => {} },
  });
  address = `127.0.0.1:${await server.start()}`;
  peers = grpcPeers((service) => service === 'nobody' ? undefined : service === 'gone' ? '127.0.0.1:1' : address);
  peer = peers.to('land');
});
afterAll(async () => { peers.close(); await server.stop(100); });
beforeEach(() => { asked.length = 0; received.length = 0; held = []; partial = false; });

test('hello: who, how far, and what was seen of the caller', async () => {
  expect(await peer.hello({ author: intake, mark: 4 }, 1_000)).toEqual({ author: land, mark: 7, seen: { author: intake, commit: 3 }, now: 1_765_000_000_123 });
  expect((await peer.hello({ author: intake, mark: 0 }, 1_000)).seen).toBeUndefined();
  expect(asked).toEqual([{ author: intake, mark: 4 }, { author: intake, mark: 0 }]);
});

test('heads, in the order asked', async () => {
  const folders = [hex('b'), hex('a')];
  expect(await peer.heads(intake, folders, 1_000)).toEqual({ author: land, folders: folders.map((id) => ({ folder: id, heads: { [land]: { seq: 2, hash: hex(id) } } })) });
});

test('pull gives bytes and proofs as they are', async () => {
  held = [entry(land, 1, false), entry(land, 2, true), entry(intake, 1, true)];
  const have = { [intake]: headOf(entry(intake, 1, true)) };
  const pulled = await peer.pull(intake, folder, have, 1_000);
  expect(pulled).toMatchObject({ author: land, heads: { [land]: { seq: 9, hash: hex('9') } }, mark: 12 });
  expect(pulled.entries.map(shown)).toEqual(held.slice(0, 2).map(shown));
  expect(asked).toEqual([have]);
});

test.each([true, false])('whether the heads acknowledge (%s: they do not) comes along with a pull, and with the reply to a push', async (told) => {
  partial = told;
  expect((await peer.pull(intake, folder, {}, 1_000)).partial).toBe(told ? true : undefined);
  const client = grpcClient(contract.FolderExchangeService, address, { service: intake });
  const { replies } = await client.push({ service: 'land', updates: [{ folder, fromAuthor: intake, heads: [], entries: [], wantsReply: true }] });
  expect(replies.map((one) => [one.partial === true, one.mark])).toEqual([[told, 12]]);
  client.close();
});

test('a pull above one message comes in pages that end on proofs', async () => {
  held = Array.from({ length: 200 }, (_, i) => entry(land, i + 1, (i + 1) % 5 === 0, 60_000));
  const pulled = await peer.pull(intake, folder, {}, 10_000);
  expect(pulled.entries.map(shown)).toEqual(held.map(shown));
  expect(asked.length).toBeGreaterThan(2);
  for (const have of asked.slice(1) as Record<string, { seq: number; hash: string }>[]) {
    const { seq, hash } = have[land] ?? { seq: 0, hash: '' };
    expect(seq % 5).toBe(0);
    expect(hash).toBe(headOf(held[seq - 1] ?? entry(land, 1, true)).hash);
  }
});

test('asides, seals and their pages', async () => {
  const [aside] = await peer.pullAsides(intake, folder, 'leg', ['applicant'], 1_000);
  expect([aside?.name, [...aside?.bytes ?? []]]).toEqual(['applicant', [1, 2, 3]]);
  expect(await peer.seal(intake, intake, '', 1_000)).toEqual({ author: land, sealed: [intake], shown: [{ folder, heads: [{ seq: 1, hash: hex('a') }, { seq: 1, hash: hex('b') }] }], next: 'page-2', mark: 5 });
  expect((await peer.seal(intake, intake, 'page-2', 1_000)).next).toBe('');
});

test('errors come back as they were thrown', async () => {
  await expect(peer.pullAsides(intake, folder, 'secret', ['applicant'], 1_000)).rejects.toMatchObject({ code: 'NOT_PERMITTED_TO_PULL', meta: { service: 'intake', names: 'applicant', folder } });
  await expect(peers.to('tax').heads(intake, [folder], 1_000)).rejects.toMatchObject({ code: 'UNKNOWN_SERVICE', meta: { service: 'tax' }, field: 'service' });
  await expect(peers.to('gone').heads(intake, [folder], 2_000)).rejects.toMatchObject({ code: 'PEER_UNREACHABLE' });
  expect(() => peers.to('nobody')).toThrow(HubError);
});

test('nobody speaks for another incarnation', async () => {
  const client = grpcClient(contract.FolderExchangeService, address, { service: intake });
  await expect(client.heads({ service: 'land', author: land, folders: [folder] })).rejects.toMatchObject({ reason: 'CALLER_NOT_ALLOWED', field: 'author' });
  await expect(client.heads({ service: 'land', author: 'someone', folders: [folder] })).rejects.toMatchObject({ reason: 'MALFORMED_MESSAGE', field: 'author' });
  await expect(client.push({ service: 'land', updates: [{ folder, fromAuthor: land, heads: [], entries: [], wantsReply: false }] })).rejects.toBeInstanceOf(CallError);
  expect([...asked, ...received]).toEqual([]);
});

test('push: what can be read is received, who wants a reply gets what it lacks', async () => {
  held = [entry(land, 1, true)];
  const client = grpcClient(contract.FolderExchangeService, address, { service: intake });
  const update = { folder, fromAuthor: intake, heads: [], entries: [{ entry: entry(intake, 1, true).bytes, proof: { $case: 'signature' as const, value: { keyId: 'key', signature: new Uint8Array(64).fill(1), path: new Uint8Array(33).fill(1) } } }], wantsReply: true };
  const pushed = await client.push({ service: 'land', updates: [update, { ...update, folder: 'no id' }] });
  expect(pushed).toMatchObject({ replies: [{ folder, fromAuthor: land }], rejections: [{ folder: 'no id', reason: contract.RejectionReason.UNDECODABLE }] });
  expect(pushed.replies[0]?.entries.map(({ entry: bytes }) => Buffer.compare(bytes, held[0]?.bytes ?? Buffer.of()))).toEqual([0]);
  expect(received).toMatchObject([{ folder, sender: intake, wantsReply: true }]);
  expect(received[0]?.entries.map(shown)).toEqual([shown(entry(intake, 1, true))]);
  const answers = [];
  for await (const answer of client.streamPush([{ service: 'land', updates: [update] }, { service: 'land', updates: [{ ...update, wantsReply: false }] }])) answers.push(answer.replies.length);
  expect(answers).toEqual([1, 0]);
});

test('an introduction shows both sides the certificates of the other; what cannot be read is passed over', async () => {
  const learned = { here: [] as unknown[], there: [] as unknown[] };
  const trust = (name: 'here' | 'there', ...known: object[]) => ({ certificates: () => known, learn: (one: unknown) => { learned[name].push(one); return true; } });
  const party = { peerService, receive: async () => {} };
  const other = grpcServer({
    services: [folderExchangeService(new Map([['land', party]]), trust('there', { author: land }, { author: 'postal~0000000000000001' }))], access: () => undefined, port: 0,
    health: { readiness: () => ({ ok: true }), onChange: () => () => {} }, log: { error: () => {} },
  });
  const at = `127.0.0.1:${await other.start()}`, introduced = grpcPeers(() => at, trust('here', { author: intake }));
  try {
    await introduced.to('land').hello({ author: intake, mark: 1 }, 5_000);
    expect(learned).toEqual({ there: [{ author: intake }], here: [{ author: land }, { author: 'postal~0000000000000001' }] });
    const client = grpcClient(contract.FolderExchangeService, at);
    const caller = contract.ServiceIdentity.fromPartial({ service: 'intake', author: intake, rootCertificates: [Buffer.from('no JSON'), Buffer.alloc(70_000, 32), Buffer.from('{"author":"x"}')] });
    await client.hello({ service: 'land', caller }, { service: intake });
    client.close();
    expect(learned.there.slice(1)).toEqual([{ author: 'x' }]);
  } finally {
    introduced.close();
    await other.stop(100);
  }
});

test('a process says over gRPC whether it may be given work; one that is gone does not', async () => {
  expect(await isServing(address, 5_000)).toBe(true);
  expect(await isServing('127.0.0.1:1', 1_000)).toBe(false);
});

test('what one instance cannot take is tried at another', async () => {
  const several = grpcPeers(() => `127.0.0.1:1,${address}`);
  try {
    for (let n = 0; n < 4; n++) expect((await several.to('land').hello({ author: intake, mark: 1 }, 10_000)).author).toBe(land);
  } finally {
    several.close();
  }
});
