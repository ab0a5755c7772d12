/** Two communes that become one on a day, for the tests of registers that meet there. */
import type { Reference } from '@lienthong/law';
import { applyReform, buildReference, readDataFiles } from '@lienthong/reference-data';
import { onlyRegisterLegs } from './short-route.ts';

/** Both have a registrar and a social office of their own until the day before, and one land branch that serves them all the time. */
export const mergedCommunes = { first: '20197@2025-07-01', second: '20200@2025-07-01', into: '20197' } as const;

/** The released places, and from `from` on the two as one. Only legs with a register remain. */
export function mergedFrom(from: string): Reference {
  const { first, second, into } = mergedCommunes, codes = [first, second].map((one) => one.slice(0, one.indexOf('@')));
  const merged = applyReform(readDataFiles(), { reform: 'gop', from, source: { act: 'NQ thử', status: 'read' }, areas: [{ merge: codes, into: { code: into, name: { vi: 'Xã Gộp', en: 'Merged' } } }] });
  if ('findings' in merged) throw new RangeError(JSON.stringify(merged.findings[0]));
  const { procedures, procedure } = onlyRegisterLegs();
  return { ...buildReference(merged.data, 'merged'), procedures, procedure };
}
