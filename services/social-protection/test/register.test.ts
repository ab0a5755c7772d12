/** Files of beneficiaries through real participants. */
import { afterEach, describe, expect, test } from 'vitest';
import { evidence, social as pb } from '@lienthong/contract';
import { testDesk } from '@lienthong/testkit';
import type { MemoryHub, TestDesk } from '@lienthong/testkit';
import { cuong, done, fileOf, here, hoiAn, oldFile, payments, reason, received, seed, service, socialHub, starting, there, traMy, xuan } from './social-of-tests.ts';
import type { Case } from './social-of-tests.ts';

let hub: MemoryHub;
afterEach(() => hub.stop());
/** Whether anything has been written into a folder. */
const stored = async (folder: string): Promise<boolean> => (await hub.modules.find(({ name }) => name === service)!.participant.view(folder, ({ version }) => version) ?? 0) > 0;
const desk = (): TestDesk => testDesk(hub, service);
const thisMonth = (): string => new Date(hub.world.now() + 7 * 3_600_000).toISOString().slice(0, 7);
const shift = (month: string, by: number): string => { const at = Number(month.slice(0, 4)) * 12 + Number(month.slice(5)) - 1 + by; return `${Math.floor(at / 12)}-${String(at % 12 + 1).padStart(2, '0')}`; };

describe('a beneficiary', () => {
  test('is granted an allowance, gets another amount, and stops', async () => {
    hub = await socialHub();
    const month = thisMonth();
    const code = await done(hub, starting(shift(month, -2)));
    const file = (await fileOf(hub, xuan.identityNumber))!;
    expect([file.beneficiary, file.kind, file.group, file.amount, file.state, file.decisionNumber, file.code, file.version]).toEqual([`BT-${code}`, pb.BenefitKind.MONTHLY_ALLOWANCE, 'elderly-80', 540_000, pb.BeneficiaryState.ACTIVE, 'QĐ-1', code, 1]);
    await done(hub, { case: 'adjust', leg: 'adjust-decision', beneficiary: file.beneficiary, declaration: { monthlyAmount: '650000', fromMonth: month } }, 'QĐ-2');
    // Granted for the month before, too: its list had been made, so it is paid as arrears.
    expect(await payments(hub, '20900', shift(month, -1))).toEqual(['= 0']);
    expect(await payments(hub, '20900', month)).toEqual([`${xuan.fullName} 650000`, '= 1730000']);
    await done(hub, { case: 'stop', leg: 'stop-decision', declaration: { lastMonth: month } }, 'QĐ-3');
    expect(await payments(hub, '20900', shift(month, 1))).toEqual(['= 0']);
    expect((await fileOf(hub, xuan.identityNumber))!.state).toBe(pb.BeneficiaryState.STOPPED);
  });

  test('is owed what was granted late also when support ends before the list with which it is paid', async () => {
    hub = await socialHub();
    const month = thisMonth();
    await done(hub, starting(shift(month, -2)));
    await done(hub, { case: 'stop', leg: 'stop-decision', declaration: { lastMonth: shift(month, -1) } }, 'QĐ-2');
    const list = await hub.call<pb.ListPaymentsResponse>(service, 'listPayments', pb.ListPaymentsRequest.fromPartial({ area: traMy, month }), here);
    expect([list.payments.map((one) => [one.fullName, one.amount, one.arrears, one.decisionNumber]), list.totalAmount, list.totals.map((one) => [one.amount, one.lines])]).toEqual([[[xuan.fullName, 0, 1_080_000, 'QĐ-1']], 1_080_000, [[1_080_000, 1]]]);
    expect(await payments(hub, traMy, shift(month, 1))).toEqual(['= 0']);
  });

  test('moves: the old commune lets go, the new one decides and pays from the next month', async () => {
    hub = await socialHub();
    await seed(hub);
    const month = thisMonth();
    const code = await received(hub, { case: 'move', applicant: cuong, beneficiary: 'BTXH-0071', to: hoiAn, leg: 'move-out' });
    await desk().complete(code, '', {}, 'move-out');
    await desk().applied(code, 'move-out');
    expect((await fileOf(hub, cuong.identityNumber))!.state).toBe(pb.BeneficiaryState.MOVING);
    await desk().received(code, 'move-in');
    await desk().complete(code, 'QĐ-HA-5', {}, 'move-in');
    await desk().applied(code, 'move-in');
    expect(await fileOf(hub, cuong.identityNumber)).toBeUndefined();
    const file = (await fileOf(hub, cuong.identityNumber, there))!;
    expect([file.area, file.state, file.decisionNumber, file.residences.map((one) => `${one.area} ${one.startMonth}…${one.endMonth}`)]).toEqual([hoiAn, pb.BeneficiaryState.ACTIVE, 'QĐ-HA-5', [`20900@2025-07-01 2024-03…${month}`, `${hoiAn} ${shift(month, 1)}…`]]);
    expect([await payments(hub, '20900', month), await payments(hub, '20900', shift(month, 1)), await payments(hub, '20410', shift(month, 1), there)]).toEqual([[' 1080000', '= 1080000'], ['= 0'], [`${cuong.fullName} 1080000`, '= 1080000']]);
  });

  test('moves once: of two moves at once one is decided, and its commune takes the file over', async () => {
    hub = await socialHub();
    await seed(hub);
    const targets = [hoiAn, '20335@2025-07-01'], codes: string[] = [];
    for (const to of targets) codes.push(await received(hub, { case: 'move', applicant: cuong, beneficiary: 'BTXH-0071', to, leg: 'move-out' }));
    const moveOut = async (code: string): Promise<string> => {
      try { await desk().complete(code, '', {}, 'move-out'); } catch (error) { return (error as { meta: { problem: string } }).meta.problem; }
      return Promise.race([desk().applied(code, 'move-out').then(() => ''), desk().refused(code, 'move-out')]);
    };
    const said = await Promise.all(codes.map(moveOut)), won = said.indexOf('');
    expect(said.filter((one) => one === '')).toHaveLength(1);
    expect(await moveOut(codes[1 - won]!)).toContain('hồ sơ đang được chuyển đến xã, phường khác');
    await desk().received(codes[won]!, 'move-in');
    await desk().complete(codes[won]!, 'QĐ-5', {}, 'move-in');
    await desk().applied(codes[won]!, 'move-in');
    const { beneficiary } = (await hub.call<pb.GetBeneficiaryResponse>(service, 'getBeneficiary', pb.GetBeneficiaryRequest.fromPartial({ beneficiary: 'BTXH-0071' }), here));
    expect([beneficiary!.area, beneficiary!.state]).toEqual([targets[won], pb.BeneficiaryState.ACTIVE]);
  });

  test('from the books is judged as it would be loaded, and nothing is written', async () => {
    hub = await socialHub();
    const judge = (given: pb.Beneficiary = oldFile(), requestId = 'judge', office = here): Promise<pb.SeedBeneficiaryResponse> => hub.call(service, 'seedBeneficiary', pb.SeedBeneficiaryRequest.fromPartial({ requestId, beneficiary: given, validateOnly: true }), office);
    const { folder, ...answer } = await judge();
    expect([answer.known, await stored(folder), await fileOf(hub, cuong.identityNumber)]).toEqual([false, false, undefined]);
    const loaded = await seed(hub, oldFile(), 'judge');
    expect([loaded, await judge()]).toEqual([{ ...answer, folder }, { ...answer, folder, known: true }]);
    expect(await Promise.all([reason(judge(oldFile({ amount: 1 }), 'judge-2')), reason(judge(oldFile({ kind: pb.BenefitKind.SOCIAL_PENSION }), 'judge-3')), reason(judge(oldFile(), 'judge-4', there))])).toEqual([
      'REGISTER_CONFLICT: người này đã có hồ sơ hưởng với nội dung khác', `REGISTER_CONFLICT: mã ${oldFile().beneficiary} là của hồ sơ khác`, 'CALLER_NOT_ALLOWED',
    ]);
    expect((await fileOf(hub, cuong.identityNumber))!.version).toBe(1);
  });

  test('is not granted the same twice: of two dossiers that compete one decides', async () => {
    hub = await socialHub();
    const [one, other] = [await received(hub, starting('2026-01')), await received(hub, starting('2026-02'))];
    await Promise.all([desk().complete(one, 'QĐ-1', {}, 'start-decision'), desk().complete(other, 'QĐ-2', {}, 'start-decision')]);
    const outcome = (code: string): Promise<string> => Promise.race([desk().applied(code, 'start-decision').then(() => ''), desk().refused(code, 'start-decision')]);
    const refusals = [await outcome(one), await outcome(other)];
    expect(refusals.filter((text) => text === '')).toHaveLength(1);
    expect(refusals.join('')).toMatch(/đang được một hồ sơ khác giữ chỗ|người này đang hưởng/);
    expect((await fileOf(hub, xuan.identityNumber))!.version).toBe(1);
    const late = await received(hub, starting('2026-03'));
    expect(await reason(desk().complete(late, 'QĐ-3', {}, 'start-decision'))).toMatch(/^REGISTER_CONFLICT: người này đang hưởng/);
    // Another kind of support is another file.
    await done(hub, starting('2026-03', { procedure: '1.014027' }), 'QĐ-4');
  });
});

describe('the books before the hub', () => {
  test('are loaded once', async () => {
    hub = await socialHub();
    const first = await seed(hub);
    expect(await seed(hub)).toEqual(first);
    expect(await seed(hub, oldFile(), 'again')).toEqual(first);
    expect(await reason(seed(hub, oldFile({ amount: 1 }), 'other'))).toBe('REGISTER_CONFLICT: người này đã có hồ sơ hưởng với nội dung khác');
    expect(await reason(seed(hub, oldFile({ person: { ...oldFile().person!, identityNumber: '049160009999' } }), 'id'))).toBe('REGISTER_CONFLICT: mã BTXH-0071 là của hồ sơ khác');
    expect(await reason(seed(hub, oldFile(), 'far', there))).toBe('CALLER_NOT_ALLOWED');
    expect(await reason(seed(hub, oldFile({ startMonth: '2024-13' }), 'month'))).toMatch(/^FIELD_INVALID: YYYY-MM, 1945-01/);
    const lived = (startMonth: string, endMonth: string): Promise<string> => reason(seed(hub, oldFile({ beneficiary: 'BTXH-0072', person: { ...oldFile().person!, identityNumber: '049160007272' }, residences: [{ area: hoiAn, startMonth, endMonth }] }), `lived-${startMonth}-${endMonth}`));
    expect([await lived('2024-02', '2024-01'), await lived('2023-01', '2024-03'), await lived('2023-01', '2024-02')]).toEqual(['FIELD_INVALID: ≥ 2024-02, < 2024-03', 'FIELD_INVALID: ≥ 2023-01, < 2024-03', 'none']);
  });

  test.each<[string, object, string]>([
    // what is loaded                         file                                                          field
    ['a number that is none', { person: { ...oldFile().person!, identityNumber: '04914500' } }, 'beneficiary.person.identity_number'],
    ['a number with what nobody sees', { person: { ...oldFile().person!, identityNumber: '04914500333\u200b3' } }, 'beneficiary.person.identity_number'],
    ['nobody\'s name', { person: { ...oldFile().person!, fullName: ' ' } }, 'beneficiary.person.full_name'],
    ['a code longer than any', { code: 'H'.repeat(65) }, 'beneficiary.code'],
    ['an address longer than any', { person: { ...oldFile().person!, address: 'x'.repeat(300_000) } }, 'beneficiary.person.address'],
    ['an address with what nobody sees', { person: { ...oldFile().person!, address: 'thôn 1\u202e' } }, 'beneficiary.person.address'],
    ['a residence longer than any', { person: { ...oldFile().person!, residence: '2'.repeat(501) } }, 'beneficiary.person.residence'],
    ['a birth that is still to come', { person: { ...oldFile().person!, birthDate: '2999-01-01' } }, 'beneficiary.person.birth_date'],
    ['a birth on no day', { person: { ...oldFile().person!, birthDate: '1960-02-30' } }, 'beneficiary.person.birth_date'],
    ['a commune of before longer than any', { residences: [{ area: 'x'.repeat(65), startMonth: '2023-01', endMonth: '2024-02' }] }, 'beneficiary.residences.area'],
  ])('refuse %s: nobody finds it again, or pays by it', async (_what, given, field) => {
    hub = await socialHub();
    await expect(seed(hub, oldFile(given))).rejects.toMatchObject({ field });
    expect(await payments(hub, traMy, '2026-03')).toEqual(['= 0']);
  });

  test('hold an address as long as an address may be, and a birth of today', async () => {
    hub = await socialHub();
    const birthDate = new Date(hub.world.now() + 7 * 3_600_000).toISOString().slice(0, 10);
    await seed(hub, oldFile({ person: { ...oldFile().person!, address: 'x'.repeat(500), birthDate } }));
    expect((await fileOf(hub, cuong.identityNumber))!.person).toMatchObject({ address: 'x'.repeat(500), birthDate });
  });

  test('show names to the commune alone', async () => {
    hub = await socialHub();
    await seed(hub);
    const get = async (office: string): Promise<string> => (await hub.call<pb.GetBeneficiaryResponse>(service, 'getBeneficiary', pb.GetBeneficiaryRequest.fromPartial({ beneficiary: 'BTXH-0071' }), office)).beneficiary!.person?.fullName ?? '–';
    expect([await get(here), await get(there)]).toEqual([cuong.fullName, '–']);
    expect(await fileOf(hub, cuong.identityNumber, there)).toBeUndefined();
    expect(await reason(hub.call(service, 'getBeneficiary', pb.GetBeneficiaryRequest.fromPartial({ beneficiary: 'B' }), here))).toBe('UNKNOWN_ITEM');
  });

  test('make payment lists page by page, with the sum of the whole', async () => {
    hub = await socialHub();
    for (let n = 0; n < 5; n++) await seed(hub, oldFile({ beneficiary: `B-${n}`, amount: 100 + n, person: { ...oldFile().person!, identityNumber: `04916000500${n}` } }), `seed-${n}`);
    const ask = (pageToken: string, pageSize = 2): Promise<pb.ListPaymentsResponse> => hub.call(service, 'listPayments', pb.ListPaymentsRequest.fromPartial({ area: '20900', month: '2026-01', pageSize, pageToken }), here);
    const found: string[] = [], sums = new Set<number>();
    for (let token = '', n = 0; n === 0 || token !== ''; n++) { const page = await ask(token); found.push(...page.payments.map((one) => one.beneficiary)); sums.add(page.totalAmount); token = page.nextPageToken; expect(page.payments.length).toBeLessThanOrEqual(2); }
    expect([found.sort(), [...sums]]).toEqual([['B-0', 'B-1', 'B-2', 'B-3', 'B-4'], [510]]);
    for (const month of ['0000-01', '1899-12', '2100-01', '9999-12', '2026-13']) expect(await reason(hub.call(service, 'listPayments', pb.ListPaymentsRequest.fromPartial({ area: traMy, month }), here)), month).toBe('FIELD_INVALID: YYYY-MM');
    expect(await payments(hub, traMy, '2099-12')).toHaveLength(6);
    expect(await reason(ask('x'))).toBe('FIELD_INVALID: x');
    expect(await reason(ask('', 501))).toBe('FIELD_INVALID: 1–500');
  });
});

test('the file stands in for the paper', async () => {
  hub = await socialHub();
  const { folder } = await seed(hub);
  const { facts } = await hub.call<evidence.FindEvidenceResponse>(service, 'findEvidence', evidence.FindEvidenceRequest.fromPartial({
    service, subjectKind: evidence.SubjectKind.PERSON, subject: cuong.identityNumber, fact: 'beneficiary', procedure: '1.001776', purpose: 'tiếp nhận hồ sơ', ground: 'NĐ 309/2026/NĐ-CP',
  }), 'counter-20900-202507');
  expect(facts.map((one) => [one.evidence, one.office, one.replaces, one.values['group']])).toEqual([[`${service}/${folder}/1`, here, ['beneficiary-file'], 'severe-disability']]);
});

describe('the death chain', () => {
  const death = (declaration: Readonly<Record<string, string>>): Case => ({ procedure: '2.002913', case: 'beneficiary', leg: 'allowance-stop', rehearsal: Date.parse('2026-10-05T08:00:00+07:00'), declaration });
  const seedRehearsed = (given: object, requestId: string): Promise<unknown> => hub.call(service, 'seedBeneficiary', pb.SeedBeneficiaryRequest.fromPartial({ requestId, beneficiary: oldFile(given), rehearsal: true }), here);

  test('ends every support of the dead person with the month of death, and none of the relative who applies', async () => {
    hub = await socialHub();
    await seedRehearsed({}, 'seed-1');
    await seedRehearsed({ beneficiary: 'HTXH-0009', kind: pb.BenefitKind.SOCIAL_PENSION, group: 'pension', amount: 500_000 }, 'seed-2');
    await done(hub, death({ deceasedIdentityNumber: cuong.identityNumber, deathDate: '2026-09-30' }), 'QĐ-9');
    expect(await payments(hub, traMy, '2026-09', here, true)).toEqual([`${cuong.fullName} 1080000`, `${cuong.fullName} 500000`, '= 1580000']);
    expect(await payments(hub, traMy, '2026-10', here, true)).toEqual(['= 0']);
  });

  test('ends also what was stopped for a month that is still ahead', async () => {
    hub = await socialHub();
    const next = shift(thisMonth(), 1), lines = (): Promise<string[]> => payments(hub, traMy, next, here, true);
    await seedRehearsed({ state: pb.BeneficiaryState.STOPPED, endMonth: shift(next, 1) }, 'seed-1');
    expect(await lines()).toEqual([`${cuong.fullName} 1080000`, '= 1080000']);
    await done(hub, death({ deceasedIdentityNumber: cuong.identityNumber, deathDate: '2026-09-30' }), 'QĐ-9');
    expect(await lines()).toEqual(['= 0']);
  });

  test.each<[string, Readonly<Record<string, string>>, string]>([
    ['of nobody who is paid', { deceasedIdentityNumber: xuan.identityNumber, deathDate: '2026-09-30' }, 'REGISTER_CONFLICT: người đã mất không có hồ sơ đang hưởng trong cơ sở dữ liệu bảo trợ xã hội'],
    ['that names nobody', { deathDate: '2026-09-30' }, 'REGISTER_CONFLICT: người đã mất không có hồ sơ đang hưởng trong cơ sở dữ liệu bảo trợ xã hội'],
    ['without a date', { deceasedIdentityNumber: cuong.identityNumber }, 'REGISTER_CONFLICT: chưa nêu đúng ngày chết (YYYY-MM-DD)'],
    ['that is still to come', { deceasedIdentityNumber: cuong.identityNumber, deathDate: '2027-09-30' }, 'REGISTER_CONFLICT: ngày chết 2027-09-30 ở tương lai'],
  ])('%s is refused, and nothing ends', async (_what, declaration, expected) => {
    hub = await socialHub();
    await seedRehearsed({}, 'seed-1');
    const code = await received(hub, death(declaration));
    expect(await reason(testDesk(hub, service).complete(code, 'QĐ-9', {}, 'allowance-stop'))).toBe(expected);
    expect((await fileOf(hub, cuong.identityNumber, here, true))?.state).toBe(pb.BeneficiaryState.ACTIVE);
  });
});
