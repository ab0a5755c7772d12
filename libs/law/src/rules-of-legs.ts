/** What the holder of a leg writes when the applicant has chosen new rules: the leg goes on under them from where it stands. */
import type { ClockRules, Draft, LegTerms } from './types.ts';
import { asideName, today } from './context.ts';
import type { LawContext } from './context.ts';
import { sameRef } from './dossier.ts';
import type { Dossier, Leg } from './dossier.ts';
import { legDueUnder } from './limits.ts';
import { clockRules, rulesOfLeg, termsOf, underTerms } from './pinned-rules.ts';
import { limitOfLeg } from './recompute.ts';
import { sameValue } from './same-value.ts';
import { isTimeRefusal } from './time/index.ts';

type Adopted = Extract<Draft, { readonly kind: 'leg-rules-adopted' }>;

/** Null: there is no choice that it has not taken up, or it changes nothing here. What is decided stands as it was decided; should it be done anew, it is done under the new rules. */
export function adoptedByLeg(dossier: Dossier, leg: Leg, context: LawContext): Adopted | null {
  const root = dossier.root!, { adoption } = root;
  if (adoption === null || (leg.status !== 'addressed' && leg.status !== 'open') || (leg.adopted !== null && sameRef(leg.adopted.choice, adoption.ref))) return null;
  const terms = asked(dossier, leg, adoption.legs.find((one) => one.leg === leg.id)?.terms ?? termsOf(leg.plan)), rules = clockRules(root.rules);
  if (sameValue(terms, termsOf(leg.plan)) && sameValue(rules, clockRules(rulesOfLeg(root, leg)))) return null;
  return { item: leg.id, kind: 'leg-rules-adopted', body: { adopted: adoption.ref, ...goingOn(dossier, leg, { terms, rules }, context) }, cites: [adoption.ref] };
}

type Under = { readonly terms: LegTerms; readonly rules: ClockRules };

/** How a leg goes on under other rules. What cannot be computed, and what would make an office late that is in time, leaves the limit of an open leg as it is. */
export function goingOn(dossier: Dossier, leg: Leg, { terms, rules }: Under, context: LawContext): Omit<Adopted['body'], 'adopted'> {
  if (leg.status !== 'open' || leg.takenOver === null || leg.takenOver.round !== leg.round) return { terms, rules };
  const under: Leg = { ...leg, plan: underTerms(leg.plan, terms), adopted: { rules, choice: leg.takenOver.ref } }, limit = limitOfLeg(dossier, under, context);
  const stays = isTimeRefusal(limit) || wouldBeLate(dossier, leg, { ...under, takenOver: { ...leg.takenOver, ...limit } }, context);
  return stays ? { terms: { ...terms, limit: leg.plan.limit }, rules: clockRules(rulesOfLeg(dossier.root!, leg)) } : { terms, rules, clock: limit };
}

/** An opinion that was asked for is not asked for a second time because another act requires it now. */
function asked(dossier: Dossier, leg: Leg, terms: LegTerms): LegTerms {
  const { act } = leg.plan;
  return [...dossier.requests.values()].some((one) => one.asker === leg.id && one.plan.ground.startsWith(`${act} #`)) ? { ...terms, act } : terms;
}

function wouldBeLate(dossier: Dossier, leg: Leg, under: Leg, context: LawContext): boolean {
  const now = today(dossier, context), late = (one: Leg): boolean => (legDueUnder({ ...dossier, legs: new Map(dossier.legs).set(leg.id, one) }, one, now, context) ?? now + 1) <= now;
  return late(under) && !late(leg);
}

/** Parts of the particulars that a leg may read: those of its rules, and of the ones that it is to take up. */
export function readableBy(dossier: Dossier, leg: Leg): readonly string[] {
  const chosen = dossier.root?.adoption?.legs.find((one) => one.leg === leg.id)?.terms.reads ?? [];
  return [...new Set([...leg.plan.reads, ...chosen])];
}

/** Parts that the new rules let an open leg read and the old ones did not, by the names under which they stand. */
export function newlyRead(dossier: Dossier, leg: Leg, { body: { terms } }: Adopted): readonly string[] {
  const { particulars } = dossier.root!;
  return terms.reads.filter((part) => !leg.plan.reads.includes(part)).flatMap((part) => { const one = particulars.get(part); return one === undefined ? [] : [asideName(one.commitment)]; });
}
