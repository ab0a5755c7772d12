/** Civil status beside birth registration and the electronic chain (../civil-status.ts); adoption; the paper chains. */
import type { ExcludedWait, Fee } from '@lienthong/law';
import { leg, text, toConfirm } from '../builder.ts';
import type { ProcedureRow, Route } from '../row.ts';
import { byCase, checkedThenDecided, singleOffice } from '../routes/single-office.ts';

const registrar = { role: 'civil-status', locality: 'residence' } as const;
/** The district until 30/6/2025, the commune since. */
const foreign = { role: 'civil-status-foreign', locality: 'residence' } as const;
const act = '60/2014/QH13; 123/2015/NĐ-CP';
const law = toConfirm(act, 'Told in the prose of the record.');
const days = (n: number, text = ''): readonly [string, string] => [`${n}wd`, `A bare number in the field. Civil status law counts working days${text === '' ? '' : `; the text says: ${text}`}.`];
const SAME_DAY = 'the same day, the next working day when received after 15:00';
const registration = (vi: string, en: string, waits: readonly ExcludedWait[] = []): Route => singleOffice(registrar, 'registration', vi, en, waits);
const elsewhere = (span: string): ExcludedWait => ({ cause: 'verification', text: text('Xác minh tại xã khác nơi đã cư trú', 'Inquiry at another commune of residence'), span, source: law });
export const copyFee = (code: string, vi: string, en: string, amount: number, source: string): Fee => ({
  code, name: text(vi, en), kind: 'fee', amount: { counter: amount, online: amount, post: amount }, when: 'filing', refundable: false, source: toConfirm(source, 'For one copy or event, as published; more are charged by the officer.'),
});
const EXTRACT = copyFee('extract-copy', 'Phí khai thác, sử dụng thông tin trong cơ sở dữ liệu hộ tịch', 'Fee for use of the civil status database', 8_000, '281/2016/TT-BTC');

export const civilStatusRows: readonly ProcedureRow[] = [
  { act, code: '1.000656', cases: 'recent long-ago', limit: days(1, SAME_DAY), route: registration('Đăng ký khai tử', 'Death registration'), docs: '1:application-form ~2 3:death-notice@recent 4:death-evidence@long-ago 5:authority? 6:identity-paper? 7:last-residence-paper? 8:death-place-paper?' },
  { act, code: '1.000894', limit: days(1), route: registration('Đăng ký kết hôn', 'Marriage registration', [elsewhere('5wd')]), docs: '1:application-form ~2 3:identity-paper? 4:residence-paper?' },
  { act, code: '1.004873', cases: 'first renewal', limit: days(3), route: registration('Cấp Giấy xác nhận tình trạng hôn nhân', 'Marital status certificate', [elsewhere('3wd')]), docs: '1:application-form ~2 3:earlier-certificate@renewal 4:authority? 5:identity-paper? 6:residence-paper?' },
  { act, code: '2.000635', limit: ['1wd', `No limit in the field; the text says ${SAME_DAY}.`], fees: [EXTRACT], route: registration('Cấp bản sao trích lục', 'Copy of the extract'), docs: '1:application-form ~2 3:authority? 4:identity-paper? 5:residence-paper?' },
  {
    act, code: '1.004859', cases: 'change correction addition ethnicity', limit: ['3wd', 'A bare "1"; the text gives the same day for additions only. For change and correction the Civil Status Law gives three working days (to be confirmed).'], caseLimits: { addition: '1wd' },
    docs: '1:application-form ~2 3:ground-paper 4:authority? 5:identity-paper? 6:residence-paper?',
    route: byCase(registrar, 'registration', 'Thay đổi, cải chính, bổ sung hộ tịch', 'Change, correction or addition', [{ cases: ['change', 'correction', 'ethnicity'], limit: '3wd', results: ['KQ.G15.000037'] }, { cases: ['addition'], limit: '1wd', results: ['KQ.G15.000037'] }]),
  },
  { act, code: '1.004884', cases: 'with-copy without-copy officer', limit: days(5), route: registration('Đăng ký lại khai sinh', 'Re-registration of birth', [elsewhere('5wd')]), docs: '1:application-form ~2 3:old-certificate-copy@with-copy 4:substitute-papers@without-copy 5:agency-confirmation@officer 6:authority? 7:identity-paper? 8:residence-paper?' },
  { act, code: '1.004746', cases: 'with-copy without-copy', limit: days(5), route: registration('Đăng ký lại kết hôn', 'Re-registration of marriage', [elsewhere('5wd')]), docs: '1:application-form ~2 3:old-certificate-copy@with-copy 4:identity-paper? 5:residence-paper?' },
  { act, code: '1.005461', cases: 'with-copy without-copy', limit: days(5), route: registration('Đăng ký lại khai tử', 'Re-registration of death', [elsewhere('5wd')]), docs: '1:application-form ~2 3:old-certificate-copy@with-copy 4:authority? 5:identity-paper? 6:residence-paper?' },
  { act, code: '1.001022', cases: 'medical-proof witnesses', limit: days(3), route: registration('Đăng ký nhận cha, mẹ, con', 'Recognition of parent or child'), docs: '1:application-form ~2 3:kinship-proof@medical-proof 4:commitment-with-witnesses@witnesses 5:identity-paper?' },
  { act, code: '1.000689', cases: 'medical-proof witnesses', limit: days(3), route: registration('Khai sinh kết hợp nhận cha, mẹ, con', 'Birth registration with recognition'), docs: '1:application-form 2:recognition-form 3:birth-notice 4:kinship-proof@medical-proof 5:commitment-with-witnesses@witnesses 6:identity-paper? 7:residence-paper?' },
  { act, code: '1.004837', cases: 'appointed natural', route: registration('Đăng ký giám hộ', 'Guardianship registration'), docs: '1:application-form ~2 3:guardian-appointment@appointed 4:natural-guardian-papers@natural 5:authority? 6:identity-paper? 7:residence-paper?' },
  {
    act: '87/2020/NĐ-CP', code: '2.002516', limit: ['3wd', 'No limit is published; three working days taken from the like confirmation of marital status.'], fees: [EXTRACT], flags: ['limit-assumed'], route: registration('Xác nhận thông tin hộ tịch', 'Confirmation of civil status data'),
    docs: '1:application-form ~2 3:ground-paper? 4:authority? 5:identity-paper? 6:residence-paper?',
  },
  {
    act, code: '2.000528', cases: 'born-in-vietnam born-abroad', limit: days(1, SAME_DAY), route: singleOffice(foreign, 'registration', 'Đăng ký khai sinh có yếu tố nước ngoài', 'Birth registration with foreign element'),
    docs: '1:application-form ~2 3:birth-notice@born-in-vietnam 4:foreign-birth-notice@born-abroad 5:nationality-agreement 6:entry-paper@born-abroad 7:authority? 8:identity-paper? 9:residence-paper?',
  },
  {
    act, code: '2.000806', limit: days(5), route: singleOffice(foreign, 'registration', 'Đăng ký kết hôn có yếu tố nước ngoài', 'Marriage with foreign element', [{ cause: 'consent', text: text('Hai bên nhận Giấy chứng nhận kết hôn trong 60 ngày từ ngày ký', 'Both receive the certificate within 60 days of signing'), span: '60d', source: law }]),
    docs: '1:application-form ~2 3:foreign-passport 4:foreign-marital-paper 5:medical-certificate 6:mission-marital-paper? 7:divorce-note? 8:officer-paper? 9:identity-paper? 10:residence-paper?',
  },
  {
    act: '52/2010/QH12', code: '2.001263', cases: 'known-child abandoned institution', limit: ['15d', 'No limit in the field; the text gives 10 days for check and opinions and 5 for the registration.'],
    fees: [copyFee('adoption', 'Lệ phí đăng ký nuôi con nuôi trong nước', 'Fee for domestic adoption', 400_000, '114/2016/NĐ-CP')],
    docs: '1:application-form 2:identity-copy 3:marital-status-paper 4:adopter-health-paper 5:family-circumstances 6:adoption-wish? 7:birth-certificate 8:child-health-paper 9:child-photos 10:birth-parents-paper@known-child,abandoned 11:institution-decision@institution',
    waits: [
      { cause: 'consent', text: text('Thời gian được thay đổi ý kiến đồng ý cho trẻ làm con nuôi', 'Time in which consent may be withdrawn'), span: '15d', source: toConfirm('52/2010/QH12', '15 days; another passage of the record says 10 working days.') },
      { cause: 'posting', text: text('Niêm yết tìm cha mẹ đẻ của trẻ bị bỏ rơi', 'Posting for the parents of an abandoned child'), span: '60d', source: toConfirm('52/2010/QH12', 'Only for abandoned children; the officer opens it.') },
    ],
    route: checkedThenDecided(registrar, ['Kiểm tra hồ sơ, lấy ý kiến những người liên quan', 'Check, opinions of those concerned'], ['Đăng ký việc nuôi con nuôi', 'Registration of the adoption']),
  },
  ...paperChains(),
];

/** Birth with residence and insurance on paper; the electronic chain took their place on 1/9/2026. */
function paperChains(): ProcedureRow[] {
  const dates = ['2025-01-01', '2026-08-31'] as const;
  const chainAct = '05/2015/TTLT-BTP-BCA-BYT';
  const far: ExcludedWait = { cause: 'transfer', text: text('Thêm 2 ngày làm việc khi phải chỉnh sửa; thêm 5 khi trụ sở cấp huyện cách từ 50 km', '2 working days more for corrections; 5 more when the district office is 50 km away'), span: '5wd', source: toConfirm(chainAct, 'Cites the district level, which is gone.') };
  const chain = (branches: readonly { readonly name: string; readonly role: string; readonly limit: string; readonly result?: string; readonly vi: string; readonly en: string }[]): Route => ({
    accountable: registrar, waits: [far],
    legs: ({ source }) => [
      leg({ ...registrar, name: 'civil-status', title: text('Đăng ký khai sinh', 'Birth registration'), limit: '5wd', decides: true, results: ['KQ.G15.000031'], source }),
      ...branches.map(({ name, role, limit, result, vi, en }) => leg({ name, role, locality: 'residence', title: text(vi, en), after: ['civil-status'], limit, results: result === undefined ? [] : [result], source })),
    ],
  });
  const card = { name: 'health-insurance', role: 'social-insurance', limit: '10wd', vi: 'Cấp thẻ bảo hiểm y tế', en: 'Health insurance card' };
  const reason = 'The field says days, the text working days: working days hold, as in every other limit of civil status.';
  return [
    {
      act: chainAct, dates, code: '2.000986', results: 'KQ.G15.000031 KQ.G01.000065 KQ.G18.000047', limit: ['20wd', reason], docs: '1:application-form 2:birth-notice 3:residence-change-form 4:household-consent? 5:insurance-declaration',
      route: chain([{ name: 'residence', role: 'police', limit: '15wd', result: 'KQ.G01.000065', vi: 'Đăng ký thường trú', en: 'Permanent residence registration' }, { ...card, result: 'KQ.G18.000047' }]),
    },
    { act: chainAct, dates, code: '2.001023', results: 'KQ.G15.000031', limit: ['15wd', reason], docs: '1:application-form 2:birth-notice 3:insurance-declaration', route: chain([card]) },
  ];
}
