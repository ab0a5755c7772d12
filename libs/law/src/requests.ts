/** What an open or ended request means for those who wait on it. */
import type { Instant, ItemId, OfficeId, Span, Text } from './types.ts';
import type { LawContext } from './context.ts';
import { sameRef } from './dossier.ts';
import type { Dossier, Leg, Request } from './dossier.ts';
import { isTimeRefusal } from './time/index.ts';

/** It ended without an answer, because its leg or the task of whoever was asked did: where the leg goes on, it may be made again. A posting that ran its time is no such. */
export function cutShort(request: Request): boolean {
  if (request.ended === null || request.ended.outcome !== 'ended') return false;
  return request.plan.request !== 'posting' || request.plan.fallsDueAt === null || request.ended.at < request.plan.fallsDueAt;
}

/** The one supplement that was asked of the citizen; null when none was, it was cut short, or the ask behind it has no effect: nobody can answer that. */
export function supplementOf(dossier: Dossier): { readonly request: ItemId; readonly at: Instant } | null {
  const request = supplementRequest(dossier);
  return request === undefined || cutShort(request) ? null : dossier.root?.supplement ?? null;
}

/** The leg's ask behind it; undefined also where that ask stood on a branch of its log that does not count: what bears its id on the other one is another request. */
export function supplementRequest(dossier: Dossier): Request | undefined {
  const request = dossier.requests.get(dossier.root?.supplement?.request ?? '');
  return request?.plan.request === 'supplement' ? request : undefined;
}

/**
 * When silence may be written; null: never, or not while an outage lasts. A citizen has the whole time from the moment intake asked, however long the leg's ask was under
 * way; and nobody is silent while an announced outage keeps them from answering (NĐ 301/2026 art. 3.4).
 */
export function requestDue(dossier: Dossier, request: Request, context: Pick<LawContext, 'work' | 'reference'>): Instant | null {
  const planned = request.plan.fallsDueAt;
  const { root } = dossier;
  if (planned === null || root === null) return planned;
  if (request.plan.request === 'supplement' && root.supplement?.request === request.id) return extended(planned, root.supplement.at, root.supplement.timeout, null, context);
  const task = request.task === null ? undefined : dossier.legs.get(request.task);
  return task === undefined ? planned : extended(planned, request.openedAt, task.plan.limit, task.office, context);
}

function extended(planned: Instant, from: Instant, span: Span, office: OfficeId | null, { work, reference }: Pick<LawContext, 'work' | 'reference'>): Instant | null {
  const outages = (reference.calendar.outages ?? []).filter((one) => one.offices === undefined || (office !== null && one.offices.includes(office)));
  const due = work.dueWithSuspensions(from, span, 'elapsed', outages, (office === null ? undefined : reference.office(office)?.sessions) ?? 'default');
  if (isTimeRefusal(due)) return due.refused === 'SUSPENDED' ? null : planned;
  return Math.max(planned, due.due);
}

/** The posting of a leg that ran or runs its time. */
export function postingOf(dossier: Dossier, leg: Leg): Request | undefined {
  for (const one of dossier.requests.values()) if (one.asker === leg.id && one.plan.request === 'posting' && !cutShort(one)) return one;
  return undefined;
}

/** Ground under which the n-th consultation that the procedure requires is asked. */
export function consultationGround(leg: Leg, n: number): string {
  return `${leg.plan.act} #${n}`;
}

/** The consultation of a leg under this ground, unless it was cut short. */
export function consultationOf(dossier: Dossier, leg: Leg, ground: string): Request | undefined {
  for (const one of dossier.requests.values()) if (one.asker === leg.id && one.plan.ground === ground && !cutShort(one)) return one;
  return undefined;
}

/**
 * The required opinion that stands in the way of an approval: the law binds the asker to it, and the last one that its office gave is against. Only what is said takes back what was
 * said: an ask without an answer leaves the refusal standing.
 */
export function opinionAgainst(dossier: Dossier, leg: Leg, heirOf: (office: OfficeId) => OfficeId): { readonly office: OfficeId; readonly title: Text } | null {
  const given = [...dossier.requests.values()].filter((one) => one.asker === leg.id && (one.ended?.outcome === 'agree' || one.ended?.outcome === 'disagree')).toSorted((a, b) => a.ended!.at - b.ended!.at);
  const officeOf = (request: Request | undefined): OfficeId => heirOf(dossier.legs.get(request?.task ?? '')?.office ?? '');
  for (const [n, { binding, title }] of (leg.plan.consults ?? []).entries()) {
    if (binding !== true) continue;
    const office = officeOf(consultationOf(dossier, leg, consultationGround(leg, n)));
    if (given.findLast((one) => officeOf(one) === office)?.ended?.outcome === 'disagree') return { office, title };
  }
  return null;
}

/** The request that a consulted office's task belongs to. */
export function requestOfTask(dossier: Dossier, task: Leg): Request | undefined {
  for (const one of dossier.requests.values()) if (one.task === task.id) return one;
  return undefined;
}

/** Sending back to the office that erred. */
export const redoGround = '301/2026/NĐ-CP, Điều 6';

/** True when the leg asked to redo has done so: its completion is another than the one found wrong. */
export function redone(request: Request, target: Leg): boolean {
  const { completion } = target;
  if (completion === null || target.status !== 'complete') return false;
  return request.about.length === 0 ? target.reopenedFor.some((ref) => sameRef(ref, request.createdBy)) : !request.about.some((ref) => sameRef(ref, completion.ref));
}

/** True when the ask still concerns the completion that stands. */
export function concerns(request: Request, target: Leg): boolean {
  const { completion } = target;
  if (target.reopenedFor.some((ref) => sameRef(ref, request.createdBy))) return false;
  return request.about.length === 0 || (completion !== null && request.about.some((ref) => sameRef(ref, completion.ref)));
}
