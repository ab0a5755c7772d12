/**
 * What the adapter costs over bare grpc-js: a unary echo of 1.5 kB request and 500 B reply, server and client each in an own process.
 * `node overhead.ts [seconds per round] [calls in flight] [rounds]` prints one line of JSON.
 */
import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { Server, ServerCredentials } from '@grpc/grpc-js';
import type { handleUnaryCall } from '@grpc/grpc-js';
import { dossier } from '@lienthong/contract';
import type { AnyRpcService } from '@lienthong/kernel';
import { grpcClient, grpcServer } from '../src/index.ts';

type Text = dossier.LocalizedText;
type Mode = 'bare' | 'hub';
const { LocalizedText } = dossier;
const definition = {
  say: {
    path: '/lienthong.test.v1.Echo/Say', requestStream: false as const, responseStream: false as const,
    requestSerialize: (value: Text) => Buffer.from(LocalizedText.encode(value).finish()), requestDeserialize: (bytes: Buffer) => LocalizedText.decode(bytes),
    responseSerialize: (value: Text) => Buffer.from(LocalizedText.encode(value).finish()), responseDeserialize: (bytes: Buffer) => LocalizedText.decode(bytes),
  },
};
const request: Text = { vi: 'x'.repeat(1_400), en: 'y'.repeat(90) };
const reply: Text = { vi: 'x'.repeat(400), en: 'y'.repeat(90) };

const bareServer = (): Promise<number> => new Promise((resolve, reject) => {
  const server = new Server({ 'grpc.enable_channelz': 0 });
  const say: handleUnaryCall<Text, Text> = (_call, callback) => callback(null, reply);
  server.addService(definition, { say });
  server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, port) => error === null ? resolve(port) : reject(error));
});

function hubServer(): Promise<number> {
  const known = new Set(['land-1']);
  const services: AnyRpcService[] = [{ definition, handlers: { say: async () => reply } }];
  const access = (_method: string, { office }: { office: string }) => { if (!known.has(office)) throw new Error(office); return undefined; };
  return grpcServer({ services, access, port: 0, health: { readiness: () => ({ ok: true }), onChange: () => () => {} }, log: console }).start();
}

/** Calls per second, and CPU of the server in ms per 1,000 calls. */
async function load(port: number, seconds: number, inFlight: number): Promise<number> {
  const client = grpcClient(definition, `127.0.0.1:${port}`, { office: 'land-1', officer: 'an' });
  const until = Date.now() + seconds * 1_000;
  let calls = 0;
  const run = async (): Promise<void> => { while (Date.now() < until) { await client.say(request); calls++; } };
  await Promise.all(Array.from({ length: inFlight }, run));
  client.close();
  return calls / seconds;
}

type Round = { readonly per_s: number; readonly cpu_ms_per_1000: number };

async function round(mode: Mode, seconds: number, inFlight: number): Promise<Round> {
  const server = fork(fileURLToPath(import.meta.url), ['serve', mode]);
  const port = (await messageOf(server)) as number;
  await inOwnProcess(port, 1, inFlight);
  const before = await ask(server);
  const perSecond = await inOwnProcess(port, seconds, inFlight);
  const cpu = (await ask(server)) - before;
  server.kill();
  return { per_s: Math.round(perSecond), cpu_ms_per_1000: Math.round(cpu / perSecond / seconds * 1_000 * 100) / 100 };
}

async function inOwnProcess(port: number, seconds: number, inFlight: number): Promise<number> {
  return (await messageOf(fork(fileURLToPath(import.meta.url), ['load', String(port), String(seconds), String(inFlight)]))) as number;
}

const messageOf = async (child: ChildProcess): Promise<unknown> => ((await once(child, 'message')) as [unknown])[0];
async function ask(server: ChildProcess): Promise<number> {
  server.send("cpu");
  return (await messageOf(server)) as number;
}

const [, , first = '3', second = '64', third = '3', fourth = '0'] = process.argv;
if (first === 'serve') {
  process.on('message', () => { const { user, system } = process.cpuUsage(); process.send?.((user + system) / 1_000); });
  process.send?.(await (second === 'bare' ? bareServer() : hubServer()));
} else if (first === 'load') {
  process.send?.(await load(Number(second), Number(third), Number(fourth)));
  process.disconnect?.();
} else {
  const rounds: Record<Mode, Round[]> = { bare: [], hub: [] };
  for (let i = 0; i < Number(third); i++) for (const mode of ['bare', 'hub'] as const) rounds[mode].push(await round(mode, Number(first), Number(second)));
  const best = (mode: Mode): Round => rounds[mode].reduce((a, b) => (a.cpu_ms_per_1000 < b.cpu_ms_per_1000 ? a : b));
  const [bare, hub] = [best('bare'), best('hub')];
  console.log(JSON.stringify({ bare, hub, overhead: Math.round((hub.cpu_ms_per_1000 / bare.cpu_ms_per_1000 - 1) * 1_000) / 1_000, rounds }));
}
