/** Results of a completion as they read now: as they were decided, or as they were corrected or issued anew since; without those that were taken back. */
import type { Completion } from './dossier.ts';
import type { By, EntryRef, Instant, IssuedResult } from './types.ts';

/** `n`: its place among the results of the decision; `ref`: the entry since which it reads so. */
export type GivenResult = { readonly n: number; readonly result: IssuedResult; readonly ref: EntryRef; readonly at: Instant; readonly by: By | null };

export function resultsOf({ results, amendments, revoked, ref, at, by }: Completion): readonly GivenResult[] {
  return results.map((result, n) => amendments.findLast((one) => one.n === n) ?? { n, result, ref, at, by }).filter(({ n }) => !revoked.some((one) => one.n === n));
}

/** What others build on: a correction is another output, and so are fewer results; a paper that was lost and issued again says what it said. */
export function outputOf({ amendments, revoked, ref }: Completion): EntryRef {
  return [...amendments.filter((one) => one.amendment === 'correction'), ...revoked].toSorted(inOrder).at(-1)?.ref ?? ref;
}

type Written = { readonly ref: EntryRef; readonly at: Instant };

/** Written one after the other by whoever holds the leg; where successors wrote at one moment, by their ids. */
function inOrder(a: Written, b: Written): number {
  return a.at - b.at || (a.ref.author === b.ref.author ? a.ref.seq - b.ref.seq : a.ref.author < b.ref.author ? -1 : 1);
}
