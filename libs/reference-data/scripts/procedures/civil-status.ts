/** Civil status: birth registration, and the electronic birth chain. */
import type { ExcludedWait, LegTemplate, Procedure } from '@lienthong/law';
import { CHAIN_SUPPLEMENT, SUPPLEMENT_NOTE, decided, everyChannel, leg, nationalDocument, nationalRow, read, text, toConfirm, version } from './builder.ts';
import type { National } from './builder.ts';

const BIRTH_CERTIFICATE = 'KQ.G15.000031';

/** Of a birth registration: told in the prose of the record alone. */
export const birthWaits: readonly ExcludedWait[] = [
  { cause: 'verification', text: text('Xác minh tại xã khác: thêm tối đa 3 ngày làm việc', 'Check at another commune: at most 3 working days more'), span: '3wd', source: toConfirm('123/2015/NĐ-CP', 'Read in the prose of the record; the officer opens it.') },
  { cause: 'posting', text: text('Niêm yết 7 ngày để tìm cha mẹ của trẻ bị bỏ rơi', 'Posting of 7 days for the parents of an abandoned child'), span: '7d', source: toConfirm('123/2015/NĐ-CP', 'Only for abandoned children; the officer opens it.') },
];

/** 1.001193: birth registration at the commune of a parent's residence. */
export function birthRegistration(national: National): Procedure[] {
  const row = nationalRow(national, '1.001193');
  const own = (n: number, code: string, en: string, options = {}) => nationalDocument(national, '1.001193', n, code, en, options);
  const note = 'Published "1" without unit, text: same day, next working day after 15:00; one working day decided. Abandoned children (posting of 7 days beside a limit of one) are not modelled.';
  const common = {
    cases: ['ordinary', 'surrogacy'], limit: everyChannel('1wd'),
    documents: [
      own(1, 'application-form', 'Declaration for birth registration'), own(3, 'birth-notice', 'Birth notice of the hospital, or what stands for it'),
      own(4, 'foundling-minutes', 'Minutes on a child that was abandoned', { cases: ['ordinary'], optional: true }), own(5, 'surrogacy-confirmation', 'Confirmation of surrogacy by the hospital', { cases: ['surrogacy'] }), own(6, 'authority', 'Document of authority', { optional: true }),
      own(7, 'identity-paper', 'Identity paper (shown)', { optional: true }), own(8, 'residence-paper', 'Residence paper, when the database cannot be read', { optional: true }),
    ],
    legs: [leg({
      name: 'registration', title: text('Đăng ký khai sinh', 'Birth registration'), role: 'civil-status', locality: 'residence', limit: '1wd', decides: true, results: [BIRTH_CERTIFICATE],
      source: decided('123/2015/NĐ-CP', note),
    })],
    source: decided('163/QĐ-BTP', `${note} ${SUPPLEMENT_NOTE}`),
  } satisfies Partial<Procedure>;
  return [
    version(row, { ...common, validFrom: '2025-01-01', validTo: '2025-06-30', legalBasis: ['60/2014/QH13', '123/2015/NĐ-CP', '04/2020/TT-BTP', '104/2022/NĐ-CP', '07/2025/NĐ-CP'] }),
    version(row, { ...common, validFrom: '2025-07-01', validTo: null }),
  ];
}

/** 3.000722: birth, then residence, health insurance and childbirth support side by side. */
export function birthChain(national: National): Procedure[] {
  const row = nationalRow(national, '3.000722');
  const source = toConfirm('63/2024/NĐ-CP; 301/2026/NĐ-CP', 'Absent from the national crawl. Limits per step as in NĐ 301/2026; the total is their longest path in whole working days (a day has 7.5 hours). Documents as in the paper chain 2.000986, without what databases hold.');
  return [version(row, {
    cases: ['with-support', 'standard'], channels: ['counter', 'online'], limit: everyChannel('5wd'), validFrom: '2026-09-01', validTo: null, supplement: CHAIN_SUPPLEMENT,
    documents: [
      nationalDocument(national, '2.000986', 1, 'application-form', 'Interlinked electronic declaration'), nationalDocument(national, '2.000986', 2, 'birth-notice', 'Birth notice of the hospital, or what stands for it'),
      nationalDocument(national, '2.000986', 4, 'household-consent', 'Consent of the head of household, when joining another household', { optional: true }),
    ],
    results: [
      { code: BIRTH_CERTIFICATE, name: text('Giấy khai sinh', 'Birth certificate') }, { code: 'KQ.G01.000065', name: text('Thông báo kết quả giải quyết thủ tục về cư trú', 'Notice of residence registration result') },
      { code: 'KQ.G18.000047', name: text('Thẻ bảo hiểm y tế', 'Health insurance card') }, { code: 'childbirth-support-decision', name: text('Quyết định hỗ trợ sinh con', 'Decision on childbirth support') },
    ],
    legs: chainLegs(), legalBasis: ['63/2024/NĐ-CP', '301/2026/NĐ-CP'], source,
  })];
}

function chainLegs(): LegTemplate[] {
  const law = read('301/2026/NĐ-CP, Điều 6');
  const supportSource = decided('301/2026/NĐ-CP, Điều 6', 'The commune chair decides at the same time; no number was read, two working days decided; the result has no national code.');
  return [
    leg({ name: 'civil-status', title: text('Đăng ký khai sinh', 'Birth registration'), role: 'civil-status', locality: 'residence', limit: '8wh', decides: true, results: [BIRTH_CERTIFICATE], source: law }),
    leg({ name: 'residence', title: text('Đăng ký thường trú', 'Permanent residence registration'), role: 'police', locality: 'residence', after: ['civil-status'], limit: '2wd', results: ['KQ.G01.000065'], source: law }),
    leg({ name: 'health-insurance', title: text('Cấp thẻ bảo hiểm y tế', 'Health insurance card'), role: 'social-insurance', locality: 'residence', after: ['civil-status'], limit: '3wd', results: ['KQ.G18.000047'], source: law }),
    leg({
      name: 'childbirth-support', title: text('Quyết định hỗ trợ sinh con', 'Decision on childbirth support'), role: 'social-protection-decision', locality: 'residence', after: ['civil-status'], limit: '2wd',
      results: ['childbirth-support-decision'], cases: ['with-support'], source: supportSource,
    }),
  ];
}
