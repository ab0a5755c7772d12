/** Two communes that become one on a day, or one that becomes two, for the tests of registers that meet there. */
import type { Reference } from '@lienthong/law';
import { applyReform, buildReference, readDataFiles } from '@lienthong/reference-data';
import type { Reform } from '@lienthong/reference-data';
import { onlyRegisterLegs } from './short-route.ts';

/** Both have a registrar and a social office of their own until the day before, and one land branch that serves them all the time. */
export const mergedCommunes = { first: '20197@2025-07-01', second: '20200@2025-07-01', into: '20197' } as const;

/** The released places, and from `from` on the two as one. Only legs with a register remain, or all of them. */
export function mergedFrom(from: string, legs: 'of-registers' | 'all' = 'of-registers'): Reference {
  const { first, second, into } = mergedCommunes, codes = [first, second].map((one) => one.slice(0, one.indexOf('@')));
  return reformedFrom(from, { merge: codes, into: { code: into, name: { vi: 'Xã Gộp', en: 'Merged' } } }, legs);
}

/** The released places, and from `from` on the first commune as two; what nothing places goes to the part that keeps the code. */
export function splitFrom(from: string): Reference {
  const { into } = mergedCommunes, part = (code: string): { code: string; name: { vi: string; en: string } } => ({ code, name: { vi: `Xã ${code}`, en: code } });
  return reformedFrom(from, { split: into, into: [part(into), { ...part('20198'), agency: 'H17.301' }], otherwise: into });
}

function reformedFrom(from: string, change: NonNullable<Reform['areas']>[number], legs: 'of-registers' | 'all' = 'of-registers'): Reference {
  const reformed = applyReform(readDataFiles(), { reform: 'thu', from, source: { act: 'NQ thử', status: 'read' }, areas: [change] });
  if ('findings' in reformed) throw new RangeError(JSON.stringify(reformed.findings[0]));
  const reference = buildReference(reformed.data, 'reformed');
  if (legs === 'all') return reference;
  const { procedures, procedure } = onlyRegisterLegs();
  return { ...reference, procedures, procedure };
}
