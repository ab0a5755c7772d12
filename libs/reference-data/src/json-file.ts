/** A JSON file of the catalogue, read with the line on which it stops being what it should be. */
import { jsonFault } from './json-fault.ts';
import { linesOfJson, repeatedFields } from './line-of-field.ts';

/** A file is not what it should be. */
export class DamagedFile extends TypeError {
  readonly file: string;
  /** From 1. */
  readonly line: number;

  constructor(file: string, problem: string, line = 1) {
    super(problem);
    this.file = file;
    this.line = line;
  }
}

/** The value of a text, whatever it is. @throws DamagedFile when it is no JSON, or a field stands twice in one record. */
export function jsonValue(name: string, text: string): unknown {
  const value = parsed(name, text), [twice] = repeatedFields(text);
  if (twice !== undefined) throw new DamagedFile(name, `${twice.path} stands twice in one record`, twice.line);
  return value;
}

function parsed(name: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const fault = jsonFault(text);
    throw fault === null ? error : new DamagedFile(name, `no JSON from ${fault.found} on`, fault.line);
  }
}

/** Some of what is wrong, in a problem. */
const maxShownCharacters = 60;

/** Checks of form take each entry for a record: whoever reads a file sees to it. @throws DamagedFile naming the first of `list` that is none. */
export function onlyRecords<T>(values: readonly T[], name: string, list: string, text: string): readonly T[] {
  const at = values.findIndex((one) => typeof one !== 'object' || one === null || Array.isArray(one));
  if (at === -1) return values;
  const place = `${list}[${at}]`;
  throw new DamagedFile(name, `${place} is ${JSON.stringify(values[at]).slice(0, maxShownCharacters)}, no record`, linesOfJson(text).get(place));
}

/** As an editor may have saved it, with a mark of its encoding in front. */
export const withoutMark = (text: string): string => text.replace(/^\uFEFF/, '');

/** The same, with letters and their signs in one, as everything else in the data has them: some editors write the signs apart, and one name would be two. */
export const composedText = (text: string): string => withoutMark(text).normalize('NFC');
