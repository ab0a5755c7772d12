/** The history of a folder as lines, for whoever looks for a defect: every entry that some copy holds, with its effect. */
import { inLog, refKey } from '@lienthong/folder';
import type { Evidence } from './evidence.ts';
import { judgeFolder } from './judged-folder.ts';

const shownBodyCharacters = 160;

export function historyLines(evidence: Evidence): string[] {
  const lines: string[] = [];
  for (const id of new Set(evidence.copies.map((one) => one.folder))) {
    const { folder } = judgeFolder(evidence, id, evidence.copies.filter((one) => one.folder === id));
    lines.push(`folder ${id.slice(0, 8)}`);
    for (const entry of [...folder.order, ...folder.buffered]) {
      const effect = folder.buffered.includes(entry) ? 'buffered' : inLog(folder, entry) ? folder.effects.get(refKey(entry)) ?? '' : 'branch';
      const seen = Object.entries(entry.seen).map(([author, head]) => `${author.slice(0, -12)}:${head.seq}`).join(' ');
      lines.push(`  ${entry.recordedAt - evidence.now} ${entry.author.slice(0, -12)}/${entry.seq} ${entry.kind} ${entry.item === '' ? '' : `on ${entry.item} term ${entry.term}`} ${entry.handsTo === '' ? '' : `to ${entry.handsTo}`} ${entry.creates.length > 0 ? `creates ${entry.creates.map((one) => one.slice(0, -12)).join(',')}` : ''} ${entry.succeeds === null ? '' : `succeeds ${entry.succeeds.predecessor}/${entry.succeeds.head?.seq ?? 'nothing'}`} [${seen}] ${effect} ${JSON.stringify(entry.body).slice(0, shownBodyCharacters)}`);
    }
  }
  return lines;
}
