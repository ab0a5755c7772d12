/** Construction permits beside 1.013225 (../construction.ts), roads, trees, planning information. */
import type { ExcludedWait, LegTemplate } from '@lienthong/law';
import { text, toConfirm } from '../builder.ts';
import type { ProcedureRow } from '../row.ts';
import { byCase, singleOffice } from '../routes/single-office.ts';

const commune = { role: 'construction-permit', locality: 'subject' } as const;
const department = { role: 'department-construction', locality: 'subject' } as const;
const act = '175/2024/NĐ-CP';
const firstDay = { act, counting: 'first-day-excluded' } as const;
const appraisal: ExcludedWait = { cause: 'verification', text: text('Cơ quan được hỏi trả lời trong 12 ngày', 'Bodies consulted answer in 12 days'), span: '12d', source: toConfirm(act, 'Runs inside the limit; which bodies are asked depends on the works, so the officer opens it.') };
const silence: NonNullable<LegTemplate['consults']> = [{ role: 'department-construction', locality: 'subject', limit: '12d', silence: 'consent', title: text('Ý kiến về quy hoạch, kiến trúc', 'Opinion on planning and architecture') }];

/** The channel column mixes houses and works: 15 days for the one, 20 for the other. */
const houseAndWorks = (result: string, vi: string, en: string): Pick<ProcedureRow, 'cases' | 'limit' | 'caseLimits' | 'route'> => ({
  cases: 'house works', limit: ['20d', 'Works have 20 days, detached houses 15: the column mixes the two.'], caseLimits: { house: '15d' },
  route: byCase(commune, 'permit', vi, en, [{ cases: ['house'], limit: '15d', results: [result] }, { cases: ['works'], limit: '20d', results: [result], consults: silence }]),
});
const provincial = (vi: string, en: string): ProcedureRow['route'] => singleOffice(department, 'permit', vi, en, [appraisal]);
const INDUSTRIAL = 'The management boards of industrial and high-technology zones decide inside their zones; no such board is in the data of offices yet.';

export const constructionRows: readonly ProcedureRow[] = [
  {
    ...firstDay, code: '1.013229', ...houseAndWorks('KQ.G17.000312', 'Cấp giấy phép sửa chữa, cải tạo', 'Permit to repair or renovate'),
    docs: '1:application-form 2:present-state-drawing 3:land-certificate 4:project-approval@works 5:works-design@works 6:house-design@house 7:religious-scale-approval?@works 8:heritage-need?@works 9:treaty-terms?@works 10:route-approval?@works',
  },
  {
    ...firstDay, code: '1.013226', ...houseAndWorks('KQ.G17.000314', 'Điều chỉnh giấy phép xây dựng', 'Adjustment of the permit'),
    docs: '1:application-form 2:construction-permit 3:adjusted-design 4:design-appraisal@works 5:land-use-change-paper? 6:land-certificate?',
  },
  { act, code: '1.013227', route: singleOffice(commune, 'extension', 'Gia hạn giấy phép xây dựng', 'Extension of the permit'), docs: '1:application-form 2:construction-permit' },
  { act, code: '1.013228', route: singleOffice(commune, 'reissue', 'Cấp lại giấy phép xây dựng', 'Reissue of the permit'), docs: '1:application-form 2:construction-permit?' },
  { ...firstDay, code: '1.013236', note: INDUSTRIAL, route: provincial('Thẩm định, cấp giấy phép xây dựng', 'Appraisal and construction permit'), docs: '1:application-form 2:land-certificate 3:project-approval 4:works-design 5:religious-scale-approval? 6:heritage-need? 7:treaty-terms? 8:bim-data?' },
  { ...firstDay, code: '1.013238', note: INDUSTRIAL, route: provincial('Cấp giấy phép sửa chữa, cải tạo', 'Permit to repair or renovate'), docs: '1:application-form 2:present-state-drawing 3:land-certificate 4:project-approval 5:works-design 6:religious-scale-approval? 7:heritage-need? 8:treaty-terms? 9:bim-data?' },
  { ...firstDay, code: '1.013231', note: INDUSTRIAL, route: provincial('Điều chỉnh giấy phép xây dựng', 'Adjustment of the permit'), docs: '1:application-form 2:construction-permit 3:adjusted-design 4:design-appraisal 5:land-use-change-paper? 6:land-certificate?' },
  {
    act: '258/2025/NĐ-CP', code: '1.002693', cases: 'ordinary protected', eras: 'now', limit: ['20wd', 'The field has 10 working days, the text 20 for protected trees.'], caseLimits: { ordinary: '10wd' }, docs: '1:application-form 2:tree-photo',
    note: 'The province names the body; the department of construction until it has.', flags: ['office-inferred'],
    route: byCase(department, 'permit', 'Cấp giấy phép chặt hạ, dịch chuyển cây xanh', 'Permit to fell or move a tree', [{ cases: ['ordinary'], limit: '10wd', results: ['KQ.H17.000039'] }, { cases: ['protected'], limit: '20wd', results: ['KQ.H17.000039'] }]),
  },
  { act: '165/2024/NĐ-CP', code: '1.013061', route: singleOffice(department, 'permit', 'Cấp giấy phép thi công trên đường bộ', 'Permit for works on a road'), docs: '1:application-form 2:works-design 3:restoration-and-traffic-plan 4:median-distance? 5:bearing-capacity-check?' },
  {
    act: '165/2024/NĐ-CP', code: '1.013274', cases: 'funeral other', limit: ['5wd', 'The text gives one day for funerals, five working days otherwise.'], caseLimits: { funeral: '1d' }, docs: '1:application-form 2:traffic-plan@other',
    route: byCase(department, 'permit', 'Cấp phép sử dụng tạm thời lòng đường, vỉa hè', 'Permit for temporary use', [{ cases: ['funeral'], limit: '1d', results: ['KQ.G04.000509'] }, { cases: ['other'], limit: '5wd', results: ['KQ.G04.000509'] }]),
  },
  { act: '178/2025/NĐ-CP', code: '1.014159', eras: 'now', note: 'The province names the body; the department of construction until it has.', flags: ['office-inferred'], route: singleOffice(department, 'information', 'Cung cấp thông tin quy hoạch', 'Planning information'), docs: '1:application-form' },
];
