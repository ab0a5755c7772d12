/** Metadata that every call may carry. */
import { maxCallerCharacters } from './limits.ts';

export const officeKey = 'lienthong-office';
/** Metadata is ASCII: anything else in it is UTF-8, percent-encoded. */
export const officerKey = 'lienthong-officer';
/** Incarnation of a calling service. */
export const serviceKey = 'lienthong-service';
/** For whom a service of the hub asks: the address of the citizen at its door. */
export const forKey = 'lienthong-for';
/** `vi` (also when absent) or `en`: the language of `grpc-message`. The details always hold both. */
export const languageKey = 'lienthong-language';

export type Language = 'vi' | 'en';

const officePattern = /^[A-Za-z0-9][A-Za-z0-9._~@:+-]*$/;
const officerPattern = /^[\p{L}\p{N}][\p{L}\p{M}\p{N} ._~@:+'-]*$/u;

/** Letters, digits and `. _ ~ @ : + -`, at most `maxCallerCharacters`. */
export function isOfficeId(text: string): boolean {
  return text.length <= maxCallerCharacters && officePattern.test(text);
}

export const isPeerText = (text: string): boolean => text.length <= maxCallerCharacters && /^[0-9A-Za-z.:%[\]-]*$/.test(text);

/** An id or a name of any script, at most `maxCallerCharacters`; '' when there is none, undefined when it cannot be one. */
export function readOfficer(text: string): string | undefined {
  if (text === '') return '';
  const officer = text.includes('%') ? decoded(text) : text;
  return officer !== undefined && officer.length <= maxCallerCharacters && officerPattern.test(officer) ? officer : undefined;
}

export function writeOfficer(officer: string): string {
  return officePattern.test(officer) ? officer : encodeURIComponent(officer);
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
