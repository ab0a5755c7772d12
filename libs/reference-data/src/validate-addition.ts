/** Whether procedures may be added to data that is known to be sound: only they are judged, so that a running hub can ask. */
import { buildReference } from './build-reference.ts';
import type { ReferenceData } from './data-files.ts';
import type { Procedure } from '@lienthong/law';
import { checkCompetence } from './validate/check-competence.ts';
import { checkLimits } from './validate/check-limits.ts';
import { checkProcedures } from './validate/check-procedures.ts';
import { checkRoutes } from './validate/check-routes.ts';
import { checkShapes } from './validate/check-shapes.ts';
import type { Finding } from './validate/finding.ts';

/** All faults of `added`, none when the hub may take them. `base`: sound, see `validate`. */
export function validateAddition(base: ReferenceData, added: readonly Procedure[]): readonly Finding[] {
  const form = checkShapes({ areas: [], offices: [], days: [], sessions: [], procedures: added });
  if (form.length > 0) return form;
  const twice = base.procedures.filter((one) => added.some((other) => other.code === one.code));
  const facts = [...checkProcedures([...twice, ...added], base.resultFacts), ...checkRoutes(added), ...checkLimits(added, base.sessions)];
  if (facts.length > 0) return facts;
  const data = { ...base, procedures: added };
  return checkCompetence(data, buildReference(data, ''));
}
