/** What a province decided, in place of the national limit and fees. Pure. */
import { isInForce, parseSpan } from '@lienthong/law';
import type { LegTemplate, LocalDate, LocalRule, Procedure, Span } from '@lienthong/law';

/** The version as it holds on a day: of rules on limits and rules on fees the one in force of each. */
export function withLocalRules(version: Procedure, on: LocalDate): Procedure {
  if (version.local === undefined) return version;
  return version.local.filter((one) => isInForce(one, on)).reduce(withLocalRule, version);
}

export function withLocalRule(version: Procedure, rule: LocalRule): Procedure {
  const fees = rule.fees === undefined ? {} : { fees: rule.fees };
  return rule.limit === undefined ? { ...version, ...fees } : { ...withLimit(version, rule.limit, rule.caseLimits), ...fees };
}

function withLimit({ caseLimits: _national, ...version }: Procedure, limit: Procedure['limit'], caseLimits: LocalRule['caseLimits']): Procedure {
  const legs = fitted(version.legs, shortest(version.limit), shortest(limit));
  return { ...version, limit, legs, ...(caseLimits === undefined ? {} : { caseLimits }) };
}

type Parsed = { readonly count: number; readonly unit: string };

function parsed(span: Span): Parsed {
  const found = parseSpan(span);
  if (!('count' in found)) throw new RangeError(`not a span: ${span}`);
  return found;
}

/** The door that legs fit. */
const shortest = (limit: Procedure['limit']): Parsed => Object.values(limit).map(parsed).reduce((least, one) => (one.count < least.count ? one : least));

/** A shorter total shortens the legs that are told in its unit, in proportion, each to one at least; the validator proves that they fit. */
function fitted(legs: readonly LegTemplate[], before: Parsed, after: Parsed): readonly LegTemplate[] {
  if (before.unit !== after.unit || after.count >= before.count) return legs;
  return legs.map((leg) => {
    const { count, unit } = parsed(leg.limit);
    return unit === after.unit ? { ...leg, limit: `${Math.max(1, Math.floor((count * after.count) / before.count))}${unit}` } : leg;
  });
}
