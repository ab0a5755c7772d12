/** What a desk names as possible, against what is refused: on every leg of many histories, whatever state it has come to. */
import fc from 'fast-check';
import { expect, inject, test } from 'vitest';
import { resultsOf } from '../src/amended-results.ts';
import { hinders } from '../src/decide/hindrances.ts';
import type { Sayable } from '../src/decide/hindrances.ts';
import { ownBranch } from '../src/decide/branch-commands.ts';
import { decideLegCommand } from '../src/decide/leg-commands.ts';
import type { LegCommand } from '../src/decide/leg-commands.ts';
import { isRefused } from '../src/decide/outcome.ts';
import type { Leg } from '../src/dossier.ts';
import { partsAsked } from '../src/rehoming.ts';
import { reliedEvidence } from '../src/issued-results.ts';
import { workOneDay } from './world/officials.ts';
import { referenceOfTests } from './world/reference-of-tests.ts';
import { complete, refusal } from './world/sayings.ts';
import { begin, step } from './world/walk.ts';
import { at, World } from './world/world.ts';
import type { LegSaying, Service } from './world/world.ts';

const ground = '1/2026/NĐ-CP', reason = 'có lý do';
/** Some of them are working days. */
const daysAhead = [40, 41, 42, 43, 44, 45, 46];

/** Everything that could be said of a leg with each kind of command, such as nobody would refuse for what it says. */
function sayingsFor(hub: World, { dossier }: Service, leg: Leg): Readonly<Record<Sayable, readonly LegSaying[]>> {
  const legs = [...dossier.legs.values()], requests = [...dossier.requests.values()], results = leg.completion === null ? [] : resultsOf(leg.completion).map(({ result }) => result);
  const offices = referenceOfTests.offices.filter((one) => one.roles.includes(leg.plan.role)), documents = ['form', 'certificate-paper'], presented = { document: 'form', origin: { type: 'presented' } } as const;
  const amend = (amendment: 'correction' | 'reissue'): LegSaying[] => results.map(({ code, number }) => ({ kind: 'amend-result', amendment, result: code, number, newNumber: `${number}-2`, digest: '', ground, reason, inRegister: leg.plan.register !== undefined }));
  return {
    'assign': [{ kind: 'assign', officer: 'cb-1' }],
    'complete': [{ ...complete(...leg.plan.results), opinion: 'agree', ...(leg.plan.register === undefined ? {} : { change: { part: 'change', commitment: 'x' } }) }],
    'refuse': [refusal],
    'ask-redo': legs.map(({ id }) => ({ kind: 'ask-redo', target: id, reason })),
    'decline': [{ kind: 'decline', reason }],
    'reroute': offices.map(({ id }) => ({ kind: 'reroute', office: id, reason })),
    'ask-supplement': [{ kind: 'ask-supplement', documents: ['another'], ground, held: [] }],
    'consult': [{ kind: 'consult', office: 'tax', question: '?', limit: '1wd', silence: 'none' }],
    'waive-opinion': requests.map(({ id }) => ({ kind: 'waive-opinion', opinion: id, reason })),
    'open-charge': [{ kind: 'open-charge', code: 'x', charge: 'fee', amount: 1, refundable: false, ground }],
    'attach-document': [{ kind: 'attach-document', document: presented }],
    'attach-evidence': [{ kind: 'attach-evidence', document: { document: 'form', origin: { type: 'evidence', service: 'land', office: 'land-hoi-an', evidenceId: 'x', fact: 'x', readAt: hub.now } } }],
    'extend': daysAhead.map((days) => ({ kind: 'extend', dueAt: Math.max(hub.now, dossier.root?.clock ?? 0, leg.takenOver?.dueAt ?? 0) + days * 24 * 3_600_000, ground })),
    'stop': [{ kind: 'stop', ground }],
    'insert': [hub.insertion('inserted', 'tax')],
    'skip': ownBranch(dossier, leg).map(({ id }) => ({ kind: 'skip', legs: [id], ground })),
    'tell-part': partsAsked(dossier, leg, hub.context(hub.service('intake'))).map(({ id }) => ({ kind: 'tell-part', part: id })),
    'resolve-register': [{ kind: 'resolve-register', outcome: 'retry', ground, reason }],
    'confirm': [{ kind: 'confirm' }, ...reliedEvidence(dossier).map(({ evidenceId }): LegSaying => ({ kind: 'confirm', despite: [evidenceId], ground, reason }))],
    'revoke': [{ kind: 'revoke', reason, ground }],
    'revoke-result': results.map(({ code, number }) => ({ kind: 'revoke-result', result: code, number, ground, reason })),
    'correct-result': amend('correction'), 'reissue-result': amend('reissue'),
    'reopen': [{ kind: 'reopen', reason }],
    'start-posting': [{ kind: 'start-posting', span: '1wd', ground, place: 'trụ sở' }],
    'start-wait': [{ kind: 'start-wait', wait: 'consent', ground, limit: '' }],
    'end-wait': [{ kind: 'end-wait', wait: '', outcome: 'agree' }],
    'send-originals': documents.flatMap((document) => referenceOfTests.offices.map(({ id }): LegSaying => ({ kind: 'send-originals', to: id, documents: [document] }))),
    'confirm-consignment': [...dossier.consignments.values()].map(({ id }) => ({ kind: 'confirm-consignment', consignment: id, received: [] })),
  };
}

/** Every command that is refused although it is named, or done although it is not. */
function differences(hub: World, service: Service, leg: Leg): string[] {
  const context = hub.context(service), by = { office: leg.office, officer: 'Bình' }, { dossier } = service;
  return Object.entries(sayingsFor(hub, service, leg)).flatMap(([what, sayings]) => {
    const hindered = hinders(what as Sayable, by.office, dossier, leg, context)?.code ?? null;
    const refusals = sayings.map((saying) => decideLegCommand({ ...saying, leg: leg.id, by, request: 'r' } as LegCommand, dossier, context)).map((one) => (isRefused(one) ? one.refusal.code : null));
    const may = refusals.includes(null);
    return may === (hindered === null) ? [] : [`${leg.plan.name} ${leg.status}: ${what} is ${hindered ?? 'named'}, and ${may ? 'done' : `refused: ${refusals.join(', ') || 'nothing to say'}`}`];
  });
}

const n = fc.nat({ max: 1_000_000 });
const beginnings = fc.record({ procedure: n, place: n, way: n, slow: fc.boolean(), rehearsal: fc.boolean(), days: fc.nat({ max: 3 }) });
const steps = fc.array(fc.record({ what: n, a: n, b: n, c: n }), { minLength: 5, maxLength: 120, size: 'max' });
/** Each up to 120 steps. */
const numRuns = 80 * inject('size');
const slowHistoryMs = 800;

test('a desk names what the law admits and nothing else, in whatever state the legs are', { timeout: numRuns * slowHistoryMs }, () => {
  fc.assert(fc.property(beginnings, steps, (beginning, history) => {
    const hub = begin(beginning);
    for (let day = 0; day < beginning.days; day++) workOneDay(hub);
    for (const one of history) {
      step(hub, one);
      for (const service of hub.participants) for (const leg of service.dossier.legs.values()) expect(differences(hub, service, leg)).toEqual([]);
    }
  }), { numRuns });
});

/** What the office of a leg may say of it. */
function named(hub: World, leg: string): Sayable[] {
  const service = hub.holderOf(leg), here = hub.legAt(service.name, leg);
  expect(differences(hub, service, here)).toEqual([]);
  return (Object.keys(sayingsFor(hub, service, here)) as Sayable[]).filter((what) => hinders(what, here.office, service.dossier, here, hub.context(service)) === null);
}

test('while an opinion is open nothing is completed; once it is overdue the asker may go on without it', () => {
  const hub = new World('2026-03-02T08:00+07');
  hub.submit('extract');
  hub.quiet();
  expect(named(hub, 'issue')).toContain('complete');
  hub.says('issue', { kind: 'consult', office: 'tax', question: '?', limit: '2wd', silence: 'none' });
  hub.quiet();
  expect(named(hub, 'issue')).not.toContain('complete');
  expect(named(hub, 'issue')).not.toContain('waive-opinion');
  hub.now = at('2026-03-04T08:10+07');
  hub.quiet();
  expect(named(hub, 'issue')).toContain('waive-opinion');
});

test('while the citizen supplements, nothing is refused or stopped; while a charge is unpaid, nothing is completed', () => {
  const hub = new World('2026-03-02T08:00+07');
  hub.submit('extract');
  hub.quiet();
  hub.says('issue', { kind: 'open-charge', code: 'x', charge: 'fee', amount: 1, refundable: false, ground });
  hub.quiet();
  expect(named(hub, 'issue').filter((what) => what === 'complete' || what === 'refuse' || what === 'stop')).toEqual(['refuse', 'stop']);
  hub.says('issue', { kind: 'ask-supplement', documents: ['a'], ground, held: [] });
  hub.quiet();
  expect(named(hub, 'issue').filter((what) => what === 'complete' || what === 'refuse' || what === 'stop' || what === 'ask-supplement')).toEqual([]);
  expect(hub.says('issue', { kind: 'stop', ground })).toMatchObject({ code: 'BLOCKED', meta: { blockedBy: 'supplement' } });
});

test('what an approval may not go against is refused, not completed', () => {
  const hub = new World('2026-03-02T08:00+07');
  hub.submit('terminate');
  hub.quiet();
  hub.says('termination.opinion', { kind: 'complete', results: [], opinion: 'disagree' });
  hub.quiet();
  expect(named(hub, 'termination').filter((what) => what === 'complete' || what === 'refuse' || what === 'consult')).toEqual(['refuse', 'consult']);
});

test('one of several results is taken back; what a register cannot put back is a person\'s', () => {
  const hub = new World('2026-03-02T08:00+07');
  hub.submit('extract');
  hub.quiet();
  hub.says('issue', { kind: 'complete', results: ['1', '2'].map((number) => ({ code: 'extract', number })) });
  hub.quiet();
  expect(named(hub, 'issue')).toContain('revoke-result');
  const business = new World('2026-03-02T08:00+07');
  business.submit('terminate');
  business.quiet();
  business.says('termination.opinion', complete());
  business.quiet();
  business.says('termination', { ...complete('notice'), change: { part: 'change', commitment: 'x' } });
  business.quiet();
  business.service('business-registration').registers.builtOn = true;
  expect(named(business, 'termination')).not.toContain('resolve-register');
  business.says('termination', { kind: 'revoke', reason, ground });
  business.quiet();
  expect(named(business, 'termination')).toContain('resolve-register');
});

test('in which part of a split area a dossier lies is asked where nothing tells it', () => {
  const hub = new World('2025-06-30T08:00+07');
  hub.submit('chain', { areas: { subject: 'hoa-lien@old' } });
  hub.quiet();
  expect(named(hub, 'one')).not.toContain('tell-part');
  hub.now = at('2025-07-01T08:00+07');
  expect(named(hub, 'one')).toContain('tell-part');
});
