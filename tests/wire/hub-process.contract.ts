/** The hub as a process: how it starts, what it says when it cannot, how it ends and goes on. */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, open, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { dossier, intake, operator } from '@lienthong/contract';
import { grpcClient } from '@lienthong/rpc-grpc';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';

const program = fileURLToPath(new URL('../../deploy/embedded/src/main.ts', import.meta.url));
/** Longest start on a busy machine, in milliseconds. */
const startMs = 30_000;

type Running = { readonly child: ChildProcess; readonly lines: readonly string[]; readonly grpc: string; readonly http: string };
type Ended = { readonly code: number | null; readonly stdout: string; readonly stderr: string };

let directory: string;
const children: ChildProcess[] = [];
beforeAll(async () => { directory = await mkdtemp(join(tmpdir(), 'lienthong-process-')); });
afterAll(() => rm(directory, { recursive: true, force: true }));
afterEach(async () => { for (const child of children.splice(0)) if (child.exitCode === null && child.signalCode === null) { child.kill('SIGKILL'); await once(child, 'exit'); } });

function launch(data: string, more: Readonly<Record<string, string>> = {}): ChildProcess {
  const env = { PATH: process.env['PATH'] ?? '', NODE_COMPILE_CACHE: process.env['NODE_COMPILE_CACHE'] ?? join(tmpdir(), 'lienthong-compiled'), LIENTHONG_HTTP_PORT: '0', LIENTHONG_GRPC_PORT: '0', LIENTHONG_DATA_DIR: data, LIENTHONG_LOG_LEVEL: 'error', ...more };
  const child = spawn(process.execPath, [program], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  children.push(child);
  return child;
}

async function running(data: string): Promise<Running> {
  const child = launch(data);
  const lines: string[] = [];
  const late = setTimeout(() => child.kill('SIGKILL'), startMs);
  for await (const line of createInterface({ input: child.stdout! })) {
    lines.push(line);
    if (line.includes('Ctrl+C')) break;
  }
  clearTimeout(late);
  const text = lines.join('\n');
  return { child, lines, grpc: /gRPC +(\S+)/.exec(text)?.[1] ?? '', http: /(http:\S+)/.exec(text)?.[1] ?? '' };
}

async function ended(child: ChildProcess): Promise<Ended> {
  let stdout = '';
  let stderr = '';
  child.stdout?.on('data', (text) => { stdout += String(text); });
  child.stderr?.on('data', (text) => { stderr += String(text); });
  const [code] = await once(child, 'close') as [number | null];
  return { code, stdout, stderr };
}

async function submit(address: string, requestId: string): Promise<intake.SubmitDossierResponse> {
  const client = grpcClient(intake.IntakeService, address, { office: 'counter-20410-202507', officer: 'an' });
  const mother = dossier.Citizen.fromPartial({ fullName: 'Nguyễn Thị Hoài', identityKind: dossier.IdentityKind.PERSONAL_NUMBER, identityNumber: '049195000017', address: 'Hội An, Đà Nẵng' });
  const child = dossier.Newborn.fromPartial({ birthDate: '2026-10-01', sex: dossier.Sex.FEMALE, birthNoticeNumber: 'GCS-1', birthPlace: 'Bệnh viện Đa khoa Hội An', mother });
  const submission = intake.Submission.fromPartial({
    procedure: '1.001193', case: 'ordinary', channel: dossier.Channel.COUNTER, applicant: { party: { $case: 'newborn', value: child } }, contact: { phone: '0905123456' }, areas: { subject: '20410', residence: '20410' },
    declaration: { child_name: 'An Nhiên' }, rehearsal: { startTime: new Date('2026-10-05T08:10:00+07:00') },
    documents: ['application-form', 'birth-notice'].map((document) => ({ document, origin: { $case: 'presented' as const, value: {} } })),
  });
  try {
    return await client.submitDossier(intake.SubmitDossierRequest.fromPartial({ requestId, submission }));
  } finally {
    client.close();
  }
}

test('it starts, says where to go next, answers health on both ports, and stops cleanly', async () => {
  const hub = await running(join(directory, 'plain'));
  expect(hub.lines.join('\n')).toMatch(/sẵn sàng[^]*ready[^]*npm run --silent lienthong -- demo/);
  for (const path of ['live', 'ready']) expect((await fetch(`${hub.http}/health/${path}`)).status).toBe(200);
  const client = grpcClient(operator.OperatorService, hub.grpc);
  const { services } = await client.getStatus({});
  client.close();
  expect(services.length).toBeGreaterThan(0);
  expect(services.every(({ state }) => state === operator.ServiceState.READY)).toBe(true);
  const end = ended(hub.child);
  hub.child.kill('SIGTERM');
  expect(await end).toMatchObject({ code: 0, stderr: '' });
});

test('what was acknowledged before SIGKILL is there afterwards, and a repeat gets the same answer', async () => {
  const data = join(directory, 'killed');
  const first = await running(data);
  const before = await submit(first.grpc, 'once');
  first.child.kill('SIGKILL');
  await once(first.child, 'exit');
  const second = await running(data);
  const again = await submit(second.grpc, 'once');
  expect(intake.SubmitDossierResponse.toJSON(again)).toEqual(intake.SubmitDossierResponse.toJSON(before));
});

describe('it does not start, says why and what to do, without a stack', () => {
  const refusal = async (data: string, more: Readonly<Record<string, string>> = {}): Promise<string> => {
    const { code, stdout, stderr } = await ended(launch(data, more));
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).not.toMatch(/^\s+at /m);
    return stderr;
  };

  test.each(['LIENTHONG_HTTP_PORT', 'LIENTHONG_GRPC_PORT'])('when the port of %s is taken', async (variable) => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    const text = await refusal(join(directory, 'ports'), { [variable]: String(port) });
    other.close();
    expect(text).toContain(`127.0.0.1:${port}`);
    expect(text).toContain(variable);
  });

  test('when another hub has the directory', async () => {
    const data = join(directory, 'busy');
    await running(data);
    const text = await refusal(data);
    expect(text).toMatch(/STORE_BUSY .*hub\.db/);
    expect(text).toContain('LIENTHONG_DATA_DIR');
  });

  test.each([
    ['truncated', async (file: string) => { const handle = await open(file, 'r+'); await handle.truncate(Math.floor((await stat(file)).size / 2)); await handle.close(); }],
    ['overwritten', async (file: string) => { const bytes = await readFile(file); bytes.fill(0x5a, 0, 4_096); await writeFile(file, bytes); }],
  ] as const)('when the store is %s', async (what, damage) => {
    const data = join(directory, what);
    const hub = await running(data);
    await submit(hub.grpc, 'once');
    const end = ended(hub.child);
    hub.child.kill('SIGTERM');
    await end;
    await damage(join(data, 'store', 'hub.db'));
    const text = await refusal(data);
    expect(text).toMatch(/STORE_DAMAGED .*hub\.db/);
    expect(text).toContain('lienthong restore');
  });

  test('when a setting is wrong', async () => {
    const text = await refusal(join(directory, 'settings'), { LIENTHONG_GRPC_PORT: 'fifty', LIENTHONG_HTPP_PORT: '1' });
    expect(text).toContain('LIENTHONG_GRPC_PORT');
    expect(text).toContain('LIENTHONG_HTPP_PORT');
  });
});
