/** Reference data with its look-ups: every question is answered from a map built once. Pure. */
import { areaIndex, isInForce, isTimeRefusal, jurisdiction, officeIndex, parseInstant } from '@lienthong/law';
import type { Calendar, Hash, Instant, Outage, Reference } from '@lienthong/law';
import type { CalendarFile, ReferenceData } from './data-files.ts';
import { withLocalRules } from './local-rule.ts';

/** Builds the look-ups over `data`. `digest` is the fingerprint of that same data. Unknown ids and dates answer `undefined` or an empty list, never an error. */
export function buildReference(data: ReferenceData, digest: Hash): Reference {
  const versions = Map.groupBy(data.procedures, (one) => one.code);
  return {
    ...jurisdiction(areaIndex(data.areas), officeIndex(data.offices)),
    digest, areas: data.areas, offices: data.offices, procedures: data.procedures, calendar: calendarOf(data), ...(data.resultFacts === undefined ? {} : { resultFacts: data.resultFacts }), ...(data.transitions === undefined ? {} : { transitions: data.transitions }), ...(data.support === undefined ? {} : { support: data.support }), ...(data.industries === undefined ? {} : { industries: data.industries }),
    procedure: (code, on) => {
      const version = versions.get(code)?.find((one) => isInForce(one, on));
      return version === undefined ? undefined : withLocalRules(version, on);
    },
  };
}

/** Days by date, the years that have rows, sessions, outages. Times of outages must have been validated. */
export function calendarOf(data: CalendarFile): Calendar {
  const outages = (data.outages ?? []).map((one): Outage => ({ ...one, from: instantOf(one.from), to: one.to === null ? null : instantOf(one.to) }));
  return { days: new Map(data.days.map((one) => [one.date, one])), years: new Set(data.days.map((one) => Number(one.date.slice(0, 4)))), sessions: data.sessions, ...(outages.length === 0 ? {} : { outages }) };
}

function instantOf(text: string): Instant {
  const parsed = parseInstant(text);
  if (isTimeRefusal(parsed)) throw new RangeError(`not a time: ${text}`);
  return parsed;
}
