/** Originals that follow the dossier by themselves: where the procedure says that an office works on the paper, whoever has it orders the post once that office has its turn. */
import type { ItemId, OfficeId } from './types.ts';
import { mine } from './context.ts';
import type { Duty, LawContext } from './context.ts';
import { settled } from './closing.ts';
import { originalsDraft } from './decide/post-commands.ts';
import type { Dossier, Leg } from './dossier.ts';
import { endingReason, ready, skipped } from './itinerary.ts';
import { carriersOf, liesAt, originalOf } from './originals.ts';
import { neededBy } from './papers-of-legs.ts';

export function originalsDuties(dossier: Dossier, context: LawContext): Duty[] {
  const found: Duty[] = [];
  for (const leg of dossier.legs.values()) {
    if (leg.plan.originals === undefined || !worksOnIt(dossier, leg)) continue;
    for (const [from, documents] of lyingElsewhere(dossier, leg)) {
      const item = itemOf(dossier, from, context);
      if (item !== undefined) found.push({ key: `originals:${leg.id}:${documents.join()}`, kind: 'originals', drafts: [originalsDraft(item, { from, to: leg.office, documents }, dossier, context)] });
    }
  }
  return found;
}

function worksOnIt(dossier: Dossier, leg: Leg): boolean {
  return (leg.status === 'addressed' || leg.status === 'open') && dossier.root!.closing === null && endingReason(dossier) === null && !skipped(dossier, leg) && ready(dossier, leg);
}

/** By the office where they lie, unless that works on them itself. What came back from the office, or was taken back on the way to it, a person sends again. */
function lyingElsewhere(dossier: Dossier, leg: Leg): ReadonlyMap<OfficeId, readonly string[]> {
  const found = new Map<OfficeId, string[]>();
  for (const document of leg.plan.originals!) {
    const place = liesAt(dossier, originalOf(dossier, document));
    if (place === null || place === 'home' || place === leg.office || neededBy(dossier, place, document, leg) || carriersOf(dossier, document).some(({ plan }) => plan.to === leg.office)) continue;
    found.set(place, [...found.get(place) ?? [], document]);
  }
  return found;
}

/** What this service holds for an office: the dossier's own item for the counter, else a leg of it that may still write. */
function itemOf(dossier: Dossier, office: OfficeId, context: LawContext): ItemId | undefined {
  const root = dossier.root!;
  if (root.counter === office) return mine(dossier, context, root) ? root.id : undefined;
  return [...dossier.legs.values()].find((leg) => leg.office === office && leg.plan.task !== true && mine(dossier, context, leg) && !settled(dossier, leg))?.id;
}
