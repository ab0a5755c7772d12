/** Submissions of the benches: birth registrations at many counters, so that no agency runs out of numbers for its day. */
import { dossier as pb, intake } from '@lienthong/contract';

/** New-era communes of the former Quảng Nam; each has a counter and a people's committee. */
export const communes = ['20194', '20197', '20200', '20209', '20242', '20257', '20260', '20263', '20275', '20285', '20332', '20333', '20335', '20341', '20350', '20401', '20410', '20413', '20500', '20551', '20791', '20900'] as const;

export const counterOf = (commune: string): string => `counter-${commune}-202507`;

export function birthRegistration(requestId: string, commune: string, n: number): intake.SubmitDossierRequest {
  const mother = pb.Citizen.fromPartial({ fullName: 'Nguyễn Thị Hoài', identityKind: pb.IdentityKind.PERSONAL_NUMBER, identityNumber: String(49_000_000_000 + n).padStart(12, '0') });
  return intake.SubmitDossierRequest.fromPartial({
    requestId,
    submission: {
      procedure: '1.001193', case: 'ordinary', channel: pb.Channel.COUNTER, applicant: { party: { $case: 'newborn', value: pb.Newborn.fromPartial({ birthDate: '2026-11-01', mother }) } },
      areas: { subject: commune, residence: commune }, documents: ['application-form', 'birth-notice'].map((document) => ({ document, origin: { $case: 'presented' as const, value: {} } })),
    },
  });
}
