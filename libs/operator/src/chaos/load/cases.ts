/** What citizens ask for under chaos: a birth, a household business, a transfer of land. Made up, real (no rehearsals), each different. */
import { dossier as pb, intake, land } from '@lienthong/contract';
import { birthRegistration, communes, counterOf } from '../../bench/submissions.ts';

export const landOffice = 'land-515-202501', postOffice = 'post-503-202501';
const hoiAn = '20410', traMy = '20900@2025-07-01';

export type CaseKind = 'birth' | 'business' | 'transfer';

/** Who comes: mostly births, so that many come a second, as at a counter; or three of five through several offices, fewer a second and each with more handoffs (a transfer costs as much as a dozen births). */
export const mixes = {
  many: [...Array.from({ length: 14 }, () => 'birth' as const), 'transfer', 'business'],
  deep: ['birth', 'birth', 'transfer', 'transfer', 'business'],
} as const satisfies Record<string, readonly CaseKind[]>;
export type Mix = keyof typeof mixes;

/** One citizen's request, from its number alone. */
export type Case = {
  /** Begins all its request ids. */
  readonly name: string;
  readonly kind: CaseKind; readonly counter: string;
  readonly submission: intake.SubmitDossierRequest;
  /** What must be in the books before; null: nothing. */
  readonly parcel: land.SeedParcelRequest | null;
  /** Whose the parcel is in the end; '' for other kinds. */
  readonly buyer: string;
};

export function caseOf(run: string, n: number, kind: CaseKind): Case {
  const name = `${run}-${n}`;
  if (kind === 'birth') return birth(name, n);
  return kind === 'business' ? business(name, n) : transfer(name, n);
}

const personal = (series: number, n: number): string => String(series * 100_000_000 + n).padStart(12, '0');
const shown = (...documents: readonly string[]): pb.DocumentInput[] => documents.map((document) => ({ document, origin: { $case: 'presented', value: {} } }));

function citizen(fullName: string, identityNumber: string): pb.Party {
  return { party: { $case: 'citizen', value: pb.Citizen.fromPartial({ fullName, identityKind: pb.IdentityKind.PERSONAL_NUMBER, identityNumber, address: 'Hội An, Đà Nẵng' }) } };
}

function birth(name: string, n: number): Case {
  const commune = communes[n % communes.length]!;
  return { name, kind: 'birth', counter: counterOf(commune), submission: birthRegistration(`${name}-submit`, commune, n), parcel: null, buyer: '' };
}

function business(name: string, n: number): Case {
  const submission = intake.SubmitDossierRequest.fromPartial({
    requestId: `${name}-submit`,
    submission: intake.Submission.fromPartial({
      procedure: '1.001612', case: 'standard', channel: pb.Channel.COUNTER, applicant: citizen('Đặng Thị Mai', personal(493, n)), areas: { subject: hoiAn },
      declaration: { businessName: `Hộ kinh doanh Mì Quảng ${name}`, industryCodes: '5610', capital: '50000000', address: '12 Lê Lợi, phường Hội An' }, documents: shown('application-form'),
    }),
  });
  return { name, kind: 'business', counter: counterOf(hoiAn), submission, parcel: null, buyer: '' };
}

function transfer(name: string, n: number): Case {
  const seller = citizen('Nguyễn Văn Sơn', personal(491, n)), buyer = personal(492, n), parcel = `20900-9-${name}`;
  const submission = intake.SubmitDossierRequest.fromPartial({
    requestId: `${name}-submit`,
    submission: intake.Submission.fromPartial({
      procedure: '1.013831', case: 'transfer', channel: pb.Channel.COUNTER, applicant: seller, areas: { subject: traMy }, subject: { parcel },
      declaration: { transfereeIdentityNumber: buyer, transfereeName: 'Trần Thị Hạnh' }, documents: shown('application-form', 'transfer-contract'),
      returnTo: { way: pb.ReturnWay.POST, deliveryAddress: '15 Trần Phú, phường Hội An', receiverName: 'Trần Thị Hạnh' },
    }),
  });
  const books = land.SeedParcelRequest.fromPartial({
    requestId: `${name}-seed`,
    parcel: { parcel, area: traMy, mapSheet: '9', number: name, sizeDm2: 20_000, purpose: 'ONT', rights: [{ kind: land.RightKind.USE, holder: seller, shareMillionths: 1_000_000, certificateNumber: `G ${name}`, sinceDate: '2015-03-20' }] },
  });
  return { name, kind: 'transfer', counter: counterOf(hoiAn), submission, parcel: books, buyer };
}
