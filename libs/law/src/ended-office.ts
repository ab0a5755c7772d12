/** Nobody is sent to an office that is no more, and none speaks. */
import type { LocalDate } from './types.ts';
import { isInForce } from './jurisdiction.ts';
import type { Office } from './reference-types.ts';
import { refuse } from './refusals.ts';
import type { Refusal } from './refusals.ts';

/** Null: the office exists on that day. `field`: of the request. */
export function endedOffice(office: Office, on: LocalDate, field: string): Refusal | null {
  return isInForce(office, on) ? null : refuse('OFFICE_NOT_IN_FORCE', { office: office.id, date: on, successor: office.successor ?? '–' }, field);
}
