/** Splitting and merging: what is allowed, what passes on, and that no land is lost or made. */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { PartyPart } from '@lienthong/law';
import { landRules } from '../src/rules.ts';
import { blocked, ranked } from '../src/rules-apply.ts';
import type { LandAction, LandChange, Mortgage, NewParcel, Parcel, Right } from '../src/rules-facts.ts';

const rules = landRules({ areasNow: (id) => [{ id }] as never });
const sen = '049180001234', hoa = '049085004321';
const person = (identityNumber: string): PartyPart => ({ citizen: { fullName: identityNumber, identityKind: 'IDENTITY_KIND_PERSONAL_NUMBER', identityNumber } });
const right = (number: string, more: Partial<Right> = {}): Right => ({ kind: 'use', holder: person(number), shareMillionths: 1_000_000, certificateNumber: 'AA 1', since: '2015-03-02', code: '', ...more });
const mortgage = (more: Partial<Mortgage> = {}): Mortgage => ({ mortgage: 'TC-1', creditor: 'Agribank', amount: 5, contractNumber: 'HĐ-1', registeredAt: 1, deletedAt: null, code: '', ...more });
const parcel = (id = 'p-1', more: Partial<Parcel> = {}): Parcel => ({ parcel: id, area: 'here@1', mapSheet: '1', number: '2', sizeDm2: 100, purpose: 'ONT', address: '', rights: [right(sen)], mortgages: [], blocks: [], ...more });
const made = (id: string, sizeDm2: number, certificateNumber = `GCN ${id}`): NewParcel => ({ parcel: id, mapSheet: '1', number: id, sizeDm2, certificateNumber });

type Reshaping = Extract<LandAction, { action: 'split' | 'merge' }>;
const reshaping = (action: Reshaping['action'], sources: readonly Parcel[], makes: readonly NewParcel[], more: Partial<Reshaping> = {}): LandChange =>
  ({ action, holder: [sen], consent: false, sources, makes, ...more, parcel: sources[0]?.parcel ?? 'p-1', code: 'HS-1', at: 9, on: '2026-03-02', area: 'here@1', today: '2026-03-02' }) as LandChange;
const halves = [made('p-1a', 40), made('p-1b', 60)];
const couple = [right(sen, { shareMillionths: 500_000 }), right(hoa, { shareMillionths: 500_000 })];

/** The first problem among all records that the change touches, or how many it leaves. */
function outcome(change: LandChange, standing: readonly Parcel[]): string {
  for (const key of rules.touches(change)) {
    const next = rules.next(change, key, standing.find((one) => one.parcel === key) ?? null);
    if (next !== null && 'problem' in next) return next.problem;
  }
  return 'allowed';
}

describe('what is allowed', () => {
  const one = parcel(), two = parcel('p-2', { sizeDm2: 50 });
  test.each<[string, LandChange, readonly Parcel[], string]>([
    ['a split into two', reshaping('split', [one], halves), [one], 'allowed'],
    ['a split into one', reshaping('split', [one], [made('p-1a', 100)]), [one], 'tách thửa cần ít nhất 2 thửa mới'],
    ['a split that makes land', reshaping('split', [one], [made('p-1a', 40), made('p-1b', 61)]), [one], 'tổng diện tích thửa mới (101 dm²) khác tổng diện tích thửa cũ (100 dm²)'],
    ['a split into nothing', reshaping('split', [one], [made('p-1a', 0), made('p-1b', 100)]), [one], 'diện tích thửa đất mới phải là số nguyên dm² lớn hơn 0'],
    ['a split under one certificate', reshaping('split', [one], [made('p-1a', 40, 'X'), made('p-1b', 60, 'X')]), [one], 'mỗi thửa đất mới phải có số phát hành Giấy chứng nhận riêng'],
    ['a split without certificates', reshaping('split', [one], [made('p-1a', 40, ''), made('p-1b', 60)]), [one], 'mỗi thửa đất mới phải có số phát hành Giấy chứng nhận'],
    ['a split that keeps the old id', reshaping('split', [one], [made('p-1', 40), made('p-1b', 60)]), [one], 'mỗi thửa đất cũ, mới phải có mã riêng'],
    ['a split into what exists', reshaping('split', [one], halves), [one, parcel('p-1b')], 'mã thửa đất p-1b đã có trong cơ sở dữ liệu đất đai'],
    ['a split by somebody else', reshaping('split', [one], halves, { holder: [hoa] }), [one], 'người đề nghị không phải là người sử dụng thửa đất p-1 theo cơ sở dữ liệu'],
    ['a split of what is pledged', reshaping('split', [parcel('p-1', { mortgages: [mortgage()] })], halves), [parcel('p-1', { mortgages: [mortgage()] })], 'thửa đất đang thế chấp tại Agribank; chưa có văn bản đồng ý của bên nhận thế chấp'],
    ['a split as the creditor agrees', reshaping('split', [parcel('p-1', { mortgages: [mortgage()] })], halves, { consent: true }), [parcel('p-1', { mortgages: [mortgage()] })], 'allowed'],
    ['a split of what changed meanwhile', reshaping('split', [one], halves), [{ ...one, purpose: 'CLN' }], 'thửa đất p-1 vừa được thay đổi bởi hồ sơ khác'],
    ['a split of what is distrained', reshaping('split', [blocked(one, { kind: 'distraint', ground: 'QĐ 1', since: '2026-01-01' })], halves), [one], 'thửa đất đang bị kê biên (QĐ 1)'],
    ['a split of what is gone', reshaping('split', [one], halves), [{ ...one, ended: { by: 'merge', on: '2026-03-01', successors: ['p-9'], code: 'HS-0' } }], 'thửa đất p-1 đã hợp thành p-9 ngày 2026-03-01'],
    ['a merge of two', reshaping('merge', [one, two], [made('p-3', 150)]), [one, two], 'allowed'],
    ['a merge of one', reshaping('merge', [one], [made('p-3', 100)]), [one], 'hợp thửa cần ít nhất 2 thửa đất có trong cơ sở dữ liệu và đúng 1 thửa mới'],
    ['a merge of two people\'s', reshaping('merge', [one, parcel('p-2', { rights: [right(hoa)] })], [made('p-3', 200)]), [], 'thửa đất p-2 không cùng người sử dụng và cùng phần quyền với thửa đất p-1'],
    ['a merge of a couple\'s', reshaping('merge', [parcel('p-1', { rights: couple }), parcel('p-2', { rights: [...couple].reverse() })], [made('p-3', 200)]), [parcel('p-1', { rights: couple }), parcel('p-2', { rights: [...couple].reverse() })], 'allowed'],
    ['a merge of house land and field', reshaping('merge', [one, parcel('p-2', { purpose: 'CLN' })], [made('p-3', 200)]), [], 'thửa đất p-2 khác mục đích sử dụng (CLN) với thửa đất p-1 (ONT)'],
    ['a merge of what is pledged', reshaping('merge', [one, parcel('p-2', { mortgages: [mortgage()] })], [made('p-3', 200)], { consent: true }), [], 'thửa đất p-2 đang thế chấp; xóa đăng ký thế chấp trước khi hợp thửa'],
  ])('%s', (_what, change, standing, expected) => {
    expect(outcome(change, standing)).toBe(expected);
  });
});

/** All records after the change was applied to each in turn. */
function applied(change: LandChange, standing: readonly Parcel[]): Map<string, Parcel> {
  const after = new Map(standing.map((one) => [one.parcel, one]));
  for (const key of rules.touches(change)) if (!key.startsWith('certificate|')) after.set(key, rules.next(change, key, after.get(key) ?? null) as Parcel);
  return after;
}
const standingOf = (parcels: ReadonlyMap<string, Parcel>): readonly Parcel[] => [...parcels.values()].filter((one) => one.ended === undefined);
const sizes = fc.array(fc.integer({ min: 1, max: 10_000 }), { minLength: 2, maxLength: 8 });

describe('whatever is split and merged', () => {
  test('no land is lost or made, the holders stay, mortgages that stand lie on every part, and putting back leaves all as it was', () => {
    fc.assert(fc.property(sizes, fc.boolean(), (parts, pledged) => {
      const before = parcel('p-1', { sizeDm2: parts.reduce((sum, one) => sum + one, 0), rights: couple, mortgages: pledged ? [mortgage(), mortgage({ mortgage: 'TC-0', deletedAt: 3 })] : [] });
      const split = reshaping('split', [before], parts.map((size, n) => made(`n-${n}`, size)), { consent: true });
      const after = standingOf(applied(split, [before]));
      expect(after.reduce((sum, one) => sum + one.sizeDm2, 0)).toBe(before.sizeDm2);
      for (const one of after) {
        expect(one.rights.map(({ holder, shareMillionths }) => [holder, shareMillionths])).toEqual(couple.map(({ holder, shareMillionths }) => [holder, shareMillionths]));
        expect(one.mortgages.map(({ mortgage: id }) => id)).toEqual(pledged ? ['TC-1'] : []);
        expect(rules.undo(split, one.parcel, { before: null, after: one, now: one }, '2026-03-03')).toEqual({ facts: null });
      }
      const gone = applied(split, [before]).get('p-1')!;
      expect(rules.undo(split, 'p-1', { before, after: gone, now: gone }, '2026-03-03')).toEqual({ facts: before });
      if (pledged) return;
      const merge = reshaping('merge', after, [made('p-9', before.sizeDm2)]);
      expect(standingOf(applied(merge, after)).map(({ parcel: id, sizeDm2 }) => [id, sizeDm2])).toEqual([['p-9', before.sizeDm2]]);
    }));
  });

  test('a part that was sold is not put back', () => {
    const split = reshaping('split', [parcel()], halves);
    const part = applied(split, [parcel()]).get('p-1a')!;
    expect(rules.undo(split, 'p-1a', { before: null, after: part, now: { ...part, rights: [right(hoa)] } }, '2026-03-03')).toEqual({ problem: 'thửa đất p-1a đã có biến động tiếp theo' });
  });
});

test('rank goes by receipt, then by registration, and a deleted mortgage has none', () => {
  fc.assert(fc.property(fc.array(fc.record({ receivedAt: fc.integer({ min: 0, max: 9 }), deleted: fc.boolean() }), { maxLength: 8 }), (given) => {
    const mortgages = given.map(({ receivedAt, deleted }, n) => mortgage({ mortgage: `TC-${n}`, receivedAt, registeredAt: 100 - n, deletedAt: deleted ? 200 : null }));
    const ranks = ranked(mortgages), standing = mortgages.filter((one) => one.deletedAt === null);
    expect([...ranks.values()].sort((a, b) => a - b)).toEqual(standing.map((_, n) => n + 1));
    for (const a of standing) for (const b of standing) if (a.receivedAt! < b.receivedAt!) expect(ranks.get(a)!).toBeLessThan(ranks.get(b)!);
  }));
});
