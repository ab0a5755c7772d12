/** What offices decline waits at the counter that received it: listed there with the reasons, placed from there, the third time for good. */
import { agency, dossier as pb, intake, oversight } from '@lienthong/contract';
import { createGeneralAgency } from '@lienthong/general-agency';
import { createIntake } from '@lienthong/intake';
import { createOversight } from '@lienthong/oversight';
import { memoryHub, until } from '@lienthong/testkit';
import type { MemoryHub } from '@lienthong/testkit';
import { afterAll, beforeAll, expect, test } from 'vitest';

const counter = 'counter-20410-202507', office = 'committee-20410-202507', other = 'committee-20900-202507', leg = 'registration';
let hub: MemoryHub, requests = 0;

beforeAll(async () => {
  hub = await memoryHub({
    services: ['intake', 'general-agency', 'oversight'],
    compose: (portsOf) => [createIntake(portsOf('intake'), { formPdf: async () => new Uint8Array([1]) }), createGeneralAgency(portsOf('general-agency')), createOversight(portsOf('oversight'))],
  });
  hub.world.clock = Date.parse('2026-11-23T09:00:00+07:00');
});
afterAll(() => hub.stop());

async function received(): Promise<string> {
  const applicant: pb.Party = { party: { $case: 'newborn', value: pb.Newborn.fromPartial({ birthDate: '2026-11-01', birthNoticeNumber: `GCS-${++requests}` }) } };
  const documents = ['application-form', 'birth-notice'].map((document): pb.DocumentInput => ({ document, origin: { $case: 'presented', value: {} } }));
  const submission = intake.Submission.fromPartial({ procedure: '1.001193', case: 'ordinary', channel: pb.Channel.COUNTER, applicant, areas: { subject: '20410', residence: '20410' } as intake.Areas, documents });
  return (await hub.call<intake.SubmitDossierResponse>('intake', 'submitDossier', intake.SubmitDossierRequest.fromPartial({ requestId: `s-${requests}`, submission }), counter)).code;
}
const onDesk = (code: string, at: string): Promise<unknown> => until(`${code} at ${at}`, async () => {
  const { legs } = await hub.call<agency.ListLegsResponse>('general-agency', 'listLegs', agency.ListLegsRequest.fromPartial({ pageSize: 200 }), at);
  return legs.some((one) => one.code === code && one.leg!.state === pb.LegState.WORKING);
});
const decline = (code: string, at: string, reason: string): Promise<unknown> => hub.call('general-agency', 'returnLeg', agency.ReturnLegRequest.fromPartial({ requestId: `d-${++requests}`, code, leg, target: { $case: 'notOurs', value: {} }, reason }), at);
const placements = async (more: Partial<intake.ListPlacementsRequest> = {}, at = counter): Promise<readonly intake.Placement[]> => (await hub.call<intake.ListPlacementsResponse>('intake', 'listPlacements', intake.ListPlacementsRequest.fromPartial(more), at)).placements;
const place = (code: string, toOffice: string, at = counter, reason = 'đúng địa bàn'): Promise<unknown> => hub.call('intake', 'placeLeg', intake.PlaceLegRequest.fromPartial({ requestId: `p-${++requests}`, code, leg, toOffice, reason }), at);
const waits = (code: string): Promise<unknown> => until(`${code} to be placed`, async () => (await placements()).some((one) => one.code === code));
const summary = async (code: string): Promise<number | undefined> => (await hub.call<intake.ListDossiersResponse>('intake', 'listDossiers', intake.ListDossiersRequest.fromPartial({}), counter)).dossiers.find((one) => one.code === code)?.legsToPlace;

test('a declined leg is listed at its counter with who declined it, why, and who is competent; placed, it is gone from there', async () => {
  const code = await received();
  await onDesk(code, office);
  expect(await placements()).toEqual([]);
  await decline(code, office, 'cha mẹ cư trú nơi khác');
  await waits(code);
  const [one] = await placements();
  expect([one!.code, one!.role, one!.declinedTimes, one!.final, one!.declinedBy, one!.reasons, one!.suggestions, one!.leg!.office]).toEqual([code, 'civil-status', 1, false, [office], ['cha mẹ cư trú nơi khác'], [office], counter]);
  expect([await summary(code), await placements({ finalOnly: true }), await placements({ rehearsals: true }), await placements({}, 'counter-20900-202507')]).toEqual([1, [], [], []]);

  await expect(place(code, 'nowhere')).rejects.toMatchObject({ code: 'UNKNOWN_OFFICE' });
  await expect(place(code, '')).rejects.toMatchObject({ code: 'FIELD_MISSING', field: 'to_office' });
  await expect(place(code, counter)).rejects.toMatchObject({ code: 'NO_COMPETENT_OFFICE' });
  await expect(place(code, other, 'counter-20900-202507')).rejects.toMatchObject({ code: 'NOT_HOLDER' });
  await expect(place(code, other, counter, '')).rejects.toMatchObject({ code: 'REASON_MISSING' });
  await place(code, other);
  await onDesk(code, other);
  expect([await placements(), await summary(code)]).toEqual([[], 0]);
});

test('after the third time the placement is final, and oversight has told so', async () => {
  const code = await received();
  for (let n = 1; n <= 3; n++) {
    await onDesk(code, office);
    await decline(code, office, `lần ${n}`);
    await waits(code);
    if (n < 3) await place(code, office);
  }
  const [one] = await placements({ finalOnly: true });
  expect([one!.code, one!.declinedTimes, one!.final, one!.reasons]).toEqual([code, 3, true, ['lần 1', 'lần 2', 'lần 3']]);
  const alerts = await until('the alert', async () => { const { alerts: found } = await hub.call<oversight.ListAlertsResponse>('oversight', 'listAlerts', oversight.ListAlertsRequest.fromPartial({ code }), counter).catch(() => ({ alerts: [] })); return found.length > 0 && found; });
  expect(alerts.map((alert) => [alert.kind, alert.office])).toEqual([[oversight.AlertKind.DECLINED_AGAIN, counter]]);
  await place(code, office);
  await onDesk(code, office);
  await expect(decline(code, office, 'lần 4')).rejects.toMatchObject({ code: 'PLACED_FINALLY' });
});

test('pages follow one another', async () => {
  const codes = [await received(), await received(), await received()];
  for (const code of codes) { await onDesk(code, office); await decline(code, office, 'x'); await waits(code); }
  const seen: string[] = [];
  for (let pageToken = '', n = 0; n < 9; n++) {
    const page = await hub.call<intake.ListPlacementsResponse>('intake', 'listPlacements', intake.ListPlacementsRequest.fromPartial({ pageSize: 1, pageToken }), counter);
    seen.push(...page.placements.map((one) => one.code));
    pageToken = page.nextPageToken;
    if (pageToken === '') break;
  }
  expect(seen.toSorted()).toEqual(codes.toSorted());
  await expect(placements({ pageSize: 201 })).rejects.toMatchObject({ code: 'FIELD_INVALID', field: 'page_size' });
});
