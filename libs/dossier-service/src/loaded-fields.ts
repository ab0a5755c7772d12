/** Texts, days and amounts that a request gives, as a record that is loaded into a register: what is refused here would stand there for ever. */
import { errorOfRefusal } from '@lienthong/kernel';
import { maxAmount, parseDay, refuse, unseenProblem } from '@lienthong/law';
import type { LocalDate } from '@lienthong/law';

/** No record that still counts was made before. */
export const firstLoadedDay: LocalDate = '1900-01-01';

/** Characters of a text of a person or organisation, as the contract has it for an address. */
export const maxPartyCharacters = 500;

/** FIELD_MISSING and FIELD_INVALID with the field as the contract names it. */
export class LoadedFields {
  readonly #before: string;

  /** `record`: its field in the request; '': the request itself. */
  constructor(record: string) { this.#before = record === '' ? '' : `${record}.`; }

  missing(field: string): never {
    const named = `${this.#before}${field}`;
    throw errorOfRefusal(refuse('FIELD_MISSING', { field: named }, named));
  }

  invalid(field: string, problem: string): never {
    const named = `${this.#before}${field}`;
    throw errorOfRefusal(refuse('FIELD_INVALID', { field: named, problem }, named));
  }

  /** One line of at most so many characters; '' is taken. */
  text(value: string, field: string, limit: number): string {
    if (value.length > limit) this.invalid(field, `≤ ${limit}`);
    const odd = unseenProblem(value);
    return odd === null ? value : this.invalid(field, odd);
  }

  required(value: string, field: string, limit: number): string {
    if (value.trim() === '') this.missing(field);
    return this.text(value, field, limit);
  }

  /** '' is taken: nobody knows the day. */
  day(value: LocalDate, field: string, last: LocalDate): LocalDate {
    if (value !== '' && (parseDay(value) === null || value < firstLoadedDay || value > last)) this.invalid(field, `YYYY-MM-DD, ${firstLoadedDay} – ${last}`);
    return value;
  }

  /** Texts of a person or organisation as JSON has them, each in one line of at most `maxPartyCharacters`; nobody was born after `today`. */
  party(value: object, field: string, today: LocalDate): void {
    for (const [name, given] of Object.entries(value) as [string, unknown][]) {
      const named = `${field}.${name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)}`;
      if (typeof given === 'object' && given !== null) this.party(given, named, today);
      if (typeof given === 'string') this.text(given, named, maxPartyCharacters);
      if (name === 'birthDate' && (parseDay(String(given)) === null || String(given) > today)) this.invalid(named, `YYYY-MM-DD, ≤ ${today}`);
    }
  }

  amount(value: number, field: string, least: number): number {
    if (!Number.isSafeInteger(value) || value < least || value > maxAmount) this.invalid(field, `${least}–${maxAmount}`);
    return value;
  }
}
