/** The catalogue as an office uses it: the command beside a running hub, and what the hub then answers. */
import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { reference as pb } from '@lienthong/contract';
import { catalogueCommand, UsageError } from '@lienthong/operator';
import { loadReference, releasedData } from '@lienthong/reference-data';
import { grpcClient } from '@lienthong/rpc-grpc';
import type { GrpcClient } from '@lienthong/rpc-grpc';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { hubOfTest } from './hub-of-test.ts';
import type { HubOfTest } from './hub-of-test.ts';

const program = fileURLToPath(new URL('../../libs/operator/src/main.ts', import.meta.url));
/** Longest wait until a running hub takes an import, in milliseconds; it looks every two seconds. */
const takenMs = 30_000;
const ON = '2026-11-28';

let hub: HubOfTest, client: GrpcClient<typeof pb.ReferenceService>, folder: string;
beforeAll(async () => {
  hub = await hubOfTest();
  client = grpcClient(pb.ReferenceService, hub.address);
  folder = await mkdtemp(join(tmpdir(), 'lienthong-catalogue-'));
});
afterAll(async () => {
  client.close();
  await hub.stop();
  await rm(folder, { recursive: true, force: true });
});

type Answer = { readonly code: number | null; readonly out: string; readonly error: string };

function lienthong(...args: readonly string[]): Promise<Answer> {
  const child = spawn(process.execPath, [program, 'catalogue', ...args], { env: { PATH: process.env['PATH'] ?? '', LIENTHONG_DATA_DIR: hub.directory }, stdio: ['ignore', 'pipe', 'pipe'] });
  const told = { out: '', error: '' };
  child.stdout.on('data', (text) => { told.out += String(text); });
  child.stderr.on('data', (text) => { told.error += String(text); });
  return new Promise((resolve) => { child.once('close', (code) => { resolve({ code, ...told }); }); });
}

async function fileOf(name: string, content: string): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
}

const shown = async (procedure: string, date = ON): Promise<pb.GetProcedureResponse | null> => client.getProcedure({ procedure, date }).catch((error: { reason?: string }) => { if (error.reason !== 'UNKNOWN_PROCEDURE') throw error; return null; });

async function until<T>(read: () => Promise<T>, holds: (value: T) => boolean): Promise<T> {
  for (const end = Date.now() + takenMs; ;) {
    const value = await read();
    if (holds(value)) return value;
    if (Date.now() > end) throw new Error(`the hub did not take it in ${takenMs} ms`);
    await new Promise((resolve) => { setTimeout(resolve, 100); });
  }
}

test('check proves the catalogue and counts it', async () => {
  const { code, out } = await lienthong('check', '--json');
  expect(code).toBe(0);
  expect(JSON.parse(out)).toMatchObject({ rules: loadReference().digest, findings: [], procedures: 119, typed: 109, default: 10, own: 0 });
});

test('a contradiction of the source is shown with its decision, by the command and by gRPC', async () => {
  const { code, out } = await lienthong('show', '1.012784', '--on', ON, '--json');
  const answer = (await shown('1.012784'))!;
  expect(code).toBe(0);
  expect(JSON.parse(out).procedure.facts.decisions[0]).toMatchObject({ field: 'limit', published: 'counter 22 working day; online 12 working day; post 12 working day', decided: '12wd', on: '2026-11-28' });
  expect(answer.procedure?.decisions[0]).toMatchObject({ field: 'limit', decided: '12wd', date: '2026-11-28', reason: expect.stringContaining('remote communes') });
  expect(answer.procedure?.flags.find(({ flag }) => flag === 'time-differs-by-channel')).toMatchObject({ text: { vi: expect.stringMatching(/./) } });
  expect(answer.procedure?.waits).toMatchObject([{ cause: pb.WaitCause.EXTENSION, span: '10d' }]);
  expect(answer).toMatchObject({ rules: loadReference().digest, procedure: { accountableRole: 'land-registration', defaultRoute: false } });
});

test('silence that is consent and limits of cases go over the wire', async () => {
  const { procedure } = (await shown('1.013229'))!;
  expect(procedure?.caseLimits).toMatchObject([{ case: 'house', limit: '15d' }]);
  expect(procedure?.legs.map(({ name, consultations }) => [name, consultations.map(({ role, silenceIsConsent }) => [role, silenceIsConsent])])).toEqual([['permit-house', []], ['permit-works', [['department-construction', true]]]]);
});

describe('the institution map', () => {
  test('comes page by page, whole and each entry once', async () => {
    const entries: pb.MapEntry[] = [];
    for (let pageToken = '', pages = 0; pages === 0 || pageToken !== ''; pages++) {
      const answer = await client.listInstitutionMap(pb.ListInstitutionMapRequest.fromPartial({ date: ON, pageSize: 400, pageToken }));
      entries.push(...answer.entries);
      pageToken = answer.nextPageToken;
    }
    const printed = JSON.parse((await lienthong('map', '--on', ON, '--json')).out);
    expect(entries.map(({ procedure, name, value }) => [procedure, name, value]).sort()).toEqual(printed.entries.map((one: pb.MapEntry) => [one.procedure, one.name, one.value]).sort());
    expect(printed.outOfForce.length).toBeGreaterThan(0);
    expect(printed.withoutBasis.length).toBe(entries.filter(({ basis }) => basis === pb.MapBasis.NONE || basis === pb.MapBasis.ENDED).length);
  });

  test('names the office for an area, and only what is asked for', async () => {
    const { entries } = await client.listInstitutionMap(pb.ListInstitutionMapRequest.fromPartial({ date: ON, procedure: '1.013831', area: '20900', basis: pb.MapBasis.IN_FORCE }));
    expect(entries.find(({ element, name }) => element === pb.MapElement.LEG && name === 'tax-notice')).toMatchObject({ office: 'tax-515-202507', role: 'tax', acts: expect.arrayContaining([expect.objectContaining({ number: '151/2025/NĐ-CP', standing: pb.ActStanding.IN_FORCE, validFrom: '2025-07-01' })]) });
    expect(entries.every(({ procedure, basis }) => procedure === '1.013831' && basis === pb.MapBasis.IN_FORCE)).toBe(true);
  });

  test.each([
    ['a procedure that nobody knows', { procedure: '9.999999' }, 'UNKNOWN_PROCEDURE'], ['an area that nobody knows', { area: '00000' }, 'UNKNOWN_AREA'], ['a page that is too large', { pageSize: 501 }, 'FIELD_INVALID'],
  ])('refuses %s', async (_what, request, reason) => {
    await expect(client.listInstitutionMap(pb.ListInstitutionMapRequest.fromPartial(request))).rejects.toMatchObject({ reason });
  });
});

describe('the list of an office, brought beside a running hub', () => {
  const list = JSON.stringify({ result: [
    { MATTHC: '1.900001', TENTTHC: 'Cấp giấy phép biểu diễn', COQUANTHUCHIEN: [{ TENDONVI: 'Sở Văn hóa, Thể thao và Du lịch' }], CACHTHUCTHUCHIEN: [{ KENH: 1, THOIGIAN: [{ THOIGIANGIAIQUYET: 5, DONVITINH: 'Ngày làm việc' }] }] },
    { MATTHC: '1.900002', TENTTHC: 'Không có đơn vị', COQUANTHUCHIEN: [{ TENDONVI: 'Công an cấp xã' }], CACHTHUCTHUCHIEN: [{ KENH: 1, THOIGIAN: [{ THOIGIANGIAIQUYET: 5, DONVITINH: '' }] }] },
  ] }, null, 1);

  test('is in force within seconds with the default route; the bad row is told; twice is once', async () => {
    const file = await fileOf('list.json', list);
    const dry = await lienthong('import', '--file', file, '--from', '2026-01-01', '--dry-run', '--json');
    expect(JSON.parse(dry.out)).toMatchObject({ added: ['1.900001'], dryRun: true });
    expect(await shown('1.900001')).toBeNull();
    const first = await lienthong('import', '--file', file, '--from', '2026-01-01', '--json');
    expect([first.code, JSON.parse(first.out)]).toMatchObject([1, { added: ['1.900001'], problems: [{ code: '1.900002', field: 'ThoiGian', line: list.split('\n').findIndex((one) => one.includes('1.900002')) }] }]);
    const { procedure, rules } = (await until(() => shown('1.900001'), (one) => one !== null))!;
    expect(procedure).toMatchObject({ defaultRoute: true, legs: [{ role: 'department-culture', limit: '5wd' }], accountableRole: 'department-culture' });
    expect(rules).toBe(JSON.parse(first.out).rules);
    expect(JSON.parse((await lienthong('import', '--file', file, '--from', '2026-03-01', '--json')).out)).toMatchObject({ added: [], changed: [], unchanged: ['1.900001'], rules });
  });

  test('what the province decides holds by date, and the states can be compared', async () => {
    const before = (await shown('1.013227'))!;
    const file = await fileOf('rules.csv', 'MaTTHC,VanBan,TuNgay,ThoiGian,TenPhi,Phi\n1.013227,01/2026/NQ-HĐND,2026-03-01,3 ngày làm việc,Lệ phí gia hạn giấy phép xây dựng,15000\n');
    expect((await lienthong('import', '--rules', '--file', file)).code).toBe(0);
    const after = (await until(() => shown('1.013227'), (one) => one?.rules !== before.rules))!;
    expect([before.procedure?.fees, before.procedure?.limits[0]?.limit]).toEqual([[], '5wd']);
    expect(after.procedure).toMatchObject({ limits: [{ limit: '3wd' }, { limit: '3wd' }, { limit: '3wd' }], fees: [{ amounts: [{ amount: 15_000 }, { amount: 15_000 }, { amount: 15_000 }], source: { act: '01/2026/NQ-HĐND' } }] });
    expect((await shown('1.013227', '2026-02-28'))!.procedure?.limits[0]?.limit).toBe('5wd');
    const { code, out } = await lienthong('diff', before.rules.slice(0, 16), after.rules.slice(0, 16), '--json');
    expect([code, JSON.parse(out)]).toMatchObject([1, { added: [], removed: [], changed: [{ record: '1.013227@2025-07-01', changes: [{ field: 'local', before: null }] }] }]);
  });

  test('damaged, it does not hold the hub up: the last good state answers', async () => {
    const path = join(hub.directory, 'reference', 'catalogue.json');
    const good = await readFile(path, 'utf8');
    await writeFile(path, good.slice(0, good.length / 2));
    await new Promise((resolve) => { setTimeout(resolve, 3_000); });
    expect((await shown('1.900001'))?.procedure?.procedure).toBe('1.900001');
    await writeFile(path, good);
  });
});

test.each([
  [['show'], 2, 'the code is missing'], [['show', '9.999999'], 1, 'no procedure 9.999999'], [['fly'], 2, 'one is needed of'], [['import'], 2, '--file is missing'], [['map', '--area', '00000'], 2, 'no area 00000'], [['show', '1.013831', '--on', 'today'], 2, 'YYYY-MM-DD'], [['show', '1.013831', '--on', '2026-02-30'], 2, 'YYYY-MM-DD'],
  [['diff', 'released'], 2, 'two states'], [['diff', 'released', 'ffffffff'], 2, 'no state ffffffff'],
])('lienthong catalogue %j says what is wrong', async (args, code, told) => {
  vi.stubEnv('LIENTHONG_DATA_DIR', hub.directory);
  const printed = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  const answer = await catalogueCommand.run(args).then((found) => [found, printed.mock.calls.join('')], (error: Error) => [error instanceof UsageError ? 2 : -1, error.message]);
  expect(answer).toEqual([code, expect.stringContaining(told)]);
});
afterEach(() => { vi.unstubAllEnvs(); vi.restoreAllMocks(); });

test('two lists as published are compared row by row', async () => {
  const old = join(releasedData, 'national/procedures.csv');
  const newer = await fileOf('procedures.csv', (await readFile(old, 'utf8')).replace('1.012693,', '1.012694,').replace('Split or merge parcels', 'Split parcels'));
  const { code, out } = await lienthong('diff', old, newer, '--json');
  expect([code, JSON.parse(out)]).toMatchObject([1, { changed: [{ record: '1.012784', changes: [{ field: 'short_name', before: '"Split or merge parcels"', after: '"Split parcels"' }] }] }]);
});
