/** 1.013225: construction permit for works of class III and IV and for detached houses. */
import type { Fee, LegTemplate, Procedure } from '@lienthong/law';
import { LAND_CERTIFICATE, SUPPLEMENT_NOTE, decided, leg, nationalDocument, nationalRow, publishedLimits, text, toConfirm, version } from './builder.ts';
import type { National } from './builder.ts';

const PERMIT = 'KQ.G17.000311';
const routeSource = decided('175/2024/NĐ-CP', 'Text: bodies consulted answer in 12 days, silence is consent. Appraisal (7 working days) and permit are one office and one leg of 15 days, the shortest channel.');

const fee = (code: string, forCase: string, amount: number): Fee => ({
  code, name: text('Lệ phí cấp giấy phép xây dựng', 'Fee for the construction permit'), kind: 'fee', amount: { counter: amount, online: amount, post: amount }, when: 'filing', refundable: false, cases: [forCase],
  source: toConfirm('250/2016/TT-BTC', 'Set by the provincial council; its resolution was not read. The figure is one in use elsewhere.'),
});

export function constructionPermit(national: National): Procedure[] {
  const row = nationalRow(national, '1.013225');
  const own = (n: number, code: string, en: string, options = {}) => nationalDocument(national, '1.013225', n, code, en, options);
  const common = {
    cases: ['house', 'works'], limit: publishedLimits(row), counting: 'first-day-excluded' as const, fees: [fee('permit-house', 'house', 75_000), fee('permit-works', 'works', 150_000)], legs: permitLegs(),
    documents: [
      own(1, 'application-form', 'Application for a construction permit'), own(2, 'land-certificate', 'Valid land paper', { evidence: LAND_CERTIFICATE }), own(5, 'house-design', 'Design of the house, two sets', { cases: ['house'] }),
      own(3, 'project-approval', 'Project approval, appraisal, fire safety, environment', { cases: ['works'] }), own(4, 'works-design', 'Construction drawings, two sets', { cases: ['works'] }),
      own(6, 'religious-scale-approval', 'Approval of scale for religious and cultural works', { cases: ['works'], optional: true }), own(7, 'heritage-need', 'Need of restoration of a monument', { cases: ['works'], optional: true }),
      own(8, 'treaty-terms', 'Terms of a treaty (diplomatic works)', { cases: ['works'], optional: true }),
    ],
  } satisfies Partial<Procedure>;
  const note = `Limits are as published per channel: 20 days, 15 at the counter (the column mixes works and houses; kept). ${SUPPLEMENT_NOTE}`;
  return [
    version(row, { ...common, validFrom: '2025-01-01', validTo: '2025-06-30', legalBasis: ['50/2014/QH13', '62/2020/QH14', '175/2024/NĐ-CP'], source: decided('175/2024/NĐ-CP', `Decided by the district until 30/6/2025; limits and documents of the later record. ${note}`) }),
    version(row, { ...common, validFrom: '2025-07-01', validTo: null, source: decided('56/QĐ-BXD', note) }),
  ];
}

/** One leg per case: two in a row, each carried from a day of rest to the next working day, would overrun a total in calendar days. */
function permitLegs(): LegTemplate[] {
  const permit = { title: text('Thẩm định, cấp giấy phép xây dựng', 'Appraisal and construction permit'), role: 'construction-permit', locality: 'subject', limit: '15d', decides: true, results: [PERMIT], source: routeSource } as const;
  return [
    leg({ ...permit, name: 'permit-house', cases: ['house'] }),
    leg({
      ...permit, name: 'permit-works', cases: ['works'],
      consults: [{ role: 'department-construction', locality: 'subject', limit: '12d', silence: 'consent', title: text('Ý kiến về quy hoạch, kiến trúc', 'Opinion on planning and architecture') }],
    }),
  ];
}
