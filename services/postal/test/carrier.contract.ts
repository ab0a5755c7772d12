/** The sandbox carrier against the post itself: what its script says becomes of each consignment, and every answer is the one that the contract owes. */
import { dossier as pb, postal } from '@lienthong/contract';
import { HubError } from '@lienthong/kernel';
import { parseCarrierScript, SandboxCarrier } from '@lienthong/postal-carrier';
import type { Carried, CarrierPort, Errand } from '@lienthong/postal-carrier';
import type { MemoryHub } from '@lienthong/testkit';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { postOffice, postalHub, sent, traMy } from './postal-hub.ts';
import type { Sent } from './postal-hub.ts';

let hub: MemoryHub;
beforeEach(async () => { hub = await postalHub(); });
afterEach(() => hub.stop());

const scans = { 'collected': postal.ScanState.COLLECTED, 'in-transit': postal.ScanState.IN_TRANSIT, 'out-for-delivery': postal.ScanState.OUT_FOR_DELIVERY } as const;
const failures = { attempt: postal.FailureKind.ATTEMPT, returned: postal.FailureKind.RETURNED, lost: postal.FailureKind.LOST } as const;

function call({ requestId, number, at, what, sum }: Errand): Promise<unknown> {
  const office = postOffice(hub, at === 'other' ? traMy : undefined), place = 'Hội An';
  if (what in scans) return hub.call('postal', 'scanConsignment', postal.ScanConsignmentRequest.create({ requestId, number, place, state: scans[what as keyof typeof scans] }), office);
  if (what === 'delivered') return hub.call('postal', 'deliverConsignment', postal.DeliverConsignmentRequest.create({ requestId, number, place, codCollected: sum }), office);
  return hub.call('postal', 'failConsignment', postal.FailConsignmentRequest.create({ requestId, number, place, kind: failures[what as keyof typeof failures] }), office);
}

const port: CarrierPort = {
  watch(cursor, signal) {
    const rpc = hub.modules.find((one) => one.name === 'postal')!.rpcs.find((one) => 'watchConsignments' in one.handlers)!;
    const caller = { office: postOffice(hub), officer: 'buu-ta', service: '', peer: '127.0.0.1' };
    return (rpc.handlers['watchConsignments'] as (request: object, call: object) => AsyncIterable<postal.WatchConsignmentsResponse>)(postal.WatchConsignmentsRequest.create({ wholePost: true, cursor }), { caller, method: 'watchConsignments', signal });
  },
  send: (errand) => call(errand).then(() => '', (error: unknown) => { if (error instanceof HubError) return error.code; throw error; }),
  pause: () => Promise.resolve(),
};

async function carry(rules: readonly object[], through: CarrierPort = port): Promise<Carried[]> {
  const carried: Carried[] = [];
  await new SandboxCarrier(through, parseCarrierScript(JSON.stringify({ rules })), (one) => carried.push(one)).run(new AbortController().signal, true);
  return carried;
}

const stateOf = async (one: Sent): Promise<pb.ConsignmentState> => (await hub.call<postal.TrackConsignmentResponse>('postal', 'trackConsignment', { number: one.number }, one.counter)).consignment!.state;
const { DELIVERED, RETURNED, LOST, COLLECTED } = pb.ConsignmentState;

const fates = [
  ['delivers', DELIVERED, []], ['duplicate', DELIVERED, ['CLOSED|CONSIGNMENT_ENDED']], ['delayed', DELIVERED, []], ['out-of-order', DELIVERED, []], ['attempt', DELIVERED, []], ['returned', RETURNED, []], ['lost', LOST, []],
  ['two-places', DELIVERED, ['CONSIGNMENT_ELSEWHERE']], ['stranger', DELIVERED, ['CONSIGNMENT_UNKNOWN']], ['wrong-sum', DELIVERED, ['AMOUNT_DIFFERS']], ['silent', COLLECTED, []],
] as const;

test('each fault ends as it must, and leaves for a person what a person must look at', async () => {
  const all: Sent[] = [];
  for (let n = 0; n < fates.length; n++) all.push(await sent(hub));
  const nth = (one: Sent): number => Number(one.number.slice(2, 10));
  const carried = await carry(all.map((one, n) => ({ fault: fates[n]![0], nth: nth(one) })));
  const byNumber = new Map(carried.map((one) => [one.number, one]));
  expect(all.map((one) => [byNumber.get(one.number)!.fault, byNumber.get(one.number)!.unexpected])).toEqual(fates.map(([fault]) => [fault, []]));
  expect(await Promise.all(all.map(stateOf))).toEqual(fates.map(([, state]) => state));
  const { scans: strays } = await hub.call<postal.ListStrayScansResponse>('postal', 'listStrayScans', postal.ListStrayScansRequest.create({}), postOffice(hub));
  const wanted = fates.flatMap(([, , reasons]) => reasons).sort();
  expect(strays.map(({ reason }) => (reason === 'CLOSED' || reason === 'CONSIGNMENT_ENDED' ? 'CLOSED|CONSIGNMENT_ENDED' : reason)).sort()).toEqual(wanted);
});

test('a carrier that broke off goes on: nothing is recorded twice', async () => {
  const one = await sent(hub);
  let left = 2;
  const breaking: CarrierPort = { ...port, send: (errand) => (left-- > 0 ? port.send(errand) : Promise.reject(new Error('the carrier stops'))) };
  await expect(carry([], breaking)).rejects.toThrow('the carrier stops');
  expect(await carry([])).toMatchObject([{ number: one.number, unexpected: [] }]);
  const way = await hub.call<postal.TrackConsignmentResponse>('postal', 'trackConsignment', { number: one.number }, one.counter);
  expect(way.scans.map((scan) => scan.state)).toEqual([COLLECTED, pb.ConsignmentState.IN_TRANSIT, pb.ConsignmentState.OUT_FOR_DELIVERY, DELIVERED]);
});
