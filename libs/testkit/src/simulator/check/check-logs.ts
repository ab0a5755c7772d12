/** In each copy each author's log is whole: from its first entry on, none left out and none twice. */
import type { AuthorId } from '@lienthong/folder';
import type { Finding } from './finding.ts';
import type { JudgedFolder } from './judged-folder.ts';

export function checkLogs({ id, copies, held, folder }: JudgedFolder): readonly Finding[] {
  const found: Finding[] = [];
  copies.forEach(({ service }, at) => {
    const seqs = new Map<AuthorId, number[]>();
    for (const { author, seq } of held[at]!) {
      const before = seqs.get(author);
      if (before === undefined) seqs.set(author, [seq]);
      else before.push(seq);
    }
    for (const [author, numbers] of seqs) {
      // Of a forked log both branches are kept.
      if (folder.branches.has(author)) continue;
      const distinct = new Set(numbers), last = Math.max(...numbers);
      const name = `${id.slice(0, 8)}: the copy of ${service} holds`;
      if (distinct.size < numbers.length) found.push({ kind: 'duplicated', what: `${name} ${numbers.length} entries of ${author} under ${distinct.size} numbers` });
      if (distinct.size < last) found.push({ kind: 'reordered', what: `${name} ${distinct.size} of the ${last} entries of ${author}` });
    }
  });
  return found;
}
