/** Businesses, names and owners through real participants. */
import { afterEach, describe, expect, test } from 'vitest';
import { business as pb, evidence } from '@lienthong/contract';
import { testDesk } from '@lienthong/testkit';
import type { MemoryHub, TestDesk } from '@lienthong/testkit';
import { businessHub, done, elsewhere, establishing, findName, lan, minh, oldShop, read, reason, received, registrar, seed, service } from './business-of-tests.ts';

let hub: MemoryHub;
afterEach(() => hub.stop());
/** Whether anything has been written into a folder. */
const stored = async (folder: string): Promise<boolean> => (await hub.modules.find(({ name }) => name === service)!.participant.view(folder, ({ version }) => version) ?? 0) > 0;
const desk = (): TestDesk => testDesk(hub, service);

describe('a household business', () => {
  test('is established, gets certificate and tax code, is suspended, resumed and terminated; then its name is free', async () => {
    hub = await businessHub();
    const code = await done(hub, establishing('Hoa Mai'));
    await desk().received(code, 'certificate');
    await desk().complete(code, 'GCN-01', {}, 'certificate');
    await desk().applied(code, 'certificate');
    const id = `HKD-${code}`;
    const shop = await read(hub, id);
    expect([shop.name, shop.taxCode, shop.certificateNumber, shop.state, shop.owner?.fullName, shop.lines.length, shop.code, shop.version]).toEqual(['Hoa Mai', lan.identityNumber, 'GCN-01', pb.BusinessState.ACTIVE, lan.fullName, 2, code, 2]);
    expect(await findName(hub, 'HKD HOA MAI')).toEqual({ free: false, borneBy: id, reservedBy: '' });
    const year = new Date(hub.world.now()).getUTCFullYear() + 1;
    await done(hub, { procedure: '1.001570', case: 'suspend', business: lan.identityNumber, declaration: { untilDate: `${year}-12-31` } });
    expect((await read(hub, lan.identityNumber)).state).toBe(pb.BusinessState.SUSPENDED);
    const again = await received(hub, { procedure: '1.001570', case: 'suspend', business: id });
    expect(await reason(desk().complete(again, 'TB-2'))).toMatch(/^REGISTER_CONFLICT: hộ kinh doanh đang tạm ngừng từ /);
    await done(hub, { procedure: '1.001570', case: 'resume', business: id });
    expect((await read(hub, id)).state).toBe(pb.BusinessState.ACTIVE);
    await done(hub, { procedure: '1.001266', business: id });
    expect((await read(hub, id)).state).toBe(pb.BusinessState.TERMINATED);
    expect(await findName(hub, 'Hoa Mai')).toEqual({ free: true, borneBy: '', reservedBy: '' });
    await done(hub, establishing('Hoa Mai'));
  });

  test('does not get a name for which two compete: one has it, the other is back on its desk', async () => {
    hub = await businessHub();
    const [one, other] = [await received(hub, establishing('Bún Bò Cô Ba')), await received(hub, establishing('Hộ kinh doanh bún bò cô ba', minh))];
    await Promise.all([desk().complete(one, '', {}, 'registration'), desk().complete(other, '', {}, 'registration')]);
    const outcome = (code: string): Promise<string> => Promise.race([desk().applied(code, 'registration').then(() => ''), desk().refused(code, 'registration')]);
    const refusals = [await outcome(one), await outcome(other)];
    expect(refusals.filter((text) => text === '')).toHaveLength(1);
    expect(refusals.join('')).toMatch(/đang được một hồ sơ khác giữ chỗ|trùng với tên hộ kinh doanh khác/);
    const [winner, loser] = refusals[0] === '' ? [one, other] : [other, one];
    expect((await findName(hub, 'bún bò cô ba')).borneBy).toBe(`HKD-${winner}`);
    // The loser takes another name; what it had begun to open is not in its way.
    await desk().complete(loser, '', { businessName: 'Bún Bò Cô Tư' }, 'registration');
    await desk().applied(loser, 'registration');
    expect((await read(hub, `HKD-${loser}`)).name).toBe('Bún Bò Cô Tư');
  });

  test('from the books is judged as it would be loaded, and nothing is written', async () => {
    hub = await businessHub();
    const judge = (given: pb.Business = oldShop(), requestId = 'judge', office = registrar): Promise<pb.SeedBusinessResponse> => hub.call(service, 'seedBusiness', pb.SeedBusinessRequest.fromPartial({ requestId, business: given, validateOnly: true }), office);
    const { folder, ...answer } = await judge(), free = { free: true, borneBy: '', reservedBy: '' };
    expect([answer.known, await stored(folder), await findName(hub, oldShop().name)]).toEqual([false, false, free]);
    expect(await seed(hub, oldShop(), 'judge')).toEqual({ ...answer, folder });
    expect(await judge()).toEqual({ ...answer, folder, known: true });
    expect(await Promise.all([
      reason(judge(oldShop({ business: 'HKD-2', taxCode: '4000123499' }), 'judge-2')), reason(judge(oldShop({ business: 'HKD-2', taxCode: '4000123499', name: 'Khác' }), 'judge-3')), reason(judge(oldShop({ address: 'thôn 9' }), 'judge-4')), reason(judge(oldShop(), 'judge-5', elsewhere)),
    ])).toEqual([`REGISTER_CONFLICT: chủ hộ đang là chủ một hộ kinh doanh khác`, `REGISTER_CONFLICT: chủ hộ đang là chủ một hộ kinh doanh khác`, `REGISTER_CONFLICT: hộ kinh doanh ${oldShop().business} đã có với nội dung khác`, 'CALLER_NOT_ALLOWED']);
    expect((await read(hub, oldShop().business)).version).toBe(1);
  });

  test('from the books that is refused takes neither the name nor the owner that it gives', async () => {
    hub = await businessHub();
    await seed(hub);
    expect(await reason(seed(hub, oldShop({ name: 'Hộ kinh doanh Tiên Phước' }), 'seed-2'))).toBe(`REGISTER_CONFLICT: hộ kinh doanh ${oldShop().business} đã có với nội dung khác`);
    expect(await findName(hub, 'Tiên Phước')).toEqual({ free: true, borneBy: '', reservedBy: '' });
    expect(await reason(seed(hub, oldShop({ name: 'Hộ kinh doanh Tiên Phước', owner: pb.Business.fromJSON({ owner: lan }).owner }), 'seed-3'))).toBe(`REGISTER_CONFLICT: hộ kinh doanh ${oldShop().business} đã có với nội dung khác`);
    await done(hub, establishing('Tiên Phước'));
  });

  test('from the books takes a name and an owner that are free again', async () => {
    hub = await businessHub();
    const code = await done(hub, establishing('Minh Hòa', minh));
    await done(hub, { procedure: '1.001266', business: `HKD-${code}`, applicant: minh });
    expect(await findName(hub, oldShop().name)).toEqual({ free: true, borneBy: '', reservedBy: '' });
    const judged = await hub.call<pb.SeedBusinessResponse>(service, 'seedBusiness', pb.SeedBusinessRequest.fromPartial({ requestId: 'judge', business: oldShop(), validateOnly: true }), registrar);
    expect([judged.known, await findName(hub, oldShop().name)]).toEqual([false, { free: true, borneBy: '', reservedBy: '' }]);
    const first = await seed(hub);
    expect([await seed(hub), await seed(hub, oldShop(), 'seed-2')]).toEqual([first, first]);
    expect(await findName(hub, oldShop().name)).toEqual({ free: false, borneBy: oldShop().business, reservedBy: '' });
    const other = await received(hub, establishing('Minh Hòa 2', minh));
    expect(await reason(desk().complete(other, '', {}, 'registration'))).toMatch(/^REGISTER_CONFLICT: người này đang là chủ một hộ kinh doanh khác/);
  });

  test('is refused to whoever owns one', async () => {
    hub = await businessHub();
    await seed(hub);
    const code = await received(hub, establishing('Minh Hòa 2', minh));
    expect(await reason(desk().complete(code, '', {}, 'registration'))).toBe('REGISTER_CONFLICT: người này đang là chủ một hộ kinh doanh khác; mỗi cá nhân chỉ được đăng ký một hộ kinh doanh');
  });

  test('changes its name and owner, which frees the old ones', async () => {
    hub = await businessHub();
    await seed(hub);
    await done(hub, { procedure: '2.000720', case: 'owner', applicant: minh, business: '4000123456', declaration: { businessName: 'Lan Hòa', newOwnerName: lan.fullName, newOwnerIdentityNumber: lan.identityNumber } }, '33A8001-2');
    const shop = await read(hub, 'HKD-33A8001');
    expect([shop.name, shop.owner?.identityNumber, shop.certificateNumber, shop.version]).toEqual(['Lan Hòa', lan.identityNumber, '33A8001-2', 2]);
    expect((await findName(hub, 'Minh Hòa')).free).toBe(true);
    await done(hub, establishing('Minh Hòa', minh));
  });
});

describe('the books before the hub', () => {
  test('are loaded once; names and owners stay unique', async () => {
    hub = await businessHub();
    const first = await seed(hub);
    expect(await seed(hub)).toEqual(first);
    expect(await seed(hub, oldShop(), 'again')).toEqual(first);
    expect(await reason(seed(hub, oldShop({ address: 'khác' }), 'other'))).toMatch(/^REGISTER_CONFLICT: hộ kinh doanh HKD-33A8001/);
    expect(await reason(seed(hub, oldShop({ business: 'B2', name: 'Khác' }), 'owner'))).toBe('REGISTER_CONFLICT: chủ hộ đang là chủ một hộ kinh doanh khác');
    expect(await reason(seed(hub, oldShop({ business: 'B3', owner: { ...oldShop().owner!, identityNumber: lan.identityNumber } }), 'name'))).toBe('REGISTER_CONFLICT: tên "Hộ kinh doanh Minh Hòa" đã có hộ kinh doanh khác mang');
    expect(await reason(seed(hub, oldShop(), 'far', elsewhere))).toBe('CALLER_NOT_ALLOWED');
    expect((await read(hub, '4000123456')).version).toBe(1);
  });

  test.each([
    ['an owner by a number with a blank', { owner: { ...minh, identityNumber: `${minh.identityNumber} ` } }, 'FIELD_INVALID', 'business.owner.identity_number'], ['an owner by letters', { owner: { ...minh, identityNumber: 'ABC' } }, 'FIELD_INVALID', 'business.owner.identity_number'],
    ['an owner with an address longer than any', { owner: { ...minh, address: 'x'.repeat(300_000) } }, 'FIELD_INVALID', 'business.owner.address'],
    ['an owner with a residence with what nobody sees', { owner: { ...minh, residence: '20900\u200b' } }, 'FIELD_INVALID', 'business.owner.residence'], ['an owner who is not born yet', { owner: { ...minh, birthDate: '2999-01-01' } }, 'FIELD_INVALID', 'business.owner.birth_date'],
    ['a name that is none', { name: 'Hộ kinh doanh' }, 'FIELD_INVALID', 'business.name'], ['a code longer than any', { code: 'H'.repeat(65) }, 'FIELD_INVALID', 'business.code'], ['the tax code of another', { business: 'B2', name: 'Khác', owner: lan }, 'REGISTER_CONFLICT', 'business'],
  ])('do not hold %s', async (_what, { owner = minh, ...given }: { owner?: typeof minh; name?: string; business?: string; code?: string }, code, field) => {
    hub = await businessHub();
    await seed(hub);
    await expect(seed(hub, oldShop({ business: 'B1', ...given, owner: pb.Business.fromJSON({ owner }).owner }), 'odd')).rejects.toMatchObject({ code, field });
  });

  test('show a suspension before its first day, and the business at work until then', async () => {
    hub = await businessHub();
    await seed(hub, oldShop({ state: pb.BusinessState.SUSPENDED, suspendedFrom: '2099-01-01', suspendedUntil: '2099-12-31' }));
    const { state, suspendedFrom, suspendedUntil } = await read(hub, 'HKD-33A8001');
    expect([state, suspendedFrom, suspendedUntil]).toEqual([pb.BusinessState.ACTIVE, '2099-01-01', '2099-12-31']);
  });

  test('are listed by area and owner, owners only to who serves the area', async () => {
    hub = await businessHub();
    await seed(hub);
    const list = async (wanted: object, office = registrar): Promise<string[]> => (await hub.call<pb.ListBusinessesResponse>(service, 'listBusinesses', pb.ListBusinessesRequest.fromPartial(wanted), office)).businesses.map((one) => `${one.business} ${one.owner?.fullName ?? '–'}`);
    expect(await list({ area: '20900' })).toEqual([`HKD-33A8001 ${minh.fullName}`]);
    expect(await list({ area: '20900' }, elsewhere)).toEqual(['HKD-33A8001 –']);
    expect(await list({ owner: minh.identityNumber })).toHaveLength(1);
    expect(await list({ owner: minh.identityNumber }, elsewhere)).toEqual([]);
    expect(await list({ area: '20900', states: [pb.BusinessState.SUSPENDED] })).toEqual([]);
    expect(await list({ area: '20410' })).toEqual([]);
  });
});

test('the registration stands in for the certificate, until it ends', async () => {
  hub = await businessHub();
  const { folder } = await seed(hub);
  const ask = async (): Promise<evidence.EvidenceFact[]> => (await hub.call<evidence.FindEvidenceResponse>(service, 'findEvidence', evidence.FindEvidenceRequest.fromPartial({
    service, subjectKind: evidence.SubjectKind.BUSINESS, subject: '4000123456', procedure: '1.001266', purpose: 'tiếp nhận hồ sơ', ground: 'NĐ 309/2026/NĐ-CP',
  }), 'counter-20900-202507')).facts;
  expect((await ask()).map((one) => [one.evidence, one.office, one.replaces, one.values['name']])).toEqual([[`${service}/${folder}/1`, registrar, ['business-certificate'], 'Hộ kinh doanh Minh Hòa']]);
  await done(hub, { procedure: '1.001266', applicant: minh, business: 'HKD-33A8001' });
  expect(await ask()).toEqual([]);
});
