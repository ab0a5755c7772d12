/** Social protection: monthly allowance with its move between communes, funeral support, social pension. */
import type { LegTemplate, Procedure, Source } from '@lienthong/law';
import { BENEFICIARY, SUPPLEMENT_NOTE, everyChannel, leg, nationalDocument, nationalRow, ownDocument, text, toConfirm, version } from './builder.ts';
import type { National } from './builder.ts';

const lawSource = (act: string, note: string): Source => toConfirm(act, `Absent from the national crawl: ${note} ${SUPPLEMENT_NOTE}`);
const allowanceDecision = { code: 'social-allowance-decision', name: text('Quyết định trợ cấp xã hội hàng tháng', 'Decision on the monthly social allowance') };
const pensionDecision = { code: 'social-pension-decision', name: text('Quyết định trợ cấp hưu trí xã hội', 'Decision on the social pension') };
const funeralDecision = { code: 'funeral-support-decision', name: text('Quyết định hỗ trợ chi phí mai táng', 'Decision on funeral support') };

const beneficiaryFile = (cases?: readonly string[]) => ownDocument('beneficiary-file', text('Hồ sơ đối tượng đang hưởng trợ cấp', 'File of the present beneficiary'), { evidence: BENEFICIARY, ...(cases === undefined ? {} : { cases }) });

type Change = { readonly name: string; readonly action: string; readonly vi: string; readonly en: string };
const CHANGES: readonly Change[] = [
  { name: 'start', action: 'start', vi: 'Quyết định hưởng trợ cấp', en: 'Decision to grant' },
  { name: 'adjust', action: 'adjust', vi: 'Quyết định điều chỉnh trợ cấp', en: 'Decision to adjust' },
  { name: 'stop', action: 'stop', vi: 'Quyết định thôi hưởng trợ cấp', en: 'Decision to stop' },
];

/** One deciding leg per kind of change, for each changes the register in its own way. */
function decisions(after: string, limit: string, result: string, source: Source): LegTemplate[] {
  return CHANGES.map((one) => leg({
    name: `${one.name}-decision`, title: text(one.vi, one.en), role: 'social-protection-decision', locality: 'residence', after: [after], limit, decides: true,
    register: { register: 'social', action: one.action }, results: [result], cases: [one.name], source,
  }));
}

const decisionNames = CHANGES.map((one) => `${one.name}-decision`);

function verification(limit: string, source: Source, posting: boolean): LegTemplate {
  return leg({
    name: 'verification', title: posting ? text('Xác minh, xét duyệt, niêm yết công khai', 'Verification and public posting') : text('Xác minh, xét duyệt', 'Verification'), role: 'social-protection', locality: 'residence', limit,
    ...(posting ? { posting: '2wd' } : {}), cases: ['start', 'adjust', 'stop'], source,
  });
}

const paymentList = (source: Source): LegTemplate => leg({
  name: 'payment-list', title: text('Lập danh sách chi trả', 'Payment list'), role: 'social-protection', locality: 'residence', after: decisionNames, limit: '2wd', cases: ['start', 'adjust', 'stop'], source,
});

/** NĐ 20/2021: when a beneficiary moves, the file goes from the old commune (3 working days) to the new one (5). */
function moveLegs(source: Source): LegTemplate[] {
  return [
    leg({
      name: 'move-out', title: text('Chuyển hồ sơ đối tượng đi', 'File sent by the old commune'), role: 'social-protection', locality: 'residence', limit: '3wd',
      register: { register: 'social', action: 'move-out' }, cases: ['move'], source,
    }),
    leg({
      name: 'move-in', title: text('Tiếp nhận hồ sơ, quyết định tiếp tục trợ cấp nơi ở mới', 'File taken over by the new commune'), role: 'social-protection-decision', locality: 'target', after: ['move-out'], limit: '5wd', decides: true,
      register: { register: 'social', action: 'move-in' }, results: [allowanceDecision.code], cases: ['move'], source,
    }),
    leg({ name: 'move-payment-list', title: text('Lập danh sách chi trả nơi ở mới', 'Payment list of the new commune'), role: 'social-protection', locality: 'target', after: ['move-in'], limit: '2wd', cases: ['move'], source }),
  ];
}

/** 1.001776: start, adjust, stop, and move of the monthly allowance. */
export function monthlyAllowance(national: National): Procedure[] {
  const row = nationalRow(national, '1.001776');
  const own = (n: number, code: string, en: string, options = {}) => nationalDocument(national, '1.001776', n, code, en, options);
  const common = {
    cases: ['start', 'adjust', 'stop', 'move'], results: [allowanceDecision],
    documents: [
      own(1, 'application-form', 'Declaration for the kind of beneficiary'), own(2, 'identity-paper', 'Identity paper (shown)', { optional: true }),
      own(3, 'disability-certificate', 'Certificate of disability, if any', { cases: ['start', 'adjust'], optional: true }), beneficiaryFile(['adjust', 'stop', 'move']),
    ],
  } satisfies Partial<Procedure>;
  const old = lawSource('20/2021/NĐ-CP, Điều 8', 'commune 7 and 3 working days (posting 2), district 7 and 3. Complaints against a posting (+10 days) are a consultation of the desk, not a limit.');
  const now = lawSource('20/2021/NĐ-CP; 131/2025/NĐ-CP', 'decided at the commune since 1/7/2025, "about 7 to 10 working days"; 10 taken, divided 5 + 3 + 2; the move has 3 + 5 of its own and 2 for the payment list.');
  return [
    version(row, { ...common, limit: everyChannel('20wd'), validFrom: '2025-01-01', validTo: '2025-06-30', legalBasis: ['20/2021/NĐ-CP', '76/2024/NĐ-CP'], source: old, legs: [...districtRoute(old), ...moveLegs(old)] }),
    version(row, {
      ...common, limit: everyChannel('10wd'), validFrom: '2025-07-01', validTo: null, legalBasis: ['20/2021/NĐ-CP', '76/2024/NĐ-CP', '131/2025/NĐ-CP'], source: now,
      legs: [verification('5wd', now, true), ...decisions('verification', '3wd', allowanceDecision.code, now), paymentList(now), ...moveLegs(now)],
    }),
  ];
}

/** The route over the district; its chair's decision carries the payment list. */
function districtRoute(source: Source): LegTemplate[] {
  const cases = ['start', 'adjust', 'stop'];
  return [
    verification('7wd', source, true),
    leg({ name: 'proposal', title: text('Chủ tịch UBND cấp xã đề nghị', 'Proposal of the commune chair'), role: 'social-protection', locality: 'residence', after: ['verification'], limit: '3wd', cases, source }),
    leg({ name: 'appraisal', title: text('Cơ quan chuyên môn cấp huyện thẩm định', 'Appraisal by the district office'), role: 'social-protection-decision', locality: 'residence', after: ['proposal'], limit: '7wd', cases, source }),
    ...decisions('appraisal', '3wd', allowanceDecision.code, source),
  ];
}

/** 1.001731: funeral support for a beneficiary. */
export function funeralSupport(national: National): Procedure[] {
  const row = nationalRow(national, '1.001731');
  const documents = [
    ownDocument('application-form', text('Tờ khai đề nghị hỗ trợ chi phí mai táng', 'Application for funeral support')), nationalDocument(national, '1.001731', 1, 'death-extract', 'Extract of the death register'), beneficiaryFile(),
  ];
  const route = (verify: string, decide: string, source: Source): LegTemplate[] => [
    leg({ name: 'verification', title: text('Xác minh', 'Verification'), role: 'social-protection', locality: 'residence', limit: verify, source }),
    leg({ name: 'decision', title: text('Quyết định hỗ trợ chi phí mai táng', 'Decision on funeral support'), role: 'social-protection-decision', locality: 'residence', after: ['verification'], limit: decide, decides: true, results: [funeralDecision.code], source }),
  ];
  const old = lawSource('20/2021/NĐ-CP, Điều 12', 'commune 2 and district 3 working days.');
  const now = lawSource('20/2021/NĐ-CP; 301/2026/NĐ-CP', '3 working days in the death chain, taken for the single procedure; divided 1 + 2.');
  const common = { cases: ['standard'], documents, results: [funeralDecision] };
  return [
    version(row, { ...common, limit: everyChannel('5wd'), validFrom: '2025-01-01', validTo: '2025-06-30', legalBasis: ['20/2021/NĐ-CP'], source: old, legs: route('2wd', '3wd', old) }),
    version(row, { ...common, limit: everyChannel('3wd'), validFrom: '2025-07-01', validTo: null, legalBasis: ['20/2021/NĐ-CP', '131/2025/NĐ-CP'], source: now, legs: route('1wd', '2wd', now) }),
  ];
}

/** 1.014027: social pension, which began on 1/7/2025 (41/2024/QH15). */
export function socialPension(national: National): Procedure[] {
  const source = lawSource('41/2024/QH15; 176/2025/NĐ-CP', '"about 10 working days"; 10 taken, divided 5 + 3 + 2.');
  return [version(nationalRow(national, '1.014027'), {
    cases: ['start', 'adjust', 'stop'], results: [pensionDecision], limit: everyChannel('10wd'), validFrom: '2025-07-01', validTo: null, legalBasis: ['41/2024/QH15', '176/2025/NĐ-CP'], source,
    documents: [nationalDocument(national, '1.014027', 1, 'application-form', 'Written request'), beneficiaryFile(['adjust', 'stop'])],
    legs: [verification('5wd', source, false), ...decisions('verification', '3wd', pensionDecision.code, source), paymentList(source)],
  })];
}
