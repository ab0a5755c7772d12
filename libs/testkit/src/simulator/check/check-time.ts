/** No minute is unexplained: the intervals of a dossier follow each other and sum to its lifetime. */
import { timeline } from '@lienthong/law';
import type { Evidence } from './evidence.ts';
import type { JudgedFolder } from './judged-folder.ts';

export function checkTime(evidence: Evidence, { id, dossier, folder }: JudgedFolder): readonly string[] {
  const { root } = dossier;
  if (root === null) return [];
  // A fork may take back a move of the clock upon which others acted.
  const astray = root.clock === null || folder.branches.size > 0 ? undefined : dossier.entries.find((entry) => entry.succeeds === null && (entry.effectiveAt < root.receivedAt || entry.effectiveAt > root.clock!));
  if (astray !== undefined) return [`${id.slice(0, 8)}: ${astray.kind} of ${astray.author}/${astray.seq} has effect outside the time of its rehearsal`];
  const from = root.receivedAt, to = root.closed?.at ?? root.clock ?? evidence.now;
  let at = from;
  for (const interval of timeline(dossier, to, evidence.environment)) {
    if (interval.from !== at || interval.to <= interval.from) return [`${id.slice(0, 8)}: its time has a gap or an overlap between ${at} and ${interval.from}`];
    at = interval.to;
  }
  return at === to || to <= from ? [] : [`${id.slice(0, 8)}: its time ends ${to - at} ms before its life`];
}
