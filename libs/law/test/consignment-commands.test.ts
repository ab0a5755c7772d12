import { describe, expect, test } from 'vitest';
import { decideConsignmentCommand, postOfficeOf, stateOfConsignment } from '../src/decide/consignment-commands.ts';
import type { ConsignmentCommand } from '../src/decide/consignment-commands.ts';
import { isRefused } from '../src/decide/outcome.ts';
import type { Consignment } from '../src/dossier.ts';
import { closedEverywhere, complete } from './world/sayings.ts';
import { contextWithTills, officer } from './world/tills-and-posts.ts';
import { World } from './world/world.ts';

type DistributiveOmit<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;
type Saying = DistributiveOmit<ConsignmentCommand, 'consignment' | 'by' | 'request'>;

const accept: Saying = { kind: 'accept', number: 'RL000000015VN' };
const scan = (state: 'collected' | 'in-transit' | 'out-for-delivery', place = 'Hội An'): Saying => ({ kind: 'scan', state, place });
const deliver = (codCollected = 0, place = 'Hội An'): Saying => ({ kind: 'deliver', place, codCollected });
const fail = (failure: 'attempt' | 'returned' | 'lost'): Saying => ({ kind: 'fail', failure, place: 'Hội An' });
const cancel: Saying = { kind: 'cancel' };
const collected = scan('collected'), transit = scan('in-transit'), out = scan('out-for-delivery');

/** A result was ordered by post; `performs` false: the post has not looked at it yet. */
function ordered(): World {
  const hub = new World();
  hub.submit('extract', { return: { way: 'post', office: 'counter-hoi-an' } });
  hub.quiet();
  hub.says('issue', complete('extract'));
  hub.perform('general-agency');
  hub.tell('general-agency', 'intake');
  hub.perform('intake');
  hub.tell('intake', 'postal');
  return hub;
}

const parcel = (hub: World): Consignment => [...hub.service('postal').dossier.consignments.values()][0]!;

function say(hub: World, saying: Saying, by = 'post-hoi-an', at = 'postal', consignment = parcel(hub).id): string {
  const service = hub.service(at);
  const outcome = decideConsignmentCommand({ ...saying, consignment, by: officer(by), request: 'r' } as ConsignmentCommand, service.dossier, contextWithTills(hub, service));
  if (isRefused(outcome)) return outcome.refusal.code;
  hub.write(service, outcome.drafts);
  return stateOfConsignment(parcel(hub));
}

describe('what may be recorded of a consignment', () => {
  test.each<{ readonly given: readonly Saying[]; readonly say: Saying; readonly by?: string; readonly result: string }>([
    { given: [], say: accept, result: 'accepted' },
    { given: [], say: accept, by: 'post-tra-my', result: 'NOT_HOLDER' },
    { given: [], say: accept, by: 'counter-hoi-an', result: 'NOT_A_POST_OFFICE' },
    { given: [], say: accept, by: 'nobody', result: 'UNKNOWN_OFFICE' },
    { given: [], say: { kind: 'accept', number: '' }, result: 'FIELD_MISSING' },
    { given: [accept], say: accept, result: 'CONSIGNMENT_ACCEPTED' },
    { given: [], say: collected, result: 'CONSIGNMENT_NOT_ACCEPTED' },
    { given: [], say: deliver(), result: 'CONSIGNMENT_NOT_ACCEPTED' },
    { given: [accept], say: collected, result: 'collected' },
    { given: [accept], say: scan('collected', ''), result: 'FIELD_MISSING' },
    { given: [accept], say: transit, result: 'CONSIGNMENT_OUT_OF_ORDER' },
    { given: [accept], say: out, result: 'CONSIGNMENT_OUT_OF_ORDER' },
    { given: [accept], say: deliver(), result: 'CONSIGNMENT_OUT_OF_ORDER' },
    { given: [accept], say: fail('lost'), result: 'CONSIGNMENT_OUT_OF_ORDER' },
    { given: [accept, collected], say: collected, result: 'CONSIGNMENT_OUT_OF_ORDER' },
    { given: [accept, collected], say: transit, by: 'post-tra-my', result: 'in-transit' },
    { given: [accept, collected, transit], say: transit, result: 'in-transit' },
    { given: [accept, collected], say: { ...transit, codCollected: 7 } as Saying, result: 'AMOUNT_DIFFERS' },
    { given: [accept, collected, transit], say: out, by: 'post-tra-my', result: 'out-for-delivery' },
    { given: [accept, collected, transit], say: collected, result: 'CONSIGNMENT_OUT_OF_ORDER' },
    { given: [accept, collected, transit], say: fail('attempt'), result: 'CONSIGNMENT_OUT_OF_ORDER' },
    { given: [accept, collected, transit, out], say: out, result: 'CONSIGNMENT_OUT_OF_ORDER' },
    { given: [accept, collected, transit, out], say: fail('attempt'), result: 'failed' },
    { given: [accept, collected, transit, out, fail('attempt')], say: fail('attempt'), result: 'CONSIGNMENT_OUT_OF_ORDER' },
    { given: [accept, collected, transit, out, fail('attempt')], say: out, result: 'out-for-delivery' },
    { given: [accept, collected, transit, out, fail('attempt')], say: deliver(), result: 'delivered' },
    { given: [accept, collected, transit, out], say: deliver(), result: 'delivered' },
    { given: [accept, collected, transit], say: deliver(), by: 'post-tra-my', result: 'delivered' },
    { given: [accept, collected, transit, out], say: deliver(), by: 'post-tra-my', result: 'CONSIGNMENT_ELSEWHERE' },
    { given: [accept, collected, transit, out], say: transit, by: 'post-tra-my', result: 'CONSIGNMENT_ELSEWHERE' },
    { given: [accept, collected, transit, out], say: out, by: 'post-tra-my', result: 'CONSIGNMENT_ELSEWHERE' },
    { given: [accept, collected, transit, out], say: fail('attempt'), by: 'post-tra-my', result: 'CONSIGNMENT_ELSEWHERE' },
    { given: [accept, collected, transit, out], say: fail('lost'), by: 'post-tra-my', result: 'CONSIGNMENT_ELSEWHERE' },
    { given: [accept, collected, transit, out, transit], say: deliver(), by: 'post-tra-my', result: 'delivered' },
    { given: [accept, collected, transit, out, fail('attempt')], say: transit, by: 'post-tra-my', result: 'in-transit' },
    { given: [], say: cancel, result: 'cancelled' },
    { given: [], say: cancel, by: 'counter-hoi-an', result: 'cancelled' },
    { given: [], say: cancel, by: 'counter-tra-my', result: 'NOT_A_POST_OFFICE' },
    { given: [], say: cancel, by: 'post-tra-my', result: 'NOT_HOLDER' },
    { given: [accept], say: cancel, by: 'counter-hoi-an', result: 'cancelled' },
    { given: [accept, collected], say: cancel, result: 'CONSIGNMENT_COLLECTED' },
    { given: [accept, collected, transit], say: cancel, by: 'counter-hoi-an', result: 'CONSIGNMENT_COLLECTED' },
    { given: [cancel], say: accept, result: 'CONSIGNMENT_ENDED' },
    { given: [accept, cancel], say: collected, result: 'CONSIGNMENT_ENDED' },
    { given: [accept, collected], say: deliver(), result: 'delivered' },
    { given: [accept, collected], say: deliver(0, ''), result: 'FIELD_MISSING' },
    { given: [accept, collected], say: deliver(1), result: 'AMOUNT_DIFFERS' },
    { given: [accept, collected], say: fail('returned'), result: 'returned' },
    { given: [accept, collected, transit], say: fail('lost'), result: 'lost' },
    { given: [accept, collected, deliver()], say: transit, result: 'CONSIGNMENT_ENDED' },
    { given: [accept, collected, deliver()], say: deliver(), result: 'CONSIGNMENT_ENDED' },
    { given: [accept, collected, fail('lost')], say: deliver(), result: 'CONSIGNMENT_ENDED' },
    { given: [accept, collected, fail('returned')], say: accept, result: 'CONSIGNMENT_ENDED' },
  ])('after $given.length steps: $say.kind by $by → $result', ({ given, say: saying, by, result }) => {
    const hub = ordered();
    for (const before of given) expect(say(hub, before)).toMatch(/^[a-z-]+$/);
    expect(say(hub, saying, by)).toBe(result);
  });

  test('an unknown consignment, and a service that does not hold it', () => {
    const hub = ordered();
    expect(say(hub, accept, 'post-hoi-an', 'postal', 'intake~0000000000000001/1/99')).toBe('UNKNOWN_ITEM');
    expect(say(hub, accept, 'post-hoi-an', 'intake')).toBe('NOT_HOLDER');
  });

  test('cash on delivery is collected to the đồng', () => {
    const hub = ordered();
    (parcel(hub).plan as { cod: number }).cod = 50_000;
    for (const before of [accept, collected]) say(hub, before);
    expect([say(hub, deliver(0)), say(hub, deliver(49_999)), say(hub, deliver(50_000))]).toEqual(['AMOUNT_DIFFERS', 'AMOUNT_DIFFERS', 'delivered']);
  });

  test('the result that was delivered is returned, the dossier closes, and nothing more is recorded', () => {
    const hub = ordered();
    for (const step of [accept, collected, transit, out, deliver()]) say(hub, step);
    hub.quiet();
    expect(closedEverywhere(hub)).toBe('returned');
    expect(say(hub, transit)).toBe('CLOSED');
  });
});

describe('the post office that collects', () => {
  test.each([['counter-hoi-an', 'post-hoi-an'], ['counter-tra-my-old', 'post-tra-my'], ['counter-tra-my', 'post-tra-my'], ['nobody', 'post-hoi-an'], ['counter-hai-van', 'post-hoi-an']])('from %s: %s', (from, result) => {
    const hub = ordered();
    const consignment = parcel(hub), post = hub.service('postal');
    expect(postOfficeOf(post.dossier, { ...consignment, plan: { ...consignment.plan, from } }, contextWithTills(hub, post))).toBe(result);
  });
});
