/** A small true part of the released data: two districts of Đà Nẵng with the split commune Hòa Liên, and all procedures. */
import { readDataFiles } from '../src/index.ts';
import type { ReferenceData } from '../src/index.ts';

const codes = new Set(['48', '490', '497', '20194', '20195', '20197', '20293', '20296', '20320']);

export type Mutable<T> = T extends readonly (infer U)[] ? Mutable<U>[] : T extends object ? { -readonly [K in keyof T]: Mutable<T[K]> } : T;
export type MutableData = Mutable<ReferenceData>;

/** A fresh copy each time: tests break it. */
export function excerpt(): MutableData {
  const all = readDataFiles();
  const kept = all.areas.filter((one) => codes.has(one.code));
  const known = new Set(kept.map((one) => one.id));
  const areas = kept.map((one) => ({ ...one, successors: one.successors.filter((id) => known.has(id)) }));
  const offices = all.offices.map((one) => ({ ...one, serves: one.serves.filter((id) => known.has(id)) })).filter((one) => one.serves.length > 0);
  return structuredClone({ ...all, areas, offices }) as MutableData;
}

/** The record with that id, date or `<code>@<first day>`; fails when the excerpt lacks it. */
export function pick<T>(records: T[], holds: (one: T) => boolean): T {
  const found = records.find(holds);
  if (found === undefined) throw new Error('the excerpt lacks the record');
  return found;
}
