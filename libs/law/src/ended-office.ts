/** Nobody is sent to an office that is no more, and none speaks. */
import type { LawContext } from './context.ts';
import type { LocalDate } from './types.ts';
import { isInForce } from './jurisdiction.ts';
import type { Office } from './reference-types.ts';
import { noSuccessor } from './refusal-words.ts';
import { refuse } from './refusals.ts';
import type { Refusal } from './refusals.ts';

/** Null: the office exists on that day. `field`: of the request. Offices are named as people call them, with the id that a request gives. */
export function endedOffice(office: Office, on: LocalDate, field: string, { reference }: Pick<LawContext, 'reference'>): Refusal | null {
  if (isInForce(office, on)) return null;
  const heir = reference.officeNow(office.id, on);
  return refuse('OFFICE_NOT_IN_FORCE', { office: named(office), date: on, successor: heir === undefined ? noSuccessor : named(heir) }, field);
}

const named = ({ id, name }: Office): string => `${name.vi} (${id})`;
