/** Who has a leg in hand on a day. */
import type { LocalDate } from './types.ts';
import type { Leg } from './dossier.ts';

/** Code of the officer; once the last day of a substitution has passed, whoever was stood in for. Empty: nobody. */
export function officerOn({ officer }: Pick<Leg, 'officer'>, on: LocalDate): string {
  if (officer === null) return '';
  return officer.until !== null && officer.until < on ? officer.substituteFor ?? '' : officer.name;
}

/** Whether its substitution was over with a day from `since` on and before `on`: it has gone back without an entry that says so. */
export function handedBack({ officer }: Pick<Leg, 'officer'>, since: LocalDate, on: LocalDate): boolean {
  return officer !== null && officer.until !== null && officer.until >= since && officer.until < on;
}
