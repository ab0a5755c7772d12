/** Copies of a folder are equal byte for byte at all participants, and mean the same to all. */
import { headsOf } from '@lienthong/folder';
import type { AuthorId, Heads } from '@lienthong/folder';
import { participants } from '@lienthong/law';
import type { Evidence } from './evidence.ts';
import { asFindings } from './finding.ts';
import type { Finding } from './finding.ts';
import { folderOf, stateText } from './judged-folder.ts';
import type { JudgedFolder } from './judged-folder.ts';

export function checkCopies(evidence: Evidence, judged: JudgedFolder): readonly Finding[] {
  const found: string[] = [], gaps: string[] = [];
  const expected = headsText(headsOf(judged.folder)), state = stateText(judged.dossier);
  const name = judged.id.slice(0, 8);
  if (judged.folder.buffered.length > 0) gaps.push(`${name}: ${judged.folder.buffered.length} entries can be folded nowhere (${judged.folder.buffered[0]!.author}/${judged.folder.buffered[0]!.seq})`);
  const keepers = participants(judged.dossier, evidence.environment.hosts.observers);
  for (const service of keepers) {
    const at = judged.copies.findIndex((copy) => copy.service === service);
    if (at < 0) { found.push(`${name}: ${service} takes part and has no copy`); continue; }
    const heads = headsText(headsOf(folderOf(judged.id, judged.held[at]!, evidence)));
    if (heads !== expected) found.push(`${name}: the copy of ${service} holds ${heads}, all copies together ${expected}`);
    else if (judged.copies[at]!.state !== undefined && judged.copies[at]!.state !== state) found.push(`${name}: ${service} reads its copy otherwise: ${difference(judged.copies[at]!.state, state)}`);
  }
  return [...asFindings('diverged', found), ...asFindings('reordered', gaps)];
}

function headsText(heads: Heads): string {
  return Object.entries(heads).map(([author, { seq, hash }]) => `${short(author)}:${seq}:${hash.slice(0, 8)}`).sort().join(' ');
}

const short = (author: AuthorId): string => author.slice(0, author.lastIndexOf('~') + 5);

/** Where two texts part, with a little of both. */
function difference(one: string | null | undefined, other: string): string {
  if (one == null) return 'not at all';
  let at = 0;
  while (at < one.length && one[at] === other[at]) at++;
  return `…${one.slice(Math.max(0, at - 60), at + 60)}… instead of …${other.slice(Math.max(0, at - 20), at + 60)}…`;
}
