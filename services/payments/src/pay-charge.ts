/** Paying at a counter: what the law refuses is refused before any money is taken; then the money is recorded, and settled at once. */
import { payments } from '@lienthong/contract';
import { actingFor, commandDossier, commitTo, contextOf, folderOf, markRequest, readDossier, sideOfDossier } from '@lienthong/dossier-service';
import type { RequestMark, Side } from '@lienthong/dossier-service';
import { errorOfRefusal } from '@lienthong/kernel';
import type { Call } from '@lienthong/kernel';
import { clockOf, decideChargeCommand, isRefused, refuse } from '@lienthong/law';
import type { By, Dossier, FolderId, LawContext, OfficeId, Refusal } from '@lienthong/law';
import { folderIn, tellMoney, today } from './books.ts';
import type { Books } from './books.ts';
import { ownPlatformRefusal } from './gateway-channel.ts';
import { detailsPart, givenPayment } from './payment-given.ts';
import type { GivenPayment } from './payment-given.ts';
import { account } from './rules-ledger.ts';
import type { Account } from './rules-ledger.ts';
import { arrived, handedBack } from './rules-money.ts';
import type { Arrival, Claim, Command, MoneyEvent } from './rules-money.ts';
import { shiftName, tillAccount } from './rules-till.ts';
import type { Shift } from './rules-till.ts';
import { chargeCommand, receiptOfRequest, settleMoney } from './settle-money.ts';
import type { Counter } from './settle-money.ts';
import { takeTransfer } from './statement-lines.ts';
import { isOpen, openShift } from './tills.ts';

/** A bank's clock may be ahead of ours by so much. */
export const maxBankClockAheadMs = 5 * 60 * 1000;

type Paying = { readonly mark: RequestMark; readonly claim: Claim; readonly command: Command; readonly given: GivenPayment };

/** `counterOn`: where real money is kept, and where rehearsals keep theirs. */
export async function payCharge(counterOn: (side: Side) => Counter, request: payments.PayChargeRequest, call: Call): Promise<payments.PayChargeResponse> {
  const { host } = counterOn('real').books;
  const mark = markRequest(request.requestId, payments.PayChargeRequest.encode(request).finish(), host.world);
  const by = actingFor(call, request.office), given = givenPayment(request), folder = await folderOf(host, request.code);
  const claim: Claim = { code: request.code, dossier: folder, charge: request.charge, amount: request.amount };
  const command: Command = { id: mark.id, digest: mark.digest, by, method: given.method, reference: given.reference };
  const standing = await lookAt(counterOn('real').books, { mark, claim, command, given });
  if (!standing.repeated) await take(counterOn(standing.side), { mark, claim, command, given });
  // Written by now; a repeat of the request gets the same bytes.
  const receipt = await commandDossier(host, folder, request.code, mark, () => { throw new RangeError(`request ${mark.id} has left no entry`); });
  const receiptNumber = await readDossier(host, request.code, (dossier) => receiptOfRequest(dossier, mark.mark));
  return { receipt, receiptNumber };
}

/** Records the money and settles it. Cash belongs to a shift: it says so first, and looks then whether that is still open. */
async function take(counter: Counter, { mark, claim, command, given }: Paying): Promise<void> {
  const confirmed = given.method === 'gateway' ? await ownPlatformRefusal(counter, given.details) : null;
  if (confirmed !== null) throw errorOfRefusal(confirmed);
  const { books } = counter, key = `${claim.dossier} ${claim.charge} ${mark.mark}`, folder = folderIn(books, 'money', key);
  const shift = given.method === 'cash' ? await openShift(books, command.by) : null;
  const kept = Object.keys(given.details).length === 0 ? null : commitTo(detailsPart, given.details, books.host.world);
  const told: Command = kept === null ? command : { ...command, details: kept.commitment };
  if (given.method === 'transfer') return takeTransfer(counter, { claim, command: told, asides: kept === null ? [] : [kept.aside] });
  let transaction = '';
  await tellMoney(books, folder, (money): readonly MoneyEvent[] => {
    const open = [...money.held.values()].find((one) => !one.handedBack);
    transaction = open?.arrival.transaction ?? String(money.held.size + 1);
    const arrival: Arrival = { transaction, source: sourceOf(given, command.by, shift), amount: claim.amount, day: today(books), via: viaOf[given.method], command: told };
    return open !== undefined ? [] : [{ type: 'meant', claim }, arrived(arrival)];
  }, kept === null ? [] : [kept.aside]);
  if (shift !== null) await assertStillOpen(books, folder, transaction, shift);
  await settleMoney(counter, folder, transaction);
}

const viaOf = { cash: 'till', transfer: 'bank', gateway: 'bank', post: 'post' } as const satisfies Record<GivenPayment['method'], Arrival['via']>;

/** Where the money lies. What an office says that a gateway has paid is at the bank for the books: nobody asked a gateway of ours. */
function sourceOf({ method }: GivenPayment, by: By, shift: Shift | null): Account {
  if (shift !== null) return tillAccount(shift);
  return method === 'post' ? account('post', by.office) : account('bank', by.office);
}

async function assertStillOpen(books: Books, folder: FolderId, transaction: string, shift: Shift): Promise<void> {
  if (await isOpen(books, shift)) return;
  const after = await tellMoney(books, folder, (money) => {
    const held = money.held.get(transaction);
    return held === undefined || held.allocated > 0 || held.handedBack ? [] : [handedBack(held, 'TILL_BEING_COUNTED')];
  });
  if (after.held.get(transaction)?.handedBack === true) throw errorOfRefusal(refuse('TILL_BEING_COUNTED', { till: shiftName(shift) }, 'office'));
}

// ---------------------------------------------------------------- before anything is taken

type Standing = { readonly repeated: boolean; readonly side: Side };

/** Refuses whatever the law would refuse, so that neither money, reference nor number is spent on it. */
async function lookAt({ host }: Books, paying: Paying): Promise<Standing> {
  const found = await readDossier(host, paying.claim.code, (dossier): Standing | { readonly refusal: Refusal } => {
    const repeated = dossier.entries.some((entry) => entry.body.request?.startsWith(`${paying.mark.id}#`) === true);
    const refusal = repeated ? null : refusalOf(paying, dossier, contextOf(host));
    return refusal !== null ? { refusal } : { repeated, side: sideOfDossier(dossier) };
  });
  if ('refusal' in found) throw errorOfRefusal(found.refusal);
  return found;
}

/** What a postman has collected his office owes to the treasury: no other office can hand it over. */
function postRefusal(id: OfficeId, { reference }: LawContext): Refusal | null {
  const office = reference.office(id);
  return office?.roles.includes('post-office') === true ? null : refuse('NOT_A_POST_OFFICE', { office: office?.name.vi ?? id }, 'office');
}

function refusalOf(paying: Paying, dossier: Dossier, context: LawContext): Refusal | null {
  const outcome = decideChargeCommand(chargeCommand(paying, ''), dossier, context);
  if (isRefused(outcome)) return outcome.refusal;
  const { paidAt, details: { consignment } } = paying.given;
  if (paidAt !== null && paidAt > clockOf(dossier, context.now) + maxBankClockAheadMs) return refuse('FIELD_INVALID', { field: 'paid_time', problem: new Date(paidAt).toISOString() }, 'paid_time');
  if (consignment !== undefined && !dossier.consignments.has(consignment)) return refuse('UNKNOWN_ITEM', { item: consignment }, 'post.consignment');
  return paying.given.method === 'post' ? postRefusal(paying.command.by.office, context) : null;
}
