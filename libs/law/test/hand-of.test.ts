/** An original is always in exactly one known hand, whatever is said of it, by whom and in which order. */
import fc from 'fast-check';
import { describe, expect, inject, test } from 'vitest';
import { decideConsignmentCommand } from '../src/decide/consignment-commands.ts';
import type { ConsignmentCommand } from '../src/decide/consignment-commands.ts';
import { isRefused } from '../src/decide/outcome.ts';
import type { Consignment } from '../src/dossier.ts';
import { handOf, postmanOf } from '../src/hand-of.ts';
import type { Hand } from '../src/hand-of.ts';
import { complete } from './world/sayings.ts';
import { contextWithTills, officer } from './world/tills-and-posts.ts';
import { World } from './world/world.ts';

type DistributiveOmit<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;
type Saying = DistributiveOmit<ConsignmentCommand, 'consignment' | 'by' | 'request'>;

const offices = ['post-hoi-an', 'post-tra-my', 'counter-hoi-an'] as const;
const place = 'Hội An';
const sayings = fc.oneof(
  fc.constant<Saying>({ kind: 'accept', number: 'RL000000015VN' }),
  { weight: 5, arbitrary: fc.constantFrom('collected', 'in-transit', 'out-for-delivery').map((state): Saying => ({ kind: 'scan', state, place, ...(state === 'collected' ? { proof: 'code' } : {}) })) },
  fc.constant<Saying>({ kind: 'deliver', place, codCollected: 0, proof: 'signature' }),
  fc.constantFrom('attempt', 'attempt', 'attempt', 'returned', 'lost').map((failure): Saying => ({ kind: 'fail', failure, place })),
  fc.constant<Saying>({ kind: 'cancel' }),
);
const plans = fc.constantFrom<Pick<Consignment['plan'], 'carries' | 'from' | 'to'>>(
  { carries: 'result', from: 'counter-hoi-an', to: 'home' }, { carries: 'originals', from: 'counter-hoi-an', to: 'counter-tra-my' }, { carries: 'papers', from: 'home', to: 'counter-hoi-an' },
);

function ordered(plan: Partial<Consignment['plan']>): World {
  const hub = new World();
  hub.submit('extract', { return: { way: 'post', office: 'counter-hoi-an' } });
  hub.quiet();
  hub.says('issue', complete('extract'));
  hub.perform('general-agency');
  hub.tell('general-agency', 'intake');
  hub.perform('intake');
  hub.tell('intake', 'postal');
  Object.assign(parcel(hub).plan, plan);
  return hub;
}

const parcel = (hub: World): Consignment => [...hub.service('postal').dossier.consignments.values()][0]!;

/** The refusal; null: it was written. */
function say(hub: World, saying: Saying, by: string): string | null {
  const service = hub.service('postal');
  const outcome = decideConsignmentCommand({ ...saying, consignment: parcel(hub).id, by: officer(by), request: 'r' } as ConsignmentCommand, service.dossier, contextWithTills(hub, service));
  if (isRefused(outcome)) return outcome.refusal.code;
  hub.write(service, outcome.drafts);
  return null;
}

/** Who passes it to whom when something is recorded, told without looking into the law. */
function passed(before: Hand, saying: Saying, by: string, plan: Consignment['plan']): Hand {
  const word = saying.kind === 'scan' ? saying.state : saying.kind === 'fail' ? saying.failure : saying.kind;
  switch (word) {
    case 'accept': return before;
    // Who was not at home has given nothing.
    case 'attempt': return before.kind === 'sender' ? before : { kind: 'post', office: by };
    case 'collected': case 'in-transit': case 'out-for-delivery': return { kind: 'post', office: by };
    case 'deliver': return { kind: 'receiver', place: plan.to };
    case 'returned': case 'cancel': return { kind: 'sender', place: plan.from };
    case 'lost': return { kind: 'lost', office: (before as { readonly office: string }).office };
  }
}

test('whatever is said by whomever: it moves from one known hand to the next, and what is refused moves nothing', () => {
  fc.assert(fc.property(plans, fc.array(fc.tuple(sayings, fc.constantFrom(...offices)), { maxLength: 40, size: 'max' }), (plan, history) => {
    const hub = ordered(plan);
    let hand: Hand = { kind: 'sender', place: plan.from };
    expect(handOf(parcel(hub))).toEqual(hand);
    for (const [saying, by] of history) {
      const ended = parcel(hub).ended !== null, postman = postmanOf(parcel(hub)), from = hand;
      const refusal = say(hub, saying, by);
      if (refusal === null) {
        expect(ended).toBe(false);
        expect([null, by]).toContain(postman);
        if (saying.kind !== 'accept' && saying.kind !== 'cancel') expect(from.kind === 'sender').toBe((saying.kind === 'scan' && saying.state === 'collected') || (saying.kind === 'fail' && saying.failure === 'attempt' && from.kind === 'sender' && from.place === 'home'));
        hand = passed(from, saying, by, parcel(hub).plan);
      }
      expect(handOf(parcel(hub))).toEqual(hand);
      if (hand.kind === 'post' || hand.kind === 'lost') expect(hand.office).toMatch(/^post-/);
    }
    hub.tell('postal', 'intake');
    // Every copy says the same.
    expect(handOf({ ...[...hub.service('intake').dossier.consignments.values()][0]!, plan: parcel(hub).plan })).toEqual(hand);
  }), { numRuns: 200 * inject('size') });
});

describe('entries of before', () => {
  const plan = { type: 'consignment', carries: 'result', from: 'a', to: 'home', cod: 0, results: [] } as const;
  test('that name no office leave it with the post, and bar nobody', () => {
    const scans = [{ at: 1, place: 'x', state: 'out-for-delivery', office: '' }];
    expect([handOf({ plan, scans }), postmanOf({ scans })]).toEqual([{ kind: 'post', office: '' }, null]);
  });
});
