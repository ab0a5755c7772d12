/** Paying online from the page of a dossier: a button for each open charge, and a page that says what for and where to before it is left. */
import { dossier as pb, payments } from '@lienthong/contract';
import { HubError } from '@lienthong/kernel';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createPortal, payPort } from '../src/index.ts';
import type { Pay, PortalPorts } from '../src/index.ts';

const secret = 'c0ffee', code = 'H17.125.02-261123-0001';
const charge = (id: string, state: pb.ChargeState): pb.ChargeView => pb.ChargeView.fromPartial({ charge: id, name: { vi: `Lệ phí <${id}>`, en: `Fee <${id}>` }, amount: 50_000, state });
let rehearsal = false;
const asked: payments.StartOwnPaymentRequest[] = [];

const start: Pay = async (request) => {
  asked.push(request);
  if (request.secret !== secret) throw new HubError('TRACK_REFUSED', { code }, { field: 'proof' });
  if (request.charge === 'c/2') throw new HubError('CHARGE_NOT_OPEN', { charge: 'Lệ phí', chargeStatus: 'paid' }, { field: 'charge' });
  if (request.charge === 'absent') throw new HubError('GATEWAY_ABSENT');
  if (request.charge === 'down') throw new HubError('GATEWAY_FAILED', { gateway: 'dvcqg', problem: 'socket at 10.0.0.7' });
  if (request.charge === 'young') throw new HubError('UNKNOWN_DOSSIER', { code });
  if (request.charge === 'broken') throw new TypeError('secret inside hub/store.db');
  return { reference: 'LT0123', url: request.charge === 'script' ? 'javascript:alert(1)' : request.charge === 'nowhere' ? '' : 'https://thanhtoan.example/pay?x=1&y=<2>', amount: 50_000, name: { vi: 'Lệ phí <x>', en: 'Fee <x>' } };
};

const ports: PortalPorts = {
  pay: payPort({ gatewayUrl: 'https://thanhtoan.example', rehearsalGatewayUrl: '' }, start),
  track: async () => ({ status: pb.DossierStatus.fromPartial({ code, rehearsal, charges: [charge('c/1', pb.ChargeState.OPEN), charge('c/2', pb.ChargeState.PAID), charge('c/3', pb.ChargeState.EXEMPTED), charge('c/4', pb.ChargeState.OPEN), { ...charge('c/5', pb.ChargeState.REFUNDED), refundedAmount: 20_000 }, { ...charge('c/6', pb.ChargeState.REFUNDED), refundedAmount: 50_000 }] }), reads: [], readsUnavailable: [] }),
  async *form() { yield* []; }, confirm: () => Promise.reject(new Error('x')), checkResult: () => Promise.reject(new Error('x')), post: null, live: () => true, ready: () => ({ ready: true, parts: [] }), failed: () => {},
};
const portal = createPortal(ports), without = createPortal({ ...ports, pay: payPort({ gatewayUrl: '', rehearsalGatewayUrl: '' }, start) }), rehearsing = createPortal({ ...ports, pay: payPort({ gatewayUrl: '', rehearsalGatewayUrl: 'http://127.0.0.1:8099' }, start) });
let address = '', other = '', sandbox = '';
beforeAll(async () => { address = `http://127.0.0.1:${await portal.listen(0)}`; other = `http://127.0.0.1:${await without.listen(0)}`; sandbox = `http://127.0.0.1:${await rehearsing.listen(0)}`; });
afterAll(async () => { await Promise.all([portal.stop(), without.stop(), rehearsing.stop()]); });

const post = (given: Readonly<Record<string, string>>, lang = ''): Promise<Response> => fetch(`${address}/pay${lang}`, { method: 'POST', body: new URLSearchParams(given) });
const api = (given: object, to = address): Promise<Response> => fetch(`${to}/api/v1/payments/start`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(given) });
const shown = async (path: string, to = address): Promise<string> => (await fetch(`${to}${path}`)).text();
const buttons = (text: string): readonly string[] => [...text.matchAll(/name="charge" value="([^"]*)"/g)].map(([, id]) => id!);

describe('the page of a dossier', () => {
  test('has a button for each open charge, named for it, in a form that the keyboard sends', async () => {
    const text = await shown(`/track/${code}?s=${secret}`), english = await shown(`/track/${code}?s=${secret}&lang=en`);
    expect(buttons(text)).toEqual(['c/1', 'c/4']);
    expect(text).toContain('<button aria-label="Nộp trực tuyến: Lệ phí &lt;c/1&gt;">Nộp trực tuyến</button>');
    expect(english).toContain('<button aria-label="Pay online: Fee &lt;c/1&gt;">Pay online</button>');
    expect([...text.matchAll(/đã hoàn trả[^<]*/g)].map(([said]) => said)).toEqual(['đã hoàn trả 20.000 đ', 'đã hoàn trả']);
    expect([text.includes('action="/pay"'), english.includes('action="/pay?lang=en"'), text.includes('<script')]).toEqual([true, true, false]);
  });
  test('has none for four digits, for a rehearsal without its sandbox, or where there is no platform', async () => {
    const digits = await (await fetch(`${address}/track`, { method: 'POST', body: new URLSearchParams({ code, last4: '1234' }) })).text();
    rehearsal = true;
    const rehearsed = await shown(`/track/${code}?s=${secret}`), atSandbox = await shown(`/track/${code}?s=${secret}`, sandbox);
    rehearsal = false;
    // A sandbox is for rehearsals, and for nothing else.
    expect([buttons(atSandbox), buttons(await shown(`/track/${code}?s=${secret}`, sandbox))]).toEqual([['c/1', 'c/4'], []]);
    expect([digits, rehearsed, await shown(`/track/${code}?s=${secret}`, other)].map((text) => [text.includes('50.000 đ'), buttons(text)])).toEqual([[true, []], [true, []], [true, []]]);
    expect((await fetch(`${other}/pay`, { method: 'POST', body: new URLSearchParams({ code, secret, charge: 'c/1' }) })).status).toBe(404);
    expect((await api({ code, secret, charge: 'c/1' }, other)).status).toBe(404);
  });
});

describe('the page before the platform', () => {
  test('says what for, how much and where to, with one link that has the focus; the same charge is the same request', async () => {
    const answer = await post({ code: ` ${code.toLowerCase()} `, secret, charge: 'c/1' }), text = await answer.text();
    expect(answer.status).toBe(200);
    for (const part of ['Lệ phí &lt;x&gt;', '50.000 đ', 'LT0123', 'thanhtoan.example.', 'href="https://thanhtoan.example/pay?x=1&amp;y=&lt;2&gt;" rel="noreferrer" autofocus']) expect(text).toContain(part);
    expect([answer.headers.get('cache-control'), answer.headers.get('referrer-policy'), text.includes('http-equiv')]).toEqual(['no-store', 'no-referrer', false]);
    expect(await (await post({ code, secret, charge: 'c/1' }, '?lang=en')).text()).toContain('Go to the payment page');
    expect(asked.slice(-2).map((one) => [one.requestId, one.code, one.charge])).toEqual(Array(2).fill([asked.at(-1)!.requestId, code, 'c/1']));
    expect(asked.at(-1)!.requestId).toMatch(/^[0-9a-f]{64}$/);
  });

  test.each<[string, Record<string, string>, number, string]>([
    ['a wrong secret', { code, secret: 'x', charge: 'c/1' }, 403, 'không đúng'],
    ['nothing', {}, 403, 'không đúng'],
    ['what is paid', { code, secret, charge: 'c/2' }, 409, 'Lệ phí'],
    ['no platform for it', { code, secret, charge: 'absent' }, 409, 'Hãy nộp tại quầy'],
    ['a platform that is down', { code, secret, charge: 'down' }, 503, 'đang bận'],
    ['a dossier of which payments has not heard yet', { code, secret, charge: 'young' }, 404, 'đang bận'],
    ['what is broken', { code, secret, charge: 'broken' }, 500, 'đang bận'],
    ['an address that is a program', { code, secret, charge: 'script' }, 503, 'đang bận'],
    ['no address', { code, secret, charge: 'nowhere' }, 503, 'đang bận'],
  ])('%s is told in plain words', async (_what, given, status, part) => {
    const answer = await post(given), text = await answer.text();
    expect([answer.status, text.includes(part), /javascript:|store\.db|10\.0\.0\.7/.test(text)]).toEqual([status, true, false]);
    expect(text).toContain('Quay lại hồ sơ');
  });
});

test('is the same over HTTP for programs', async () => {
  const [ordered, wrong, odd] = [await api({ code, secret, charge: 'c/1' }), await api({ code, secret: 'x', charge: 'c/1' }), await api({ code: 5, secret: [], charge: null })];
  expect([ordered.status, await ordered.json()]).toMatchObject([200, { reference: 'LT0123', url: 'https://thanhtoan.example/pay?x=1&y=<2>', amount: 50_000 }]);
  expect([wrong.status, await wrong.json(), odd.status]).toMatchObject([403, { reason: 'TRACK_REFUSED' }, 403]);
  expect(await (await fetch(`${address}/openapi.json`)).json()).toMatchObject({ paths: { '/api/v1/payments/start': {} } });
});
