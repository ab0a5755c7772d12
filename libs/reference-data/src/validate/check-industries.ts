/** Lines of business: each code once a day, under a line above it that is in force as long as it is. */
import type { Industry } from '@lienthong/law';
import { INDUSTRIES_FILE } from '../data-files.ts';
import { recordOf } from './check-procedures.ts';
import { covers, groupedBy, overlappingPairs } from './dated.ts';
import { reporter } from './finding.ts';
import type { Finding } from './finding.ts';

/** A section, or a division and what lies below it. */
const form = /^(?:[A-Z]|\d{2,5})$/;

export function checkIndustries(industries: readonly Industry[]): Finding[] {
  const findings: Finding[] = [];
  for (const [first, second] of groupedBy(industries, (one) => one.code).flatMap(overlappingPairs)) reporter(findings, INDUSTRIES_FILE, recordOf(second))('validFrom', `the row since ${first.validFrom} is in force on the same days`, 'end the earlier row the day before the later one begins');
  const above = Map.groupBy(industries, (one) => one.code);
  for (const one of industries) {
    const report = reporter(findings, INDUSTRIES_FILE, recordOf(one)), isSection = /^[A-Z]$/.test(one.code);
    if (!form.test(one.code)) report('code', `${one.code} is no code`, 'write a letter for a section, 2 to 5 digits below it');
    else if (isSection !== (one.parent === null)) report('parent', isSection ? 'a section lies under nothing' : 'only a section lies under nothing', isSection ? 'write null' : 'name the line above it');
    else if (one.parent !== null) {
      const parents = above.get(one.parent) ?? [];
      if (parents.length === 0) report('parent', `line ${one.parent} does not exist`, 'name a line of this file');
      else if (/^\d/.test(one.parent) && (one.parent.length >= one.code.length || !one.code.startsWith(one.parent))) report('parent', `${one.code} does not begin with ${one.parent}`, 'name the line whose digits it begins with');
      else if (!parents.some((parent) => covers(parent, one))) report('parent', `line ${one.parent} is not in force on every day of it`, 'divide the row at the day on which the line above changes');
    }
  }
  return findings;
}
