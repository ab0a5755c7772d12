/** Money that goes back for a charge: said before it goes, so that neither a crash nor a second officer makes it go twice, and in the ledger when the charge says so. */
import { commandDossier } from '@lienthong/dossier-service';
import type { RequestMark } from '@lienthong/dossier-service';
import { asHubError, errorOfRefusal, HubError, problemOf } from '@lienthong/kernel';
import { decideChargeCommand, refuse } from '@lienthong/law';
import type { By, Dong, FolderId, ItemId } from '@lienthong/law';
import type { dossier as pb } from '@lienthong/contract';
import { moneyBy, readMoney, readTill, shiftFolder, tellMoney, today } from './books.ts';
import type { Books, FoundMoney } from './books.ts';
import { chargeKey } from './rules-found.ts';
import { account } from './rules-ledger.ts';
import { rest, returnedMoney } from './rules-money.ts';
import type { Held, Money, Return } from './rules-money.ts';
import { bookedOn } from './rules-notice.ts';
import { isOwedByLaw, keyOf } from './rules-owed.ts';
import { shiftName, tillAccount } from './rules-till.ts';
import type { Shift } from './rules-till.ts';
import { markOf } from './settle-money.ts';
import type { Counter } from './settle-money.ts';
import { cashIn, openShift } from './tills.ts';

export type Refunding = { readonly code: string; readonly dossier: FolderId; readonly charge: ItemId; readonly amount: Dong; readonly ground: string; readonly reason: string; readonly by: By; readonly mark: RequestMark };
type Source = FoundMoney & { readonly held: Held };

/** The money that paid a charge. Undefined: it was paid before there was a ledger. */
export async function moneyOf(books: Books, charge: { readonly dossier: FolderId; readonly charge: ItemId }): Promise<Source | undefined> {
  for (const { folder, money } of await moneyBy(books, 'charge', chargeKey(charge))) {
    const held = [...money.held.values()].find((one) => one.claim?.charge === charge.charge && one.claim.dossier === charge.dossier && one.allocated > 0);
    if (held !== undefined) return { folder, money, held };
  }
  return undefined;
}

/** By an office, at its till or by its bank. */
export async function refundCharge(counter: Counter, refunding: Refunding): Promise<pb.CommandReceipt> {
  const { books } = counter, source = await moneyOf(books, refunding);
  const back = source === undefined ? null : await announce(books, refunding, source);
  return finish(counter, refunding, source?.folder, back);
}

/** Cash comes out of the clerk's own shift, which must have it, and still be open, once that is written: whoever else gives back meanwhile sees it there. */
async function announce(books: Books, { amount, ground, reason, by, mark }: Refunding, { folder, held }: Source): Promise<Return | null> {
  const id = `refund:${mark.mark}`;
  const cash = held.arrival.via === 'till', shift = cash ? await openShift(books, by) : null;
  const back: Return = { id, transaction: held.arrival.transaction, amount, from: 'collected', out: shift === null ? held.arrival.source : tillAccount(shift), ground, by, request: { id: mark.id, digest: mark.digest, ...(reason === '' ? {} : { reason }) } };
  const after = await tellMoney(books, folder, (money) => (isSaid(money, id, mark) || !mayReturn(money, back) ? [] : [{ type: 'returning', back: underOneKey(money, back, folder) }]));
  const announced = [...after.returning.values()].find(({ back: one }) => isOf(one, mark))?.back ?? null;
  if (announced === null || shift === null || announced.out !== back.out) return announced;
  const problem = await tillProblem(books, shift, amount);
  if (problem === null) return announced;
  await refuseReturn(books, folder, announced.id, problem.code);
  throw problem;
}

const isOf = ({ request }: Return, { id, digest }: RequestMark): boolean => request?.id === id && request.digest === digest;
/** Not what was refused: it may be asked for again. */
const isSaid = (money: Money, id: string, mark: RequestMark): boolean => money.returns.has(id) || [...money.returning.values()].some(({ back }) => isOf(back, mark));

/** What the law has begun to give back is that same return, whoever asks for it: the platform knows it by its key, and gives it back once. */
function underOneKey({ returning }: Money, back: Return, folder: FolderId): Return {
  const begun = [...returning.values()].find((one) => one.back.transaction === back.transaction && isOwedByLaw(one.back))?.back;
  if (begun === undefined) return back;
  // Another officer is about it.
  if (begun.request !== undefined) throw new HubError('CONFLICT_PERSISTS', { folder, attempts: '1' });
  if (begun.amount !== back.amount) throw errorOfRefusal(refuse('AMOUNT_DIFFERS', { amount: String(back.amount), due: String(begun.amount) }, 'amount'));
  return { ...back, id: begun.id };
}

/** Nobody hands out what is not in the till, nor what is promised to two. Null: it can be handed out. */
async function tillProblem(books: Books, shift: Shift, amount: Dong): Promise<HubError | null> {
  const till = await readTill(books, shiftFolder(books, shift)), name = shiftName(shift);
  if (till?.state !== 'open') return errorOfRefusal(refuse('TILL_BEING_COUNTED', { till: name }, 'office'));
  const { expected, promised, open } = await cashIn(books, till);
  if (expected < amount) return errorOfRefusal(refuse('TILL_SHORT', { till: name, cash: String(expected), amount: String(amount) }, 'charge'));
  return expected < promised ? new HubError('TILL_BUSY', { till: name, payments: String(open) }) : null;
}

function mayReturn(money: Money, { transaction, amount }: Return): boolean {
  const held = money.held.get(transaction);
  return held !== undefined && Number.isSafeInteger(amount) && amount >= 1 && held.allocated - held.backFromCollected >= amount;
}

async function finish(counter: Counter, refunding: Refunding, folder: FolderId | undefined, back: Return | null): Promise<pb.CommandReceipt> {
  const { code, dossier, charge, amount, ground, reason, by, mark } = refunding, { books } = counter;
  try {
    const receipt = await commandDossier(books.host, dossier, code, mark, (state, context) => ({ outcome: decideChargeCommand({ kind: 'refund', charge, amount, ground, reason, by, request: mark.mark }, state, context) }));
    if (folder !== undefined && back !== null) await send(counter, folder, back);
    return receipt;
  } catch (cause) {
    const known = asHubError(cause);
    if (known.row.next === 'stop' && folder !== undefined && back !== null) await refuseReturn(books, folder, back.id, known.code);
    throw known;
  }
}

/** Money that came through our gateway goes back the same way, ordered under one key; then the ledger hears it. */
export async function send({ books, gateway }: Counter, folder: FolderId, back: Return): Promise<void> {
  const money = await readMoney(books, folder), order = money?.order, held = money?.held.get(back.transaction);
  // The platform's file may have said since that it never came.
  if (back.from === 'suspense' && held !== undefined && rest(held) < back.amount) {
    await refuseReturn(books, folder, back.id, 'NO_DIFFERENCE');
    throw errorOfRefusal(refuse('NO_DIFFERENCE', { difference: back.transaction }, 'transaction'));
  }
  if (back.doneOn !== undefined) return returned(books, folder, back, back.doneOn);
  if (gateway === null || back.out !== account('gateway', gateway.name)) return returned(books, folder, back);
  const { paidAt } = await gateway.giveBack({ key: keyOf(back), reference: order?.reference ?? '', transaction: back.transaction, amount: back.amount }).catch((cause: unknown) => { throw cause instanceof HubError ? cause : new HubError('GATEWAY_FAILED', { gateway: gateway.name, problem: problemOf(cause) }, { cause }); });
  await returned(books, folder, back, bookedOn(paidAt, { now: books.host.world.now(), since: held?.at ?? null }));
}

/** The ledger hears that money went. `on`: absent: today. */
export async function returned(books: Books, folder: FolderId, back: Return, on = today(books)): Promise<void> {
  await tellMoney(books, folder, (money) => {
    const held = money.held.get(back.transaction);
    return held === undefined || !money.returning.has(back.id) ? [] : [returnedMoney(back, held, held.arrival.command?.by.office ?? back.by.office, on)];
  });
}

/** What the law owes goes back all the same. */
async function refuseReturn(books: Books, folder: FolderId, id: string, reason: string): Promise<void> {
  await tellMoney(books, folder, (money) => {
    const back = money.returning.get(id)?.back;
    if (back === undefined) return [];
    const { request: _refused, ...owed } = back;
    return [isOwedByLaw(back) ? { type: 'returning', back: owed } : { type: 'return-refused', id, reason }];
  });
}

/** What a caller has left half done. Throws what the law refuses, after the money was said not to go. */
export async function finishReturn(counter: Counter, folder: FolderId, id: string): Promise<void> {
  const money = await readMoney(counter.books, folder), back = money?.returning.get(id)?.back, claim = money?.held.get(back?.transaction ?? '')?.claim;
  if (back === undefined) return;
  if (back.request === undefined || claim == null) return send(counter, folder, back);
  const refunding: Refunding = { ...claim, amount: back.amount, ground: back.ground, reason: back.request.reason ?? '', by: back.by, mark: markOf(back.request) };
  await finish(counter, refunding, folder, back);
}
