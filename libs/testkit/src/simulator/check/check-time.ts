/** No minute is unexplained: the intervals of a dossier follow each other and sum to its lifetime. */
import { timeline } from '@lienthong/law';
import type { Evidence } from './evidence.ts';
import type { JudgedFolder } from './judged-folder.ts';

export function checkTime(evidence: Evidence, { id, dossier }: JudgedFolder): readonly string[] {
  const { root } = dossier;
  if (root === null) return [];
  const from = root.receivedAt, to = root.closed?.at ?? Math.max(evidence.now, root.clock ?? 0);
  let at = from;
  for (const interval of timeline(dossier, to)) {
    if (interval.from !== at || interval.to <= interval.from) return [`${id.slice(0, 8)}: its time has a gap or an overlap between ${at} and ${interval.from}`];
    at = interval.to;
  }
  return at === to || to <= from ? [] : [`${id.slice(0, 8)}: its time ends ${to - at} ms before its life`];
}
