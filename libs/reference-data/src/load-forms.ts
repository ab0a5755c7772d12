/** The forms that are released with this package, by edition, read and checked once per process. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { formKinds } from '@lienthong/law';
import type { FormEdition } from '@lienthong/law';
import { FORMS_FILE } from './data-files.ts';
import { releasedData } from './read-data-files.ts';

let released: readonly FormEdition[] | undefined;

/** @throws Error naming the file and the remedy, when it is missing, damaged or at odds with itself. */
export function loadForms(): readonly FormEdition[] {
  if (released !== undefined) return released;
  let read: readonly FormEdition[];
  try {
    read = JSON.parse(readFileSync(join(releasedData, FORMS_FILE), 'utf8')) as FormEdition[];
  } catch (cause) {
    throw new Error(`Reference data file ${FORMS_FILE} cannot be read; restore it from the release or correct its JSON.`, { cause });
  }
  const [fault] = formFaults(read);
  if (fault !== undefined) throw new Error(`Reference data file ${FORMS_FILE}: ${fault}`);
  return (released = read);
}

const day = /^\d{4}-\d{2}-\d{2}$/;

/** What is wrong with a list of editions, one line each: unknown forms, validity turned round, and two that claim the same day or number. */
export function formFaults(editions: readonly FormEdition[]): readonly string[] {
  const faults: string[] = [];
  editions.forEach((one, n) => {
    const at = `row ${n + 1} (${one.form} ${one.number})`;
    if (!formKinds.includes(one.form)) faults.push(`${at}: "${one.form}" is no form; use one of ${formKinds.join(', ')}.`);
    if (!/^\d{2}$/.test(one.number)) faults.push(`${at}: a number has two digits.`);
    if (!day.test(one.validFrom) || (one.validTo !== null && (!day.test(one.validTo) || one.validTo < one.validFrom))) faults.push(`${at}: validity ${one.validFrom} – ${one.validTo}; give a first day, and a last one not before it or null.`);
    const twin = editions.findIndex((other, m) => m < n && overlap(one, other) && (other.form === one.form || other.number === one.number));
    if (twin >= 0) faults.push(`${at}: claims a day together with row ${twin + 1}; end one the day before the other begins.`);
  });
  return faults;
}

function overlap(one: FormEdition, other: FormEdition): boolean {
  return (one.validTo === null || other.validFrom <= one.validTo) && (other.validTo === null || one.validFrom <= other.validTo);
}
