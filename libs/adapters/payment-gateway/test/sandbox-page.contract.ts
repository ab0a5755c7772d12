/** The page on which a payer answers, as a browser gets it; what comes of the answer goes through the script. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { gatewayOver, httpGateway, SandboxBank, startSandbox } from '../src/index.ts';
import type { Fault, SandboxServer } from '../src/index.ts';

const by = { partner: 'LT', secret: 'bí mật' }, plain = { seed: 1, payAfterMs: 0, delayMs: 20_000, rules: [] };
const order = { reference: 'LT<1>', amount: 1_250_000, info: 'H47-1', procedure: '1.001612', office: 'Hội An', name: 'Lệ phí "A" & B' };
let sandbox: SandboxServer;
const told: string[] = [];
beforeAll(async () => { sandbox = await startSandbox({ script: plain, ...by, port: 0, confirmUrl: '', tell: (line) => { told.push(line); }, payer: 'page', returnUrl: 'https://lienthong.example/track/{code}?x=1&y=2' }); });
afterAll(() => sandbox.stop());

const gateway = (): ReturnType<typeof httpGateway> => httpGateway({ name: 'sandbox', url: `http://127.0.0.1:${sandbox.port}`, ...by, now: () => Date.now() });
const ordered = async (reference: string): Promise<string> => (await gateway().order({ ...order, reference })).url;
const press = (url: string, answer: string): Promise<Response> => fetch(url, { method: 'POST', body: new URLSearchParams({ answer }), redirect: 'manual' });
const shown = async (url: string): Promise<string> => (await fetch(url)).text();

describe('the page of an order', () => {
  test('says what is paid, in Vietnamese first and in English by switch, with two buttons and nothing from elsewhere', async () => {
    const url = await ordered(order.reference), answer = await fetch(url), text = await answer.text(), english = await shown(`${url}?lang=en`);
    for (const part of ['<html lang="vi">', 'Lệ phí &quot;A&quot; &amp; B', 'H47-1', 'LT&lt;1&gt;', '1.250.000 đồng', 'value="pay" class="pay" autofocus>Thanh toán</button>', 'value="cancel">Huỷ</button>', 'không có đồng tiền thật']) expect(text).toContain(part);
    for (const part of ['<html lang="en">', '>Pay</button>', '>Cancel</button>', 'no real money']) expect(english).toContain(part);
    expect([answer.status, answer.headers.get('cache-control'), /<script|https?:/.test(text)]).toEqual([200, 'no-store', false]);
    expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'");
    expect((await fetch(new URL('/pay.css', url))).headers.get('content-type')).toContain('text/css');
  });

  test('looked at as often as one likes, pays nothing; paid, it says so, leads back, and pays nothing more', async () => {
    const url = await ordered('LT2'), before = sandbox.bank.takings;
    for (const method of ['GET', 'HEAD', 'GET']) expect((await fetch(url, { method })).status).toBe(200);
    expect([await gateway().ask('LT2'), sandbox.bank.takings]).toEqual([{ state: 'pending', notices: [] }, before]);
    const pressed = await press(`${url}?lang=en`, 'pay');
    expect([pressed.status, pressed.headers.get('location')]).toEqual([303, '/pay/LT2?lang=en']);
    for (const answer of ['pay', 'cancel']) expect((await press(url, answer)).status).toBe(303);
    const text = await shown(url);
    expect([text.includes('<h1>Đã thanh toán</h1>'), text.includes('href="https://lienthong.example/track/H47-1?x=1&amp;y=2" autofocus>Quay lại hồ sơ'), text.includes('<button'), sandbox.bank.takings]).toEqual([true, true, false, before + order.amount]);
    expect(await gateway().ask('LT2')).toMatchObject({ state: 'paid', notices: [{ amount: String(order.amount) }] });
    expect(told).toContain('thanh toán / paid LT2');
  });

  test('cancelled, it says so, and nothing is ever paid', async () => {
    const url = await ordered('LT3'), before = sandbox.bank.takings;
    await press(url, 'cancel');
    await press(url, 'pay');
    expect([(await shown(url)).includes('<h1>Đã huỷ thanh toán</h1>'), sandbox.bank.takings]).toEqual([true, before]);
    expect(await gateway().ask('LT3')).toMatchObject({ state: 'failed', notices: [{ code: '24', transaction: '' }] });
  });

  test.each<[string, string, RequestInit, number, string]>([
    // what is asked for             at            how                                                  status  says
    ['what nobody ordered', '/pay/LT9', {}, 404, 'Không có giao dịch này'],
    ['the same in English', '/pay/LT9?lang=en', {}, 404, 'There is no such transaction'],
    ['an answer to it', '/pay/LT9', { method: 'POST', body: 'answer=pay' }, 404, 'Không có giao dịch này'],
    ['no reference', '/pay/', {}, 404, 'Không có giao dịch này'],
    ['a reference encoded badly', '/pay/%E0%A4%A', {}, 404, 'Không có giao dịch này'],
    ['another answer', '/pay/LT4', { method: 'POST', body: 'answer=perhaps' }, 400, 'không hợp lệ'],
    ['a form that is far too long', '/pay/LT4', { method: 'POST', body: `answer=pay&x=${'x'.repeat(5_000)}` }, 400, 'không hợp lệ'],
    ['another way of asking', '/pay/LT4', { method: 'DELETE' }, 400, 'không hợp lệ'],
  ])('%s is told plainly', async (_what, path, init, status, says) => {
    const url = await ordered('LT4'), answer = await fetch(new URL(path, url), init);
    expect([answer.status, (await answer.text()).includes(says)]).toEqual([status, true]);
    expect(await shown(url)).toContain('Chưa thanh toán');
  });
});

type Told = readonly [kind: string, amount: string];

test.each<[Fault, 'pay' | 'cancel', string, readonly Told[], number]>([
  // what the script does  the payer  the page says   what is confirmed at once                                    really paid
  ['pays', 'pay', 'paid', [['00', '50000']], 50_000], ['pays', 'cancel', 'cancelled', [['24', '50000']], 0],
  ['duplicate', 'pay', 'paid', [['00', '50000'], ['00', '50000']], 50_000], ['duplicate', 'cancel', 'cancelled', [['24', '50000'], ['24', '50000']], 0],
  ['delayed', 'pay', 'paid', [], 50_000], ['delayed', 'cancel', 'cancelled', [], 0],
  ['short', 'pay', 'paid', [['00', '49000']], 49_000], ['short', 'cancel', 'cancelled', [['24', '50000']], 0],
  ['fails', 'pay', 'failed', [['24', '50000']], 0], ['fails', 'cancel', 'cancelled', [['24', '50000']], 0],
  ['silent', 'pay', 'paid', [], 50_000], ['silent', 'cancel', 'cancelled', [], 0], ['mute', 'cancel', 'cancelled', [], 0], ['pending', 'cancel', 'cancelled', [], 0],
])('%s, and the payer answers %s: %s', (fault, answer, state, told, takings) => {
  const bank = new SandboxBank({ script: { ...plain, rules: [{ nth: 1, fault }] }, ...by, now: () => 1_000_000, pages: '', payer: 'page' });
  const gateway = gatewayOver({ name: 'x', ...by, now: () => 1_000_000 }, async (message) => bank.answer(message)!);
  void gateway.order({ ...order, reference: 'LT1', amount: 50_000 });
  expect([bank.payable('LT1')?.state, bank.due(), bank.takings]).toEqual(['waiting', [], 0]);
  bank.answered('LT1', answer);
  expect([bank.payable('LT1')?.state, bank.due().map((one) => [one['MaLoi'], one['SoTien']]), bank.takings]).toEqual([state, told, takings]);
});

test('a payment that takes its time is under way until then; without a payer at the page the script plays him', () => {
  let now = 1_000_000;
  const bank = new SandboxBank({ script: { ...plain, payAfterMs: 500 }, ...by, now: () => now, pages: '' });
  void gatewayOver({ name: 'x', ...by, now: () => now }, async (message) => bank.answer(message)!).order({ ...order, reference: 'LT1' });
  const states = [bank.payable('LT1')?.state];
  bank.answered('LT1', 'cancel');
  now += 500;
  expect([...states, bank.payable('LT1')?.state, bank.payable('LT2')]).toEqual(['under-way', 'paid', undefined]);
});
