/** Household businesses: establish, change, suspend and resume, terminate. */
import type { Fee, LegTemplate, Procedure, RequiredDocument, Source } from '@lienthong/law';
import { BUSINESS, SUPPLEMENT_NOTE, decided, everyChannel, leg, nationalDocument, nationalRow, ownDocument, read, text, toConfirm, version } from './builder.ts';
import type { National } from './builder.ts';

type Era = { readonly validFrom: string; readonly validTo: string | null; readonly law: string; readonly acts?: readonly string[] };
/** Until 30/6/2025 the district's finance and planning office registers (NĐ 01/2021); since then the commune (NĐ 168/2025). The role is one, the office follows from the date. */
const before: Era = { validFrom: '2025-01-01', validTo: '2025-06-30', law: '01/2021/NĐ-CP', acts: ['59/2020/QH14', '01/2021/NĐ-CP', '85/2019/TT-BTC'] };
const after: Era = { validFrom: '2025-07-01', validTo: null, law: '168/2025/NĐ-CP' };
const eras: readonly Era[] = [before, after];

const dated = (era: Era): Pick<Procedure, 'validFrom' | 'validTo'> & Partial<Pick<Procedure, 'legalBasis'>> => ({ validFrom: era.validFrom, validTo: era.validTo, ...(era.acts === undefined ? {} : { legalBasis: era.acts }) });
const sourceOf = (era: Era, note: string): Source => decided(era === before ? era.law : `2353/QĐ-BTC; ${era.law}`, `${era === before ? 'Documents and limits of the later record, which is the only one read. ' : ''}${note} ${SUPPLEMENT_NOTE}`);

const certificate = (cases?: readonly string[]): RequiredDocument => ownDocument('business-certificate', text('Giấy chứng nhận đăng ký hộ kinh doanh', 'Household business certificate'), { evidence: BUSINESS, ...(cases === undefined ? {} : { cases }) });
const CERTIFICATE_NOTE = 'The business is named by what the business register holds: evidence, never asked from the citizen.';

function filingFee(era: Era, code: string, name: Fee['name']): Fee {
  const rate = { name, code, kind: 'fee', when: 'filing', refundable: false } as const;
  if (era === before) return { ...rate, amount: { counter: 100_000, online: 100_000, post: 100_000 }, source: toConfirm('250/2016/TT-BTC', 'Set by the provincial council; its resolution was not read. The figure is the one that the national circular gave.') };
  return { ...rate, amount: { counter: 50_000, online: 150_000, post: 150_000 }, source: toConfirm('2353/QĐ-BTC', 'As listed per channel in the national record of 1.001612; the provincial council sets the amount and its resolution was not read. Paid at filing, not refunded.') };
}

/** 1.001612: name check and registration, tax code by link, certificate. */
export function businessEstablish(national: National): Procedure[] {
  const row = nationalRow(national, '1.001612');
  const own = (n: number, code: string, en: string, options = {}) => nationalDocument(national, '1.001612', n, code, en, options);
  return eras.map((era) => version(row, {
    ...dated(era), cases: ['standard'], limit: everyChannel('3wd'),
    fees: [filingFee(era, 'business-registration', text('Lệ phí đăng ký hộ kinh doanh', 'Fee for household business registration'))],
    documents: [
      own(1, 'application-form', 'Application for household business registration'), own(2, 'member-authority', 'Authority given to the owner by the members', { optional: true }),
      own(3, 'authority', 'Document of authority', { optional: true }), own(4, 'identity-copy', 'Copy of identity card, without an identity account', { optional: true }),
    ],
    legs: establishLegs(era),
    source: sourceOf(era, 'Field empty, text: 3 working days from receipt.'),
  }));
}

function establishLegs(era: Era): LegTemplate[] {
  const source = decided(era.law, 'Route read in the text; one working day for each of the three legs decided.');
  return [
    leg({
      name: 'registration', title: text('Kiểm tra tên, đăng ký hộ kinh doanh', 'Name check and registration'), role: 'business-registration', locality: 'subject', limit: '1wd', decides: true,
      register: { register: 'business', action: 'establish' }, reads: ['applicant', 'submitter', 'contact', 'subject', 'declaration'], source,
    }),
    leg({ name: 'tax-code', title: text('Cấp mã số thuế qua kết nối dữ liệu', 'Tax code by data link'), role: 'tax', locality: 'subject', after: ['registration'], limit: '1wd', source }),
    leg({ name: 'certificate', title: text('Cấp Giấy chứng nhận đăng ký hộ kinh doanh', 'Certificate'), role: 'business-registration', locality: 'subject', after: ['tax-code'], limit: '1wd', register: { register: 'business', action: 'certificate' }, results: ['KQ.G12.001041'], source }),
  ];
}

/** 2.000720: change of registered particulars, or of the owner. */
export function businessChange(national: National): Procedure[] {
  const row = nationalRow(national, '2.000720');
  const own = (n: number, code: string, en: string, options = {}) => nationalDocument(national, '2.000720', n, code, en, options);
  return eras.map((era) => version(row, {
    ...dated(era), cases: ['content', 'owner'], limit: everyChannel('3wd'),
    fees: [filingFee(era, 'business-change', text('Lệ phí đăng ký thay đổi hộ kinh doanh', 'Fee for change of household business registration'))],
    documents: [
      own(1, 'application-form', 'Application for change'), certificate(), own(2, 'minutes', 'Minutes of the group', { optional: true }),
      own(3, 'member-authority', 'Authority given to the new owner by the members', { cases: ['owner'], optional: true }), own(4, 'new-member-authority', 'Authority of new members', { cases: ['owner'], optional: true }),
      own(5, 'death-or-court-paper', 'Death certificate or decision of a court', { cases: ['owner'], optional: true }),
      own(6, 'authority', 'Document of authority', { optional: true }), own(7, 'identity-copy', 'Copy of identity card, without an identity account', { optional: true }),
    ],
    legs: [leg({
      name: 'change', title: text('Đăng ký thay đổi, cấp Giấy chứng nhận', 'Registration of the change, certificate'), role: 'business-registration', locality: 'subject', limit: '3wd', decides: true,
      register: { register: 'business', action: 'change' }, results: ['KQ.G12.001041'], source: read(era.law),
    })],
    source: sourceOf(era, `Field "1" without unit, text: 3 working days from receipt. Field free, note: council decides; the fee of 1.001612 taken. ${CERTIFICATE_NOTE}`),
  }));
}

/** 1.001570: suspension, and resumption before the time announced. The tax office learns it from the register; it has nothing to do. */
export function businessSuspendOrResume(national: National): Procedure[] {
  const row = nationalRow(national, '1.001570');
  const own = (n: number, code: string, en: string, options = {}) => nationalDocument(national, '1.001570', n, code, en, options);
  return eras.map((era) => {
    const common = { role: 'business-registration', locality: 'subject', limit: '1wd', decides: true, source: read(era.law) } as const;
    return version(row, {
      ...dated(era), cases: ['suspend', 'resume'], limit: everyChannel('1wd'),
      documents: [
        own(1, 'application-form', 'Application to suspend or resume'), certificate(), own(2, 'minutes', 'Minutes of the group', { optional: true }),
        own(3, 'authority', 'Document of authority', { optional: true }), own(4, 'identity-copy', 'Copy of identity card, without an identity account', { optional: true }),
      ],
      legs: [
        leg({ ...common, name: 'suspend', title: text('Xác nhận tạm ngừng kinh doanh', 'Confirmation of suspension'), cases: ['suspend'], register: { register: 'business', action: 'suspend' }, results: ['KQ.G12.001049'] }),
        leg({ ...common, name: 'resume', title: text('Xác nhận tiếp tục kinh doanh trước thời hạn', 'Confirmation of early resumption'), cases: ['resume'], register: { register: 'business', action: 'resume' }, results: ['KQ.G12.001154'] }),
      ],
      source: sourceOf(era, `Field "1" without unit, text: 1 working day. Field free, note: council decides; no fee. ${CERTIFICATE_NOTE}`),
    });
  });
}

/** 1.001266: termination. Since NĐ 168/2025 the registrar asks the tax office, whose silence is consent; before, the owner brought its notice. */
export function businessTerminate(national: National): Procedure[] {
  const row = nationalRow(national, '1.001266');
  const own = (n: number, code: string, en: string, options = {}) => nationalDocument(national, '1.001266', n, code, en, options);
  const taxNotice = ownDocument('tax-closure-notice', text('Thông báo chấm dứt hiệu lực mã số thuế', 'Notice that the tax code has ended'));
  return eras.map((era) => version(row, {
    ...dated(era), cases: ['standard'], limit: everyChannel('5wd'),
    documents: [
      own(1, 'application-form', 'Notice of termination'), certificate(), ...(era === before ? [taxNotice] : []), own(2, 'minutes', 'Minutes of the group', { optional: true }),
      own(3, 'authority', 'Document of authority', { optional: true }), own(4, 'identity-copy', 'Copy of identity card, without an identity account', { optional: true }),
    ],
    legs: [leg({
      name: 'termination', title: text('Chấm dứt hoạt động hộ kinh doanh', 'Termination'), role: 'business-registration', locality: 'subject', limit: '5wd', decides: true,
      register: { register: 'business', action: 'terminate' }, results: ['KQ.G12.001349'], source: read(era.law),
      ...(era === before ? {} : { consults: [{ role: 'tax', locality: 'subject', limit: '2wd', silence: 'consent', title: text('Ý kiến của cơ quan thuế về nghĩa vụ thuế', 'Opinion of the tax office on tax due'), binding: true }] }),
    })],
    source: sourceOf(era, `Field "1" without unit, text: 5 working days. Field free, note: council decides; no fee. ${CERTIFICATE_NOTE}`),
  }));
}
