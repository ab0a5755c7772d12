/** A decision on support taken back: the file is as it was, unless somebody was paid by it. */
import { afterEach, describe, expect, test } from 'vitest';
import { testDesk, until } from '@lienthong/testkit';
import type { MemoryHub, TestDesk } from '@lienthong/testkit';
import { socialRules } from '../src/rules.ts';
import type { Beneficiary, SocialAction, SocialChange } from '../src/rules-facts.ts';
import { done, fileOf, here, service, socialHub, starting, xuan } from './social-of-tests.ts';

const rules = socialRules({ areasNow: (id) => [{ id }] as never });
const person = { fullName: 'Bà Xuân', identityKind: 'IDENTITY_KIND_PERSONAL_NUMBER', identityNumber: '049145003333' };
const rate = { from: '2026-01', group: 'elderly-80', amount: 500, decisionNumber: 'QĐ 1' }, newRate = { from: '2026-04', group: 'elderly-80', amount: 540, decisionNumber: 'QĐ 2' };
const file: Beneficiary = { beneficiary: 'BT-HS-0', person, kind: 'monthly-allowance', state: 'active', startMonth: '2026-01', endMonth: '', rates: [rate], residences: [{ area: 'here', startMonth: '2026-01', endMonth: '' }], movingTo: '', code: 'HS-0' };
const moving: Beneficiary = { ...file, state: 'moving', movingTo: 'there', residences: [{ area: 'here', startMonth: '2026-01', endMonth: '2026-03' }] };
const change = (action: SocialAction, area = 'here'): SocialChange => ({ ...action, kind: 'monthly-allowance', number: person.identityNumber, code: 'HS-1', area, today: '2026-03-02' }) as SocialChange;

/** Change, file before, first month that is paid by it. */
const changes: readonly (readonly [string, SocialChange, Beneficiary | null, string])[] = [
  ['a start', change({ action: 'start', person, rate: newRate }), null, '2026-04'], ['an adjustment', change({ action: 'adjust', rate: newRate }), file, '2026-04'], ['an end', change({ action: 'stop', lastMonth: '2026-03' }), file, '2026-04'],
  ['a move out', change({ action: 'move-out', lastMonth: '2026-03', to: 'there' }), file, '2026-04'], ['a move in', change({ action: 'move-in', decisionNumber: 'QĐ 3' }, 'there'), moving, '2026-04'],
  ['a late move in', change({ action: 'move-in', decisionNumber: 'QĐ 3', month: '2026-04' }, 'there'), { ...moving, residences: [{ area: 'here', startMonth: '2026-01', endMonth: '2026-01' }] }, '2026-04'],
  ['an end on the way', change({ action: 'stop', lastMonth: '2026-05' }), moving, '2026-04'],
  ['a death on the way, of whom no list was made since', { ...change({ action: 'stop-on-death', lastMonth: '2026-05', kinds: ['monthly-allowance'] }, 'there'), today: '2026-04-02' }, { ...moving, residences: [{ area: 'here', startMonth: '2026-01', endMonth: '2026-01' }] }, '2026-04'],
];

describe.each(changes)('putting back %s', (_what, given, before, first) => {
  const after = rules.next(given, '', before) as Beneficiary;
  const undone = (now: Beneficiary, today: string): unknown => rules.undo(given, '', { before, after, now }, today);

  test('leaves the file as it was until the first month by it has begun', () => {
    expect(undone(after, '2026-03-31')).toEqual({ facts: before });
    expect(undone(after, '2026-04-01')).toEqual({ problem: `đã chi trả theo quyết định này từ tháng ${first}` });
  });
  test('is a person\'s after another decision', () => {
    expect(undone({ ...after, code: 'HS-2' }, '2026-03-31')).toEqual({ problem: 'hồ sơ hưởng đã có thay đổi tiếp theo' });
  });
});

describe('through the register', () => {
  let hub: MemoryHub;
  afterEach(() => hub.stop());
  const desk = (): TestDesk => testDesk(hub, service);
  const shift = (by: number): string => { const now = new Date(hub.world.now() + 7 * 3_600_000); const at = now.getUTCFullYear() * 12 + now.getUTCMonth() + by; return `${Math.floor(at / 12)}-${String(at % 12 + 1).padStart(2, '0')}`; };
  const revoke = async (code: string): Promise<unknown> => hub.call(service, 'revokeCompletion', { requestId: `revoke-${code}`, office: '', code, leg: (await desk().leg(code, 'start-decision'))!.id, reason: 'sai đối tượng', result: '' }, here);

  test('a grant that nobody was paid by is no more, and may be granted anew', async () => {
    hub = await socialHub();
    const code = await done(hub, starting(shift(2)));
    expect((await fileOf(hub, xuan.identityNumber))?.beneficiary).toBe(`BT-${code}`);
    await revoke(code);
    await until('no file', async () => (await fileOf(hub, xuan.identityNumber)) === undefined);
    const again = await done(hub, starting(shift(3)), 'QĐ-2');
    expect((await fileOf(hub, xuan.identityNumber))?.beneficiary).toBe(`BT-${again}`);
  });

  test('a grant by which months were paid stands until a person has seen to it', async () => {
    hub = await socialHub();
    const code = await done(hub, starting(shift(-1)));
    await revoke(code);
    await until('the reason', async () => (await desk().work(code, 'start-decision')).deskLeg!.standingChange !== '');
    expect((await desk().work(code, 'start-decision')).deskLeg!.standingChange).toMatch(/^đã chi trả theo quyết định này từ tháng/);
    expect((await fileOf(hub, xuan.identityNumber))?.beneficiary).toBe(`BT-${code}`);
    await hub.call(service, 'resolveRegister', { requestId: 'by-hand', office: '', code, leg: (await desk().leg(code, 'start-decision'))!.id, resolution: 2, ground: '20/2021/NĐ-CP, Điều 8', reason: 'thu hồi bằng quyết định riêng' }, here);
    expect((await desk().work(code, 'start-decision')).deskLeg!.standingChange).toBe('');
  });
});
