/** Reference data with its look-ups: every question is answered from a map built once. Pure. */
import { areaIndex, isInForce, jurisdiction, officeIndex } from '@lienthong/law';
import type { Calendar, Hash, LocalDate, LocalRule, Procedure, Reference } from '@lienthong/law';
import type { ReferenceData } from './data-files.ts';

/** Builds the look-ups over `data`. `digest` is the fingerprint of that same data. Unknown ids and dates answer `undefined` or an empty list, never an error. */
export function buildReference(data: ReferenceData, digest: Hash): Reference {
  const versions = Map.groupBy(data.procedures, (one) => one.code);
  return {
    ...jurisdiction(areaIndex(data.areas), officeIndex(data.offices)),
    digest, areas: data.areas, offices: data.offices, procedures: data.procedures, calendar: calendarOf(data),
    procedure: (code, on) => {
      const version = versions.get(code)?.find((one) => isInForce(one, on));
      return version === undefined ? undefined : withLocalRule(version, on);
    },
  };
}

/** What the province decided takes the place of the national limit and fees while it is in force. */
function withLocalRule(version: Procedure, on: LocalDate): Procedure {
  const rule = version.local?.find((one) => isInForce(one, on));
  return rule === undefined ? version : { ...withLocalLimit(version, rule), ...(rule.fees === undefined ? {} : { fees: rule.fees }) };
}

function withLocalLimit({ caseLimits, ...version }: Procedure, rule: LocalRule): Procedure {
  const ofCases = rule.limit === undefined ? caseLimits : rule.caseLimits;
  return { ...version, limit: rule.limit ?? version.limit, ...(ofCases === undefined ? {} : { caseLimits: ofCases }) };
}

function calendarOf(data: ReferenceData): Calendar {
  return { days: new Map(data.days.map((one) => [one.date, one])), years: new Set(data.days.map((one) => Number(one.date.slice(0, 4)))), sessions: data.sessions };
}
