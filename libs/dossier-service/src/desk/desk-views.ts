/** A desk and one piece of work on it, as the contracts show them. */
import { agency } from '@lienthong/contract';
import { clockOf, currentInputs, documentsOf, dossierDue, hinders, isLate, itineraryLegs, localDate, partsAsked, punctualityOfLeg, rehome, resultsOf, reversalRefused, sameRef } from '@lienthong/law';
import type { Area, Dossier, LawContext, Leg, OfficeId, Request, Sayable } from '@lienthong/law';
import { legView, time } from '../views/legs.ts';
import type { ViewContext } from '../views/legs.ts';
import { chargeView, documentView } from '../views/money-and-post.ts';

const kinds: Readonly<Record<Request['plan']['request'], agency.RequestKind>> = {
  supplement: agency.RequestKind.SUPPLEMENT, consultation: agency.RequestKind.CONSULTATION, redo: agency.RequestKind.REDO, posting: agency.RequestKind.POSTING,
  'consent': agency.RequestKind.CONSENT, 'verification-abroad': agency.RequestKind.VERIFICATION_ABROAD,
};

/** Where the register's own words are not here any more. */
const refusedWithoutWords = 'cơ sở dữ liệu từ chối';

export function deskLeg(dossier: Dossier, leg: Leg, context: ViewContext, now: number): agency.DeskLeg {
  const root = dossier.root!;
  return {
    code: root.body.code, procedure: root.body.procedure, procedureName: root.rules.name, leg: legView(dossier, leg, context, now), dossierDueTime: time(dossierDue(dossier, context).due),
    late: isLate(punctualityOfLeg(dossier, leg, clockOf(dossier, now), context)), requests: [...dossier.requests.values()].filter((one) => one.ended === null && one.plan.of === leg.id).map(openRequest), rehearsal: root.body.rehearsal,
    opinionOverdue: [...dossier.requests.values()].some((one) => one.asker === leg.id && one.overdueSince !== null && one.ended === null),
    registerRefusal: leg.registerRefusal === null && !leg.amendmentRefused ? '' : leg.registerRefusal || refusedWithoutWords, standingChange: reversalRefused(leg) ? refusedWithoutWords : '',
    parts: partsAsked(dossier, leg, { ...context, now }).map((part) => partChoice(part, dossier, leg, context, now)),
  };
}

function partChoice(part: Area, dossier: Dossier, leg: Leg, context: ViewContext, now: number): agency.PartChoice {
  const home = rehome(context.reference, { office: leg.office, role: leg.plan.role, area: leg.area }, localDate(clockOf(dossier, now)), part.id), office = 'office' in home ? home.office : undefined;
  return { area: part.id, name: part.name, office: office?.id ?? '', officeName: office?.name };
}

function openRequest(request: Request): agency.OpenRequest {
  return {
    request: request.id, kind: kinds[request.plan.request], blocks: request.plan.blocks, ground: request.plan.ground, documents: [...request.plan.documents ?? []], openTime: new Date(request.openedAt), dueTime: time(request.plan.fallsDueAt), overdueSinceTime: time(request.overdueSince),
  };
}

/** RPCs, and what may be said with each. */
const rpcs: readonly (readonly [rpc: string, ...says: readonly Sayable[]])[] = [
  ['AssignLeg', 'assign'], ['CompleteLeg', 'complete'], ['RefuseLeg', 'refuse'], ['ReturnLeg', 'ask-redo', 'decline'], ['RequestSupplement', 'ask-supplement'], ['Consult', 'consult'], ['WaiveOpinion', 'waive-opinion'],
  ['OpenCharge', 'open-charge'], ['AttachDocument', 'attach-document'], ['AttachEvidence', 'attach-evidence'], ['ExtendLimit', 'extend'], ['StopLeg', 'stop'], ['InsertLeg', 'insert'], ['SkipLegs', 'skip'], ['RerouteLeg', 'reroute'],
  ['TellPart', 'tell-part'], ['ConfirmCompletion', 'confirm'], ['CorrectResult', 'correct-result'], ['ReissueResult', 'reissue-result'], ['RevokeCompletion', 'revoke', 'revoke-result'], ['ReopenLeg', 'reopen'],
  ['ResolveRegister', 'resolve-register'], ['StartPosting', 'start-posting'], ['StartWait', 'start-wait'], ['EndWait', 'end-wait'], ['SendOriginals', 'send-originals'], ['ConfirmConsignment', 'confirm-consignment'],
];

function admitted(office: OfficeId, dossier: Dossier, leg: Leg, context: LawContext): string[] {
  return rpcs.filter(([, ...says]) => says.some((what) => hinders(what, office, dossier, leg, context) === null)).map(([rpc]) => rpc);
}

export function workView(dossier: Dossier, leg: Leg, folder: string, particulars: Readonly<Record<string, unknown>>, registerFields: readonly string[], office: OfficeId, context: LawContext): agency.Work {
  const { now } = context;
  const requests = [...dossier.requests.values()].filter((one) => one.asker === leg.id);
  return {
    deskLeg: deskLeg(dossier, leg, context, now), legs: itineraryLegs(dossier).map((one) => legView(dossier, one, context, now)),
    particulars: Object.entries(particulars).map(([part, value]) => ({ part, json: JSON.stringify(value) })),
    documents: documentsOf(dossier).map((one) => documentView(one, dossier, context.reference)), inputs: inputsOf(dossier, leg),
    openRequests: requests.filter((one) => one.ended === null).map(openRequest),
    outcomes: requests.filter((one) => one.ended !== null).map((one) => ({ request: one.id, kind: kinds[one.plan.request], outcome: one.ended!.outcome, time: new Date(one.ended!.at), office: answerer(dossier, one) })),
    charges: [...dossier.charges.values()].filter((one) => one.plan.blocks === leg.id).map(chargeView), admitted: admitted(office, dossier, leg, context), resultCodes: [...leg.plan.results], registerFields: [...registerFields],
    requiredCharge: leg.plan.charge?.code ?? '', requiredPosting: leg.plan.posting ?? '', act: leg.plan.act, folder, words: [],
  };
}

/** Who gave an opinion is the consulted office, though the asker's service wrote down that it came. '': nobody answered. */
function answerer(dossier: Dossier, { ended, task, plan }: Request): OfficeId {
  if (ended!.by !== null) return ended!.by.office;
  const said = plan.request === 'consultation' && (ended!.outcome === 'agree' || ended!.outcome === 'disagree');
  return said ? dossier.legs.get(task ?? '')?.office ?? '' : '';
}

function inputsOf(dossier: Dossier, leg: Leg): agency.LegInput[] {
  return currentInputs(dossier, leg).map((input) => {
    const source = dossier.legs.get(input.leg)!;
    const used = leg.completion?.used.find((one) => one.leg === input.leg);
    return {
      leg: input.leg, legName: source.plan.name, round: input.round, output: { author: input.output.author, seq: input.output.seq }, changed: used !== undefined && !sameRef(used.output, input.output),
      results: (source.completion === null ? [] : resultsOf(source.completion)).map(({ result }) => ({ result: result.code, number: result.number, digest: result.digest ?? '' })),
    };
  });
}

