/** Areas, offices and procedures as the contracts show them. */
import { dossier, reference as pb } from '@lienthong/contract';
import type { Area, Channel, Fee, LegTemplate, LocalDate, Locality, Office, Procedure, Reference, RequiredDocument } from '@lienthong/law';
import { consultationViews, factsView, localities } from './catalogue-views.ts';
import { sourceView } from './source-view.ts';

const channels: Readonly<Record<Channel, dossier.Channel>> = { counter: dossier.Channel.COUNTER, online: dossier.Channel.ONLINE, post: dossier.Channel.POST };
const feeKinds: Readonly<Record<Fee['kind'], dossier.ChargeKind>> = { fee: dossier.ChargeKind.FEE, charge: dossier.ChargeKind.CHARGE, tax: dossier.ChargeKind.TAX };
export const levels: Readonly<Record<Area['level'], pb.AreaLevel>> = { province: pb.AreaLevel.PROVINCE, district: pb.AreaLevel.DISTRICT, commune: pb.AreaLevel.COMMUNE };

export function procedureView(one: Procedure): pb.Procedure {
  return {
    procedure: one.code, name: one.name, field: one.field, validFrom: one.validFrom, validTo: one.validTo ?? '', cases: [...one.cases],
    limits: one.channels.map((channel) => ({ channel: channels[channel], limit: one.limit[channel] })), boundaryFree: one.boundaryFree, handOver: one.handOver,
    documents: one.documents.map(documentView), fees: one.fees.map((fee) => feeView(fee, one.channels)), legs: one.legs.map(legTemplateView),
    results: one.results.map(({ code, name }) => ({ result: code, name })), legalBasis: [...one.legalBasis], source: sourceView(one.source),
    localities: localitiesOf(one).map((locality) => localities[locality]), ...factsView(one),
  };
}

/** Areas that a submission must name: where it is received is known by then. */
function localitiesOf({ legs }: Procedure): readonly Locality[] {
  const all = legs.flatMap((leg) => [leg.locality, ...(leg.consults ?? []).map((consult) => consult.locality)]);
  return [...new Set(all)].filter((locality) => locality !== 'counter');
}

export function summaryView(one: Procedure): pb.ProcedureSummary {
  return { procedure: one.code, name: one.name, field: one.field, validFrom: one.validFrom, validTo: one.validTo ?? '', cases: [...one.cases], flags: [...one.facts?.flags ?? []] };
}

function documentView(one: RequiredDocument): pb.RequiredDocument {
  return {
    document: one.code, name: one.name, form: one.form ?? '', originals: one.originals, copies: one.copies, cases: [...one.cases ?? []], optional: one.optional ?? false,
    evidenceService: one.evidence?.service ?? '', evidenceFact: one.evidence?.fact ?? '',
  };
}

function feeView(one: Fee, offered: readonly Channel[]): pb.Fee {
  return {
    fee: one.code, name: one.name, kind: feeKinds[one.kind], amounts: offered.map((channel) => ({ channel: channels[channel], amount: one.amount[channel] })), atResult: one.when === 'result',
    refundable: one.refundable, cases: [...one.cases ?? []], source: sourceView(one.source),
  };
}

function legTemplateView(one: LegTemplate): pb.LegTemplate {
  return {
    name: one.name, title: one.title, role: one.role, locality: localities[one.locality], after: [...one.after], limit: one.limit, decides: one.decides, posting: one.posting ?? '',
    charge: one.charge?.code ?? '', results: [...one.results], cases: [...one.cases ?? []], source: sourceView(one.source), consultations: consultationViews(one),
  };
}

export function officeView(one: Office): pb.Office {
  return {
    office: one.id, name: one.name, service: one.service, roles: [...one.roles], serves: [...one.serves], agencyCode: one.agencyCode, validFrom: one.validFrom, validTo: one.validTo ?? '',
    successor: one.successor ?? '', source: sourceView(one.source),
  };
}

export function areaView(one: Area, reference: Pick<Reference, 'areasNow'>, on: LocalDate): pb.Area {
  return {
    area: one.id, code: one.code, name: one.name, level: levels[one.level], parent: one.parent ?? '', validFrom: one.validFrom, validTo: one.validTo ?? '', successors: [...one.successors],
    now: reference.areasNow(one.id, on).map(({ id }) => id), source: sourceView(one.source),
  };
}
