/** Parcels through real participants: intent, reservation, decision, application. */
import { afterEach, describe, expect, test } from 'vitest';
import { dossier as pb, land } from '@lienthong/contract';
import { testDesk } from '@lienthong/testkit';
import type { MemoryHub, TestDesk } from '@lienthong/testkit';
import { branch, buyer, counter, findCertificate, held, landHub, otherBuyer, parcel, parcelId, received, seed, seller, transferTo } from './land-of-tests.ts';

let hub: MemoryHub;
afterEach(() => hub.stop());
/** Whether anything has been written into a folder. */
const stored = async (folder: string): Promise<boolean> => (await hub.modules.find(({ name }) => name === 'land')!.participant.view(folder, ({ version }) => version) ?? 0) > 0;
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

  test('is judged as it would be loaded, and nothing is written', async () => {
    hub = await landHub();
    const judge = (given: land.Parcel = parcel(), requestId = 'judge', office = branch): Promise<land.SeedParcelResponse> =>
      hub.call('land', 'seedParcel', land.SeedParcelRequest.fromPartial({ requestId, parcel: given, validateOnly: true }), office);
    const { folder, ...answer } = await judge();
    expect([answer, await stored(folder)]).toEqual([{ parcel: parcelId, known: false }, false]);
    // The request that was judged is no repeat when it is meant.
    const loaded = await seed(hub, parcel(), 'judge');
    expect(loaded).toEqual({ parcel: parcelId, folder, known: false });
    expect([await judge(), await judge(parcel(), 'judge-2')]).toEqual([{ ...loaded, known: true }, { ...loaded, known: true }]);
    expect(await Promise.all([
      reason(judge(parcel({ sizeDm2: 1 }), 'judge-3')), reason(judge(parcel({ sizeDm2: 1 }))), reason(judge(parcel(), 'judge-4', 'land-490-202501')), reason(judge(parcel({ parcel: '20900-1-2', sizeDm2: 0 }))), reason(judge(parcel(), '')),
    ])).toEqual(['REGISTER_CONFLICT', 'REQUEST_ID_REUSED', 'CALLER_NOT_ALLOWED', 'FIELD_INVALID', 'REQUEST_ID_MISSING']);
    expect((await held(hub)).version).toBe(1);
  });

  const order = { kind: land.BlockKind.DISPUTE, ground: 'TB 1', sinceDate: '2026-01-05' }, pledge = { creditor: 'Agribank', contractNumber: 'HĐ 1', amount: 5, registerTime: new Date('2026-01-05T02:00:00Z') };
  const heldWith = (given: object): object => ({ rights: [{ ...parcel().rights[0]!, holder: { party: { $case: 'citizen', value: pb.Citizen.fromJSON({ ...seller, ...given }) } } }] }), heldBy = (identityNumber: string): object => heldWith({ identityNumber });
  test.each<[string, object, string]>([
    ['two blocks of one number', { blocks: [{ ...order, block: '1' }, { ...order, block: '1', ground: 'TB 2' }] }, 'parcel.blocks.block'],
    ['a block that was lifted before it stood', { blocks: [{ ...order, block: '1', liftDate: '2026-01-04' }] }, 'parcel.blocks.lift_date'],
    ['two mortgages of one number', { mortgages: [{ ...pledge, mortgage: 'TC' }, { ...pledge, mortgage: 'TC', contractNumber: 'HĐ 2' }] }, 'parcel.mortgages.mortgage'],
    ['a mortgage to come', { mortgages: [{ ...pledge, mortgage: 'TC', registerTime: new Date('2100-01-01') }] }, 'parcel.mortgages.register_time'],
    ['a mortgage that was deleted before it was registered', { mortgages: [{ ...pledge, mortgage: 'TC', deleteTime: new Date('2026-01-04') }] }, 'parcel.mortgages.delete_time'],
    ['a mortgage that was received after it was registered', { mortgages: [{ ...pledge, mortgage: 'TC', receiveTime: new Date('2026-01-06') }] }, 'parcel.mortgages.receive_time'],
    ['a holder by a number with a blank', heldBy(`${seller.identityNumber} `), 'parcel.rights.holder'], ['a holder by a number of 8 digits', heldBy('04918000'), 'parcel.rights.holder'],
    ['a holder with an address longer than any', heldWith({ address: 'x'.repeat(300_000) }), 'parcel.rights.holder.citizen.address'], ['a holder who is not born yet', heldWith({ birthDate: '2999-01-01' }), 'parcel.rights.holder.citizen.birth_date'],
    ['a right by a dossier with a code longer than any', { rights: [{ ...parcel().rights[0]!, code: 'H'.repeat(65) }] }, 'parcel.rights.code'], ['a mortgage by a dossier with a code that nobody sees', { mortgages: [{ ...pledge, mortgage: 'TC', code: 'H\u200b' }] }, 'parcel.mortgages.code'],
  ])('is not loaded with %s', async (_what, given, field) => {
    hub = await landHub();
    await expect(seed(hub, parcel(given as Parameters<typeof parcel>[0]))).rejects.toMatchObject({ code: 'FIELD_INVALID', field });
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

describe('mortgages', () => {
  test('rank by the receipt of their requests, whichever was registered first', async () => {
    hub = await landHub();
    await seed(hub);
    const asks = (contractNumber: string): Promise<{ code: string }> => received(hub, { procedure: '1.011441', declaration: { mortgageeName: 'Agribank', contractNumber, amount: '5' } });
    const early = await asks('HĐ-1');
    await new Promise((next) => setTimeout(next, 5));
    const late = await asks('HĐ-2');
    for (const [{ code }, number] of [[late, 'ĐK-2'], [early, 'ĐK-1']] as const) { await desk().complete(code, number); await desk().applied(code); }
    expect((await held(hub)).mortgages.map(({ mortgage, rank }) => [mortgage, rank])).toEqual([['ĐK-2', 2], ['ĐK-1', 1]]);
  });
});

describe('a parcel that is split and merged', () => {
  const parts = `${parcelId}a|345a|12525|AA 00000001; ${parcelId}b|345b|12525|AA 00000002`;
  const split = async (): Promise<string> => {
    const { code } = await received(hub, { procedure: '1.012784', case: 'split', declaration: { newParcels: parts } });
    await desk().complete(code, 'AA 00000001');
    await desk().applied(code);
    return code;
  };
  const parcelOf = async (id: string): Promise<land.Parcel> => (await hub.call<land.GetParcelResponse>('land', 'getParcel', land.GetParcelRequest.fromPartial({ parcel: id }), branch)).parcel!;

  test('is two under certificates of their own, and says what it became', async () => {
    hub = await landHub();
    await seed(hub);
    const code = await split();
    expect((await held(hub)).ended).toMatchObject({ kind: land.EndingKind.SPLIT, successors: [`${parcelId}a`, `${parcelId}b`], code });
    const part = await parcelOf(`${parcelId}b`);
    expect([holderOf(part), part.sizeDm2, part.rights[0]!.certificateNumber, part.origins]).toEqual([seller.fullName, 12_525, 'AA 00000002', [parcelId]]);
  });

  test('has a reason of its own for whoever asks for it afterwards, with what there is instead', async () => {
    hub = await landHub();
    await seed(hub);
    const before = await received(hub, transferTo(buyer));
    await split();
    const refusal = desk().complete(before.code, 'AA 00999010');
    await expect(refusal).rejects.toMatchObject({ code: 'SUBJECT_ENDED', meta: { subject: parcelId, successors: `${parcelId}a, ${parcelId}b` } });
    await expect(findCertificate(hub)).rejects.toMatchObject({ code: 'SUBJECT_ENDED' });
    expect(await reason(hub.call('land', 'blockParcel', land.BlockParcelRequest.fromPartial({ requestId: 'block-gone', parcel: parcelId, kind: land.BlockKind.DISPUTE, ground: 'TB 1' }), branch))).toBe('SUBJECT_ENDED');
    expect((await findCertificate(hub, { subject: `${parcelId}a` })).facts).toHaveLength(1);
  });

  test.each(['', '|'])('is one again after the parts are merged, its certificate left out as %j', async (left) => {
    hub = await landHub();
    await seed(hub);
    await split();
    const { code } = await received(hub, { procedure: '1.012784', case: 'merge', parcel: `${parcelId}a`, declaration: { otherParcels: `${parcelId}b`, newParcels: `${parcelId}c|345|25050${left}` } });
    await desk().complete(code, 'AA 00000003');
    await desk().applied(code);
    expect([(await parcelOf(`${parcelId}c`)).origins, (await parcelOf(`${parcelId}a`)).ended?.successors]).toEqual([[`${parcelId}a`, `${parcelId}b`], [`${parcelId}c`]]);
  });

  test.each<[what: string, neighbour: Parameters<typeof parcel>[0] | null, declared: string, problem: string]>([
    ['a number that another parcel of the commune bears', { number: '345A' }, parts, 'tờ 12, thửa 345A đã là của thửa đất N-1'],
    ['one that stands under the commune of before', { number: '0345b', area: '20899@2025-01-01' }, parts, 'tờ 12, thửa 0345b đã là của thửa đất N-1'],
    ['one number for two new parcels', null, parts.replace('|345b|', '|345A|'), 'mỗi thửa đất mới phải có số thửa riêng'],
    ['a number of another sheet', { number: '345a', mapSheet: '13' }, parts, ''],
    ['a number of another commune', { number: '345a', area: '20908@2025-07-01' }, parts, ''],
    ['the number of the parcel that is split', null, parts.replace('|345a|', '|345|'), ''],
  ])('and %s', async (_what, neighbour, declared, problem) => {
    hub = await landHub();
    await seed(hub);
    if (neighbour !== null) await seed(hub, parcel({ parcel: 'N-1', rights: [{ ...parcel().rights[0]!, certificateNumber: 'AA 00900001' }], ...neighbour }), 'seed-neighbour');
    const { code } = await received(hub, { procedure: '1.012784', case: 'split', declaration: { newParcels: declared } }), completed = desk().complete(code, 'AA 00000001');
    if (problem !== '') return expect(completed).rejects.toMatchObject({ code: 'REGISTER_CONFLICT', meta: { problem } });
    await completed;
    await desk().applied(code);
    expect((await held(hub)).ended?.successors).toEqual([`${parcelId}a`, `${parcelId}b`]);
  });

  test('and transferred by another dossier at the same time: one of the two is decided on what it saw', async () => {
    hub = await landHub();
    await seed(hub);
    const [one, other] = [await received(hub, transferTo(buyer)), await received(hub, { procedure: '1.012784', case: 'split', declaration: { newParcels: parts } })];
    await Promise.allSettled([desk().complete(one.code, 'AA 00999011'), desk().complete(other.code, 'AA 00000001')]);
    const outcome = (code: string): Promise<string> => Promise.race([desk().applied(code).then(() => 'applied'), desk().refused(code)]);
    const outcomes = [await outcome(one.code), await outcome(other.code)];
    expect(outcomes.filter((text) => text === 'applied')).toHaveLength(1);
    const { version, ended } = await held(hub);
    expect([version, ended !== undefined]).toEqual([2, outcomes[1] === 'applied']);
  });
});

describe('a certificate that was lost', () => {
  test('is issued again under a new number; who holds the parcel and what lies on it stay', async () => {
    hub = await landHub();
    await seed(hub, parcel({ mortgages: [{ mortgage: 'TC-1', creditor: 'Agribank', amount: 5, contractNumber: 'HĐ-1', code: '' } as land.Mortgage] }));
    const { code } = await received(hub, { procedure: '1.012786', case: 'certificate-lost' });
    await expect(desk().complete(code, 'AA 00123456')).rejects.toMatchObject({ code: 'REGISTER_CONFLICT', meta: { problem: 'Giấy chứng nhận AA 00123456 là giấy đang có; cấp đổi phải có số phát hành mới' } });
    await desk().complete(code, 'AA 00555555');
    await desk().applied(code);
    const after = await held(hub);
    expect([holderOf(after), after.rights[0]!.certificateNumber, after.mortgages.map((one) => [one.mortgage, one.rank])]).toEqual([seller.fullName, 'AA 00555555', [['TC-1', 1]]]);
    expect((await findCertificate(hub)).facts[0]!.values['certificateNumber']).toBe('AA 00555555');
  });
});

describe('a certificate number', () => {
  test('is on one certificate for ever, of whatever parcel', async () => {
    hub = await landHub();
    await seed(hub);
    await seed(hub, parcel({ parcel: '20900-12-900', number: '900', rights: parcel().rights.map((right) => ({ ...right, certificateNumber: 'AA 00777777' })) }), 'seed-2');
    const { code } = await received(hub, transferTo(buyer));
    await expect(desk().complete(code, 'AA 00777777')).rejects.toMatchObject({ code: 'REGISTER_CONFLICT', meta: { problem: 'số phát hành Giấy chứng nhận AA 00777777 đã dùng cho thửa đất 20900-12-900' } });
    await desk().complete(code, 'AA 00888888');
    await desk().applied(code);
    const other = await received(hub, { ...transferTo(buyer), parcel: '20900-12-900' });
    await expect(desk().complete(other.code, 'AA 00888888')).rejects.toMatchObject({ code: 'REGISTER_CONFLICT' });
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

  test('is one of its own beside what the books had, and stands once', async () => {
    hub = await landHub();
    await seed(hub, parcel({ blocks: [{ block: '2', kind: land.BlockKind.DISPUTE, ground: 'TB 3', sinceDate: '2026-01-05' }] }));
    const { block: id } = await block('block-1');
    expect(await reason(block('block-2'))).toBe('REGISTER_CONFLICT');
    await unblock('unblock-1', '2');
    expect((await held(hub)).blocks.map((one) => [one.block, one.liftDate !== ''])).toEqual([['2', true], [id, false]]);
    await unblock('unblock-2', id);
    const again = await block('block-3');
    // A repeat is told what it recorded, whatever was recorded since.
    expect([await block('block-1'), again.block === id]).toEqual([{ block: id }, false]);
  });

  test.each(['\u200b', 'QĐ\n12', ' ', ''])('is not recorded on the ground %j', async (ground) => {
    hub = await landHub();
    await seed(hub);
    await expect(hub.call('land', 'blockParcel', land.BlockParcelRequest.fromPartial({ requestId: 'odd', parcel: parcelId, kind: land.BlockKind.DISTRAINT, ground }), branch)).rejects.toMatchObject({ field: 'ground' });
  });

  test.each([['words', 'sáng nay'], ['none of the calendar', '2026-02-30'], ['before all books', '0001-01-01'], ['to come', '9999-01-01'], ['longer than any', 'x'.repeat(5_000)]])('is not recorded since a day that is %s', async (_what, sinceDate) => {
    hub = await landHub();
    await seed(hub);
    const order = (given: string, requestId: string): Promise<land.BlockParcelResponse> => hub.call('land', 'blockParcel', land.BlockParcelRequest.fromPartial({ requestId, parcel: parcelId, kind: land.BlockKind.DISTRAINT, ground: 'QĐ 12/QĐ-CCTHADS', sinceDate: given }), branch);
    await expect(order(sinceDate, 'block-odd')).rejects.toMatchObject({ code: 'FIELD_INVALID', field: 'since_date' });
    expect((await held(hub)).blocks).toEqual([]);
    await order('2026-01-05', 'block-day');
    expect((await held(hub)).blocks.map((one) => one.sinceDate)).toEqual(['2026-01-05']);
  });

  test('is recorded by the office of the area alone', async () => {
    hub = await landHub();
    await seed(hub);
    expect(await reason(hub.call('land', 'blockParcel', land.BlockParcelRequest.fromPartial({ requestId: 'b', parcel: parcelId, kind: land.BlockKind.DISPUTE, ground: 'x' }), counter.replace('20900', '20410')))).toBe('CALLER_NOT_ALLOWED');
  });
});
