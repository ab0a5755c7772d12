/** A registration taken back: business, name and owner are as they were, or the registrar reads what has been built on it. */
import { afterEach, describe, expect, test } from 'vitest';
import { testDesk, until } from '@lienthong/testkit';
import type { MemoryHub, TestDesk } from '@lienthong/testkit';
import { businessRules } from '../src/rules.ts';
import type { Business, BusinessAction, BusinessChange, BusinessRecord, Name } from '../src/rules-facts.ts';
import { comparable } from '../src/rules-names.ts';
import { businessHub, done, establishing, findName, lan, read, registrar, service } from './business-of-tests.ts';

const rules = businessRules({ areasNow: (id) => [{ id }] as never });
const [ofLan, ofMinh] = ['049190001111', '049085002222'];
const owner = (identityNumber: string): Business['owner'] => ({ citizen: { fullName: 'Chủ hộ', identityKind: 'IDENTITY_KIND_PERSONAL_NUMBER', identityNumber } });
const name = (text: string): Name => ({ name: text, comparable: comparable(text), area: 'here@1', past: [] });
const business: Business = {
  type: 'business', business: 'B1', taxCode: '', name: 'Hoa Mai', owner: owner(ofLan), area: 'here@1', address: 'thôn 1', lines: [], capital: 0, state: 'active', suspendedFrom: '', suspendedUntil: '', certificateNumber: '', registeredOn: '2020-01-02',
  endedOn: '', code: 'HS-0',
};
const change = (action: BusinessAction): BusinessChange => ({
  ...action, business: 'B1', code: 'HS-1', on: '2026-03-02', area: 'here@1', today: '2026-03-02', by: [ofLan], was: action.action === 'establish' ? null : { name: name('Hoa Mai'), owner: ofLan },
}) as BusinessChange;
const standing: Readonly<Record<string, BusinessRecord>> = {
  'business|B1': business, [`name|here@1|${comparable('Hoa Mai')}`]: { type: 'name', area: 'here@1', comparable: comparable('Hoa Mai'), business: 'B1' }, [`owner|${ofLan}`]: { type: 'owner', number: ofLan, business: 'B1' },
};
const contents = { name: name('Hoa Lan'), owner: owner(ofMinh), address: 'thôn 2', lines: [], capital: 9 };
const suspended = { ...standing, 'business|B1': { ...business, state: 'suspended' as const, suspendedFrom: '2026-02-01' } };

const changes: readonly (readonly [string, BusinessChange, Readonly<Record<string, BusinessRecord>>])[] = [
  ['an establishment', change({ action: 'establish', content: { ...contents, owner: owner(ofLan) } }), {}], ['a certificate', change({ action: 'certificate', taxCode: ofLan, certificateNumber: 'GCN-1' }), standing],
  ['a change of name and owner', change({ action: 'change', content: contents, certificateNumber: 'GCN-2' }), standing], ['a suspension', change({ action: 'suspend', from: '2026-03-02', until: '' }), standing],
  ['a resumption', change({ action: 'resume' }), suspended], ['a termination', change({ action: 'terminate' }), standing],
];

describe.each(changes)('putting back %s', (_what, given, before) => {
  const written = rules.touches(given).flatMap((key) => { const next = rules.next(given, key, before[key] ?? null); return next === null ? [] : [{ key, after: next as BusinessRecord, before: before[key] ?? null }]; });

  test('leaves every record as it was, and one that it opened is no more', () => {
    expect(written.length).toBeGreaterThan(0);
    for (const { key, after, before: was } of written) expect(rules.undo(given, key, { before: was, after, now: after }, '2026-03-05')).toEqual({ facts: was });
  });

  test('is a person\'s where any of its records was changed since', () => {
    for (const { key, after, before: was } of written) {
      const now: BusinessRecord = after.type === 'business' ? { ...after, code: 'HS-2', address: 'khác' } : { ...after, business: 'B9' };
      expect(rules.undo(given, key, { before: was, after, now }, '2026-03-05')).toEqual({ problem: expect.stringMatching(key.startsWith('business|') ? /thay đổi tiếp theo/ : /đã (được )?đăng ký/) });
    }
  });
});

describe('through the register', () => {
  let hub: MemoryHub;
  afterEach(() => hub.stop());
  const desk = (): TestDesk => testDesk(hub, service);

  test('a registration that is taken back frees the name and the owner, who may register anew', async () => {
    hub = await businessHub();
    const code = await done(hub, establishing('Hoa Mai'));
    expect((await findName(hub, 'Hoa Mai')).borneBy).toBe(`HKD-${code}`);
    await hub.call(service, 'revokeCompletion', { requestId: 'r-1', office: '', code, leg: (await desk().leg(code, 'registration'))!.id, reason: 'cấp sai', result: '' }, registrar);
    await until('the name free', async () => (await findName(hub, 'Hoa Mai')).free);
    await expect(read(hub, `HKD-${code}`)).rejects.toMatchObject({ code: 'UNKNOWN_ITEM' });
    const again = await done(hub, establishing('Hoa Mai', lan));
    expect((await read(hub, `HKD-${again}`)).owner?.identityNumber).toBe(lan.identityNumber);
  });

  test('a registration on which a certificate was issued is put back after the certificate is', async () => {
    hub = await businessHub();
    const code = await done(hub, establishing('Hoa Mai'));
    await desk().received(code, 'certificate');
    await desk().complete(code, 'GCN-01', {}, 'certificate');
    await desk().applied(code, 'certificate');
    const say = async (requestId: string, method: string, leg: string, more: object): Promise<unknown> => hub.call(service, method, { requestId, office: '', code, leg: (await desk().leg(code, leg))!.id, ...more }, registrar);
    const standingOf = async (leg: string): Promise<string> => (await desk().work(code, leg)).deskLeg!.standingChange;
    await say('r-1', 'revokeCompletion', 'registration', { reason: 'cấp sai', result: '' });
    await until('the reason', async () => (await standingOf('registration')) !== '');
    expect(await standingOf('registration')).toMatch(/đã có thay đổi tiếp theo/);
    await say('r-2', 'revokeCompletion', 'certificate', { reason: 'cấp sai', result: '' });
    await until('no certificate', async () => (await read(hub, `HKD-${code}`)).certificateNumber === '');
    await say('r-3', 'resolveRegister', 'registration', { resolution: 1, ground: '168/2025/NĐ-CP', reason: 'đã thu hồi giấy' });
    await until('the name free', async () => (await findName(hub, 'Hoa Mai')).free);
  });
});
