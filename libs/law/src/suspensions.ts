/** Intervals in which a clock stood, and why: derived, so that nobody resumes anything. */
import type { By, EntryKind, Instant, ItemId, OutageNote, RequestPlan } from './types.ts';
import { derivedOf, endingReason, predecessors, ready, satisfied } from './itinerary.ts';
import type { Dossier, Leg, Request } from './dossier.ts';
import { moments } from './moments.ts';
import { redoGround } from './requests.ts';
import { mergedSuspensions, outside } from './time/index.ts';
import type { Stretch } from './time/index.ts';

export type SuspensionCause = RequestPlan['request'] | 'payment' | 'outage';
/** `leg` is '' where the dossier as a whole stood still; `item` then and for an outage names the announcement; for work before that is done again unasked, the leg that does it. */
export type LegSuspension = {
  readonly leg: ItemId; readonly item: ItemId; readonly cause: SuspensionCause; readonly from: Instant; readonly to: Instant | null; readonly ground: string;
  /** Who asked for it and who ended it; null: a duty did, or it was announced. */
  readonly openedBy: By | null; readonly closedBy: By | null;
};

/** Intervals that do not count, oldest first: derived from the items that open and end them, and from the outages that a limit took into account. */
export function suspensions(dossier: Dossier): readonly LegSuspension[] {
  return derivedOf(dossier).suspensions ??= allSuspensions(dossier);
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Those of a leg: its own, and those of the whole dossier. */
export function suspensionsOf(dossier: Dossier, leg: Leg): readonly LegSuspension[] {
  return suspensions(dossier).filter((one) => one.leg === leg.id || one.leg === '');
}

function allSuspensions(dossier: Dossier): LegSuspension[] {
  const found: LegSuspension[] = [];
  for (const one of dossier.requests.values()) {
    if (one.plan.suspends) found.push({ leg: one.plan.blocks, item: one.id, cause: one.plan.request, from: one.openedAt, to: one.ended?.at ?? null, ground: one.plan.ground, openedBy: one.by, closedBy: one.ended === null ? null : one.ended.by ?? waitEnder(dossier, one) });
  }
  for (const one of dossier.charges.values()) {
    if (one.plan.blocks !== '') found.push({ leg: one.plan.blocks, item: one.id, cause: 'payment', from: one.openedAt, to: one.settledAt, ground: one.plan.ground, openedBy: one.by, closedBy: one.settledBy });
  }
  for (const leg of dossier.legs.values()) found.push(...leg.outages.map((one) => outageOf(leg.id, one)));
  found.push(...(dossier.root?.outages ?? []).map((one) => outageOf('', one)));
  const { root } = dossier;
  if (root !== null) found.push(...(root.body.earlier?.waits ?? []).map((one): LegSuspension => ({ leg: '', item: root.id, ...one, openedBy: null, closedBy: null })));
  found.push(...waitsForOthers(dossier));
  return found.sort((a, b) => a.from - b.from || compare(a.item, b.item) || compare(a.leg, b.leg));
}

function waitEnder(dossier: Dossier, request: Request): By | null {
  return dossier.legs.get(request.plan.blocks)?.endedWaits.find((one) => one.request === request.id)?.by ?? null;
}

function outageOf(leg: ItemId | '', { id, from, to, ground }: OutageNote): LegSuspension {
  return { leg, item: id, cause: 'outage', from, to, ground, openedBy: null, closedBy: null };
}

/** What makes a leg that others stand on be done or looked at again. */
const undoing: ReadonlySet<string> = new Set<EntryKind>(['leg-reopened', 'completion-revoked', 'result-amended', 'result-revoked']);

/** An office that had begun waits for one before it, which opened its own work again or took it back: that time is not its own. Where it asked for that itself, its request tells. */
function waitsForOthers(dossier: Dossier): LegSuspension[] {
  if (!dossier.entries.some(({ kind }) => undoing.has(kind))) return [];
  const found: LegSuspension[] = [], open = new Map<ItemId, { readonly from: Instant; readonly item: ItemId }>();
  const end = (leg: ItemId, to: Instant | null): void => {
    const since = open.get(leg);
    open.delete(leg);
    if (since !== undefined) found.push(...unasked(dossier, leg, { from: since.from, to: to ?? Infinity }).map((one): LegSuspension => ({ leg, item: since.item, cause: 'redo', from: one.from, to: one.to === Infinity ? null : one.to, ground: redoGround, openedBy: null, closedBy: null })));
  };
  for (const { from, standing } of moments(dossier)) {
    for (const leg of standing.legs.values()) {
      if (!heldUp(standing, leg)) end(leg.id, from);
      else if (!open.has(leg.id)) open.set(leg.id, { from, item: predecessors(standing, leg).find((one) => !satisfied(standing, one))!.id });
    }
  }
  for (const leg of [...open.keys()]) end(leg, null);
  return found;
}

/** Begun, and what it waits for is there no more. */
export function heldUp(dossier: Dossier, leg: Leg): boolean {
  return leg.status === 'open' && endingReason(dossier) === null && !ready(dossier, leg);
}

function unasked(dossier: Dossier, leg: ItemId, stretch: Stretch): Stretch[] {
  const asked = [...dossier.requests.values()].filter(({ plan }) => plan.request === 'redo' && plan.blocks === leg).map(({ openedAt, ended }) => ({ from: openedAt, to: ended?.at ?? null }));
  return outside([stretch], mergedSuspensions(asked).map(({ from, to }) => ({ from, to: to ?? Infinity })));
}
