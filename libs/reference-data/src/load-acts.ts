/** The acts that are released with this package, read once per process. No rule reads them: they are no part of the digest. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Act } from './acts.ts';
import { ACTS_FILE } from './data-files.ts';
import { releasedData } from './read-data-files.ts';

let released: readonly Act[] | undefined;

/** @throws Error naming the file and the remedy, when it is missing or damaged. */
export function loadActs(): readonly Act[] {
  try {
    released ??= JSON.parse(readFileSync(join(releasedData, ACTS_FILE), 'utf8')) as Act[];
    return released;
  } catch (cause) {
    throw new Error(`Reference data file ${ACTS_FILE} cannot be read; restore it from the release or correct its JSON.`, { cause });
  }
}
