/** The fingerprint of reference data: what a dossier pins as its rules. */
import { createHash } from 'node:crypto';
import type { Hash } from '@lienthong/law';
import type { ReferenceData } from './data-files.ts';

/**
 * SHA-256, lowercase hex, over the data as canonical JSON: object keys sorted, list order kept.
 * The same facts give the same digest however the files are laid out; any changed fact gives another.
 */
export function canonicalDigest(data: ReferenceData): Hash {
  return createHash('sha256').update(canonical(data)).digest('hex');
}

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  const fields = Object.entries(value).filter(([, field]) => field !== undefined).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${fields.map(([name, field]) => `${JSON.stringify(name)}:${canonical(field)}`).join(',')}}`;
}
