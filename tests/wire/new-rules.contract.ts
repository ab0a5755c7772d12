/** A province shortens a limit while dossiers are under way: they stay under the rules of their receipt until the applicant chooses the new ones at a counter. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { agency, dossier as pb, intake } from '@lienthong/contract';
import { catalogueCommand } from '@lienthong/operator';
import { grpcClient } from '@lienthong/rpc-grpc';
import type { GrpcClient } from '@lienthong/rpc-grpc';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { hubOfTest } from './hub-of-test.ts';
import type { HubOfTest } from './hub-of-test.ts';

const counter = 'counter-20410-202507', takenMs = 30_000;
let hub: HubOfTest, client: GrpcClient<typeof intake.IntakeService>, requests = 0;
beforeAll(async () => {
  hub = await hubOfTest();
  client = grpcClient(intake.IntakeService, hub.address, { office: counter, officer: 'an' });
});
afterAll(async () => {
  client.close();
  await hub.stop();
});

const next = (): string => `rules-${++requests}`;
const shown = (time: Date | undefined): string => (time === undefined ? 'stands' : new Date(time.getTime() + 7 * 3_600_000).toISOString().slice(0, 16));

async function submitted(start: string): Promise<string> {
  const applicant: pb.Party = { party: { $case: 'citizen', value: pb.Citizen.fromPartial({ fullName: `Lê Văn ${start}`, identityKind: pb.IdentityKind.PERSONAL_NUMBER, identityNumber: `0490900${String(++requests).padStart(5, '0')}`, address: 'Hội An, Đà Nẵng' }) } };
  const submission = intake.Submission.fromPartial({
    procedure: '1.004746', case: 'with-copy', channel: pb.Channel.COUNTER, applicant, contact: { phone: '0905123456' }, areas: { residence: '20410' }, rehearsal: { startTime: new Date(`${start}+07:00`) },
    documents: ['application-form', 'old-certificate-copy'].map((document) => ({ document, origin: { $case: 'presented' as const, value: {} } })),
  });
  return (await client.submitDossier(intake.SubmitDossierRequest.fromPartial({ requestId: next(), submission }))).receipt!.code;
}
const moveTo = async (code: string, time: string): Promise<void> => { await client.moveRehearsalClock(intake.MoveRehearsalClockRequest.fromPartial({ requestId: next(), code, newTime: new Date(`${time}+07:00`) })); };
const check = (code: string): Promise<intake.CheckRulesResponse> => client.checkRules(intake.CheckRulesRequest.fromPartial({ code }));
const adopt = (code: string, requestId = next()): Promise<intake.AdoptRulesResponse> => client.adoptRules(intake.AdoptRulesRequest.fromPartial({ requestId, code }));
const look = (code: string): Promise<intake.GetDossierResponse> => client.getDossier(intake.GetDossierRequest.fromPartial({ code }));

test('a limit that a province has shortened', { timeout: 120_000 }, async () => {
  const chosen = await submitted('2026-10-05T09:00:00'), other = await submitted('2026-10-05T09:00:00'), early = await submitted('2026-03-02T09:00:00');
  await expect.poll(async () => shown((await look(chosen)).legs[0]!.dueTime), { timeout: takenMs }).toBe('2026-10-12T09:00');
  const same = await check(chosen);
  expect([same.acceptable, same.problems[0]!.reason, same.offered, same.current!.limit, shown(same.current!.dueTime)]).toEqual([false, 'RULES_CURRENT', undefined, '5wd', '2026-10-12T09:00']);

  const file = join(hub.directory, 'rules.csv');
  await writeFile(file, 'MaTTHC,VanBan,TuNgay,ThoiGian\n1.004746,09/2026/NQ-HĐND,2026-03-03,3 ngày làm việc\n'.normalize('NFD'));
  vi.stubEnv('LIENTHONG_DATA_DIR', hub.directory);
  const printed = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  expect([await catalogueCommand.run(['import', '--rules', '--file', file]), printed.mock.calls.length > 0]).toEqual([0, true]);
  vi.unstubAllEnvs();
  vi.restoreAllMocks();

  // The rule was in force when these were received, and was not known: they stand under what they were received under.
  await expect.poll(async () => (await check(chosen)).acceptable, { timeout: takenMs }).toBe(true);
  const found = await check(chosen);
  expect([found.current!.limit, found.offered!.limit, shown(found.offered!.startTime), shown(found.offered!.dueTime), found.offered!.legs.map((leg) => [leg.limit, shown(leg.dueTime)]), found.limitStays, found.ground, found.adoptTime]).toEqual(
    ['5wd', '3wd', '2026-10-05T09:00', '2026-10-08T09:00', [['3wd', '2026-10-08T09:00']], false, '301/2026/NĐ-CP, Điều 18 khoản 1', undefined],
  );
  const { receipt } = await adopt(chosen, 'the-choice');
  expect(receipt!.entries.map((one) => one.kind)).toEqual(['rules-adopted']);
  expect((await adopt(chosen, 'the-choice')).receipt).toEqual(receipt);
  await expect.poll(async () => { const { status, legs } = await look(chosen); return [shown(status!.dueTime), shown(legs[0]!.dueTime)]; }, { timeout: takenMs }).toEqual(['2026-10-08T09:00', '2026-10-08T09:00']);
  expect((await look(chosen)).status!.history.map((one) => one.text!.vi)).toContain('Người nộp chọn áp dụng quy định mới');
  expect([shown((await look(other)).status!.dueTime), (await look(other)).receipt!.dueTime !== undefined]).toEqual(['2026-10-12T09:00', true]);
  expect([(await check(chosen)).current!.limit, (await check(chosen)).problems[0]!.reason, (await check(chosen)).adoptTime !== undefined]).toEqual(['3wd', 'RULES_CURRENT', true]);
  expect((await check(chosen)).current!.legs.map((leg) => [leg.limit, shown(leg.dueTime)])).toEqual([['3wd', '2026-10-08T09:00']]);
  await expect(adopt(chosen)).rejects.toMatchObject({ reason: 'RULES_CURRENT' });

  // On a day on which no provision leaves the choice.
  await moveTo(early, '2026-03-04T09:00:00');
  await expect(adopt(early)).rejects.toMatchObject({ reason: 'RULES_PINNED', status: 'FAILED_PRECONDITION' });

  // Once the choice would make an office late that is in time, its limit stays; the officer goes on, and a decision closes the matter.
  await moveTo(other, '2026-10-09T08:00:00');
  expect([(await check(other)).limitStays, (await check(other)).offered]).toEqual([false, undefined]);
  const desk = grpcClient(agency.AgencyDeskService, hub.address, { office: (await look(chosen)).legs[0]!.office, officer: 'binh' });
  const { work } = await desk.getWork(agency.GetWorkRequest.fromPartial({ code: chosen, leg: 'registration' }));
  await desk.completeLeg(agency.CompleteLegRequest.create({ requestId: next(), code: chosen, leg: 'registration', verdict: agency.Verdict.DONE, results: work!.resultCodes.map((result) => ({ result, number: '1/2026', digest: '' })) }));
  desk.close();
  await expect.poll(() => adopt(chosen).then(() => '', (error: { reason: string }) => error.reason), { timeout: takenMs }).toBe('RULES_TOO_LATE');
});

test.each([
  ['a dossier that nobody knows', { code: '000.00.01.H48-261005-9999' }, 'UNKNOWN_DOSSIER'], ['no code', { code: '' }, 'FIELD_MISSING'], ['no request id', { code: 'x', requestId: '' }, 'REQUEST_ID_MISSING'],
])('refuses %s', async (_what, request, reason) => {
  await expect(client.adoptRules(intake.AdoptRulesRequest.fromPartial({ requestId: next(), ...request }))).rejects.toMatchObject({ reason });
});
