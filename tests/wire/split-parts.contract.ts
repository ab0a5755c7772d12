/** A commune is split on a running hub: parcel or address choose the part where the decision says what lies where; else the officer of the old office is asked, once, at the desk. */
import { agency, dossier as pb, intake, operator } from '@lienthong/contract';
import { listOpenDossiers } from '../../libs/dossier-service/src/hub-rpcs/open-dossiers.ts';
import { createGeneralAgency } from '@lienthong/general-agency';
import { createIntake } from '@lienthong/intake';
import type { LocalDate } from '@lienthong/law';
import { applyReform, buildReference, readDataFiles } from '@lienthong/reference-data';
import type { Reform } from '@lienthong/reference-data';
import { memoryHub } from '@lienthong/testkit';
import type { MemoryHub } from '@lienthong/testkit';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';

const FROM: LocalDate = '2026-12-01', before = '20194@2025-07-01';
const counter = 'counter-20194-202507', oldOffice = 'committee-20194-202507', first = 'committee-20194-202612', second = 'committee-20198-202612', leg = 'registration';
const at = (text: string): number => Date.parse(`${text}+07:00`);
const name = (text: string): { vi: string; en: string } => ({ vi: text, en: text });
const reform: Reform = {
  reform: 'chia', from: FROM, source: { act: 'NQ thử', status: 'read' },
  areas: [{ split: '20194', otherwise: '20194', into: [{ code: '20194', name: name('Phường Một'), parcels: ['20194-12'], addresses: ['tổ 1'] }, { code: '20198', name: name('Phường Hai'), agency: 'H17.901', parcels: ['20194-13-7'], addresses: ['tổ 2', 'thôn Phú Túc'] }] }],
};

let hub: MemoryHub;
beforeAll(async () => {
  const after = applyReform(readDataFiles(), reform);
  if ('findings' in after) throw new Error(JSON.stringify(after.findings[0]));
  hub = await memoryHub({ services: ['intake', 'general-agency'], reference: buildReference(after.data, 'split'), compose: (portsOf) => [createIntake(portsOf('intake'), { formPdf: async () => new Uint8Array([1]) }), createGeneralAgency(portsOf('general-agency'))] });
  hub.world.clock = at('2026-11-23T08:00:00');
});
afterAll(() => hub.stop());

async function submit(requestId: string, address: string, parcel = ''): Promise<intake.SubmitDossierResponse> {
  const mother = pb.Citizen.fromPartial({ fullName: 'Trần Thị Bông', identityKind: pb.IdentityKind.PERSONAL_NUMBER, identityNumber: '049190001234', address });
  const child: pb.Party = { party: { $case: 'newborn', value: pb.Newborn.fromPartial({ birthDate: '2026-11-01', birthNoticeNumber: requestId, mother }) } };
  const documents = ['application-form', 'birth-notice'].map((document) => ({ document, origin: { $case: 'presented' as const, value: {} } }));
  const submission = { ...intake.Submission.fromPartial({ procedure: '1.001193', case: 'ordinary', channel: pb.Channel.COUNTER, applicant: child, areas: { subject: '20194', residence: '20194' } as intake.Areas, documents }), subject: intake.Subject.fromPartial({ parcel }) };
  return hub.call('intake', 'submitDossier', { ...intake.SubmitDossierRequest.fromPartial({ requestId }), submission }, counter);
}

const onDesk = async (office: string): Promise<readonly agency.DeskLeg[]> => (await hub.call<agency.ListLegsResponse>('general-agency', 'listLegs', agency.ListLegsRequest.fromPartial({ pageSize: 200 }), office)).legs;
async function listed(office: string, ...codes: readonly string[]): Promise<void> {
  await vi.waitFor(async () => expect((await onDesk(office)).map((one) => one.code).sort()).toEqual([...codes].sort()), { timeout: 30_000 });
}
async function wake(folders: readonly string[]): Promise<void> {
  for (const { participant } of hub.modules) for (const folder of folders) await participant.wake(folder);
  await hub.quiet();
}
const soughtIn = async (): Promise<Record<string, string[]>> => Object.fromEntries((await listOpenDossiers(hub.modules, operator.ListOpenDossiersRequest.fromPartial({ service: 'intake', pageSize: 100 }))).dossiers.map((one) => [one.code, one.sought]));

test('address and parcel choose the part, the parcel first; who is in neither is asked about once', async () => {
  const byAddress = await submit('a', 'số 3, Tổ 2, phường cũ'), byOther = await submit('b', 'thôn phú  túc'), byParcel = await submit('c', 'tổ 2', '20194-12-7'), parcelOnly = await submit('d', '', '20194-13-7');
  const untold = await submit('e', 'tổ 22'), between = await submit('f', '', '20194-13-70');
  const all = [byAddress, byOther, byParcel, parcelOnly, untold, between];
  await listed(oldOffice, ...all.map((one) => one.code));
  expect((await onDesk(oldOffice)).every((one) => one.parts.length === 0)).toBe(true);
  expect(Object.values(await soughtIn())).toEqual(all.map(() => []));
  await expect(hub.call('general-agency', 'tellPart', agency.TellPartRequest.fromPartial({ requestId: 'too-early', code: untold.code, leg, part: `20198@${FROM}` }), oldOffice)).rejects.toMatchObject({ code: 'OUT_OF_ORDER' });

  hub.world.clock = at('2026-12-01T08:00:00');
  await wake(all.map((one) => one.folder));
  await listed(first, byParcel.code);
  await listed(second, byAddress.code, byOther.code, parcelOnly.code);
  await listed(oldOffice, untold.code, between.code);
  const untoldOnly = Object.fromEntries(all.map(({ code }) => [code, [untold, between].some((one) => one.code === code) ? [before] : []]));
  expect(await soughtIn()).toEqual(untoldOnly);
  for (const one of await onDesk(oldOffice)) expect(one.parts.map(({ area, office, officeName }) => [area, office, officeName === undefined])).toEqual([[`20194@${FROM}`, first, false], [`20198@${FROM}`, second, false]]);
  const workAt = (office: string): Promise<agency.GetWorkResponse> => hub.call('general-agency', 'getWork', agency.GetWorkRequest.fromPartial({ code: untold.code, leg }), office);
  // Who takes over from the old office may speak for it, so it sees the work.
  for (const office of [oldOffice, first]) expect((await workAt(office)).work!.admitted).toContain('TellPart');
  await expect(workAt(second)).rejects.toMatchObject({ code: 'NOT_HOLDER', meta: { holder: 'Ủy ban nhân dân phường Hải Vân' } });

  const tell = agency.TellPartRequest.fromPartial({ requestId: 'told', code: untold.code, leg, part: `20198@${FROM}` });
  await expect(hub.call('general-agency', 'tellPart', { ...tell, part: '20197@2025-07-01' }, oldOffice)).rejects.toMatchObject({ code: 'FIELD_INVALID', field: 'part' });
  await expect(hub.call('general-agency', 'tellPart', { ...tell, part: '' }, oldOffice)).rejects.toMatchObject({ code: 'FIELD_MISSING', field: 'part' });
  const said = await hub.call<agency.TellPartResponse>('general-agency', 'tellPart', tell, oldOffice);
  expect(await hub.call<agency.TellPartResponse>('general-agency', 'tellPart', tell, oldOffice)).toEqual(said);
  await listed(oldOffice, between.code);
  await listed(second, byAddress.code, byOther.code, parcelOnly.code, untold.code);
  // Waking again changes nothing.
  await wake(all.map((one) => one.folder));
  await listed(second, byAddress.code, byOther.code, parcelOnly.code, untold.code);
  expect(await soughtIn()).toEqual(untoldOnly);
});
