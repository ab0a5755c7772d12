/** The fingerprint of reference data: what a dossier pins as its rules. */
import { createHash } from 'node:crypto';
import type { Hash } from '@lienthong/law';
import type { ReferenceData } from './data-files.ts';

/**
 * SHA-256, lowercase hex, over the data as canonical JSON: no blanks, fields in alphabetical order, list order kept.
 * The same facts give the same digest however the files are laid out; any changed fact gives another.
 */
export function canonicalDigest(data: Partial<ReferenceData>): Hash {
  const hash = createHash('sha256');
  for (const [part, records] of Object.entries(data).sort(([a], [b]) => (a < b ? -1 : 1))) hash.update(`${part}${canonicalOnce(records)}\n`);
  return hash.digest('hex');
}

/** Offices make up most of the data and stay the same lists when procedures are added: each list is written once. */
const written = new WeakMap<object, string>();

function canonicalOnce(records: object): string {
  const known = written.get(records);
  if (known !== undefined) return known;
  const now = canonical(records);
  written.set(records, now);
  return now;
}

/** Given a list of names, JSON.stringify writes fields in its order, several times faster than sorting each record; the whole process waits for this at its start. */
function canonical(records: unknown): string {
  const names = new Set<string>();
  collectNames(records, names);
  return JSON.stringify(records, [...names].sort());
}

function collectNames(value: unknown, names: Set<string>): void {
  if (value === null || typeof value !== 'object') return;
  if (Array.isArray(value)) {
    for (const one of value) collectNames(one, names);
    return;
  }
  const record = value as Readonly<Record<string, unknown>>;
  for (const name in record) {
    names.add(name);
    collectNames(record[name], names);
  }
}
