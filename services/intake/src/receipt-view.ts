/** The intake receipt (form 01) as the contracts show it: from the origin entry, so that a repeat gives the same. */
import { dossier as pb, intake } from '@lienthong/contract';
import { documentView, officeText, plannedCharge } from '@lienthong/dossier-service';
import type { ViewContext } from '@lienthong/dossier-service';
import { itemId } from '@lienthong/folder';
import type { ChargePlan, Dossier, LegPlan, Root } from '@lienthong/law';

const channels = { counter: pb.Channel.COUNTER, online: pb.Channel.ONLINE, post: pb.Channel.POST } as const;
const ways = { counter: pb.ReturnWay.COUNTER, post: pb.ReturnWay.POST, online: pb.ReturnWay.ONLINE } as const;

export function receiptView(dossier: Dossier, context: ViewContext, secret: string): intake.IntakeReceipt {
  const root = dossier.root!;
  const { body } = root;
  return {
    code: body.code, procedure: body.procedure, procedureName: body.name, case: body.case, channel: channels[body.channel], counter: body.counter, counterName: officeText(context, body.counter),
    receivedTime: new Date(root.receivedAt), startTime: new Date(body.startsAt), dueTime: new Date(body.dueAt), provisional: body.provisional, legs: plannedLegs(root, context), charges: filingCharges(root),
    documents: body.documents.map((one) => documentView(one, dossier, context.reference)), returnWay: ways[body.return.way], returnOffice: body.return.office, trackSecret: secret, rehearsal: body.rehearsal, legalBasis: [...body.legalBasis], resultCharges: (body.resultFees ?? []).map((fee) => plannedCharge({ type: 'charge', ...fee, blocks: root.id })),
  };
}

function plannedLegs(root: Root, context: ViewContext): intake.PlannedLeg[] {
  const items = root.body.items ?? [];
  const id = (n: number): string => itemId(root.origin.author, root.origin.seq, n);
  return items.flatMap((item, n) => (item.type === 'leg' ? [plannedLeg(item, id(n), item.after.map(id), context)] : []));
}

export function plannedLeg(plan: LegPlan, leg: string, after: string[], context: Pick<ViewContext, 'reference'>): intake.PlannedLeg {
  return {
    leg, name: plan.name, title: plan.title, office: plan.office, officeName: officeText(context, plan.office), after, limit: plan.limit, dueTime: plan.plannedDue === null ? undefined : new Date(plan.plannedDue), act: plan.act,
  };
}

function filingCharges(root: Root): pb.ChargeView[] {
  return (root.body.items ?? []).flatMap((item, n) => (item.type === 'charge' ? [{ ...plannedCharge(item), charge: itemId(root.origin.author, root.origin.seq, n), openTime: new Date(root.receivedAt) }] : []));
}

export function chargesPlanned(plans: readonly ChargePlan[]): pb.ChargeView[] {
  return plans.map(plannedCharge);
}
