/** Submissions of the benches: birth registrations at many counters, so that no agency runs out of numbers for its day. */
import { dossier as pb, intake } from '@lienthong/contract';

/** New-era communes of the former Quảng Nam; each has a counter and a people's committee. */
export const communes = ['20194', '20197', '20200', '20209', '20242', '20257', '20260', '20263', '20275', '20285', '20332', '20333', '20335', '20341', '20350', '20401', '20410', '20413', '20500', '20551', '20791', '20900'] as const;

const firstIdentity = 49_000_000_000;
const identityOf = (n: number): string => String(firstIdentity + n).padStart(12, '0');

export const counterOf = (commune: string): string => `counter-${commune}-202507`;

export function birthRegistration(requestId: string, commune: string, n: number): intake.SubmitDossierRequest {
  const mother = pb.Citizen.fromPartial({ fullName: 'Nguyễn Thị Hoài', identityKind: pb.IdentityKind.PERSONAL_NUMBER, identityNumber: identityOf(n) });
  return intake.SubmitDossierRequest.fromPartial({
    requestId,
    submission: {
      procedure: '1.001193', case: 'ordinary', channel: pb.Channel.COUNTER, applicant: { party: { $case: 'newborn', value: pb.Newborn.fromPartial({ birthDate: '2026-11-01', mother }) } },
      areas: { subject: commune, residence: commune }, documents: ['application-form', 'birth-notice'].map((document) => ({ document, origin: { $case: 'presented' as const, value: {} } })),
    },
  });
}

/** What stands in a form until it is filled in: as long as what comes there, so that no length in the message changes. */
const requestIdBlank = '#'.repeat(28), applicantBlank = 999_999_999;

/**
 * The n-th submission as it goes over the wire, from a form of each counter that is made once: whoever loads the hub shall not spend the machine that it measures on building
 * messages. `name`: of the run, at most 16 characters.
 */
export function encodedBirthRegistrations(name: string): (commune: string, n: number) => Buffer {
  const forms = new Map(communes.map((commune) => {
    const bytes = Buffer.from(intake.SubmitDossierRequest.encode(birthRegistration(requestIdBlank, commune, applicantBlank)).finish());
    return [commune as string, { bytes, requestIdAt: bytes.indexOf(requestIdBlank), identityAt: bytes.indexOf(identityOf(applicantBlank)) }];
  }));
  return (commune, n) => {
    const { bytes, requestIdAt, identityAt } = forms.get(commune)!, filled = Buffer.from(bytes);
    filled.write(`${name}-${n}`.padStart(requestIdBlank.length, '0'), requestIdAt, 'latin1');
    filled.write(identityOf(n), identityAt, 'latin1');
    return filled;
  };
}
