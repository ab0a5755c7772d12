/** Parcels through real participants: intent, reservation, decision, application. */
import { afterEach, describe, expect, test } from 'vitest';
import { land } from '@lienthong/contract';
import { testDesk } from '@lienthong/testkit';
import type { MemoryHub, TestDesk } from '@lienthong/testkit';
import { branch, buyer, counter, held, landHub, otherBuyer, parcel, parcelId, received, seed, seller, transferTo } from './land-of-tests.ts';

let hub: MemoryHub;
afterEach(() => hub.stop());
const desk = (): TestDesk => testDesk(hub, 'land');

const reason = async (call: Promise<unknown>): Promise<string> => call.then(() => 'none', (error: { code?: string }) => error.code ?? String(error));
const holderOf = (one: land.Parcel): string => one.rights.map((right) => (right.holder?.party?.$case === 'citizen' ? right.holder.party.value.fullName : '–')).join(', ');

describe('a parcel from the books', () => {
  test('is loaded once; the same again changes nothing, other content is refused', async () => {
    hub = await landHub();
    const first = await seed(hub);
    expect(await seed(hub)).toEqual(first);
    expect(await seed(hub, parcel(), 'seed-again')).toEqual(first);
    expect(await reason(seed(hub, parcel({ sizeDm2: 1 }), 'seed-other'))).toBe('REGISTER_CONFLICT');
    expect(await reason(seed(hub, parcel({ sizeDm2: 1 })))).toBe('REQUEST_ID_REUSED');
    expect((await held(hub)).version).toBe(1);
  });

  test('is kept by the office that serves its area, and shows names to no other', async () => {
    hub = await landHub();
    expect(await reason(hub.call('land', 'seedParcel', land.SeedParcelRequest.fromPartial({ requestId: 'seed-far', parcel: parcel() }), 'land-490-202501'))).toBe('CALLER_NOT_ALLOWED');
    await seed(hub);
    expect(holderOf(await held(hub))).toBe(seller.fullName);
    expect(holderOf(await held(hub, 'counter-20410-202507'))).toBe('–');
    expect(await reason(hub.call('land', 'getParcel', land.GetParcelRequest.fromPartial({ parcel: '1-1-1' }), branch))).toBe('UNKNOWN_ITEM');
  });

  test('is found by its area of either era and by its holder', async () => {
    hub = await landHub();
    await seed(hub, parcel({ area: '20899@2025-01-01' }));
    const list = async (wanted: object, office = branch): Promise<string[]> => (await hub.call<land.ListParcelsResponse>('land', 'listParcels', land.ListParcelsRequest.fromPartial(wanted), office)).parcels.map((one) => `${one.parcel} ${one.area}`);
    expect(await list({ area: '20900' })).toEqual([`${parcelId} 20900@2025-07-01`]);
    expect(await list({ area: '20410' })).toEqual([]);
    expect(await list({ holder: seller.identityNumber })).toEqual([`${parcelId} 20900@2025-07-01`]);
    expect(await list({ holder: seller.identityNumber }, 'counter-20410-202507')).toEqual([]);
    expect(await list({ holder: buyer.identityNumber })).toEqual([]);
  });
});

describe('a dossier', () => {
  test('that transfers a parcel is decided and applied', async () => {
    hub = await landHub();
    await seed(hub);
    const { code } = await received(hub, transferTo(buyer));
    expect((await desk().work(code)).registerFields).toContain('otherSellers');
    await desk().complete(code, 'AA 00999001');
    await desk().applied(code);
    const after = await held(hub);
    expect([holderOf(after), after.rights[0]!.certificateNumber, after.rights[0]!.code, after.version]).toEqual([buyer.fullName, 'AA 00999001', code, 2]);
  });

  test('against which the register speaks is refused at once, and nothing is announced', async () => {
    hub = await landHub();
    await seed(hub);
    const { code } = await received(hub, transferTo(otherBuyer, { applicant: buyer }));
    expect(await reason(desk().complete(code, 'AA 00999002'))).toBe('REGISTER_CONFLICT');
    expect((await held(hub)).version).toBe(1);
    expect((await desk().work(code)).admitted).toContain('CompleteLeg');
  });

  test('that competes with another for one parcel loses it and lands back on its desk with the reason', async () => {
    hub = await landHub();
    await seed(hub);
    const [one, other] = [await received(hub, transferTo(buyer)), await received(hub, transferTo(otherBuyer))];
    // Both are announced before either is decided.
    const both = await Promise.allSettled([desk().complete(one.code, 'AA 00999003'), desk().complete(other.code, 'AA 00999004')]);
    expect(both.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled']);
    const outcome = (code: string): Promise<string> => Promise.race([desk().applied(code).then(() => ''), desk().refused(code)]);
    const refusals = [await outcome(one.code), await outcome(other.code)];
    expect(refusals.filter((text) => text === '')).toHaveLength(1);
    expect(refusals.join('')).toMatch(/đang được một hồ sơ khác giữ chỗ|không phải là người sử dụng/);
    const [winner, loser] = refusals[0] === '' ? [one, other] : [other, one];
    expect((await held(hub)).rights[0]!.code).toBe(winner.code);
    expect((await held(hub)).version).toBe(2);
    // The loser's desk may try again, and hears the register's present answer.
    expect((await desk().work(loser.code)).admitted).toContain('CompleteLeg');
    expect(await reason(desk().complete(loser.code, 'AA 00999005'))).toBe('REGISTER_CONFLICT');
  });

  test('mortgages a parcel, which then cannot be transferred without consent; the release frees it', async () => {
    hub = await landHub();
    await seed(hub);
    const mortgage = await received(hub, { procedure: '1.011441', declaration: { mortgageeName: 'Agribank Trà My', contractNumber: 'HĐTC-01', amount: '500000000' } });
    await desk().complete(mortgage.code, 'ĐKTC-1');
    await desk().applied(mortgage.code);
    const transfer = await received(hub, transferTo(buyer));
    expect(await reason(desk().complete(transfer.code, 'AA 00999006'))).toBe('REGISTER_CONFLICT');
    const release = await received(hub, { procedure: '1.011443', declaration: { mortgage: 'ĐKTC-1' } });
    await desk().complete(release.code, 'XĐK-1');
    await desk().applied(release.code);
    expect((await held(hub)).mortgages.map((one) => [one.mortgage, one.creditor, one.amount, one.deleteTime !== undefined])).toEqual([['ĐKTC-1', 'Agribank Trà My', 500_000_000, true]]);
    await desk().complete(transfer.code, 'AA 00999007');
    await desk().applied(transfer.code);
    expect(holderOf(await held(hub))).toBe(buyer.fullName);
  });
});

describe('an order of a court', () => {
  const block = (requestId: string): Promise<land.BlockParcelResponse> => hub.call('land', 'blockParcel', land.BlockParcelRequest.fromPartial({ requestId, parcel: parcelId, kind: land.BlockKind.DISTRAINT, ground: 'QĐ 12/QĐ-CCTHADS' }), branch);
  const unblock = (requestId: string, id: string): Promise<land.UnblockParcelResponse> => hub.call('land', 'unblockParcel', land.UnblockParcelRequest.fromPartial({ requestId, parcel: parcelId, block: id, ground: 'QĐ 15/QĐ-CCTHADS' }), branch);

  test('keeps the parcel until it is lifted', async () => {
    hub = await landHub();
    await seed(hub);
    const { code } = await received(hub, transferTo(buyer));
    const { block: id } = await block('block-1');
    expect(await block('block-1')).toEqual({ block: id });
    expect((await held(hub)).blocks).toHaveLength(1);
    expect(await reason(desk().complete(code, 'AA 00999008'))).toBe('REGISTER_CONFLICT');
    expect(await reason(unblock('unblock-0', '7'))).toBe('UNKNOWN_ITEM');
    await unblock('unblock-1', id);
    expect(await unblock('unblock-1', id)).toEqual({ block: id });
    expect(await reason(unblock('unblock-2', id))).toBe('REGISTER_CONFLICT');
    await desk().complete(code, 'AA 00999009');
    await desk().applied(code);
  });

  test('is recorded by the office of the area alone', async () => {
    hub = await landHub();
    await seed(hub);
    expect(await reason(hub.call('land', 'blockParcel', land.BlockParcelRequest.fromPartial({ requestId: 'b', parcel: parcelId, kind: land.BlockKind.DISPUTE, ground: 'x' }), counter.replace('20900', '20410')))).toBe('CALLER_NOT_ALLOWED');
  });
});
