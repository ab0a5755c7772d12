/** What must be true of the post in all that a stopped hub holds, told from the entries alone: originals, and money of the door. Answers what is not. */
import { itemId } from '@lienthong/folder';
import type { StoredCopy } from './stored-entries.ts';

type Entry = StoredCopy['entries'][number];
type Carried = { readonly document: string; /** The consignment by which it came to whoever sends it; '': none has carried it. */ readonly by: string };
type Ordered = { readonly id: string; readonly originals: readonly Carried[] };
type Item = { readonly type?: string; readonly originals?: readonly Carried[] };
type Taken = { readonly charge: string; readonly amount: number };

/** Entries of the post's own copies: all services hold the same, which is checked elsewhere. */
export function postProblems(copies: readonly StoredCopy[]): readonly string[] {
  const posted = copies.filter(({ service, entries }) => service === 'postal' && entries.some(({ kind }) => kind === 'dossier-received'));
  return [...posted.flatMap(handProblems), ...posted.flatMap((copy) => collectionProblems(copy, copies))];
}

function orderedIn(entries: readonly Entry[]): readonly Ordered[] {
  return entries.flatMap(({ author, seq, body }) => ((body as { items?: readonly Item[] }).items ?? []).flatMap((item, n) => (item.type === 'consignment' ? [{ id: itemId(author, seq, n), originals: item.originals ?? [] }] : [])));
}

/** Each original goes from hand to hand: a consignment that takes it on names the one before, which has ended, and no other one does. */
function handProblems({ folder, entries }: StoredCopy): readonly string[] {
  const ordered = orderedIn(entries), ended = new Set(entries.filter(({ kind }) => kind === 'consignment-ended').map(({ item }) => item)), taken = new Map<string, string>(), problems: string[] = [];
  for (const { id, originals } of ordered) for (const { document, by } of originals) {
    const place = `${document} after ${by || 'it was shown'}`, other = taken.get(place), before = ordered.find((one) => one.id === by);
    if (other !== undefined) problems.push(`${folder}: ${place} is carried by ${other} and by ${id}`);
    taken.set(place, id);
    if (by !== '' && before?.originals.some((one) => one.document === document) !== true) problems.push(`${folder}: ${id} has ${document} from ${by}, which never carried it`);
    if (by !== '' && !ended.has(by)) problems.push(`${folder}: ${id} has ${document} from ${by}, which has not ended`);
  }
  return problems;
}

/** What a postman took for a charge is noted as booked once, paid that charge once, and came into the books once, to the đồng. */
function collectionProblems({ folder, entries }: StoredCopy, copies: readonly StoredCopy[]): readonly string[] {
  const arrivals = arrivalsFor(folder, copies);
  return entries.flatMap(({ item, body }) => ((body as { collected?: readonly Taken[] }).collected ?? []).flatMap(({ charge, amount }) => {
    const about = `${folder}: what ${item} collected for ${charge}`;
    const booked = entries.filter((one) => one.kind === 'collection-booked' && one.item === charge && (one.body as { consignment: string }).consignment === item).length;
    const paid = entries.filter((one) => one.kind === 'charge-paid' && one.item === charge).length;
    const came = arrivals.filter((one) => one.charge === charge).map((one) => one.amount);
    return [
      ...(booked === 1 ? [] : [`${about} is noted as booked ${booked} times`]), ...(paid === 1 ? [] : [`${about}: the charge is paid ${paid} times`]),
      ...(came.length === 1 && came[0] === amount ? [] : [`${about}, ${amount}, came into the books as ${came.join(' and ') || 'nothing'}`]),
    ];
  }));
}

type Told = { readonly type?: string; readonly claim?: { readonly dossier: string; readonly charge: string }; readonly arrival?: { readonly via: string; readonly amount: number } };

/** Money from doors in the records of payments, with the charge that its record is for. */
function arrivalsFor(folder: string, copies: readonly StoredCopy[]): readonly Taken[] {
  return copies.filter(({ service }) => service === 'payments').flatMap(({ entries }) => {
    const told = entries.flatMap(({ body }) => (body as { events?: readonly Told[] }).events ?? []), claim = told.find(({ type }) => type === 'meant')?.claim;
    return claim?.dossier === folder ? told.filter(({ type, arrival }) => type === 'arrived' && arrival?.via === 'door').map(({ arrival }) => ({ charge: claim.charge, amount: arrival!.amount })) : [];
  });
}
