/** Fees for the result: asked for once there is one and before it is handed out; the legs do not wait for them, the citizen's result does. */
import { describe, expect, test } from 'vitest';
import type { Charge } from '../src/dossier.ts';
import { blockingCharges, returnBlockedBy, standingResults } from '../src/itinerary.ts';
import { dossierDue } from '../src/limits.ts';
import { timeline } from '../src/timeline.ts';
import { track } from '../src/tracking.ts';
import { workToTheEnd } from './world/officials.ts';
import { closedEverywhere, complete, kindsOf, refusal, returned, withdrawal } from './world/sayings.ts';
import { at, World } from './world/world.ts';

const monday = '2026-03-02T08:00+07', day = 86_400_000;
type More = Parameters<World['submit']>[1];

function submitted(more: More = {}): World {
  const hub = new World(monday);
  hub.submit('permit', more);
  hub.quiet();
  return hub;
}
function decided(more: More = {}): World {
  const hub = submitted(more);
  expect(hub.says('permit', complete('permit'))).toBeNull();
  hub.quiet();
  return hub;
}
const charges = (hub: World): readonly Charge[] => [...hub.service('oversight').dossier.charges.values()];
const online: More = { channel: 'online', return: { way: 'online', office: 'counter-hoi-an' } };
const byPost: More = { return: { way: 'post', office: 'counter-hoi-an' } };
const settle = (hub: World, kind: 'charge-exempted' | 'charge-cancelled'): void => { hub.write(hub.service('payments'), [{ item: charges(hub)[0]!.id, kind, body: { ground: '1/2026/NĐ-CP' } }]); hub.quiet(); };

test('none is opened before there is a result, and the leg never waits for it', () => {
  const hub = submitted();
  expect([charges(hub), returnBlockedBy(hub.service('intake').dossier).map((one) => one.vi)]).toEqual([[], ['Lệ phí cấp phép']]);
  expect(hub.says('permit', complete('permit'))).toBeNull();
  hub.quiet();
  expect(charges(hub).map(({ plan, status, holder }) => [plan.code, plan.amount, plan.blocks, status, holder])).toEqual([['permit-fee', 75_000, hub.service('oversight').dossier.root!.id, 'open', 'payments~0000000000000001']]);
  expect(blockingCharges(hub.service('land').dossier, hub.legAt('land', 'permit'))).toEqual([]);
  hub.quiet();
  expect(kindsOf(hub.service('intake')).filter((kind) => kind === 'result-charges-opened')).toHaveLength(1);
});

test('the counter hands nothing out before it is paid', () => {
  const hub = decided();
  expect(hub.asks(returned)).toMatchObject({ code: 'RESULT_UNPAID', meta: { charges: 'Lệ phí cấp phép' } });
  hub.pays('permit-fee');
  hub.quiet();
  expect(hub.asks(returned)).toBeNull();
  hub.quiet();
  expect(closedEverywhere(hub)).toBe('returned');
});

test.each<[string, More, string, number]>([['online nothing is returned', online, 'result-returned', 40_000], ['the post is not ordered', byPost, 'consignment-ordered', 75_000]])('%s before it is paid', (_what, more, kind, amount) => {
  const hub = decided(more);
  expect([charges(hub)[0]!.plan.amount, kindsOf(hub.service('intake')).includes(kind as never)]).toEqual([amount, false]);
  hub.pays('permit-fee');
  hub.quiet();
  expect(kindsOf(hub.service('intake')).includes(kind as never)).toBe(true);
  expect(workToTheEnd(hub)).toBe('returned');
});

test.each(['charge-exempted', 'charge-cancelled'] as const)('what is %s stands in nobody\'s way', (kind) => {
  const hub = decided();
  settle(hub, kind);
  expect(hub.asks(returned)).toBeNull();
});

test('while it is not paid the dossier waits for the applicant, in every view, and its clock stands', () => {
  const hub = decided();
  hub.now += 2 * day;
  const service = hub.service('oversight'), context = hub.context(service);
  expect(track(service.dossier, context).state).toBe('waiting-for-payment');
  expect(timeline(service.dossier, hub.now, context).at(-1)).toMatchObject({ who: 'applicant', cause: 'payment', to: hub.now });
  expect(dossierDue(service.dossier, context)).toEqual({ due: null, suspendedSince: at(monday) });
  hub.pays('permit-fee');
  hub.quiet();
  expect(track(service.dossier, context).state).toBe('result-ready');
  expect(dossierDue(service.dossier, context).due).toBe(at('2026-03-18T08:00+07'));
});

describe('where there is no result there is no fee', () => {
  test('a refusal owes nothing', () => {
    const hub = submitted();
    hub.says('permit', refusal);
    hub.quiet();
    expect([closedEverywhere(hub), charges(hub)]).toEqual(['refused', []]);
  });
  test('nor does a withdrawal', () => {
    const hub = submitted();
    hub.asks(withdrawal);
    hub.quiet();
    expect([closedEverywhere(hub), charges(hub)]).toEqual(['withdrawn', []]);
  });
  test('a result that is done again is paid for once', () => {
    const hub = decided();
    hub.pays('permit-fee');
    hub.quiet();
    hub.says('permit', { kind: 'reopen', reason: 'sai' });
    hub.quiet();
    hub.says('permit', complete('permit'));
    hub.quiet();
    expect([charges(hub).length, standingResults(hub.service('intake').dossier).length]).toEqual([1, 1]);
    expect(hub.asks(returned)).toBeNull();
  });
  test('what was paid for a result that was taken back and refused is given back; what was not paid is cancelled', () => {
    for (const [paid, outcome] of [[true, 'refunded'], [false, 'cancelled']] as const) {
      const hub = decided();
      if (paid) hub.pays('permit-fee');
      hub.quiet();
      hub.says('permit', { kind: 'reopen', reason: 'sai' });
      hub.quiet();
      hub.says('permit', refusal);
      hub.quiet();
      expect([closedEverywhere(hub), charges(hub)[0]!.status]).toEqual(['refused', outcome]);
    }
  });
});

test('a dossier that pins no fees for its result hands it out as ever', () => {
  const hub = new World(monday);
  hub.submit('extract');
  hub.quiet();
  hub.says('issue', complete('extract'));
  hub.quiet();
  expect([hub.service('intake').dossier.root!.body.resultFees, charges(hub), hub.asks(returned)]).toEqual([undefined, [], null]);
});
