/** Every route resolves: for every commune, on every day from which on something may differ, each role has an office. */
import { isInForce } from '@lienthong/law';
import type { Area, LocalDate, Reference, Role } from '@lienthong/law';
import { registerKeepers, standingRoles } from '../vocabulary.ts';
import { OFFICES_FILE } from '../data-files.ts';
import type { ReferenceData } from '../data-files.ts';
import { fileOf, recordOf } from './check-procedures.ts';
import { dayAfter } from './dated.ts';
import { reporter } from './finding.ts';
import type { Finding, Report } from './finding.ts';

/** Communes named in one finding; the rest is counted. */
const COMMUNES_NAMED = 3;

type Need = { readonly role: Role; readonly from: LocalDate; readonly register?: string; readonly field: string; readonly report: Report };

/** `since`: only days from it on are looked at; absent: all. */
export function checkCompetence(data: ReferenceData, reference: Reference, since: LocalDate = ''): Finding[] {
  const findings: Finding[] = [];
  const dates = breakpoints(data).filter((one) => one >= since);
  const resolve = resolver(reference, data.areas.filter((one) => one.level === 'commune'));
  for (const need of needsOf(data, findings)) {
    // A dossier keeps the rules under which it was received, so roles must resolve after a version has ended, too.
    for (const on of dates) if (on >= need.from) checkNeed(need, on, resolve(need.role, on));
  }
  return findings;
}

/** Days on which validity begins or has just ended: between two of them nothing changes. */
export function breakpoints({ areas, offices, procedures }: Pick<ReferenceData, 'areas' | 'offices' | 'procedures'>): LocalDate[] {
  const dates = [...areas, ...offices, ...procedures].flatMap((one) => [one.validFrom, dayAfter(one)]).filter((one) => one !== null);
  return [...new Set(dates)].sort();
}

function needsOf({ areas, procedures }: ReferenceData, findings: Finding[]): Need[] {
  const begin = areas.reduce((first, one) => (one.validFrom < first ? one.validFrom : first), '9999-12-31');
  const standing = standingRoles.map((role): Need => ({ role, from: begin, field: 'roles', report: reporter(findings, OFFICES_FILE, role) }));
  const routed = procedures.flatMap((procedure) => {
    const report = reporter(findings, fileOf(procedure), recordOf(procedure));
    return procedure.legs.flatMap((leg, n): Need[] => [
      { role: leg.role, from: procedure.validFrom, ...(leg.register === undefined ? {} : { register: leg.register.register }), field: `legs[${n}].role`, report },
      ...(leg.consults ?? []).map((one, m): Need => ({ role: one.role, from: procedure.validFrom, field: `legs[${n}].consults[${m}].role`, report })),
    ]);
  });
  return [...standing, ...routed];
}

type Resolved = { readonly missing: readonly Area[]; readonly services: ReadonlySet<string> };

/** Resolves a role for all communes of a day, once per role and day. */
function resolver(reference: Reference, communes: readonly Area[]): (role: Role, on: LocalDate) => Resolved {
  const known = new Map<string, Resolved>();
  return (role, on) => {
    const key = `${role}|${on}`;
    const before = known.get(key);
    if (before !== undefined) return before;
    const missing: Area[] = [];
    const services = new Set<string>();
    for (const area of communes) {
      if (!isInForce(area, on)) continue;
      const office = reference.competentOffice(role, area.id, on);
      if (office === undefined) missing.push(area);
      else services.add(office.service);
    }
    const resolved = { missing, services };
    known.set(key, resolved);
    return resolved;
  };
}

function checkNeed(need: Need, on: LocalDate, { missing, services }: Resolved): void {
  if (missing.length > 0) {
    const some = missing.slice(0, COMMUNES_NAMED).map((one) => one.id).join(', ');
    need.report(need.field, `on ${on} no office bears role ${need.role} for ${missing.length} communes (${some}${missing.length > COMMUNES_NAMED ? ' …' : ''})`, 'add the office or the role in offices.json');
  }
  const keeper = Object.entries(registerKeepers).find(([register]) => register === need.register)?.[1];
  const stranger = keeper === undefined ? undefined : [...services].find((one) => one !== keeper);
  if (stranger !== undefined) need.report(need.field, `on ${on} an office hosted by ${stranger} bears role ${need.role}, but ${keeper} keeps the register that the leg changes`, `give the role to offices of ${keeper}`);
}
