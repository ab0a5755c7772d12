/** Reference data with its look-ups: every question is answered from a map built once. Pure. */
import { areaIndex, isInForce, jurisdiction, officeIndex } from '@lienthong/law';
import type { Calendar, Hash, Reference } from '@lienthong/law';
import { withLocalRules } from './local-rule.ts';
import type { ReferenceData } from './data-files.ts';

/** Builds the look-ups over `data`. `digest` is the fingerprint of that same data. Unknown ids and dates answer `undefined` or an empty list, never an error. */
export function buildReference(data: ReferenceData, digest: Hash): Reference {
  const versions = Map.groupBy(data.procedures, (one) => one.code);
  return {
    ...jurisdiction(areaIndex(data.areas), officeIndex(data.offices)),
    digest, areas: data.areas, offices: data.offices, procedures: data.procedures, calendar: calendarOf(data),
    procedure: (code, on) => {
      const version = versions.get(code)?.find((one) => isInForce(one, on));
      return version === undefined ? undefined : withLocalRules(version, on);
    },
  };
}

function calendarOf(data: ReferenceData): Calendar {
  return { days: new Map(data.days.map((one) => [one.date, one])), years: new Set(data.days.map((one) => Number(one.date.slice(0, 4)))), sessions: data.sessions };
}
