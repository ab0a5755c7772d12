/** The form of every record. Records whose form is wrong cannot be judged further. */
import type { Area, CalendarDay, Industry, Office, Procedure, ResultFact, Sessions, SupportBase, SupportGroup, Transition } from '@lienthong/law';
import { AREAS_FILE, CALENDAR_FILE, INDUSTRIES_FILE, OFFICES_FILE, RESULTS_FILE, SUPPORT_FILE, TRANSITIONS_FILE } from '../data-files.ts';
import type { CalendarFile, OutageRecord, ReferenceData } from '../data-files.ts';
import { fileOf, recordOf } from './check-procedures.ts';
import { recordOfSupport } from './check-support.ts';
import { reporter } from './finding.ts';
import type { Finding } from './finding.ts';
import { areaShape, dayShape, industryShape, officeShape, outageShape, procedureShape, resultFactShape, sessionsShape, supportBaseShape, supportGroupShape, transitionShape } from './record-shapes.ts';
import type { Shape } from './shape.ts';

type Check = <T>(records: readonly T[], shape: Shape, file: (one: T) => string, record: (one: T) => string) => void;
const checkInto = (findings: Finding[]): Check => (records, shape, file, record) => {
  records.forEach((one, n) => shape(one, '', reporter(findings, file(one), record(one) ?? `#${n}`)));
};

export function checkCalendarShapes({ days, sessions, outages }: CalendarFile): Finding[] {
  const findings: Finding[] = [], check = checkInto(findings);
  check<CalendarDay>(days, dayShape, () => CALENDAR_FILE, (one) => one.date);
  check<Sessions>(sessions, sessionsShape, () => CALENDAR_FILE, (one) => one.id);
  check<OutageRecord>(outages ?? [], outageShape, () => CALENDAR_FILE, (one) => one.id);
  return findings;
}

export function checkShapes(data: ReferenceData): Finding[] {
  const findings: Finding[] = [], check = checkInto(findings);
  check<Area>(data.areas, areaShape, () => AREAS_FILE, (one) => one.id);
  check<Office>(data.offices, officeShape, () => OFFICES_FILE, (one) => one.id);
  findings.push(...checkCalendarShapes(data));
  check<Industry>(data.industries ?? [], industryShape, () => INDUSTRIES_FILE, recordOf);
  check<SupportBase>(data.support?.bases ?? [], supportBaseShape, () => SUPPORT_FILE, recordOfSupport);
  check<SupportGroup>(data.support?.groups ?? [], supportGroupShape, () => SUPPORT_FILE, recordOfSupport);
  check<Transition>(data.transitions ?? [], transitionShape, () => TRANSITIONS_FILE, (one) => one.id);
  check<ResultFact>(data.resultFacts ?? [], resultFactShape, () => RESULTS_FILE, (one) => one.fact);
  check<Procedure>(data.procedures, procedureShape, fileOf, recordOf);
  return findings;
}
