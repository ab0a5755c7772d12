/** The institution map: which act each rule rests on, from when, and who answers for it; what is out of force; what has no basis. Pure. */
import { isInForce } from '@lienthong/law';
import type { AreaId, FormEdition, LocalDate, Locality, LocalRule, OfficeId, Procedure, Reference, Role, Source, Text } from '@lienthong/law';
import { actsNamed, standingOf } from './acts.ts';
import type { Act, Standing } from './acts.ts';
import { partsOfOneStop } from './one-stop-parts.ts';

export type MapElement = 'procedure' | 'limit' | 'leg' | 'consultation' | 'fee' | 'form';
/** `none`: no act is named. `ended`: none of those named is in force. `unknown`: of none is it known. */
export type Basis = 'in-force' | 'ended' | 'unknown' | 'none';

export type MapEntry = {
  /** Its code; '' for what holds for all: the forms of the one-stop, the limits of asking, apologising and handing over. */
  readonly procedure: string; /** First day of the rule: of the version, of the province's decision, of the edition. */ readonly validFrom: LocalDate; readonly element: MapElement;
  /** The leg, fee, paper or case; `supplement`, `<leg>.posting` for waits; the code for the procedure. */
  readonly name: string; readonly title: Text;
  /** The limit, the amount, the form; empty where there is none. */
  readonly value: string;
  readonly acts: readonly { readonly number: string; readonly standing: Standing; readonly validFrom: LocalDate | null; readonly validTo: LocalDate | null; readonly replacedBy: string | null }[];
  readonly basis: Basis;
  readonly role: Role; readonly locality: Locality;
  /** The office that answers: for the area asked for; without one, the only office that bears the role. */
  readonly office: OfficeId | null;
  /** Offices in force that bear the role. */
  readonly offices: number;
  readonly source: Source;
};

export type MapQuestion = { readonly on: LocalDate; readonly procedure?: string; readonly area?: AreaId };

/** All rules in force on the day: those that hold for all procedures, unless one is asked for, then in order of procedure. `forms`: editions of the forms of the one-stop. */
export function institutionMap(reference: Reference, acts: readonly Act[], forms: readonly FormEdition[], question: MapQuestion): MapEntry[] {
  const lookUp = actLookUp(acts), answers = answering(reference, question), mapped = (procedure: string) => (part: Part): MapEntry => entryOf(procedure, part, lookUp, answers, question.on);
  const common = question.procedure === undefined ? partsOfOneStop(forms).filter((one) => isInForce(one, question.on)) : [];
  return [
    ...common.map(mapped('')),
    ...reference.procedures.filter((one) => isInForce(one, question.on) && (question.procedure === undefined || one.code === question.procedure))
      .flatMap((one) => partsOf(reference.procedure(one.code, question.on) ?? one, one, question.on).map(mapped(one.code))),
  ];
}

type Found = { readonly number: string; readonly act: Act | undefined };
type LookUp = (text: string) => Found[];

/** By number; a form that cites `TT 53/2025` leaves the body out, so the first act that begins alike is meant. */
function actLookUp(acts: readonly Act[]): LookUp {
  const known = new Map(acts.map((one) => [one.number, one]));
  return (text) => actsNamed(text).map((number) => {
    const act = known.get(number) ?? (number.endsWith('/TT') ? acts.find((one) => one.number.startsWith(`${number}-`)) : undefined);
    return { number: act?.number ?? number, act };
  });
}

type Answers = (role: Role) => Pick<MapEntry, 'office' | 'offices'>;

function answering(reference: Reference, { on, area }: MapQuestion): Answers {
  const bearers = new Map<Role, OfficeId[]>();
  for (const office of reference.offices) if (isInForce(office, on)) for (const role of office.roles) bearers.set(role, [...bearers.get(role) ?? [], office.id]);
  return (role) => {
    const all = bearers.get(role) ?? [];
    const office = area === undefined ? (all.length === 1 ? all[0] : undefined) : reference.competentOffice(role, area, on)?.id;
    return { office: office ?? null, offices: all.length };
  };
}

/** A rule before its acts and offices are looked up. */
export type Part = Pick<MapEntry, 'element' | 'name' | 'title' | 'value' | 'role' | 'locality' | 'source' | 'validFrom'> & { /** Text that names acts besides the source. */ readonly names?: string };

function entryOf(procedure: string, { names = '', ...part }: Part, lookUp: LookUp, answers: Answers, on: LocalDate): MapEntry {
  const acts = [...new Map(lookUp(`${part.source.act}; ${names}`).map((one) => [one.number, one])).values()].map(({ number, act }) => ({
    number, standing: standingOf(act, on), validFrom: act?.validFrom ?? null, validTo: act?.validTo ?? null, replacedBy: act?.replacedBy ?? null,
  }));
  return { procedure, ...part, acts, basis: basisOf(acts.map((one) => one.standing)), ...answers(part.role) };
}

function basisOf(standings: readonly Standing[]): Basis {
  if (standings.length === 0) return 'none';
  if (standings.includes('in-force')) return 'in-force';
  return standings.every((one) => one === 'ended') ? 'ended' : 'unknown';
}

/** `national`: the version without what the province decided. */
function partsOf(procedure: Procedure, national: Procedure, on: LocalDate): Part[] {
  const deciding = procedure.legs.find((one) => one.decides) ?? procedure.legs[0]!;
  const { role, locality } = procedure.facts?.accountable ?? deciding;
  const whole = { title: procedure.name, role, locality, source: procedure.source, validFrom: procedure.validFrom };
  const limits = [...procedure.channels.map((channel): [string, string] => [channel, procedure.limit[channel]]), ...Object.entries(procedure.caseLimits ?? {})];
  const ofLimit = decidedBy(national, 'limit', on), ofFees = decidedBy(national, 'fees', on);
  return [
    { ...whole, element: 'procedure', name: procedure.code, value: '', names: `${procedure.facts?.announcedBy ?? ''}; ${procedure.legalBasis.join('; ')}` },
    ...limits.map(([name, value]): Part => ({ ...whole, ...ofLimit, element: 'limit', name, value })),
    { ...whole, element: 'limit', name: 'supplement', value: procedure.supplement.timeout },
    ...procedure.legs.flatMap((leg, n) => partsOfLeg(leg, leg.limit === national.legs[n]?.limit ? {} : ofLimit, procedure.validFrom)),
    ...procedure.fees.map((fee): Part => ({ ...whole, ...ofFees, element: 'fee', name: fee.code, title: fee.name, value: procedure.channels.map((channel) => `${channel} ${fee.amount[channel]}`).join('; '), source: fee.source })),
    ...procedure.documents.filter((one) => one.form !== undefined).map((one): Part => ({ ...whole, element: 'form', name: one.code, title: one.name, value: one.form!, source: { ...procedure.source, act: one.form! } })),
  ];
}

/** A leg, and what it waits for. `shortened`: by what its limit was shortened. */
function partsOfLeg({ name, title, limit, role, locality, source, posting, consults = [] }: Procedure['legs'][number], shortened: Partial<Pick<Part, 'source' | 'validFrom'>>, validFrom: LocalDate): Part[] {
  const own = { title, role, locality, source, validFrom };
  return [
    { ...own, ...shortened, element: 'leg', name, value: limit },
    ...posting === undefined ? [] : [{ ...own, element: 'limit' as const, name: `${name}.posting`, value: posting }],
    ...consults.map((one, n): Part => ({ ...own, element: 'consultation', name: `${name}[${n}]`, title: one.title, value: one.limit, role: one.role, locality: one.locality })),
  ];
}

/** What the province decided of limits or of fees, where that holds on the day: by which act, since when. */
function decidedBy({ local = [] }: Procedure, what: 'limit' | 'fees', on: LocalDate): Partial<Pick<Part, 'source' | 'validFrom'>> {
  const rule = local.find((one: LocalRule) => one[what] !== undefined && isInForce(one, on));
  return rule === undefined ? {} : { source: rule.source, validFrom: rule.validFrom };
}
