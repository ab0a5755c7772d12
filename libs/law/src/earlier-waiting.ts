/** What a dossier waited for when another system brought it, asked anew under the first leg that goes on here: of the citizen as intake asks, of the office as it asks itself. */
import type { Draft, EarlierPending, EarlierRunning, LegPlan } from './types.ts';
import { today } from './context.ts';
import type { LawContext } from './context.ts';
import { consultation } from './consultation.ts';
import { holderOf } from './dossier.ts';
import { daysLeft } from './earlier-life.ts';
import type { Dossier, Leg } from './dossier.ts';
import { limitEnd } from './limits.ts';
import { consultationGround } from './requests.ts';
import { isTimeRefusal } from './time/index.ts';

/** Null: nothing is awaited, or it has been asked. */
export function waitedOn(dossier: Dossier, leg: Leg, context: LawContext): Draft | null {
  const earlier = dossier.root!.body.earlier, awaited = earlier?.running ?? earlier?.pending;
  if (awaited === undefined || leg.status !== 'open' || leg.round > 1 || leg.insertedAfter !== null || firstHere(dossier) !== leg || isAsked(dossier, leg, awaited)) return null;
  switch (awaited.cause) {
    case 'supplement': case 'consent': case 'verification-abroad': return waitedFor(dossier, leg, awaited, context);
    case 'posting': return { item: leg.id, kind: 'posting-started', creates: [context.author], cites: [dossier.root!.origin], body: { items: [{ type: 'request', request: 'posting', blocks: leg.id, ground: groundOf(awaited, leg), suspends: true, fallsDueAt: awaited.until, silence: 'ended' }] } };
    case 'consultation': return awaitedOpinion(dossier, leg, awaited, context);
    case 'payment': return owedCharge(dossier, leg, awaited, context);
  }
}

const firstHere = (dossier: Dossier): Leg | undefined => [...dossier.legs.values()].find((one) => one.after.length === 0 && one.plan.task !== true);
const groundOf = ({ ground }: { readonly ground: string }, leg: Leg): string => (ground === '' ? leg.plan.act : ground);

function isAsked(dossier: Dossier, leg: Leg, awaited: EarlierRunning | EarlierPending): boolean {
  if (awaited.cause === 'payment') return [...dossier.charges.values()].some((one) => one.plan.blocks === leg.id && one.plan.code === awaited.fee);
  return [...dossier.requests.values()].some((one) => one.asker === leg.id && one.plan.request === awaited.cause);
}

function waitedFor(dossier: Dossier, leg: Leg, running: EarlierRunning, context: LawContext): Draft | null {
  const { cause, documents = [], until } = running, { rules, origin } = dossier.root!, cites = [origin], plan = { type: 'request' as const, request: cause, blocks: leg.id, ground: groundOf(running, leg), suspends: true };
  if (cause !== 'supplement') return { item: leg.id, kind: 'wait-started', creates: [context.author], cites, body: { wait: cause, items: [{ ...plan, fallsDueAt: until ?? null, silence: until === undefined ? 'none' : 'ended' }] } };
  const due = until ?? limitEnd(today(dossier, context), rules.supplement.timeout, 'default', context.work);
  if (isTimeRefusal(due)) return null;
  return { item: leg.id, kind: 'supplement-asked', creates: [holderOf(dossier, dossier.root!)], cites, body: { documents, ground: plan.ground, items: [{ ...plan, documents, fallsDueAt: due, silence: 'stop' }] } };
}

/** What everybody reads of a task that the procedure does not name. */
const opinionTitle = { vi: 'Cho ý kiến', en: 'Opinion' };

/** Of an office that the procedure has asked, it is the consultation that the procedure requires: it is not asked a second time, and silence means what it means there. */
function awaitedOpinion(dossier: Dossier, leg: Leg, pending: Extract<EarlierPending, { cause: 'consultation' }>, context: LawContext): Draft | null {
  const office = context.reference.office(pending.office);
  if (office === undefined) return null;
  const n = leg.plan.consults?.findIndex((one) => office.roles.some((role) => role === one.role)) ?? -1, required = leg.plan.consults?.[n];
  const draft = consultation(leg, {
    office: office.id, service: office.service, title: required?.title ?? opinionTitle, role: required?.role ?? office.roles[0] ?? '', limit: daysLeft(pending.until, today(dossier, context)), silence: required?.silence ?? 'none',
    ground: required === undefined ? groundOf(pending, leg) : consultationGround(leg, n), dueAt: pending.until,
  }, context);
  return { ...draft, cites: [dossier.root!.origin] };
}

function owedCharge(dossier: Dossier, leg: Leg, pending: Extract<EarlierPending, { cause: 'payment' }>, context: LawContext): Draft | null {
  const named = chargeNamed(dossier, leg.plan, pending.fee, context), ground = groundOf(pending, leg);
  if (named === null) return null;
  const { name, kind, refundable } = named;
  return {
    item: leg.id, kind: 'charge-opened', creates: [context.authorOf(context.hosts.money)], cites: [dossier.root!.origin],
    body: { ground, items: [{ type: 'charge', code: pending.fee, name, kind, amount: pending.amount, refundable, blocks: leg.id, ground }] },
  };
}

type Named = Pick<NonNullable<LegPlan['charge']>, 'name' | 'kind'> & { readonly refundable: boolean };

/** As the leg that goes on names it, or another one of the way, or the procedure. */
function chargeNamed(dossier: Dossier, plan: LegPlan, code: string, context: LawContext): Named | null {
  const { body: { procedure }, rules: { procedureFrom } } = dossier.root!, charges = [plan, ...[...dossier.legs.values()].map((one) => one.plan)].flatMap((one) => (one.charge === undefined ? [] : [one.charge]));
  const charge = charges.find((one) => one.code === code);
  return charge === undefined ? context.reference.procedure(procedure, procedureFrom)?.fees.find((one) => one.code === code) ?? null : { ...charge, refundable: false };
}
