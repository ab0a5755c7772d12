/** What citizens ask for under chaos: a birth, a household business, a transfer of land. Made up, real (no rehearsals), each different. */
import { dossier as pb, intake, land } from '@lienthong/contract';
import { birthRegistration, communes, counterOf } from '../../bench/submissions.ts';

export const landOffice = 'land-515-202501', postOffice = 'post-503-202501';
const hoiAn = '20410', traMy = '20900@2025-07-01';

export type CaseKind = 'birth' | 'business' | 'transfer';

/** Who comes, how many a second at most, and how many dossiers may be open at once: at first, and at most. Each that ends makes room for one more than it took. */
type Coming = { readonly kinds: readonly CaseKind[]; readonly perSecond: number; readonly openAtFirst: number; readonly openAtMost: number };

/**
 * `many`: mostly births, at a steady rate whatever the hub is going through, as citizens come to a counter; what piles up meanwhile is worked off later.
 * `deep`: three of five through several offices (a transfer costs as much as a dozen births), as many as the machine carries, so that a slow one is not buried.
 */
export const mixes = {
  many: { kinds: [...Array.from({ length: 14 }, () => 'birth' as const), 'transfer', 'business'], perSecond: 6, openAtFirst: 600, openAtMost: 600 },
  deep: { kinds: ['birth', 'birth', 'transfer', 'transfer', 'business'], perSecond: 10, openAtFirst: 16, openAtMost: 64 },
} as const satisfies Record<string, Coming>;
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
