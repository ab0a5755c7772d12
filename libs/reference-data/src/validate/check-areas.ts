/** Areas: names, levels, succession. */
import { isInForce } from '@lienthong/law';
import type { Area } from '@lienthong/law';
import { AREAS_FILE } from '../data-files.ts';
import { covers, dayAfter, groupedBy, overlappingPairs } from './dated.ts';
import { reporter } from './finding.ts';
import type { Finding } from './finding.ts';

const levels: readonly Area['level'][] = ['province', 'district', 'commune'];

export function checkAreas(areas: readonly Area[]): Finding[] {
  const findings: Finding[] = [];
  const known = new Map(areas.map((one) => [one.id, one]));
  for (const area of areas) {
    checkId(area, findings);
    checkParent(area, known, findings);
    checkSuccessors(area, known, findings);
    checkParts(area, findings);
  }
  for (const [first, second] of groupedBy(areas, (one) => one.code).flatMap(overlappingPairs)) {
    reporter(findings, AREAS_FILE, second.id)('validFrom', `code ${second.code} is borne by ${first.id} on the same days`, 'end the earlier unit the day before the later one begins');
  }
  return findings;
}

function checkId(area: Area, findings: Finding[]): void {
  const expected = `${area.code}@${area.validFrom}`;
  if (area.id !== expected) reporter(findings, AREAS_FILE, area.id)('id', `id is not <code>@<first day>`, `write ${expected}`);
}

/** A parent of a higher level and as long in force; levels only rise, so there is no cycle. */
function checkParent(area: Area, known: ReadonlyMap<string, Area>, findings: Finding[]): void {
  const report = reporter(findings, AREAS_FILE, area.id);
  if (area.parent === null) {
    if (area.level !== 'province') report('parent', `a ${area.level} without a parent belongs nowhere`, 'name the province or district that it belongs to');
    return;
  }
  const parent = known.get(area.parent);
  if (parent === undefined) report('parent', `parent ${area.parent} does not exist`, 'name an area of this file');
  else if (levels.indexOf(parent.level) >= levels.indexOf(area.level)) report('parent', `parent ${parent.id} is a ${parent.level}, not above a ${area.level}: a cycle`, 'name the province or district that it belongs to');
  else if (!covers(parent, area)) report('parent', `parent ${parent.id} is not in force all the time`, 'end the area with its parent and begin a new one under the new parent');
}

/** Successors exist and are in force the day after; an ended unit is in force on no such day, so a chain never returns. */
function checkSuccessors(area: Area, known: ReadonlyMap<string, Area>, findings: Finding[]): void {
  const report = reporter(findings, AREAS_FILE, area.id);
  const next = dayAfter(area);
  if (next === null) {
    if (area.successors.length > 0) report('successors', 'an area in force has no successors yet', 'write [] or the last day in force');
    return;
  }
  if (area.successors.length === 0) report('successors', 'an ended area without successor: what lies there belongs to nobody', 'name the areas that took it over');
  for (const id of area.successors) {
    const successor = known.get(id);
    if (successor === undefined) report('successors', `successor ${id} does not exist`, 'name an area of this file');
    else if (!isInForce(successor, next)) report('successors', `successor ${id} is not in force on ${next}: a gap or a cycle`, 'name the area that took over on that day');
  }
}

/** What says where things lie after a split names its parts, and nothing twice. */
function checkParts({ id, successors, parts = [] }: Area, findings: Finding[]): void {
  const report = reporter(findings, AREAS_FILE, id);
  for (const { area } of parts) if (successors.length < 2 || !successors.includes(area)) report('parts', `${area} is no part of ${id}`, `name one of: ${successors.join(', ')}`);
  for (const named of ['parcels', 'addresses'] as const) {
    const all = parts.flatMap((one) => one[named]), twice = all.find((one, n) => all.indexOf(one) !== n);
    if (twice !== undefined) report('parts', `${twice} lies in two parts`, 'name it in one part, or in none where an officer is to be asked');
  }
}
