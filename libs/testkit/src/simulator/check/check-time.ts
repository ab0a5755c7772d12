/** No minute is unexplained: the intervals of a dossier follow each other and sum to its lifetime. */
import type { Entry, Folder } from '@lienthong/folder';
import { timeline } from '@lienthong/law';
import { dossierBefore } from './causal-past.ts';
import type { Evidence } from './evidence.ts';
import type { JudgedFolder } from './judged-folder.ts';

export function checkTime(evidence: Evidence, { id, dossier, folder }: JudgedFolder): readonly string[] {
  const { root } = dossier;
  if (root === null) return [];
  const astray = root.clock === null ? undefined : dossier.entries.find((entry) => entry.succeeds === null && isAstray(evidence, folder, root.receivedAt, root.clock!, entry));
  if (astray !== undefined) return [`${id.slice(0, 8)}: ${astray.kind} of ${astray.author}/${astray.seq} has effect outside the time of its rehearsal`];
  const from = root.receivedAt, to = root.closed?.at ?? root.clock ?? evidence.now;
  let at = from;
  for (const interval of timeline(dossier, to, evidence.environment)) {
    if (interval.from !== at || interval.to <= interval.from) return [`${id.slice(0, 8)}: its time has a gap or an overlap between ${at} and ${interval.from}`];
    at = interval.to;
  }
  return at === to || to <= from ? [] : [`${id.slice(0, 8)}: its time ends ${to - at} ms before its life`];
}

/** A fork, or a succession that was forced, may take back a move of the clock upon which others have acted: then the clock counts as they saw it. */
function isAstray(evidence: Evidence, folder: Folder, receivedAt: number, clock: number, entry: Entry): boolean {
  if (entry.effectiveAt < receivedAt) return true;
  if (entry.effectiveAt <= clock || folder.branches.size > 0) return false;
  return entry.effectiveAt > (dossierBefore(evidence, folder, entry).root?.clock ?? clock);
}
