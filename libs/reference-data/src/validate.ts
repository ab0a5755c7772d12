/** Whether reference data can be relied on. Pure: values in, findings out. */
import { buildReference } from './build-reference.ts';
import type { ReferenceData } from './data-files.ts';
import { checkAreas } from './validate/check-areas.ts';
import { checkCalendar } from './validate/check-calendar.ts';
import { checkCompetence } from './validate/check-competence.ts';
import { checkIndustries } from './validate/check-industries.ts';
import { checkLimits } from './validate/check-limits.ts';
import { checkOffices } from './validate/check-offices.ts';
import { checkProcedures } from './validate/check-procedures.ts';
import { checkResultFacts } from './validate/check-results.ts';
import { checkRoutes } from './validate/check-routes.ts';
import { checkShapes } from './validate/check-shapes.ts';
import { checkSupport } from './validate/check-support.ts';
import { checkTransitions } from './validate/check-transitions.ts';
import type { Finding } from './validate/finding.ts';

export type { Finding } from './validate/finding.ts';

/**
 * All faults of the data, in the order of the files; none when it may be released.
 * It proves that every role of every procedure has one competent office for every commune on every date from the first day of the data on, that the legs of each
 * case fit the total limit of each channel, and that every code names something that exists on that day. Three stages, each only when the one before found
 * nothing: form, then references and dates, then competence, for what stands on a fault would only repeat it.
 */
export function validate(data: ReferenceData): readonly Finding[] {
  const form = checkShapes(data);
  if (form.length > 0) return form;
  const facts = [...checkAreas(data.areas), ...checkOffices(data), ...checkCalendar(data), ...checkProcedures(data.procedures, data.resultFacts), ...checkResultFacts(data), ...checkIndustries(data.industries ?? []), ...(data.support === undefined ? [] : checkSupport(data.support)), ...checkTransitions(data.transitions ?? [], data.procedures), ...checkRoutes(data.procedures), ...checkLimits(data.procedures, data.sessions)];
  return facts.length > 0 ? facts : checkCompetence(data, buildReference(data, ''));
}
