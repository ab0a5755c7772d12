/** Action × records → records or the problem that the registrar reads. */
import { describe, expect, test } from 'vitest';
import type { PrepareChange } from '@lienthong/dossier-service';
import { loadReference } from '@lienthong/reference-data';
import { businessRules } from '../src/rules.ts';
import type { Business, BusinessAction, BusinessChange, BusinessRecord, Name } from '../src/rules-facts.ts';
import { stateOn } from '../src/rules-facts.ts';
import { comparable } from '../src/rules-names.ts';

const rules = businessRules({ areasNow: (id) => [{ id }] as never, industries: loadReference().industries! });
const lan = '049190001111', minh = '049085002222';
const owner = (identityNumber: string): Business['owner'] => ({ citizen: { fullName: 'Chủ hộ', identityKind: 'IDENTITY_KIND_PERSONAL_NUMBER', identityNumber } });
const name = (text: string, past: readonly string[] = []): Name => ({ name: text, comparable: comparable(text), area: 'here@1', past });
const business = (more: Partial<Business> = {}): Business => ({
  type: 'business', business: 'B1', taxCode: '', name: 'Hoa Mai', owner: owner(lan), area: 'here@1', address: 'thôn 1', lines: [], capital: 0, state: 'active', suspendedFrom: '', suspendedUntil: '', certificateNumber: '', registeredOn: '2026-01-05',
  endedOn: '', code: 'HS-0', ...more,
});
const change = (action: BusinessAction, more: Partial<BusinessChange> = {}): BusinessChange => ({
  ...action, business: 'B1', code: 'HS-1', on: '2026-03-02', area: 'here@1', today: '2026-03-02', by: [lan], was: action.action === 'establish' ? null : { name: name('Hoa Mai'), owner: lan }, ...more,
}) as BusinessChange;
const contents = { name: name('Hoa Mai', ['old@0']), owner: owner(lan), address: 'thôn 1', lines: [{ code: '4711', name: 'Tạp hóa' }], capital: 5 };
const suspended = business({ state: 'suspended', suspendedFrom: '2026-02-01', suspendedUntil: '2026-05-31' });

/** The records after a change, what matters of each on one line; a problem alone. */
function after(given: BusinessChange, before: Readonly<Record<string, BusinessRecord>>): string {
  const lines: string[] = [];
  for (const key of rules.touches(given)) {
    const next = rules.next(given, key, before[key] ?? null);
    if (next === null) continue;
    if ('problem' in next) return next.problem;
    lines.push(next.type === 'business' ? `${next.name} ${next.state}${next.suspendedUntil && ` until ${next.suspendedUntil}`}${next.taxCode && ` tax ${next.taxCode}`}${next.endedOn && ` ended ${next.endedOn}`}` : `${next.type} ${next.type === 'name' ? next.comparable : next.number}: ${next.business || 'free'}`);
  }
  return lines.join('; ');
}

const [own, hoaMai, ofLan] = ['business|B1', `name|here@1|${comparable('Hoa Mai')}`, `owner|${lan}`] as const;
const standing = { [own]: business(), [hoaMai]: { type: 'name', area: 'here@1', comparable: comparable('Hoa Mai'), business: 'B1' }, [ofLan]: { type: 'owner', number: lan, business: 'B1' } } as const;
const borne = (key: string, by: string): Record<string, BusinessRecord> => ({ [key]: { type: 'name', area: key.split('|')[1]!, comparable: key.split('|')[2]!, business: by } });

describe('what a change makes of the records', () => {
  test.each<[string, BusinessChange, Readonly<Record<string, BusinessRecord>>, string]>([
    ['establish', change({ action: 'establish', content: contents }), {}, `Hoa Mai active; name hoamai: B1; owner ${lan}: B1`],
    ['establish where the name was given up', change({ action: 'establish', content: contents }), borne(hoaMai, ''), `Hoa Mai active; name hoamai: B1; owner ${lan}: B1`],
    ['establish with a name that is borne', change({ action: 'establish', content: contents }), borne(hoaMai, 'B2'), 'tên "Hoa Mai" trùng với tên hộ kinh doanh khác đã đăng ký trong xã, phường'],
    ['establish with a name borne in a commune that was merged in', change({ action: 'establish', content: contents }), borne(`name|old@0|${comparable('Hoa Mai')}`, 'B2'), 'tên "Hoa Mai" trùng với tên hộ kinh doanh khác đã đăng ký trong xã, phường'],
    ['establish a second one', change({ action: 'establish', content: contents }), { [ofLan]: { type: 'owner', number: lan, business: 'B2' } }, 'người này đang là chủ một hộ kinh doanh khác; mỗi cá nhân chỉ được đăng ký một hộ kinh doanh'],
    ['establish after the first has ended', change({ action: 'establish', content: contents }), { [ofLan]: { type: 'owner', number: lan, business: '' } }, `Hoa Mai active; name hoamai: B1; owner ${lan}: B1`],
    ['establish what another dossier did', change({ action: 'establish', content: contents }), { [own]: business() }, 'đã có hộ kinh doanh B1 trong cơ sở dữ liệu'],
    ['the registration comes back and gets another name', change({ action: 'establish', content: { ...contents, name: name('Hoa Lan') } }, { was: { name: name('Hoa Mai'), owner: lan } }), { ...standing, [own]: business({ code: 'HS-1' }) }, 'Hoa Lan active; name hoalan: B1; name hoamai: free'],
    ['certificate', change({ action: 'certificate', taxCode: lan, certificateNumber: 'GCN' }), standing, `Hoa Mai active tax ${lan}`],
    ['certificate without a number', change({ action: 'certificate', taxCode: lan, certificateNumber: '' }), standing, 'chưa có số Giấy chứng nhận đăng ký hộ kinh doanh'],
    ['certificate of another dossier', change({ action: 'certificate', taxCode: lan, certificateNumber: 'GCN' }), { [own]: business({ certificateNumber: 'GCN-0' }) }, 'hộ kinh doanh đã có Giấy chứng nhận số GCN-0'],
    ['change of address', change({ action: 'change', content: { address: 'thôn 9' }, certificateNumber: 'G2' }), standing, 'Hoa Mai active'],
    ['change of name', change({ action: 'change', content: { name: name('Hoa Lan') }, certificateNumber: 'G2' }), standing, 'Hoa Lan active; name hoalan: B1; name hoamai: free'],
    ['change of letters alone', change({ action: 'change', content: { name: name('HOA MAI') }, certificateNumber: 'G2' }), standing, 'HOA MAI active'],
    ['change of owner', change({ action: 'change', content: { owner: owner(minh) }, certificateNumber: 'G2' }), standing, `Hoa Mai active; owner ${minh}: B1; owner ${lan}: free`],
    ['change of owner whose number is the tax code', change({ action: 'change', content: { owner: owner(minh) }, certificateNumber: 'G2' }), { ...standing, [own]: business({ taxCode: lan }) }, `Hoa Mai active tax ${minh}; owner ${minh}: B1; owner ${lan}: free`],
    ['change of owner under a tax code of its own', change({ action: 'change', content: { owner: owner(minh) }, certificateNumber: 'G2' }), { ...standing, [own]: business({ taxCode: '8012345678' }) }, `Hoa Mai active tax 8012345678; owner ${minh}: B1; owner ${lan}: free`],
    ['change to an owner who has one', change({ action: 'change', content: { owner: owner(minh) }, certificateNumber: 'G2' }), { ...standing, [`owner|${minh}`]: { type: 'owner', number: minh, business: 'B7' } }, 'người này đang là chủ một hộ kinh doanh khác; mỗi cá nhân chỉ được đăng ký một hộ kinh doanh'],
    ['change by somebody else', change({ action: 'change', content: { address: 'x' }, certificateNumber: '' }, { by: [minh] }), standing, 'người đề nghị không phải là chủ hộ kinh doanh theo cơ sở dữ liệu'],
    ['change while another dossier renamed it', change({ action: 'change', content: { address: 'x' }, certificateNumber: '' }), { [own]: business({ name: 'Hoa Lan' }) }, 'tên hoặc chủ hộ kinh doanh vừa được thay đổi bởi hồ sơ khác'],
    ['change elsewhere', change({ action: 'change', content: { address: 'x' }, certificateNumber: '' }, { area: 'far@1' }), standing, 'hộ kinh doanh không thuộc địa bàn của cơ quan đang giải quyết'],
    ['suspend', change({ action: 'suspend', from: '2026-03-05', until: '2026-06-30' }), standing, 'Hoa Mai suspended until 2026-06-30'],
    ['suspend twice', change({ action: 'suspend', from: '2026-03-05', until: '' }), { [own]: suspended }, 'hộ kinh doanh đang tạm ngừng từ 2026-02-01'],
    ['suspend after the last day of the first', change({ action: 'suspend', from: '2026-06-05', until: '' }, { on: '2026-06-05' }), { [own]: suspended }, 'Hoa Mai suspended'],
    ['suspend before the first day of the first', change({ action: 'suspend', from: '2026-03-05', until: '' }, { on: '2026-01-31' }), { [own]: suspended }, 'hộ kinh doanh đã đăng ký tạm ngừng từ 2026-02-01'],
    ['resume before the first day', change({ action: 'resume' }, { on: '2026-01-31' }), { [own]: suspended }, 'Hoa Mai active'],
    ['resume', change({ action: 'resume' }), { [own]: suspended }, 'Hoa Mai active'],
    ['resume what works', change({ action: 'resume' }), standing, 'hộ kinh doanh không tạm ngừng'],
    ['terminate', change({ action: 'terminate' }), standing, `Hoa Mai terminated ended 2026-03-02; name hoamai: free; owner ${lan}: free`],
    ['terminate what is suspended', change({ action: 'terminate' }), { ...standing, [own]: suspended }, `Hoa Mai terminated ended 2026-03-02; name hoamai: free; owner ${lan}: free`],
    ['terminate twice', change({ action: 'terminate' }), { [own]: business({ state: 'terminated' }) }, 'hộ kinh doanh đã chấm dứt hoạt động'],
    ['suspend what has ended', change({ action: 'suspend', from: '2026-03-05', until: '' }), { [own]: business({ state: 'terminated' }) }, 'hộ kinh doanh đã chấm dứt hoạt động'],
    ['terminate what there is not', change({ action: 'terminate' }), {}, 'không có hộ kinh doanh B1 trong cơ sở dữ liệu'],
  ])('%s', (_, given, before, expected) => {
    expect(after(given, before)).toBe(expected);
  });
});

test.each([
  ['2026-01-31', 'active'], ['2026-02-01', 'suspended'], ['2026-05-31', 'suspended'], ['2026-06-01', 'active'],
])('on %s a business that is suspended from February to May is %s', (on, state) => {
  expect(stateOn(suspended, on)).toBe(state);
});

describe('what a completion announces', () => {
  const announced = (action: string, given: { declaration?: Record<string, string>; values?: Record<string, string>; standing?: Business | null; taxCodeBearer?: string; on?: string; applicant?: object } = {}): object => rules.changeOf({
    folder: 'f', action, now: Date.parse(`${given.on ?? '2026-03-02'}T09:00:00+07:00`), values: given.values ?? {}, results: [{ code: 'KQ', number: 'GCN' }],
    particulars: { applicant: given.applicant ?? owner(lan), subject: {}, declaration: given.declaration ?? {}, standing: { business: given.standing === undefined ? business() : given.standing, area: 'here@1', past: [], taxCodeBearer: given.taxCodeBearer ?? '' } },
    leg: { area: 'here@1' }, dossier: { root: { body: { code: 'HS-1', case: '' }, clock: null, receivedAt: Date.parse('2026-01-01T07:30:00+07:00') } },
  } as unknown as PrepareChange);
  const declaration = { businessName: 'Hoa  Mai', address: 'thôn 1', industryCodes: '4711 Tạp hóa, gạo; 5610' };

  test.each<[string, string, Parameters<typeof announced>[1], object]>([
    ['an establishment', 'establish', { declaration, standing: null }, { business: 'HKD-HS-1', was: null, content: { name: { name: 'Hoa Mai', comparable: 'hoamai' }, capital: 0, lines: [{ code: '4711', name: 'Tạp hóa, gạo' }, { code: '5610', name: '' }] } }],
    ['no name', 'establish', { declaration: { ...declaration, businessName: 'HKD' }, standing: null }, { problem: 'tên hộ kinh doanh phải có tên riêng' }],
    ['no line', 'establish', { declaration: { ...declaration, industryCodes: '' }, standing: null }, { problem: 'chưa nêu ngành, nghề kinh doanh' }],
    ['a line without a code', 'establish', { declaration: { ...declaration, industryCodes: 'Tạp hóa' }, standing: null }, { problem: 'ngành, nghề "Tạp hóa" không có mã trong hệ thống ngành kinh tế', refusal: { code: 'INDUSTRY_UNKNOWN' } }],
    ['a line that the list of the day does not know', 'establish', { declaration: { ...declaration, industryCodes: '4711; 4512' }, standing: null }, { refusal: { code: 'INDUSTRY_UNKNOWN', meta: { code: '4512', date: '2026-03-02' } } }],
    ['a line that the list knew then', 'establish', { declaration: { ...declaration, industryCodes: '4512' }, standing: null, on: '2025-11-14' }, { content: { lines: [{ code: '4512' }] } }],
    ['an organisation as owner', 'establish', { declaration, standing: null, applicant: { organisation: { name: 'Cty', taxCode: '4000100200' } } }, { problem: 'chủ hộ kinh doanh phải là công dân Việt Nam có số định danh' }],
    ['the personal number is the tax code', 'certificate', {}, { taxCode: lan, certificateNumber: 'GCN' }],
    ['before July 2025 the tax office gives one', 'certificate', { on: '2025-06-10' }, { problem: 'chưa có mã số thuế do cơ quan thuế cấp (10, 12 hoặc 13 chữ số)' }],
    ['the tax code that the link gave', 'certificate', { on: '2025-06-10', values: { taxCode: '8012345678' } }, { taxCode: '8012345678' }],
    ['a tax code that another business bears', 'certificate', { values: { taxCode: '8012345678' }, taxCodeBearer: 'B7' }, { problem: 'mã số thuế 8012345678 đã cấp cho hộ kinh doanh B7' }],
    ['a change of nothing', 'change', {}, { problem: 'hồ sơ không nêu nội dung thay đổi' }],
    ['a new owner', 'change', { declaration: { newOwnerName: 'Minh', newOwnerIdentityNumber: minh } }, { content: { owner: { citizen: { identityNumber: minh } } }, by: [lan] }],
    ['an heir', 'change', { applicant: owner(minh), values: { ownerIdentityNumber: lan }, declaration: { newOwnerName: 'Minh', newOwnerIdentityNumber: minh } }, { by: [lan] }],
    ['a suspension from today', 'suspend', { declaration: { untilDate: '2026-06-30' } }, { from: '2026-03-02', until: '2026-06-30' }],
    ['a suspension that ends before', 'suspend', { declaration: { fromDate: '2026-07-01', untilDate: '2026-06-30' } }, { problem: 'ngày kết thúc tạm ngừng phải sau ngày bắt đầu' }],
    ['a suspension that is over', 'suspend', { declaration: { fromDate: '2026-01-01', untilDate: '2026-03-01' } }, { problem: 'ngày kết thúc tạm ngừng 2026-03-01 đã qua' }],
    ['a suspension of its last day', 'suspend', { declaration: { fromDate: '2026-01-01', untilDate: '2026-03-02' } }, { from: '2026-01-01', until: '2026-03-02' }],
    ['a suspension from before it was handed in', 'suspend', { declaration: { fromDate: '2025-12-31' } }, { problem: 'ngày tạm ngừng 2025-12-31 trước ngày nộp hồ sơ 2026-01-01' }],
    ['a name that reads otherwise than it is', 'establish', { declaration: { ...declaration, businessName: 'Hoa \u202EiaM' }, standing: null }, { problem: 'tên hộ kinh doanh có ký tự không nhìn thấy: U+202E ở vị trí / at character 5' }],
    ['an address on two lines', 'establish', { declaration: { ...declaration, address: 'thôn 1\r\nxã Hai' }, standing: null }, { content: { address: 'thôn 1 xã Hai' } }],
    ['an address with what nobody sees', 'establish', { declaration: { ...declaration, address: 'thôn\u200B 1' }, standing: null }, { problem: 'địa chỉ có ký tự không nhìn thấy: U+200B ở vị trí / at character 5' }],
    ['a line with what nobody sees', 'establish', { declaration: { ...declaration, industryCodes: '5610 Quán\u00AD ăn' }, standing: null }, { problem: 'ngành, nghề có ký tự không nhìn thấy: U+00AD ở vị trí / at character 5' }],
    ['a new owner with what nobody sees', 'change', { declaration: { newOwnerName: 'Mi\u200Bnh', newOwnerIdentityNumber: minh } }, { problem: 'tên chủ hộ mới có ký tự không nhìn thấy: U+200B ở vị trí / at character 3' }],
    ['a suspension on no day', 'suspend', { declaration: { fromDate: '2026-02-30' } }, { problem: 'ngày tạm ngừng phải có dạng YYYY-MM-DD' }],
    ['of what the register does not have', 'terminate', { standing: null }, { problem: 'không tìm thấy hộ kinh doanh nêu trong hồ sơ' }],
  ])('%s', (_, action, given, expected) => {
    expect(announced(action, given)).toMatchObject(expected);
  });
});
