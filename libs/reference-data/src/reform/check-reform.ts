/** What is wrong with a reform beside the order that it finds, and with the areas that it begins. What follows for offices is judged as a release is. */
import { plainPlaceName } from '@lienthong/law';
import type { Area, AreaId, Role } from '@lienthong/law';
import type { ReferenceData } from '../data-files.ts';
import { standingRoles } from '../vocabulary.ts';
import type { ReformDraft } from './reform-draft.ts';

/** How far beyond the last year of the calendar a reform may begin, in years: later ones are slips of the pen. */
export const maxYearsAhead = 10;

/** Before anything is changed. */
export function checkAnnounced(draft: ReformDraft, data: ReferenceData): void {
  const { areas, offices = [], from } = draft.reform, last = data.days.reduce((year, day) => Math.max(year, Number(day.date.slice(0, 4))), 0) + maxYearsAhead;
  if (areas.length + offices.length === 0) draft.report('areas', 'the reform changes nothing', 'say what is merged, split, renamed, abolished, opened, closed, kept or moved');
  if (data.days.length > 0 && Number(from.slice(0, 4)) > last) draft.report('from', `${from} is more than ${maxYearsAhead} years after the last year of the calendar`, `write the first day of the new order, in ${last} at the latest`);
  const roles = knownRoles(data);
  offices.forEach((change, n) => {
    if ('open' in change) change.open.roles.forEach((role, m) => { if (!roles.has(role)) draft.report(`offices[${n}].open.roles[${m}]`, `nobody knows role ${role}`, `write a role that an office bears or a procedure asks for, as ${[...roles].filter((one) => one.startsWith(role.slice(0, 1))).slice(0, rolesNamed).join(', ') || standingRoles.join(', ')}`); });
  });
}

/** Named in one remedy. */
const rolesNamed = 5;

function knownRoles({ offices, procedures }: ReferenceData): ReadonlySet<Role> {
  return new Set([...standingRoles, ...offices.flatMap((one) => one.roles), ...procedures.flatMap((one) => one.legs.flatMap((leg) => [leg.role, ...(leg.consults ?? []).map((asked) => asked.role)]))]);
}

/** When all areas have ended and begun that do. */
export function checkBegunAreas(draft: ReformDraft): void {
  const begun = [...draft.areas.values()].filter((one) => one.validFrom === draft.from);
  for (const area of begun) checkCode(draft, area);
  checkLevels(draft);
  checkNames(draft, begun);
}

/** A code goes on with what bore it: parcels and papers that name it would lie elsewhere at once. */
function checkCode(draft: ReformDraft, { id, code }: Area): void {
  const before = draft.bearerOn(code), heirs = before === undefined ? undefined : draft.heirs.get(before.id);
  if (heirs?.includes(id) === false) draft.report(draft.origins.get(id)!, `code ${code} was that of ${before!.id}, which goes to ${heirs.join(', ')}`, 'give the code to what takes that area over, or write a code of its own');
}

/** What lies in a commune must lie in one after. */
function checkLevels(draft: ReformDraft): void {
  for (const [id, heirs] of draft.heirs) {
    const { level } = draft.areas.get(id)!, stranger = level === 'district' ? undefined : heirs.find((heir) => draft.areas.get(heir)?.level !== level);
    if (stranger !== undefined) draft.report(draft.origins.get(stranger) ?? draft.origins.get(id)!, `${stranger} takes over the ${level} ${id} and is a ${draft.areas.get(stranger)?.level ?? 'unit of no level'}`, `write level ${level}, or merge units of one level`);
  }
}

/** Two units of one name under one parent: no address could tell which is meant. Names that the reform did not give are not its fault. */
function checkNames(draft: ReformDraft, begun: readonly Area[]): void {
  const known = new Map<string, AreaId>();
  const key = ({ level, parent, name }: Area): string => [level, parent, plainPlaceName(name.vi)].join('|');
  for (const area of draft.areas.values()) if (area.validFrom < draft.from && area.validTo === null) known.set(key(area), area.id);
  for (const area of begun) {
    const other = known.get(key(area));
    if (other !== undefined && draft.named.has(area.id)) draft.report(draft.origins.get(area.id)!, `${other} bears the name ${area.name.vi} on the same days`, 'give each unit under one parent a name of its own');
    known.set(key(area), area.id);
  }
}
