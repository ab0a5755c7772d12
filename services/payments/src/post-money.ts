/** What a postman collected at a door is written into the books by itself, and the charge is paid with it; the treasury says when the post office has handed it over. */
import { payments } from '@lienthong/contract';
import { actingFor, inDossierTime, markRequest, sideOf, sideOfDossier } from '@lienthong/dossier-service';
import type { FolderState, Side } from '@lienthong/dossier-service';
import { errorOfRefusal, HubError } from '@lienthong/kernel';
import type { Call, Effect } from '@lienthong/kernel';
import { amountFault, refuse, unbooked } from '@lienthong/law';
import type { Charge, Consignment, Dong, Draft, FolderId, LocalDate } from '@lienthong/law';
import { folderIn, moneyBy, tellMoney, today } from './books.ts';
import type { Books, FoundMoney } from './books.ts';
import { account } from './rules-ledger.ts';
import { arrived } from './rules-money.ts';
import type { Claim, Money } from './rules-money.ts';
import { postDays, postKey, remitRefusal, remitted, resolvePost } from './rules-post.ts';
import type { PostDay, Remittance } from './rules-post.ts';
import { dayGiven } from './till-desk.ts';
import { settleMoney } from './settle-money.ts';
import type { Counter } from './settle-money.ts';

const utf8 = new TextEncoder();
/** Characters of a digest that name the request by which a collection pays its charge. */
const idCharacters = 32;

/** Once for each charge and consignment, however often it is begun: the record bears their names. What the law no longer takes is set aside, for a person gives it back. */
export function bookCollection(counterOn: (side: Side) => Counter): Effect<FolderState> {
  return inDossierTime({
    async run({ view, input }) {
      const { dossier } = view.state, { charge: id, consignment } = input as { readonly charge: string; readonly consignment: string };
      const charge = dossier.charges.get(id), parcel = dossier.consignments.get(consignment);
      if (charge === undefined || parcel === undefined || !unbooked(dossier, charge).includes(consignment)) return { drafts: [] };
      const { code } = dossier.root!.body;
      await book(counterOn(sideOfDossier(dossier)), { code, dossier: dossier.id, charge: id, amount: collectedFor(parcel, charge).amount }, parcel, charge);
      const draft: Draft = { item: charge.id, kind: 'collection-booked', body: { consignment } };
      return { drafts: [draft] };
    },
  });
}

const collectedFor = (parcel: Consignment, charge: Charge): Consignment['collected'][number] => parcel.collected.find((one) => one.charge === charge.id)!;

async function book(counter: Counter, claim: Claim, parcel: Consignment, charge: Charge): Promise<void> {
  const { books } = counter, key = `collected ${claim.dossier} ${claim.charge} ${parcel.id}`, folder = folderIn(books, 'money', key);
  const { by, amount } = collectedFor(parcel, charge), digest = books.host.world.hash(utf8.encode(key)), transaction = '1';
  await tellMoney(books, folder, (money) => (money.held.size > 0 ? [] : [{ type: 'meant', claim }, arrived({
    transaction, source: account('post', by.office), amount, day: today(books), via: 'door', command: { id: `collected.${digest.slice(0, idCharacters)}`, digest, by, method: 'post', reference: '' },
  })]));
  await settleMoney(counter, folder, transaction);
}

/** By the treasury that has it. A repeat of the request answers the same and moves nothing. */
export async function receivePostMoney(counterOn: (side: Side) => Counter, request: payments.ReceivePostMoneyRequest, call: Call): Promise<payments.ReceivePostMoneyResponse> {
  const { books } = counterOn(sideOf(request.rehearsal)), mark = markRequest(request.requestId, payments.ReceivePostMoneyRequest.encode(request).finish(), books.host.world), by = actingFor(call, request.office);
  const fault = amountFault(request.amount), day = dayGiven(books, request.date), { postOffice: office, amount } = request;
  if (fault !== null) throw errorOfRefusal(refuse(fault, { amount: String(amount) }, 'amount'));
  if (books.host.environment.reference.office(office)?.roles.includes('post-office') !== true) throw errorOfRefusal(refuse('NOT_A_POST_OFFICE', { office }, 'post_office'));
  const near = postDayOf(await recordsOfPost(books, office, day), office, day);
  // Nothing is refused before all of the day was looked at.
  const before = remitRefusal(amount, near) === null ? near : postDayOf(await moneyBy(books, 'day', day), office, day);
  const remittance: Remittance = { id: mark.mark, office, day, to: by.office, amount, by };
  const after = await tellMoney(books, remittedFolder(books, office, day), (money) => {
    if (money.remittances.some((one) => one.id === remittance.id)) return [];
    if (money.remittances.some((one) => one.id.startsWith(`${mark.id}#`))) throw new HubError('REQUEST_ID_REUSED', { request: mark.id }, { field: 'request_id' });
    const refusal = remitRefusal(amount, { ...before, remitted: handedOver(money) });
    if (refusal !== null) throw errorOfRefusal(refusal);
    return [remitted(remittance, today(books))];
  });
  return { left: before.collected - handedOver(after) };
}

const remittedFolder = (books: Books, office: string, day: LocalDate): FolderId => folderIn(books, 'money', `remitted ${office} ${day}`);
const handedOver = ({ remittances, postResolved }: Money): Dong => [...remittances, ...postResolved].reduce((sum, one) => sum + one.amount, 0);

/** What a post office has of a day, or has handed over too much, ends without its being handed over. `booked`: its records of that day. False: it cannot have ended in this way. */
export async function resolvePostDay(books: Books, { office, booked }: { readonly office: string; readonly booked: readonly FoundMoney[] }, how: Omit<Parameters<typeof resolvePost>[0], 'on'>): Promise<boolean> {
  const before = postDayOf(booked, office, how.day);
  let possible = true;
  await tellMoney(books, remittedFolder(books, office, how.day), (money) => {
    const events = money.postResolved.some((one) => one.id === how.id) ? [] : resolvePost({ ...how, on: today(books) }, { ...before, remitted: handedOver(money) });
    possible = events !== null;
    return events ?? [];
  });
  return possible;
}

/** What a post office collected on a day, and what became of it; without what was collected before records were found by their post office. */
export const recordsOfPost = (books: Books, office: string, day: LocalDate): Promise<readonly FoundMoney[]> => moneyBy(books, 'post', postKey(office, day));

function postDayOf(booked: readonly FoundMoney[], office: string, day: LocalDate): PostDay {
  return postDays(booked.map(({ money }) => money), day).find((one) => one.office === office) ?? { office, collected: 0, remitted: 0 };
}
