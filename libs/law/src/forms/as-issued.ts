/** A dossier as it stood when something in it was written: a paper that was given out does not change with what came after. */
import type { EntryRef } from '../types.ts';
import { emptyDossier, sameRef } from '../dossier.ts';
import type { Dossier, LawEntry } from '../dossier.ts';
import { fold } from '../fold.ts';

export function entryAt(dossier: Dossier, ref: EntryRef): LawEntry | undefined {
  return dossier.entries.find((one) => sameRef(one, ref));
}

/** Folded up to that entry: with everything written before it, for times of writing never run backwards along what a writer had seen. */
export function asIssued(dossier: Dossier, by: LawEntry): Dossier {
  const then = emptyDossier(dossier.id);
  for (const entry of dossier.entries) if (entry.recordedAt < by.recordedAt || sameRef(entry, by) || isBefore(entry, by)) fold(then, entry);
  return then;
}

/** Written in the same millisecond by the same author, and before. */
const isBefore = (entry: LawEntry, by: LawEntry): boolean => entry.recordedAt === by.recordedAt && (entry.author !== by.author || entry.seq < by.seq);
