/** People of Trà My and Hội An, and a beneficiary register over stores in memory. */
import { dossier, social as pb } from '@lienthong/contract';
import { evidenceExchange } from '@lienthong/dossier-service';
import type { ServiceModule } from '@lienthong/dossier-service';
import { memoryHub, onlyRegisterLegs, plainIntake, receivePlainly, testDesk } from '@lienthong/testkit';
import type { Reference } from '@lienthong/law';
import type { MemoryHub } from '@lienthong/testkit';
import { createSocialProtection } from '../src/index.ts';

export const service = 'social-protection';
export const traMy = '20900@2025-07-01', hoiAn = '20410@2025-07-01';
export const here = 'social-20900-202507', there = 'social-20410-202507';

export const xuan = { fullName: 'Bùi Thị Xuân', identityKind: 'IDENTITY_KIND_PERSONAL_NUMBER', identityNumber: '049145003333' };
export const cuong = { fullName: 'Đinh Văn Cường', identityKind: 'IDENTITY_KIND_PERSONAL_NUMBER', identityNumber: '049160004444' };

/** `reference`: absent, the released places. */
export async function socialHub(reference: Reference = onlyRegisterLegs()): Promise<MemoryHub> {
  const registers = evidenceExchange();
  return memoryHub({
    services: ['intake', service], reference, evidence: registers.lookup,
    compose: (portsOf): ServiceModule[] => {
      const module = createSocialProtection(portsOf(service));
      registers.offer(module.evidence!);
      return [plainIntake(portsOf('intake')), module];
    },
  });
}

export type Case = { readonly case: string; readonly procedure?: string; readonly applicant?: object; readonly beneficiary?: string; readonly declaration?: Readonly<Record<string, string>>; readonly to?: string; readonly leg: string; /** Clock of a rehearsal. */ readonly rehearsal?: number };

/** A dossier that waits at the commune. */
export async function received(hub: MemoryHub, given: Case): Promise<string> {
  const { code } = await receivePlainly(hub, {
    procedure: given.procedure ?? '1.001776', case: given.case, area: traMy, areas: given.to === undefined ? {} : { target: given.to }, optional: [], ...(given.rehearsal === undefined ? {} : { rehearsal: given.rehearsal }),
    particulars: { applicant: { citizen: given.applicant ?? xuan }, subject: given.beneficiary === undefined ? {} : { beneficiary: given.beneficiary }, declaration: given.declaration ?? {} },
  });
  await testDesk(hub, service).received(code, given.leg);
  return code;
}

/** A dossier whose register change is made. */
export async function done(hub: MemoryHub, given: Case, number = 'QĐ-1'): Promise<string> {
  const code = await received(hub, given), desk = testDesk(hub, service);
  await desk.complete(code, number, {}, given.leg);
  await desk.applied(code, given.leg);
  return code;
}

export const starting = (fromMonth: string, more: Partial<Case> = {}): Case => ({ case: 'start', leg: 'start-decision', declaration: { subjectGroup: 'elderly-80', monthlyAmount: '540000', fromMonth }, ...more });

export const fileOf = async (hub: MemoryHub, person: string, office = here, rehearsal = false): Promise<pb.Beneficiary | undefined> =>
  (await hub.call<pb.ListBeneficiariesResponse>(service, 'listBeneficiaries', pb.ListBeneficiariesRequest.fromPartial({ person, rehearsal }), office)).beneficiaries[0];

export async function payments(hub: MemoryHub, area: string, month: string, office = here, rehearsal = false): Promise<string[]> {
  const list = await hub.call<pb.ListPaymentsResponse>(service, 'listPayments', pb.ListPaymentsRequest.fromPartial({ area, month, rehearsal }), office);
  return [...list.payments.map((one) => `${one.fullName} ${one.amount}`).sort(), `= ${list.totalAmount}`];
}

export const oldFile = (given: object = {}): pb.Beneficiary => pb.Beneficiary.fromPartial({
  beneficiary: 'BTXH-0071', person: dossier.Citizen.fromJSON(cuong), kind: pb.BenefitKind.MONTHLY_ALLOWANCE, group: 'severe-disability', amount: 1_080_000, area: traMy, state: pb.BeneficiaryState.ACTIVE, startMonth: '2024-03', decisionNumber: 'QĐ 71/2024', ...given,
});
export const seed = (hub: MemoryHub, given: pb.Beneficiary = oldFile(), requestId = 'seed-1', office = here): Promise<pb.SeedBeneficiaryResponse> =>
  hub.call(service, 'seedBeneficiary', pb.SeedBeneficiaryRequest.fromPartial({ requestId, beneficiary: given }), office);

export const reason = async (call: Promise<unknown>): Promise<string> => call.then(() => 'none', (error: { code?: string; meta?: { problem?: string } }) => `${error.code}${error.meta?.problem === undefined ? '' : `: ${error.meta.problem}`}`);
