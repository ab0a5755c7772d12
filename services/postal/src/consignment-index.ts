/** How the post finds consignments: by number, and by the post office that serves the sender. */
import type { Host } from '@lienthong/dossier-service';
import { errorOfRefusal } from '@lienthong/kernel';
import type { IndexFields } from '@lienthong/kernel';
import { postOfficeOf, refuse } from '@lienthong/law';
import type { Dossier, FolderId, ItemId, LawContext } from '@lienthong/law';

export function consignmentIndex(dossier: Dossier, context: LawContext): IndexFields {
  const all = [...dossier.consignments.values()];
  if (all.length === 0) return {};
  const offices = (open: boolean): string[] => [...new Set(all.filter((one) => !open || one.ended === null).map((one) => postOfficeOf(dossier, one, context)))];
  return { 'consignment-number': all.flatMap((one) => (one.number === '' ? [] : [one.number.toUpperCase()])), consignments: offices(false), 'open-consignments': offices(true) };
}

export type Found = { readonly folder: FolderId; readonly code: string; readonly consignment: ItemId };

/** The consignment that bears a number. Throws FIELD_MISSING, UNKNOWN_ITEM. */
export async function findConsignment(host: Host, number: string): Promise<Found> {
  const wanted = number.trim().toUpperCase();
  if (wanted === '') throw errorOfRefusal(refuse('FIELD_MISSING', { field: 'number' }, 'number'));
  const [folder] = await host.participant.find('consignment-number', wanted, 1);
  const found = folder === undefined ? undefined : await host.participant.view(folder, ({ state: { dossier } }) => {
    const one = [...dossier.consignments.values()].find((other) => other.number.toUpperCase() === wanted);
    return one === undefined ? undefined : { folder, code: dossier.root!.body.code, consignment: one.id };
  });
  if (found === undefined) throw errorOfRefusal(refuse('UNKNOWN_ITEM', { item: number }, 'number'));
  return found;
}
