/** What the holder of a leg writes when the applicant has chosen new rules: the leg goes on under them from where it stands. */
import { itemId } from '@lienthong/folder';
import type { ClockRules, Draft, EntryRef, Instant, LegTerms } from './types.ts';
import { today } from './context.ts';
import type { LawContext } from './context.ts';
import { sameRef } from './dossier.ts';
import type { Dossier, Leg, Root } from './dossier.ts';
import { legDueUnder } from './limits.ts';
import { clockRules, standingRules, termsOf, underTerms } from './pinned-rules.ts';
import { limitOfLeg } from './recompute.ts';
import { standsWrongly } from './reversal.ts';
import { sameValue } from './same-value.ts';
import { isTimeRefusal } from './time/index.ts';

type Adopted = Extract<Draft, { readonly kind: 'leg-rules-adopted' }>;

/**
 * Null: there is no choice that it has not taken up, or it changes nothing here. What is decided stands as it was decided; should it be done anew, it is done under the new rules.
 * What it put into a register and took back is put right under the rules by which it came there.
 */
export function adoptedByLeg(dossier: Dossier, leg: Leg, context: LawContext): Adopted | null {
  const root = dossier.root!, chosen = choiceFor(dossier, leg);
  if (chosen === null || !isUndecided(leg) || standsWrongly(leg) !== null || (leg.adopted !== null && sameRef(leg.adopted.choice, chosen.ref) && runs(leg))) return null;
  const terms = asked(dossier, leg, chosen.terms ?? termsOf(leg.plan)), rules = clockRules(root.rules);
  if (sameValue(terms, termsOf(leg.plan)) && sameValue(rules, standingRules(root, leg))) return null;
  return { item: leg.id, kind: 'leg-rules-adopted', body: { adopted: chosen.ref, ...goingOn(dossier, leg, { terms, rules }, context) }, cites: [chosen.ref] };
}

const isUndecided = (leg: Leg): boolean => leg.status === 'addressed' || leg.status === 'open';

/** Somebody has begun its present round, be it another office. */
function runs(leg: Leg): leg is Leg & { readonly takenOver: NonNullable<Leg['takenOver']> } {
  return leg.takenOver !== null && leg.takenOver.round === leg.round;
}

/** The applicant's last choice; where the one that a leg has taken up was lost with its store, the rules of the receipt. */
function choiceFor({ root, succeeded }: Dossier, leg: Leg): { readonly ref: EntryRef; readonly terms: LegTerms | undefined } | null {
  const { adoption, origin, body } = root!;
  if (adoption !== null) return { ref: adoption.ref, terms: chosenTerms(root!, leg) };
  if (leg.adopted === null || !succeeded.has(leg.adopted.choice.author) || sameRef(leg.adopted.choice, origin)) return null;
  const planned = (body.items ?? []).find((one, n) => one.type === 'leg' && itemId(origin.author, origin.seq, n) === leg.id);
  return { ref: origin, terms: planned?.type === 'leg' ? termsOf(planned) : undefined };
}

/** What the applicant's last choice says of a leg; undefined: there is none, or it says nothing of it. */
export function chosenTerms({ adoption }: Pick<Root, 'adoption'>, leg: Leg): LegTerms | undefined {
  return adoption?.legs.find((one) => one.leg === leg.id)?.terms;
}

type Under = { readonly terms: LegTerms; readonly rules: ClockRules };

/** How a leg goes on under other rules. What cannot be computed, and what would make an office late, leaves the limit of a clock that runs as it is until the leg is done anew. */
export function goingOn(dossier: Dossier, leg: Leg, { terms, rules }: Under, context: LawContext): Omit<Adopted['body'], 'adopted'> {
  if (!isUndecided(leg) || !runs(leg)) return { terms, rules };
  const under = { ...leg, plan: underTerms(leg.plan, terms), adopted: { rules, choice: leg.takenOver.ref } }, limit = limitOfLeg(dossier, under, context);
  const stays = isTimeRefusal(limit) || wouldBeLate(dossier, leg, { ...under, takenOver: { ...leg.takenOver, ...limit } }, context);
  return stays ? { terms: { ...terms, limit: leg.plan.limit }, rules: standingRules(dossier.root!, leg) } : { terms, rules, clock: limit };
}

/** An opinion that was asked for is known by the act and its place in the list: it keeps both, so it is not asked for a second time, and what else is required now comes after it. */
function asked(dossier: Dossier, leg: Leg, terms: LegTerms): LegTerms {
  const { act, consults: before = [] } = leg.plan, { consults: now = [] } = terms;
  if (![...dossier.requests.values()].some((one) => one.asker === leg.id && one.plan.ground.startsWith(`${act} #`))) return terms;
  return { ...terms, act, consults: [...before, ...now.filter((one) => !before.some(({ role, locality }) => role === one.role && locality === one.locality))] };
}

function wouldBeLate(dossier: Dossier, leg: Leg, under: Leg, context: LawContext): boolean {
  const now = today(dossier, context), due = (one: Leg): Instant | null => legDueUnder({ ...dossier, legs: new Map(dossier.legs).set(leg.id, one) }, one, now, context);
  return madeLate(due(leg), due(under), now);
}

/** A due time that would have passed before anybody could know of it, and before the one that stood. */
export function madeLate(before: Instant | null, under: Instant | null, now: Instant): boolean {
  return under !== null && under <= now && (before === null || under < before);
}

/** Parts of the particulars that a leg may read: those of its rules, and of the ones that it is to take up. */
export function readableBy(dossier: Dossier, leg: Leg): readonly string[] {
  return [...new Set([...leg.plan.reads, ...dossier.root === null ? [] : chosenTerms(dossier.root, leg)?.reads ?? []])];
}
