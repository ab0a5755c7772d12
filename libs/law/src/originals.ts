/**
 * Where the originals of a dossier are. Each consignment says by which one before it an original came to whoever sends it, so that every copy reads the same chain in
 * whatever order it hears; of two that claim the same place the first counts, and the other carries nothing.
 */
import type { Commitment, DocumentRecord, EntryRef, Instant, ItemId, OfficeId } from './types.ts';
import type { Consignment, Dossier } from './dossier.ts';
import { handOf } from './hand-of.ts';
import type { Hand } from './hand-of.ts';

/** The addressee has looked into what was delivered. `office`: as the consignment names it. */
export type Inspection = { readonly consignment: ItemId; readonly office: OfficeId; readonly received: readonly string[]; readonly missing: readonly string[]; readonly at: Instant; readonly ref: EntryRef };

export type Original = { readonly document: string; readonly hand: Hand; /** The consignment that carried it last; null: none has. */ readonly carrier: Consignment | null };

/** Parts of the particulars with an address: where a result is delivered, where papers are collected. */
export const deliveryAddress = 'delivery', pickUpAddress = 'pick-up';

/** What a postman needs to find a home: the part of the particulars, as it is committed to now. Undefined: it goes from office to office, or the dossier has no address. */
export function addressOf({ root }: Dossier, { plan: { from, to } }: Pick<Consignment, 'plan'>): Commitment | undefined {
  if (root === null || (from !== 'home' && to !== 'home')) return undefined;
  const [first, second] = from === 'home' ? [pickUpAddress, deliveryAddress] : [deliveryAddress, pickUpAddress];
  return root.particulars.get(first) ?? root.particulars.get(second);
}

/** Consignments that carried an original, first to last. */
export function carriersOf(dossier: Dossier, document: string): readonly Consignment[] {
  const carrying = [...dossier.consignments.values()].filter(({ plan }) => plan.originals?.some((one) => one.document === document) === true);
  const chain: Consignment[] = [];
  for (let by: ItemId | '' = ''; ;) {
    const next = first(carrying.filter((one) => !chain.includes(one) && one.plan.originals!.some((original) => original.document === document && original.by === by)));
    if (next === undefined) return chain;
    chain.push(next);
    by = next.id;
  }
}

function first(consignments: readonly Consignment[]): Consignment | undefined {
  return consignments.toSorted((a, b) => a.openedAt - b.openedAt || (a.id < b.id ? -1 : 1))[0];
}

/** What the addressee said of a consignment; undefined: nothing yet. */
export function confirmationOf(dossier: Dossier, { id, plan }: Consignment): Inspection | undefined {
  const said = [...dossier.root?.confirmed ?? [], ...[...dossier.legs.values()].flatMap((leg) => leg.confirmed)].filter((one) => one.consignment === id && one.office === plan.to);
  return said.toSorted((a, b) => a.at - b.at || (a.ref.author < b.ref.author ? -1 : 1) || a.ref.seq - b.ref.seq)[0];
}

/** Delivered to an office that has not said yet what came. */
export function awaitsConfirmation(dossier: Dossier, one: Consignment): boolean {
  return one.ended?.state === 'delivered' && one.plan.to !== 'home' && (one.plan.originals ?? []).length > 0 && confirmationOf(dossier, one) === undefined;
}

/** Always exactly one hand. What no consignment has carried is where it was shown, else at home. */
export function originalOf(dossier: Dossier, document: string): Original {
  const carrier = carriersOf(dossier, document).at(-1);
  if (carrier === undefined) return { document, carrier: null, hand: { kind: 'sender', place: shownAt(dossier, document) } };
  const hand = handOf(carrier);
  const missed = hand.kind === 'receiver' && confirmationOf(dossier, carrier)?.missing.includes(document) === true;
  // Signed for, and not in it: whoever delivered it answers.
  return { document, carrier, hand: missed ? { kind: 'lost', office: carrier.scans.at(-1)!.office } : hand };
}

/** The office of a leg that attached it, or whoever took it in for the counter, or the counter. */
function shownAt({ root, legs, requests }: Dossier, document: string): OfficeId | 'home' {
  const isIt = (one: DocumentRecord): boolean => one.document === document && one.origin.type === 'presented';
  const leg = [...legs.values()].find((one) => one.documents.some(isIt));
  if (leg !== undefined) return leg.office;
  const taken = [...[...requests.values()].flatMap((one) => one.ended?.documents ?? []), ...root?.documents ?? []].find(isIt), by = taken?.verified?.by.office;
  if (root === null || taken === undefined) return 'home';
  // Where the counter itself did, it is where its papers have moved with it.
  return by === undefined || by === root.body.counter ? root.counter : by;
}

/** Originals that the post has carried or is to carry. */
export function originalsOf(dossier: Dossier): readonly Original[] {
  const carried = new Set([...dossier.consignments.values()].flatMap(({ plan }) => plan.originals?.map((one) => one.document) ?? []));
  return [...carried].sort().map((document) => originalOf(dossier, document));
}

/** From where it may be sent on: there it lies, nothing is ordered, and of what was delivered there it was said that it came. Null: from nowhere. */
export function liesAt(dossier: Dossier, { carrier, hand }: Original): OfficeId | 'home' | null {
  if (hand.kind !== 'sender' && hand.kind !== 'receiver') return null;
  return carrier !== null && (carrier.ended === null || awaitsConfirmation(dossier, carrier)) ? null : hand.place;
}
