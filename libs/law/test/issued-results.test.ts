/** What offices have issued counts for others as long as the decision stands, and can be shown as it was afterwards. */
import { expect, test } from 'vitest';
import { serviceOf } from '../src/context.ts';
import { issuedAt, issuedResults, reliedEvidence } from '../src/issued-results.ts';
import type { DocumentRecord } from '../src/types.ts';
import { complete } from './world/sayings.ts';
import type { LegSaying } from './world/world.ts';
import { World } from './world/world.ts';

const issued = (hub: World): string[] => issuedResults(hub.service('oversight').dossier).map(({ result }) => result.number).sort();

/** Birth chain: the certificate, and what two others issued on it. */
function birthChain(): World {
  const hub = new World();
  hub.submit('birth');
  hub.quiet();
  expect(issued(hub)).toEqual([]);
  hub.says('register', complete('birth-certificate'));
  hub.quiet();
  hub.says('residence', complete('residence-notice'));
  hub.says('insurance', complete('insurance-card'));
  hub.quiet();
  return hub;
}

test('each completed leg has issued its results; a refusal issues none', () => {
  const hub = birthChain();
  expect(issued(hub)).toEqual(['birth-certificate/01', 'insurance-card/01', 'residence-notice/01']);
  hub.says('support', { kind: 'refuse', reason: 'không đủ điều kiện', ground: '1/2026/NĐ-CP' });
  hub.quiet();
  expect(issued(hub)).toEqual(['birth-certificate/01', 'insurance-card/01', 'residence-notice/01']);
});

test('with the certificate what was issued on it falls, and comes back as it is confirmed or made anew', () => {
  const hub = birthChain();
  hub.says('support', { kind: 'ask-redo', target: hub.id('register'), reason: 'sai tên con' });
  hub.quiet();
  expect(issued(hub)).toEqual([]);
  hub.says('register', { ...complete(), results: [{ code: 'birth-certificate', number: 'new' }] });
  hub.quiet();
  expect(issued(hub)).toEqual(['new']);
  hub.says('residence', { kind: 'confirm' });
  hub.quiet();
  expect(issued(hub)).toEqual(['new', 'residence-notice/01']);
});

test('a decision that was revoked is evidence of nothing, and is still shown as it was read', () => {
  const hub = birthChain();
  const { dossier } = hub.service('oversight');
  const card = issuedResults(dossier).find(({ result }) => result.code === 'insurance-card')!;
  const of = (service: string) => (author: string): boolean => serviceOf(author) === service;
  const owner = serviceOf(card.decision.author);
  hub.says('insurance', { kind: 'revoke', reason: 'cấp sai' });
  hub.quiet();
  expect(issued(hub)).toEqual(['birth-certificate/01', 'residence-notice/01']);
  const later = hub.service('oversight').dossier;
  expect(issuedAt(later, of(owner), card.decision.seq, 0)).toEqual(card);
  expect([issuedAt(later, of(owner), card.decision.seq, 1), issuedAt(later, of(owner), 999, 0), issuedAt(later, of('nobody'), card.decision.seq, 0)]).toEqual([undefined, undefined, undefined]);
});

test('where a register has to change first, the result counts once it has', () => {
  const hub = new World('2026-03-02T08:00+07', { slowEffects: true });
  hub.submit('terminate');
  hub.quiet();
  hub.says('termination.opinion', complete());
  hub.quiet();
  expect(hub.says('termination', { ...complete('notice'), change: { part: 'change', commitment: 'x' } } as LegSaying)).toBeNull();
  const own = (): string[] => [hub.legAt('business-registration', 'termination').status, ...issuedResults(hub.service('business-registration').dossier).map(({ result }) => result.number)];
  hub.perform('business-registration');
  expect(own()).toEqual(['deciding']);
  hub.finish(0);
  expect(own()).toEqual(['complete']);
  hub.quiet();
  expect(issued(hub)).toEqual(['notice/01']);
});

test('a dossier relies on the evidence that came last for a document: at the counter for all its legs, later for the leg that attached it', () => {
  const hub = new World();
  const of = (document: string, evidenceId: string): DocumentRecord => ({ document, origin: { type: 'evidence', service: 'elsewhere', office: 'o', fact: 'f', evidenceId, readAt: 1 } });
  hub.submit('birth', { documents: [of('form', 'first')] });
  hub.quiet();
  const relied = (): string[] => reliedEvidence(hub.service('oversight').dossier).map(({ document, evidenceId, legs }) => `${document} ${evidenceId} ${legs.map((leg) => leg.plan.name).sort().join(',')}`);
  const all = [...hub.service('oversight').dossier.legs.values()].map((leg) => leg.plan.name).sort().join(',');
  expect(relied()).toEqual([`form first ${all}`]);
  expect(hub.says('register', { kind: 'attach-evidence', document: of('form', 'second') })).toBeNull();
  hub.quiet();
  expect(relied()).toEqual(['form second register']);
  expect(hub.says('register', { kind: 'attach-document', document: { document: 'form', origin: { type: 'presented' } } })).toBeNull();
  hub.quiet();
  expect(relied()).toEqual([]);
});
