/** Holidays and outages that are announced while the hub runs move the due times of open dossiers; a damaged calendar moves nothing. */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { dossier, intake, oversight } from '@lienthong/contract';
import { releasedData } from '@lienthong/reference-data';
import { grpcClient } from '@lienthong/rpc-grpc';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { hubOfTest } from './hub-of-test.ts';
import type { HubOfTest } from './hub-of-test.ts';

const counter = 'counter-20410-202507';
/** The file is looked at every two seconds; a busy machine takes its time. */
const waitMs = 30_000;
let hub: HubOfTest;
beforeAll(async () => { hub = await hubOfTest(); });
afterAll(() => hub.stop());

const shown = (time: Date | undefined): string => (time === undefined ? 'stands' : new Date(time.getTime() + 7 * 3_600_000).toISOString().slice(0, 16));

async function submit(): Promise<string> {
  const client = grpcClient(intake.IntakeService, hub.address, { office: counter, officer: 'an' });
  const mother = dossier.Citizen.fromPartial({ fullName: 'Nguyễn Thị Hoài', identityKind: dossier.IdentityKind.PERSONAL_NUMBER, identityNumber: '049195000017', address: 'Hội An, Đà Nẵng' });
  const child = dossier.Newborn.fromPartial({ birthDate: '2026-10-01', sex: dossier.Sex.FEMALE, birthNoticeNumber: 'GCS-1', birthPlace: 'Hội An', mother });
  const submission = intake.Submission.fromPartial({
    procedure: '1.001193', case: 'ordinary', channel: dossier.Channel.COUNTER, applicant: { party: { $case: 'newborn', value: child } }, contact: { phone: '0905123456' }, areas: { subject: '20410', residence: '20410' },
    declaration: { child_name: 'An Nhiên' }, rehearsal: { startTime: new Date('2026-12-31T09:00:00+07:00') },
    documents: ['application-form', 'birth-notice'].map((document) => ({ document, origin: { $case: 'presented' as const, value: {} } })),
  });
  try {
    const answer = await client.submitDossier(intake.SubmitDossierRequest.fromPartial({ requestId: 'calendar', submission }));
    expect([shown(answer.receipt!.dueTime), answer.receipt!.provisional]).toEqual(['2027-01-04T09:00', true]);
    return answer.receipt!.code;
  } finally {
    client.close();
  }
}

async function look(code: string): Promise<[due: string, provisional: boolean, suspensions: number]> {
  const client = grpcClient(intake.IntakeService, hub.address, { office: counter, officer: 'an' });
  try {
    const { status } = await client.getDossier(intake.GetDossierRequest.fromPartial({ code }));
    return [shown(status!.dueTime), status!.provisional, status!.suspensions.length];
  } finally {
    client.close();
  }
}

/** The released calendar with its rows of 2027 announced, and what is added. */
async function announce(change: (file: { days: { date: string; status: string }[]; outages?: unknown[] }) => void): Promise<void> {
  const file = JSON.parse(await readFile(join(releasedData, 'calendar.json'), 'utf8')) as { days: { date: string; status: string }[] };
  for (const one of file.days) if (one.date.startsWith('2027')) one.status = 'announced';
  change(file);
  await mkdir(join(hub.directory, 'reference'), { recursive: true });
  await writeFile(join(hub.directory, 'reference', 'calendar.json'), JSON.stringify(file));
}

test('a provisional due time becomes certain when the calendar is announced, moves with what is added, and stands in an outage', async () => {
  const code = await submit();
  await announce(() => {});
  await vi.waitFor(async () => expect(await look(code)).toEqual(['2027-01-04T09:00', false, 0]), { timeout: waitMs, interval: 200 });
  await announce((file) => file.days.push({ date: '2027-01-04', kind: 'swap-off', name: 'Nghỉ hoán đổi', status: 'announced' } as never));
  await vi.waitFor(async () => expect(await look(code)).toEqual(['2027-01-05T09:00', false, 0]), { timeout: waitMs, interval: 200 });
  await writeFile(join(hub.directory, 'reference', 'calendar.json'), 'nonsense');
  // 10:00–11:30 and 13:30–15:00 of the limit were lost.
  await announce((file) => { file.outages = [{ id: 'SC-7', from: '2026-12-31T10:00:00+07:00', to: '2026-12-31T15:00:00+07:00', name: { vi: 'Sự cố', en: 'Outage' }, source: { act: 'Thông báo 7', status: 'read' } }]; });
  await vi.waitFor(async () => expect(await look(code)).toEqual(['2027-01-04T14:00', false, 1]), { timeout: waitMs, interval: 200 });
  const board = grpcClient(oversight.OversightService, hub.address, { office: counter, officer: 'an' });
  // Its copy is told later than those who work.
  await vi.waitFor(async () => {
    const { dossier: whole, late } = await board.getLateness({ code });
    expect([whole!.punctualityClass, shown(whole!.dueTime), whole!.legalSource !== '', late]).toEqual([oversight.PunctualityClass.RUNNING, '2027-01-04T14:00', true, []]);
  }, { timeout: waitMs, interval: 200 }).finally(() => board.close());
});
