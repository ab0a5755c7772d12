import { expect, test } from 'vitest';
import { stale } from '../src/itinerary.ts';
import { legDue } from '../src/limits.ts';
import { printInstant } from '../src/time/index.ts';
import { at, World } from './world/world.ts';
import type { LegSaying } from './world/world.ts';
import { closedEverywhere, complete, kindsOf, refusal, returned, statuses } from './world/sayings.ts';

/** Birth chain with everything done before the join, all results returned. */
function birthUntilJoin(): World {
  const hub = new World();
  hub.submit('birth');
  hub.quiet();
  hub.says('register', complete('birth-certificate'));
  hub.quiet();
  hub.says('residence', complete('residence-notice'));
  hub.says('insurance', complete('insurance-card'));
  hub.quiet();
  return hub;
}

const redo = (hub: World, target: string) => ({ kind: 'ask-redo', target: hub.id(target), reason: 'sai tên con' }) as const;
const staleLegs = (hub: World): string[] => [...hub.service('oversight').dossier.legs.values()].filter((leg) => stale(hub.service('oversight').dossier, leg)).map((leg) => leg.plan.name).sort();

test('a wrong certificate goes back to the registrar; what hung on it confirms or redoes, nothing else does', () => {
  const hub = birthUntilJoin();
  expect(hub.says('support', redo(hub, 'register'))).toBeNull();
  hub.quiet();
  expect(statuses(hub)).toEqual({ register: 'open 2', residence: 'complete 1', insurance: 'complete 1', support: 'open 1' });
  expect(staleLegs(hub)).toEqual(['insurance', 'residence']);
  expect(hub.says('support', complete('support-decision'))).toMatchObject({ code: 'NOT_READY' });
  expect(hub.says('residence', { kind: 'confirm' })).toMatchObject({ code: 'NOT_READY' });
  hub.says('register', complete('birth-certificate'));
  hub.quiet();
  expect(staleLegs(hub)).toEqual(['insurance', 'residence']);
  expect(hub.says('support', complete('support-decision'))).toMatchObject({ code: 'NOT_READY' });
  expect(hub.says('residence', { kind: 'confirm' })).toBeNull();
  hub.quiet();
  expect(staleLegs(hub)).toEqual(['insurance']);
  expect(hub.says('insurance', { kind: 'reopen', reason: 'làm lại thẻ' })).toBeNull();
  hub.quiet();
  expect(statuses(hub)).toEqual({ register: 'complete 2', residence: 'complete 1', insurance: 'open 2', support: 'open 1' });
  hub.says('insurance', complete('insurance-card'));
  hub.quiet();
  expect(hub.says('support', complete('support-decision'))).toBeNull();
  hub.quiet();
  hub.asks(returned);
  hub.quiet();
  expect(closedEverywhere(hub)).toBe('returned');
  expect(kindsOf(hub.service('intake')).filter((kind) => kind === 'leg-reopened' || kind === 'completion-confirmed')).toHaveLength(3);
});

test('whoever sent it back waits until all before stands again: the clock is not the asker\'s while another office looks at its own work', () => {
  const hub = new World('2026-03-02T08:00+07');
  hub.submit('chain');
  hub.quiet();
  for (const leg of ['one', 'two']) { hub.says(leg, complete()); hub.quiet(); }
  const three = (): readonly (string | null)[] => { const service = hub.service('oversight'), { due, suspendedSince } = legDue(service.dossier, hub.legAt('oversight', 'three'), hub.context(service)); return [due, suspendedSince].map((one) => (one === null ? null : printInstant(one).slice(0, 16))); };
  const day = (time: string, leg: string, saying: LegSaying): void => { hub.now = at(time); expect(hub.says(leg, saying)).toBeNull(); hub.quiet(); };
  day('2026-03-03T08:00+07', 'three', redo(hub, 'one'));
  expect(three()).toEqual([null, '2026-03-03T08:00']);
  day('2026-03-04T08:00+07', 'one', complete());
  expect(three()).toEqual([null, '2026-03-03T08:00']);
  day('2026-03-10T08:00+07', 'two', { kind: 'confirm' });
  expect(three()).toEqual(['2026-03-12T08:00', null]);
});

test('of a confirmed leg nothing is returned twice, of a redone one the new result is', () => {
  const hub = birthUntilJoin();
  hub.asks(returned);
  hub.says('support', redo(hub, 'insurance'));
  hub.quiet();
  expect(staleLegs(hub)).toEqual([]);
  hub.says('insurance', complete('insurance-card'));
  hub.quiet();
  hub.says('support', complete('support-decision'));
  hub.quiet();
  hub.asks(returned);
  const root = hub.service('intake').dossier.root!;
  expect(root.returned.map((one) => one.results.length)).toEqual([3, 2]);
});

test('two branches that find the same error have it redone once', () => {
  const hub = new World();
  hub.submit('birth');
  hub.quiet();
  hub.says('register', complete('birth-certificate'));
  hub.quiet();
  hub.says('residence', redo(hub, 'register'));
  hub.says('insurance', redo(hub, 'register'));
  hub.quiet();
  expect(statuses(hub)).toMatchObject({ register: 'open 2' });
  hub.says('register', complete('birth-certificate'));
  hub.quiet();
  expect(statuses(hub)).toMatchObject({ register: 'complete 2', residence: 'open 1', insurance: 'open 1' });
  expect(hub.says('residence', complete('residence-notice'))).toBeNull();
  expect(hub.says('insurance', complete('insurance-card'))).toBeNull();
});

test('an ask to redo work that is passed over meanwhile is declined: the asker goes on without it', () => {
  const hub = new World();
  hub.submit('chain');
  hub.quiet();
  for (const leg of ['one', 'two']) { hub.says(leg, complete()); hub.quiet(); }
  hub.says('one', { kind: 'reopen', reason: 'sai' });
  hub.quiet();
  expect(hub.says('three', redo(hub, 'two'))).toBeNull();
  hub.quiet();
  expect(statuses(hub)).toMatchObject({ one: 'open 2', two: 'addressed 2' });
  expect(hub.says('one', { kind: 'skip', legs: [hub.id('two')], ground: '1/2026/NĐ-CP' })).toBeNull();
  hub.says('one', complete());
  hub.quiet();
  expect(hub.says('three', complete())).toBeNull();
});

test('a second error in the redone work is a new ask and a new round', () => {
  const hub = birthUntilJoin();
  for (const round of [2, 3]) {
    hub.says('support', redo(hub, 'residence'));
    hub.quiet();
    expect(statuses(hub)).toMatchObject({ residence: `open ${round}` });
    hub.says('residence', complete('residence-notice'));
    hub.quiet();
  }
  expect(hub.says('support', complete('support-decision'))).toBeNull();
});

test('only a completed earlier leg can be asked to redo', () => {
  const hub = birthUntilJoin();
  expect(hub.says('support', redo(hub, 'support'))).toMatchObject({ code: 'NOT_UPSTREAM' });
  const twins = new World();
  twins.submit('twins');
  twins.quiet();
  expect(twins.says('left', redo(twins, 'right'))).toMatchObject({ code: 'NOT_UPSTREAM' });
  const chain = new World();
  chain.submit('chain');
  chain.quiet();
  chain.says('one', { kind: 'skip', legs: [chain.id('two')], ground: '1/2026/NĐ-CP' });
  chain.says('one', complete());
  chain.quiet();
  expect(chain.says('three', redo(chain, 'two'))).toMatchObject({ code: 'NOT_UPSTREAM' });
});

test('work done on an output that was redone meanwhile is stale from the start', () => {
  const hub = new World();
  hub.submit('birth');
  hub.quiet();
  hub.says('register', complete('birth-certificate'));
  hub.quiet();
  hub.says('register', { kind: 'reopen', reason: 'sai' });
  expect(hub.says('insurance', complete('insurance-card'))).toBeNull();
  hub.quiet();
  expect(staleLegs(hub)).toEqual(['insurance']);
  hub.says('register', complete('birth-certificate'));
  hub.quiet();
  hub.says('residence', complete('residence-notice'));
  hub.quiet();
  expect(staleLegs(hub)).toEqual(['insurance']);
  expect(statuses(hub)).toMatchObject({ support: 'addressed 1' });
  hub.says('insurance', { kind: 'confirm' });
  hub.quiet();
  expect(statuses(hub)).toMatchObject({ support: 'open 1' });
});

test('a leg inserted before finished work makes that work stale until it stands on the new leg', () => {
  const hub = new World();
  hub.submit('chain');
  hub.quiet();
  hub.says('one', complete());
  hub.quiet();
  hub.says('two', hub.insertion('first', 'social'));
  hub.quiet();
  for (const leg of ['two', 'first', 'three']) { expect(hub.says(leg, complete())).toBeNull(); hub.quiet(); }
  hub.says('two', { kind: 'reopen', reason: 'thiếu bước' });
  hub.quiet();
  expect(hub.says('two', hub.insertion('second', 'social'))).toBeNull();
  hub.says('two', complete());
  hub.quiet();
  expect(hub.says('first', { kind: 'confirm' })).toBeNull();
  hub.quiet();
  expect(staleLegs(hub)).toEqual(['three']);
  expect(statuses(hub)).toMatchObject({ second: 'open 1', four: 'open 1' });
  expect(hub.says('four', complete('paper'))).toMatchObject({ code: 'NOT_READY' });
  expect(hub.says('three', { kind: 'confirm' })).toMatchObject({ code: 'NOT_READY' });
  hub.says('second', complete());
  hub.quiet();
  expect(hub.says('three', { kind: 'confirm' })).toBeNull();
  hub.quiet();
  expect(staleLegs(hub)).toEqual([]);
  expect(hub.says('four', complete('paper'))).toBeNull();
});

test('a leg that was asked to redo and moves to another office is still answered', () => {
  const hub = birthUntilJoin();
  hub.says('support', redo(hub, 'residence'));
  hub.quiet();
  hub.says('residence', { kind: 'decline', reason: 'nhầm cơ quan' });
  hub.quiet();
  expect(hub.says('residence', { kind: 'reroute', office: 'police', reason: 'đúng cơ quan' }, 'counter-hoi-an')).toBeNull();
  hub.quiet();
  hub.says('residence', complete('residence-notice'));
  hub.quiet();
  expect(hub.says('support', complete('support-decision'))).toBeNull();
});

test('a refusal on an output that is redone is stale: its holder confirms it or decides anew, and until then nothing ends', () => {
  const hub = new World();
  hub.submit('birth');
  hub.quiet();
  hub.says('register', complete('birth-certificate'));
  hub.quiet();
  hub.says('insurance', refusal);
  hub.says('residence', redo(hub, 'register'));
  // The join stops for the refusal before it hears that the certificate is being redone.
  hub.perform('social-protection');
  expect(hub.legAt('social-protection', 'support').status).toBe('stopped');
  hub.perform('general-agency');
  hub.quiet();
  expect(statuses(hub)).toMatchObject({ register: 'open 2', insurance: 'refused 1', residence: 'open 1', support: 'addressed 2' });
  hub.says('register', complete('birth-certificate'));
  hub.quiet();
  expect(hub.says('insurance', { kind: 'confirm' })).toBeNull();
  hub.quiet();
  expect(statuses(hub)).toMatchObject({ residence: 'stopped 1', support: 'stopped 2' });
  hub.asks(returned);
  hub.quiet();
  expect(closedEverywhere(hub)).toBe('refused');
});

test('a completion that was taken back satisfies nobody until its leg is done anew', () => {
  const hub = birthUntilJoin();
  expect(hub.says('residence', { kind: 'revoke', reason: 'cấp sai' })).toBeNull();
  hub.quiet();
  expect(hub.says('support', complete('support-decision'))).toMatchObject({ code: 'NOT_READY' });
  expect(hub.says('residence', { kind: 'reopen', reason: 'làm lại' })).toBeNull();
  hub.quiet();
  hub.says('residence', complete('residence-notice'));
  hub.quiet();
  expect(hub.says('support', complete('support-decision'))).toBeNull();
});
