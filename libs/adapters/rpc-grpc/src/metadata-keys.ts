/** Metadata that every call may carry. */
import { maxCallerCharacters } from './limits.ts';

export const officeKey = 'lienthong-office';
export const officerKey = 'lienthong-officer';
/** `vi` (also when absent) or `en`: the language of `grpc-message`. The details always hold both. */
export const languageKey = 'lienthong-language';

export type Language = 'vi' | 'en';

const callerPattern = /^[A-Za-z0-9][A-Za-z0-9._~@:+-]*$/;

/** Whether a text may stand for an office or officer: letters, digits and `. _ ~ @ : + -`, at most `maxCallerCharacters`. */
export function isCallerText(text: string): boolean {
  return text.length <= maxCallerCharacters && callerPattern.test(text);
}
