/** Action × facts → facts or the problem that the officer reads. */
import { describe, expect, test } from 'vitest';
import type { PartyPart } from '@lienthong/law';
import type { PrepareChange } from '@lienthong/dossier-service';
import { landRules } from '../src/rules.ts';
import { blocked, unblocked } from '../src/rules-apply.ts';
import type { LandAction, LandChange, Mortgage, Parcel, Right } from '../src/rules-facts.ts';

const rules = landRules({ areasNow: (id) => (id === 'moved@1' ? [{ id: 'here@1' }] : [{ id }]) as never });

const person = (identityNumber: string, fullName = `Ông ${identityNumber}`): PartyPart => ({ citizen: { fullName, identityKind: 'IDENTITY_KIND_PERSONAL_NUMBER', identityNumber } });
const sen = '049180001234', hoa = '049085004321', mai = '049190007777';
const right = (number: string, more: Partial<Right> = {}): Right => ({ kind: 'use', holder: person(number), shareMillionths: 1_000_000, certificateNumber: 'AA 1', since: '2015-03-02', code: '', ...more });
const mortgage = (more: Partial<Mortgage> = {}): Mortgage => ({ mortgage: 'TC-1', creditor: 'Agribank', amount: 5, contractNumber: 'HĐ-1', registeredAt: 1, deletedAt: null, code: '', ...more });
const parcel = (more: Partial<Parcel> = {}): Parcel => ({ parcel: 'here-1-2', area: 'here@1', mapSheet: '1', number: '2', sizeDm2: 1, purpose: 'ONT', address: '', rights: [right(sen)], mortgages: [], blocks: [], ...more });

const at = Date.parse('2026-03-02T09:00:00+07:00');
const change = (action: LandAction, more: Partial<LandChange> = {}): LandChange => ({ ...action, parcel: 'here-1-2', code: 'HS-1', at, on: '2026-03-02', area: 'here@1', today: '2026-03-02', ...more }) as LandChange;
const transfer = (more: Partial<Extract<LandAction, { action: 'transfer' }>> = {}): LandAction => ({ action: 'transfer', sellers: [[sen]], to: person(hoa), certificateNumber: 'AA 2', consent: false, ...more });
const mortgaging = (more: Partial<Extract<LandAction, { action: 'mortgage' }>> = {}): LandAction => ({ action: 'mortgage', mortgagor: [sen], mortgage: 'TC-2', creditor: 'BIDV', amount: 7, contractNumber: 'HĐ-2', ...more });
const couple = [right(sen, { shareMillionths: 500_000 }), right(hoa, { shareMillionths: 500_000 })];
const distrained = blocked(parcel(), { kind: 'distraint', ground: 'QĐ 12', since: '2026-01-02' });

/** What matters of a parcel, on one line. */
function told(facts: Parcel | { readonly problem: string } | null): string {
  if (facts === null) return 'untouched';
  if ('problem' in facts) return facts.problem;
  const rights = facts.rights.map((one) => `${one.kind === 'use' ? '' : 'house '}${one.holder.citizen?.identityNumber ?? one.holder.organisation?.taxCode} ${one.shareMillionths} ${one.certificateNumber} ${one.code}`.trim());
  return [...rights, ...facts.mortgages.map((one) => `${one.mortgage} ${one.creditor}${one.deletedAt === null ? '' : ' deleted'}`)].join('; ');
}

describe('what a change makes of a parcel', () => {
  test.each<[string, LandAction, Parcel | null, string]>([
    ['transfer by its owner', transfer(), parcel(), `${hoa} 1000000 AA 2 HS-1`],
    ['transfer to an organisation', transfer({ to: { organisation: { name: 'Cty', taxCode: '4000100200' } } }), parcel(), '4000100200 1000000 AA 2 HS-1'],
    ['transfer of land and house', transfer(), parcel({ rights: [right(sen), right(sen, { kind: 'attached-property' })] }), `${hoa} 1000000 AA 2 HS-1; house ${hoa} 1000000 AA 2 HS-1`],
    ['transfer of one share', transfer({ to: person(mai) }), parcel({ rights: couple }), `${hoa} 500000 AA 1; ${mai} 500000 AA 2 HS-1`],
    ['transfer by both who hold it', transfer({ sellers: [[sen], [hoa]], to: person(mai) }), parcel({ rights: couple }), `${mai} 1000000 AA 2 HS-1`],
    ['transfer of an unknown parcel', transfer(), null, 'không có thửa đất here-1-2 trong cơ sở dữ liệu đất đai'],
    ['transfer by somebody else', transfer({ sellers: [[mai]] }), parcel(), 'người chuyển quyền không phải là người sử dụng thửa đất here-1-2 theo cơ sở dữ liệu'],
    ['transfer by the owner and a stranger', transfer({ sellers: [[sen], [mai]] }), parcel(), 'người chuyển quyền không phải là người sử dụng thửa đất here-1-2 theo cơ sở dữ liệu'],
    ['transfer by nobody who has a number', transfer({ sellers: [[]] }), parcel(), 'người chuyển quyền không phải là người sử dụng thửa đất here-1-2 theo cơ sở dữ liệu'],
    ['transfer to oneself', transfer({ to: person(sen) }), parcel(), 'người nhận chuyển quyền đồng thời là người chuyển quyền'],
    ['transfer without a certificate number', transfer({ certificateNumber: '' }), parcel(), 'chưa có số phát hành Giấy chứng nhận mới'],
    ['transfer of a mortgaged parcel', transfer(), parcel({ mortgages: [mortgage()] }), 'thửa đất đang thế chấp tại Agribank; chưa có văn bản đồng ý của bên nhận thế chấp'],
    ['transfer of a mortgaged parcel with consent', transfer({ consent: true }), parcel({ mortgages: [mortgage()] }), `${hoa} 1000000 AA 2 HS-1; TC-1 Agribank`],
    ['transfer after the mortgage was deleted', transfer(), parcel({ mortgages: [mortgage({ deletedAt: 2 })] }), `${hoa} 1000000 AA 2 HS-1; TC-1 Agribank deleted`],
    ['transfer of a distrained parcel', transfer({ consent: true }), distrained, 'thửa đất đang bị kê biên (QĐ 12)'],
    ['transfer of a disputed parcel', transfer(), blocked(parcel(), { kind: 'dispute', ground: 'TB 3', since: '2026-01-02' }), 'thửa đất đang có tranh chấp (TB 3)'],
    ['transfer after the distraint was lifted', transfer(), unblocked(distrained, '1', '2026-02-01', 'QĐ 15') as Parcel, `${hoa} 1000000 AA 2 HS-1`],
    ['transfer elsewhere', transfer(), parcel({ area: 'far@1' }), 'thửa đất here-1-2 không thuộc địa bàn của cơ quan đang giải quyết'],
    ['transfer of a parcel of the old era', transfer(), parcel({ area: 'moved@1' }), `${hoa} 1000000 AA 2 HS-1`],
    ['exchange by its owner', { action: 'exchange', holder: [sen], certificateNumber: 'AA 9' }, parcel({ mortgages: [mortgage()] }), `${sen} 1000000 AA 9; TC-1 Agribank`],
    ['exchange of a joint certificate', { action: 'exchange', holder: [sen], certificateNumber: 'AA 9' }, parcel({ rights: couple }), `${sen} 500000 AA 9; ${hoa} 500000 AA 9`],
    ['exchange by somebody else', { action: 'exchange', holder: [mai], certificateNumber: 'AA 9' }, parcel(), 'người đề nghị không phải là người sử dụng thửa đất here-1-2 theo cơ sở dữ liệu'],
    ['exchange for the same number', { action: 'exchange', holder: [sen], certificateNumber: 'AA 1' }, parcel(), 'Giấy chứng nhận AA 1 là giấy đang có; cấp đổi phải có số phát hành mới'],
    ['exchange of a distrained parcel', { action: 'exchange', holder: [sen], certificateNumber: 'AA 9' }, distrained, 'thửa đất đang bị kê biên (QĐ 12)'],
    ['mortgage by its owner', mortgaging(), parcel(), `${sen} 1000000 AA 1; TC-2 BIDV`],
    ['second mortgage', mortgaging(), parcel({ mortgages: [mortgage()] }), `${sen} 1000000 AA 1; TC-1 Agribank; TC-2 BIDV`],
    ['mortgage by somebody else', mortgaging({ mortgagor: [mai] }), parcel(), 'bên thế chấp không phải là người sử dụng thửa đất here-1-2 theo cơ sở dữ liệu'],
    ['the same mortgage twice', mortgaging({ creditor: 'Agribank', contractNumber: 'HĐ-1' }), parcel({ mortgages: [mortgage()] }), 'thế chấp theo hợp đồng HĐ-1 đã được đăng ký (TC-1)'],
    ['mortgage of a distrained parcel', mortgaging(), distrained, 'thửa đất đang bị kê biên (QĐ 12)'],
    ['release of the only mortgage', { action: 'mortgage-release', mortgage: '', contractNumber: '' }, parcel({ mortgages: [mortgage()] }), `${sen} 1000000 AA 1; TC-1 Agribank deleted`],
    ['release by contract', { action: 'mortgage-release', mortgage: '', contractNumber: 'HĐ-1' }, parcel({ mortgages: [mortgage(), mortgage({ mortgage: 'TC-3', contractNumber: 'HĐ-3' })] }), `${sen} 1000000 AA 1; TC-1 Agribank deleted; TC-3 Agribank`],
    ['release that names none of two', { action: 'mortgage-release', mortgage: '', contractNumber: '' }, parcel({ mortgages: [mortgage(), mortgage({ mortgage: 'TC-3' })] }), 'thửa đất có 2 đăng ký thế chấp còn hiệu lực; nêu số đăng ký hoặc số hợp đồng cần xóa'],
    ['release of what there is not', { action: 'mortgage-release', mortgage: 'TC-8', contractNumber: '' }, parcel({ mortgages: [mortgage()] }), 'không có đăng ký thế chấp TC-8 còn hiệu lực trên thửa đất here-1-2'],
    ['release a second time', { action: 'mortgage-release', mortgage: 'TC-1', contractNumber: '' }, parcel({ mortgages: [mortgage({ deletedAt: 2 })] }), 'không có đăng ký thế chấp TC-1 còn hiệu lực trên thửa đất here-1-2'],
    ['release on a distrained parcel', { action: 'mortgage-release', mortgage: '', contractNumber: '' }, { ...distrained, mortgages: [mortgage()] }, `${sen} 1000000 AA 1; TC-1 Agribank deleted`],
  ])('%s', (_, action, before, expected) => {
    expect(told(rules.next(change(action), 'here-1-2', before) as Parcel)).toBe(expected);
  });
});

describe('what a completion announces', () => {
  const announced = (action: string, given: { declaration?: Record<string, string>; values?: Record<string, string>; case?: string; documents?: readonly string[]; subject?: object; number?: string }): LandChange | { readonly problem: string } => rules.changeOf({
    folder: 'f', action, now: at, values: given.values ?? {}, results: [{ code: 'KQ', number: given.number ?? 'AA 2' }],
    particulars: { applicant: person(sen), subject: given.subject ?? { parcel: 'here-1-2' }, declaration: given.declaration ?? {} },
    leg: { area: 'here@1' }, dossier: { root: { body: { code: 'HS-1', case: given.case ?? 'transfer' }, documents: (given.documents ?? []).map((document) => ({ document })), clock: null }, requests: new Map(), legs: new Map() },
  } as unknown as PrepareChange);
  const buyer = { transfereeName: 'Bà Hòa', transfereeIdentityNumber: hoa };

  test.each<[string, string, Parameters<typeof announced>[1], object]>([
    ['a transfer as declared', 'transfer', { declaration: buyer }, { sellers: [[sen]], to: { citizen: { fullName: 'Bà Hòa', identityNumber: hoa } }, certificateNumber: 'AA 2', consent: false, code: 'HS-1', on: '2026-03-02' }],
    ['what the officer gives wins', 'transfer', { declaration: buyer, values: { transfereeIdentityNumber: mai, otherSellers: `${hoa}, ` } }, { sellers: [[sen], [hoa]], to: { citizen: { identityNumber: mai } } }],
    ['the creditor agrees', 'transfer', { declaration: buyer, documents: ['mortgagee-consent'] }, { consent: true }],
    ['the heir applies', 'transfer', { case: 'inheritance', values: { ownerIdentityNumber: mai } }, { sellers: [[mai]], to: person(sen) }],
    ['an inheritance of nobody', 'transfer', { case: 'inheritance' }, { problem: 'chưa nêu số định danh của người để lại di sản' }],
    ['no buyer', 'transfer', {}, { problem: 'chưa nêu đúng người nhận chuyển quyền: cần số định danh (9, 12 chữ số) hoặc mã số thuế (10, 13 chữ số) và tên' }],
    ['no parcel', 'transfer', { declaration: buyer, subject: {} }, { problem: 'hồ sơ chưa nêu mã thửa đất' }],
    ['a mortgage', 'mortgage', { declaration: { mortgageeName: 'BIDV', contractNumber: 'HĐ', amount: '12' }, number: 'TC-2' }, { mortgagor: [sen], mortgage: 'TC-2', creditor: 'BIDV', amount: 12, contractNumber: 'HĐ' }],
    ['a mortgage of no bank', 'mortgage', { declaration: { contractNumber: 'HĐ' } }, { problem: 'chưa nêu tên bên nhận thế chấp' }],
    ['a mortgage of half a đồng', 'mortgage', { declaration: { mortgageeName: 'BIDV', contractNumber: 'HĐ', amount: '0.5' } }, { problem: 'số tiền bảo đảm phải là số nguyên đồng' }],
    ['a release', 'mortgage-release', { declaration: { contractNumber: 'HĐ-1' } }, { mortgage: '', contractNumber: 'HĐ-1' }],
    ['an exchange under an old number', 'exchange', { values: { ownerIdentityNumber: '200123456' } }, { holder: ['200123456'], certificateNumber: 'AA 2' }],
    ['what no register does', 'flood', {}, { problem: 'không có biến động "flood"' }],
  ])('%s', (_, action, given, expected) => {
    expect(announced(action, given)).toMatchObject(expected);
  });
});
