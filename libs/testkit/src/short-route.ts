/** Routes cut short, for tests of what a register does. */
import { loadReference } from '@lienthong/reference-data';
import type { LegTemplate, Reference } from '@lienthong/law';

/** The released data with routes of nothing but the legs that change a register: each after those of them it waits for, without fees, postings, consultations and papers that the post would bring. What the legs do is the same. */
export function onlyRegisterLegs(reference: Reference = loadReference()): Reference {
  const bare = ({ posting: _posting, consults: _consults, charge: _charge, originals: _originals, ...leg }: LegTemplate, names: readonly string[]): LegTemplate => ({ ...leg, after: leg.after.filter((name) => names.includes(name)) });
  const shorten = (code: string, on: string): ReturnType<Reference['procedure']> => {
    const procedure = reference.procedure(code, on);
    const legs = procedure?.legs.filter((leg) => leg.register !== undefined) ?? [];
    return procedure === undefined ? undefined : { ...procedure, fees: [], legs: legs.map((leg) => bare(leg, legs.map((one) => one.name))) };
  };
  return { ...reference, procedure: shorten };
}
