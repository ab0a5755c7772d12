/** The client against the sandbox, over HTTP. */
import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { httpGateway, startSandbox } from '../src/index.ts';
import type { Message, SandboxServer } from '../src/index.ts';

const partner = 'LT', secret = 'bí mật', heard: Message[] = [];
const listener = createServer((request, response) => { void (async () => { let text = ''; for await (const chunk of request) text += String(chunk); heard.push(JSON.parse(text) as Message); response.end('{}'); })(); });
let sandbox: SandboxServer;
const gateway = (own = secret): ReturnType<typeof httpGateway> => httpGateway({ name: 'sandbox', url: `http://127.0.0.1:${sandbox.port}`, partner, secret: own, now: () => Date.now() });
const order = { reference: 'LT1', amount: 50_000, info: 'H47-1', procedure: '1.001612', office: 'Hội An', name: 'Lệ phí' };

beforeAll(async () => {
  listener.listen(0, '127.0.0.1');
  await once(listener, 'listening');
  sandbox = await startSandbox({ script: { seed: 1, payAfterMs: 0, delayMs: 0, rules: [{ nth: 2, fault: 'mute' }] }, partner, secret, port: 0, confirmUrl: `http://127.0.0.1:${(listener.address() as AddressInfo).port}/`, tell: () => {} });
});
afterAll(async () => { await sandbox.stop(); listener.close(); });

describe('the platform over HTTP', () => {
  test('takes an order, confirms it, answers about it, gives a bill, gives back once, and has all in its file', async () => {
    expect((await gateway().order(order)).url).toBe(`http://127.0.0.1:${sandbox.port}/pay/LT1`);
    await expect.poll(() => heard.length, { timeout: 20_000 }).toBe(1);
    const notice = gateway().confirmation(heard[0]!)!;
    expect(notice).toMatchObject({ reference: 'LT1', code: '00', amount: '50000', currency: 'VND', info: 'H47-1' });
    expect(await gateway().ask('LT1')).toEqual({ state: 'paid', notices: [notice] });
    expect(Buffer.from((await gateway().bill('LT1'))!).toString()).toContain('%PDF');
    const back = { key: 'r-1', reference: 'LT1', transaction: notice.transaction, amount: 20_000 };
    for (let n = 0; n < 2; n++) await gateway().giveBack(back);
    expect(sandbox.bank.takings).toBe(30_000);
    const day = new Date(notice.paidAt! + 7 * 3_600_000).toISOString().slice(0, 10);
    expect((await gateway().file(day)).map((row) => [row.kind, row.reference, row.amount])).toEqual([['payment', 'LT1', '50000'], ['refund', 'r-1', '20000']]);
  });

  test('refuses who has another secret, an amount that differs, and more back than came', async () => {
    await expect(gateway('another').order(order)).rejects.toMatchObject({ code: 'GATEWAY_FAILED' });
    await expect(gateway().order({ ...order, amount: 1 })).rejects.toMatchObject({ code: 'GATEWAY_FAILED' });
    await expect(gateway().giveBack({ key: 'r-2', reference: 'LT1', transaction: 'GDLT11', amount: 50_000 })).rejects.toMatchObject({ code: 'GATEWAY_FAILED' });
    expect(gateway('another').confirmation(heard[0]!)).toBeUndefined();
    expect(await gateway().ask('LT9')).toEqual({ state: 'unknown', notices: [] });
  });

  test('that answers nothing is given up on in time', async () => {
    await gateway().order({ ...order, reference: 'LT2' });
    await expect(gateway().ask('LT2')).rejects.toThrow();
  });
});
