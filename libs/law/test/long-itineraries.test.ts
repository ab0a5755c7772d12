import { expect, test } from 'vitest';
import type { LegPlan } from '../src/types.ts';
import { emptyDossier } from '../src/dossier.ts';
import type { LawEntry } from '../src/dossier.ts';
import { maxLegs } from '../src/decide/leg-commands.ts';
import { duties } from '../src/duties.ts';
import { fold } from '../src/fold.ts';
import { satisfied, stale } from '../src/itinerary.ts';
import { World } from './world/world.ts';
import { complete } from './world/sayings.ts';

/** Every leg waits for the two before it: the number of ways back doubles with each pair. */
function ladder(hub: World): LawEntry {
  hub.submit('extract');
  const [origin] = hub.service('intake').dossier.entries;
  const body = origin!.body as LawEntry['body'] & { readonly items: readonly [unknown, LegPlan] };
  const leg = { ...body.items[1], results: [], decides: false };
  const legs = Array.from({ length: maxLegs }, (_none, n): LegPlan => ({ ...leg, name: `leg-${n}`, after: n < 2 ? [] : [n - 1, n] }));
  return { ...origin!, body: { ...body, items: [{ type: 'dossier' }, ...legs] }, creates: [origin!.creates[0]!, ...legs.map(() => origin!.creates[1]!)] };
}

test('the longest itinerary, waiting for itself on every way there is, is worked out without walking every way', () => {
  const hub = new World();
  const dossier = emptyDossier('folder');
  fold(dossier, ladder(hub));
  expect(dossier.legs.size).toBe(maxLegs);
  const context = hub.context(hub.service('general-agency'));
  let seq = 1;
  for (const leg of dossier.legs.values()) {
    for (const { drafts } of duties(dossier, context)) {
      const [draft] = drafts!;
      fold(dossier, { ...dossier.entries[0]!, author: context.author, seq: seq++, item: draft!.item, creates: [], kind: draft!.kind, body: draft!.body, cites: draft!.cites ?? [] } as LawEntry);
    }
    const used = leg.after.map((id) => ({ leg: id, round: 1, output: dossier.legs.get(id)!.completion!.ref }));
    fold(dossier, { ...dossier.entries[0]!, author: context.author, seq: seq++, item: leg.id, creates: [], kind: 'leg-completed', body: { round: 1, verdict: 'done', used, results: [] } } as LawEntry);
  }
  const [first, ...others] = [...dossier.legs.values()];
  expect(others.every((leg) => satisfied(dossier, leg))).toBe(true);
  fold(dossier, { ...dossier.entries[0]!, author: context.author, seq: seq++, item: first!.id, creates: [], kind: 'leg-reopened', body: { round: 2, reason: 'x' } } as LawEntry);
  expect(others.slice(1).every((leg) => stale(dossier, leg))).toBe(true);
}, 2_000);

test('no leg is inserted beyond the limit; at the limit it is', () => {
  const hub = new World();
  hub.submit('chain');
  hub.quiet();
  for (let n = 4; n < maxLegs; n++) expect(hub.says('one', hub.insertion(`new-${n}`, 'social'))).toBeNull();
  expect(hub.service('general-agency').dossier.legs.size).toBe(maxLegs);
  expect(hub.says('one', hub.insertion('one-too-many', 'social'))).toMatchObject({ code: 'LIMIT_REACHED' });
  expect(hub.says('one', complete())).toBeNull();
  hub.quiet();
  expect(hub.legAt('intake', 'new-4').status).toBe('open');
});
