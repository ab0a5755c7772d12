/** What an author knew when it wrote an entry. */
import { effective, refKey } from '@lienthong/folder';
import type { Entry, Folder, Proof } from '@lienthong/folder';
import type { Dossier } from '@lienthong/law';
import type { Evidence } from './evidence.ts';
import { dossierOf, folderOf } from './judged-folder.ts';

const checkedBefore: Proof = { keyId: '', signature: new Uint8Array() };

/** Keys of the entries before this one: its author's own, and what those and it had seen. */
export function pastOf(folder: Folder, entry: Entry): ReadonlySet<string> {
  const known = new Map<string, number>([[entry.author, entry.seq - 1]]);
  for (const one of folder.logs.get(entry.author)!.entries.slice(0, entry.seq)) {
    for (const author in one.seen) known.set(author, Math.max(known.get(author) ?? 0, one.seen[author]!.seq));
  }
  const past = new Set<string>();
  for (const one of folder.order) if (one.seq <= (known.get(one.author) ?? 0)) past.add(refKey(one));
  return past;
}

/** The dossier as the author saw it just before it wrote the entry. */
export function dossierBefore(evidence: Evidence, folder: Folder, entry: Entry): Dossier {
  const past = pastOf(folder, entry);
  // The past may end inside a write, before the entry that carries its signature.
  const entries = folder.order.filter((one) => past.has(refKey(one))).map((one) => (one.proof === null ? { ...one, proof: checkedBefore } : one));
  const then = folderOf(folder.id, entries, { ...evidence, verify: () => true });
  return dossierOf(folder.id, effective(then));
}
