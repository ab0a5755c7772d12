/** The institution map: which act each rule rests on, from when, and who answers for it; what is out of force; what has no basis. Pure. */
import { isInForce } from '@lienthong/law';
import type { AreaId, LocalDate, Locality, OfficeId, Procedure, Reference, Role, Source, Text } from '@lienthong/law';
import { actsNamed, standingOf } from './acts.ts';
import type { Act, Standing } from './acts.ts';

export type MapElement = 'procedure' | 'limit' | 'leg' | 'consultation' | 'fee' | 'form';
/** `none`: no act is named. `ended`: none of those named is in force. `unknown`: of none is it known. */
export type Basis = 'in-force' | 'ended' | 'unknown' | 'none';

export type MapEntry = {
  readonly procedure: string; readonly validFrom: LocalDate; readonly element: MapElement;
  /** The leg, fee, paper or case; the code for the procedure. */
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

/** All rules in force on the day, in order of procedure. */
export function institutionMap(reference: Reference, acts: readonly Act[], question: MapQuestion): MapEntry[] {
  const lookUp = actLookUp(acts);
  const answers = answering(reference, question);
  return reference.procedures.filter((one) => isInForce(one, question.on) && (question.procedure === undefined || one.code === question.procedure))
    .flatMap((one) => entriesOf(reference.procedure(one.code, question.on) ?? one, lookUp, answers, question.on));
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

type Part = Pick<MapEntry, 'element' | 'name' | 'title' | 'value' | 'role' | 'locality' | 'source'> & { /** Text that names acts besides the source. */ readonly names?: string };

function entriesOf(procedure: Procedure, lookUp: LookUp, answers: Answers, on: LocalDate): MapEntry[] {
  return partsOf(procedure, on).map(({ names = '', ...part }) => {
    const acts = [...new Map(lookUp(`${part.source.act}; ${names}`).map((one) => [one.number, one])).values()].map(({ number, act }) => ({
      number, standing: standingOf(act, on), validFrom: act?.validFrom ?? null, validTo: act?.validTo ?? null, replacedBy: act?.replacedBy ?? null,
    }));
    return { procedure: procedure.code, validFrom: procedure.validFrom, ...part, acts, basis: basisOf(acts.map((one) => one.standing)), ...answers(part.role) };
  });
}

function basisOf(standings: readonly Standing[]): Basis {
  if (standings.length === 0) return 'none';
  if (standings.includes('in-force')) return 'in-force';
  return standings.every((one) => one === 'ended') ? 'ended' : 'unknown';
}

function partsOf(procedure: Procedure, on: LocalDate): Part[] {
  const deciding = procedure.legs.find((one) => one.decides) ?? procedure.legs[0]!;
  const { role, locality } = procedure.facts?.accountable ?? deciding;
  const whole = { title: procedure.name, role, locality, source: procedure.source };
  const limitSource = procedure.local?.find((one) => one.limit !== undefined && isInForce(one, on))?.source ?? procedure.source;
  const limits = [...procedure.channels.map((channel): [string, string] => [channel, procedure.limit[channel]]), ...Object.entries(procedure.caseLimits ?? {})];
  return [
    { ...whole, element: 'procedure', name: procedure.code, value: '', names: `${procedure.facts?.announcedBy ?? ''}; ${procedure.legalBasis.join('; ')}` },
    ...limits.map(([name, value]): Part => ({ ...whole, element: 'limit', name, value, source: limitSource })),
    ...procedure.legs.flatMap((leg): Part[] => [
      { element: 'leg', name: leg.name, title: leg.title, value: leg.limit, role: leg.role, locality: leg.locality, source: leg.source },
      ...(leg.consults ?? []).map((one, n): Part => ({ element: 'consultation', name: `${leg.name}[${n}]`, title: one.title, value: one.limit, role: one.role, locality: one.locality, source: leg.source })),
    ]),
    ...procedure.fees.map((fee): Part => ({ ...whole, element: 'fee', name: fee.code, title: fee.name, value: procedure.channels.map((channel) => `${channel} ${fee.amount[channel]}`).join('; '), source: fee.source })),
    ...procedure.documents.filter((one) => one.form !== undefined).map((one): Part => ({ ...whole, element: 'form', name: one.code, title: one.name, value: one.form!, source: { ...procedure.source, act: one.form! } })),
  ];
}
