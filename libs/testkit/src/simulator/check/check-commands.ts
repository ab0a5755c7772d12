/** Every answered command has had its effect, or is listed as perhaps lost where its only copy was in a lost store; no command has it twice. */
import { effectOf, holds } from '@lienthong/folder';
import type { Entry } from '@lienthong/folder';
import { isListed } from '../journal.ts';
import type { Acknowledged, Rewind } from '../journal.ts';
import { isVoided } from './check-voided.ts';
import type { Evidence } from './evidence.ts';
import type { JudgedFolder } from './judged-folder.ts';

export function checkCommands(evidence: Evidence, folders: ReadonlyMap<string, JudgedFolder>): readonly string[] {
  const found: string[] = [];
  for (const one of evidence.acknowledged) {
    const judged = folders.get(one.folder);
    const effects = one.entries.filter((entry) => judged !== undefined && holds(judged.folder, entry.author, entry) && effectOf(judged.folder, entry) === 'effective').length;
    if (effects === one.entries.length) continue;
    const why = whyLost(evidence, judged, one);
    if (why !== null) found.push(`${one.request} was answered by ${one.service} (${one.entries.map((entry) => `${entry.author}/${entry.seq}`).join(', ')}) and ${why}`);
  }
  return found;
}

/** Entries of one request are those of one write: of one author, one after the other. */
export function checkRequests(judged: JudgedFolder): readonly string[] {
  const byRequest = new Map<string, Entry[]>();
  for (const entry of judged.effective) {
    const { request } = entry.body as { readonly request?: string };
    if (request === undefined) continue;
    const key = `${request.slice(0, request.lastIndexOf('#'))} at ${entry.author.slice(0, entry.author.lastIndexOf('~'))}`;
    byRequest.set(key, [...byRequest.get(key) ?? [], entry]);
  }
  const found: string[] = [];
  for (const [key, entries] of byRequest) {
    const [first] = entries;
    const oneWrite = entries.every((entry, n) => entry.author === first!.author && entry.seq === first!.seq + n) && new Set(entries.map((entry) => `${entry.kind} ${entry.item}`)).size === entries.length;
    if (!oneWrite) found.push(`${key} has had its effect more than once: ${entries.map((entry) => `${entry.author}/${entry.seq} ${entry.kind}`).join(', ')}`);
  }
  return found;
}

/** Null: the loss is accounted for. */
function whyLost(evidence: Evidence, judged: JudgedFolder | undefined, one: Acknowledged): string | null {
  if (one.stray || (judged !== undefined && isVoided(evidence, judged))) return null;
  if (isHeldByOthers(evidence, judged, one)) return 'is without its effect, though others held it when the store of its service was lost';
  const held = judged !== undefined && one.entries.every((entry) => holds(judged.folder, entry.author, entry));
  if (held) {
    const effect = effectOf(judged.folder, one.entries[0]!) ?? 'on another branch';
    return forked(evidence, judged) || (rewound(evidence, one) && !isApart(evidence, one)) ? null : `is without effect: ${effect}`;
  }
  const lost = evidence.rewinds.filter((rewind) => lostIn(rewind, one));
  if (lost.length === 0) return judged !== undefined && forked(evidence, judged) ? null : 'is nowhere';
  if (lost.some((rewind) => cannotBeKnown(evidence, rewind, one))) return null;
  return isListed(one, evidence.atRisk) ? null : `is lost and was not listed (commit ${one.commit})`;
}

/** Where one service alone lost its store, what the others had of it comes back with its effect. */
function isHeldByOthers(evidence: Evidence, judged: JudgedFolder | undefined, one: Acknowledged): boolean {
  const { rewinds } = evidence, lost = rewinds.filter((rewind) => lostIn(rewind, one));
  if (lost.length === 0 || rewinds.some(({ service }) => service !== one.service) || (judged !== undefined && forked(evidence, judged))) return false;
  return lost.every(({ heldByOthers }) => heldByOthers !== undefined && one.entries.every(({ hash }) => heldByOthers.has(hash)));
}

/** One service alone lost its store, another one answered: whatever that stood upon was held by it, and comes back. */
function isApart({ rewinds }: Evidence, one: Acknowledged): boolean {
  const [first] = rewinds;
  return first !== undefined && first.service !== one.service && rewinds.every(({ service, silently }) => service === first.service && !silently);
}

/** A fork that was reported may take its effect from what others did in good faith. */
function forked({ forks }: Evidence, judged: JudgedFolder): boolean {
  return judged.folder.branches.size > 0 && [...judged.folder.branches.keys()].some((author) => forks.has(`${judged.id}/${author}`));
}

/** Nobody who could tell durably knew of it, or whoever did was put back as well. */
function cannotBeKnown({ rewinds }: Evidence, { silently, witnessed, service }: Rewind, one: Acknowledged): boolean {
  return silently && (one.commit > witnessed || rewinds.some((other) => other.service !== service));
}

const lostIn = (rewind: Rewind, one: Acknowledged): boolean => rewind.service === one.service && rewind.at >= one.at && one.commit > rewind.kept;

/** What was written upon something that was lost afterwards may lose its effect with it. */
function rewound({ rewinds }: Evidence, one: Acknowledged): boolean {
  return rewinds.some((rewind) => rewind.service !== one.service || lostIn(rewind, one));
}
