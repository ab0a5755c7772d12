import { expect, test } from 'vitest';
import { workToTheEnd } from './world/officials.ts';
import { World } from './world/world.ts';
import type { Procedure } from '../src/types.ts';
import { referenceOfTests } from './world/reference-of-tests.ts';
import { closedEverywhere, complete, kindsOf, refusal, returned, statuses, withdrawal } from './world/sayings.ts';

const registerChange = { change: { part: 'change', commitment: 'x' } } as const;

function land(): World {
  const hub = new World();
  hub.submit('land-transfer');
  hub.quiet();
  return hub;
}

test('withdrawn before a decision: every leg stops, the charge is cancelled, the dossier closes', () => {
  const hub = land();
  expect(hub.asks(withdrawal)).toBeNull();
  expect(hub.asks(withdrawal)).toMatchObject({ code: 'WITHDRAWAL_PENDING' });
  expect(hub.asks({ kind: 'deliver-supplement', documents: [] })).toMatchObject({ code: 'SUPPLEMENT_NOT_OPEN' });
  hub.quiet();
  expect(closedEverywhere(hub)).toBe('withdrawn');
  expect(statuses(hub)).toEqual({ check: 'stopped 1', notice: 'stopped 1', registration: 'stopped 1' });
  expect([...hub.service('oversight').dossier.charges.values()].map((one) => one.status)).toEqual(['cancelled']);
});

test('a fee that was paid is paid back exactly once, before the dossier closes', () => {
  const hub = land();
  hub.pays('filing-fee');
  hub.quiet();
  hub.asks(withdrawal);
  hub.quiet();
  expect(closedEverywhere(hub)).toBe('withdrawn');
  expect(hub.service('payments').registers.refunded).toHaveLength(1);
  expect([...hub.service('oversight').dossier.charges.values()].map((one) => one.status)).toEqual(['refunded']);
});

test('the dossier stays open until the money is back', () => {
  const hub = new World('2026-03-02T08:00+07', { slowEffects: true });
  hub.submit('land-transfer');
  hub.quiet();
  hub.pays('filing-fee');
  hub.quiet();
  hub.asks(withdrawal);
  for (let round = 0; round < 4; round++) for (const name of ['intake', 'land', 'general-agency', 'payments', 'oversight']) { hub.perform(name); for (const other of ['intake', 'land', 'general-agency', 'payments', 'oversight']) hub.tell(name, other); }
  expect(hub.begun).toMatchObject([{ duty: { perform: 'refund-charge' } }]);
  expect(hub.service('intake').dossier.root).toMatchObject({ withdrawalOutcome: 'withdrawn', closed: null });
  hub.quiet();
  expect(closedEverywhere(hub)).toBe('withdrawn');
});

test('after the decision it is too late', () => {
  const hub = new World();
  hub.submit('extract');
  hub.quiet();
  hub.says('issue', complete('extract'));
  hub.quiet();
  expect(hub.asks(withdrawal)).toMatchObject({ code: 'WITHDRAWAL_TOO_LATE' });
});

test('withdrawal and decision cross: whoever hears first, there is one outcome', () => {
  for (const first of ['intake hears first', 'agency hears first', 'both at once'] as const) {
    const hub = new World();
    hub.submit('extract');
    hub.quiet();
    expect(hub.says('issue', complete('extract'))).toBeNull();
    expect(hub.asks(withdrawal)).toBeNull();
    if (first === 'intake hears first') { hub.tell('general-agency', 'intake'); hub.perform('intake'); }
    if (first === 'agency hears first') { hub.tell('intake', 'general-agency'); hub.perform('general-agency'); }
    hub.quiet();
    expect(hub.service('oversight').dossier.root).toMatchObject({ withdrawalOutcome: 'declined' });
    hub.asks(returned);
    hub.quiet();
    expect(closedEverywhere(hub)).toBe('returned');
  }
});

test('a withdrawal that came too late is no bar to another one once no decision stands any more', () => {
  const hub = new World();
  hub.submit('extract');
  hub.quiet();
  hub.says('issue', complete('extract'));
  hub.asks(withdrawal);
  hub.quiet();
  expect(hub.service('oversight').dossier.root).toMatchObject({ withdrawalOutcome: 'declined' });
  expect(hub.asks(withdrawal)).toMatchObject({ code: 'WITHDRAWAL_TOO_LATE' });
  expect(hub.says('issue', { kind: 'reopen', reason: 'sai' })).toBeNull();
  hub.quiet();
  expect(hub.asks(withdrawal)).toBeNull();
  hub.quiet();
  expect(closedEverywhere(hub)).toBe('withdrawn');
});

/** Two legs are done, the second has changed a register; the first is opened again, and with that the second rests on nothing. */
function reopenedChain(): World {
  const hub = new World();
  const withRegister = (one: Procedure): Procedure => ({ ...one, legs: one.legs.map((leg) => (leg.name === 'two' ? { ...leg, register: { register: 'parcels', action: 'note' } } : leg)) });
  hub.reference = { ...hub.reference, procedure: (code, on) => { const found = referenceOfTests.procedure(code, on); return found === undefined ? undefined : withRegister(found); } };
  hub.submit('chain');
  hub.quiet();
  hub.says('one', complete());
  hub.quiet();
  hub.says('two', { ...complete(), ...registerChange });
  hub.quiet();
  hub.says('three', { kind: 'ask-supplement', documents: ['a'], ground: '1/2026/NĐ-CP', held: [] });
  hub.quiet();
  expect(hub.says('one', { kind: 'reopen', reason: 'sai' })).toBeNull();
  hub.quiet();
  expect(statuses(hub)).toMatchObject({ one: 'open 2', two: 'complete 1', three: 'open 1' });
  return hub;
}

test.each<[string, (hub: World) => void]>([
  ['withdrawn', (hub) => { expect(hub.asks(withdrawal)).toBeNull(); }],
  ['stopped', (hub) => { hub.now += 14 * 86_400_000; }],
])('%s after an earlier step was opened again: what rested on it is taken back, in its register, too, and lies on no desk', (outcome, end) => {
  const hub = reopenedChain();
  end(hub);
  hub.quiet();
  expect(statuses(hub)).toEqual({ one: 'stopped 2', two: 'revoked 1', three: 'stopped 1', four: 'stopped 1' });
  expect(closedEverywhere(hub)).toBe(outcome);
  expect([hub.service('land').registers.applied.length, hub.service('land').registers.reversed.length]).toEqual([1, 1]);
});

test('legs that stopped for a withdrawal that came too late go on, in a new round; nothing was cancelled or paid back meanwhile', () => {
  const hub = new World();
  hub.submit('twins');
  hub.quiet();
  hub.says('right', complete());
  hub.quiet();
  expect(hub.says('right-end', complete('right-paper'))).toBeNull();
  hub.asks(withdrawal);
  hub.tell('intake', 'land');
  hub.perform('land');
  expect(hub.legAt('land', 'left')).toMatchObject({ status: 'stopped', stopReason: 'withdrawn' });
  hub.quiet();
  expect(statuses(hub)).toEqual({ left: 'open 2', 'left-end': 'addressed 2', right: 'complete 1', 'right-end': 'complete 1' });
  hub.says('left', complete());
  hub.quiet();
  hub.says('left-end', complete('left-paper'));
  hub.quiet();
  hub.asks(returned);
  hub.quiet();
  expect(closedEverywhere(hub)).toBe('returned');
});

test('while a withdrawal is not decided no money moves: payments heard of it before the decision that overrules it', () => {
  const hub = land();
  hub.pays('filing-fee');
  hub.quiet();
  for (const leg of ['check', 'notice']) {
    if (leg === 'notice') { hub.says(leg, { kind: 'open-charge', code: 'income-tax', charge: 'tax', amount: 5, refundable: true, ground: '1/2026/NĐ-CP' }); hub.quiet(); hub.pays('income-tax'); hub.quiet(); }
    hub.says(leg, complete());
    hub.quiet();
  }
  hub.says('registration', { ...complete('certificate'), ...registerChange });
  hub.asks(withdrawal);
  hub.tell('intake', 'payments');
  hub.perform('payments');
  hub.quiet();
  expect(hub.service('payments').registers.refunded).toEqual([]);
  expect(statuses(hub)).toMatchObject({ registration: 'complete 1' });
  hub.asks(returned);
  hub.quiet();
  expect(closedEverywhere(hub)).toBe('returned');
});

test('a leg whose register change is announced decides first; the withdrawal then comes too late', () => {
  const hub = new World('2026-03-02T08:00+07', { slowEffects: true });
  hub.submit('terminate');
  hub.quiet();
  hub.says('termination.opinion', complete());
  hub.quiet();
  hub.says('termination', { ...complete('notice'), ...registerChange });
  hub.perform('business-registration');
  hub.asks(withdrawal);
  hub.tell('intake', 'business-registration');
  hub.perform('business-registration');
  expect(hub.legAt('business-registration', 'termination').status).toBe('deciding');
  expect(hub.says('termination', refusal)).toMatchObject({ code: 'OUT_OF_ORDER' });
  hub.quiet();
  expect(hub.service('oversight').dossier.root).toMatchObject({ withdrawalOutcome: 'declined' });
  hub.asks(returned);
  hub.quiet();
  expect(closedEverywhere(hub)).toBe('returned');
});

test('a withdrawal while the register refuses ends the leg after the refusal', () => {
  const hub = new World();
  hub.submit('terminate');
  hub.quiet();
  hub.says('termination.opinion', complete());
  hub.quiet();
  hub.service('business-registration').registers.refuses = true;
  hub.says('termination', { ...complete('notice'), ...registerChange });
  hub.asks(withdrawal);
  hub.quiet();
  expect(closedEverywhere(hub)).toBe('withdrawn');
});

test('a consultation and a supplement that a withdrawal cut short are asked again when the leg goes on', () => {
  const hub = new World();
  hub.submit('consult-twins');
  hub.quiet();
  hub.says('left', { kind: 'ask-supplement', documents: ['a'], ground: '1/2026/NĐ-CP', held: [] });
  hub.quiet();
  expect(hub.says('right', complete('right-paper'))).toBeNull();
  hub.asks(withdrawal);
  hub.tell('intake', 'land');
  hub.perform('land');
  hub.quiet();
  expect(statuses(hub)).toMatchObject({ left: 'open 2' });
  const requests = [...hub.service('land').dossier.requests.values()];
  expect(requests.filter((one) => one.plan.request === 'consultation').map((one) => one.ended?.outcome ?? 'open').sort()).toEqual(['ended', 'open']);
  expect(hub.says('left', complete())).toMatchObject({ code: 'BLOCKED' });
  expect(hub.says('left', { kind: 'ask-supplement', documents: ['a'], ground: '1/2026/NĐ-CP', held: [] })).toBeNull();
  hub.quiet();
  expect(hub.asks({ kind: 'deliver-supplement', documents: [{ document: 'a', origin: { type: 'presented' } }] })).toBeNull();
});

test('a consulted office that stopped for a withdrawal which the asker hears of only when it is declined is asked again; its silence is no consent', () => {
  const hub = new World();
  hub.submit('consult-twins');
  hub.quiet();
  hub.asks(withdrawal);
  hub.tell('intake', 'general-agency');
  hub.perform('general-agency');
  expect(hub.says('right', complete('right-paper'))).toBeNull();
  hub.tell('business-registration', 'intake');
  hub.perform('intake');
  hub.quiet();
  expect(hub.service('oversight').dossier.root).toMatchObject({ withdrawalOutcome: 'declined' });
  expect(hub.legAt('land', 'left')).toMatchObject({ status: 'open', round: 1 });
  expect(opinions(hub)).toEqual(['ended, task stopped', 'open, task open']);
  expect(hub.says('left', complete())).toMatchObject({ code: 'BLOCKED' });
  hub.now += 5 * 86_400_000;
  hub.quiet();
  expect(opinions(hub)).toEqual(['ended, task stopped', 'consent, task stopped']);
  expect(workToTheEnd(hub)).toBe('returned');
});

/** Each consultation, oldest first: how it ended, and how the task of the consulted office stands. */
function opinions(hub: World): string[] {
  const { dossier } = hub.service('land');
  return [...dossier.requests.values()].map((one) => `${one.ended?.outcome ?? 'open'}, task ${dossier.legs.get(one.task!)!.status}`);
}

test('a refusal ends the parallel branches; a dossier that was refused is not withdrawn any more', () => {
  const hub = new World();
  hub.submit('birth');
  hub.quiet();
  hub.says('register', complete('birth-certificate'));
  hub.quiet();
  expect(hub.says('insurance', { kind: 'refuse', reason: '', ground: '1/2026/NĐ-CP' })).toMatchObject({ code: 'REASON_MISSING' });
  expect(hub.says('insurance', refusal)).toBeNull();
  hub.quiet();
  expect(statuses(hub)).toEqual({ register: 'complete 1', residence: 'stopped 1', insurance: 'refused 1', support: 'stopped 1' });
  expect(hub.asks(withdrawal)).toMatchObject({ code: 'WITHDRAWAL_TOO_LATE' });
  // The certificate that was issued is returned before the dossier closes.
  expect(closedEverywhere(hub)).toBe('open');
  expect(hub.asks(returned)).toBeNull();
  hub.quiet();
  expect(closedEverywhere(hub)).toBe('refused');
  expect(kindsOf(hub.service('intake')).filter((kind) => kind === 'leg-stopped')).toHaveLength(2);
});
