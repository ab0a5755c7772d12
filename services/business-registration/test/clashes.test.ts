import { business as pb, dossier } from '@lienthong/contract';
import { expect, test } from 'vitest';
import { businessHub, elsewhere, lan, oldShop, registrar, seed, service } from './business-of-tests.ts';
import { clashesAmong } from '../src/rules-clashes.ts';

const shop = (business: string, name: string, registeredOn = '2026-01-01'): { business: string; name: string; registeredOn: string } => ({ business, name, registeredOn });

test.each([
  ['none', [shop('A', 'Hoa Mai'), shop('B', 'Hoa Lan')], []],
  ['case, words and tone signs make no other name; the older one first', [shop('A', 'HKD HOÀ MAI', '2026-02-01'), shop('B', 'Hòa Mai'), shop('C', 'Hộ kinh doanh hòa  mai', '2026-03-01')], [{ name: 'Hòa Mai', businesses: ['B', 'A', 'C'] }]],
  ['two names', [shop('A', 'Phở Hai'), shop('B', 'Bún Một'), shop('C', 'bún một'), shop('D', 'phở hai')], [{ name: 'Bún Một', businesses: ['B', 'C'] }, { name: 'Phở Hai', businesses: ['A', 'D'] }]],
])('names that clash: %s', (_what, shops, clashes) => { expect(clashesAmong(shops)).toEqual(clashes); });

test('of communes that become one, and only of those; who has ended bears no name', async () => {
  const hub = await businessHub();
  try {
    const asked = (areas: string[]): Promise<pb.ListNameClashesResponse> => hub.call(service, 'listNameClashes', pb.ListNameClashesRequest.fromPartial({ areas }), registrar);
    await seed(hub);
    await seed(hub, oldShop({ business: 'HKD-2', taxCode: '4000123457', name: 'MINH HOÀ', area: '20410@2025-07-01', owner: dossier.Citizen.fromJSON(lan), registerDate: '2020-01-01' }), 'seed-2', elsewhere);
    await seed(hub, oldShop({ business: 'HKD-3', taxCode: '4000123458', name: 'Minh Hòa', area: '20410@2025-07-01', owner: dossier.Citizen.fromJSON({ ...lan, identityNumber: '049190003333' }), state: pb.BusinessState.TERMINATED, endDate: '2024-01-01' }), 'seed-3', elsewhere);
    expect((await asked(['20900', '20410@2025-07-01'])).clashes).toEqual([{ name: 'Hộ kinh doanh Minh Hòa', businesses: ['HKD-33A8001', 'HKD-2'] }]);
    expect([(await asked(['20900'])).clashes, (await asked(['20410'])).clashes]).toEqual([[], []]);
    await expect(asked([])).rejects.toMatchObject({ code: 'FIELD_INVALID' });
  } finally {
    await hub.stop();
  }
});
