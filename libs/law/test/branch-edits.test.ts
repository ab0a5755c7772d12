import { expect, test } from 'vitest';
import { isBeingPlaced } from '../src/rehoming.ts';
import { World } from './world/world.ts';
import { closedEverywhere, complete, returned, statuses } from './world/sayings.ts';

function chain(): World {
  const hub = new World();
  hub.submit('chain');
  hub.quiet();
  return hub;
}
const counter = 'counter-hoi-an';

test('inserted legs take the place of the old one in its successors, in the order in which they were inserted', () => {
  const hub = chain();
  expect(hub.says('one', hub.insertion('a', 'land'))).toBeNull();
  expect(hub.says('one', hub.insertion('b', 'tax'))).toBeNull();
  hub.quiet();
  for (const leg of ['one', 'a', 'b', 'two']) {
    expect(statuses(hub)[leg]).toBe('open 1');
    expect(hub.says(leg, complete())).toBeNull();
    hub.quiet();
  }
  expect(statuses(hub)).toMatchObject({ three: 'open 1' });
});

test('an inserted leg may insert again, and stays before what its parent inserted later', () => {
  const hub = chain();
  hub.says('one', hub.insertion('a', 'land'));
  hub.says('one', hub.insertion('b', 'tax'));
  hub.quiet();
  expect(hub.says('a', hub.insertion('a2', 'social'))).toBeNull();
  hub.quiet();
  for (const leg of ['one', 'a', 'a2', 'b', 'two']) {
    expect(statuses(hub)[leg]).toBe('open 1');
    hub.says(leg, complete());
    hub.quiet();
  }
});

test('a leg is inserted only for an office that exists', () => {
  const hub = chain();
  const insertion = hub.insertion('a', 'land') as Extract<ReturnType<World['insertion']>, { kind: 'insert' }>;
  expect(hub.says('one', { ...insertion, plan: { ...insertion.plan, office: 'nowhere' } })).toMatchObject({ code: 'UNKNOWN_OFFICE' });
  expect(hub.says('one', { ...insertion, plan: { ...insertion.plan, service: 'tax' } })).toMatchObject({ code: 'FIELD_INVALID' });
});

test.each([
  ['a limit that is none', { limit: 'ba ngày' }, 'BAD_SPAN', 'limit'],
  ['a role that its office does not bear', { role: 'tax' }, 'NO_COMPETENT_OFFICE', 'role'],
  ['an office that is no more', { role: 'civil-status', office: 'civil-hoa-lien', service: 'general-agency' }, 'OFFICE_NOT_IN_FORCE', 'inserted_office'],
  ['a part that who asks may not see itself', { reads: ['applicant', 'contact'] }, 'FIELD_INVALID', 'reads'],
  ['what who asks sees', { reads: ['applicant'] }, undefined, undefined],
] as const)('a leg is inserted so that it can be taken over and shows nothing more: %s', (_what, more, code, field) => {
  const hub = chain();
  const insertion = hub.insertion('a', 'land') as Extract<ReturnType<World['insertion']>, { kind: 'insert' }>;
  const refusal = hub.says('one', { ...insertion, plan: { ...insertion.plan, ...more } });
  expect([refusal?.code, refusal?.field]).toEqual([code, field]);
});

test('a skipped leg is passed over, and takes no command', () => {
  const hub = chain();
  expect(hub.says('one', { kind: 'skip', legs: [hub.id('two'), hub.id('three')], ground: '1/2026/NĐ-CP' })).toBeNull();
  hub.says('one', complete());
  hub.quiet();
  expect(statuses(hub)).toEqual({ one: 'complete 1', two: 'addressed 1', three: 'addressed 1', four: 'open 1' });
  expect(hub.says('two', { kind: 'stop', ground: '1/2026/NĐ-CP' })).toMatchObject({ code: 'OUT_OF_ORDER', meta: { status: 'skipped' } });
  expect(hub.says('four', complete('paper'))).toBeNull();
  hub.quiet();
  hub.asks(returned);
  hub.quiet();
  expect(closedEverywhere(hub)).toBe('returned');
});

test('a join lies outside every branch that leads to it', () => {
  const hub = new World();
  hub.submit('birth');
  hub.quiet();
  hub.says('register', complete('birth-certificate'));
  hub.quiet();
  expect(hub.says('residence', { kind: 'skip', legs: [hub.id('support')], ground: '1/2026/NĐ-CP' })).toMatchObject({ code: 'OUTSIDE_BRANCH' });
  expect(hub.says('residence', { kind: 'skip', legs: [hub.id('insurance')], ground: '1/2026/NĐ-CP' })).toMatchObject({ code: 'OUTSIDE_BRANCH' });
});

test('a skip that meets work already begun yields to the work', () => {
  const hub = chain();
  hub.says('one', complete());
  hub.quiet();
  hub.says('one', { kind: 'reopen', reason: 'sai' });
  hub.perform('general-agency');
  // The copy at `one` knows that `two` is open: it is too late to skip it, but not to skip `three`.
  expect(hub.says('one', { kind: 'skip', legs: [hub.id('two')], ground: '1/2026/NĐ-CP' })).toMatchObject({ code: 'OUTSIDE_BRANCH' });
  expect(hub.says('one', { kind: 'skip', legs: [hub.id('three')], ground: '1/2026/NĐ-CP' })).toBeNull();
  hub.says('one', complete());
  hub.quiet();
  hub.says('two', complete());
  hub.quiet();
  expect(statuses(hub)).toMatchObject({ two: 'complete 1', three: 'addressed 1', four: 'open 1' });
});

test('a leg that was taken over while it was being skipped is not skipped', () => {
  const hub = chain();
  hub.says('one', complete());
  hub.tell('general-agency', 'land');
  hub.says('one', { kind: 'reopen', reason: 'sai' });
  hub.perform('general-agency');
  expect(hub.says('one', { kind: 'skip', legs: [hub.legAt('general-agency', 'two').id], ground: '1/2026/NĐ-CP' })).toBeNull();
  hub.perform('land');
  hub.quiet();
  expect(statuses(hub)).toMatchObject({ one: 'open 2', two: 'open 1', three: 'addressed 1' });
  hub.says('one', complete());
  hub.quiet();
  expect(statuses(hub)).toMatchObject({ three: 'addressed 1' });
  expect(hub.says('two', complete())).toBeNull();
  hub.quiet();
  expect(statuses(hub)).toMatchObject({ three: 'open 1' });
});

test('rerouted within a service and to another: the next office takes over, the old one may not command', () => {
  const hub = new World();
  hub.submit('land-transfer');
  hub.quiet();
  hub.pays('filing-fee');
  hub.quiet();
  expect(hub.says('check', { kind: 'reroute', office: 'land-branch-2', reason: 'đúng địa bàn' })).toBeNull();
  hub.quiet();
  expect(hub.legAt('intake', 'check')).toMatchObject({ office: 'land-branch-2', status: 'open' });
  expect(hub.says('check', complete(), 'land-branch')).toMatchObject({ code: 'NOT_HOLDER' });
  expect(hub.says('check', { kind: 'reroute', office: 'tax', reason: 'x' })).toMatchObject({ code: 'NO_COMPETENT_OFFICE' });
  expect(hub.says('check', { kind: 'reroute', office: 'nowhere', reason: 'x' })).toMatchObject({ code: 'UNKNOWN_OFFICE' });
  expect(hub.says('check', { kind: 'reroute', office: 'land-branch', reason: '' })).toMatchObject({ code: 'REASON_MISSING' });
});

test('an office that has ended gets nothing rerouted to it', () => {
  const hub = new World();
  hub.submit('extract');
  hub.quiet();
  expect(hub.says('issue', { kind: 'reroute', office: 'civil-tra-my-old', reason: 'x' })).toMatchObject({ code: 'OFFICE_NOT_IN_FORCE' });
});

test('declined: the counter places it, the third time for good', () => {
  const hub = chain(), placing = (): string[] => { const { dossier } = hub.service('intake'); return [...dossier.legs.values()].filter((leg) => isBeingPlaced(leg, hub.context(hub.service('intake')))).map((leg) => leg.plan.name); };
  hub.says('one', complete());
  hub.quiet();
  expect(placing()).toEqual([]);
  for (let n = 1; n <= 3; n++) {
    expect(hub.says('two', { kind: 'decline', reason: 'không thuộc thẩm quyền' })).toBeNull();
    hub.quiet();
    expect(hub.holderOf('two').name).toBe('intake');
    expect(hub.legAt('land', 'two')).toMatchObject({ status: 'addressed', declinedTimes: n, office: counter });
    expect(placing()).toEqual(['two']);
    expect(hub.says('two', { kind: 'reroute', office: 'land-branch', reason: 'xếp' }, 'counter-tra-my')).toMatchObject({ code: 'NOT_HOLDER' });
    expect(hub.says('two', { kind: 'decline', reason: 'không' }, counter)).toMatchObject({ code: 'OUT_OF_ORDER' });
    expect(hub.says('two', { kind: 'reroute', office: 'land-branch', reason: 'xếp' }, counter)).toBeNull();
    hub.quiet();
    expect(hub.legAt('intake', 'two')).toMatchObject({ status: 'open', office: 'land-branch' });
    expect(placing()).toEqual([]);
  }
  expect(hub.says('two', { kind: 'decline', reason: 'không thuộc thẩm quyền' })).toMatchObject({ code: 'PLACED_FINALLY' });
  expect(hub.says('two', complete())).toBeNull();
});
