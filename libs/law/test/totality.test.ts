import fc from 'fast-check';
import { expect, inject, test } from 'vitest';
import type { EntryKind } from '../src/types.ts';
import { decideLegCommand } from '../src/decide/leg-commands.ts';
import type { LegCommand } from '../src/decide/leg-commands.ts';
import type { LawEntry } from '../src/dossier.ts';
import { duties, participants, wakeAt } from '../src/duties.ts';
import { fold } from '../src/fold.ts';
import { closable, readyToClose } from '../src/closing.ts';
import { resultsToSend, successors } from '../src/itinerary.ts';
import { ownBranch } from '../src/decide/leg-commands.ts';
import { legDue } from '../src/limits.ts';
import { track } from '../src/tracking.ts';
import { wellFormed } from '../src/well-formed.ts';
import { authorOf, services, World } from './world/world.ts';
import type { Service } from './world/world.ts';
import { complete } from './world/sayings.ts';
import { dump } from './world/dump.ts';
import { workOneDay } from './world/officials.ts';

/** A dossier in the middle of its life, with a bit of everything. */
function busy(procedure: string, rehearsal: boolean): World {
  const hub = new World();
  hub.submit(procedure, { return: { way: 'post', office: 'counter-hoi-an' }, rehearsal: rehearsal ? hub.now : null });
  for (let day = 0; day < 2; day++) workOneDay(hub);
  return hub;
}

/** Asks the law everything that can be asked of a state. */
function askEverything(hub: World, service: Service): void {
  const { dossier } = service, context = hub.context(service);
  expect(duties(dossier, context).length).toBeLessThan(500);
  participants(dossier, ['oversight']);
  wakeAt(dossier, context);
  readyToClose(dossier);
  closable(dossier);
  resultsToSend(dossier);
  if (dossier.root !== null) track(dossier, context);
  for (const leg of dossier.legs.values()) {
    successors(dossier, leg);
    ownBranch(dossier, leg);
    if (dossier.root !== null) legDue(dossier, leg, context);
    for (const saying of [complete(...leg.plan.results), { kind: 'confirm' }, { kind: 'ask-redo', target: leg.id, reason: 'x' }, { kind: 'skip', legs: [leg.id], ground: '1/2026/NĐ-CP' }]) decideLegCommand({ ...saying, leg: leg.id, by: { office: leg.office, officer: '' }, request: '' } as LegCommand, dossier, context);
  }
}

const strange = fc.oneof({ weight: 3, arbitrary: fc.anything() }, { weight: 1, arbitrary: fc.constantFrom(null, undefined, '', -1, 1.5, NaN, 1e18, [], {}, '\u0000', '__proto__') });

/** A body with one thing in it replaced. */
const mutated = (body: unknown): fc.Arbitrary<unknown> => fc.tuple(fc.nat(), strange).map(([n, value]) => {
  const copy: unknown = structuredClone(body);
  const places: { readonly at: Record<string, unknown>; readonly key: string }[] = [];
  const visit = (one: unknown): void => {
    if (typeof one !== 'object' || one === null) return;
    for (const key of Object.keys(one)) { places.push({ at: one as Record<string, unknown>, key }); visit((one as Record<string, unknown>)[key]); }
  };
  visit(copy);
  const place = places[n % Math.max(1, places.length)];
  if (place !== undefined) place.at[place.key] = value;
  return copy;
});

const procedures = ['birth', 'land-transfer', 'terminate', 'allowance', 'chain'] as const;
const templates: readonly LawEntry[] = procedures.flatMap((one) => busy(one, false).service('oversight').copy.entries);

const entries = fc.array(fc.record({
  template: fc.constantFrom(...templates), asWritten: fc.boolean(), item: fc.nat(), by: fc.constantFrom(...services), seq: fc.nat({ max: 300 }), holders: fc.array(fc.constantFrom(...services), { maxLength: 4 }),
  handsTo: fc.option(fc.constantFrom(...services)), ends: fc.boolean(), succeeds: fc.option(fc.tuple(fc.constantFrom(...services), fc.constantFrom(...services))), effectiveAt: fc.oneof(fc.constant(1_772_000_000_000), fc.maxSafeInteger()), n: fc.nat(),
}).chain((one) => (one.asWritten ? fc.constant(one.template.body as unknown) : fc.oneof(mutated(one.template.body), strange)).map((body) => ({ ...one, body }))), { minLength: 1, maxLength: 12 });

test('whatever an entry says, folding it never throws, and neither does anything that is asked of the state afterwards', () => {
  fc.assert(fc.property(fc.constantFrom(...procedures), fc.boolean(), entries, (procedure, rehearsal, others) => {
    const hub = busy(procedure, rehearsal);
    const service = hub.service('intake');
    for (const one of others) {
      const ids = [...service.copy.folder.items.keys(), ''];
      const author = authorOf(one.by);
      fold(service.dossier, {
        ...one.template, author, seq: 400 + one.seq, item: ids[one.item % ids.length]!, body: one.body as LawEntry['body'], creates: one.holders.map((name) => authorOf(name)), handsTo: one.handsTo === null ? '' : authorOf(one.handsTo), ends: one.ends,
        succeeds: one.succeeds === null ? null : { predecessor: authorOf(one.succeeds[0]), head: null }, effectiveAt: one.effectiveAt,
      });
      askEverything(hub, service);
    }
  }), { numRuns: 150 * inject('size') });
});

test('an entry that does not say what its kind must say changes nothing but who holds its item', () => {
  const hub = busy('birth', false);
  const service = hub.service('intake');
  for (const kind of ['leg-completed', 'leg-stopped', 'dossier-closed', 'request-answered', 'charge-paid', 'consignment-ended', 'rehomed'] satisfies EntryKind[]) {
    for (const leg of service.dossier.legs.values()) {
      const before = dump(service.dossier);
      fold(service.dossier, { ...templates[0]!, item: leg.id, author: authorOf('intake'), kind, body: { round: '1' } as unknown as LawEntry['body'], creates: [], handsTo: '' });
      expect(dump(service.dossier)).toBe(before);
    }
  }
});

test('every entry that the services write is well-formed', () => {
  for (const entry of templates) expect(wellFormed(entry.kind, entry.body), entry.kind).toBe(true);
});

test('what nobody here knows changes nothing, but stands in the history', () => {
  const hub = busy('extract', false);
  const { dossier } = hub.service('intake');
  const before = dump({ ...dossier, entries: [] });
  fold(dossier, { ...templates[0]!, item: dossier.root!.id, author: authorOf('intake'), kind: 'leg-dreamt-of', body: { dream: 1 } as unknown as LawEntry['body'], creates: [] });
  expect(dump({ ...dossier, entries: [] })).toBe(before);
  expect(dossier.entries.at(-1)!.kind).toBe('leg-dreamt-of');
});
