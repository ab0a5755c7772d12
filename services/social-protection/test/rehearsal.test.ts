/** A rehearsal grants nothing: the same person may be granted support for real, and no payment list of real money shows the rehearsal. */
import { afterEach, expect, test } from 'vitest';
import { social as pb } from '@lienthong/contract';
import type { MemoryHub } from '@lienthong/testkit';
import { done, fileOf, here, oldFile, payments, service, socialHub, starting, xuan } from './social-of-tests.ts';

let hub: MemoryHub;
afterEach(() => hub.stop());
const rehearsal = Date.UTC(2026, 2, 2, 2);
const lists = async (month: string): Promise<string[][]> => [await payments(hub, '20900', month), await payments(hub, '20900', month, here, true)];

test('one person has a file on each side, and each side its list', async () => {
  hub = await socialHub();
  const rehearsed = await done(hub, starting('2026-04', { rehearsal }), 'QĐ-DT');
  expect(await fileOf(hub, xuan.identityNumber)).toBeUndefined();
  expect(await lists('2099-05')).toEqual([['= 0'], [`${xuan.fullName} 540000`, '= 540000']]);
  const real = await done(hub, starting('2099-05', { declaration: { subjectGroup: 'elderly-80', monthlyAmount: '600000', fromMonth: '2099-05' } }), 'QĐ-9');
  const files = [await fileOf(hub, xuan.identityNumber), await fileOf(hub, xuan.identityNumber, here, true)];
  expect(files.map((one) => [one!.code, one!.rehearsal])).toEqual([[real, false], [rehearsed, true]]);
  expect(await lists('2099-05')).toEqual([[`${xuan.fullName} 600000`, '= 600000'], [`${xuan.fullName} 540000`, '= 540000']]);
});

test('a list of rehearsals says so on every page', async () => {
  hub = await socialHub();
  await hub.call(service, 'seedBeneficiary', pb.SeedBeneficiaryRequest.fromPartial({ requestId: 'seed', beneficiary: oldFile(), rehearsal: true }), here);
  const list = (rehearsed: boolean): Promise<pb.ListPaymentsResponse> => hub.call(service, 'listPayments', pb.ListPaymentsRequest.fromPartial({ area: '20900', month: '2026-01', rehearsal: rehearsed }), here);
  expect([await list(false), await list(true)]).toMatchObject([{ rehearsal: false, payments: [], totalAmount: 0 }, { rehearsal: true, payments: [{ beneficiary: 'BTXH-0071' }], totalAmount: 1_080_000 }]);
});
