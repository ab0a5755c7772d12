/** The postman's page over HTTP: who gets in, what is recorded in whose name, and what is never shown. */
import { dossier as pb, postal } from '@lienthong/contract';
import { HubError } from '@lienthong/kernel';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createPortal, parsePostKeys } from '../src/index.ts';
import type { PortalPorts, PostCaller } from '../src/index.ts';
import { postSessions, sessionMs } from '../src/post-session.ts';

const office = 'post-503-202501', key = 'khoa-buu-cuc-0001', number = 'RL000000015VN';
const keys = new Map([[office, key]]);
const parcel = postal.PostalConsignment.fromPartial({ code: 'H17-1', fromOffice: 'counter', fromOfficeName: { vi: 'Quầy <b>Hội An</b>', en: '' }, toOffice: '', receiverName: 'Hồ Thị Sáu', receiverAddress: '3 Lê Lợi', consignment: { number, carries: pb.Carries.RESULT, state: pb.ConsignmentState.OUT_FOR_DELIVERY, codAmount: 8_000 } });
const failures: unknown[] = [], told: [string, unknown, PostCaller][] = [];
const noted = (what: string) => async (request: { readonly place: string; readonly requestId: string }, by: PostCaller): Promise<object> => {
  if (request.requestId === 'crash') throw new TypeError('secret inside hub/store.db');
  if (request.requestId === 'refused') throw new HubError('CONSIGNMENT_ENDED' as never, { number }, { field: '' });
  told.push([what, request, by]);
  return {};
};
let address = '';
const ports: PortalPorts = {
  track: () => Promise.reject(new Error('not asked')), async *form() { yield* []; }, confirm: () => Promise.reject(new Error('not asked')), checkResult: () => Promise.reject(new Error('not asked')),
  post: { keys, list: async ({ errand, rehearsal }) => postal.ListConsignmentsResponse.fromPartial({ consignments: errand === postal.Errand.DELIVER && !rehearsal ? [parcel] : [] }), scan: noted('scan'), deliver: noted('deliver'), fail: noted('fail') },
  live: () => true, ready: () => ({ ready: true, parts: [] }), failed: (error) => failures.push(error),
};
const portal = createPortal(ports);

beforeAll(async () => { address = `http://127.0.0.1:${await portal.listen(0)}`; });
afterAll(() => portal.stop());

const send = (path: string, form: Record<string, string>, cookie = ''): Promise<Response> => fetch(`${address}${path}`, { method: 'POST', redirect: 'manual', headers: { cookie }, body: new URLSearchParams(form) });
const login = (more: Record<string, string> = {}): Promise<Response> => send('/post/login', { office, officer: 'bt-01', place: 'Hội An', key, ...more });
const session = async (): Promise<string> => (await login()).headers.get('set-cookie')!.split(';')[0]!;
const read = async (path: string, cookie: string): Promise<string> => (await fetch(`${address}${path}`, { headers: { cookie } })).text();

describe('who gets in', () => {
  test('the key of the office opens; the cookie is the page\'s alone and no script reads it', async () => {
    const answer = await login();
    expect([answer.status, answer.headers.get('location')]).toEqual([303, '/post']);
    expect(answer.headers.get('set-cookie')).toMatch(/^post=.+; Path=\/post; Max-Age=\d+; HttpOnly; SameSite=Strict$/);
  });
  test.each<[string, Record<string, string>]>([['another key', { key: 'x' }], ['no key', { key: '' }], ['an office without one', { office: 'post-490-202501', key: '' }], ['no place', { place: ' ' }]])('%s does not', async (_what, more) => {
    const answer = await login(more);
    expect([answer.status, answer.headers.get('set-cookie')]).toEqual([403, null]);
  });
  test('without a cookie, or with one that was changed, nothing is shown and nothing recorded', async () => {
    const good = await session(), [name, value] = good.split('='), [text, sealed] = value!.split('.');
    const other = Buffer.from(Buffer.from(text!, 'base64url').toString('utf8').replace('503', '490')).toString('base64url');
    for (const cookie of ['', 'post=', 'post=a.b', `${name}=${text}`, `${name}=${other}.${sealed}`]) {
      expect(await read('/post', cookie)).not.toContain(number);
      expect((await send(`/post/${number}/deliver`, { request: 'r' }, cookie)).status).toBe(403);
    }
    expect(told).toEqual([]);
  });
  test('a day later it says nothing any more, nor where the office has no key', () => {
    let now = 1_000;
    const sessions = postSessions(keys, () => now, false), postman = { office, officer: 'bt', place: 'x' }, cookie = sessions.open(postman, key);
    expect(sessions.read(cookie)).toEqual(postman);
    now += sessionMs;
    expect(sessions.read(cookie)).toBeUndefined();
    expect(postSessions(new Map([['other', key]]), () => 0, false).read(cookie)).toBeUndefined();
  });
});

describe('what is recorded', () => {
  test('is said in the name of the office that entered, with its place and the money that was due', async () => {
    const cookie = await session();
    expect(await read('/post', cookie)).toContain(number);
    const answer = await send(`/post/${number}/deliver?lang=en`, { request: 'r-1', receiver: 'Hồ Văn Bảy', signed: '1', paid: '8000', code: '' }, cookie);
    expect([answer.status, answer.headers.get('location')]).toEqual([303, '/post?lang=en&done=1']);
    await send(`/post/${number}/attempt`, { request: 'r-2', reason: String(postal.FailureReason.ABSENT) }, cookie);
    expect(told).toMatchObject([
      ['deliver', { requestId: 'r-1', number, place: 'Hội An', receiverName: 'Hồ Văn Bảy', signed: true, codCollected: 8_000 }, { office, officer: 'bt-01' }],
      ['fail', { requestId: 'r-2', kind: postal.FailureKind.ATTEMPT, reason: postal.FailureReason.ABSENT, place: 'Hội An' }, { office }],
    ]);
  });
  test('a refusal is told in words beside the same form, with another request; what broke is told to the operator alone', async () => {
    const cookie = await session(), refused = await send(`/post/${number}/deliver`, { request: 'refused' }, cookie), text = await refused.text();
    expect([refused.status, text.includes('đã kết thúc'), text.includes('value="refused')]).toEqual([409, true, false]);
    const broken = await send(`/post/${number}/deliver`, { request: 'crash' }, cookie), page = await broken.text();
    expect([broken.status >= 500, page.includes('Hệ thống đang bận'), /TypeError|store\.db|at .*\.ts/.test(page)]).toEqual([true, true, false]);
    expect(failures.some((one) => one instanceof TypeError)).toBe(true);
    expect((await send(`/post/${number}/eat`, { request: 'x' }, cookie)).status).toBe(404);
    expect((await send('/post/RL9/deliver', { request: 'refused' }, cookie)).status).toBe(404);
  });
  test('what comes from elsewhere is escaped', async () => {
    expect(await read(`/post/${number}`, await session())).toContain('Quầy &lt;b&gt;Hội An&lt;/b&gt;');
  });
});

test.each([['https://tracuu.danang.gov.vn', true], ['http://127.0.0.1:8080', false], ['', false]])('where people reach the pages at %j, the cookie goes by https alone: %s', async (publicUrl, alone) => {
  const there = createPortal(ports, { trustedProxies: [], publicUrl }), at = `http://127.0.0.1:${await there.listen(0)}`;
  try {
    const set = async (path: string): Promise<string> => (await fetch(`${at}${path}`, { method: 'POST', redirect: 'manual', body: new URLSearchParams({ office, officer: 'bt-01', place: 'Hội An', key }) })).headers.get('set-cookie')!;
    expect([(await set('/post/login')).endsWith('; Secure'), (await set('/post/logout')).endsWith('; Secure')]).toEqual([alone, alone]);
  } finally { await there.stop(); }
});

test('without keys there is no such page', async () => {
  const without = createPortal({ track: () => Promise.reject(new Error('x')), async *form() { yield* []; }, confirm: () => Promise.reject(new Error('x')), checkResult: () => Promise.reject(new Error('x')), post: null, live: () => true, ready: () => ({ ready: true, parts: [] }), failed: () => {} });
  const at = `http://127.0.0.1:${await without.listen(0)}`;
  expect([(await fetch(`${at}/post`)).status, (await fetch(`${at}/post/login`, { method: 'POST', body: new URLSearchParams({ office, key }) })).status]).toEqual([404, 404]);
  await without.stop();
});

test.each<[string, string]>([['', '0 post offices'], ['post-1', 'line 1'], ['# x\n\npost-1=short', 'line 3: a key has at least'], [`a=${key}\na=${key}`, 'line 2'], [`a=${'x'.repeat(70_000)}`, 'bytes']])('keys %j are refused: %s', (text, problem) => expect(() => parsePostKeys(text)).toThrow(problem));
test('keys are read line by line', () => expect([...parsePostKeys(`# bưu cục\n${office}=${key}\n\nb=${key}2\n`)]).toEqual([[office, key], ['b', `${key}2`]]));

test('a list for a name is no name, and no defect', async () => {
  const before = failures.length, answer = await fetch(`${address}/post/login`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ office: [office], officer: {}, place: 1, key }) });
  expect([answer.status, failures.length]).toEqual([403, before]);
});
