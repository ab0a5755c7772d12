/** Offices: whom they serve, who follows them, which codes and sessions they use. */
import { isInForce, parseAgencyCode } from '@lienthong/law';
import type { Area, LocalDate, Office, Sessions } from '@lienthong/law';
import { OFFICES_FILE } from '../data-files.ts';
import type { ReferenceData } from '../data-files.ts';
import { dayAfter, groupedBy, overlappingPairs, overlaps } from './dated.ts';
import { reporter } from './finding.ts';
import type { Finding } from './finding.ts';

export function checkOffices({ areas, offices, sessions }: ReferenceData): Finding[] {
  const findings: Finding[] = [];
  const knownAreas = new Map(areas.map((one) => [one.id, one]));
  const knownOffices = new Map(offices.map((one) => [one.id, one]));
  for (const office of offices) {
    checkServed(office, knownAreas, findings);
    checkSuccessor(office, knownOffices, findings);
    const report = reporter(findings, OFFICES_FILE, office.id);
    if (!wellFormed(office)) report('agencyCode', `${office.agencyCode} is no agency code of ${office.validFrom}`, 'write it by a grammar of that day, as 000.00.01.H47 or H17.101.02');
  }
  return [...findings, ...checkHours({ offices, sessions }), ...checkUnique(offices), ...checkOneOfficePerRole(offices)];
}

/** An office without hours: nothing could be due there. */
export function checkHours({ offices, sessions }: Pick<ReferenceData, 'offices' | 'sessions'>): Finding[] {
  const findings: Finding[] = [];
  const sessionsById = Map.groupBy(sessions, (one) => one.id);
  for (const office of offices) {
    const closed = dayWithoutSessions(office, sessionsById.get(office.sessions) ?? []);
    if (closed !== null) reporter(findings, OFFICES_FILE, office.id)('sessions', `sessions ${office.sessions} do not exist on ${closed}`, 'name sessions of calendar.json that are in force as long as the office is');
  }
  return findings;
}

/** First day of the office on which none of its sessions are in force; null: there is none. */
function dayWithoutSessions(office: Office, sessions: readonly Sessions[]): LocalDate | null {
  const days = [office.validFrom, ...sessions.map(dayAfter).filter((one) => one !== null)].filter((one) => isInForce(office, one));
  return days.find((on) => !sessions.some((one) => isInForce(one, on))) ?? null;
}

/** By a grammar in force on the first day, and exactly as that grammar writes it. */
function wellFormed(office: Office): boolean {
  const parsed = parseAgencyCode(office.agencyCode, office.validFrom);
  return 'code' in parsed && parsed.code === office.agencyCode;
}

function checkServed(office: Office, areas: ReadonlyMap<string, Area>, findings: Finding[]): void {
  const report = reporter(findings, OFFICES_FILE, office.id);
  for (const id of office.serves) {
    const area = areas.get(id);
    if (area === undefined) report('serves', `area ${id} does not exist`, 'name an area of areas.json');
    else if (!overlaps(area, office)) report('serves', `area ${id} is never in force together with this office`, 'name the area that bears the code while the office works');
  }
}

function checkSuccessor(office: Office, offices: ReadonlyMap<string, Office>, findings: Finding[]): void {
  const report = reporter(findings, OFFICES_FILE, office.id);
  const next = dayAfter(office);
  if (next === null) {
    if (office.successor !== null) report('successor', 'an office in force has no successor yet', 'write null or the last day in force');
    return;
  }
  if (office.successor === null) return report('successor', 'an ended office without successor: its dossiers belong to nobody', 'name the office that took over');
  const successor = offices.get(office.successor);
  if (successor === undefined) report('successor', `successor ${office.successor} does not exist`, 'name an office of this file');
  else if (!isInForce(successor, next)) report('successor', `successor ${successor.id} is not in force on ${next}: a gap or a cycle`, 'name the office that took over on that day');
  else if (successor.service !== office.service) report('successor', `successor ${successor.id} is hosted by ${successor.service}, not ${office.service}`, 'name the office that took over on the same desk');
}

function checkUnique(offices: readonly Office[]): Finding[] {
  const findings: Finding[] = [];
  for (const [first, second] of groupedBy(offices, (one) => one.id).flatMap((group) => group.slice(1).map((one) => [group[0]!, one] as const))) {
    reporter(findings, OFFICES_FILE, second.id)('id', `id is used twice (${first.name.vi}; ${second.name.vi})`, 'give each office an id of its own');
  }
  for (const [first, second] of groupedBy(offices, (one) => one.agencyCode).flatMap(overlappingPairs)) {
    reporter(findings, OFFICES_FILE, second.id)('agencyCode', `${second.agencyCode} is borne by ${first.id} on the same days`, 'dossier codes would collide: give one of them another code');
  }
  return findings;
}

/** Two offices with the same role for the same area on the same day: nobody could say which is accountable. */
function checkOneOfficePerRole(offices: readonly Office[]): Finding[] {
  const findings: Finding[] = [];
  const claims = offices.flatMap((office) => office.roles.flatMap((role) => office.serves.map((area) => ({ office, role, area, validFrom: office.validFrom, validTo: office.validTo }))));
  for (const [first, second] of groupedBy(claims, (one) => `${one.role}|${one.area}`).flatMap(overlappingPairs)) {
    reporter(findings, OFFICES_FILE, second.office.id)('roles', `${first.office.id} bears role ${second.role} for ${second.area} on the same days`, 'leave the role or the area to one of them');
  }
  return findings;
}
