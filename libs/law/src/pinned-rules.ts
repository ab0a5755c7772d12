/** The rules under which a dossier and its legs stand: those of its receipt until the applicant chooses newer ones. */
import type { Channel, ClockRules, Fee, Hash, Instant, LawBody, LegPlan, LegTemplate, LegTerms, PinnedRules, Procedure, RequiredDocument, ResultFee, Text } from './types.ts';
import type { LawContext } from './context.ts';
import type { Dossier, Leg, Root } from './dossier.ts';
import { feesOwed, totalLimit } from './route.ts';
import type { Chosen } from './route.ts';

/** A fee as the dossier is to ask for it later, whatever the catalogue says then. */
export function resultFee(fee: Fee, channel: Channel): ResultFee {
  return { code: fee.code, name: fee.name, kind: fee.kind, amount: fee.amount[channel], refundable: fee.refundable, ground: fee.source.act };
}

/** A version of a procedure as a dossier writes it down. `digest`: of the data that it was read from. */
export function rulesOfProcedure(procedure: Procedure, chosen: Chosen, digest: Hash): PinnedRules {
  const { validFrom, name, results, supplement, handOver, counting, legalBasis } = procedure, fees = feesOwed(procedure, chosen, 'result').map((fee) => resultFee(fee, chosen.channel));
  return { procedureFrom: validFrom, name, rules: digest, resultCodes: results, supplement, handOver, counting, limit: totalLimit(procedure, chosen), legalBasis, ...(fees.length === 0 ? {} : { resultFees: fees }) };
}

export function pinnedRules({ procedureFrom, name, rules, resultCodes, supplement, handOver, counting, limit, legalBasis, resultFees }: PinnedRules): PinnedRules {
  return { procedureFrom, name, rules, resultCodes, supplement, handOver, counting, limit, legalBasis, ...(resultFees === undefined ? {} : { resultFees }) };
}

export function clockRules({ handOver, counting, supplement }: ClockRules): ClockRules {
  return { handOver, counting, supplement };
}

/** The rules under which a leg stands: one that was decided before the choice keeps those of the receipt. */
export function standingRules(root: Root, leg: Leg): ClockRules {
  return clockRules(leg.adopted?.rules ?? root.body);
}

/** By which rules the clock of a leg is counted: those under which it stands, but an opinion is asked for from the very moment, in hours, too. */
export function rulesOfLeg(root: Root, leg: Leg): ClockRules {
  const rules = standingRules(root, leg);
  return leg.plan.task === true && rules.counting !== 'elapsed' ? { ...rules, counting: 'elapsed' } : rules;
}

export function termsOf({ title, limit, decides, posting, originals, consults, charge, register, results, reads, plannedDue, act }: LegTerms): LegTerms {
  return {
    title, limit, decides, results, reads, plannedDue, act,
    ...(posting === undefined ? {} : { posting }), ...(originals === undefined ? {} : { originals }), ...(consults === undefined ? {} : { consults }), ...(charge === undefined ? {} : { charge }), ...(register === undefined ? {} : { register }),
  };
}

export function termsOfTemplate(template: LegTemplate, plannedDue: Instant | null): LegTerms {
  return termsOf({ ...template, plannedDue, act: template.source.act });
}

/** The leg as other terms have it: what they do not say, it has no more. */
export function underTerms({ type, name, role, service, office, area, after, task }: LegPlan, terms: LegTerms): LegPlan {
  return { type, name, role, service, office, area, after, ...(task === undefined ? {} : { task }), ...termsOf(terms) };
}

/** The name of a result: in the rules under which the dossier stands, else in those under which it stood when an earlier leg gave it. */
export function resultName({ root, entries }: Pick<Dossier, 'root' | 'entries'>, code: string): Text | undefined {
  const chosen = entries.flatMap((one) => (one.kind === 'rules-adopted' && one.item === root!.id ? [(one.body as LawBody<'rules-adopted'>).pinned] : []));
  return [...chosen.reverse(), root!.body].flatMap((rules) => rules.resultCodes).find((one) => one.code === code)?.name;
}

/** A required document by its code: in the version under which the dossier stands, else in that of its receipt. */
export function requiredDocument(dossier: Dossier, code: string, { reference }: Pick<LawContext, 'reference'>): RequiredDocument | undefined {
  const { body, rules } = dossier.root!;
  const find = (from: string): RequiredDocument | undefined => reference.procedure(body.procedure, from)?.documents.find((one) => one.code === code);
  return find(rules.procedureFrom) ?? (rules.procedureFrom === body.procedureFrom ? undefined : find(body.procedureFrom));
}
