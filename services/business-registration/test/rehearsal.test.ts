/** A name that is taken in a rehearsal is free for a real business, and so is its owner; the other way, too. */
import { afterEach, expect, test } from 'vitest';
import { business as pb } from '@lienthong/contract';
import { testDesk } from '@lienthong/testkit';
import type { MemoryHub } from '@lienthong/testkit';
import { businessHub, done, establishing, findName, lan, oldShop, received, registrar, service } from './business-of-tests.ts';

let hub: MemoryHub;
afterEach(() => hub.stop());
const rehearsal = Date.UTC(2026, 2, 2, 2);

const names = async (name: string): Promise<readonly (readonly [boolean, string])[]> => Promise.all([false, true].map(async (side) => { const { free, borneBy } = await findName(hub, name, '20900', side); return [free, borneBy] as const; }));
const owned = async (rehearsed: boolean): Promise<string[]> =>
  (await hub.call<pb.ListBusinessesResponse>(service, 'listBusinesses', pb.ListBusinessesRequest.fromPartial({ owner: lan.identityNumber, rehearsal: rehearsed }), registrar)).businesses.map((one) => `${one.business} ${one.name} ${one.rehearsal}`);

test.each([['a rehearsal first', [true, false]], ['a real one first', [false, true]]])('one owner registers one name in both, %s', async (_what, order) => {
  hub = await businessHub();
  const codes: Record<string, string> = {};
  for (const rehearsed of order) codes[String(rehearsed)] = await done(hub, { ...establishing('Hộ kinh doanh Hương Quế'), ...(rehearsed ? { rehearsal } : {}) });
  expect(codes['true']).toMatch(/-R\d+$/);
  expect(await owned(false)).toEqual([`HKD-${codes['false']} Hộ kinh doanh Hương Quế false`]);
  expect(await owned(true)).toEqual([`HKD-${codes['true']} Hộ kinh doanh Hương Quế true`]);
  expect(await names('hương quế')).toEqual([[false, `HKD-${codes['false']}`], [false, `HKD-${codes['true']}`]]);
});

test('a name that a rehearsal has reserved or taken is free, but not for other rehearsals', async () => {
  hub = await businessHub();
  const code = await done(hub, { ...establishing('Hộ kinh doanh Tiên Phước'), rehearsal });
  expect(await names('Tiên Phước')).toEqual([[true, ''], [false, `HKD-${code}`]]);
  const again = await received(hub, { ...establishing('TIÊN PHƯỚC'), rehearsal });
  await expect(testDesk(hub, service).complete(again, 'GCN-2', {}, 'registration')).rejects.toMatchObject({ code: 'REGISTER_CONFLICT' });
});

test('a business is loaded for rehearsals beside the real one of the same number and tax code', async () => {
  hub = await businessHub();
  const seed = (address: string, rehearsed: boolean): Promise<pb.SeedBusinessResponse> => hub.call(service, 'seedBusiness', pb.SeedBusinessRequest.fromPartial({ requestId: 'seed', business: oldShop({ address }), rehearsal: rehearsed }), registrar);
  await seed('thôn 1', false);
  await seed('phòng học', true);
  const addresses = await Promise.all([false, true].map(async (rehearsed) => (await hub.call<pb.GetBusinessResponse>(service, 'getBusiness', pb.GetBusinessRequest.fromPartial({ business: '4000123456', rehearsal: rehearsed }), registrar)).business!.address));
  expect(addresses).toEqual(['thôn 1', 'phòng học']);
});
