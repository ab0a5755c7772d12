/** When an office has ended, each holder re-homes its own items: the office is an attribute, the history keeps the old names. */
import type { Area, AreaId, Draft, LawBody, LocalDate, OfficeId, Role } from './types.ts';
import { today } from './context.ts';
import type { LawContext } from './context.ts';
import { partOf } from './area-parts.ts';
import { ended, unapplied } from './closing.ts';
import type { Dossier, Leg, Root } from './dossier.ts';
import { stale } from './itinerary.ts';
import { rehome } from './jurisdiction.ts';
import { standsWrongly } from './reversal.ts';
import { localDate } from './time/index.ts';

type Rehomed = Extract<Draft, { readonly kind: 'rehomed' }>;

/** Whether the leg's office may still have to do with it. A change announced in a register is finished where it was announced. */
function movable(dossier: Dossier, leg: Leg): boolean {
  return leg.status !== 'deciding' && !unapplied(leg) && standsWrongly(leg) === null && (!ended(leg, dossier) || stale(dossier, leg));
}

export function rehomingOfLeg(dossier: Dossier, leg: Leg, context: LawContext): Rehomed | null {
  if (!mayHaveEnded(leg.office, context) || !movable(dossier, leg)) return null;
  const on = localDate(today(dossier, context));
  const counter = countersArea(leg, context);
  if (counter !== undefined) {
    const body = successorOf(leg.office, 'counter', counter, undefined, on, context);
    return body === null ? null : { item: leg.id, kind: 'rehomed', body: { ...body, service: leg.service, fromArea: leg.area, toArea: leg.area } };
  }
  const body = successorOf(leg.office, leg.plan.role, leg.area, partOf(dossier, leg.area, on, context.reference), on, context);
  if (body === null) return null;
  return { item: leg.id, kind: 'rehomed', body, ...(body.service === leg.service ? {} : { handsTo: context.authorOf(body.service) }) };
}

/** The parts of a split area one of which the officer of the old office has to name; empty: nobody is asked. */
export function partsAsked(dossier: Dossier, leg: Leg, context: Pick<LawContext, 'reference' | 'now'>): readonly Area[] {
  const on = localDate(today(dossier, context)), until = context.reference.office(leg.office)?.validTo ?? null;
  if (until === null || until >= on || !movable(dossier, leg)) return [];
  const parts = context.reference.areasNow(leg.area, on);
  return parts.length > 1 && partOf(dossier, leg.area, on, context.reference) === undefined ? parts : [];
}

/** Split areas with open legs about which the decision says what lies where, and where this dossier lies was not sought yet. */
export function partsToSeek(dossier: Dossier, context: Pick<LawContext, 'reference' | 'now'>): readonly AreaId[] {
  const asked = [...dossier.legs.values()].filter((leg) => (context.reference.area(leg.area)?.parts?.length ?? 0) > 0 && partsAsked(dossier, leg, context).length > 0);
  return [...new Set(asked.map((leg) => leg.area))].filter((area) => !dossier.root!.partsSought.has(area));
}

/** A declined leg stands at a counter, which does not bear its role, until the counter has placed it. */
export function isBeingPlaced(leg: Leg, context: Pick<LawContext, 'reference'>): boolean {
  const office = context.reference.office(leg.office);
  return office !== undefined && office.roles.includes('counter') && !office.roles.includes(leg.plan.role);
}

/** Of a declined leg: the area of its counter. Whoever takes over from the counter places it, for the service that it still waits for. */
function countersArea(leg: Leg, context: LawContext): AreaId | undefined {
  return isBeingPlaced(leg, context) ? context.reference.office(leg.office)?.serves[0] : undefined;
}

/** The counter that received and the one that returns. Of a split commune the counter goes on where the data name its successor: who lives where makes no difference to it. */
export function rehomingOfRoot(dossier: Dossier, root: Root, context: LawContext): Rehomed | null {
  for (const office of [root.counter, root.returnOffice]) {
    const area = context.reference.office(office)?.serves[0];
    if (area === undefined || !mayHaveEnded(office, context)) continue;
    const on = localDate(today(dossier, context)), body = successorOf(office, 'counter', area, context.reference.officeNow(office, on)?.serves[0], on, context);
    if (body !== null) return { item: root.id, kind: 'rehomed', body };
  }
  return null;
}

/** Most offices have no last day: that is seen without looking at the date. */
function mayHaveEnded(office: OfficeId, context: LawContext): boolean {
  return (context.reference.office(office)?.validTo ?? null) !== null;
}

/** Who took over. A split leaves a choice, which an address of the new era (`chosen`) or an officer makes. */
function successorOf(id: OfficeId, role: Role, area: AreaId, chosen: AreaId | undefined, on: LocalDate, context: LawContext): LawBody<'rehomed'> | null {
  const office = context.reference.office(id);
  if (office === undefined || office.validTo === null || office.validTo >= on) return null;
  const next = rehome(context.reference, { office: id, role, area }, on, chosen);
  if (!('office' in next) || next.office.id === id) return null;
  return { from: id, to: next.office.id, service: next.office.service, fromArea: area, toArea: next.area.id, fromName: office.name, toName: next.office.name, ground: next.office.source.act };
}
