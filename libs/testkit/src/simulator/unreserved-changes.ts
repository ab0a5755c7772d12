/** What a record of a register says of who changed it. */
import { decisionKey } from '@lienthong/dossier-service';
import type { AuthorId, EntryRef, FolderId } from '@lienthong/law';
import { decodeEntry } from '@lienthong/kernel';
import type { SealedEntry } from '@lienthong/kernel';

/**
 * Decisions that were applied to a record while their dossier did not have it reserved. `strayed`: authors under whose name a copy of their store decided, too. What it
 * decided got out, and its reservation did not: such a dossier has never reserved this record, where one that was reserved over has.
 */
export function unreservedIn(entries: readonly SealedEntry[], strayed: ReadonlySet<AuthorId>): readonly string[] {
  const found: string[] = [], unapplied = new Set<FolderId>();
  let reservedBy: FolderId | null = null;
  for (const { bytes } of entries) {
    const { kind, body } = decodeEntry(bytes, '', null);
    if (kind === 'record-reserved') {
      reservedBy = (body as { readonly reservation: { readonly dossier: FolderId } }).reservation.dossier;
      unapplied.add(reservedBy);
    }
    if (kind !== 'record-applied') continue;
    const { dossier, decision } = body as { readonly dossier: FolderId; readonly decision: EntryRef };
    const isOfCopy = strayed.has(decision.author) && !unapplied.has(dossier);
    if (reservedBy !== dossier && !isOfCopy) found.push(decisionKey(dossier, decision));
    unapplied.delete(dossier);
    reservedBy = null;
  }
  return found;
}
