/** Commands on a leg whose request says all that the law needs. */
import { agency, dossier as pb } from '@lienthong/contract';
import type { Handlers } from '@lienthong/kernel';
import { isBlank, refuse } from '@lienthong/law';
import type { Bodies, ChargePlan, LegPlan, Wait } from '@lienthong/law';
import { refused } from '../command-call.ts';
import type { Host } from '../host.ts';
import { commandLeg, findLeg } from './leg-call.ts';

type Desk = Handlers<typeof agency.AgencyDeskService>;
export type SimpleDesk = Pick<Desk, 'assignLeg' | 'refuseLeg' | 'returnLeg' | 'consult' | 'waiveOpinion' | 'openCharge' | 'extendLimit' | 'stopLeg' | 'insertLeg' | 'skipLegs' | 'rerouteLeg' | 'tellPart' | 'confirmCompletion' | 'revokeCompletion' | 'reopenLeg' | 'resolveRegister' | 'startPosting' | 'startWait' | 'endWait'>;

type OpenedKind = ChargePlan['kind'] | 'fine';
const chargeKinds: Readonly<Record<number, OpenedKind>> = { [pb.ChargeKind.FEE]: 'fee', [pb.ChargeKind.CHARGE]: 'charge', [pb.ChargeKind.TAX]: 'tax', [pb.ChargeKind.FINE]: 'fine' };

/** A field that may not be empty, nor hold what nobody can read. */
function required(value: string, field: string): string {
  if (isBlank(value)) throw refused(refuse('FIELD_MISSING', { field }, field));
  return value;
}

const content = <T>(type: { encode(message: T): { finish(): Uint8Array } }, message: T): Uint8Array => type.encode(message).finish();

export function simpleCommands(host: Host): SimpleDesk {
  return {
    assignLeg: async (request, call) => ({ receipt: await commandLeg(host, call, request, content(agency.AssignLegRequest, request), () => ({
      kind: 'assign', officer: required(request.officer, 'officer'), ...(request.untilDate === '' ? {} : { until: request.untilDate }), ...(request.substituteFor === '' ? {} : { substituteFor: request.substituteFor }),
      officerName: request.officerName, substituteName: request.substituteName,
    })) }),
    refuseLeg: async (request, call) => ({ receipt: await commandLeg(host, call, request, content(agency.RefuseLegRequest, request), () => ({ kind: 'refuse', reason: request.reason, ground: request.ground })) }),
    returnLeg: async (request, call) => ({ receipt: await commandLeg(host, call, request, content(agency.ReturnLegRequest, request), (_leg, dossier) => {
      switch (request.target?.$case) {
        case 'toLeg': return { kind: 'ask-redo', target: findLeg(dossier, request.target.value, 'to_leg').id, reason: request.reason };
        case 'notOurs': return { kind: 'decline', reason: request.reason };
        default: throw refused(refuse('FIELD_MISSING', { field: 'target' }, 'target'));
      }
    }) }),
    consult: async (request, call) => ({ receipt: await commandLeg(host, call, request, content(agency.ConsultRequest, request), () => ({
      kind: 'consult', office: required(request.consultedOffice, 'consulted_office'), question: required(request.question, 'question'), limit: required(request.limit, 'limit'),
      silence: request.silence === agency.Silence.CONSENT ? 'consent' : 'none', title: request.title?.vi ?? '',
    })) }),
    waiveOpinion: async (request, call) => ({ receipt: await commandLeg(host, call, request, content(agency.WaiveOpinionRequest, request), () => ({ kind: 'waive-opinion', opinion: required(request.opinion, 'opinion'), reason: request.reason })) }),
    openCharge: async (request, call) => ({ receipt: await commandLeg(host, call, request, content(agency.OpenChargeRequest, request), () => ({
      kind: 'open-charge', code: required(request.fee, 'fee'), title: request.name?.vi ?? '', charge: chargeKind(request.kind), amount: request.amount, refundable: request.refundable, ground: request.ground,
    })) }),
    extendLimit: async (request, call) => ({ receipt: await commandLeg(host, call, request, content(agency.ExtendLimitRequest, request), () => ({ kind: 'extend', dueAt: request.dueTime?.getTime() ?? 0, ground: request.ground, reason: request.reason })) }),
    stopLeg: async (request, call) => ({ receipt: await commandLeg(host, call, request, content(agency.StopLegRequest, request), () => ({ kind: 'stop', ground: request.ground, reason: request.reason })) }),
    insertLeg: async (request, call) => ({ receipt: await commandLeg(host, call, request, content(agency.InsertLegRequest, request), (leg) => ({ kind: 'insert', reason: required(request.reason, 'reason'), title: request.title?.vi ?? '', plan: insertedPlan(host, request, leg.area) })) }),
    skipLegs: async (request, call) => ({ receipt: await commandLeg(host, call, request, content(agency.SkipLegsRequest, request), (_leg, dossier) => ({ kind: 'skip', legs: request.legs.map((one) => findLeg(dossier, one, 'legs').id), ground: request.ground, reason: request.reason })) }),
    rerouteLeg: async (request, call) => ({ receipt: await commandLeg(host, call, request, content(agency.RerouteLegRequest, request), () => ({ kind: 'reroute', office: required(request.toOffice, 'to_office'), reason: request.reason })) }),
    tellPart: async (request, call) => ({ receipt: await commandLeg(host, call, request, content(agency.TellPartRequest, request), () => ({ kind: 'tell-part', part: required(request.part, 'part') })) }),
    confirmCompletion: async (request, call) => ({ receipt: await commandLeg(host, call, request, content(agency.ConfirmCompletionRequest, request), () => ({ kind: 'confirm', ...(request.evidence.length === 0 ? {} : { despite: [...new Set(request.evidence)], ground: request.ground, reason: request.reason }) })) }),
    revokeCompletion: async (request, call) => ({ receipt: await commandLeg(host, call, request, content(agency.RevokeCompletionRequest, request), () => revocationOf(request)) }),
    reopenLeg: async (request, call) => ({ receipt: await commandLeg(host, call, request, content(agency.ReopenLegRequest, request), () => ({ kind: 'reopen', reason: required(request.reason, 'reason') })) }),
    resolveRegister: async (request, call) => ({ receipt: await commandLeg(host, call, request, content(agency.ResolveRegisterRequest, request), () => ({ kind: 'resolve-register', outcome: resolutionOf(request.resolution), ground: request.ground, reason: request.reason })) }),
    startPosting: async (request, call) => ({ receipt: await commandLeg(host, call, request, content(agency.StartPostingRequest, request), (leg) => ({
      kind: 'start-posting', span: request.span === '' ? leg.plan.posting ?? '' : request.span, ground: request.ground === '' ? leg.plan.act : request.ground, place: required(request.place, 'place'),
    })) }),
    startWait: async (request, call) => ({ receipt: await commandLeg(host, call, request, content(agency.StartWaitRequest, request), () => ({ kind: 'start-wait', wait: waitOf(request.kind), ground: request.ground, limit: request.limit })) }),
    endWait: async (request, call) => ({ receipt: await commandLeg(host, call, request, content(agency.EndWaitRequest, request), () => ({ kind: 'end-wait', wait: request.wait, outcome: outcomeOf(request.outcome) })) }),
  };
}

function resolutionOf(given: agency.Resolution): 'retry' | 'by-hand' {
  if (given === agency.Resolution.RETRY) return 'retry';
  if (given === agency.Resolution.BY_HAND) return 'by-hand';
  throw refused(refuse('FIELD_MISSING', { field: 'resolution' }, 'resolution'));
}

const waits: Partial<Record<agency.RequestKind, Wait>> = { [agency.RequestKind.CONSENT]: 'consent', [agency.RequestKind.VERIFICATION_ABROAD]: 'verification-abroad' };
const waitOutcomes: Partial<Record<agency.WaitOutcome, Bodies['wait-ended']['outcome']>> = { [agency.WaitOutcome.AGREED]: 'agree', [agency.WaitOutcome.DISAGREED]: 'disagree', [agency.WaitOutcome.DONE]: 'done' };

function waitOf(kind: agency.RequestKind): Wait {
  const found = waits[kind];
  if (found === undefined) throw refused(refuse('FIELD_INVALID', { field: 'kind', problem: 'CONSENT | VERIFICATION_ABROAD' }, 'kind'));
  return found;
}

function outcomeOf(outcome: agency.WaitOutcome): Bodies['wait-ended']['outcome'] {
  const found = waitOutcomes[outcome];
  if (found === undefined) throw refused(refuse('FIELD_MISSING', { field: 'outcome' }, 'outcome'));
  return found;
}

function chargeKind(kind: pb.ChargeKind): OpenedKind {
  const found = chargeKinds[kind];
  if (found === undefined) throw refused(refuse('FIELD_MISSING', { field: 'kind' }, 'kind'));
  return found;
}

function insertedPlan(host: Host, request: agency.InsertLegRequest, area: string): LegPlan {
  const office = host.environment.reference.office(request.insertedOffice);
  if (office === undefined) throw refused(refuse('UNKNOWN_OFFICE', { office: request.insertedOffice }, 'inserted_office'));
  const name = required(request.name, 'name');
  return {
    type: 'leg', name, title: { vi: name, en: name }, role: request.role === '' ? office.roles[0] ?? '' : request.role, service: office.service, office: office.id, area, after: [],
    limit: required(request.limit, 'limit'), decides: false, results: [], reads: request.reads, plannedDue: null, act: required(request.act, 'act'),
  };
}

/** Of the whole completion, or of one of its results. */
function revocationOf({ result, number, reason, ground }: agency.RevokeCompletionRequest): { readonly kind: 'revoke'; readonly reason: string; readonly ground: string } | { readonly kind: 'revoke-result'; readonly result: string; readonly number: string; readonly reason: string; readonly ground: string } {
  return result === '' ? { kind: 'revoke', reason, ground } : { kind: 'revoke-result', result, number: required(number, 'number'), reason, ground };
}
