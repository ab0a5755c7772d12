/** Results of a completion as they read now: as they were decided, or as they were corrected or issued anew since. */
import type { Completion } from './dossier.ts';
import type { By, EntryRef, Instant, IssuedResult } from './types.ts';

/** `n`: its place among the results of the decision; `ref`: the entry since which it reads so. */
export type GivenResult = { readonly n: number; readonly result: IssuedResult; readonly ref: EntryRef; readonly at: Instant; readonly by: By | null };

export function resultsOf({ results, amendments, ref, at, by }: Completion): readonly GivenResult[] {
  return results.map((result, n) => amendments.findLast((one) => one.n === n) ?? { n, result, ref, at, by });
}

/** What others build on: a correction is another output; a paper that was lost and issued again says what it said. */
export function outputOf({ amendments, ref }: Completion): EntryRef {
  return amendments.findLast((one) => one.amendment === 'correction')?.ref ?? ref;
}
