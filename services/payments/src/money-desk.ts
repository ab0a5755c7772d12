/** The desk for money that is for no charge. For the treasury. */
import { payments } from '@lienthong/contract';
import { actingFor, folderOf, keptValue, markRequest, pageOfFolders, readDossier, sideOf, sideOfDossier } from '@lienthong/dossier-service';
import type { PageBounds, RequestMark, Side } from '@lienthong/dossier-service';
import { errorOfRefusal } from '@lienthong/kernel';
import type { Call, Handlers } from '@lienthong/kernel';
import { groundRefusal, refuse } from '@lienthong/law';
import type { By, FolderId } from '@lienthong/law';
import { fieldIn, readMoney, tellMoney, today } from './books.ts';
import type { Books, FoundMoney } from './books.ts';
import { leftAside } from './gateway-channel.ts';
import { send } from './return-money.ts';
import { correction, inFiles } from './rules-file.ts';
import { account } from './rules-ledger.ts';
import { aside, assigned, free, rest } from './rules-money.ts';
import type { Claim, Command, Held } from './rules-money.ts';
import { transferReference } from './rules-transfer.ts';
import type { StatementNote } from './rules-transfer.ts';
import { refusedFor, settleMoney } from './settle-money.ts';
import type { Counter } from './settle-money.ts';
import { endAsRecorded } from './statement-lines.ts';

export type MoneyDesk = Pick<Handlers<typeof payments.PaymentsService>, 'listMoney' | 'settleMoney'>;

/** Rows of one page of the desk, each with a text of a payer. */
export const maxAsideRows = 500;
const asideBounds: PageBounds = { standard: maxAsideRows, max: maxAsideRows };

export function moneyDesk(counterOn: (side: Side) => Counter): MoneyDesk {
  return {
    async listMoney(request, call) {
      actingFor(call, request.office);
      const { books } = counterOn(sideOf(request.rehearsal)), { items, nextPageToken } = await pageOfFolders(books.host, fieldIn(books, 'money', 'desk'), '1', request, (folder) => asideIn(books, folder), asideBounds);
      return { money: await Promise.all(items.map(async ({ view, one }) => ({ ...view, description: await noteOf(books, one, view.transaction) }))), nextPageToken };
    },
    settleMoney: (request, call) => settle(counterOn(sideOf(request.rehearsal)), request, call),
  };
}

type Waiting = { readonly one: FoundMoney; readonly view: Omit<payments.MoneyAside, 'description'> };

async function asideIn(books: Books, folder: FolderId): Promise<readonly (Waiting | null)[]> {
  const money = await readMoney(books, folder);
  if (money === null) return [];
  const one = { folder, money };
  return asideViews(one).map((view) => (view === null ? null : { one, view }));
}

/** What the payer wrote is particulars: it stands beside. */
async function noteOf({ host }: Books, { folder, money }: FoundMoney, transaction: string): Promise<string> {
  const note = money.held.get(transaction)?.arrival.note;
  return note === undefined ? '' : (await keptValue<StatementNote>(host, folder, note))?.description ?? '';
}

/** Null: it has ended. */
function asideViews({ folder, money }: FoundMoney): readonly (Waiting['view'] | null)[] {
  const reference = money.order?.reference ?? '', code = money.claim?.code ?? '', waiting = new Set(aside(money));
  return [
    ...[...money.held.values()].map((held): Waiting['view'] | null => (!waiting.has(held) ? null : { money: folder, transaction: held.arrival.transaction, reference, code, amount: rest(held), said: String(held.arrival.amount), saidCurrency: 'VND', reason: held.reason, sinceTime: new Date(held.at), date: held.arrival.day })),
    ...money.unfit.map((one): Waiting['view'] | null => (one.settled ? null : { money: folder, transaction: one.transaction, reference, code, amount: 0, said: one.amount, saidCurrency: one.currency, reason: one.reason, sinceTime: undefined, date: one.day })),
  ];
}

// ---------------------------------------------------------------- what becomes of it

type Settling = { readonly request: payments.SettleMoneyRequest; readonly mark: RequestMark; readonly by: By };

async function settle(counter: Counter, request: payments.SettleMoneyRequest, call: Call): Promise<payments.SettleMoneyResponse> {
  const { books } = counter, mark = markRequest(request.requestId, payments.SettleMoneyRequest.encode(request).finish(), books.host.world), by = actingFor(call, request.office);
  const refusal = groundRefusal(request.ground);
  if (refusal !== null) throw errorOfRefusal(refusal);
  const money = await readMoney(books, request.money);
  if (money === null) throw errorOfRefusal(refuse('UNKNOWN_MONEY', { money: request.money }, 'money'));
  const way = Object.hasOwn(waysOut, request.way) ? waysOut[request.way as keyof typeof waysOut] : undefined;
  if (way === undefined) throw errorOfRefusal(refuse('WAY_NOT_POSSIBLE', { way: request.way, difference: request.transaction }, 'way'));
  await way(counter, { request, mark, by });
  return { left: leftAside((await readMoney(books, request.money))!, request.transaction) };
}

const noDifference = ({ request: { transaction } }: Settling): Error => errorOfRefusal(refuse('NO_DIFFERENCE', { difference: transaction }, 'transaction'));

const waysOut = { return: giveBack, 'to-charge': toCharge, recorded, noted: note } as const;

/** Out of suspense to whoever paid; once for each request. */
async function giveBack(counter: Counter, settling: Settling): Promise<void> {
  const { request: { money: folder, transaction, ground }, mark, by } = settling, id = `aside:${mark.mark}`;
  const after = await tellMoney(counter.books, folder, (money) => {
    const held = money.held.get(transaction), under = [...money.returning.values()].some(({ back }) => back.transaction === transaction && back.from === 'suspense');
    if (held === undefined || money.ended.has(id) || under || held.reason === '' || rest(held) === 0) return [];
    return [{ type: 'returning', back: { id, transaction, amount: rest(held), from: 'suspense', out: held.arrival.source, ground, by } }];
  });
  const back = after.returning.get(id)?.back;
  if (back !== undefined) return send(counter, folder, back);
  if (!after.returns.has(id)) throw noDifference(settling);
}

/** The charge that a person has found. Throws UNKNOWN_ITEM. */
async function chargeNamed({ host, side }: Books, { request: { code, charge } }: Settling): Promise<Claim> {
  const dossier = await folderOf(host, code), found = await readDossier(host, code, (state) => ({ amount: state.charges.get(charge)?.plan.amount, side: sideOfDossier(state) }));
  if (found.amount === undefined || found.side !== side) throw errorOfRefusal(refuse('UNKNOWN_ITEM', { item: charge }, 'charge'));
  return { code, dossier, charge, amount: found.amount };
}

/** It was paid before, as a counter recorded it. */
async function recorded(counter: Counter, settling: Settling): Promise<void> {
  const { request: { money: folder, transaction, ground }, mark: { mark: id }, by } = settling;
  await endAsRecorded(counter, { folder, transaction, claim: await chargeNamed(counter.books, settling), ground, by, id });
}

/** For that charge; what it comes to beyond stays aside. */
async function toCharge(counter: Counter, settling: Settling): Promise<void> {
  const { request: { money: folder, transaction, charge }, mark, by } = settling, { books } = counter;
  const claim = await chargeNamed(books, settling);
  const before = await readMoney(books, folder), held = before?.held.get(transaction);
  if (held?.allocated !== undefined && held.allocated > 0 && held.arrival.command?.id === mark.id) return;
  const left = held === undefined ? 0 : free(before!, held);
  if (held === undefined || held.reason === '' || left === 0) throw noDifference(settling);
  // One payment is one receipt: what is over of it goes back.
  if (held.allocated > 0) throw errorOfRefusal(refuse('WAY_NOT_POSSIBLE', { way: settling.request.way, difference: transaction }, 'way'));
  if (left < claim.amount) throw errorOfRefusal(refuse('AMOUNT_PARTIAL', { amount: String(left), due: String(claim.amount) }, 'charge'));
  const command: Command = { id: mark.id, digest: mark.digest, by, ...methodOf(held) };
  await tellMoney(books, folder, (money) => assigned(money, transaction, { claim, command }));
  await settleMoney(counter, folder, transaction);
  const after = (await readMoney(books, folder))!.held.get(transaction)!;
  // Somebody else has decided about it meanwhile.
  if (after.arrival.command?.id !== command.id) throw noDifference(settling);
  if (after.allocated === 0) throw refusedFor(after, claim);
}

/** The reference settles one charge only, whether it is said here or at a counter. */
function methodOf({ arrival: { via, source, transaction } }: Held): Pick<Command, 'method' | 'reference'> {
  if (via === 'statement') return { method: 'transfer', reference: transferReference(transaction) };
  return { method: via === 'post' || via === 'door' ? 'post' : 'gateway', reference: `${source.replace(':', '|')}|${transaction}`.toUpperCase() };
}

async function note(counter: Counter, settling: Settling): Promise<void> {
  const { request: { money: folder, transaction, ground }, by } = settling, { books } = counter;
  const held = (await readMoney(books, folder))?.held.get(transaction), { gateway, files } = counter;
  // The file knows nothing of money that lies elsewhere.
  const file = gateway === null || files === null || held?.arrival.source !== account('gateway', gateway.name) ? null : await files.recent(held.arrival.day);
  const theirs = file === null || held === undefined ? null : inFiles(held, file.paymentsOf(transaction));
  let none = false;
  await tellMoney(books, folder, (money) => {
    const events = correction(money, theirs, { folder, transaction, day: today(books), ground, by });
    const noted = [...money.corrected.keys()].some((one) => one.endsWith(`/${transaction}`));
    none = events.length === 0 && !noted;
    return events;
  });
  if (none) throw noDifference(settling);
}
