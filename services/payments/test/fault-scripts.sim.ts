/**
 * Charges paid through a sandbox whose faults are drawn by seed, while clerks take cash for some of the same: whatever the platform does, the ledger is balanced, nothing
 * is paid twice or lost, and when people have looked at what was set aside the day comes to zero. Size by LIENTHONG_TEST_SIZE, seed by LIENTHONG_TEST_SEED.
 */
import { dossier as pb, payments } from '@lienthong/contract';
import { faults } from '@lienthong/payment-gateway';
import type { Fault } from '@lienthong/payment-gateway';
import { expect, inject, test, vi } from 'vitest';
import { chargeOf, nextRequest, owing, pay } from './payments-hub.ts';
import type { Owed } from './payments-hub.ts';
import { deliver, desk, ledger, reconcile, resolve, sandboxHub, settle, start } from './sandbox-of-tests.ts';
import type { SandboxHub } from './sandbox-of-tests.ts';

/** Dossiers at size 1, and at most so long for one on a slow machine, in milliseconds. */
const dossiersPerSize = 60, slowDossierMs = 5_000;
/** One in so many is paid in cash while its order is under way. */
const cashEvery = 7;
const finalMs = 600_000;
/** Faults that end in money for the charge, unless cash was first. */
const paying: ReadonlySet<Fault> = new Set(faults.filter((fault) => !['short', 'currency', 'dossier', 'fails'].includes(fault)));

/** Every share the same. */
const script = (seed: number): Parameters<typeof sandboxHub>[0] => ({ seed, rules: faults.map((fault) => ({ fault, share: 1 / faults.length })) });

/** False: the platform's own answer was quicker, and the clerk has handed the cash back. */
const takeCash = ({ hub }: SandboxHub, owed: Owed): Promise<boolean> => pay(hub, owed).then(() => true, (error: { readonly code?: string }) => { if (error.code === 'CHARGE_NOT_OPEN') return false; throw error; });

/** `cash`: in how many cases it was taken. */
async function payAll(sandbox: SandboxHub, count: number): Promise<{ readonly all: readonly Owed[]; readonly cash: number }> {
  const all: Owed[] = [];
  let cash = 0;
  for (let n = 0; n < count; n++) {
    const owed = await owing(sandbox.hub);
    await start(sandbox, owed);
    if (n % cashEvery === 0 && await takeCash(sandbox, owed)) cash += 1;
    // Now and then, so that what is confirmed late comes among others.
    if (n % 5 === 4) await deliver(sandbox);
    all.push(owed);
  }
  await deliver(sandbox);
  return { all, cash };
}

/** Looks at what cannot be booked and at what the file says otherwise, and gives back what is for no charge. */
async function putRightOnce(sandbox: SandboxHub): Promise<void> {
  for (const one of await desk(sandbox)) if (one.amount === 0) await settle(sandbox, one, 'noted');
  for (const { difference, cause, resolved, ours, theirs } of (await reconcile(sandbox)).differences) {
    const [money = '', transaction = ''] = difference.slice('file:'.length).split('/');
    if (resolved) continue;
    if (cause.startsWith('FILE_')) await settle(sandbox, { money, transaction }, 'noted');
    if (cause.startsWith('REFUND_')) await resolve(sandbox, difference, theirs < ours ? 'put-back' : 'claimed');
  }
  for (const one of await desk(sandbox)) if (one.amount > 0) await settle(sandbox, one, 'return');
}

/** A refund goes wrong once at most. */
const looks = 3;

/** What people do, until nothing is open; and they count the tills. */
async function putRight(sandbox: SandboxHub, till: { readonly office: string; readonly cash: number }): Promise<void> {
  for (let look = 1; look <= looks; look++) await putRightOnce(sandbox);
  const call = (method: string, request: object): Promise<{ readonly till: payments.Till }> => sandbox.hub.call('payments', method, request, till.office);
  expect((await call('countTill', payments.CountTillRequest.create({ requestId: nextRequest(), counted: till.cash }))).till.difference).toBe(0);
  await call('closeTill', payments.CloseTillRequest.create({ requestId: nextRequest() }));
}

/** Says how long a part took, and how much of a processor. */
async function timed<T>(part: string, run: () => Promise<T>): Promise<T> {
  const began = performance.now(), before = process.cpuUsage();
  const outcome = await run(), { user, system } = process.cpuUsage(before);
  console.log(`fault scripts: ${part}: ${((performance.now() - began) / 1_000).toFixed(1)} s, processor ${((user + system) / 1_000_000).toFixed(1)} s`);
  return outcome;
}

test('whatever the platform does, each đồng is for a charge, back, or seen by a person', { timeout: dossiersPerSize * inject('size') * slowDossierMs + finalMs }, async () => {
  vi.spyOn(console, 'error').mockImplementation(() => {});
  const dossiers = dossiersPerSize * inject('size'), seed = inject('seed');
  console.log(`fault scripts: ${dossiers} dossiers, seed ${seed}`);
  const sandbox = await sandboxHub(script(seed));
  try {
    const { all, cash } = await timed('ordered and paid', () => payAll(sandbox, dossiers)), [{ counter: office, amount }] = all as [Owed];
    // What is never confirmed is asked about, until the platform has said how it ended or a person must look.
    await timed('asked about', () => expect.poll(async () => { await deliver(sandbox); return (await reconcile(sandbox)).pending; }, { timeout: finalMs, interval: 250 }).toBe(0));
    await timed('put right', () => putRight(sandbox, { office, cash: amount * cash }));
    const [day, books] = await timed('compared', async () => [await reconcile(sandbox), await ledger(sandbox)] as const);
    expect({ ...day, differences: day.differences.filter((one) => !one.resolved) }).toMatchObject({ differences: [], open: 0, openAmount: 0, imbalance: 0, pending: 0 });
    const balance = (prefix: string): number => books.lines.filter((one) => one.account.startsWith(prefix)).reduce((sum, one) => sum + one.debit - one.credit, 0);
    const states = await Promise.all(all.map((owed) => chargeOf(sandbox.hub, owed)));
    const paid = states.filter((charge) => charge.state === pb.ChargeState.PAID);
    expect([balance('gateway:'), balance('suspense:'), balance('collected:'), balance('till:')]).toEqual([sandbox.bank.takings, 0, -amount * paid.length, 0]);
    // No charge has two receipts, no receipt two charges, and every charge for which money came is paid.
    expect(new Set(paid.map((charge) => charge.receiptNumber)).size).toBe(paid.length);
    expect(all.filter((owed, n) => (n % cashEvery === 0 || paying.has(sandbox.bank.faultOf(owed.code) ?? 'fails')) && states[n]!.state !== pb.ChargeState.PAID).map((owed) => sandbox.bank.faultOf(owed.code))).toEqual([]);
  } finally {
    await sandbox.hub.stop();
  }
});
