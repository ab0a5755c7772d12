/** Amounts of social support: one base and one coefficient of a group on each day, without gaps, in whole đồng. */
import type { SupportBase, SupportGroup, SupportStandards } from '@lienthong/law';
import { SUPPORT_FILE } from '../data-files.ts';
import { dayAfter, groupedBy, overlappingPairs } from './dated.ts';
import { reporter } from './finding.ts';
import type { Finding } from './finding.ts';

type Row = SupportBase | SupportGroup;
export const recordOfSupport = (one: Row): string => `${'group' in one ? one.group : 'base'}@${one.validFrom}`;

export function checkSupport({ bases, groups }: SupportStandards): Finding[] {
  return [...checkDays(bases), ...groupedBy(groups, (one) => one.group).flatMap(checkDays), ...checkAmounts(bases, groups)];
}

function checkDays(rows: readonly Row[]): Finding[] {
  const findings: Finding[] = [];
  for (const [first, second] of overlappingPairs(rows)) reporter(findings, SUPPORT_FILE, recordOfSupport(second))('validFrom', `the row since ${first.validFrom} is in force on the same days`, 'end the earlier row the day before the later one begins');
  for (const [n, row] of rows.entries()) {
    const report = reporter(findings, SUPPORT_FILE, recordOfSupport(row)), before = rows[n - 1];
    if (!row.validFrom.endsWith('-01')) report('validFrom', `${row.validFrom} is no first day of a month`, 'support is paid by the month: begin with one');
    if (before === undefined) continue;
    if (before.validFrom > row.validFrom) report('validFrom', `the row before it begins later, on ${before.validFrom}`, 'list rows in the order of their days');
    else if (dayAfter(before) !== null && dayAfter(before)! < row.validFrom) report('validFrom', `nothing is in force from ${dayAfter(before)} on`, 'close the gap');
    if (before.announced > row.announced) report('announced', `what follows was announced before it, on ${row.announced}`, 'correct one of the two days');
  }
  return findings;
}

function checkAmounts(bases: readonly SupportBase[], groups: readonly SupportGroup[]): Finding[] {
  const findings: Finding[] = [];
  for (const group of groups) {
    const broken = bases.find((one) => one.amount * group.tenths % 10 !== 0);
    if (broken !== undefined) reporter(findings, SUPPORT_FILE, recordOfSupport(group))('tenths', `${group.tenths} tenths of ${broken.amount} are no whole đồng`, 'correct the coefficient or the base');
  }
  return findings;
}
