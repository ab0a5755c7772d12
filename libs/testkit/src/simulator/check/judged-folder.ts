/** A folder as the checker sees it: the union of all copies, folded anew by the pure law, without any fault. */
import { hash as digest } from 'node:crypto';
import { effective, emptyFolder, union } from '@lienthong/folder';
import type { Entry, Folder, FolderId } from '@lienthong/folder';
import { decodeEntry } from '@lienthong/kernel';
import { emptyDossier, fold } from '@lienthong/law';
import type { Dossier, LawEntry } from '@lienthong/law';
import type { Evidence, ShownCopy } from './evidence.ts';

export type JudgedFolder = {
  readonly id: FolderId; readonly copies: readonly ShownCopy[];
  /** Entries of each copy, same order as `copies`. */
  readonly held: readonly (readonly Entry[])[];
  readonly folder: Folder; readonly dossier: Dossier;
  /** Causes before consequences. */
  readonly effective: readonly Entry[];
};

export function judgeFolder(evidence: Evidence, id: FolderId, copies: readonly ShownCopy[]): JudgedFolder {
  const known = new Map<string, Entry>();
  const held = copies.map((copy) => copy.entries.map((sealed) => {
    const hash = digest('sha256', sealed.bytes, 'hex');
    const entry = known.get(hash) ?? decodeEntry(sealed.bytes, hash, sealed.proof);
    if (sealed.proof !== null && entry.proof === null) known.set(hash, { ...entry, proof: sealed.proof });
    else known.set(hash, entry);
    return known.get(hash)!;
  }));
  const folder = folderOf(id, [...known.values()], evidence);
  const inEffect = [...effective(folder)];
  return { id, copies, held, folder, dossier: dossierOf(id, inEffect), effective: inEffect };
}

/** Takes every entry that is rightly signed. */
export function folderOf(id: FolderId, entries: readonly Entry[], { verify, maySucceed }: Pick<Evidence, 'verify' | 'maySucceed'>): Folder {
  const folder = emptyFolder(id);
  union(folder, entries, { verify, maySucceed });
  return folder;
}

export function dossierOf(id: FolderId, entries: Iterable<Entry>): Dossier {
  const dossier = emptyDossier(id);
  for (const entry of entries) fold(dossier, entry as LawEntry);
  return dossier;
}

/** Everything of a dossier's state but the order in which its entries came, as one text. */
export function stateText(dossier: Dossier): string {
  const { entries, derived, ...state } = dossier;
  void derived;
  return JSON.stringify({ ...state, entries: entries.length }, (_key, value: unknown) => {
    if (value instanceof Map) return [...value].sort(byFirst);
    return value instanceof Set ? [...value].sort() : value;
  });
}

const byFirst = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number => (a < b ? -1 : 1);

