/** A hub and the sandbox of the payment platform, each a process of its own, as an integrator has them: orders, confirmations over HTTP, a hub that dies in the middle, the day reconciled. */
import { dossier as pb, payments } from '@lienthong/contract';
import { allOffices, hubClient } from '@lienthong/journeys';
import type { HubClient } from '@lienthong/journeys';
import { localDate } from '@lienthong/law';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { handInShop } from '../chaos/errands.ts';
import type { Shop } from '../chaos/errands.ts';
import { HubProcess } from '../chaos/hub-process.ts';
import { sandboxBeside } from './sandbox-process.ts';
import type { SandboxProcess } from './sandbox-process.ts';

const counter = 'counter-20410-202507', finalMs = 90_000, journeyMs = 240_000;
/** One order each, in this order. */
const script = { seed: 3, payAfterMs: 300, delayMs: 1_000, rules: [{ nth: 1, fault: 'pays' }, { nth: 2, fault: 'duplicate' }, { nth: 3, fault: 'over' }, { nth: 4, fault: 'mute' }, { nth: 5, fault: 'pays' }] };

let place: HubProcess, hub: HubClient, sandbox: SandboxProcess;

beforeAll(async () => {
  place = await HubProcess.place();
  sandbox = await sandboxBeside(place, script);
  await place.start(sandbox.settings);
  hub = hubClient(place.address);
}, journeyMs);
afterAll(async () => {
  await sandbox.stop();
  await place.gone();
  hub.close();
});

async function order({ walk }: Shop): Promise<payments.StartPaymentResponse> {
  const fee = await walk.until('the fee', (dossier) => dossier.status!.charges[0]);
  return walk.heard(() => walk.hub.payments.startPayment(payments.StartPaymentRequest.fromPartial({ requestId: walk.unique.request('order'), code: walk.code, charge: fee.charge }), { office: counter }));
}

const stateOf = async ({ walk }: Shop): Promise<pb.ChargeState> => (await walk.look()).status!.charges[0]!.state;

type Day = { readonly zero: boolean; readonly open: number; readonly recorded: number; readonly pending: number; readonly differences: readonly { readonly difference: string; readonly cause: string; readonly resolved: boolean }[] };
async function reconcile(): Promise<{ readonly code: number | null; readonly day: Day }> {
  const { code, stdout, stderr } = await place.lienthong('reconcile', '--date', localDate(Date.now()), '--json');
  expect(stderr).toBe('');
  return { code, day: JSON.parse(stdout) as Day };
}

async function treasuryOffice(): Promise<string> {
  for await (const { office, roles } of allOffices(hub.reference)) if (roles.includes('treasury')) return office;
  throw new Error('the catalogue has no treasury');
}

test('fees are paid through the platform, whatever it does, and the day comes to zero', async () => {
  const shops: Shop[] = [];
  for (let n = 0; n < 4; n++) { const shop = await handInShop(hub); expect((await order(shop)).url).toContain('/pay/LT'); shops.push(shop); }
  for (const shop of shops.slice(0, 3)) await expect.poll(() => stateOf(shop), { timeout: finalMs }).toBe(pb.ChargeState.PAID);
  expect(await stateOf(shops[3]!)).toBe(pb.ChargeState.OPEN);
  // The fourth was never confirmed and is never answered about: the file of the day has it.
  await expect.poll(async () => (await reconcile()).day.differences.map((one) => one.cause), { timeout: finalMs }).toEqual(['AMOUNT_OVER']);
  await expect.poll(() => stateOf(shops[3]!), { timeout: finalMs }).toBe(pb.ChargeState.PAID);
  const { code, day: { differences: [over] } } = await reconcile();
  expect(code).toBe(1);
  const [money = '', transaction = ''] = over!.difference.slice('money:'.length).split('/');
  const treasury = await treasuryOffice();
  await hub.payments.settleMoney(payments.SettleMoneyRequest.fromPartial({ requestId: 'settle-over', money, transaction, way: 'return', ground: '12/BB-KBNN' }), { office: treasury });
  expect(await reconcile()).toMatchObject({ code: 0, day: { zero: true, open: 0, pending: 0 } });
}, journeyMs);

test('a hub that dies when the charge is paid and the ledger does not say so yet comes back and says so, once', async () => {
  await place.end('SIGTERM');
  await place.start({ ...sandbox.settings, LIENTHONG_CRASH_AT: 'money-allocated:1' });
  const shop = await handInShop(hub);
  await order(shop);
  expect((await place.ended).signal).toBe('SIGKILL');
  await place.start(sandbox.settings);
  await expect.poll(() => stateOf(shop), { timeout: finalMs }).toBe(pb.ChargeState.PAID);
  await expect.poll(reconcile, { timeout: finalMs, interval: 1_000 }).toMatchObject({ code: 0, day: { zero: true, pending: 0 } });
}, journeyMs);

test('the applicant pays from the page of the dossier, with the secret of the receipt; no other secret begins anything', async () => {
  const { walk } = await handInShop(hub), fee = await walk.until('the fee', (dossier) => dossier.status!.charges[0]), { receipt } = await walk.look();
  const press = (secret: string): Promise<Response> => fetch(`${place.http}/pay`, { method: 'POST', body: new URLSearchParams({ code: walk.code, secret, charge: fee.charge }) });
  expect((await press('0'.repeat(receipt!.trackSecret.length))).status).toBe(403);
  const page = await (await fetch(`${place.http}/track/${walk.code}?s=${receipt!.trackSecret}`)).text();
  expect(page).toContain(`name="charge" value="${fee.charge}"`);
  // Payments may hear of the dossier a moment later than intake.
  await expect.poll(async () => (await press(receipt!.trackSecret)).status, { timeout: finalMs }).toBe(200);
  const [, url = ''] = /href="(http[^"]*\/pay\/LT[0-9A-F]+)"/.exec(await (await press(receipt!.trackSecret)).text()) ?? [];
  expect(url).toContain(sandbox.url);
  await expect.poll(async () => (await walk.look()).status!.charges[0]!.state, { timeout: finalMs }).toBe(pb.ChargeState.PAID);
  expect((await press(receipt!.trackSecret)).status).toBe(409);
  await expect.poll(reconcile, { timeout: finalMs, interval: 1_000 }).toMatchObject({ code: 0, day: { zero: true, pending: 0 } });
}, journeyMs);
