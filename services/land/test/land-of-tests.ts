/** A parcel in Trà My, its people, and a land service over stores in memory. */
import { dossier as pb, evidence, land } from '@lienthong/contract';
import { evidenceExchange } from '@lienthong/dossier-service';
import type { ServiceModule, ServicePorts } from '@lienthong/dossier-service';
import { memoryHub, onlyRegisterLegs, plainIntake, receivePlainly, testDesk } from '@lienthong/testkit';
import type { Reference } from '@lienthong/law';
import type { MemoryHub } from '@lienthong/testkit';
import { createLand } from '../src/index.ts';

export const traMy = '20900@2025-07-01';
/** The branch that answers for Trà My, and the counter there. */
export const branch = 'land-515-202501';
export const counter = 'counter-20900-202507';

export const seller = { fullName: 'Nguyễn Thị Sen', identityKind: 'IDENTITY_KIND_PERSONAL_NUMBER', identityNumber: '049180001234' };
export const buyer = { fullName: 'Trần Văn Hòa', identityKind: 'IDENTITY_KIND_PERSONAL_NUMBER', identityNumber: '049085004321' };
export const otherBuyer = { fullName: 'Lê Thị Mai', identityKind: 'IDENTITY_KIND_PERSONAL_NUMBER', identityNumber: '049190007777' };
export const parcelId = '20900-12-345';

export const parcel = (given: Parameters<typeof land.Parcel.fromPartial>[0] = {}): land.Parcel => land.Parcel.fromPartial({
  parcel: parcelId, area: traMy, mapSheet: '12', number: '345', sizeDm2: 25_050, purpose: 'ONT', address: 'thôn 1, xã Trà My',
  rights: [{ kind: land.RightKind.USE, holder: { party: { $case: 'citizen', value: pb.Citizen.fromJSON(seller) } }, shareMillionths: 1_000_000, certificateNumber: 'AA 00123456', sinceDate: '2015-03-02' }],
  ...given,
} as Parameters<typeof land.Parcel.fromPartial>[0]);

/** `guard` may stand between land and its store. */
export async function landHub(guard: (ports: ServicePorts) => ServicePorts = (ports) => ports, rehearsalsAllowed = true, reference: Reference = onlyRegisterLegs()): Promise<MemoryHub> {
  const registers = evidenceExchange();
  return memoryHub({
    services: ['intake', 'land'], reference, evidence: registers.lookup, rehearsalsAllowed,
    compose: (portsOf): ServiceModule[] => {
      const service = createLand(guard(portsOf('land')));
      registers.offer(service.evidence!);
      return [plainIntake(portsOf('intake')), service];
    },
  });
}

export async function seed(hub: MemoryHub, given: land.Parcel = parcel(), requestId = 'seed-1', rehearsal = false): Promise<land.SeedParcelResponse> {
  return hub.call('land', 'seedParcel', land.SeedParcelRequest.fromPartial({ requestId, parcel: given, rehearsal }), branch);
}

export const held = async (hub: MemoryHub, office = branch, rehearsal = false): Promise<land.Parcel> => (await hub.call<land.GetParcelResponse>('land', 'getParcel', land.GetParcelRequest.fromPartial({ parcel: parcelId, rehearsal }), office)).parcel!;

export type Case = { readonly procedure: string; readonly case?: string; readonly applicant?: object; readonly declaration?: Readonly<Record<string, string>>; readonly optional?: readonly string[]; /** Clock of a rehearsal. */ readonly rehearsal?: number; /** Absent: `parcelId`. */ readonly parcel?: string };

export const transferTo = (to: { fullName: string; identityNumber: string }, more: Partial<Case> = {}): Case => ({
  procedure: '1.013831', case: 'transfer', declaration: { transfereeName: to.fullName, transfereeIdentityNumber: to.identityNumber }, ...more,
});

/** A dossier about the parcel that waits at the branch. */
export async function received(hub: MemoryHub, given: Case): Promise<{ code: string; folder: string }> {
  const dossier = await receivePlainly(hub, {
    procedure: given.procedure, ...(given.case === undefined ? {} : { case: given.case }), area: traMy, optional: given.optional ?? [], ...(given.rehearsal === undefined ? {} : { rehearsal: given.rehearsal }),
    particulars: { applicant: { citizen: given.applicant ?? seller }, subject: { parcel: given.parcel ?? parcelId }, declaration: given.declaration ?? {} },
  });
  await testDesk(hub, 'land').received(dossier.code);
  return dossier;
}

export const findCertificate = (hub: MemoryHub, given: Parameters<typeof evidence.FindEvidenceRequest.fromPartial>[0] = {}, office = counter): Promise<evidence.FindEvidenceResponse> =>
  hub.call('land', 'findEvidence', evidence.FindEvidenceRequest.fromPartial({
    service: 'land', subjectKind: evidence.SubjectKind.PARCEL, subject: parcelId, fact: 'certificate', procedure: '1.013831', purpose: 'tiếp nhận hồ sơ', ground: 'NĐ 309/2026/NĐ-CP điều 2', ...given,
  } as Parameters<typeof evidence.FindEvidenceRequest.fromPartial>[0]), office);
