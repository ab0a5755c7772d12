/** What an office brings beside the released catalogue: procedures of its own, and what its province decided on limits and fees. Pure. */
import { addDays } from '@lienthong/law';
import type { LocalRule, Procedure, Validity } from '@lienthong/law';
import type { ReferenceData } from './data-files.ts';
import { validateAddition } from './validate-addition.ts';
import { lastDay, overlaps } from './validate/dated.ts';
import type { Finding } from './validate/finding.ts';

/** A decision of the province on one procedure, for all its versions that it reaches. */
export type OfficeRule = LocalRule & { readonly procedure: string };
export type OfficeCatalogue = { readonly procedures: readonly Procedure[]; readonly rules: readonly OfficeRule[] };

export const emptyOffice: OfficeCatalogue = { procedures: [], rules: [] };
export const isEmpty = ({ procedures, rules }: OfficeCatalogue): boolean => procedures.length + rules.length === 0;

/** The released data with what the office brought. Data that the office does not touch stay the same values. */
export function withOffice(base: ReferenceData, office: OfficeCatalogue): ReferenceData {
  if (isEmpty(office)) return base;
  const rules = Map.groupBy(office.rules, (one) => one.procedure);
  return { ...base, procedures: [...base.procedures, ...office.procedures].map((one) => withRules(one, rules.get(one.code) ?? [])) };
}

function withRules(version: Procedure, rules: readonly OfficeRule[]): Procedure {
  const own = rules.filter((one) => overlaps(one, version)).map(({ procedure: _procedure, ...rule }): LocalRule => ({ ...rule, ...within(rule, version) }));
  return own.length === 0 ? version : { ...version, local: [...version.local ?? [], ...own] };
}

/** The days on which both are in force. */
function within(rule: Validity, version: Validity): Validity {
  return { validFrom: rule.validFrom > version.validFrom ? rule.validFrom : version.validFrom, validTo: version.validTo !== null && lastDay(rule) > version.validTo ? version.validTo : rule.validTo };
}

/** All faults of what the office brought; none when a running hub may take it. */
export function validateOffice(base: ReferenceData, office: OfficeCatalogue): readonly Finding[] {
  if (isEmpty(office)) return [];
  const codes = new Set([...base.procedures, ...office.procedures].map((one) => one.code));
  const strangers = office.rules.filter((one) => !codes.has(one.procedure)).map((one): Finding => ({ file: '', record: `${one.procedure}@${one.validFrom}`, field: 'procedure', problem: `procedure ${one.procedure} does not exist`, remedy: 'name a procedure of the catalogue' }));
  if (strangers.length > 0) return strangers;
  const own = new Set([...office.procedures.map((one) => one.code), ...office.rules.map((one) => one.procedure)]);
  const touched = withOffice(base, office).procedures.filter((one) => own.has(one.code));
  const released = new Set(office.procedures.map((one) => one.code));
  return validateAddition({ ...base, procedures: base.procedures.filter((one) => released.has(one.code)) }, touched.filter((one) => !base.procedures.includes(one)));
}

/** A rule speaks of limits or of fees; each kind has a history of its own. */
const kindOf = ({ procedure, limit }: OfficeRule): string => `${procedure} ${limit === undefined ? 'fees' : 'limit'}`;

/** Adds rules; an open rule of the same kind on the same procedure ends the day before a later one begins, one of the same first day is replaced. */
export function mergedRules(before: readonly OfficeRule[], added: readonly OfficeRule[]): OfficeRule[] {
  let rules = [...before];
  for (const rule of added) {
    rules = rules.filter((one) => kindOf(one) !== kindOf(rule) || one.validFrom !== rule.validFrom).map((one) => (kindOf(one) === kindOf(rule) && one.validTo === null && one.validFrom < rule.validFrom ? { ...one, validTo: addDays(rule.validFrom, -1) } : one));
    rules.push(rule);
  }
  const key = (one: OfficeRule): string => `${kindOf(one)} ${one.validFrom}`;
  return rules.sort((a, b) => (key(a) < key(b) ? -1 : 1));
}
