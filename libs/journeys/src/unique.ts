/** Data of one run: made up, unique, of valid form. Rehearsals only. */
import { randomBytes } from 'node:crypto';

/** Numbers that tell one run of the journeys from another on the same hub. */
export type Unique = {
  /** A request id that is not used again. */
  request(what: string): string;
  /** Of a paper that is issued; given once. */
  serial(): string;
  /** A personal number of 12 digits with Quảng Nam's province code. */
  personalNumber(): string;
  /** A short suffix for names and parcel numbers. */
  readonly run: string;
};

export function uniqueData(): Unique {
  const run = randomBytes(4).readUInt32BE().toString().padStart(10, '0').slice(-8);
  let n = 0;
  return {
    run,
    request: (what) => `${what}-${run}-${++n}`,
    serial: () => `${run}-${++n}`,
    personalNumber: () => `049${run.slice(0, 6)}${String(++n % 1_000).padStart(3, '0')}`,
  };
}
