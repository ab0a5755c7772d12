/**
 * Originals, papers and results with money at the door, carried by a sandbox whose faults are drawn by seed: whatever the carrier does, each original is in exactly one
 * hand, in every copy the same, no charge is paid twice, and the day comes to zero once the post has handed over what it collected. Size by LIENTHONG_TEST_SIZE, seed by
 * LIENTHONG_TEST_SEED.
 */
import { agency, dossier as pb, postal } from '@lienthong/contract';
import { originalsOf } from '@lienthong/law';
import { carrierFaults, parseCarrierScript, SandboxCarrier } from '@lienthong/postal-carrier';
import type { Carried, CarrierFault } from '@lienthong/postal-carrier';
import { askPlainly, copiesEqual, receivePlainly } from '@lienthong/testkit';
import type { MemoryHub } from '@lienthong/testkit';
import { expect, inject, test, vi } from 'vitest';
import { accepted, balance, business, carrierPort, chargeOf, decide, handOver, heardMs, home, hoiAn, hubWithPost, nextRequest, officeOf, original, pay, postOffice, reconcile, registration, toPayAtTheDoor } from './post-of-tests.ts';
import type { Parcel } from './post-of-tests.ts';

/** Dossiers of each kind at size 1, and at most so long for one on a slow machine, in milliseconds. */
const ofEachKind = 14, slowDossierMs = 12_000;
/** One in so many is paid at the counter before the postman comes; taken back before it is collected; missing in its envelope. */
const paidEvery = 5, cancelledEvery = 6, missingEvery = 4;

type Kind = 'originals' | 'papers' | 'result';
type Sent = Parcel & { readonly kind: Kind; readonly document: string; readonly cancelled: boolean; /** At the counter, before the postman came. */ readonly paid: boolean };

async function send(hub: MemoryHub, kind: Kind, n: number): Promise<Sent> {
  const particulars = { applicant: { citizen: { fullName: home.receiver } }, 'pick-up': home };
  const paper = (procedure: string): string => hub.environment.reference.procedure(procedure, '2026-06-01')!.documents.find((one) => one.optional === true)!.code;
  const dossier = kind === 'result' ? await toPayAtTheDoor(hub) : await receivePlainly(hub, kind === 'papers' ? { procedure: business, area: hoiAn, optional: [], particulars } : { procedure: registration, case: 'ordinary', area: hoiAn, particulars });
  const document = kind === 'papers' ? paper(business) : original;
  if (kind === 'result') await decide(hub, dossier);
  if (kind === 'papers') await askPlainly(hub, dossier, { kind: 'order-pick-up', to: dossier.counter, documents: [document], collect: true });
  if (kind === 'originals') await askPlainly(hub, dossier, { kind: 'send-originals', to: officeOf(hub, 'civil-status'), documents: [document] });
  const one = await accepted(hub, dossier), cancelled = n % cancelledEvery === cancelledEvery - 1, paid = kind !== 'originals' && n % paidEvery === 0;
  if (paid) await pay(hub, dossier, await chargeOf(hub, dossier));
  if (cancelled) await hub.call('postal', 'cancelConsignment', postal.CancelConsignmentRequest.create({ requestId: nextRequest(), code: one.code, consignment: one.consignment }), postOffice(hub));
  await copiesEqual(hub, one.folder);
  return { ...one, kind, document, cancelled, paid };
}

/** What became of each consignment, by number; what the contract does not owe fails at once. */
async function carryAll(hub: MemoryHub, seed: number): Promise<ReadonlyMap<string, CarrierFault>> {
  const script = parseCarrierScript(JSON.stringify({ seed, rules: carrierFaults.map((fault) => ({ fault, share: 1 / carrierFaults.length })) })), all: Carried[] = [];
  await new SandboxCarrier(carrierPort(hub), script, (one) => all.push(one)).run(new AbortController().signal, true);
  expect(all.filter((one) => one.unexpected.length > 0)).toEqual([]);
  return new Map(all.map((one) => [one.number, one.fault]));
}

type Came = { readonly missing: boolean };

/** The addressee counts what was delivered. */
async function count(hub: MemoryHub, one: Sent, n: number): Promise<Came> {
  await copiesEqual(hub, one.folder);
  const missing = n % missingEvery === 0, received = missing ? [] : [one.document];
  if (one.kind === 'papers') await askPlainly(hub, one, { kind: 'confirm-consignment', consignment: one.consignment, received });
  else await hub.call('general-agency', 'confirmConsignment', agency.ConfirmConsignmentRequest.create({ requestId: nextRequest(), code: one.code, leg: 'registration', consignment: one.consignment, received }), officeOf(hub, 'civil-status'));
  await copiesEqual(hub, one.folder);
  return { missing };
}

const ending: Readonly<Record<CarrierFault, 'delivered' | 'returned' | 'lost' | 'post'>> = {
  delivers: 'delivered', duplicate: 'delivered', delayed: 'delivered', 'out-of-order': 'delivered', attempt: 'delivered', 'two-places': 'delivered', stranger: 'delivered', 'wrong-sum': 'delivered', returned: 'returned', lost: 'lost', silent: 'post',
};

/** Where an original is by what the carrier and the addressee did, told without the law. */
function truthOf(hub: MemoryHub, one: Sent, fault: CarrierFault | undefined, came: Came | undefined): string {
  const from = one.kind === 'papers' ? 'home' : one.counter, to = one.kind === 'papers' ? one.counter : officeOf(hub, 'civil-status'), post = postOffice(hub);
  if (fault === undefined || ending[fault] === 'returned') return `sender ${from}`;
  if (ending[fault] === 'delivered') return came?.missing === true ? `lost ${post}` : `receiver ${to}`;
  return `${ending[fault]} ${post}`;
}

/** One line for each original that a service knows of, the same at every service. */
async function handsOf(hub: MemoryHub, one: Sent): Promise<string> {
  const copies = await Promise.all(hub.modules.map(({ participant }) => participant.view(one.folder, ({ state: { dossier } }) => originalsOf(dossier).map(({ document, hand }) => `${document}: ${hand.kind} ${'office' in hand ? hand.office : hand.place}`).join('\n'))));
  const told = [...new Set(copies.filter((copy) => copy !== undefined))];
  expect(told).toHaveLength(1);
  return told[0]!;
}

async function chargesSettled(hub: MemoryHub, sent: readonly Sent[], fates: ReadonlyMap<string, CarrierFault>): Promise<void> {
  const owing = sent.filter(({ kind }) => kind !== 'originals'), receipts: string[] = [];
  let atDoors = 0;
  for (const one of owing) {
    const fault = fates.get(one.number), collected = !one.paid && fault !== undefined && (one.kind === 'papers' || ending[fault] === 'delivered');
    await expect.poll(async () => (await chargeOf(hub, one)).state === pb.ChargeState.PAID, { timeout: heardMs }).toBe(one.paid || collected);
    const charge = await chargeOf(hub, one);
    if (collected) atDoors += charge.amount;
    if (charge.receiptNumber !== '') receipts.push(`${one.paid ? one.counter : postOffice(hub)} ${charge.receiptNumber}`);
  }
  // Each office numbers its own.
  expect(new Set(receipts).size).toBe(receipts.length);
  expect([await balance(hub, 'post:'), await balance(hub, 'suspense:')]).toEqual([atDoors, 0]);
  if (atDoors > 0) expect(await handOver(hub, atDoors)).toEqual({ left: 0 });
  const { differences, imbalance } = await reconcile(hub);
  // The clerk has not counted the till yet; nothing else is open.
  expect([imbalance, differences.filter(({ resolved, cause }) => !resolved && cause !== 'TILL_OPEN')]).toEqual([0, []]);
}

test('whatever the carrier does: each original in one hand, each charge paid once, each đồng handed over', { timeout: 3 * ofEachKind * inject('size') * slowDossierMs + heardMs }, async () => {
  vi.spyOn(console, 'error').mockImplementation(() => {});
  const seed = inject('seed'), each = ofEachKind * inject('size'), sent: Sent[] = [];
  console.log(`post: ${3 * each} dossiers, seed ${seed}`);
  const hub = await hubWithPost();
  try {
    for (const kind of ['originals', 'papers', 'result'] as const) for (let n = 0; n < each; n++) sent.push(await send(hub, kind, n));
    const fates = await carryAll(hub, seed), came = new Map<string, Came>();
    expect([...fates.keys()].sort()).toEqual(sent.filter((one) => !one.cancelled).map((one) => one.number).sort());
    await hub.quiet();
    const delivered = sent.filter((one) => one.kind !== 'result' && ending[fates.get(one.number) ?? 'silent'] === 'delivered');
    for (const [n, one] of delivered.entries()) came.set(one.number, await count(hub, one, n));
    for (const one of sent.filter(({ kind }) => kind !== 'result')) expect(await handsOf(hub, one), one.code).toBe(`${one.document}: ${truthOf(hub, one, fates.get(one.number), came.get(one.number))}`);
    await chargesSettled(hub, sent, fates);
    const { scans } = await hub.call<postal.ListStrayScansResponse>('postal', 'listStrayScans', postal.ListStrayScansRequest.create({ pageSize: 200 }), postOffice(hub));
    const leaves = (fault: CarrierFault): boolean => ['duplicate', 'two-places', 'stranger', 'wrong-sum'].includes(fault);
    expect(scans.length).toBe(Math.min(200, [...fates.values()].filter(leaves).length));
  } finally {
    await hub.stop();
  }
});
