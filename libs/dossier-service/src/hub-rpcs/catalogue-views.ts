/** What the catalogue knows beside the rules, and the institution map, as the contracts show them. */
import { reference as pb } from '@lienthong/contract';
import type { CatalogueFacts, ExcludedWait, LegTemplate, Locality, Procedure } from '@lienthong/law';
import { catalogueFlagTexts } from '@lienthong/reference-data';
import type { Basis, MapElement, MapEntry, Standing } from '@lienthong/reference-data';
import { sourceView } from './source-view.ts';

export const localities: Readonly<Record<Locality, pb.Locality>> = { subject: pb.Locality.SUBJECT, residence: pb.Locality.RESIDENCE, counter: pb.Locality.COUNTER, target: pb.Locality.TARGET };
const causes: Readonly<Record<ExcludedWait['cause'], pb.WaitCause>> = {
  posting: pb.WaitCause.POSTING, payment: pb.WaitCause.PAYMENT, consent: pb.WaitCause.CONSENT, transfer: pb.WaitCause.TRANSFER, outage: pb.WaitCause.OUTAGE, verification: pb.WaitCause.VERIFICATION, extension: pb.WaitCause.EXTENSION,
};
const elements: Readonly<Record<MapElement, pb.MapElement>> = {
  procedure: pb.MapElement.PROCEDURE, limit: pb.MapElement.LIMIT, leg: pb.MapElement.LEG, consultation: pb.MapElement.CONSULTATION, fee: pb.MapElement.FEE, form: pb.MapElement.FORM,
};
const bases: Readonly<Record<Basis, pb.MapBasis>> = { 'in-force': pb.MapBasis.IN_FORCE, 'ended': pb.MapBasis.ENDED, 'unknown': pb.MapBasis.UNKNOWN, 'none': pb.MapBasis.NONE };
const standings: Readonly<Record<Standing, pb.ActStanding>> = { 'in-force': pb.ActStanding.IN_FORCE, 'not-yet': pb.ActStanding.NOT_YET, 'ended': pb.ActStanding.ENDED, 'unknown': pb.ActStanding.UNKNOWN };

type FactsView = Pick<pb.Procedure, 'caseLimits' | 'defaultRoute' | 'flags' | 'decisions' | 'waits' | 'accountableRole' | 'accountableLocality' | 'earlierCodes' | 'laterCodes' | 'announcedBy' | 'resultsNotIssued'>;

/** Data without facts shows none: nothing is known beside its rules. */
export function factsView({ caseLimits, facts }: Pick<Procedure, 'caseLimits' | 'facts'>): FactsView {
  const limits = Object.entries(caseLimits ?? {}).map(([name, limit]) => ({ case: name, limit }));
  if (facts === undefined) return { caseLimits: limits, defaultRoute: false, flags: [], decisions: [], waits: [], accountableRole: '', accountableLocality: pb.Locality.UNSPECIFIED, earlierCodes: [], laterCodes: [], announcedBy: '', resultsNotIssued: [] };
  return {
    caseLimits: limits, defaultRoute: facts.route === 'default', flags: facts.flags.map(flagView), decisions: facts.decisions.map(({ on, ...one }) => ({ ...one, date: on })), waits: facts.waits.map(waitView),
    accountableRole: facts.accountable.role, accountableLocality: localities[facts.accountable.locality], earlierCodes: [...facts.codes.earlier], laterCodes: [...facts.codes.later], announcedBy: facts.announcedBy,
    resultsNotIssued: (facts.notIssued ?? []).map(({ code, name }) => ({ result: code, name })),
  };
}

const flagView = (flag: CatalogueFacts['flags'][number]): pb.CatalogueFlag => ({ flag, text: (catalogueFlagTexts as Readonly<Record<string, pb.CatalogueFlag['text']>>)[flag] });
const waitView = ({ cause, text, span, leg, source }: ExcludedWait): pb.ExcludedWait => ({ cause: causes[cause], text, span: span ?? '', leg: leg ?? '', source: sourceView(source) });

export const consultationViews = ({ consults = [] }: LegTemplate): pb.ConsultationTemplate[] => consults.map(({ role, locality, limit, silence, title, binding = false }) => ({ role, locality: localities[locality], limit, silenceIsConsent: silence === 'consent', title, binding }));

export function mapEntryView(one: MapEntry): pb.MapEntry {
  return {
    procedure: one.procedure, validFrom: one.validFrom, element: elements[one.element], name: one.name, title: one.title, value: one.value,
    acts: one.acts.map(({ number, standing, validFrom, validTo, replacedBy }) => ({ number, standing: standings[standing], validFrom: validFrom ?? '', validTo: validTo ?? '', replacedBy: replacedBy ?? '' })),
    basis: bases[one.basis], role: one.role, locality: localities[one.locality], office: one.office ?? '', offices: one.offices, source: sourceView(one.source),
  };
}

/** Whether an entry is asked for. */
export const hasBasis = (one: MapEntry, basis: pb.MapBasis): boolean => basis === pb.MapBasis.UNSPECIFIED || bases[one.basis] === basis;
