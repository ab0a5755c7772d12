/** Action × file → file or the problem that the officer reads. */
import { describe, expect, test } from 'vitest';
import type { PrepareChange } from '@lienthong/dossier-service';
import { socialRules } from '../src/rules.ts';
import { arrearsIn, listedIn, paidIn } from '../src/rules-facts.ts';
import type { Beneficiary, SocialAction, SocialChange } from '../src/rules-facts.ts';
import { nextMonth } from '../src/rules-months.ts';
import { loadReference } from '@lienthong/reference-data';

const rules = socialRules({ areasNow: (id) => [{ id }] as never, support: loadReference().support! });
const xuan = { fullName: 'Bà Xuân', identityKind: 'IDENTITY_KIND_PERSONAL_NUMBER', identityNumber: '049145003333' };
const rate = { from: '2026-01', group: 'elderly-80', amount: 500, decisionNumber: 'QĐ 1' };
const file = (more: Partial<Beneficiary> = {}): Beneficiary => ({
  beneficiary: 'BT-HS-0', person: xuan, kind: 'monthly-allowance', state: 'active', startMonth: '2026-01', endMonth: '', rates: [rate], residences: [{ area: 'here', startMonth: '2026-01', endMonth: '' }], movingTo: '', code: 'HS-0', ...more,
});
const moving = file({ state: 'moving', movingTo: 'there', residences: [{ area: 'here', startMonth: '2026-01', endMonth: '2026-03' }] });
const stopped = file({ state: 'stopped', endMonth: '2026-03', residences: [{ area: 'here', startMonth: '2026-01', endMonth: '2026-03' }] });
const settled = file({ residences: [{ area: 'far', startMonth: '2026-01', endMonth: '2026-03' }, { area: 'here', startMonth: '2026-04', endMonth: '' }] });
const change = (action: SocialAction, area = 'here'): SocialChange => ({ ...action, kind: 'monthly-allowance', number: xuan.identityNumber, code: 'HS-1', area, today: '2026-03-02' }) as SocialChange;
const endedLate = rules.next(change({ action: 'stop', lastMonth: '2026-01' }), 'key', file()) as Beneficiary;
const newRate = { from: '2026-04', group: 'elderly-80', amount: 540, decisionNumber: 'QĐ 2' };

function told(next: Beneficiary | { readonly problem: string } | null): string {
  if (next === null) return 'untouched';
  if ('problem' in next) return next.problem;
  return [`${next.beneficiary} ${next.state}${next.movingTo && ` to ${next.movingTo}`}${next.endMonth && ` until ${next.endMonth}`}`, next.rates.map((one) => `${one.amount} from ${one.from} ${one.decisionNumber}`).join(', '),
    next.residences.map((one) => `${one.area} ${one.startMonth}…${one.endMonth}`).join(', ')].join('; ');
}

describe('what a change makes of a file', () => {
  test.each<[string, SocialChange, Beneficiary | null, string]>([
    ['start', change({ action: 'start', person: xuan, rate: newRate }), null, 'BT-HS-1 active; 540 from 2026-04 QĐ 2; here 2026-04…'],
    ['start while it is paid', change({ action: 'start', person: xuan, rate: newRate }), file(), 'người này đang hưởng từ tháng 2026-01 theo quyết định QĐ 1'],
    ['start again', change({ action: 'start', person: xuan, rate: newRate }), stopped, 'BT-HS-0 active; 500 from 2026-01 QĐ 1, 540 from 2026-04 QĐ 2; here 2026-01…2026-03, here 2026-04…'],
    ['start again in a month that was paid', change({ action: 'start', person: xuan, rate: { ...newRate, from: '2026-03' } }), stopped, 'người này đã hưởng đến hết tháng 2026-03'],
    ['start again in a month that was on a list when it was ended for months before', change({ action: 'start', person: xuan, rate: { ...newRate, from: '2026-02' } }), endedLate, 'người này đã hưởng đến hết tháng 2026-02'],
    ['start again after the last list', change({ action: 'start', person: xuan, rate: { ...newRate, from: '2026-03' } }), endedLate, 'BT-HS-0 active; 500 from 2026-01 QĐ 1, 540 from 2026-03 QĐ 2; here 2026-01…2026-01, here 2026-03…'],
    ['start without a decision', change({ action: 'start', person: xuan, rate: { ...newRate, decisionNumber: '' } }), null, 'chưa có số quyết định'],
    ['adjust', change({ action: 'adjust', rate: newRate }), file(), 'BT-HS-0 active; 500 from 2026-01 QĐ 1, 540 from 2026-04 QĐ 2; here 2026-01…'],
    ['adjust from the same month', change({ action: 'adjust', rate: { from: '2026-01', amount: 540, decisionNumber: 'QĐ 2' } }), file(), 'BT-HS-0 active; 540 from 2026-01 QĐ 2; here 2026-01…'],
    ['adjust from before', change({ action: 'adjust', rate: { ...newRate, from: '2025-12' } }), file(), 'mức hưởng mới phải từ tháng 2026-01 trở đi'],
    ['adjust what is on its way', change({ action: 'adjust', rate: newRate }), moving, 'hồ sơ đang được chuyển; nơi đến điều chỉnh sau khi tiếp nhận'],
    ['adjust elsewhere', change({ action: 'adjust', rate: newRate }, 'far'), file(), 'người hưởng không thuộc địa bàn của cơ quan đang giải quyết'],
    ['adjust nobody', change({ action: 'adjust', rate: newRate }), null, 'không có hồ sơ hưởng của người này trong cơ sở dữ liệu bảo trợ xã hội'],
    ['stop', change({ action: 'stop', lastMonth: '2026-05' }), file(), 'BT-HS-0 stopped until 2026-05; 500 from 2026-01 QĐ 1; here 2026-01…2026-05'],
    ['stop before anything is paid', change({ action: 'stop', lastMonth: '2025-12' }), file(), 'BT-HS-0 stopped until 2025-12; 500 from 2026-01 QĐ 1; here 2026-01…2025-12'],
    ['stop before the grant', change({ action: 'stop', lastMonth: '2025-11' }), file(), 'tháng cuối không được sớm hơn tháng liền trước tháng bắt đầu hưởng (2026-01)'],
    ['stop in a month that the commune before paid', change({ action: 'stop', lastMonth: '2026-02' }), settled, 'BT-HS-0 stopped until 2026-02; 500 from 2026-01 QĐ 1; far 2026-01…2026-02, here 2026-04…2026-02'],
    ['stop twice', change({ action: 'stop', lastMonth: '2026-05' }), stopped, 'người này đã thôi hưởng'],
    ['stop on death', change({ action: 'stop-on-death', lastMonth: '2026-02', kinds: ['monthly-allowance'] }), file(), 'BT-HS-0 stopped until 2026-02; 500 from 2026-01 QĐ 1; here 2026-01…2026-02'],
    ['stop on death before anything is paid', change({ action: 'stop-on-death', lastMonth: '2025-08', kinds: ['monthly-allowance'] }), file(), 'BT-HS-0 stopped until 2025-12; 500 from 2026-01 QĐ 1; here 2026-01…2025-12'],
    ['stop on death of what has ended', change({ action: 'stop-on-death', lastMonth: '2026-02', kinds: ['monthly-allowance'] }), stopped, 'untouched'],
    ['stop on death of what was stopped for a month ahead', change({ action: 'stop-on-death', lastMonth: '2026-02', kinds: ['monthly-allowance'] }), file({ state: 'stopped', endMonth: '2026-06', residences: [{ area: 'here', startMonth: '2026-01', endMonth: '2026-06' }] }), 'BT-HS-0 stopped until 2026-02; 500 from 2026-01 QĐ 1; here 2026-01…2026-02'],
    ['stop on death of what is on its way here', change({ action: 'stop-on-death', lastMonth: '2026-04', kinds: ['monthly-allowance'] }, 'there'), moving, 'BT-HS-0 stopped until 2026-04; 500 from 2026-01 QĐ 1; here 2026-01…2026-03, there 2026-04…2026-04'],
    ['stop on death elsewhere', change({ action: 'stop-on-death', lastMonth: '2026-02', kinds: ['monthly-allowance'] }, 'far'), file(), 'người hưởng không thuộc địa bàn của cơ quan đang giải quyết'],
    ['stop on death of what is on its way, before it left', change({ action: 'stop-on-death', lastMonth: '2026-02', kinds: ['monthly-allowance'] }, 'there'), moving, 'BT-HS-0 stopped until 2026-02; 500 from 2026-01 QĐ 1; here 2026-01…2026-02'],
    ['stop what is on its way, by the commune that was left', change({ action: 'stop', lastMonth: '2026-05' }), moving, 'BT-HS-0 stopped until 2026-05; 500 from 2026-01 QĐ 1; here 2026-01…2026-03, here 2026-04…2026-05'],
    ['move out what is on its way', change({ action: 'move-out', lastMonth: '2026-05', to: 'far' }), moving, 'hồ sơ đang được chuyển đến xã, phường khác; nơi đó tiếp nhận, hoặc việc chuyển được thu hồi, rồi mới chuyển tiếp'],
    ['move out', change({ action: 'move-out', lastMonth: '2026-03', to: 'there' }), file(), 'BT-HS-0 moving to there; 500 from 2026-01 QĐ 1; here 2026-01…2026-03'],
    ['move out in the last month of the commune before', change({ action: 'move-out', lastMonth: '2026-03', to: 'there' }), settled, 'BT-HS-0 moving to there; 500 from 2026-01 QĐ 1; far 2026-01…2026-03, here 2026-04…2026-03'],
    ['move out in a month that the commune before paid', change({ action: 'move-out', lastMonth: '2026-02', to: 'there' }), settled, 'nơi ở trước đã chi trả đến hết tháng 2026-03; tháng cuối không được sớm hơn'],
    ['move out before the commune has paid', change({ action: 'move-out', lastMonth: '2026-04', to: 'there' }), file({ residences: [{ area: 'here', startMonth: '2026-02', endMonth: '', decidedIn: '2026-05' }] }), 'nơi đang chi trả nhận hồ sơ trong tháng 2026-05 và chi trả từ tháng đó; tháng cuối không được sớm hơn'],
    ['move out to where one is', change({ action: 'move-out', lastMonth: '2026-03', to: 'here' }), file(), 'nơi chuyển đến là nơi đang chi trả'],
    ['move out by another commune', change({ action: 'move-out', lastMonth: '2026-03', to: 'there' }, 'far'), file(), 'người hưởng không thuộc địa bàn của cơ quan đang giải quyết'],
    ['move in', change({ action: 'move-in', decisionNumber: 'QĐ 9' }, 'there'), moving, 'BT-HS-0 active; 500 from 2026-01 QĐ 1, 500 from 2026-04 QĐ 9; here 2026-01…2026-03, there 2026-04…'],
    ['move in before it was sent', change({ action: 'move-in', decisionNumber: 'QĐ 9' }, 'there'), file(), 'hồ sơ chưa được nơi cũ chuyển đi'],
    ['move in where it was not sent', change({ action: 'move-in', decisionNumber: 'QĐ 9' }, 'far'), moving, 'hồ sơ đang được chuyển đến xã, phường khác'],
    ['move in twice', change({ action: 'move-in', decisionNumber: 'QĐ 9' }, 'here'), file(), 'hồ sơ chưa được nơi cũ chuyển đi'],
    ['move before the first month', change({ action: 'move-in', decisionNumber: 'QĐ 9' }, 'there'), { ...moving, startMonth: '2026-06', rates: [{ ...rate, from: '2026-06' }] }, 'BT-HS-0 active; 500 from 2026-06 QĐ 9; here 2026-01…2026-03, there 2026-06…'],
  ])('%s', (_, given, before, expected) => {
    expect(told(rules.next(given, 'key', before))).toBe(expected);
  });
});

describe('what is paid in a month', () => {
  const moved = rules.next(change({ action: 'move-in', decisionNumber: 'QĐ 9' }, 'there'), 'key', moving) as Beneficiary;
  const again = rules.next(change({ action: 'start', person: xuan, rate: { ...newRate, from: '2026-06' } }), 'key', stopped) as Beneficiary;
  test.each<[string, Beneficiary, string, string, number | null]>([
    ['before the first month', file(), '2025-12', 'here', null], ['in the first month', file(), '2026-01', 'here', 500], ['elsewhere', file(), '2026-01', 'there', null], ['after the last month', stopped, '2026-04', 'here', null],
    ['in the last month', stopped, '2026-03', 'here', 500], ['by the old commune until it lets go', moved, '2026-03', 'here', 500], ['by the new one from then', moved, '2026-04', 'there', 500], ['never by both', moved, '2026-04', 'here', null],
    ['as it was before it was adjusted', file({ rates: [rate, newRate] }), '2026-03', 'here', 500], ['as it was adjusted', file({ rates: [rate, newRate] }), '2026-04', 'here', 540],
    ['as it was before support was granted again', again, '2026-03', 'here', 500], ['not between two grants', again, '2026-05', 'here', null], ['by the new grant', again, '2026-06', 'here', 540],
    ['once for a funeral', file({ kind: 'funeral-support' }), '2026-01', 'here', 500], ['not twice for a funeral', file({ kind: 'funeral-support' }), '2026-02', 'here', null],
  ])('%s', (_, one, month, area, amount) => {
    expect(paidIn(one, month, [area])?.amount ?? null).toBe(amount);
  });

  const late = { from: '2026-04', group: 'elderly-80', amount: 540, decisionNumber: 'QĐ 2', decidedIn: '2026-06' };
  test.each<[string, Beneficiary, string, string, number | null, number]>([
    ['a late rise leaves lists that were made', file({ rates: [rate, late] }), '2026-05', 'here', 500, 0], ['and pays what they lacked with the first one after', file({ rates: [rate, late] }), '2026-06', 'here', 540, 80],
    ['once', file({ rates: [rate, late] }), '2026-07', 'here', 540, 0], ['by who pays then', file({ rates: [rate, late] }), '2026-06', 'there', null, 0],
    ['a late grant pays all months before', file({ startMonth: '2026-04', rates: [late], residences: [{ area: 'here', startMonth: '2026-04', endMonth: '' }] }), '2026-06', 'here', 540, 1_080],
    ['a late grant after an earlier one pays all months before', rules.next(change({ action: 'start', person: xuan, rate: { ...late, from: '2026-05' } }), 'key', stopped) as Beneficiary, '2026-06', 'here', 540, 540],
    ['and the earlier one was on no list of them', rules.next(change({ action: 'start', person: xuan, rate: { ...late, from: '2026-05' } }), 'key', stopped) as Beneficiary, '2026-05', 'here', null, 0],
    ['and was on no list before', file({ startMonth: '2026-04', rates: [late], residences: [{ area: 'here', startMonth: '2026-04', endMonth: '' }] }), '2026-05', 'here', null, 0],
    ['a late cut takes nothing back by itself', file({ rates: [rate, { ...late, amount: 300 }] }), '2026-06', 'here', 300, 0],
  ])('%s', (_, one, month, area, amount, arrears) => {
    expect([paidIn(one, month, [area])?.amount ?? null, arrearsIn(one, month, [area])]).toEqual([amount, arrears]);
  });

  const granted = file({ startMonth: '2026-04', rates: [late], residences: [{ area: 'here', startMonth: '2026-04', endMonth: '' }] });
  const dead = (lastMonth: string, before: Beneficiary = granted): Beneficiary => rules.next(change({ action: 'stop-on-death', lastMonth, kinds: ['monthly-allowance'] }), 'key', before) as Beneficiary;
  test.each<[string, Beneficiary, string, string, [number, number] | null]>([
    ['what was granted late is owed up to the month of death', dead('2026-05'), '2026-06', 'here', [0, 1_080]], ['once', dead('2026-05'), '2026-07', 'here', null], ['by the commune that kept the file', dead('2026-05'), '2026-06', 'there', null],
    ['who died in the month of the decision is paid as ever', dead('2026-06'), '2026-06', 'here', [540, 1_080]], ['who died before the first month is owed nothing', dead('2026-03'), '2026-06', 'here', null],
    ['what was raised late is owed up to the month of death', dead('2026-04', file({ rates: [rate, late] })), '2026-06', 'here', [0, 40]], ['who was paid all is on no list', dead('2026-03', file()), '2026-04', 'here', null],
    ['what was held back is owed to who lived through it', dead('2026-05', file({ withheld: [{ from: '2026-04', until: '2026-06', owed: 900 }] })), '2026-06', 'here', [0, 900]],
    ['and is a person\'s to settle for who did not', dead('2026-04', file({ withheld: [{ from: '2026-04', until: '2026-06', owed: 900 }] })), '2026-06', 'here', null],
    ['months of a commune before that came after the end stay unpaid when support is granted again', rules.next(change({ action: 'start', person: xuan, rate: { ...newRate, from: '2026-06' } }), 'key', rules.next(change({ action: 'stop', lastMonth: '2026-02' }), 'key', settled) as Beneficiary) as Beneficiary, '2026-03', 'far', null],
  ])('%s', (_, one, month, area, expected) => {
    const listed = listedIn(one, month, [area]);
    expect(listed === null ? null : [listed.rate.amount, listed.arrears]).toEqual(expected);
  });
  test('arrears go back ten years from the list with which they are paid', () => {
    const rates = [{ ...late, from: '2015-01', amount: 1, decidedIn: '2026-06' }, { ...late, from: '2026-05', amount: 1_000, decidedIn: '2026-06' }];
    expect(arrearsIn(file({ startMonth: '2015-01', rates, residences: [{ area: 'here', startMonth: '2015-01', endMonth: '' }] }), '2026-06', ['here'])).toBe(119 + 1_000);
  });

  const lateMove = (month: string, before: Beneficiary = moving): Beneficiary => rules.next(change({ action: 'move-in', decisionNumber: 'QĐ 9', month }, 'there'), 'key', before) as Beneficiary;
  const paid = (one: Beneficiary, area: string, ...months: string[]): unknown => months.map((month) => [paidIn(one, month, [area])?.amount ?? null, arrearsIn(one, month, [area])]);
  test('a commune that takes a file over late pays the months in which it was on its way with its first, and once', () => {
    expect(paid(lateMove('2026-06'), 'there', '2026-04', '2026-05', '2026-06', '2026-07')).toEqual([[null, 0], [null, 0], [500, 1_000], [500, 0]]);
    expect(paid(lateMove('2026-06'), 'here', '2026-03', '2026-04', '2026-06')).toEqual([[500, 0], [null, 0], [null, 0]]);
    expect(paid(lateMove('2026-04'), 'there', '2026-04', '2026-05')).toEqual([[500, 0], [500, 0]]);
    // What was raised before the move, and what is raised in the very month of it.
    const raised = rules.next(change({ action: 'adjust', rate: { from: '2026-05', amount: 540, decisionNumber: 'QĐ 10', decidedIn: '2026-06' } }, 'there'), 'key', lateMove('2026-06')) as Beneficiary;
    expect(paid(raised, 'there', '2026-05', '2026-06', '2026-07')).toEqual([[null, 0], [540, 1_040], [540, 0]]);
    const later = rules.next(change({ action: 'adjust', rate: { from: '2026-05', amount: 540, decisionNumber: 'QĐ 10', decidedIn: '2026-07' } }, 'there'), 'key', lateMove('2026-06')) as Beneficiary;
    expect(paid(later, 'there', '2026-06', '2026-07')).toEqual([[500, 1_000], [540, 80]]);
  });

  test('what is decided late from the month of the standing decision leaves its lists, and pays the difference alone', () => {
    const again = rules.next(change({ action: 'adjust', rate: { from: '2026-01', amount: 540, decisionNumber: 'QĐ 2', decidedIn: '2026-03' } }), 'key', file()) as Beneficiary;
    expect(['2026-01', '2026-02', '2026-03', '2026-04'].map((month) => [paidIn(again, month, ['here'])?.amount, arrearsIn(again, month, ['here'])])).toEqual([[500, 0], [500, 0], [540, 80], [540, 0]]);
  });

  test.each([['2026-01', '2026-02'], ['2026-09', '2026-10'], ['2026-12', '2027-01']])('after %s comes %s', (month, next) => { expect(nextMonth(month)).toBe(next); });
});

describe('what a completion announces', () => {
  const announced = (action: string, given: { declaration?: Record<string, string>; values?: Record<string, string>; standing?: Beneficiary; applicant?: object; subject?: object; target?: string; procedure?: string } = {}): object => rules.changeOf({
    folder: 'f', action, now: Date.parse('2026-03-02T09:00:00+07:00'), values: given.values ?? {}, results: [{ code: 'KQ', number: 'QĐ 2' }],
    particulars: { applicant: given.applicant ?? { citizen: xuan }, subject: given.subject ?? {}, declaration: given.declaration ?? {}, ...(given.standing === undefined ? {} : { standing: given.standing }) },
    leg: { area: 'here' }, dossier: { root: { body: { code: 'HS-1', procedure: given.procedure ?? '1.001776', areas: given.target === undefined ? {} : { target: given.target } }, clock: null } },
  } as unknown as PrepareChange);
  const declaration = { subjectGroup: 'elderly-80', monthlyAmount: '540000' };
  const toBank = { paymentChannel: 'bank', paymentBank: 'Agribank', paymentAccount: '4200 205', paymentHolder: 'BA XUAN' }, account = { bank: 'Agribank', number: '4200205', holder: 'BA XUAN' };

  test.each<[string, string, Parameters<typeof announced>[1], object]>([
    ['a start for the applicant', 'start', { declaration }, { kind: 'monthly-allowance', number: xuan.identityNumber, person: xuan, rate: { from: '2026-03', amount: 540_000, group: 'elderly-80', decisionNumber: 'QĐ 2' } }],
    ['a pension', 'start', { declaration, procedure: '1.014027' }, { kind: 'social-pension' }],
    ['a start for a child', 'start', { declaration: { ...declaration, beneficiaryIdentityNumber: '049220001212', beneficiaryName: 'Bé An' } }, { number: '049220001212', person: { fullName: 'Bé An' } }],
    ['a start for whom nobody names', 'start', { declaration, subject: { beneficiary: '049220001212' } }, { problem: 'chưa nêu đúng người hưởng: cần số định danh (9 hoặc 12 chữ số) và họ tên' }],
    ['a start for nothing', 'start', { declaration: { ...declaration, monthlyAmount: '0' } }, { problem: 'chưa nêu đúng mức hưởng (số nguyên đồng)' }],
    ['a start for no group', 'start', { declaration: { monthlyAmount: '5' } }, { problem: 'chưa nêu nhóm đối tượng hưởng' }],
    ['a start in no month', 'start', { declaration: { ...declaration, fromMonth: '2026-13' } }, { problem: 'tháng hưởng phải có dạng YYYY-MM' }],
    ['a group of the decree has its amount', 'start', { declaration: { subjectGroup: 'disability-degree-extreme', fromMonth: '2026-03' } }, { rate: { amount: 1_000_000, from: '2026-03', byStandard: true } }],
    ['and that of the month as it is known', 'start', { declaration: { subjectGroup: 'disability-degree-extreme', fromMonth: '2026-07' } }, { rate: { amount: 1_000_000 } }],
    ['and that of the month once it is announced', 'start', { declaration: { subjectGroup: 'disability-degree-extreme', fromMonth: '2026-09' } }, { rate: { amount: 1_080_000 } }],
    ['and no other', 'start', { declaration: { subjectGroup: 'disability-degree-severe', monthlyAmount: '800000' } }, { problem: 'mức hưởng từ tháng 2026-03 theo quy định là 750000 đồng (76/2024/NĐ-CP, Điều 1; 20/2021/NĐ-CP, Điều 6 (Điều 5 khoản 6)), không phải 800000' }],
    ['an adjustment by the decree alone', 'adjust', { values: { fromMonth: '2026-09' }, standing: file({ rates: [{ ...rate, group: 'hiv-poor' }] }) }, { rate: { amount: 810_000, from: '2026-09' } }],
    ['a grant for months before says when it was decided', 'start', { declaration: { ...declaration, fromMonth: '2026-01' } }, { rate: { from: '2026-01', decidedIn: '2026-03' } }],
    ['an adjustment keeps the group', 'adjust', { values: { monthlyAmount: '600000' }, standing: file() }, { rate: { from: '2026-03', amount: 600_000, decisionNumber: 'QĐ 2' }, number: xuan.identityNumber }],
    ['a grant to an account', 'start', { declaration: { ...declaration, ...toBank } }, { rate: { account } }],
    ['a grant by the post, whatever account was declared', 'start', { declaration: { ...declaration, ...toBank }, values: { paymentChannel: 'post' } }, { rate: expect.not.objectContaining({ account: expect.anything() }) }],
    ['an adjustment to the post', 'adjust', { values: { monthlyAmount: '600000', paymentChannel: 'post' }, standing: file() }, { payTo: 'post' }],
    ['an adjustment to an account', 'adjust', { values: { monthlyAmount: '600000', ...toBank }, standing: file() }, { payTo: account }],
    ['a move to an account', 'move-in', { values: toBank, standing: moving }, { payTo: account }],
    ['another channel', 'start', { declaration: { ...declaration, paymentChannel: 'cash' } }, { problem: 'hình thức chi trả phải là post (bưu điện) hoặc bank (ngân hàng)' }],
    ['an account of no channel', 'adjust', { values: { monthlyAmount: '600000', paymentAccount: '4200205' }, standing: file() }, { problem: 'hình thức chi trả phải là post (bưu điện) hoặc bank (ngân hàng)' }],
    ['an account at no bank', 'start', { declaration: { ...declaration, ...toBank, paymentBank: '' } }, { problem: 'chưa nêu đúng tên ngân hàng' }],
    ['an account of letters', 'move-in', { values: { ...toBank, paymentAccount: '42x' }, standing: moving }, { problem: 'chưa nêu đúng số tài khoản (6–19 chữ số / digits)' }],
    ['an account of nobody', 'adjust', { values: { monthlyAmount: '600000', ...toBank, paymentHolder: ' ' }, standing: file() }, { problem: 'chưa nêu đúng tên chủ tài khoản' }],
    ['an adjustment of nobody', 'adjust', { values: { monthlyAmount: '600000' } }, { problem: 'không tìm thấy hồ sơ hưởng của người nêu trong hồ sơ' }],
    ['a stop a year ahead', 'stop', { values: { lastMonth: '2027-03' }, standing: file() }, { lastMonth: '2027-03' }],
    ['a stop in a year that was mistyped', 'stop', { values: { lastMonth: '2062-03' }, standing: file() }, { problem: 'tháng 2062-03 cách tháng quyết định quá 12 tháng' }],
    ['a move after a year', 'move-out', { target: 'there', standing: file(), values: { lastMonth: '2027-04' } }, { problem: 'tháng 2027-04 cách tháng quyết định quá 12 tháng' }],
    ['an adjustment after a year', 'adjust', { values: { monthlyAmount: '600000', fromMonth: '2027-04' }, standing: file() }, { problem: 'tháng 2027-04 cách tháng quyết định quá 12 tháng' }],
    ['a start for a name that reads otherwise than it is', 'start', { declaration: { ...declaration, beneficiaryIdentityNumber: '049220001212', beneficiaryName: 'Bé \u202EnA' } }, { problem: 'chưa nêu đúng người hưởng: cần số định danh (9 hoặc 12 chữ số) và họ tên' }],
    ['a stop in the month given', 'stop', { values: { lastMonth: '2026-02' }, standing: file() }, { lastMonth: '2026-02' }],
    ['a move', 'move-out', { target: 'there', standing: file() }, { to: 'there', lastMonth: '2026-03' }],
    ['a move from the month before', 'move-out', { target: 'there', standing: file(), values: { lastMonth: '2026-02' } }, { to: 'there', lastMonth: '2026-02' }],
    ['a move from a month before those that were paid', 'move-out', { target: 'there', standing: file(), declaration: { lastMonth: '2026-01' } }, { problem: 'nơi đang chi trả đã lập danh sách đến hết tháng 2026-02; tháng cuối không được sớm hơn' }],
    ['a move of what was on no list yet', 'move-out', { target: 'there', standing: file({ rates: [{ ...rate, decidedIn: '2026-03' }] }), values: { lastMonth: '2026-01' } }, { to: 'there', lastMonth: '2026-01' }],
    ['a move to nowhere', 'move-out', { standing: file() }, { problem: 'hồ sơ chưa nêu xã, phường nơi chuyển đến' }],
  ])('%s', (_, action, given, expected) => {
    expect(announced(action, given)).toMatchObject(expected);
  });

  test.each([['adjust', file()], ['move-in', moving]])('%s that says nothing of the way of payment leaves it', (action, standing) => {
    expect(announced(action, { values: action === 'adjust' ? { monthlyAmount: '600000' } : {}, standing })).not.toHaveProperty('payTo');
  });
});
