/** A decision taken back: the parcel is as it was, or the officer reads what has been built on it. */
import { afterEach, describe, expect, test } from 'vitest';
import { agency } from '@lienthong/contract';
import { testDesk, until } from '@lienthong/testkit';
import type { MemoryHub, TestDesk } from '@lienthong/testkit';
import type { PartyPart } from '@lienthong/law';
import { landRules } from '../src/rules.ts';
import { blocked, unblocked } from '../src/rules-apply.ts';
import type { LandAction, LandChange, Mortgage, Parcel, Right } from '../src/rules-facts.ts';
import { branch, buyer, held, landHub, otherBuyer, received, seed, seller, transferTo } from './land-of-tests.ts';

const rules = landRules({ areasNow: (id) => [{ id }] as never });
const [sen, hoa] = ['049180001234', '049085004321'];
const person = (identityNumber: string): PartyPart => ({ citizen: { fullName: identityNumber, identityKind: 'IDENTITY_KIND_PERSONAL_NUMBER', identityNumber } });
const right = (number: string, more: Partial<Right> = {}): Right => ({ kind: 'use', holder: person(number), shareMillionths: 1_000_000, certificateNumber: 'AA 1', since: '2015-03-02', code: '', ...more });
const mortgage = (more: Partial<Mortgage> = {}): Mortgage => ({ mortgage: 'TC-1', creditor: 'Agribank', amount: 5, contractNumber: 'HĐ-1', registeredAt: 1, deletedAt: null, code: '', ...more });
const parcel = (more: Partial<Parcel> = {}): Parcel => ({ parcel: 'here-1-2', area: 'here@1', mapSheet: '1', number: '2', sizeDm2: 1, purpose: 'ONT', address: '', rights: [right(sen)], mortgages: [], blocks: [], ...more });
const change = (action: LandAction): LandChange => ({ ...action, parcel: 'here-1-2', code: 'HS-1', at: 9, on: '2026-03-02', area: 'here@1', today: '2026-03-02' }) as LandChange;

const transfer = change({ action: 'transfer', sellers: [[sen]], to: person(hoa), certificateNumber: 'AA 2', consent: false });
const exchange = change({ action: 'exchange', holder: [sen], certificateNumber: 'AA 9' });
const mortgaging = change({ action: 'mortgage', mortgagor: [sen], mortgage: 'TC-2', creditor: 'BIDV', amount: 7, contractNumber: 'HĐ-2' });
const release = change({ action: 'mortgage-release', mortgage: 'TC-1', contractNumber: '' });
const distrained = (one: Parcel): Parcel => blocked(one, { kind: 'distraint', ground: 'QĐ 12', since: '2026-01-02' });
const lifted = (one: Parcel): Parcel => unblocked(distrained(one), '1', '2026-02-01', 'QĐ 15') as Parcel;
const mortgagedAlso = (one: Parcel): Parcel => ({ ...one, mortgages: [...one.mortgages, mortgage({ mortgage: 'TC-9' })] });
const soldOn = (one: Parcel): Parcel => ({ ...one, rights: [right('049190007777', { code: 'HS-2' })] });

/** `later`: what others did to the parcel after the change. */
function undone(given: LandChange, before: Parcel, later: (after: Parcel) => Parcel): { readonly facts: Parcel | null } | { readonly problem: string } {
  const after = rules.next(given, given.parcel, before) as Parcel;
  expect(after).not.toHaveProperty('problem');
  return rules.undo(given, given.parcel, { before, after, now: later(after) }, '2026-03-05') as { readonly facts: Parcel | null } | { readonly problem: string };
}
const nothing = (one: Parcel): Parcel => one;
const withMortgage = parcel({ mortgages: [mortgage()] });

describe('putting back', () => {
  test.each<[string, LandChange, Parcel]>([['a transfer', transfer, parcel()], ['an exchange', exchange, withMortgage], ['a mortgage', mortgaging, withMortgage], ['a release', release, withMortgage]])('%s leaves the parcel as it was', (_what, given, before) => {
    expect(undone(given, before, nothing)).toEqual({ facts: before });
    // What others entered beside it stays.
    expect(undone(given, before, lifted)).toEqual({ facts: { ...before, blocks: lifted(before).blocks } });
  });

  test.each<[string, LandChange, Parcel, (after: Parcel) => Parcel, RegExp]>([
    ['a transfer after which it was sold on', transfer, parcel(), soldOn, /biến động tiếp theo/], ['a transfer after which it was mortgaged', transfer, parcel(), mortgagedAlso, /thế chấp/],
    ['a transfer of what is distrained now', transfer, parcel(), distrained, /kê biên \(QĐ 12\)/], ['an exchange after which it was sold', exchange, parcel(), soldOn, /biến động tiếp theo/],
    ['a mortgage that was deleted', mortgaging, parcel(), (after) => ({ ...after, mortgages: after.mortgages.map((one) => ({ ...one, deletedAt: 3 })) }), /đã được thay đổi hoặc xóa/],
    ['a mortgage of what was sold with it', mortgaging, parcel(), soldOn, /biến động tiếp theo/], ['a release after which somebody else took it in pledge', release, withMortgage, mortgagedAlso, /sau khi xóa/], ['a release after which it was sold', release, withMortgage, soldOn, /sau khi xóa/],
  ])('%s is a person\'s', (_what, given, before, later, problem) => {
    expect(undone(given, before, later)).toEqual({ problem: expect.stringMatching(problem) });
  });

  test('another mortgage beside the one put back stays', () => {
    expect(undone(mortgaging, parcel(), mortgagedAlso)).toEqual({ facts: mortgagedAlso(parcel()) });
  });
});

describe('through the register', () => {
  let hub: MemoryHub;
  afterEach(() => hub.stop());
  const desk = (): TestDesk => testDesk(hub, 'land');
  const holderOf = async (): Promise<string> => { const one = (await held(hub)).rights[0]!.holder!.party!; return one.$case === 'citizen' ? one.value.fullName : ''; };
  let requests = 0;
  const say = (method: string, request: object): Promise<unknown> => hub.call('land', method, { requestId: `r-${++requests}`, office: '', ...request }, branch);
  const standing = async (code: string): Promise<string> => (await desk().work(code)).deskLeg!.standingChange;
  async function decided(): Promise<{ code: string; leg: string }> {
    hub = await landHub();
    await seed(hub);
    const { code } = await received(hub, transferTo(buyer));
    await desk().complete(code, 'AA 00999001');
    await desk().applied(code);
    return { code, leg: (await desk().leg(code))!.id };
  }

  test('a revoked transfer gives the parcel back to who held it', async () => {
    const { code, leg } = await decided();
    expect(await holderOf()).toBe(buyer.fullName);
    await say('revokeCompletion', { code, leg, reason: 'cấp sai thửa', result: '' });
    await until('the parcel back', async () => (await holderOf()) === seller.fullName);
    await hub.quiet();
    expect([(await held(hub)).version, (await held(hub)).reservedBy, await standing(code)]).toEqual([3, '', '']);
    // Another dossier may have it now.
    const next = await received(hub, transferTo(otherBuyer));
    await desk().complete(next.code, 'AA 00999002');
    await desk().applied(next.code);
    expect(await holderOf()).toBe(otherBuyer.fullName);
  });

  test('a transfer that is done again is decided on the parcel as it was before', async () => {
    const { code, leg } = await decided();
    await say('reopenLeg', { code, leg, reason: 'ghi sai tên' });
    await desk().received(code);
    expect(await holderOf()).toBe(seller.fullName);
    await desk().complete(code, 'AA 00999003', { transfereeName: otherBuyer.fullName, transfereeIdentityNumber: otherBuyer.identityNumber });
    await desk().applied(code);
    expect([await holderOf(), (await held(hub)).version]).toEqual([otherBuyer.fullName, 4]);
  });

  test('a transfer on which a mortgage was built comes to the desk with the reason; when that is gone it is put back', async () => {
    const { code, leg } = await decided();
    const pledge = await received(hub, { procedure: '1.011441', applicant: buyer, declaration: { mortgageeName: 'Agribank Trà My', contractNumber: 'HĐTC-01', amount: '500000000' } });
    await desk().complete(pledge.code, 'ĐKTC-1');
    await desk().applied(pledge.code);
    await say('revokeCompletion', { code, leg, reason: 'cấp sai thửa', result: '' });
    await until('the reason', async () => (await standing(code)) !== '');
    expect([await standing(code), await holderOf(), (await desk().work(code)).admitted.includes('ResolveRegister')]).toEqual([expect.stringContaining('đã có đăng ký thế chấp'), buyer.fullName, true]);
    // The mortgage is taken back, too: then the transfer can be.
    await say('revokeCompletion', { code: pledge.code, leg: (await desk().leg(pledge.code))!.id, reason: 'cấp sai', result: '' });
    await until('no mortgage', async () => (await held(hub)).mortgages.length === 0);
    await expect(say('resolveRegister', { code, leg, resolution: agency.Resolution.UNSPECIFIED, ground: '118/2025/NĐ-CP', reason: 'x' })).rejects.toMatchObject({ code: 'FIELD_MISSING', field: 'resolution' });
    await say('resolveRegister', { code, leg, resolution: agency.Resolution.RETRY, ground: '118/2025/NĐ-CP', reason: 'đã xóa thế chấp' });
    await until('the parcel back', async () => (await holderOf()) === seller.fullName);
    expect(await standing(code)).toBe('');
  });
});
