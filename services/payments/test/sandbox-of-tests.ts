/** The sandbox gateway in the same process as the hub: what it confirms is delivered when the test says so. */
import { payments } from '@lienthong/contract';
import { gatewayOver, SandboxBank } from '@lienthong/payment-gateway';
import type { Message, SandboxScript } from '@lienthong/payment-gateway';
import type { ServicePorts } from '@lienthong/dossier-service';
import type { PaymentGateway } from '@lienthong/kernel';
import { testWorld } from '@lienthong/testkit';
import type { MemoryHub, TestWorld } from '@lienthong/testkit';
import { vi } from 'vitest';
import type { PaymentsSettings } from '../src/index.ts';
import { nextRequest, paymentsHub } from './payments-hub.ts';
import type { Owed } from './payments-hub.ts';

export type SandboxHub = { readonly hub: MemoryHub; readonly bank: SandboxBank; readonly world: TestWorld };
const partner = 'LT-TEST';
export const secret = 'bí mật chỉ dùng trong kiểm thử';

const bankFor = (script: Partial<SandboxScript>, by: { readonly partner: string; readonly secret: string }, now: () => number): SandboxBank => new SandboxBank({ script: { seed: 1, rules: [], payAfterMs: 0, delayMs: 0, ...script }, ...by, now, pages: 'http://127.0.0.1/pay' });

/** `hear`: told each message before it is answered; the answer waits for it. */
export function gatewayTo(bank: SandboxBank, settings: { readonly name: string; readonly partner: string; readonly secret: string; readonly now: () => number }, hear: (message: Message) => unknown = () => {}): PaymentGateway {
  return gatewayOver(settings, async (message) => {
    await hear(message);
    const answer = bank.answer(message);
    if (answer === undefined) throw new Error('no answer');
    return answer;
  });
}

/** The sandbox of rehearsals beside a platform that takes real money; `heard`: every message that reached the latter. */
export async function twoGateways(): Promise<SandboxHub & { readonly rehearsed: SandboxBank; readonly heard: Message[] }> {
  const world = testWorld(), now = (): number => world.now(), heard: Message[] = [], own = { partner: 'DIENTAP', secret: 'khóa diễn tập' };
  const bank = bankFor({}, { partner, secret }, now), rehearsed = bankFor({}, own, now);
  const gateway = gatewayTo(bank, { name: 'sandbox', partner, secret, now }, (message) => heard.push(message)), rehearsalGateway = gatewayTo(rehearsed, { name: 'dien-tap', ...own, now });
  return { hub: await paymentsHub({ gateway, rehearsalGateway, asking: { firstMs: 200, longestMs: 400, times: 12 } }, world), bank, rehearsed, world, heard };
}

/** Gateways are asked again soon: what takes days takes moments here. `hear`: as of `gatewayTo`; `ports`: as of `paymentsHub`. */
export async function sandboxHub(script: Partial<SandboxScript>, more: Partial<PaymentsSettings> = {}, hear?: (message: Message) => unknown, ports: Partial<ServicePorts> = {}): Promise<SandboxHub> {
  const world = testWorld(), now = (): number => world.now();
  const bank = bankFor(script, { partner, secret }, now), gateway = gatewayTo(bank, { name: 'sandbox', partner, secret, now }, hear);
  const hub = await paymentsHub({ gateway, asking: { firstMs: 200, longestMs: 400, times: 12 }, ...more }, world, ports);
  return { hub, bank, world };
}

export const start = ({ hub }: SandboxHub, owed: Owed): Promise<payments.StartPaymentResponse> => hub.call('payments', 'startPayment', payments.StartPaymentRequest.create({ requestId: nextRequest(), code: owed.code, charge: owed.charge }), owed.counter);
export const confirm = ({ hub }: SandboxHub, fields: Message): Promise<payments.ConfirmPaymentResponse> => hub.call('payments', 'confirmPayment', payments.ConfirmPaymentRequest.create({ requestId: nextRequest(), fields: { ...fields } }));

/** All confirmations whose time has come; a refusal as its reason. */
export async function deliver(sandbox: SandboxHub): Promise<readonly string[]> {
  const said: string[] = [];
  for (const message of sandbox.bank.due()) {
    said.push(await confirm(sandbox, message).then(({ outcome, reason }) => reason === '' ? Object.entries(payments.ConfirmOutcome).find(([, value]) => value === outcome)![0] : reason, (error: { code: string }) => error.code));
  }
  return said;
}

const treasuries = new WeakMap<MemoryHub, string>();
export function treasuryOf({ hub }: Pick<SandboxHub, 'hub'>): string {
  const office = treasuries.get(hub) ?? hub.environment.reference.offices.find((one) => one.roles.includes('treasury') && one.validTo === null)!.id;
  treasuries.set(hub, office);
  return office;
}
export const deskPage = (sandbox: SandboxHub, page: Partial<payments.ListMoneyRequest> = {}): Promise<payments.ListMoneyResponse> => sandbox.hub.call('payments', 'listMoney', payments.ListMoneyRequest.create(page), treasuryOf(sandbox));
/** All of the desk, page after page; `pageSize`: 0: as large as pages are. */
export async function desk(sandbox: SandboxHub, pageSize = 0): Promise<readonly payments.MoneyAside[]> {
  const all: payments.MoneyAside[] = [];
  for (let pageToken = ''; ;) {
    const page = await deskPage(sandbox, { pageSize, pageToken });
    all.push(...page.money);
    if (page.nextPageToken === '') return all;
    pageToken = page.nextPageToken;
  }
}
export const settle = (sandbox: SandboxHub, one: { readonly money: string; readonly transaction: string }, way: string, more: Partial<payments.SettleMoneyRequest> = {}): Promise<payments.SettleMoneyResponse> =>
  sandbox.hub.call('payments', 'settleMoney', payments.SettleMoneyRequest.create({ requestId: nextRequest(), money: one.money, transaction: one.transaction, way, ground: '12/BB-KBNN', ...more }), treasuryOf(sandbox));
export const reconcile = (sandbox: SandboxHub, rehearsal = false): Promise<payments.ReconcileResponse> => sandbox.hub.call('payments', 'reconcile', payments.ReconcileRequest.create({ requestId: nextRequest(), rehearsal }), treasuryOf(sandbox));
export const ledger = (sandbox: SandboxHub, rehearsal = false): Promise<payments.GetLedgerResponse> => sandbox.hub.call('payments', 'getLedger', payments.GetLedgerRequest.create({ rehearsal }), treasuryOf(sandbox));
export const resolve = (sandbox: SandboxHub, difference: string, way: string, more: Partial<payments.ResolveDifferenceRequest> = {}): Promise<payments.ResolveDifferenceResponse> =>
  sandbox.hub.call('payments', 'resolveDifference', payments.ResolveDifferenceRequest.create({ requestId: nextRequest(), difference, way, ground: '12/BB-KBNN', ...more }), treasuryOf(sandbox));

/** How many records payments looks at meanwhile, and how often it has a file sent. */
export async function lookedAt({ hub, bank }: SandboxHub, run: () => Promise<unknown>): Promise<{ readonly records: number; readonly files: number }> {
  const { participant } = hub.modules.find((one) => one.name === 'payments')!, view = vi.spyOn(participant, 'view'), answer = vi.spyOn(bank, 'answer');
  await run();
  const seen = { records: new Set(view.mock.calls.map(([folder]) => folder)).size, files: answer.mock.calls.filter(([message]) => message['LoaiBanTin'] === 'FILE').length };
  view.mockRestore();
  answer.mockRestore();
  return seen;
}
