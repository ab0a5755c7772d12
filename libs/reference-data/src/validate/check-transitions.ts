/** Who may move to new rules: on each day at most one provision for a procedure, and one for all. */
import type { Procedure, Transition } from '@lienthong/law';
import { TRANSITIONS_FILE } from '../data-files.ts';
import { overlappingPairs } from './dated.ts';
import { reporter } from './finding.ts';
import type { Finding } from './finding.ts';

export function checkTransitions(transitions: readonly Transition[], procedures: readonly Procedure[]): Finding[] {
  const findings: Finding[] = [], known = new Set(procedures.map((one) => one.code));
  for (const one of transitions) {
    one.procedures?.forEach((code, n) => { if (!known.has(code)) reporter(findings, TRANSITIONS_FILE, one.id)(`procedures[${n}]`, `procedure ${code} does not exist`, 'name a procedure of the catalogue'); });
  }
  for (const [first, second] of overlappingPairs(transitions)) {
    const both = first.procedures === undefined ? (second.procedures === undefined ? 'all' : undefined) : first.procedures.find((code) => second.procedures?.includes(code) === true);
    if (both !== undefined) reporter(findings, TRANSITIONS_FILE, second.id)('validFrom', `the row since ${first.validFrom} says it for ${both} on the same days`, 'end the earlier row the day before the later one begins');
  }
  return findings;
}
