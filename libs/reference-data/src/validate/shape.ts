/** Small checks of form that combine into the form of a record. They make no difference between a missing and a wrong value: both are named with a remedy. */
import { isTimeRefusal, parseDay, parseInstant, parseSpan, unseenIn } from '@lienthong/law';
import type { Report } from './finding.ts';

export type Shape = (value: unknown, path: string, report: Report) => void;
export type Fields = Readonly<Record<string, Shape>>;

/** Of a wrong value, in a finding. */
const maxShownCharacters = 60;
const shown = (value: unknown): string => (value === undefined ? 'is missing' : `is ${JSON.stringify(value)?.slice(0, maxShownCharacters)}`);
const must = (holds: (value: unknown) => boolean, remedy: string): Shape => (value, path, report) => {
  if (!holds(value)) report(path, `${path} ${shown(value)}`, remedy);
};

/** Longest text of any field, and longest name of a place or office: a form prints it in one field. In characters. */
export const maxTextCharacters = 4_000, maxNameCharacters = 300;
/** Most entries of one list: no province has as many communes, offices or map sheets. */
export const maxListed = 10_000;
/** Dates outside are slips of the pen: nothing that is in force began before, nothing is decided for a day after. */
export const firstDate = '1900-01-01', lastDate = '2100-12-31';

/** One line of at most so many characters. */
export const line = (max: number): Shape => (value, path, report) => {
  if (typeof value !== 'string' || value.trim() === '') return report(path, `${path} ${shown(value)}`, 'write a text that is not empty');
  if (value.length > max) return report(path, `${path} has ${value.length} characters`, `write at most ${max}`);
  const odd = unseenIn(value);
  if (odd !== null) report(path, `${path} holds ${odd.code} at character ${odd.at}`, 'write it on one line without characters that nobody sees, and save the file as UTF-8');
};

export const text: Shape = line(maxTextCharacters);
export const anyText: Shape = (value, path, report) => {
  if (value !== '') text(value, path, report);
};
/** What records are named by, in other records, in requests and in names of files. */
export const id: Shape = must((value) => typeof value === 'string' && /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/.test(value), 'write at most 64 of: letters without signs, digits and . _ -; a letter or digit first');
/** Of a unit; its id puts `@` and the first day behind it. */
export const areaCode: Shape = must((value) => typeof value === 'string' && /^[A-Za-z0-9]{1,16}$/.test(value), 'write the code alone: at most 16 letters without signs and digits');
export const flag: Shape = must((value) => typeof value === 'boolean', 'write true or false');
export const date: Shape = must((value) => typeof value === 'string' && parseDay(value) !== null && value >= firstDate && value <= lastDate, `write a date that exists, as YYYY-MM-DD, from ${firstDate} to ${lastDate}`);
export const span: Shape = must((value) => typeof value === 'string' && 'count' in parseSpan(value), 'write a number with its unit: 3wd (working days), 20wh (working hours), 15d (days) or 10min');
export const time: Shape = must((value) => typeof value === 'string' && !isTimeRefusal(parseInstant(value)), 'write a time with its zone, as 2026-03-03T09:00+07:00');
export const whole = (min: number, max: number): Shape => must((value) => Number.isInteger(value) && (value as number) >= min && (value as number) <= max, `write a whole number from ${min} to ${max}`);
export const oneOf = (...values: readonly string[]): Shape => must((value) => typeof value === 'string' && values.includes(value), `write one of: ${values.join(', ')}`);
export const orNull = (shape: Shape): Shape => (value, path, report) => {
  if (value !== null) shape(value, path, report);
};

export const list = (shape: Shape, least = 0): Shape => (value, path, report) => {
  if (!Array.isArray(value) || value.length < least) report(path, `${path} ${shown(value)}`, least === 0 ? 'write a list, [] when there is none' : `write a list with at least ${least}`);
  else if (value.length > maxListed) report(path, `${path} has ${value.length} entries`, `write at most ${maxListed}`);
  else value.forEach((one, n) => shape(one, `${path}[${n}]`, report));
};

/** A list of texts in which none stands twice. */
export const distinct = (shape: Shape): Shape => both(list(shape, 1), (value, path, report) => {
  if (!Array.isArray(value)) return;
  for (const [n, one] of repeated(value)) report(`${path}[${n}]`, `${String(one).slice(0, maxShownCharacters)} is named twice`, 'name it once');
});

/** What stands in a list again, with its places after the first. */
export function repeated<T>(values: readonly T[]): (readonly [at: number, value: T])[] {
  const seen = new Set<T>();
  return values.flatMap((value, n) => {
    if (seen.has(value)) return [[n, value] as const];
    seen.add(value);
    return [];
  });
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

/** A record with exactly these fields; `optional` ones may be left out. A field that nobody reads is a fault: it is mostly a slip of the pen. */
export const record = (fields: Fields, optional: Fields = {}): Shape => (value, path, report) => {
  if (!isRecord(value)) return report(path, `${path} ${shown(value)}`, 'write a record { … }');
  const at = (name: string): string => (path === '' ? name : `${path}.${name}`);
  for (const [name, shape] of Object.entries(fields)) shape(value[name], at(name), report);
  for (const [name, shape] of Object.entries(optional)) if (value[name] !== undefined) shape(value[name], at(name), report);
  for (const name of Object.keys(value)) {
    if (!Object.hasOwn(fields, name) && !Object.hasOwn(optional, name)) report(at(name), `${at(name)} is no field of this record`, `remove it, or correct its name to one of: ${[...Object.keys(fields), ...Object.keys(optional)].join(', ')}`);
  }
};

/** A record whose names are free and whose values all have one form. */
export const named = (shape: Shape): Shape => (value, path, report) => {
  if (!isRecord(value)) return report(path, `${path} ${shown(value)}`, 'write a record { … }');
  for (const [name, one] of Object.entries(value)) shape(one, `${path}.${name}`, report);
};

/** All of these. */
export const both = (...shapes: readonly Shape[]): Shape => (value, path, report) => {
  for (const shape of shapes) shape(value, path, report);
};

/** First and last day in the right order; what their form is, `date` has said. */
export const inOrder: Shape = (value, path, report) => {
  if (!isRecord(value)) return;
  const { validFrom, validTo } = value;
  if (typeof validFrom === 'string' && typeof validTo === 'string' && validTo < validFrom) report('validTo', `validTo ${validTo} lies before validFrom ${validFrom}`, 'give the last day in force, or null while it is open');
};

export const validity: Fields = { validFrom: date, validTo: orNull(date) };
export const names: Shape = record({ vi: text, en: text });
const placeName = line(maxNameCharacters);
/** Of a place or an office. */
export const placeNames: Shape = record({ vi: placeName, en: placeName });

/** What is not read in its source says why it stands there. */
export const source: Shape = both(record({ act: text, status: oneOf('read', 'to-confirm', 'decided') }, { note: text }), (value, path, report) => {
  if (isRecord(value) && value['status'] !== 'read' && value['note'] === undefined) report(`${path}.note`, `the source is "${String(value['status'])}" and gives no reason`, 'write into note what was decided and why, or what is to be confirmed');
});
