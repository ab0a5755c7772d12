/** Land: transfer and the like, exchange of the certificate, mortgages. */
import type { Fee, LegTemplate, Procedure } from '@lienthong/law';
import { LAND_CERTIFICATE, SUPPLEMENT_NOTE, decided, everyChannel, leg, nationalDocument, nationalRow, publishedLimits, text, toConfirm, version } from './builder.ts';
import type { National } from './builder.ts';

const CERTIFICATE = 'KQ.G10.001147';
const routeActs = '101/2024/NĐ-CP; 151/2025/NĐ-CP', routeNote = 'Route read in the national text; the limit of this leg is ours, for no text divides the total. It fits the shortest channel.';
const routeSource = decided(routeActs, routeNote);
/** The office that issues another certificate takes the one before in. */
const takesCertificateIn = {
  originals: ['land-certificate'],
  source: decided(routeActs, `${routeNote} The national list asks for the original of the certificate (bản gốc): where it was shown on paper, this office, which issues another, works on it and takes it in. That it follows by itself is ours. Where the register has told what it says, the owner keeps it until the result is handed out.`),
};

/** 1.013831: land check, tax notice and payment, registration with certificate. */
export function landTransfer(national: National): Procedure[] {
  const row = nationalRow(national, '1.013831');
  const own = (n: number, code: string, en: string, options = {}) => nationalDocument(national, '1.013831', n, code, en, options);
  return [version(row, {
    cases: ['transfer', 'inheritance', 'gift'], limit: publishedLimits(row), validFrom: '2025-07-01', validTo: null,
    documents: [
      own(1, 'application-form', 'Application for registration of change'),
      own(2, 'land-certificate', 'Certificate issued before (original)', { evidence: LAND_CERTIFICATE }),
      own(3, 'transfer-contract', 'Contract or deed of transfer', { cases: ['transfer', 'gift'] }),
      own(3, 'inheritance-deed', 'Deed of inheritance', { cases: ['inheritance'] }),
      own(4, 'leased-land-assets-contract', 'Contract or deed on assets on land leased with yearly rent', { cases: ['transfer', 'gift'], optional: true }),
      own(5, 'infrastructure-lease-deed', 'Deed of lease or sublease of land in an infrastructure project', { cases: ['transfer'], optional: true }),
      own(7, 'land-user-consent', 'Consent of the land user to what the owner of the assets does', { cases: ['transfer', 'gift'], optional: true }),
      own(12, 'gift-record', 'Deed of gift to the State or a community, or minutes', { cases: ['gift'], optional: true }),
      own(6, 'mortgagee-consent', 'Consent of the mortgagee', { cases: ['transfer', 'gift'], optional: true }),
      own(8, 'joint-certificate-agreement', 'Agreement on one joint certificate', { optional: true }),
      own(9, 'split-drawing', 'Drawing of split or merged parcels', { optional: true }),
      own(10, 'survey-extract', 'Cadastral survey extract, when surveyed anew', { optional: true }),
      own(11, 'authority', 'Document of representation', { optional: true }),
    ],
    legs: transferLegs(),
    source: decided('3380/QĐ-BNNMT; 2304/QĐ-BNNMT', `Limits are as published per channel (post 4 against 18 looks like a fault of the source, kept). Published as free: what the tax notice asks is a charge of the tax leg. ${SUPPLEMENT_NOTE}`),
  })];
}

function transferLegs(): LegTemplate[] {
  return [
    leg({ name: 'land-check', title: text('Kiểm tra hồ sơ, trích lục thửa đất, lập phiếu chuyển thông tin (Mẫu 19)', 'Check, cadastral extract, financial-obligation form 19'), role: 'land-registration', locality: 'subject', limit: '1wd', source: routeSource }),
    leg({
      name: 'tax-notice', title: text('Xác định nghĩa vụ tài chính, ra thông báo thuế', 'Financial obligation, tax notice'), role: 'tax', locality: 'subject', after: ['land-check'], limit: '1wd',
      charge: { code: 'land-tax', name: text('Thuế, lệ phí trước bạ theo thông báo của cơ quan thuế', 'Tax and registration charge as notified by the tax office'), kind: 'tax' }, source: routeSource,
    }),
    leg({
      name: 'registration', title: text('Đăng ký biến động, cấp Giấy chứng nhận', 'Registration of the change, certificate'), role: 'land-registration', locality: 'subject', after: ['tax-notice'], limit: '2wd',
      decides: true, register: { register: 'land', action: 'transfer' }, results: [CERTIFICATE], reads: ['applicant', 'submitter', 'contact', 'subject', 'declaration'], ...takesCertificateIn,
    }),
  ];
}

/** 1.012783: exchange of the certificate. */
export function certificateExchange(national: National): Procedure[] {
  const row = nationalRow(national, '1.012783');
  const common = {
    cases: ['standard'], limit: publishedLimits(row),
    documents: [
      nationalDocument(national, '1.012783', 1, 'application-form', 'Application for registration of change'),
      nationalDocument(national, '1.012783', 2, 'land-certificate', 'Certificate issued before (original)', { evidence: LAND_CERTIFICATE }),
      nationalDocument(national, '1.012783', 3, 'survey-extract', 'Cadastral survey extract, when surveyed anew', { optional: true }),
    ],
    legs: [
      leg({ name: 'land-check', title: text('Kiểm tra hồ sơ, đối chiếu hồ sơ địa chính', 'Check against the cadastral record'), role: 'land-registration', locality: 'subject', limit: '2wd', source: routeSource }),
      leg({
        name: 'exchange', title: text('Cấp đổi Giấy chứng nhận', 'Exchange of the certificate'), role: 'land-registration', locality: 'subject', after: ['land-check'], limit: '3wd', decides: true,
        register: { register: 'land', action: 'exchange' }, results: [CERTIFICATE], reads: ['applicant', 'submitter', 'contact', 'subject', 'declaration'], ...takesCertificateIn,
      }),
    ],
  } satisfies Partial<Procedure>;
  const note = `Limits are as published per channel (15, 20 and 5 working days; the spread is a fault of the source, kept). ${SUPPLEMENT_NOTE}`;
  return [
    version(row, { ...common, validFrom: '2025-01-01', validTo: '2025-06-30', boundaryFree: false, legalBasis: ['31/2024/QH15', '101/2024/NĐ-CP'], source: decided('101/2024/NĐ-CP', `Version before the two tiers: forms and limits of the later record, which is the only one read. ${note}`) }),
    version(row, { ...common, validFrom: '2025-07-01', validTo: null, source: decided('3380/QĐ-BNNMT', note) }),
  ];
}

const councilFee = (code: string, vi: string, en: string, amount: number): Fee => ({
  code, name: text(vi, en), kind: 'fee', amount: { counter: amount, online: amount, post: amount }, when: 'filing', refundable: false,
  source: toConfirm('202/2016/TT-BTC', 'Set by the provincial council; its resolution was not read. The figure is the one that the national circular gave for the same act.'),
});

/** 1.011441 and 1.011443: registration of a mortgage and its deletion. */
export function mortgages(national: National): Procedure[] {
  return [mortgageRegistration(national, 'before'), mortgageRegistration(national, 'after'), mortgageRelease(national, 'before'), mortgageRelease(national, 'after')];
}

type When = 'before' | 'after';
const mortgageDates = (when: When): Pick<Procedure, 'validFrom' | 'validTo' | 'boundaryFree' | 'limit'> => ({
  ...(when === 'before' ? { validFrom: '2025-01-01', validTo: '2025-06-30', boundaryFree: false } : { validFrom: '2025-07-01', validTo: null, boundaryFree: true }), limit: everyChannel('3wd'),
});
const mortgageSource = decided('570/QĐ-BTP; 99/2022/NĐ-CP', `The law gives the same working day (next one after 15:00) and at most three with a reason: the leg gets one working day, the total the published three. ${SUPPLEMENT_NOTE}`);

function mortgageRegistration(national: National, when: When): Procedure {
  const own = (n: number, code: string, en: string, options = {}) => nationalDocument(national, '1.011441', n, code, en, options);
  return version(nationalRow(national, '1.011441'), {
    ...mortgageDates(when), cases: ['standard'], source: mortgageSource, ...actsOf(when),
    fees: [councilFee('mortgage-registration', 'Phí đăng ký biện pháp bảo đảm', 'Fee for registration of security', 80_000)],
    documents: [
      own(1, 'application-form', 'Request for registration'), own(2, 'mortgage-contract', 'Contract of security'), own(3, 'land-certificate', 'Certificate (original)', { evidence: LAND_CERTIFICATE }),
      // Of projects and of works on somebody else's land: only they have them.
      own(4, 'land-allocation-decision', 'Decision that allocates or leases the land of a project', { optional: true }), own(5, 'construction-permit', 'Construction permit', { optional: true }), own(6, 'project-approval', 'Approval of the project', { optional: true }),
      own(7, 'works-layout', 'Layout of the works', { optional: true }), own(8, 'land-user-agreement', 'Agreement of the land user with the developer or owner of the assets', { optional: true }), own(9, 'house-transfer-contract', 'Contract that transfers the house or works', { optional: true }),
      own(10, 'authority', 'Document of representation', { optional: true }), own(11, 'branch-mandate', 'Mandate of a bank branch', { optional: true }), own(12, 'fee-exemption', 'Proof of exemption from the fee', { optional: true }),
    ],
    legs: [leg({
      name: 'registration', title: text('Đăng ký thế chấp, ghi vào sổ địa chính và Giấy chứng nhận', 'Registration of the mortgage'), role: 'land-registration', locality: 'subject', limit: '1wd', decides: true,
      register: { register: 'land', action: 'mortgage' }, results: ['KQ.G15.000334'], source: mortgageSource,
    })],
  });
}

function mortgageRelease(national: National, when: When): Procedure {
  const own = (n: number, code: string, en: string, options = {}) => nationalDocument(national, '1.011443', n, code, en, options);
  return version(nationalRow(national, '1.011443'), {
    ...mortgageDates(when), cases: ['standard'], source: mortgageSource, ...actsOf(when),
    fees: [councilFee('mortgage-release', 'Phí xóa đăng ký biện pháp bảo đảm', 'Fee for deletion of security', 20_000)],
    documents: [
      own(1, 'application-form', 'Request for deletion'), own(2, 'land-certificate', 'Certificate (original)', { evidence: LAND_CERTIFICATE }), own(3, 'release-consent', 'Consent of the secured party or confirmation that the security has ended'),
      // What shows that the security has ended, where no secured party is left to say it.
      own(4, 'security-handover', 'Deed by which the security passed on lawfully', { optional: true }), own(5, 'auction-contract', 'Contract of purchase at auction, or confirmation of enforcement', { optional: true }), own(6, 'foreign-capital-record', 'Record of a company that came to have foreign capital', { optional: true }),
      own(7, 'dissolution-record', 'Confirmation that the legal person was dissolved', { optional: true }), own(8, 'court-decision', 'Judgment or decision of a court', { optional: true }),
      own(9, 'authority', 'Document of representation', { optional: true }), own(10, 'branch-mandate', 'Mandate of a bank branch', { optional: true }), own(11, 'fee-exemption', 'Proof of exemption from the fee', { optional: true }),
    ],
    legs: [leg({
      name: 'release', title: text('Xóa đăng ký thế chấp', 'Deletion of the mortgage'), role: 'land-registration', locality: 'subject', limit: '1wd', decides: true,
      register: { register: 'land', action: 'mortgage-release' }, results: ['KQ.G15.000335'], source: mortgageSource,
    })],
  });
}

/** 18/2026/NĐ-CP is no ground for the version of early 2025. */
const actsOf = (when: When): Partial<Pick<Procedure, 'legalBasis'>> => (when === 'before' ? { legalBasis: ['99/2022/NĐ-CP'] } : {});
