/** Legs as the contracts show them. */
import { dossier as pb } from '@lienthong/contract';
import { clockOf, ended, localDate, officerOn, predecessors, viewOfLeg } from '@lienthong/law';
import type { Dossier, Instant, LawContext, Leg, LegView, OfficeId, Text } from '@lienthong/law';

/** What views need of the law: dated names of offices and the calendar. */
export type ViewContext = Pick<LawContext, 'work' | 'reference'>;

const states: Readonly<Record<LegView['state'], pb.LegState>> = {
  waiting: pb.LegState.WAITING, transfer: pb.LegState.TRANSFER, working: pb.LegState.WORKING, suspended: pb.LegState.SUSPENDED, stale: pb.LegState.STALE, done: pb.LegState.DONE, refused: pb.LegState.REFUSED,
  stopped: pb.LegState.STOPPED, skipped: pb.LegState.SKIPPED,
};

/** An absent time stays absent. */
export function time(at: Instant | null | undefined): Date | undefined {
  return at === null || at === undefined ? undefined : new Date(at);
}

export function officeText(context: Pick<ViewContext, 'reference'>, office: OfficeId): Text {
  return context.reference.office(office)?.name ?? { vi: office, en: office };
}

export const legStateOf = (dossier: Dossier, leg: Leg, context: ViewContext): pb.LegState => states[viewOfLeg(dossier, leg, context).state];

/** `officerAt`: real time; null: the caller does not belong to the offices of the dossier, and reads of no officer. */
export function legView(dossier: Dossier, leg: Leg, context: ViewContext, officerAt: Instant | null): pb.LegView {
  const view = viewOfLeg(dossier, leg, context);
  const current = leg.takenOver?.round === leg.round ? leg.takenOver : null;
  return {
    leg: leg.id, name: leg.plan.name, title: leg.plan.title, office: leg.office, officeName: officeText(context, leg.office), service: leg.service, after: predecessors(dossier, leg).map((one) => one.id),
    state: states[view.state], round: leg.round, officer: officerAt === null ? '' : officerOn(leg, localDate(clockOf(dossier, officerAt))), sinceTime: time(view.since), dueTime: time(view.due), plannedDueTime: time(leg.plan.plannedDue),
    task: leg.plan.task === true, startTime: time(current?.startsAt), endTime: time(ended(leg, dossier) ? leg.changedAt : null),
  };
}
