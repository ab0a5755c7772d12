/** What a record of a register says of who changed it. */
import { decisionKey } from '@lienthong/dossier-service';
import type { EntryRef, FolderId } from '@lienthong/law';
import { decodeEntry } from '@lienthong/kernel';
import type { SealedEntry } from '@lienthong/kernel';

/** Decisions that were applied to a record while their dossier did not have it reserved. */
export function unreservedIn(entries: readonly SealedEntry[]): readonly string[] {
  const found: string[] = [];
  let reservedBy: FolderId | null = null;
  for (const { bytes } of entries) {
    const { kind, body } = decodeEntry(bytes, '', null);
    if (kind === 'record-reserved') reservedBy = (body as { readonly reservation: { readonly dossier: FolderId } }).reservation.dossier;
    if (kind !== 'record-applied') continue;
    const { dossier, decision } = body as { readonly dossier: FolderId; readonly decision: EntryRef };
    if (reservedBy !== dossier) found.push(decisionKey(dossier, decision));
    reservedBy = null;
  }
  return found;
}
