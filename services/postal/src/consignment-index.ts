/** How the post finds consignments: by number, and by the post office that serves the sender. */
import { onSide, sideOfDossier } from '@lienthong/dossier-service';
import type { Host } from '@lienthong/dossier-service';
import { errorOfRefusal } from '@lienthong/kernel';
import type { IndexFields } from '@lienthong/kernel';
import { awaitsConfirmation, deliveringOffice, handOf, isCollected, officesFor, postOfficeOf, refuse } from '@lienthong/law';
import type { Consignment, Dossier, FolderId, ItemId, LawContext } from '@lienthong/law';

/** Characters of a number. */
export const maxNumberCharacters = 64;
/** Fields by which feeds find what has changed, and what has not ended; and the value under which the whole post is found. */
export const feedField = 'consignment-feed', openFeedField = 'open-consignment-feed', wholePost = '*';
/** Field by which the one consignment that bears a number is found. */
export const numberField = 'consignment-number';

/** Offices that a consignment concerns: sender, receiver, and who has taken over from either, the post office that serves the sender, and those that scanned it. */
export function concernedBy(dossier: Dossier, { plan, scans, ...one }: Consignment, context: LawContext): Set<string> {
  return new Set([...officesFor(plan.from, dossier, context), ...officesFor(plan.to, dossier, context), postOfficeOf(dossier, { plan, scans, ...one }, context), ...scans.map(({ office }) => office)]).difference(new Set(['']));
}

export function consignmentIndex(dossier: Dossier, context: LawContext): IndexFields {
  const all = [...dossier.consignments.values()];
  if (all.length === 0) return {};
  const side = sideOfDossier(dossier), read = all.map((one) => ({ open: one.ended === null, office: postOfficeOf(dossier, one, context), concerned: [...concernedBy(dossier, one, context), wholePost].map((office) => onSide(side, office)) })), open = read.filter((one) => one.open);
  const offices = (some: typeof read): string[] => [...new Set(some.map(({ office }) => office))];
  const feed = (some: typeof read): string[] => [...new Set(some.flatMap(({ concerned }) => concerned))];
  return { ...errandIndex(dossier, all, context), [feedField]: feed(read), [openFeedField]: feed(open), [numberField]: all.flatMap((one) => (one.number === '' ? [] : [one.number.toUpperCase()])), consignments: offices(read), 'open-consignments': offices(open) };
}

/** Fields by which an office finds what it has to do, or to wait for. */
export const errandFields = { collect: 'post-collect', deliver: 'post-deliver', incoming: 'post-incoming', outgoing: 'post-outgoing' } as const;

/** The offices for which a consignment is such an errand now. */
export const errandOf: { readonly [E in keyof typeof errandFields]: (dossier: Dossier, one: Consignment, context: LawContext) => readonly string[] } = {
  collect: (dossier, one, context) => (one.ended === null && one.number !== '' && !isCollected(one) ? [postOfficeOf(dossier, one, context)] : []),
  // Who has it may deliver it, too: the office that serves the addressee need not be known.
  deliver: (dossier, one, context) => { const hand = handOf(one); return one.ended === null && hand.kind === 'post' ? [...new Set([deliveringOffice(dossier, one, context), hand.office])] : []; },
  incoming: (dossier, one, context) => (one.ended === null || awaitsConfirmation(dossier, one) ? officesFor(one.plan.to, dossier, context) : []),
  outgoing: (dossier, one, context) => (one.ended === null ? officesFor(one.plan.from, dossier, context) : []),
};

function errandIndex(dossier: Dossier, all: readonly Consignment[], context: LawContext): IndexFields {
  const side = sideOfDossier(dossier);
  return Object.fromEntries(Object.entries(errandFields).map(([errand, field]) => [field, [...new Set(all.flatMap((one) => errandOf[errand as keyof typeof errandFields](dossier, one, context)))].filter((office) => office !== '').map((office) => onSide(side, office))]));
}

export type Found = { readonly folder: FolderId; readonly code: string; readonly consignment: ItemId };

/** The consignment that bears a number. Throws FIELD_MISSING, FIELD_INVALID, CONSIGNMENT_UNKNOWN. */
export async function findConsignment(host: Host, number: string): Promise<Found> {
  const wanted = number.trim().toUpperCase();
  if (wanted === '') throw errorOfRefusal(refuse('FIELD_MISSING', { field: 'number' }, 'number'));
  if (wanted.length > maxNumberCharacters) throw errorOfRefusal(refuse('FIELD_INVALID', { field: 'number', problem: `≤ ${maxNumberCharacters}` }, 'number'));
  const [folder] = await host.participant.find(numberField, wanted, 1);
  const found = folder === undefined ? undefined : await host.participant.view(folder, ({ state: { dossier } }) => {
    const one = [...dossier.consignments.values()].find((other) => other.number.toUpperCase() === wanted);
    return one === undefined ? undefined : { folder, code: dossier.root!.body.code, consignment: one.id };
  });
  if (found === undefined) throw errorOfRefusal(refuse('CONSIGNMENT_UNKNOWN', { number: wanted }, 'number'));
  return found;
}
