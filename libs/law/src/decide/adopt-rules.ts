/**
 * Moving a dossier to the rules of today, where the law leaves the choice to the applicant (NĐ 301/2026/NĐ-CP art. 18.1): what they come to for this dossier, or why it stays
 * under those of its receipt. Nothing that was decided is touched, no clock is set anew, and nobody is made late by the choice.
 */
import type { DocumentRecord, Instant, LegTemplate, LegTerms, LocalDate, PinnedRules, Procedure, RequiredDocument } from '../types.ts';
import { today } from '../context.ts';
import type { LawContext } from '../context.ts';
import { ended } from '../closing.ts';
import type { Dossier, Leg, Root } from '../dossier.ts';
import { documentsOf } from '../documents-given.ts';
import { endingReason, itineraryLegs, plannedLegs } from '../itinerary.ts';
import { dossierDueUnder, sessionsOf, timeRefusal } from '../limits.ts';
import { clockRules, pinnedRules, rulesOfProcedure, termsOf, termsOfTemplate } from '../pinned-rules.ts';
import { missingRefusal } from '../once-only.ts';
import { limitUnder } from '../recompute.ts';
import { refuse } from '../refusals.ts';
import type { Refusal } from '../refusals.ts';
import { chosenTerms, goingOn, madeLate } from '../rules-of-legs.ts';
import { applies, caseRefusal, inOrder, missingDocuments, strangerRefusal, waitsFor } from '../route.ts';
import { sameValue } from '../same-value.ts';
import { isTimeRefusal, localDate } from '../time/index.ts';
import { transitionOn } from '../transition.ts';
import type { RootCommand } from './root-commands.ts';
import { entries, no } from './outcome.ts';
import type { Outcome } from './outcome.ts';

type Command = Extract<RootCommand, { readonly kind: 'adopt-rules' }>;

/** What the rules of today come to for a dossier. */
export type NewRules = {
  readonly pinned: PinnedRules; readonly startsAt: Instant; readonly dueAt: Instant; readonly provisional: boolean;
  /** The new limit would have ended already, which no office could know: the limit of the receipt stays. */
  readonly limitStays: boolean;
  /** `now`: how the leg goes on, as far as is known here, due when its clock says where that runs; `terms`: what holds where it is begun, or done anew, later. */
  readonly legs: readonly { readonly leg: Leg; readonly terms: LegTerms; readonly now: LegTerms }[];
  /** Documents that they require and nobody has given. */
  readonly missing: readonly RequiredDocument[];
  /** By which act the applicant may choose. */
  readonly ground: string;
};

export function adoptRules(command: Command, dossier: Dossier, root: Root, context: LawContext): Outcome {
  const found = newRules(command.documents, dossier, root, context);
  if ('refusal' in found) return no(found.refusal);
  const missing = missingRefusal(found.missing, command.silent ?? []);
  if (missing !== null) return no(missing);
  const { pinned, startsAt, dueAt, provisional, legs, ground } = found;
  return entries({
    item: root.id, kind: 'rules-adopted',
    body: { pinned, startsAt, dueAt, provisional, legs: legs.map(({ leg, terms }) => ({ leg: leg.id, terms })), documents: command.documents, ground, by: command.by, request: command.request },
  });
}

/** `documents`: what is given with the choice. */
export function newRules(documents: readonly DocumentRecord[], dossier: Dossier, root: Root, context: LawContext): NewRules | { readonly refusal: Refusal } {
  const late = tooLate(dossier, root);
  if (late !== null) return { refusal: late };
  const { body } = root, on = localDate(today(dossier, context)), procedure = context.reference.procedure(body.procedure, on);
  if (procedure === undefined) return { refusal: refuse('UNKNOWN_PROCEDURE', { procedure: body.procedure, date: on }) };
  const legs = newTerms(procedure, on, dossier, root, context);
  if ('refusal' in legs) return legs;
  const whole = newLimit(rulesOfProcedure(procedure, body, context.reference.digest), dossier, root, context);
  if ('refusal' in whole) return whole;
  if (isCurrent(whole.pinned, legs, root)) return { refusal: refuse('RULES_CURRENT', { code: body.code, date: procedure.validFrom }) };
  const transition = transitionOn(body.procedure, on, context.reference.transitions ?? []);
  if (transition?.choice !== true) return { refusal: refuse('RULES_PINNED', { code: body.code, ground: transition?.source.act ?? '–' }) };
  const stranger = strangerRefusal(documents, procedure);
  if (stranger !== null) return { refusal: stranger };
  return { ...whole, legs, missing: missingDocuments({ case: body.case, documents: [...documentsOf(dossier), ...documents] }, procedure), ground: transition.source.act };
}

type Whole = Pick<NewRules, 'pinned' | 'startsAt' | 'dueAt' | 'provisional' | 'limitStays'>;

function newLimit(pinned: PinnedRules, dossier: Dossier, root: Root, context: LawContext): Whole | { readonly refusal: Refusal } {
  const limit = limitUnder(pinned, dossier, root, context);
  if (isTimeRefusal(limit)) return { refusal: timeRefusal(limit) };
  if (!wouldBeLate({ ...root, rules: pinned, limit: { ...limit, recomputed: 0, told: null } }, dossier, root, context)) return { pinned, ...limit, limitStays: false };
  const { startsAt, dueAt, provisional } = root.limit;
  return { pinned: { ...pinned, ...clockRules(root.rules), limit: root.rules.limit }, startsAt, dueAt, provisional, limitStays: true };
}

/** Nothing is left that could come to stand under other rules. */
function tooLate(dossier: Dossier, root: Root): Refusal | null {
  const { code } = root.body;
  if (root.withdrawal !== null && root.withdrawalOutcome === null) return refuse('WITHDRAWAL_PENDING', { code });
  return root.closing !== null || endingReason(dossier) !== null || itineraryLegs(dossier).every((leg) => ended(leg, dossier)) ? refuse('RULES_TOO_LATE', { code }) : null;
}

/** What the new version says of each leg that was planned at the receipt. Where it has other legs, the work that offices have in hand has no place in it. */
function newTerms(procedure: Procedure, on: LocalDate, dossier: Dossier, root: Root, context: LawContext): NewRules['legs'] | { readonly refusal: Refusal } {
  const { body } = root, wrongCase = caseRefusal(body.case, procedure);
  if (wrongCase !== null) return { refusal: wrongCase };
  const templates = inOrder(procedure).filter((leg) => applies(leg, body.case) && body.earlier?.done.includes(leg.name) !== true), position = new Map(templates.map((leg, n) => [leg.name, n]));
  const planned = new Map(plannedLegs(dossier).map((leg) => [leg.plan.name, leg]));
  const other = [...planned.keys()].find((name) => !position.has(name)) ?? templates.find((one) => !isLike(one, waitsFor(one, procedure, position).map((n) => templates[n]!.name), planned.get(one.name), dossier))?.name;
  if (other !== undefined) return { refusal: refuse('RULES_ROUTE_DIFFERS', { code: body.code, leg: other, date: on }) };
  const found: NewRules['legs'][number][] = [], ends = new Map<string, Instant>();
  for (const template of templates) {
    const leg = planned.get(template.name)!, isBegun = leg.status !== 'addressed', begins = Math.max(root.limit.startsAt, ...leg.after.map((id) => ends.get(id) ?? 0), isBegun ? 0 : today(dossier, context));
    const due = isBegun ? null : context.work.dueAt(begins, template.limit, procedure.counting, sessionsOf(leg.office, context));
    if (due !== null && isTimeRefusal(due)) return { refusal: timeRefusal(due) };
    const plannedDue = due?.due ?? leg.plan.plannedDue;
    ends.set(leg.id, leg.completion?.at ?? plannedDue ?? begins);
    const terms = termsOfTemplate(template, plannedDue), now = goingOn(dossier, leg, { terms, rules: clockRules(procedure) }, context);
    found.push({ leg, terms, now: now.clock === undefined ? now.terms : { ...now.terms, plannedDue: now.clock.dueAt } });
  }
  return found;
}

/** `leg`: the planned one of that name. */
function isLike({ role }: LegTemplate, after: readonly string[], leg: Leg | undefined, dossier: Dossier): boolean {
  return leg !== undefined && leg.plan.role === role && sameValue(leg.after.map((id) => dossier.legs.get(id)?.plan.name).toSorted(), [...after].toSorted());
}

/** The data may be others; what they say of this dossier is what it stands under, or what was chosen for it already. */
function isCurrent(pinned: PinnedRules, legs: NewRules['legs'], root: Root): boolean {
  const said = (rules: PinnedRules): PinnedRules => ({ ...pinnedRules(rules), rules: '' });
  const same = (a: LegTerms, b: LegTerms | undefined): boolean => b !== undefined && sameValue({ ...termsOf(a), plannedDue: null }, { ...termsOf(b), plannedDue: null });
  return sameValue(said(pinned), said(root.rules)) && legs.every(({ leg, terms, now }) => same(now, leg.plan) || same(terms, chosenTerms(root, leg)));
}

function wouldBeLate(under: Root, dossier: Dossier, root: Root, context: LawContext): boolean {
  const now = today(dossier, context), due = (one: Root): Instant | null => dossierDueUnder({ ...dossier, root: one }, now, context);
  return madeLate(due(root), due(under), now);
}
