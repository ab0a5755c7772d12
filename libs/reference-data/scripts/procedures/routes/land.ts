/** Land: the ways that registration, first certificates and decisions on land share. */
import type { ExcludedWait, LegTemplate, Source } from '@lienthong/law';
import { decided, leg, text } from '../builder.ts';
import { split } from '../limits.ts';
import type { Route } from '../row.ts';

const FULL = ['applicant', 'submitter', 'contact', 'subject', 'declaration'];
const where = { role: 'land-registration', locality: 'subject' } as const;
const committee = { role: 'peoples-committee', locality: 'subject' } as const;
/** The district until 30/6/2025, the commune since. */
export const localCommittee = { role: 'local-committee', locality: 'subject' } as const;

const landLaw = (note: string): Source => decided('101/2024/NĐ-CP; 151/2025/NĐ-CP', note);
const taxWait: ExcludedWait = { cause: 'payment', text: text('Thời gian người sử dụng đất thực hiện nghĩa vụ tài chính', 'Time until the land user has paid what the tax notice asks'), leg: 'tax-notice', source: landLaw('The tax leg is open until proof of payment; the charge suspends it.') };
const remote: ExcludedWait = { cause: 'extension', text: text('Xã miền núi, vùng sâu, vùng xa: thêm 10 ngày', 'Remote communes: ten days more'), span: '10d', source: landLaw('Not applied: which communes are remote is for the province to list.') };
const notice = (span: string, name: string): ExcludedWait => ({ cause: 'posting', text: text('Niêm yết hoặc thông báo công khai', 'Public posting or notice'), span, leg: name, source: landLaw('The clock stands still while it is posted.') });

const check = (limit: string, source: Source): LegTemplate => leg({ ...where, name: 'land-check', title: text('Kiểm tra hồ sơ, đối chiếu hồ sơ địa chính', 'Check against the cadastral record'), limit, source });
const LAND_TAX = { code: 'land-tax', name: text('Thuế, lệ phí trước bạ theo thông báo của cơ quan thuế', 'Tax and registration charge as notified by the tax office'), kind: 'tax' } as const;
const tax = (limit: string, after: string, source: Source): LegTemplate => leg({
  name: 'tax-notice', title: text('Xác định nghĩa vụ tài chính, ra thông báo thuế', 'Financial obligation, tax notice'), role: 'tax', locality: 'subject', after: [after], limit,
  charge: LAND_TAX, source,
});
const register = (limit: string, after: readonly string[], results: readonly string[], source: Source, decides = true): LegTemplate => leg({
  ...where, name: 'registration', title: text('Đăng ký, cập nhật hồ sơ địa chính, trao Giấy chứng nhận', 'Registration, cadastral record, certificate'), after, limit, decides, results, reads: FULL, source,
});

/** Check → registration, without money. */
export const landRegistration: Route = {
  accountable: where, waits: [remote],
  legs({ total, results, source }) {
    const [first, second] = split(total, [1, 2]);
    return [check(first!, source), register(second!, ['land-check'], results, source)];
  },
};

/** Check → registration of the new parcels, by what is asked: the land service changes the register itself. */
export const landReshaping: Route = {
  accountable: where, waits: [remote],
  legs({ total, results, source }) {
    const [first, second] = split(total, [1, 2]);
    return [check(first!, source), ...(['split', 'merge'] as const).map((action): LegTemplate => ({ ...register(second!, ['land-check'], results, source), name: action, title: RESHAPES[action], cases: [action], register: { register: 'land', action } }))];
  },
};
const RESHAPES = { split: text('Tách thửa, cập nhật hồ sơ địa chính, trao Giấy chứng nhận', 'Split, cadastral record, certificates'), merge: text('Hợp thửa, cập nhật hồ sơ địa chính, trao Giấy chứng nhận', 'Merge, cadastral record, certificate') } as const;

/** One working day: one leg. */
export const landNote: Route = { accountable: where, legs: ({ total, results, source }) => [register(total, [], results, source)] };

/** Check → tax notice and payment → registration. */
export const landRegistrationWithTax: Route = {
  accountable: where, waits: [taxWait, remote],
  legs({ total, results, source }) {
    const [first, second, third] = split(total, [1, 1, 2]);
    return [check(first!, source), tax(second!, 'land-check', source), register(third!, ['tax-notice'], results, source)];
  },
};

const posting = (limit: string, span: string, source: Source, after: readonly string[] = ['land-check']): LegTemplate => leg({
  ...committee, name: 'posting', title: text('Niêm yết công khai tại xã và khu dân cư (Mẫu 17)', 'Public posting in the commune and the settlement (form 17)'), after, limit, posting: span, source,
});

/** Check → posting by the commune → tax → registration. */
export const landPostedWithTax = (span: string): Route => ({
  accountable: where, waits: [notice(span, 'posting'), taxWait, remote],
  legs({ total, results, source }) {
    const [first, second, third, last] = split(total, [2, 1, 1, 3]);
    return [check(first!, source), posting(second!, span, source), tax(third!, 'posting', source), register(last!, ['tax-notice'], results, source)];
  },
});

/** Check → posting by the commune → registration; `action`: how the land service changes the register, where it does so itself. */
export const landPosted = (span: string, action?: string): Route => ({
  accountable: where, waits: [notice(span, 'posting'), remote],
  legs({ total, results, source }) {
    const [first, second, third] = split(total, [1, 1, 2]);
    return [check(first!, source), posting(second!, span, source), { ...register(third!, ['posting'], results, source), ...(action === undefined ? {} : { register: { register: 'land', action } }) }];
  },
});

/** First certificate: the commune surveys, confirms and posts; the tax office notifies; its chair signs; the branch records. */
export const firstCertificate: Route = {
  accountable: committee, waits: [notice('15d', 'commune-check'), taxWait, remote],
  legs({ total, results, source }) {
    const [first, second, third, last] = split(total, [4, 1, 2, 1]);
    const [confirmed, certificate] = results;
    return [
      leg({ ...committee, name: 'commune-check', title: text('Trích đo, xác nhận hiện trạng, niêm yết công khai', 'Survey, confirmation of the status, public posting'), limit: first!, posting: '15d', results: [confirmed!], source }),
      tax(second!, 'commune-check', source),
      leg({ ...committee, name: 'certificate', title: text('Chủ tịch UBND cấp xã ký Giấy chứng nhận', 'Certificate signed by the commune chair'), after: ['tax-notice'], limit: third!, decides: true, results: [certificate!], reads: FULL, source }),
      { ...register(last!, ['certificate'], [], source, false), name: 'record', title: text('Cập nhật hồ sơ địa chính', 'Entry into the cadastral record') },
    ];
  },
};

/** First certificate of an organisation: the form of use is decided before money is asked. */
export const firstCertificateOfOrganisation: Route = {
  accountable: committee, waits: [taxWait, remote],
  legs({ total, results, source }) {
    const [first, second, third, last] = split(total, [3, 3, 1, 2]);
    const [form, certificate] = results;
    return [
      check(first!, source),
      leg({ ...committee, name: 'form-of-use', title: text('Quyết định hình thức sử dụng đất', 'Decision on the form of land use'), after: ['land-check'], limit: second!, decides: true, results: [form!], source }),
      tax(third!, 'form-of-use', source),
      { ...register(last!, ['tax-notice'], [certificate!], source, false), name: 'certificate', title: text('Cấp Giấy chứng nhận, cập nhật hồ sơ địa chính', 'Certificate, cadastral record') },
    ];
  },
};

type Decider = { readonly role: string; readonly locality: 'subject' };

/** Check → decision by who gave the certificate → entry by the branch. */
export const landDecision = (who: Decider, vi: string, en: string): Route => ({
  accountable: who, waits: [remote],
  legs({ total, results, source }) {
    const [first, second, last] = split(total, [2, 2, 1]);
    const decidedResult = results.length > 1 ? [results.at(-1)!] : [];
    return [
      check(first!, source), leg({ ...who, name: 'decision', title: text(vi, en), after: ['land-check'], limit: second!, decides: true, results: decidedResult, source }),
      register(last!, ['decision'], [results[0]!], source, false),
    ];
  },
});

/**
 * Decision on the land itself. Its limit is in calendar days, which legs in a row cannot divide (each that ends on a day of rest runs on, over Tết by nine days): one leg, which asks the land registration office, the tax office
 * and, where it is not the one to appraise, whoever does. `resultOf` names the decision that a case ends in.
 */
export const landAllocation = (who: Decider, resultOf: Readonly<Record<string, string>>, certificate: string, appraiser?: string): Route => ({
  accountable: who, waits: [{ ...taxWait, leg: 'decision' }],
  legs({ total, source }) {
    const kinds = [...Map.groupBy(Object.entries(resultOf), ([, result]) => result)];
    const consults = [
      ...(appraiser === undefined ? [] : [opinion(appraiser, '7wd', 'Thẩm định của cơ quan quản lý đất đai', 'Appraisal by the land body')]),
      opinion('land-registration', '3wd', 'Trích lục, trích đo, hồ sơ địa chính', 'Survey and cadastral record'), opinion('tax', '3wd', 'Xác định nghĩa vụ tài chính', 'Financial obligation'),
    ];
    return kinds.map(([result, cases], n) => leg({
      ...who, name: n === 0 ? 'decision' : 'extension', title: text('Thẩm định, quyết định, cấp Giấy chứng nhận', 'Appraisal, decision, certificate'), limit: total, decides: true, results: [result, certificate], consults, charge: LAND_TAX, reads: FULL, source,
      ...(kinds.length === 1 ? {} : { cases: cases.map(([name]) => name) }),
    }));
  },
});

const opinion = (role: string, limit: string, vi: string, en: string) => ({ role, locality: 'subject', limit, silence: 'none', title: text(vi, en) }) as const;
