/** The applicant chooses the rules of today for a dossier that was received under older ones. */
import { describe, expect, test } from 'vitest';
import type { LegTemplate, Procedure, Reference, Transition } from '../src/types.ts';
import { dossierDue, legDue } from '../src/limits.ts';
import { resultName, rulesOfLeg } from '../src/pinned-rules.ts';
import { printInstant } from '../src/time/index.ts';
import { transitionOn } from '../src/transition.ts';
import { dump } from './world/dump.ts';
import { workToTheEnd } from './world/officials.ts';
import { referenceOfTests } from './world/reference-of-tests.ts';
import { closedEverywhere, complete, kindsOf, refusal, returned, withdrawal } from './world/sayings.ts';
import type { RootSaying } from './world/world.ts';
import { at, World } from './world/world.ts';

const monday = '2026-03-02T08:00+07', changed = '2026-03-04';
const mayChoose: Transition = { id: 'choice', choice: true, validFrom: changed, validTo: null, source: { act: 'nghị định thử, Điều 18', status: 'read' } };
const everyDoor = (limit: string): Procedure['limit'] => ({ counter: limit, online: limit, post: limit });
const choose: RootSaying = { kind: 'adopt-rules', documents: [] };
const short = (instant: number | null): string => (instant === null ? 'stands' : printInstant(instant).slice(0, 16));
const text = (vi: string) => ({ vi, en: vi });

/** The reference data after a procedure has changed. */
function since(code: string, change: (old: Procedure) => Partial<Procedure>, transitions: readonly Transition[] = [mayChoose]): Reference {
  const old = referenceOfTests.procedure(code, changed)!, version: Procedure = { ...old, validFrom: changed, ...change(old) };
  return { ...referenceOfTests, digest: `changed ${code}`, transitions, procedure: (asked, on) => (asked === code && on >= changed ? version : referenceOfTests.procedure(asked, on)) };
}
const legsWith = (old: Procedure, change: (leg: LegTemplate) => Partial<LegTemplate>): LegTemplate[] => old.legs.map((leg) => ({ ...leg, ...change(leg) }));

function submitted(code: string, reference: Reference, more: Parameters<World['submit']>[1] = {}): World {
  const hub = new World(monday);
  hub.reference = reference;
  hub.submit(code, more);
  hub.quiet();
  return hub;
}
const wholeDue = (hub: World): string => { const service = hub.service('oversight'); return short(dossierDue(service.dossier, hub.context(service)).due); };
const dueOf = (hub: World, leg: string): string => { const service = hub.service('oversight'); return short(legDue(service.dossier, hub.legAt('oversight', leg), hub.context(service)).due); };
const adopted = (hub: World, kind = 'leg-rules-adopted'): number => kindsOf(hub.service('oversight')).filter((one) => one === kind).length;

const shorter = since('chain', (old) => ({ limit: everyDoor('6wd'), legs: legsWith(old, () => ({ limit: '2wd' })), legalBasis: ['luật mới'] }));

describe('a shorter limit', () => {
  test('counts from the receipt, for the leg that is open and for those to come; what is decided stays as it was decided', () => {
    const hub = submitted('chain', shorter);
    hub.now = at('2026-03-04T08:00+07');
    expect(hub.says('one', complete())).toBeNull();
    hub.quiet();
    expect([wholeDue(hub), dueOf(hub, 'two')]).toEqual(['2026-03-16T08:00', '2026-03-09T08:00']);
    expect(hub.asks(choose)).toBeNull();
    hub.quiet();
    expect([wholeDue(hub), dueOf(hub, 'two'), dueOf(hub, 'one')]).toEqual(['2026-03-10T08:00', '2026-03-06T08:00', '2026-03-05T08:00']);
    expect([hub.legAt('oversight', 'one').plan.limit, hub.legAt('oversight', 'two').plan.limit, adopted(hub)]).toEqual(['3wd', '2wd', 3]);
    hub.says('two', complete());
    hub.quiet();
    expect(dueOf(hub, 'three')).toBe('2026-03-06T08:00');
    const { rules, body, limit } = hub.service('oversight').dossier.root!;
    expect([rules.limit, rules.legalBasis, rules.rules, body.limit, body.legalBasis, short(limit.startsAt)]).toEqual(['6wd', ['luật mới'], 'changed chain', '10wd', ['luật thử'], '2026-03-02T08:00']);
    expect(workToTheEnd(hub)).toBe('returned');
  });

  test('makes nobody late that is in time: then the old one stays, of the whole and of a leg', () => {
    const hub = submitted('chain', since('chain', (old) => ({ limit: everyDoor('1wd'), legs: legsWith(old, () => ({ limit: '1wd' })), legalBasis: ['luật mới'] })));
    hub.now = at('2026-03-04T09:00+07');
    expect(hub.asks(choose)).toBeNull();
    hub.quiet();
    expect([wholeDue(hub), dueOf(hub, 'one'), hub.legAt('oversight', 'two').plan.limit, hub.service('oversight').dossier.root!.rules.legalBasis]).toEqual(['2026-03-16T08:00', '2026-03-05T08:00', '1wd', ['luật mới']]);
    expect(hub.asks(choose)).toMatchObject({ code: 'RULES_CURRENT' });
  });

  test.each([['not at all where the clock runs as before', {}, true], ['once where it does not', { counting: 'first-day-excluded' }, false]] as const)('is taken up by an opinion that is asked for after it %s; it counts in hours either way', (_how, clock, isNull) => {
    const hub = new World(monday);
    hub.reference = since('terminate', () => ({ limit: everyDoor('2wd'), legalBasis: ['luật mới'], ...clock }));
    hub.submit('terminate');
    hub.now = at('2026-03-04T08:00+07');
    expect(hub.asks(choose)).toBeNull();
    hub.quiet();
    const opinion = hub.legAt('oversight', 'termination.opinion');
    expect([opinion.adopted === null, rulesOfLeg(hub.service('oversight').dossier.root!, opinion).counting]).toEqual([isNull, 'elapsed']);
  });

  test('does not move a date that an officer or an apology has set', () => {
    const hub = submitted('chain', shorter);
    hub.now = at('2026-03-04T08:00+07');
    expect(hub.says('one', { kind: 'extend', dueAt: at('2026-03-12T08:00+07'), ground: '1/2026/NĐ-CP' })).toBeNull();
    expect(hub.asks({ kind: 'apologise', newDueAt: at('2026-03-25T08:00+07'), reason: 'x' })).toBeNull();
    hub.quiet();
    expect(hub.asks(choose)).toBeNull();
    hub.quiet();
    expect([wholeDue(hub), dueOf(hub, 'one')]).toEqual(['2026-03-25T08:00', '2026-03-12T08:00']);
  });

  test('goes on after what has suspended it', () => {
    const hub = submitted('allowance', since('allowance', (old) => ({ limit: everyDoor('5wd'), legs: legsWith(old, () => ({ limit: '2wd' })) })));
    hub.now = at('2026-03-04T08:15+07');
    hub.quiet();
    expect(wholeDue(hub)).toBe('2026-03-18T08:00');
    expect(hub.asks(choose)).toBeNull();
    hub.quiet();
    expect([wholeDue(hub), dueOf(hub, 'verification')]).toEqual(['2026-03-11T08:00', '2026-03-06T08:00']);
  });
});

test('how days are counted changes for what is open and not for what is decided', () => {
  const hub = submitted('chain', since('chain', () => ({ counting: 'first-day-excluded', handOver: false })));
  hub.now = at('2026-03-03T08:00+07');
  hub.says('one', complete());
  hub.quiet();
  hub.now = at('2026-03-04T08:00+07');
  expect(hub.asks(choose)).toBeNull();
  hub.quiet();
  expect([wholeDue(hub), dueOf(hub, 'two'), dueOf(hub, 'one')]).toEqual(['2026-03-16T17:00', '2026-03-06T17:00', '2026-03-05T08:00']);
  const { root } = hub.service('oversight').dossier;
  expect(['one', 'two', 'four'].map((leg) => rulesOfLeg(root!, hub.legAt('oversight', leg)).counting)).toEqual(['elapsed', 'first-day-excluded', 'first-day-excluded']);
});

test('a decision that was on its way stands; done anew it is done under the new rules', () => {
  const hub = submitted('chain', shorter);
  hub.now = at('2026-03-04T08:00+07');
  expect([hub.asks(choose), hub.says('one', complete())]).toEqual([null, null]);
  hub.quiet();
  expect([hub.legAt('oversight', 'one').plan.limit, hub.legAt('oversight', 'one').status]).toEqual(['3wd', 'complete']);
  expect(hub.says('two', { kind: 'ask-redo', target: hub.id('one'), reason: 'sai' })).toBeNull();
  hub.quiet();
  expect([hub.legAt('oversight', 'one').plan.limit, dueOf(hub, 'one')]).toEqual(['2wd', '2026-03-06T08:00']);
  expect(workToTheEnd(hub)).toBe('returned');
});

describe('a leg whose clock goes on', () => {
  const hasty = since('chain', (old) => ({ limit: everyDoor('12wd'), legs: legsWith(old, () => ({ limit: '1wd' })) }));
  const atTheSecond = (): World => {
    const hub = submitted('chain', hasty);
    expect(hub.says('one', complete())).toBeNull();
    hub.quiet();
    hub.now = at('2026-03-04T09:00+07');
    return hub;
  };

  test('at another office is not late there by the choice: its old limit stays', () => {
    const hub = atTheSecond();
    expect(hub.says('two', { kind: 'reroute', office: 'land-branch-2', reason: 'đúng địa bàn' })).toBeNull();
    hub.tell('land', 'intake');
    expect(hub.asks(choose)).toBeNull();
    hub.tell('intake', 'land');
    hub.quiet();
    expect([hub.legAt('oversight', 'two').office, hub.legAt('oversight', 'two').plan.limit, dueOf(hub, 'two'), hub.legAt('oversight', 'three').plan.limit]).toEqual(['land-branch-2', '3wd', '2026-03-05T08:00', '1wd']);
    expect(workToTheEnd(hub)).toBe('returned');
  });

  test('done anew it is done under the new rules, also where it had kept its old limit', () => {
    const hub = atTheSecond();
    expect(hub.asks(choose)).toBeNull();
    hub.quiet();
    expect([hub.legAt('oversight', 'two').plan.limit, dueOf(hub, 'two')]).toEqual(['3wd', '2026-03-05T08:00']);
    expect([hub.says('two', complete()), hub.says('two', { kind: 'reopen', reason: 'làm lại' })]).toEqual([null, null]);
    hub.quiet();
    expect([hub.legAt('oversight', 'two').round, hub.legAt('oversight', 'two').plan.limit, dueOf(hub, 'two')]).toEqual([2, '1wd', '2026-03-05T09:00']);
    expect(workToTheEnd(hub)).toBe('returned');
  });

  test('and is late already is not made later, and neither is the dossier', () => {
    const hub = submitted('chain', since('chain', (old) => ({ limit: everyDoor('1wd'), legs: legsWith(old, () => ({ limit: '1wd' })) })));
    hub.now = at('2026-04-01T09:00+07');
    expect(hub.asks(choose)).toBeNull();
    hub.quiet();
    expect([wholeDue(hub), dueOf(hub, 'one'), hub.legAt('oversight', 'two').plan.limit]).toEqual(['2026-03-16T08:00', '2026-03-05T08:00', '1wd']);
  });

  test('and is late already may be less late', () => {
    const hub = submitted('chain', since('chain', (old) => ({ limit: everyDoor('12wd'), legs: legsWith(old, () => ({ limit: '4wd' })) })));
    hub.now = at('2026-04-01T09:00+07');
    expect(hub.asks(choose)).toBeNull();
    hub.quiet();
    expect([wholeDue(hub), dueOf(hub, 'one')]).toEqual(['2026-03-18T08:00', '2026-03-06T08:00']);
  });
});

test('a receipt by the competent office counts by the new hand-over, for the dossier as for its first leg', () => {
  const hub = new World('2026-03-02T15:30+07');
  hub.reference = since('chain', () => ({ handOver: false }));
  hub.submit('chain', { by: { office: 'counter-tra-my', officer: 'An' } });
  hub.quiet();
  expect([hub.service('oversight').dossier.root!.body.clock, wholeDue(hub), dueOf(hub, 'one')]).toEqual(['competent-office', '2026-03-16T17:00', '2026-03-05T17:00']);
  hub.now = at('2026-03-04T08:00+07');
  expect(hub.asks(choose)).toBeNull();
  hub.quiet();
  expect([wholeDue(hub), dueOf(hub, 'one')]).toEqual(['2026-03-16T15:30', '2026-03-05T15:30']);
});

test('what a leg put into a register under the old rules is put right there before it works without it', () => {
  const hub = submitted('terminate', since('terminate', (old) => ({ legs: old.legs.map(({ register: _none, ...leg }) => leg) })));
  const leg = (): ReturnType<World['legAt']> => hub.legAt('business-registration', 'termination');
  hub.says('termination.opinion', complete());
  hub.quiet();
  expect(hub.says('termination', { ...complete('notice'), change: { part: 'change', commitment: 'x' } })).toBeNull();
  hub.tell('business-registration', 'intake');
  hub.perform('business-registration');
  hub.service('business-registration').registers.builtOn = true;
  expect([leg().status, leg().applied !== null, hub.says('termination', { kind: 'reopen', reason: 'làm lại' })]).toEqual(['complete', true, null]);
  hub.quiet();
  hub.now = at('2026-03-04T08:00+07');
  expect(hub.asks(choose)).toBeNull();
  hub.quiet();
  expect([leg().status, leg().applied !== null, leg().plan.register?.action]).toEqual(['open', true, 'terminate']);
  hub.service('business-registration').registers.builtOn = false;
  expect(workToTheEnd(hub)).toBe('returned');
  expect([leg().applied, leg().plan.register]).toEqual([null, undefined]);
});

test('a choice that was lost with its store is none: the leg that had taken it up goes back to the rules of the receipt', () => {
  const hub = submitted('chain', shorter);
  hub.now = at('2026-03-03T08:00+07');
  hub.reference = { ...shorter, transitions: [{ ...mayChoose, validFrom: '2020-01-01' }], procedure: (asked) => shorter.procedure(asked, changed) };
  expect(hub.asks(choose)).toBeNull();
  hub.tell('intake', 'general-agency');
  hub.perform('general-agency');
  expect([hub.legAt('general-agency', 'one').plan.limit, hub.legAt('general-agency', 'one').adopted === null]).toEqual(['2wd', false]);
  hub.lose('intake', ['oversight']);
  hub.quiet();
  const { root } = hub.service('oversight').dossier;
  expect([root!.adoption, root!.rules.limit, hub.legAt('oversight', 'one').plan.limit, dueOf(hub, 'one')]).toEqual([null, '10wd', '3wd', '2026-03-05T08:00']);
  expect(hub.asks(choose)).toBeNull();
  hub.quiet();
  expect(hub.legAt('oversight', 'one').plan.limit).toBe('2wd');
  expect(workToTheEnd(hub)).toBe('returned');
});

test('once the deciding leg is done the rest of the chain may still go on under the new rules', () => {
  const hub = submitted('birth', since('birth', (old) => ({ legs: legsWith(old, () => ({ limit: '5wd' })) })));
  hub.now = at('2026-03-04T08:00+07');
  hub.says('register', complete('birth-certificate'));
  hub.quiet();
  expect(hub.asks(choose)).toBeNull();
  hub.quiet();
  expect(['register', 'residence', 'insurance', 'support'].map((leg) => hub.legAt('oversight', leg).plan.limit)).toEqual(['3wd', '5wd', '5wd', '5wd']);
  expect(workToTheEnd(hub)).toBe('returned');
});

test('a result that an earlier version named keeps its name', () => {
  const hub = submitted('birth', since('birth', (old) => ({ results: old.results.map((one) => (one.code === 'birth-certificate' ? { code: 'extract', name: text('Trích lục') } : one)), legs: legsWith(old, (leg) => (leg.name === 'register' ? { results: ['extract'] } : {})) })));
  hub.now = at('2026-03-04T08:00+07');
  hub.says('register', complete('birth-certificate'));
  hub.quiet();
  expect(hub.asks(choose)).toBeNull();
  hub.quiet();
  expect(['birth-certificate', 'extract', 'support-decision', 'strange'].map((code) => resultName(hub.service('oversight').dossier, code)?.vi)).toEqual(['birth-certificate', 'Trích lục', 'support-decision', undefined]);
});

test('what the new rules ask of a leg holds for one that is open', () => {
  const charge = { code: 'new-fee', name: text('Phí mới'), kind: 'fee' } as const, hub = submitted('extract', since('extract', (old) => ({ legs: legsWith(old, () => ({ charge, results: ['extract', 'notice'] })), results: [...old.results, { code: 'notice', name: text('Thông báo') }] })));
  hub.now = at('2026-03-04T08:00+07');
  expect(hub.asks(choose)).toBeNull();
  hub.quiet();
  expect(hub.says('issue', complete('extract', 'notice'))).toMatchObject({ code: 'CHARGE_MISSING' });
});

test('an opinion that was asked for is not asked for again because another act requires it now', () => {
  const hub = submitted('terminate', since('terminate', (old) => ({ legs: legsWith(old, () => ({ source: { act: 'luật mới', status: 'read' as const } })) })));
  hub.now = at('2026-03-04T07:45+07');
  expect(hub.asks(choose)).toBeNull();
  hub.quiet();
  expect([hub.service('oversight').dossier.requests.size, hub.service('oversight').dossier.root!.rules.rules]).toEqual([1, 'changed terminate']);
});

test('an opinion that only the new rules require is asked, one that was asked for stays, whatever their order', () => {
  const police = { role: 'residence', locality: 'subject', limit: '2wd', silence: 'consent', title: text('Ý kiến công an') } as const;
  const hub = submitted('terminate', since('terminate', (old) => ({ legs: legsWith(old, (leg) => ({ consults: [police, ...leg.consults!] })) })));
  hub.now = at('2026-03-04T07:45+07');
  const asked = (): (string | undefined)[] => { const { legs, requests } = hub.service('oversight').dossier; return [...requests.values()].map((one) => legs.get(one.task!)?.plan.role); };
  expect(asked()).toEqual(['tax']);
  expect(hub.asks(choose)).toBeNull();
  hub.quiet();
  expect(asked()).toEqual(['tax', 'residence']);
  expect([hub.asks(choose)?.code, adopted(hub)]).toEqual(['RULES_CURRENT', 1]);
  expect(workToTheEnd(hub)).toBe('returned');
});

describe('fees for the result', () => {
  const cheaper = since('permit', (old) => ({ fees: [{ ...old.fees[0]!, amount: { counter: 10_000, online: 5_000, post: 10_000 } }] }));
  const amounts = (hub: World): number[] => [...hub.service('oversight').dossier.charges.values()].map((one) => one.plan.amount);

  test('are those of the new rules', () => {
    const hub = submitted('permit', cheaper);
    hub.now = at('2026-03-04T08:00+07');
    expect(hub.asks(choose)).toBeNull();
    hub.quiet();
    hub.says('permit', complete('permit'));
    hub.quiet();
    expect(amounts(hub)).toEqual([10_000]);
  });

  test('once there is a result it is too late', () => {
    const hub = submitted('permit', cheaper);
    hub.now = at('2026-03-04T08:00+07');
    hub.says('permit', complete('permit'));
    hub.quiet();
    expect([hub.asks(choose), amounts(hub)]).toMatchObject([{ code: 'RULES_TOO_LATE' }, [75_000]]);
  });
});

describe('documents', () => {
  const asking = since('extract', (old) => ({ documents: [...old.documents, { code: 'new-paper', name: text('Giấy mới'), originals: 1, copies: 0 }] }));
  const paper = { document: 'new-paper', origin: { type: 'presented' } } as const;

  test('that the new rules require are given with the choice', () => {
    const hub = submitted('extract', asking);
    hub.now = at('2026-03-04T08:00+07');
    expect(hub.asks(choose)).toMatchObject({ code: 'DOCUMENT_MISSING', field: 'documents', meta: { documents: 'new-paper (Giấy mới)' } });
    expect(hub.asks({ kind: 'adopt-rules', documents: [{ document: 'strange', origin: { type: 'presented' } }] })).toMatchObject({ code: 'DOCUMENT_UNKNOWN' });
    expect(hub.asks({ kind: 'adopt-rules', documents: [paper] })).toBeNull();
    hub.quiet();
    expect(hub.service('general-agency').dossier.root!.documents.map((one) => one.document)).toEqual(['form', 'new-paper']);
  });

  test('that came since are not asked for again', () => {
    const hub = submitted('extract', asking);
    hub.now = at('2026-03-04T08:00+07');
    expect(hub.says('issue', { kind: 'attach-document', document: paper })).toBeNull();
    hub.quiet();
    expect(hub.asks(choose)).toBeNull();
  });
});

test('each change may be chosen once, and a later one again', () => {
  const hub = submitted('chain', shorter);
  hub.now = at('2026-03-04T08:00+07');
  expect([hub.asks(choose), hub.asks(choose)]).toMatchObject([null, { code: 'RULES_CURRENT', meta: { date: changed } }]);
  hub.reference = since('chain', (old) => ({ limit: everyDoor('8wd'), legs: legsWith(old, () => ({ limit: '2wd' })) }));
  expect([hub.asks(choose), hub.asks(choose)]).toMatchObject([null, { code: 'RULES_CURRENT' }]);
  hub.quiet();
  expect([wholeDue(hub), adopted(hub, 'rules-adopted')]).toEqual(['2026-03-12T08:00', 2]);
});

test('who lost a store takes up the choice that others have kept', () => {
  const hub = submitted('chain', shorter);
  hub.now = at('2026-03-04T07:45+07');
  hub.asks(choose);
  hub.tell('intake', 'oversight');
  hub.lose('general-agency', ['intake', 'oversight']);
  hub.quiet();
  expect([hub.legAt('general-agency', 'one').plan.limit, dueOf(hub, 'one'), dump(hub.service('intake').dossier) === dump(hub.service('general-agency').dossier)]).toEqual(['2wd', '2026-03-04T08:00', true]);
  expect(workToTheEnd(hub)).toBe('returned');
});

describe('a dossier stays under the rules of its receipt', () => {
  type Row = readonly [what: string, reference: Reference, code: string, before: (hub: World) => void, refused: string];
  const nothing = (): void => {};
  const forbids: Transition = { ...mayChoose, id: 'stays', choice: false, procedures: ['chain'] };
  const route = (change: (legs: readonly LegTemplate[]) => readonly LegTemplate[]): Reference => since('chain', (old) => ({ legs: change(old.legs) }));
  const rows: readonly Row[] = [
    ['where nothing has changed', { ...referenceOfTests, transitions: [mayChoose] }, 'chain', nothing, 'RULES_CURRENT'],
    ['where no provision leaves a choice', since('chain', () => ({ limit: everyDoor('6wd') }), []), 'chain', nothing, 'RULES_PINNED'],
    ['where the provision is not in force yet', since('chain', () => ({ limit: everyDoor('6wd') }), [{ ...mayChoose, validFrom: '2026-04-01' }]), 'chain', nothing, 'RULES_PINNED'],
    ['where one for its procedure says so', since('chain', () => ({ limit: everyDoor('6wd') }), [mayChoose, forbids]), 'chain', nothing, 'RULES_PINNED'],
    ['where the procedure has ended', { ...shorter, procedure: (asked, on) => (on >= changed ? undefined : referenceOfTests.procedure(asked, on)) }, 'chain', nothing, 'UNKNOWN_PROCEDURE'],
    ['where its case is none any more', since('chain', () => ({ cases: ['new'] })), 'chain', nothing, 'UNKNOWN_CASE'],
    ['where a leg is new', route((legs) => [...legs, { ...legs[0]!, name: 'five', after: ['four'] }]), 'chain', nothing, 'RULES_ROUTE_DIFFERS'],
    ['where a leg is gone', route((legs) => legs.slice(0, 3)), 'chain', nothing, 'RULES_ROUTE_DIFFERS'],
    ['where another role acts', route((legs) => legs.map((leg) => (leg.name === 'three' ? { ...leg, role: 'land' } : leg))), 'chain', nothing, 'RULES_ROUTE_DIFFERS'],
    ['where the order is another', route((legs) => legs.map((leg) => (leg.name === 'three' ? { ...leg, after: ['one'] } : leg))), 'chain', nothing, 'RULES_ROUTE_DIFFERS'],
    ['once it is being withdrawn', shorter, 'chain', (hub) => { hub.asks(withdrawal); }, 'WITHDRAWAL_PENDING'],
    ['once it is withdrawn', shorter, 'chain', (hub) => { hub.asks(withdrawal); hub.quiet(); }, 'CLOSED'],
    ['once it is refused', shorter, 'chain', (hub) => { hub.says('one', refusal); hub.tell('general-agency', 'intake'); }, 'RULES_TOO_LATE'],
    ['once it is closed', since('extract', () => ({ limit: everyDoor('6wd') })), 'extract', (hub) => { hub.says('issue', complete('extract')); hub.quiet(); hub.asks(returned); hub.quiet(); }, 'CLOSED'],
  ];
  test.each(rows)('%s', (_what, reference, code, before, refused) => {
    const hub = submitted(code, reference);
    hub.now = at('2026-03-04T08:00+07');
    before(hub);
    const entries = hub.service('intake').copy.entries.length;
    expect([hub.asks(choose)?.code, hub.service('intake').copy.entries.length]).toEqual([refused, entries]);
  });

  test('and only a counter may say what the applicant has chosen', () => {
    const hub = submitted('chain', shorter);
    hub.now = at('2026-03-04T08:00+07');
    expect(hub.asks(choose, 'tax')).toMatchObject({ code: 'NOT_A_COUNTER' });
  });
});

test('of provisions the one that names the procedure goes first, each in its time', () => {
  const named: Transition = { ...mayChoose, id: 'named', procedures: ['a'], choice: false, validTo: '2026-12-31' };
  expect([transitionOn('a', changed, [mayChoose, named])?.id, transitionOn('b', changed, [named, mayChoose])?.id, transitionOn('a', '2027-01-01', [named, mayChoose])?.id, transitionOn('a', '2026-03-03', [named, mayChoose])]).toEqual(['named', 'choice', 'choice', undefined]);
});

test('closes as any other', () => {
  const hub = submitted('chain', shorter);
  hub.now = at('2026-03-04T08:00+07');
  hub.asks(choose);
  hub.quiet();
  expect([workToTheEnd(hub), closedEverywhere(hub)]).toEqual(['returned', 'returned']);
});
