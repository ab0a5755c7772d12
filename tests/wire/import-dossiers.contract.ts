/** Open dossiers of another system, and papers taken in an announced outage: the command beside a running hub, and what the counter and the offices then have. */
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { agency, dossier as pb, intake, operator, oversight, payments } from '@lienthong/contract';
import { hubClient } from '@lienthong/journeys';
import type { HubClient } from '@lienthong/journeys';
import { releasedData } from '@lienthong/reference-data';
import { grpcClient } from '@lienthong/rpc-grpc';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { bringTable, outcomes } from './brought-table.ts';
import type { BroughtTable } from './brought-table.ts';
import { hubOfTest } from './hub-of-test.ts';
import type { HubOfTest } from './hub-of-test.ts';
import { workbook } from './workbook.ts';

const counter = 'counter-20410-202507', social = 'social-20410-202507', atCounter = { office: counter, officer: 'an' };
/** Entries reach the others and calendars are looked at within seconds; a busy machine takes its time. */
const takenMs = 60_000;
vi.setConfig({ testTimeout: 300_000 });

let hub: HubOfTest, client: HubClient, folder: string;
beforeAll(async () => { hub = await hubOfTest(); client = hubClient(hub.address); folder = await mkdtemp(join(tmpdir(), 'lienthong-import-')); });
afterAll(async () => { client.close(); await hub.stop(); await rm(folder, { recursive: true, force: true }); });

const bring = (name: string, content: string | Buffer, ...more: string[]): Promise<BroughtTable> => bringTable(hub, folder, 'dossiers', name, content, ...more);
const listed = async (earlierCode: string): Promise<intake.DossierSummary[]> => (await client.intake.listDossiers(intake.ListDossiersRequest.fromPartial({ earlierCode }), atCounter)).dossiers;
const dueOf = ({ said }: BroughtTable): string[] => said.lines.map((one) => `${one.key} ${one.due?.slice(0, 16) ?? ''}`);

const header = 'code,system,procedure,case,counter,area,applicant_number,applicant_name,received_time,done,waits,outage,leg_since';
const who = `${counter},20410,049150001111,Trần Thị Tư`;
const sound = [
  `CU-001,Một cửa cũ,1.010833,standard,${who},2026-11-09T08:00,,,`,
  `CU-002,Một cửa cũ,1.010833,standard,${who},2026-11-09 08:00,verification,2026-11-11T08:00/2026-11-13T08:00 supplement phiếu 12,,2026-11-13T08:00`,
];
/** Each with the field that it is refused for. */
const bad: readonly (readonly [line: string, field: string])[] = [
  [`CU-001,Một cửa cũ,1.010833,standard,${who},2026-11-10T08:00,,,`, 'code'], [`CU-011,,1.010833,standard,${who},2026-11-09T08:00,,,`, 'system'], [`CU-012,Một cửa cũ,1.010833,standard,${who},2026-11-31T08:00,,,`, 'received_time'],
  [`CU-013,Một cửa cũ,1.010833,standard,${counter},20410,12345,Ai Đó,2026-11-09T08:00,,,`, 'applicant_number'], [`CU-014,Một cửa cũ,1.010833,standard,${who},2026-11-09T08:00,,2026-11-11T08:00/2026-11-13T08:00 holiday,`, 'waits'],
  [`CU-015,Một cửa cũ,1.010833,standard,${who},2199-11-09T08:00,,,`, 'earlier.received_time'], [`CU-016,Một cửa cũ,9.999999,standard,${who},2026-11-09T08:00,,,`, 'procedure'], [`CU-017,Một cửa cũ,1.010833,standard,nowhere,20410,049150001111,Trần Thị Tư,2026-11-09T08:00,,,`, 'office'],
  [`CU-018,Một cửa cũ,1.010833,standard,${who},2026-11-09T08:00,decision,,`, 'earlier.done'], [`CU-019,Một cửa cũ,1.010833,standard,${who},2026-11-09T08:00,,2026-11-01T08:00/2026-11-13T08:00 supplement,`, 'earlier.waits[0]'],
  [`CU-020,Một cửa cũ,1.010833,standard,${counter},20410,049150001111,Trần\u202E Thị Tư,2026-11-09T08:00,,,`, 'applicant_name'], [`CU-021,${'x'.repeat(5_000)},1.010833,standard,${who},2026-11-09T08:00,,,`, 'system'],
];
const table = [header, ...sound, ...bad.map(([line]) => line)].join('\n');
const refusals = bad.map(([line, field], n) => `${n + 4} ${line.slice(0, 6)} refused ${field}`);

test('a dry run judges each line and writes nothing', async () => {
  const dry = await bring('ho-so.csv', table, '--dry-run');
  expect([dry.code, dry.error, outcomes(dry)]).toEqual([1, '', ['2 CU-001 ready', '3 CU-002 ready', ...refusals]]);
  expect(dry.said.lines.filter((one) => one.outcome === 'refused').every((one) => one.problem !== '' && one.remedy !== '')).toBe(true);
  expect(dueOf(dry).slice(0, 2)).toEqual(['CU-001 2026-11-23T08:00', 'CU-002 2026-11-26T08:00']);
  expect([await listed('CU-001'), await listed('CU-002')]).toEqual([[], []]);
});

test('an address that fills pages is refused', async () => {
  const dry = await bring('ho-so.csv', `${header},address\nCU-022,Một cửa cũ,1.010833,standard,${who},2026-11-09T08:00,,,,,${'x'.repeat(501)}`, '--dry-run');
  expect(outcomes(dry)).toEqual(['2 CU-022 refused submission.contact.postal_address']);
});

test('they keep their codes and their clocks; twice is once', async () => {
  const half = await bring('ho-so.csv', [header, sound[0]].join('\n')), first = await bring('ho-so.csv', table), again = await bring('ho-so.csv', table);
  expect([half.code, first.code, outcomes(first)]).toEqual([0, 1, ['2 CU-001 loaded', '3 CU-002 loaded', ...refusals]]);
  expect([first.said.lines[0]!.code, again.said.lines]).toEqual([half.said.lines[0]!.code, first.said.lines]);
  const [one, ...others] = await listed('CU-002');
  expect([one!.code, one!.earlierCode, one!.receivedTime!.toISOString(), one!.dueTime!.toISOString(), others]).toEqual([first.said.lines[1]!.code, 'CU-002', '2026-11-09T01:00:00.000Z', '2026-11-26T01:00:00.000Z', []]);
  // By the code there as by the code here.
  const { status } = await client.intake.getDossier(intake.GetDossierRequest.fromPartial({ code: 'CU-002' }), atCounter);
  expect([status!.code, status!.earlierCode, status!.suspensions.length]).toEqual([one!.code, 'CU-002', 1]);
  await vi.waitFor(async () => expect((await client.operator.getCopies(operator.GetCopiesRequest.fromPartial({ code: 'CU-002' }))).equal).toBe(true), { timeout: takenMs, interval: 500 });
});

test('the office where it stood has it, and its time there is nobody\'s here', async () => {
  await vi.waitFor(async () => {
    const { legs } = await client.desk.listLegs(agency.ListLegsRequest.fromPartial({ pageSize: 50 }), { office: social, officer: 'an' });
    expect(legs.map((one) => one.leg?.name).sort()).toEqual(['decision', 'verification']);
    // Three working days since it had its turn there, though it is taken over only now.
    expect(legs.find((one) => one.leg?.name === 'decision')?.leg?.dueTime?.toISOString()).toBe('2026-11-18T01:00:00.000Z');
  }, { timeout: takenMs, interval: 500 });
  const board = grpcClient(oversight.OversightService, hub.address, atCounter);
  await vi.waitFor(async () => {
    const { intervals } = await board.getTimeline({ code: 'CU-002' });
    expect(intervals.slice(0, 3).map((each) => each.cause)).toEqual(['earlier-system', 'supplement', 'earlier-system']);
  }, { timeout: takenMs, interval: 500 }).finally(() => board.close());
});

test('a line that was changed is told, and no counter may date back', async () => {
  const changed = await bring('ho-so.csv', [header, sound[0]!.replace('11-09T08', '11-10T08')].join('\n'));
  expect([changed.code, outcomes(changed), (await listed('CU-001'))[0]!.receivedTime!.toISOString()]).toEqual([1, ['2 CU-001 refused request_id'], '2026-11-09T01:00:00.000Z']);
  await expect(client.intake.importDossier(intake.ImportDossierRequest.fromPartial({ requestId: 'x', office: counter }), atCounter)).rejects.toMatchObject({ reason: 'CALLER_NOT_ALLOWED' });
});

async function announceOutage(): Promise<void> {
  const file = JSON.parse(await readFile(join(releasedData, 'calendar.json'), 'utf8')) as Record<string, unknown>;
  await mkdir(join(hub.directory, 'reference'), { recursive: true });
  await writeFile(join(hub.directory, 'reference', 'calendar.json'), JSON.stringify({ ...file, outages: [{ id: 'SC-1', from: '2026-11-23T08:00:00+07:00', to: '2026-11-23T10:00:00+07:00', name: { vi: 'Sự cố', en: 'Outage' }, source: { act: 'Thông báo 1', status: 'read' } }] }));
}

test('papers of an announced outage count from when they were taken; where none covers the time they are refused', async () => {
  const row = (code: string, time: string, outage = 'SC-1'): string[] => [code, '', '1.001193', 'ordinary', counter, '20410', '049150001111', 'Trần Thị Tư', time, outage];
  const papers = workbook([['code', 'system', 'procedure', 'case', 'counter', 'area', 'applicant_number', 'applicant_name', 'received_time', 'outage'], row('P-1', '2026-11-23T09:00'), row('P-2', '2026-11-23T10:00'), row('P-3', '2026-11-23T09:30'), row('P-4', '2026-11-23T09:00', 'SC-9')]);
  const expected = (outcome: string): string[] => [`2 P-1 ${outcome}`, '3 P-2 refused submission.late_record.received_time', `4 P-3 ${outcome}`, '5 P-4 refused submission.late_record.outage'];
  const before = await bring('giay.xlsx', papers);
  expect(before.said.lines.map((one) => one.field)).toEqual(Array.from({ length: 4 }, () => 'submission.late_record.outage'));
  await announceOutage();
  await vi.waitFor(async () => expect(outcomes(await bring('giay.xlsx', papers, '--dry-run'))).toEqual(expected('ready')), { timeout: takenMs * 2, interval: 1_000 });
  const [first, again] = [await bring('giay.xlsx', papers), await bring('giay.xlsx', papers)];
  expect([first.code, outcomes(first), again.said.lines]).toEqual([1, expected('loaded'), first.said.lines]);
  // An hour of the day's work was lost; 24/11 is a day off.
  expect(dueOf(first)[0]).toBe('P-1 2026-11-25T10:00');
  const { status } = await client.intake.getDossier(intake.GetDossierRequest.fromPartial({ code: first.said.lines[0]!.code! }), atCounter);
  expect(status!.receivedTime!.toISOString()).toBe('2026-11-23T02:00:00.000Z');
});

test('what it waits for still goes on here: papers until they are delivered, consent until the office ends it', async () => {
  const columns = `${header},waiting,waiting_documents`, row = (code: string, waiting: string, papers = ''): string => `${code},Một cửa cũ,1.010833,standard,${who},2026-11-09T08:00,,,,,${waiting},${papers}`;
  const given = [columns, row('CU-101', '2026-11-13T08:00 supplement 61/2018/NĐ-CP', 'application-form'), row('CU-102', '2026-11-13T08:00 consent'), row('CU-103', '2026-11-13T08:00 payment'), row('CU-104', '2026-11-13T08:00 supplement', 'nothing'), row('CU-105', '2026-11-13T08:00 holiday')].join('\n');
  const loaded = await bring('cho.csv', given), again = await bring('cho.csv', given);
  expect([outcomes(loaded), again.said.lines]).toEqual([['2 CU-101 loaded', '3 CU-102 loaded', '4 CU-103 refused earlier.running.fee', '5 CU-104 refused earlier.running.documents', '6 CU-105 refused waiting'], loaded.said.lines]);
  const [papers, consent] = loaded.said.lines.map((one) => one.code!), look = (code: string): Promise<intake.GetDossierResponse> => client.intake.getDossier(intake.GetDossierRequest.fromPartial({ code }), atCounter);
  for (const code of [papers!, consent!]) await vi.waitFor(async () => expect((await look(code)).status!.dueTime).toBeUndefined(), { timeout: takenMs, interval: 500 });
  await vi.waitFor(async () => expect((await look(papers!)).supplementDocuments).toEqual(['application-form']), { timeout: takenMs, interval: 500 });
  await client.intake.deliverSupplement(intake.DeliverSupplementRequest.fromPartial({ requestId: 'papers', code: papers!, documents: [{ document: 'application-form', origin: { $case: 'presented', value: {} } }] }), atCounter);
  await client.desk.endWait(agency.EndWaitRequest.fromPartial({ requestId: 'agreed', code: consent!, leg: 'verification', outcome: agency.WaitOutcome.AGREED }), { office: social, officer: 'an' });
  for (const code of [papers!, consent!]) await vi.waitFor(async () => expect((await look(code)).status!.dueTime).toBeInstanceOf(Date), { timeout: takenMs, interval: 500 });
  const [suspension] = (await look(consent!)).status!.suspensions;
  expect(suspension!.startTime!.toISOString()).toBe('2026-11-13T01:00:00.000Z');
});

test('a payment, a posting and an opinion that were awaited there go on here, and nothing is asked for twice', async () => {
  const columns = `${header},waiting,waiting_office,waiting_fee,waiting_amount`, until = new Date(Date.now() + 20 * 86_400_000).toISOString().slice(0, 10);
  const row = (code: string, waiting: string, beside = ',,', [procedure, chosen, done]: readonly string[] = ['1.010833', 'standard', '']): string => `${code},Một cửa cũ,${procedure},${chosen},${who},2026-11-09T08:00,${done},,,,${waiting},${beside}`, land = ['1.013831', 'transfer', 'land-check'];
  const given = [
    columns, row('CU-201', '2026-11-13T08:00 payment', ',land-tax,2500000', land), row('CU-202', `2026-11-13T08:00/${until}T17:00 posting`), row('CU-203', `2026-11-13T08:00/${until}T17:00 consultation`, 'committee-20410-202507,,'), row('CU-204', '2026-11-13T08:00 payment', ',,5', land),
    row('CU-205', `2026-11-13T08:00/${until}T17:00 consultation`), row('CU-206', '2026-11-13T08:00 posting'), row('CU-207', '2026-11-13T08:00 payment', ',gift-tax,5', land), row('CU-208', `2026-11-13T08:00/${until}T17:00 consultation`, 'nobody,,'), row('CU-209', '2026-11-13T08:00 payment', ',land-tax,x', land),
    row('CU-210', '2026-11-13T08:00 payment', ',land-tax,0', land), row('CU-211', '2026-11-13T08:00 consent', 'committee-20410-202507,,'), row('CU-212', '2026-11-13T08:00/2199-01-05T17:00 consultation', 'committee-20410-202507,,'),
  ].join('\n');
  const dry = await bring('dang-cho.csv', given, '--dry-run'), loaded = await bring('dang-cho.csv', given), again = await bring('dang-cho.csv', given);
  const refused = ['5 CU-204 refused earlier.running.fee', '6 CU-205 refused earlier.running.office', '7 CU-206 refused earlier.running.due_time', '8 CU-207 refused earlier.running.fee', '9 CU-208 refused earlier.running.office', '10 CU-209 refused waiting_amount', '11 CU-210 refused earlier.running.amount', '12 CU-211 refused earlier.running.office'];
  expect([outcomes(dry).slice(0, 11), outcomes(loaded).slice(0, 11), again.said.lines]).toEqual([['2 CU-201 ready', '3 CU-202 ready', '4 CU-203 ready', ...refused], ['2 CU-201 loaded', '3 CU-202 loaded', '4 CU-203 loaded', ...refused], loaded.said.lines]);
  expect(outcomes(loaded)[11]).toMatch(/^13 CU-212 refused/);
  const [payment, posting, opinion] = loaded.said.lines.map((one) => one.code!), look = async (code: string): Promise<NonNullable<intake.GetDossierResponse['status']>> => (await client.intake.getDossier(intake.GetDossierRequest.fromPartial({ code }), atCounter)).status!;
  const soon = { timeout: takenMs, interval: 500 }, charges = async (): Promise<readonly pb.ChargeView[]> => (await client.payments.listCharges(payments.ListChargesRequest.fromPartial({ code: payment! }), atCounter)).charges.map((one) => one.charge!);
  for (const code of [payment!, posting!]) await vi.waitFor(async () => expect((await look(code)).suspensions.map((one) => one.startTime!.toISOString())[0]).toBe('2026-11-13T01:00:00.000Z'), soon);
  await vi.waitFor(async () => expect((await charges()).map((one) => [one.fee, one.amount, one.state])).toEqual([['land-tax', 2_500_000, pb.ChargeState.OPEN]]), soon);
  await client.payments.payCharge(payments.PayChargeRequest.fromPartial({ requestId: 'pay', code: payment!, charge: (await charges())[0]!.charge, amount: 2_500_000, method: { $case: 'cash', value: {} } }), atCounter);
  await vi.waitFor(async () => expect((await look(payment!)).dueTime).toBeInstanceOf(Date), soon);
  expect((await charges()).length).toBe(1);
  await vi.waitFor(async () => {
    const { legs } = await client.desk.listLegs(agency.ListLegsRequest.fromPartial({ pageSize: 50 }), { office: 'committee-20410-202507', officer: 'an' });
    expect(legs.filter((one) => one.code === opinion).map((one) => one.leg?.name)).toEqual(['verification.opinion']);
  }, soon);
});
