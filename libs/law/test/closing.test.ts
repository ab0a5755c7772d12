import { expect, test } from 'vitest';
import { registerNotReady } from '../src/index.ts';
import type { Dossier, Leg } from '../src/index.ts';
import { workToTheEnd } from './world/officials.ts';
import { World } from './world/world.ts';
import { closedEverywhere, complete, kindsOf, refusal, returned, statuses } from './world/sayings.ts';

/** Everything done and returned; intake is about to close. */
function done(procedure = 'birth', slow = false): World {
  const hub = new World('2026-03-02T08:00+07', { slowEffects: slow });
  hub.submit(procedure);
  hub.quiet();
  for (const [leg, result] of [['register', 'birth-certificate'], ['residence', 'residence-notice'], ['insurance', 'insurance-card'], ['support', 'support-decision']] as const) {
    hub.says(leg, complete(result));
    hub.quiet();
  }
  hub.asks(returned);
  return hub;
}

test('a settled leg raises no round; one that was not settled yet may, and closing waits for it', () => {
  const hub = done();
  hub.perform('intake');
  expect(kindsOf(hub.service('intake'))).toContain('closing-started');
  hub.tell('intake', 'general-agency');
  hub.perform('general-agency');
  expect(hub.says('residence', { kind: 'reopen', reason: 'sai' })).toMatchObject({ code: 'SETTLED' });
  expect(hub.says('residence', { kind: 'revoke', reason: 'sai' })).toMatchObject({ code: 'SETTLED' });
  expect(hub.says('insurance', { kind: 'reopen', reason: 'sai' })).toBeNull();
  hub.quiet();
  expect(closedEverywhere(hub)).toBe('open');
  expect(statuses(hub)).toMatchObject({ insurance: 'open 2', support: 'complete 1' });
  hub.says('insurance', complete('insurance-card'));
  hub.quiet();
  expect(hub.says('support', { kind: 'confirm' })).toBeNull();
  hub.quiet();
  // The new card must reach the citizen, too.
  expect(closedEverywhere(hub)).toBe('open');
  expect(hub.asks(returned)).toBeNull();
  hub.quiet();
  expect(closedEverywhere(hub)).toBe('returned');
});

test('a settled leg that has gone stale may be redone', () => {
  const hub = done();
  hub.perform('intake');
  hub.tell('intake', 'social-protection');
  hub.perform('social-protection');
  expect(hub.legAt('social-protection', 'insurance').settledRound).toBe(1);
  expect(hub.says('register', { kind: 'reopen', reason: 'sai' })).toBeNull();
  hub.quiet();
  expect(hub.says('register', complete('birth-certificate'))).toBeNull();
  hub.quiet();
  expect(closedEverywhere(hub)).toBe('open');
  expect(hub.says('insurance', { kind: 'reopen', reason: 'theo giấy mới' })).toBeNull();
  hub.quiet();
  for (const [leg, saying] of [['insurance', complete('insurance-card')], ['residence', { kind: 'confirm' }], ['support', { kind: 'confirm' }]] as const) { expect(hub.says(leg, saying)).toBeNull(); hub.quiet(); }
  hub.asks(returned);
  hub.quiet();
  expect(closedEverywhere(hub)).toBe('returned');
});

test('what a settled leg took back once it had gone stale is done anew before the dossier closes', () => {
  const hub = done();
  hub.perform('intake');
  hub.tell('intake', 'social-protection');
  hub.perform('social-protection');
  expect(hub.says('register', { kind: 'reopen', reason: 'sai' })).toBeNull();
  hub.quiet();
  for (const leg of ['insurance', 'support']) expect(hub.says(leg, { kind: 'revoke', reason: 'sai' })).toBeNull();
  for (const [leg, saying] of [['register', complete('birth-certificate')], ['residence', { kind: 'confirm' }]] as const) { expect(hub.says(leg, saying)).toBeNull(); hub.quiet(); }
  expect(hub.asks(returned)).toBeNull();
  hub.quiet();
  expect(closedEverywhere(hub)).toBe('open');
  for (const [leg, result] of [['insurance', 'insurance-card'], ['support', 'support-decision']] as const) {
    expect(hub.says(leg, { kind: 'reopen', reason: 'làm lại' })).toBeNull();
    hub.quiet();
    expect(hub.says(leg, complete(result))).toBeNull();
    hub.quiet();
  }
  hub.asks(returned);
  hub.quiet();
  expect(closedEverywhere(hub)).toBe('returned');
});

test('what a settled leg took back in a refused dossier is done anew where the refusal is taken back before the dossier closes', () => {
  const hub = new World();
  hub.submit('birth');
  hub.quiet();
  for (const [leg, saying] of [['register', complete('birth-certificate')], ['residence', complete('residence-notice')], ['insurance', refusal], ['residence', { kind: 'revoke', reason: 'sai' }]] as const) { expect(hub.says(leg, saying)).toBeNull(); if (leg !== 'insurance') hub.quiet(); }
  hub.asks(returned);
  hub.perform('intake');
  expect(kindsOf(hub.service('intake'))).toContain('closing-started');
  hub.tell('intake', 'general-agency');
  hub.perform('general-agency');
  expect(hub.legAt('general-agency', 'residence')).toMatchObject({ status: 'revoked', settledRound: 1 });
  expect(hub.says('insurance', { kind: 'revoke', reason: 'sai' })).toBeNull();
  hub.quiet();
  for (const leg of ['residence', 'insurance']) expect(hub.says(leg, { kind: 'reopen', reason: 'làm lại' })).toBeNull();
  hub.quiet();
  expect(workToTheEnd(hub)).toBe('returned');
});

test('a charge is not cancelled for a refusal that is still taken back, although closing has begun', () => {
  const hub = new World();
  hub.submit('birth');
  hub.quiet();
  for (const [leg, saying] of [['register', complete('birth-certificate')], ['residence', complete('residence-notice')]] as const) { expect(hub.says(leg, saying)).toBeNull(); hub.quiet(); }
  expect(hub.says('insurance', { kind: 'open-charge', code: 'late-registration', charge: 'fine', amount: 100_000, refundable: false, ground: '123/2024/NĐ-CP, Điều 16' })).toBeNull();
  hub.quiet();
  expect(hub.says('insurance', refusal)).toBeNull();
  hub.quiet();
  hub.asks(returned);
  hub.perform('intake');
  expect(kindsOf(hub.service('intake'))).toContain('closing-started');
  hub.tell('intake', 'payments');
  hub.perform('payments');
  expect(kindsOf(hub.service('payments'))).not.toContain('charge-cancelled');
  expect(hub.says('insurance', { kind: 'revoke', reason: 'sai' })).toBeNull();
  hub.quiet();
  expect([...hub.service('payments').dossier.charges.values()]).toMatchObject([{ status: 'open' }]);
});

test('an ask to redo that meets a settled leg is declined, and its asker goes on', () => {
  const hub = done();
  hub.perform('intake');
  hub.tell('intake', 'general-agency');
  hub.perform('general-agency');
  expect(hub.says('support', { kind: 'reopen', reason: 'xem lại' })).toBeNull();
  hub.perform('social-protection');
  expect(hub.says('support', { kind: 'ask-redo', target: hub.id('residence'), reason: 'sai' })).toBeNull();
  hub.quiet();
  expect([...hub.service('intake').dossier.requests.values()].map((one) => one.ended?.outcome)).toEqual(['declined']);
  expect(hub.says('support', { kind: 'ask-redo', target: hub.id('residence'), reason: 'sai' })).toMatchObject({ code: 'SETTLED' });
  expect(hub.says('support', complete('support-decision'))).toBeNull();
  hub.quiet();
  hub.asks(returned);
  hub.quiet();
  expect(closedEverywhere(hub)).toBe('returned');
});

test('a change of a register stands in it before its leg settles', () => {
  const hub = new World('2026-03-02T08:00+07', { slowEffects: true });
  hub.submit('terminate', { channel: 'online', return: { way: 'online', office: 'counter-hoi-an' } });
  hub.quiet();
  hub.says('termination.opinion', complete());
  hub.quiet();
  hub.says('termination', { ...complete('notice'), change: { part: 'change', commitment: 'x' } });
  hub.perform('business-registration');
  hub.finish(0);
  hub.tell('business-registration', 'intake');
  hub.perform('intake');
  hub.tell('intake', 'business-registration');
  hub.perform('business-registration');
  expect(hub.legAt('business-registration', 'termination')).toMatchObject({ applied: null, settledRound: 0 });
  hub.quiet();
  expect(closedEverywhere(hub)).toBe('returned');
  expect(hub.legAt('intake', 'termination').applied).not.toBeNull();
});

test('a leg that is redone while the dossier closes settles only when its new change stands in the register', () => {
  const hub = new World('2026-03-02T08:00+07', { slowEffects: true });
  hub.submit('terminate');
  hub.quiet();
  hub.says('termination.opinion', complete());
  hub.quiet();
  const decision = { ...complete('notice'), change: { part: 'change', commitment: 'x' } };
  hub.says('termination', decision);
  hub.quiet();
  hub.asks(returned);
  hub.perform('intake');
  expect(hub.says('termination', { kind: 'reopen', reason: 'sai' })).toBeNull();
  hub.quiet();
  expect(hub.says('termination', decision)).toBeNull();
  hub.perform('business-registration');
  hub.finish(0);
  hub.perform('business-registration');
  expect(hub.legAt('business-registration', 'termination')).toMatchObject({ status: 'complete', round: 2, settledRound: 0 });
  hub.quiet();
  expect(hub.asks(returned)).toBeNull();
  hub.quiet();
  expect(closedEverywhere(hub)).toBe('returned');
  expect(hub.service('business-registration').registers.applied).toHaveLength(2);
});

test('a decision whose change the register has not applied yet is neither reopened nor taken back', () => {
  const hub = new World('2026-03-02T08:00+07', { slowEffects: true });
  hub.submit('terminate');
  hub.quiet();
  hub.says('termination.opinion', complete());
  hub.quiet();
  hub.says('termination', { ...complete('notice'), change: { part: 'change', commitment: 'x' } });
  hub.perform('business-registration');
  hub.finish(0);
  hub.perform('business-registration');
  expect(hub.says('termination', { kind: 'reopen', reason: 'sai' })).toMatchObject({ code: 'BLOCKED', meta: { blockedBy: 'businesses' } });
  expect(hub.says('termination', { kind: 'revoke', reason: 'sai' })).toMatchObject({ code: 'BLOCKED' });
  hub.quiet();
  expect(hub.says('termination', { kind: 'reopen', reason: 'sai' })).toBeNull();
});

test('results that go out online leave nothing to do at the counter', () => {
  const hub = new World();
  hub.submit('extract', { channel: 'online', return: { way: 'online', office: 'counter-hoi-an' } });
  hub.quiet();
  hub.says('issue', complete('extract'));
  hub.quiet();
  expect(closedEverywhere(hub)).toBe('returned');
  expect(hub.asks(returned)).toMatchObject({ code: 'CLOSED' });
});

test('a revoked result without anything in its place keeps the dossier open', () => {
  const hub = new World();
  hub.submit('extract');
  hub.quiet();
  hub.says('issue', complete('extract'));
  hub.says('issue', { kind: 'revoke', reason: 'cấp sai' });
  hub.quiet();
  expect(kindsOf(hub.service('intake'))).not.toContain('closing-started');
  expect(hub.says('issue', { kind: 'stop', ground: '1/2026/NĐ-CP' })).toBeNull();
  hub.quiet();
  expect(closedEverywhere(hub)).toBe('stopped');
});

test('a change of a register waits until what another leg decided stands there', () => {
  const ref = { author: 'business~1', seq: 4 } as const;
  const leg = (name: string, register: string | undefined, more: object): Leg => ({ plan: { name, title: { vi: name, en: name }, ...(register === undefined ? {} : { register: { register, action: name } }) }, status: 'complete', completion: { ref, verdict: 'done' }, applied: null, ...more }) as unknown as Leg;
  const certificate = leg('certificate', 'businesses', { status: 'open', completion: null });
  const waitsFor = (...others: readonly Leg[]): string | undefined => registerNotReady({ legs: new Map([certificate, ...others].map((one) => [one.plan.name, one])) } as unknown as Dossier, certificate)?.meta.waitsFor;
  expect(waitsFor(leg('registration', 'businesses', {}))).toBe('registration');
  expect(waitsFor(leg('registration', 'businesses', { applied: ref }))).toBeUndefined();
  expect(waitsFor(leg('registration', 'businesses', { completion: { ref, verdict: 'refused' } }))).toBeUndefined();
  expect(waitsFor(leg('registration', 'parcels', {}))).toBeUndefined();
  expect(waitsFor(leg('tax-code', undefined, {}))).toBeUndefined();
});
