/** Whose time it was, by the contracts: waits, papers taken in an outage, lateness with its shares, and the alerts of the exchange. */
import { agency, dossier as pb, intake, oversight } from '@lienthong/contract';
import { createGeneralAgency } from '@lienthong/general-agency';
import { createIntake } from '@lienthong/intake';
import { HubError } from '@lienthong/kernel';
import type { Outage } from '@lienthong/law';
import { createOversight } from '@lienthong/oversight';
import { loadReference } from '@lienthong/reference-data';
import { memoryHub } from '@lienthong/testkit';
import type { MemoryHub } from '@lienthong/testkit';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';

const counter = 'counter-20410-202507', office = 'committee-20410-202507', leg = 'registration';
const at = (text: string): number => Date.parse(`${text}+07:00`);
const down: Outage = { id: 'SC-1', from: at('2026-11-23T08:00:00'), to: at('2026-11-23T10:00:00'), name: { vi: 'Sự cố', en: 'Outage' }, source: { act: 'Thông báo 1', status: 'read' } };
let hub: MemoryHub;

beforeAll(async () => {
  const released = loadReference();
  hub = await memoryHub({
    services: ['intake', 'general-agency', 'oversight'], reference: { ...released, calendar: { ...released.calendar, outages: [down] } },
    compose: (portsOf) => [createIntake(portsOf('intake'), { formPdf: async () => new Uint8Array([1]) }), createGeneralAgency(portsOf('general-agency')), createOversight(portsOf('oversight'))],
  });
  hub.world.clock = at('2026-11-23T10:30:00');
});
afterAll(() => hub.stop());

const mother = pb.Citizen.fromPartial({ fullName: 'Trần Thị Bông', identityKind: pb.IdentityKind.PERSONAL_NUMBER, identityNumber: '049190001234' });
function submit(requestId: string, lateRecord?: { readonly receivedTime: Date; readonly outage: string }): Promise<intake.SubmitDossierResponse> {
  const child: pb.Party = { party: { $case: 'newborn', value: pb.Newborn.fromPartial({ birthDate: '2026-11-01', birthNoticeNumber: requestId, mother }) } };
  const documents = ['application-form', 'birth-notice'].map((document) => ({ document, origin: { $case: 'presented' as const, value: {} } }));
  const submission = { ...intake.Submission.fromPartial({ procedure: '1.001193', case: 'ordinary', channel: pb.Channel.COUNTER, applicant: child, areas: { subject: '20410', residence: '20410' } as intake.Areas, documents }), lateRecord };
  return hub.call('intake', 'submitDossier', { ...intake.SubmitDossierRequest.fromPartial({ requestId }), submission }, counter);
}
const timelineOf = (code: string): Promise<oversight.GetTimelineResponse> => hub.call('oversight', 'getTimeline', { code }, counter);
const latenessOf = (code: string): Promise<oversight.GetLatenessResponse> => hub.call('oversight', 'getLateness', { code }, counter);
const told = (one: oversight.TimelineInterval): string => `${one.cause} ${(one.endTime!.getTime() - one.startTime!.getTime()) / 60_000}`;
const onDesk = (code: string): Promise<void> => vi.waitFor(async () => expect((await hub.call<agency.ListLegsResponse>('general-agency', 'listLegs', agency.ListLegsRequest.fromPartial({ pageSize: 200 }), office)).legs.map((one) => one.code)).toContain(code), { timeout: 30_000 });

test('paper taken in the outage counts from then, and the outage is nobody\'s time', async () => {
  const { code, receipt } = await submit('paper', { receivedTime: new Date(at('2026-11-23T09:00:00')), outage: 'SC-1' });
  expect([receipt!.receivedTime!.getTime(), receipt!.provisional]).toEqual([at('2026-11-23T09:00:00'), false]);
  // an hour of the day's work was lost; 24/11 is a day off
  expect(receipt!.dueTime!.getTime()).toBe(at('2026-11-25T10:00:00'));
  await onDesk(code);
  hub.world.clock = at('2026-11-23T11:00:00');
  await vi.waitFor(async () => expect((await timelineOf(code)).intervals.map(told)).toEqual(['outage 60', 'handover 30', 'work 30']), { timeout: 30_000 });
  const refused = await submit('too-late', { receivedTime: new Date(at('2026-11-23T10:00:00')), outage: 'SC-1' }).then(() => undefined, (error: unknown) => error);
  expect(refused).toBeInstanceOf(HubError);
  expect([(refused as HubError).code, (refused as HubError).field]).toEqual(['OUTSIDE_OUTAGE', 'submission.late_record.received_time']);
});

test('a wait for consent stands between the office and its limit; what is late is laid at whose time it was', async () => {
  hub.world.clock = at('2026-11-25T08:00:00');
  const { code } = await submit('wait');
  await onDesk(code);
  const wait = agency.StartWaitRequest.fromPartial({ requestId: 'w-1', code, leg, kind: agency.RequestKind.CONSENT, ground: 'NĐ 301/2026/NĐ-CP', limit: '5wd' });
  expect((await hub.call<agency.StartWaitResponse>('general-agency', 'startWait', wait, office)).receipt!.entries).toHaveLength(1);
  await expect(hub.call('general-agency', 'startWait', { ...wait, requestId: 'w-2', kind: agency.RequestKind.POSTING }, office)).rejects.toMatchObject({ field: 'kind' });
  hub.world.clock = at('2026-11-26T08:00:00');
  await expect(hub.call('general-agency', 'endWait', agency.EndWaitRequest.fromPartial({ requestId: 'w-3', code, leg }), office)).rejects.toMatchObject({ code: 'FIELD_MISSING', field: 'outcome' });
  await hub.call('general-agency', 'endWait', agency.EndWaitRequest.fromPartial({ requestId: 'w-4', code, leg, outcome: agency.WaitOutcome.AGREED }), office);
  await vi.waitFor(async () => expect((await timelineOf(code)).intervals.map(told)).toEqual(['consent 1440']), { timeout: 30_000 });
  hub.world.clock = at('2026-11-30T08:00:00');
  await vi.waitFor(async () => expect((await latenessOf(code)).dossier!.punctualityClass).toBe(oversight.PunctualityClass.RUNNING_LATE), { timeout: 30_000 });
  const { dossier, late } = await latenessOf(code);
  expect([dossier!.dueTime!.getTime(), dossier!.lateWorkingMinutes, dossier!.legalSource !== '', dossier!.definition!.vi !== '']).toEqual([at('2026-11-27T08:00:00'), 450, true, true]);
  expect(late.map((one) => [one.punctuality!.legName, one.intervals.map((interval) => [interval.office, interval.cause, interval.sharePpm])])).toEqual([['', [[office, 'work', 1_000_000]]], [leg, [[office, 'work', 1_000_000]]]]);
  expect(late[0]!.intervals.reduce((sum, one) => sum + one.lateWorkingMs, 0)).toBe(450 * 60_000);
});

test('figures of a period have the definitions of the law beside them', async () => {
  const { offices } = await hub.call<oversight.GetIndicesResponse>('oversight', 'getIndices', oversight.GetIndicesRequest.fromPartial({ fromDate: '2026-11-01', toDate: '2026-11-30' }), counter);
  expect(offices.flatMap((one) => one.indices.map((index) => index.name))).toEqual([]);
  const { code } = await submit('figures');
  await onDesk(code);
  await hub.call('general-agency', 'completeLeg', agency.CompleteLegRequest.fromPartial({ requestId: 'done', code, leg, verdict: agency.Verdict.DONE, results: [{ result: 'KQ.G15.000031', number: '12/2026' }] } as agency.CompleteLegRequest), office);
  await vi.waitFor(async () => {
    const { offices: found } = await hub.call<oversight.GetIndicesResponse>('oversight', 'getIndices', oversight.GetIndicesRequest.fromPartial({ office, fromDate: '2026-11-01', toDate: '2026-11-30' }), counter);
    expect(found[0]?.indices.map((one) => `${one.name} ${one.numerator}/${one.denominator}`)).toEqual(['on-time-share 1/1', 'early 1/1', 'on-time 0/1', 'late 0/1', 'completed 1/1']);
  }, { timeout: 30_000 });
});
