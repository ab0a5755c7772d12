import { business as pb, dossier } from '@lienthong/contract';
import { expect, test } from 'vitest';
import { mergedCommunes, mergedFrom } from '@lienthong/testkit';
import { businessHub, elsewhere, lan, oldShop, registrar, seed, service } from './business-of-tests.ts';
import { clashesAmong } from '../src/rules-clashes.ts';
import { comparable } from '../src/rules-names.ts';

const shop = (business: string, name: string, registeredOn = '2026-01-01'): { business: string; name: string; registeredOn: string } => ({ business, name, registeredOn });

const undecided = { keeps: '', ground: '', decidedOn: '' };

test.each([
  ['none', [shop('A', 'Hoa Mai'), shop('B', 'Hoa Lan')], []],
  ['case, words and tone signs make no other name; the older one first', [shop('A', 'HKD HOÀ MAI', '2026-02-01'), shop('B', 'Hòa Mai'), shop('C', 'Hộ kinh doanh hòa  mai', '2026-03-01')], [{ name: 'Hòa Mai', businesses: ['B', 'A', 'C'], ...undecided }]],
  ['two names', [shop('A', 'Phở Hai'), shop('B', 'Bún Một'), shop('C', 'bún một'), shop('D', 'phở hai')], [{ name: 'Bún Một', businesses: ['B', 'C'], ...undecided }, { name: 'Phở Hai', businesses: ['A', 'D'], ...undecided }]],
])('names that clash: %s', (_what, shops, clashes) => { expect(clashesAmong(shops)).toEqual(clashes); });

test('of communes that become one, and only of those; who has ended bears no name', async () => {
  const hub = await businessHub();
  try {
    const asked = (areas: string[]): Promise<pb.ListNameClashesResponse> => hub.call(service, 'listNameClashes', pb.ListNameClashesRequest.fromPartial({ areas }), registrar);
    await seed(hub);
    await seed(hub, oldShop({ business: 'HKD-2', taxCode: '4000123457', name: 'MINH HOÀ', area: '20410@2025-07-01', owner: dossier.Citizen.fromJSON(lan), registerDate: '2020-01-01' }), 'seed-2', elsewhere);
    await seed(hub, oldShop({ business: 'HKD-3', taxCode: '4000123458', name: 'Minh Hòa', area: '20410@2025-07-01', owner: dossier.Citizen.fromJSON({ ...lan, identityNumber: '049190003333' }), state: pb.BusinessState.TERMINATED, endDate: '2024-01-01' }), 'seed-3', elsewhere);
    expect((await asked(['20900', '20410@2025-07-01'])).clashes).toEqual([{ name: 'Hộ kinh doanh Minh Hòa', businesses: ['HKD-33A8001', 'HKD-2'], keeps: '', ground: '', decidedDate: '' }]);
    expect([(await asked(['20900'])).clashes, (await asked(['20410'])).clashes]).toEqual([[], []]);
    expect((await asked([])).clashes).toEqual([]);
    await expect(asked(Array.from({ length: 101 }, () => '20900'))).rejects.toMatchObject({ code: 'FIELD_INVALID' });
  } finally {
    await hub.stop();
  }
});

test('a decision counts for those about whom it was, and for that name', () => {
  const order = (keeps: boolean, of = 'Hoa Mai') => ({ nameOrder: { comparable: comparable(of), keeps, ground: 'QĐ 1', on: '2026-12-02' } });
  const keepsOf = (...orders: object[]): string => clashesAmong(orders.map((one, n) => ({ ...shop(String.fromCharCode(65 + n), 'Hoa Mai'), ...one })))[0]!.keeps;
  const name = clashesAmong([shop('A', 'Hoa Mai'), shop('B', 'Hoa Mai')]).length;
  expect([name, keepsOf(order(true), order(false)), keepsOf(order(false), order(true)), keepsOf(order(true), order(true)), keepsOf(order(true), {}), keepsOf(order(true), order(false), {}), keepsOf(order(true, 'Hoa Lan'), order(false))]).toEqual([1, 'A', 'B', '', '', '', '']);
});

test('after communes became one, the clash is on the desk of its registrar, who decides it, and may decide anew', async () => {
  const hub = await businessHub(mergedFrom('2026-12-01')), now = 'business-20197-202612', first = 'business-20197-202507', second = 'business-20200-202507';
  try {
    const desk = async (undecidedOnly = true): Promise<readonly pb.NameClash[]> => (await hub.call<pb.ListNameClashesResponse>(service, 'listNameClashes', pb.ListNameClashesRequest.fromPartial({ undecided: undecidedOnly }), now)).clashes;
    const decide = (requestId: string, more: Partial<pb.DecideNameClashRequest> = {}, office = now): Promise<pb.DecideNameClashResponse> => hub.call(service, 'decideNameClash', pb.DecideNameClashRequest.fromPartial({ requestId, name: 'HKD minh hòa', keeps: 'HKD-2', ground: 'QĐ 7/QĐ-UBND', ...more }), office);
    hub.world.clock = Date.parse('2026-11-23T08:00:00+07:00');
    await seed(hub, oldShop({ area: mergedCommunes.first }), 'seed-1', first);
    await seed(hub, oldShop({ business: 'HKD-2', taxCode: '4000123457', name: 'MINH HOÀ', area: mergedCommunes.second, owner: dossier.Citizen.fromJSON(lan), registerDate: '2020-01-01' }), 'seed-2', second);
    expect((await hub.call<pb.ListNameClashesResponse>(service, 'listNameClashes', pb.ListNameClashesRequest.fromPartial({}), first)).clashes).toEqual([]);
    await expect(decide('no-clash', { keeps: 'HKD-33A8001' }, first)).rejects.toMatchObject({ code: 'REGISTER_CONFLICT', field: 'name' });
    hub.world.clock = Date.parse('2026-12-02T08:00:00+07:00');
    const clash = { name: 'Hộ kinh doanh Minh Hòa', businesses: ['HKD-33A8001', 'HKD-2'] };
    expect(await desk()).toEqual([{ ...clash, keeps: '', ground: '', decidedDate: '' }]);
    for (const [field, more] of [['name', { name: ' ' }], ['keeps', { keeps: '' }], ['ground', { ground: '' }], ['keeps', { keeps: 'HKD-9' }], ['keeps', { name: 'Không ai mang' }], ['ground', { ground: 'x'.repeat(201) }]] as const) await expect(decide('bad', more)).rejects.toMatchObject({ field });
    await expect(decide('elsewhere', {}, 'business-20194-202507')).rejects.toMatchObject({ field: 'keeps' });
    const decided = await decide('d-1');
    expect([decided.clash, await decide('d-1'), await desk(), await desk(false)]).toEqual([{ ...clash, keeps: 'HKD-2', ground: 'QĐ 7/QĐ-UBND', decidedDate: '2026-12-02' }, decided, [], [decided.clash]]);
    await decide('d-2', { keeps: 'HKD-33A8001', ground: 'QĐ 8/QĐ-UBND' });
    expect((await desk(false)).map((one) => [one.keeps, one.ground])).toEqual([['HKD-33A8001', 'QĐ 8/QĐ-UBND']]);
  } finally {
    await hub.stop();
  }
});
