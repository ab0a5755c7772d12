/** Poverty, insurance, merit, disability, the death chain. */
import { BENEFICIARY, CHAIN_SUPPLEMENT, ownDocument, leg, text } from '../builder.ts';
import type { ProcedureRow, Route } from '../row.ts';
import { deathChain, meritChain } from '../routes/welfare.ts';
import { byCase, checkedThenDecided, singleOffice } from '../routes/single-office.ts';
import { defaultTotal, ownResult } from './to-confirm.ts';

const committee = { role: 'peoples-committee', locality: 'residence' } as const;
const insurance = { role: 'social-insurance', locality: 'residence' } as const;
const poverty = '24/2021/QĐ-TTg; 07/2021/TT-BLĐTBXH', insured = '41/2024/QH15';
const review = (vi: string, en: string): Route => checkedThenDecided(committee, ['Rà soát, họp dân, niêm yết danh sách', 'Review, meeting, list posted'], [vi, en], '3wd');

const yearlyReview: Route = {
  accountable: committee,
  legs: ({ results, source }) => [
    leg({ ...committee, name: 'review', title: text('Rà soát, họp dân, niêm yết danh sách', 'Review, meeting, list posted'), limit: '7wd', posting: '3wd', source }),
    leg({ ...committee, name: 'recheck', title: text('Phúc tra, niêm yết kết quả', 'Re-check, result posted'), after: ['review'], limit: '7wd', posting: '3wd', source }),
    leg({
      ...committee, name: 'decision', title: text('Chủ tịch UBND cấp xã quyết định công nhận', 'Recognition by the commune chair'), after: ['recheck'], limit: '6wd', decides: true, results,
      consults: [{ role: 'province-committee', locality: 'residence', limit: '5wd', silence: 'none', title: text('Ý kiến của Chủ tịch UBND cấp tỉnh', 'Opinion of the province chair') }], source,
    }),
  ],
};

export const welfareRows: readonly ProcedureRow[] = [
  { act: poverty, code: '1.011606', limit: ['20wd', 'A bare "1": the review is yearly and has no limit of its own. The parts that the text names (re-check 7 working days, opinion 5) are added up, postings apart.'], flags: ['limit-assumed'], route: yearlyReview, docs: '1:application-form' },
  { act: poverty, code: '1.011607', route: review('Quyết định công nhận hộ nghèo, hộ cận nghèo', 'Recognition of poverty'), docs: '1:application-form' },
  { act: poverty, code: '1.011608', route: review('Quyết định công nhận thoát nghèo, thoát cận nghèo', 'Recognition of the exit from poverty'), docs: '1:application-form' },
  {
    act: insured, code: '2.000821', cases: 'monthly lump-sum funeral', results: 'KQ.G24.000053 KQ.G24.000063 KQ.G24.000067', docs: '1:application-form',
    route: byCase(insurance, 'decision', 'Giải quyết chế độ tử tuất', 'Survivor benefit', [
      { cases: ['monthly'], limit: '8wd', results: ['KQ.G24.000053'] }, { cases: ['lump-sum'], limit: '8wd', results: ['KQ.G24.000067'] }, { cases: ['funeral'], limit: '8wd', results: ['KQ.G24.000063'] },
    ]),
  },
  {
    act: insured, code: '1.002759', cases: 'book book-verified correction card', limit: ['45d', 'The field has the extreme case, contributions elsewhere to be verified; the text gives the others.'], caseLimits: { book: '10d', correction: '5d', card: '3d' }, docs: '1:declaration',
    route: byCase(insurance, 'reissue', 'Cấp lại, đổi, điều chỉnh sổ, thẻ', 'Reissue or correction', [
      { cases: ['book'], limit: '10d', results: ['KQ.G24.000002'] }, { cases: ['book-verified'], limit: '45d', results: ['KQ.G24.000002'] }, { cases: ['correction'], limit: '5d', results: ['KQ.G24.000002'] }, { cases: ['card'], limit: '3d', results: ['KQ.G24.000004'] },
    ]),
  },
  { act: '25/2008/QH12', code: '1.001939', results: 'KQ.G24.000004', route: singleOffice(insurance, 'card', 'Cấp thẻ bảo hiểm y tế', 'Health insurance card'), docs: '1:declaration ~2 3:participant-list?' },
  { act: '112/2024/NĐ-CP', code: '1.008004', results: 'KQ.G10.000535', route: singleOffice({ role: 'peoples-committee', locality: 'subject' }, 'consent', 'Chấp thuận chuyển đổi cơ cấu cây trồng, vật nuôi', 'Consent to the change of crop'), docs: '1:application-form' },
  { act: '28/2023/QH15; 54/2024/NĐ-CP', code: '1.001662', cases: 'well quarry', eras: 'now', route: singleOffice({ role: 'peoples-committee', locality: 'subject' }, 'registration', 'Đăng ký khai thác nước dưới đất', 'Groundwater registration'), docs: '1:application-form@well 2:quarry-water-form@quarry' },
  {
    act: '41/2024/QH15; 176/2025/NĐ-CP', code: '1.014028', eras: 'now', limit: ['3wd', '"About 3 working days", not checked.'], docs: '1:application-form 2:death-extract', ownDocuments: [ownDocument('beneficiary-file', text('Hồ sơ đối tượng đang hưởng trợ cấp', 'File of the present beneficiary'), { evidence: { service: 'social-protection', fact: 'beneficiary', subject: 'person' } })],
    ownResults: [ownResult('funeral-support-decision', 'Quyết định hỗ trợ chi phí mai táng', 'Decision on funeral support')],
    route: {
      accountable: { role: 'social-protection-decision', locality: 'residence' },
      legs: ({ results, source }) => [
        leg({ name: 'verification', title: text('Xác minh', 'Verification'), role: 'social-protection', locality: 'residence', limit: '1wd', source }),
        leg({ name: 'decision', title: text('Quyết định hỗ trợ chi phí mai táng', 'Decision on funeral support'), role: 'social-protection-decision', locality: 'residence', after: ['verification'], limit: '2wd', decides: true, results, source }),
      ],
    },
  },
  {
    act: '28/2012/NĐ-CP', code: '1.001699', cases: 'first again', limit: ['25wd', 'A copy of the portal says 25 working days, the notes about 25 days: the working days are the fuller text.'], docs: '', ownDocuments: [ownDocument('application-form', text('Đơn đề nghị xác định mức độ khuyết tật', 'Application for the degree of disability')), ownDocument('medical-papers', text('Bản sao giấy tờ y tế', 'Copies of medical papers'), { optional: true })],
    ownResults: [ownResult('disability-certificate', 'Giấy xác nhận khuyết tật', 'Certificate of disability')],
    route: checkedThenDecided({ role: 'social-protection', locality: 'residence' }, ['Hội đồng xác định mức độ khuyết tật họp', 'Council on the degree of disability'], ['Niêm yết, cấp Giấy xác nhận khuyết tật', 'Certificate of disability'], '5wd'),
    note: 'Documents are those of the decree as generally known; the posting of five working days as well.',
  },
  ...meritRows(),
  {
    act: '63/2024/NĐ-CP; 301/2026/NĐ-CP', code: '2.002913', dates: ['2026-09-01', null], cases: 'standard insured beneficiary merit', supplement: CHAIN_SUPPLEMENT, docs: '',
    limit: ['20wd', 'The longest branch of the chain: 24 hours for the civil status, then 18 working days of home affairs, in whole working days.'], caseLimits: { standard: '3wd', insured: '10wd', beneficiary: '5wd' },
    ownDocuments: [
      ownDocument('application-form', text('Tờ khai điện tử liên thông', 'Interlinked electronic declaration')), ownDocument('death-notice', text('Giấy báo tử hoặc giấy thay thế', 'Death notice, or what stands for it')),
      ownDocument('beneficiary-file', text('Hồ sơ đối tượng đang hưởng trợ cấp', 'File of the present beneficiary'), { cases: ['beneficiary'], evidence: BENEFICIARY }),
    ],
    ownResults: [
      ownResult('KQ.G15.000034', 'Trích lục khai tử', 'Extract of the death register'), ownResult('KQ.G01.000065', 'Thông báo kết quả giải quyết thủ tục về cư trú', 'Notice of residence registration result'), ownResult('KQ.G24.000063', 'Quyết định hưởng trợ cấp mai táng, tử tuất', 'Decision on funeral and survivor benefit'),
      ownResult('funeral-support-decision', 'Quyết định hỗ trợ chi phí mai táng', 'Decision on funeral support'), ownResult('merit-decision', 'Quyết định trợ cấp một lần, mai táng phí người có công', 'Decision on allowances after death (merit)'),
      ownResult('support-stop-decision', 'Quyết định thôi hưởng trợ cấp', 'Decision that support ends'),
    ],
    route: deathChain([
      { name: 'residence', role: 'police', limit: '1wd', vi: 'Xóa đăng ký thường trú', en: 'Deletion of residence', cases: ['standard', 'insured', 'beneficiary', 'merit'], results: ['KQ.G01.000065'] },
      { name: 'social-insurance', role: 'social-insurance', limit: '8wd', vi: 'Giải quyết chế độ tử tuất', en: 'Survivor benefit', cases: ['insured'], results: ['KQ.G24.000063'] },
      { name: 'insurance-stop', role: 'social-insurance', limit: '2wd', vi: 'Thôi trả lương hưu, trợ cấp bảo hiểm xã hội', en: 'Pension and insurance benefits stop', cases: ['insured'], results: [] },
      { name: 'health-agency', role: 'health-agency', limit: '3wd', vi: 'Hỗ trợ chi phí mai táng đối tượng bảo trợ xã hội', en: 'Funeral support', cases: ['beneficiary'], results: ['funeral-support-decision'] },
      { name: 'allowance-stop', role: 'social-protection-decision', limit: '2wd', vi: 'Thôi hưởng trợ cấp xã hội, trợ cấp hưu trí xã hội', en: 'Social support stops', cases: ['beneficiary'], results: ['support-stop-decision'], register: { register: 'social', action: 'stop-on-death' } },
      { name: 'home-affairs', role: 'department-home-affairs', limit: '18wd', vi: 'Trợ cấp khi người có công từ trần', en: 'Allowances after death (merit)', cases: ['merit'], results: ['merit-decision'] },
    ], 'KQ.G15.000034'),
  },
];

function meritRows(): ProcedureRow[] {
  const act = '02/2020/UBTVQH14; 131/2021/NĐ-CP';
  const application = (vi: string, en: string) => [ownDocument('application-form', text(vi, en))];
  const allowance = ownResult('merit-decision', 'Quyết định trợ cấp', 'Decision on the allowance');
  const chain: readonly [string, string] = ['18wd', 'At most 18 working days in the death chain; taken for the single procedure, for which none was read.'];
  return [
    { act, code: '1.010824', limit: chain, docs: '', ownDocuments: [...application('Bản khai của thân nhân', 'Declaration of the relative'), ownDocument('death-extract', text('Trích lục khai tử', 'Extract of the death register'))], ownResults: [allowance], route: meritChain },
    { act, code: '1.010803', limit: chain, docs: '1:application-form', ownResults: [allowance], route: meritChain },
    { act, code: '1.010833', limit: defaultTotal, docs: '', ownDocuments: application('Đơn đề nghị', 'Application'), ownResults: [ownResult('relative-certificate', 'Giấy xác nhận thân nhân người có công', 'Certificate for relatives')], flags: ['limit-assumed'], route: checkedThenDecided({ role: 'social-protection', locality: 'residence' }, ['Kiểm tra, đối chiếu hồ sơ', 'Check against the file'], ['Cấp Giấy xác nhận', 'Certificate']) },
    { act, code: '1.010827', limit: defaultTotal, docs: '', ownDocuments: application('Đơn đề nghị di chuyển hồ sơ', 'Request to move the file'), ownResults: [ownResult('file-transfer', 'Phiếu di chuyển hồ sơ', 'Transfer slip of the file')], flags: ['limit-assumed'], route: singleOffice({ role: 'department-home-affairs', locality: 'residence' }, 'transfer', 'Di chuyển hồ sơ người có công', 'Move of the file') },
    ...['2.002307', '2.002308'].map((code): ProcedureRow => ({ act, code, limit: chain, docs: '', ownDocuments: [...application('Bản khai của thân nhân', 'Declaration of the relative'), ownDocument('death-extract', text('Trích lục khai tử', 'Extract of the death register'))], ownResults: [allowance], flags: ['limit-assumed'], route: meritChain })),
  ];
}
