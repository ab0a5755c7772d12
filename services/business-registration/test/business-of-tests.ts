/** People and shops of Trà My, and a business register over stores in memory. */
import { business as pb, dossier } from '@lienthong/contract';
import { evidenceExchange } from '@lienthong/dossier-service';
import type { ServiceModule } from '@lienthong/dossier-service';
import { memoryHub, onlyRegisterLegs, plainIntake, receivePlainly, testDesk } from '@lienthong/testkit';
import type { Reference } from '@lienthong/law';
import type { MemoryHub } from '@lienthong/testkit';
import { createBusinessRegistration } from '../src/index.ts';

export const service = 'business-registration';
export const traMy = '20900@2025-07-01';
export const registrar = 'business-20900-202507';
export const elsewhere = 'business-20410-202507';

export const lan = { fullName: 'Phạm Thị Lan', identityKind: 'IDENTITY_KIND_PERSONAL_NUMBER', identityNumber: '049190001111' };
export const minh = { fullName: 'Hồ Văn Minh', identityKind: 'IDENTITY_KIND_PERSONAL_NUMBER', identityNumber: '049085002222' };

/** `reference`: absent, the released places. */
export async function businessHub(reference: Reference = onlyRegisterLegs()): Promise<MemoryHub> {
  const registers = evidenceExchange();
  return memoryHub({
    services: ['intake', service], reference, evidence: registers.lookup,
    compose: (portsOf): ServiceModule[] => {
      const module = createBusinessRegistration(portsOf(service));
      registers.offer(module.evidence!);
      return [plainIntake(portsOf('intake')), module];
    },
  });
}

export type Case = { readonly procedure: string; readonly case?: string; readonly applicant?: object; readonly business?: string; readonly declaration?: Readonly<Record<string, string>>; readonly leg?: string; /** Clock of a rehearsal. */ readonly rehearsal?: number };

export const shop = (businessName: string): Record<string, string> => ({ businessName, address: 'thôn 2, xã Trà My', industryCodes: '4711 Bán lẻ tạp hóa; 5610 Ăn uống', capital: '50000000' });
export const establishing = (businessName: string, applicant: object = lan): Case => ({ procedure: '1.001612', applicant, declaration: shop(businessName), leg: 'registration' });

/** A dossier that waits at the registrar. */
export async function received(hub: MemoryHub, given: Case): Promise<string> {
  const { code } = await receivePlainly(hub, {
    procedure: given.procedure, ...(given.case === undefined ? {} : { case: given.case }), area: traMy, optional: [], ...(given.rehearsal === undefined ? {} : { rehearsal: given.rehearsal }),
    particulars: { applicant: { citizen: given.applicant ?? lan }, subject: given.business === undefined ? {} : { business: given.business }, declaration: given.declaration ?? {} },
  });
  await testDesk(hub, service).received(code, given.leg);
  return code;
}

/** A dossier whose register change is made. */
export async function done(hub: MemoryHub, given: Case, number = 'GCN-1'): Promise<string> {
  const code = await received(hub, given), desk = testDesk(hub, service);
  await desk.complete(code, number, {}, given.leg);
  await desk.applied(code, given.leg);
  return code;
}

export const read = async (hub: MemoryHub, business: string, office = registrar): Promise<pb.Business> => (await hub.call<pb.GetBusinessResponse>(service, 'getBusiness', pb.GetBusinessRequest.fromPartial({ business }), office)).business!;
export const findName = (hub: MemoryHub, name: string, area = '20900', rehearsal = false): Promise<pb.FindNameResponse> => hub.call(service, 'findName', pb.FindNameRequest.fromPartial({ name, area, rehearsal }), registrar);

export const oldShop = (given: object = {}): pb.Business => pb.Business.fromPartial({
  business: 'HKD-33A8001', taxCode: '4000123456', name: 'Hộ kinh doanh Minh Hòa', owner: dossier.Citizen.fromJSON(minh), area: traMy, address: 'thôn 1', lines: [{ code: '4711', name: 'Tạp hóa' }],
  state: pb.BusinessState.ACTIVE, certificateNumber: '33A8001', registerDate: '2019-05-06', ...given,
});
export const seed = (hub: MemoryHub, given: pb.Business = oldShop(), requestId = 'seed-1', office = registrar): Promise<pb.SeedBusinessResponse> =>
  hub.call(service, 'seedBusiness', pb.SeedBusinessRequest.fromPartial({ requestId, business: given }), office);

export const reason = async (call: Promise<unknown>): Promise<string> => call.then(() => 'none', (error: { code?: string; meta?: { problem?: string } }) => `${error.code}${error.meta?.problem === undefined ? '' : `: ${error.meta.problem}`}`);
