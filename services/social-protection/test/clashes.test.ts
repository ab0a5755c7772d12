/** Files that seem to be one person's after communes became one: who is found, who is paid meanwhile, and what a decision makes of it. */
import fc from 'fast-check';
import { dossier, social as pb } from '@lienthong/contract';
import { mergedCommunes, mergedFrom, splitFrom } from '@lienthong/testkit';
import type { MemoryHub } from '@lienthong/testkit';
import { describe, expect, test } from 'vitest';
import { clashesAmong, decided, decisionProblem, withheldIn } from '../src/rules-clashes.ts';
import type { Held, PlaceOf } from '../src/rules-clashes.ts';
import { arrearsIn, paidIn, payerIn } from '../src/rules-facts.ts';
import type { Beneficiary, ClashOrder } from '../src/rules-facts.ts';
import { cuong, oldFile, reason, seed, service, socialHub } from './social-of-tests.ts';

type Given = { readonly card?: boolean; readonly name?: string; readonly born?: string; readonly number?: string; readonly sex?: string; readonly kind?: Beneficiary['kind']; readonly from?: string; readonly amount?: number; readonly area?: string; readonly order?: ClashOrder; readonly state?: Beneficiary['state']; readonly endMonth?: string };
const file = (beneficiary: string, { card = true, name = 'Đinh Văn Hoà', born = '1950-02-03', kind = 'monthly-allowance', from = '2026-01', amount = 500, area = 'A', order, number = `n-${beneficiary}`, sex, state = 'active', endMonth = '' }: Given = {}): Beneficiary => ({
  beneficiary, person: { fullName: name, birthDate: born, identityKind: card ? 'IDENTITY_KIND_OLD_CARD' : 'IDENTITY_KIND_PERSONAL_NUMBER', identityNumber: number, ...(sex === undefined ? {} : { sex }) }, kind, state, startMonth: from, endMonth,
  rates: [{ from, group: 'g', amount, decisionNumber: `QĐ ${beneficiary}` }], residences: [{ area, startMonth: from, endMonth }], movingTo: '', code: '', ...(order === undefined ? {} : { clashOrder: order }),
});
const clash = (paid: readonly string[], ...beneficiaries: string[]) => ({ kind: 'monthly-allowance', beneficiaries, paid, ground: 'name-and-birth' });
const byName = (paid: readonly string[], ...beneficiaries: string[]) => ({ ...clash(paid, ...beneficiaries), ground: 'name' });
const orderOf = (of: readonly string[], keeps: readonly string[], on = '2026-06-10'): ClashOrder => ({ of, keeps, ground: 'QĐ 9', on });

describe('files that seem one person\'s', () => {
  test.each<[string, readonly Beneficiary[], object[]]>([
    ['an old card and a personal number: the personal number is paid', [file('B'), file('A', { card: false, from: '2026-03' })], [clash(['A'], 'A', 'B')]],
    ['two old cards: the older grant is paid', [file('B', { from: '2025-03' }), file('A')], [clash(['B'], 'B', 'A')]],
    ['however the name is written', [file('A', { card: false, name: 'ĐINH VĂN HÒA' }), file('B', { name: 'Đinh  văn hoà' })], [clash(['A'], 'A', 'B')]],
    ['two personal numbers are two persons', [file('A', { card: false }), file('B', { card: false })], []],
    ['and a card that may be either\'s waits for both', [file('C'), file('A', { card: false }), file('B', { card: false })], [clash(['A', 'B'], 'A', 'B', 'C')]],
    ['another name', [file('A'), file('B', { name: 'Đinh Văn Hoa' })], []],
    ['another day of birth', [file('A'), file('B', { born: '1950-02-04' })], []],
    ['no date of birth: the name alone makes a suspicion, and both are paid', [file('A', { born: '' }), file('B', { born: '' })], [byName(['A', 'B'], 'A', 'B')]],
    ['of one of them only', [file('A'), file('B', { born: '', name: 'ĐINH VĂN HÒA' })], [byName(['A', 'B'], 'A', 'B')]],
    ['another name without a date', [file('A', { born: '' }), file('B', { born: '', name: 'Đinh Văn Hoa' })], []],
    ['no name and no date', [file('A', { born: '', name: '' }), file('B', { born: '', name: ' ' })], []],
    ['two personal numbers without a date are two persons', [file('A', { born: '', card: false }), file('B', { born: '', card: false })], []],
    ['a man and a woman', [file('A', { born: '', sex: 'SEX_MALE' }), file('B', { born: '', sex: 'SEX_FEMALE' })], []],
    ['a sex that was not asked tells nothing', [file('A', { born: '', sex: 'SEX_MALE' }), file('B', { born: '', sex: 'SEX_UNSPECIFIED' })], [byName(['A', 'B'], 'A', 'B')]],
    ['a personal number that says another year of birth', [file('A', { born: '', card: false, number: '049051001234' }), file('B')], []],
    ['a personal number that says the same year', [file('A', { born: '', card: false, number: '049050001234' }), file('B')], [byName(['A', 'B'], 'A', 'B')]],
    ['a personal number that says another century', [file('A', { born: '', card: false, number: '049250001234' }), file('B')], []],
    ['a personal number that says a woman', [file('A', { born: '', card: false, number: '049150001234' }), file('B', { sex: 'SEX_MALE' })], []],
    ['who has stopped, without a date', [file('A', { born: '' }), file('B', { born: '', state: 'stopped', endMonth: '2026-02' })], []],
    ['a name alone holds nothing back, a date of birth does', [file('A', { card: false }), file('B'), file('C', { born: '' })], [byName(['A', 'C'], 'A', 'B', 'C')]],
    ['two whom their days tell apart are tied by a third without one', [file('A'), file('B', { born: '1950-02-04' }), file('C', { born: '' })], [byName(['A', 'B', 'C'], 'A', 'B', 'C')]],
    ['decided to be two, without a date', [file('A', { born: '', order: orderOf(['A', 'B'], ['A', 'B']) }), file('B', { born: '' })], []],
    ['another kind of support', [file('A'), file('B', { kind: 'social-pension' })], []],
    ['what is paid once runs no more', [file('A', { kind: 'funeral-support' }), file('B', { kind: 'funeral-support' })], []],
    ['who has stopped', [file('A'), file('B', { state: 'stopped', endMonth: '2026-02' })], []],
    ['decided to be two', [file('A', { order: orderOf(['A', 'B'], ['A', 'B']) }), file('B')], []],
    ['but a third one is new', [file('A', { order: orderOf(['A', 'B'], ['A', 'B']) }), file('B'), file('C', { from: '2026-05' })], [clash(['A', 'B'], 'A', 'B', 'C')]],
  ])('%s', (_what, files, found) => { expect(clashesAmong(files)).toEqual(found); });
});

/** Two communes that are one from April on. */
const merged: PlaceOf = (area, month) => (month >= '2026-04' ? 'A' : area);
const held = (...files: readonly Beneficiary[]): Held[] => files.map((one) => ({ file: one, since: '2026-02' }));

describe('a month', () => {
  const [a, b] = [file('A', { card: false }), file('B', { area: 'B' })];
  test.each<[string, readonly Held[], string, readonly string[]]>([
    ['in which two communes paid', held(a, b), '2026-03', []],
    ['at the end of which they are one', held(a, b), '2026-04', ['B']],
    ['before the hub made lists of both', [{ file: a, since: '2026-02' }, { file: b, since: '2026-06' }], '2026-05', []],
    ['of files that only a name ties', held(file('A', { born: '', card: false }), file('B', { born: '', area: 'B' })), '2026-05', []],
    ['after one has ended', held(file('A', { card: false, state: 'stopped', endMonth: '2026-04' }), b), '2026-05', []],
  ])('%s', (_what, files, month, ids) => { expect([...withheldIn(files, month, merged)]).toEqual(ids); });
});

describe('a decision', () => {
  const [a, b] = [file('A', { card: false, amount: 500 }), file('B', { area: 'B', amount: 800 })];
  const after = (keeps: readonly string[], files = [a, b]): Beneficiary[] => files.map((one) => decided(one, held(...files), orderOf(files.map((each) => each.beneficiary), keeps), merged));
  test.each<[string, readonly string[], object[]]>([
    ['for the one that is paid: the other was not paid since the merger', ['A'], [{ state: 'active' }, { state: 'stopped', endMonth: '2026-03' }]],
    ['for the one that waits: it gets the difference with the next month, the other is paid this month still', ['B'], [{ state: 'stopped', endMonth: '2026-06' }, { state: 'active', withheld: [{ from: '2026-04', until: '2026-07', owed: 900 }] }]],
    ['that they are two persons: all that was held back is owed', ['A', 'B'], [{ state: 'active' }, { state: 'active', withheld: [{ from: '2026-04', until: '2026-07', owed: 2400 }] }]],
  ])('%s', (_what, keeps, outcome) => { expect(after(keeps)).toMatchObject(outcome); });

  test('between files that only a name ties ends the other with this month, for both were paid, and owes nothing', () => {
    const files = [file('A', { born: '', card: false }), file('B', { born: '', area: 'B' })];
    expect(after(['A'], files)).toMatchObject([{ state: 'active' }, { state: 'stopped', endMonth: '2026-06' }]);
    for (const keeps of [['A'], ['A', 'B']]) expect(after(keeps, files).map((one) => one.withheld)).toEqual([undefined, undefined]);
    expect([decisionProblem(files, ['A']), clashesAmong(after(['A', 'B'], files))]).toEqual([null, []]);
  });

  test('that broke off comes to the same when it is completed', () => {
    for (const keeps of [['A'], ['B'], ['A', 'B']]) {
      const whole = after(keeps), order = orderOf(['A', 'B'], keeps);
      for (const half of [[whole[0]!, b], [a, whole[1]!]]) expect(half.map((one) => decided(one, held(...half), order, merged))).toEqual(whole);
    }
  });

  test('ends no file of somebody else', () => {
    const c = file('C', { card: false });
    expect([decisionProblem([a, b, c], ['A', 'C']), decisionProblem([a, b, c], ['B']), decisionProblem([a, b, c], ['A'])]).toEqual([null, null, 'hồ sơ C là của người khác, không trùng với hồ sơ được giữ']);
  });

  test('for drawn files: no month is paid twice to one person, and whoever goes on has in the end exactly what is his', () => {
    const paidTo = (one: Beneficiary, all: readonly Beneficiary[], month: string): number => (withheldIn(held(...all), month, merged).has(one.beneficiary) ? 0 : (paidIn(one, month, [payerIn(one, month) ?? ''])?.amount ?? 0) + (payerIn(one, month) === null ? 0 : arrearsIn(one, month, [payerIn(one, month)!])));
    const months = ['2026-02', '2026-03', '2026-04', '2026-05', '2026-06', '2026-07', '2026-08'];
    fc.assert(fc.property(fc.array(fc.record({ amount: fc.integer({ min: 1, max: 9 }).map((n) => n * 100), from: fc.constantFrom('2025-05', '2026-01', '2026-03'), area: fc.constantFrom('A', 'B'), card: fc.constant(true) }), { minLength: 2, maxLength: 4 }), fc.nat(), fc.boolean(), (drawn, pick, one) => {
      const files = drawn.map((given, n) => file(`F${n}`, given)), keeps = one ? [`F${pick % files.length}`] : files.map((each) => each.beneficiary), all = files.map((each) => decided(each, held(...files), orderOf(files.map((it) => it.beneficiary), keeps), merged));
      const sums = all.map((each) => months.reduce((sum, month) => sum + paidTo(each, all, month), 0)), rate = (id: string): number => files.find((each) => each.beneficiary === id)!.rates[0]!.amount;
      const since = (each: Beneficiary): number => months.filter((month) => month >= each.startMonth).length;
      if (!one) { expect(sums).toEqual(files.map((each) => rate(each.beneficiary) * since(each))); return; }
      for (const month of months.filter((each) => each >= '2026-04')) expect(all.filter((each) => paidTo(each, all, month) > 0).length).toBeLessThanOrEqual(1);
      // Never less than his, and no more than the highest of what he was granted.
      const total = sums.reduce((sum, each) => sum + each, 0), rates = files.map((each) => rate(each.beneficiary)), apart = 2 * rates.reduce((sum, each) => sum + each, 0);
      expect([total >= rate(keeps[0]!) * since(files.find((each) => each.beneficiary === keeps[0])!), total <= apart + Math.max(...rates) * (months.length - 2)]).toEqual([true, true]);
    }));
  });
});

describe('after communes became one', () => {
  const now = 'social-20197-202612', first = 'social-20197-202507', second = 'social-20200-202507', born = '1960-05-06';
  const person = (identityNumber: string, identityKind: string): dossier.Citizen => dossier.Citizen.fromJSON({ ...cuong, identityNumber, identityKind, birthDate: born });
  async function mergedHub(): Promise<MemoryHub> {
    const hub = await socialHub(mergedFrom('2026-12-01'));
    hub.world.clock = Date.parse('2026-11-23T08:00:00+07:00');
    await seed(hub, oldFile({ beneficiary: 'BT-1', area: mergedCommunes.first, person: person('049160004444', 'IDENTITY_KIND_PERSONAL_NUMBER'), amount: 500_000 }), 'seed-1', first);
    await seed(hub, oldFile({ beneficiary: 'BT-2', area: mergedCommunes.second, person: person('201604444', 'IDENTITY_KIND_OLD_CARD'), amount: 800_000 }), 'seed-2', second);
    return hub;
  }
  const list = async (hub: MemoryHub, area: string, month: string, office = now): Promise<pb.ListPaymentsResponse> => hub.call(service, 'listPayments', pb.ListPaymentsRequest.fromPartial({ area, month }), office);
  const lines = async (hub: MemoryHub, area: string, month: string, office = now): Promise<string[]> => { const { payments, totalAmount } = await list(hub, area, month, office); return [...payments.map((one) => `${one.beneficiary} ${one.amount} +${one.arrears} -${one.withheld}`).sort(), `= ${totalAmount}`]; };
  const clashes = async (hub: MemoryHub, office = now, areas: string[] = []): Promise<readonly pb.BeneficiaryClash[]> => (await hub.call<pb.ListBeneficiaryClashesResponse>(service, 'listBeneficiaryClashes', pb.ListBeneficiaryClashesRequest.fromPartial({ areas }), office)).clashes;
  const decide = (hub: MemoryHub, requestId: string, more: object = {}, office = now): Promise<pb.DecideBeneficiaryClashResponse> => hub.call(service, 'decideBeneficiaryClash', pb.DecideBeneficiaryClashRequest.fromPartial({ requestId, keeps: ['BT-2'], ground: 'QĐ 12/QĐ-UBND', ...more }), office);

  test('one file of a person is paid, the other waits on the desk, is decided with ground, and gets what it was owed', async () => {
    const hub = await mergedHub();
    try {
      const two = { kind: pb.BenefitKind.MONTHLY_ALLOWANCE, beneficiaries: ['BT-1', 'BT-2'], paid: ['BT-1'], ground: pb.ClashGround.NAME_AND_BIRTH };
      expect([await clashes(hub, first), await clashes(hub, first, [mergedCommunes.first, mergedCommunes.second])]).toEqual([[], [{ area: '', ...two }]]);
      expect([await lines(hub, mergedCommunes.first, '2026-11', first), await lines(hub, mergedCommunes.second, '2026-11', second)]).toEqual([['BT-1 500000 +0 -0', '= 500000'], ['BT-2 800000 +0 -0', '= 800000']]);
      hub.world.clock = Date.parse('2026-12-02T08:00:00+07:00');
      expect([await clashes(hub), await lines(hub, '20197', '2026-12')]).toEqual([[{ area: '20197@2026-12-01', ...two }], ['BT-1 500000 +0 -0', 'BT-2 0 +0 -800000', '= 500000']]);
      expect((await list(hub, '20197', '2026-12')).totals).toEqual([{ channel: pb.PaymentChannel.POST, bank: '', amount: 500_000, lines: 1 }]);
      for (const [field, more] of [['keeps', { keeps: [] }], ['keeps', { keeps: ['BT-9'] }], ['keeps', { keeps: ['BT-1', 'BT-1'] }], ['ground', { ground: '' }], ['ground', { ground: 'x'.repeat(201) }]] as const) await expect(decide(hub, 'bad', more)).rejects.toMatchObject({ field });
      await expect(decide(hub, 'elsewhere', {}, 'social-20194-202507')).rejects.toMatchObject({ field: 'keeps' });
      const decision = { beneficiaries: ['BT-1', 'BT-2'], keeps: ['BT-2'], ground: 'QĐ 12/QĐ-UBND', decidedDate: '2026-12-02' };
      expect([(await decide(hub, 'd-1')).decision, (await decide(hub, 'd-1')).decision, (await decide(hub, 'd-2')).decision]).toEqual([decision, decision, decision]);
      expect([await clashes(hub), await lines(hub, '20197', '2026-12'), await lines(hub, '20197', '2027-01'), await lines(hub, '20197', '2027-02')]).toEqual([[], ['BT-1 500000 +0 -0', 'BT-2 0 +0 -800000', '= 500000'], ['BT-2 800000 +300000 -0', '= 1100000'], ['BT-2 800000 +0 -0', '= 800000']]);
      const { beneficiary } = await hub.call<pb.GetBeneficiaryResponse>(service, 'getBeneficiary', pb.GetBeneficiaryRequest.fromPartial({ beneficiary: 'BT-1' }), now);
      expect([beneficiary!.state, beneficiary!.endMonth, beneficiary!.clash]).toEqual([pb.BeneficiaryState.STOPPED, '2026-12', decision]);
    } finally {
      await hub.stop();
    }
  });

  test('a month is on one list: an old commune makes none of a month that began after it had ended', async () => {
    const hub = await mergedHub();
    try {
      hub.world.clock = Date.parse('2026-12-02T08:00:00+07:00');
      expect([(await list(hub, '20197', '2026-12')).listedBy, (await list(hub, '20197', '2026-11')).listedBy]).toEqual([['20197@2026-12-01'], [mergedCommunes.first, mergedCommunes.second]]);
      expect(await reason(list(hub, mergedCommunes.second, '2026-12'))).toBe('FIELD_INVALID: 2026-12: 20197@2026-12-01');
      expect(await lines(hub, mergedCommunes.second, '2026-11')).toEqual(['BT-2 800000 +0 -0', '= 800000']);
    } finally {
      await hub.stop();
    }
  });

  test('a file of a commune that was split is on the list of one part: the one in which its social office goes on', async () => {
    const hub = await socialHub(splitFrom('2026-12-01'));
    try {
      hub.world.clock = Date.parse('2026-11-23T08:00:00+07:00');
      await seed(hub, oldFile({ beneficiary: 'BT-1', area: mergedCommunes.first, amount: 500_000 }), 'seed-1', first);
      hub.world.clock = Date.parse('2026-12-02T08:00:00+07:00');
      expect([await lines(hub, '20197', '2026-12'), await lines(hub, '20198', '2026-12'), await reason(list(hub, mergedCommunes.first, '2026-12'))]).toEqual([['BT-1 500000 +0 -0', '= 500000'], ['= 0'], 'FIELD_INVALID: 2026-12: 20197@2026-12-01']);
      expect(await lines(hub, mergedCommunes.first, '2026-11')).toEqual(['BT-1 500000 +0 -0', '= 500000']);
    } finally {
      await hub.stop();
    }
  });
});
