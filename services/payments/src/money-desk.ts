/** The desk for money that is for no charge, and the comparison of a day. For the treasury. */
import { payments } from '@lienthong/contract';
import { actingFor, folderOf, markRequest, readDossier, sideOf, sideOfDossier } from '@lienthong/dossier-service';
import type { RequestMark, Side } from '@lienthong/dossier-service';
import { errorOfRefusal } from '@lienthong/kernel';
import type { Call, GatewayRow, Handlers } from '@lienthong/kernel';
import { groundRefusal, refuse } from '@lienthong/law';
import type { By, LocalDate } from '@lienthong/law';
import { moneyBy, readMoney, tellMoney, tillsBy, today } from './books.ts';
import { hear, leftAside, spoken } from './gateway-channel.ts';
import { send } from './return-money.ts';
import { imbalance } from './rules-ledger.ts';
import { aside, rest } from './rules-money.ts';
import type { Claim, Command, Money } from './rules-money.ts';
import { compareDay, correction, openAmount, unrecorded } from './rules-reconcile.ts';
import type { Difference } from './rules-reconcile.ts';
import { settleMoney } from './settle-money.ts';
import type { Counter } from './settle-money.ts';
import { dayGiven, postingsOf } from './till-desk.ts';

export type MoneyDesk = Pick<Handlers<typeof payments.PaymentsService>, 'listMoney' | 'settleMoney' | 'reconcile'>;

/** Rows of one look at the desk. */
export const maxAsideRows = 500;

export function moneyDesk(counterOn: (side: Side) => Counter): MoneyDesk {
  return {
    async listMoney(request, call) {
      actingFor(call, request.office);
      const waiting = await moneyBy(counterOn(sideOf(request.rehearsal)).books, 'desk', '1');
      return { money: waiting.flatMap(({ folder, money }) => asideViews(folder, money)).slice(0, maxAsideRows) };
    },
    settleMoney: (request, call) => settle(counterOn(sideOf(request.rehearsal)), request, call),
    async reconcile(request, call) {
      actingFor(call, request.office);
      const counter = counterOn(sideOf(request.rehearsal));
      markRequest(request.requestId, payments.ReconcileRequest.encode(request).finish(), counter.books.host.world);
      return reconcile(counter, dayGiven(counter.books, request.date));
    },
  };
}

function asideViews(folder: string, money: Money): readonly payments.MoneyAside[] {
  const reference = money.order?.reference ?? '', code = money.claim?.code ?? '';
  return [
    ...aside(money).map((held): payments.MoneyAside => ({ money: folder, transaction: held.arrival.transaction, reference, code, amount: rest(held), said: String(held.arrival.amount), saidCurrency: 'VND', reason: held.reason, sinceTime: new Date(held.at), date: held.arrival.day })),
    ...money.unfit.filter((one) => !one.settled).map((one): payments.MoneyAside => ({ money: folder, transaction: one.transaction, reference, code, amount: 0, said: one.amount, saidCurrency: one.currency, reason: one.reason, sinceTime: undefined, date: one.day })),
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

const waysOut = { return: giveBack, 'to-charge': toCharge, noted: note } as const;

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
  if (!after.ended.has(id)) throw noDifference(settling);
}

/** For the charge that a person has found; what it comes to beyond that stays aside. */
async function toCharge(counter: Counter, settling: Settling): Promise<void> {
  const { request: { money: folder, transaction, code, charge }, mark, by } = settling, { books } = counter, { host } = books;
  const dossier = await folderOf(host, code);
  const found = await readDossier(host, code, (state) => ({ amount: state.charges.get(charge)?.plan.amount, side: sideOfDossier(state) }));
  if (found.amount === undefined || found.side !== books.side) throw errorOfRefusal(refuse('UNKNOWN_ITEM', { item: charge }, 'charge'));
  const claim: Claim = { code, dossier, charge, amount: found.amount };
  const before = await readMoney(books, folder), held = before?.held.get(transaction);
  if (held?.allocated !== undefined && held.allocated > 0 && held.arrival.command?.id === mark.id) return;
  if (held === undefined || held.reason === '' || held.allocated > 0 || rest(held) === 0) throw noDifference(settling);
  if (rest(held) < claim.amount) throw errorOfRefusal(refuse('AMOUNT_PARTIAL', { amount: String(rest(held)), due: String(claim.amount) }, 'charge'));
  const command: Command = { id: mark.id, digest: mark.digest, by, method: held.arrival.via === 'post' || held.arrival.via === 'door' ? 'post' : 'gateway', reference: `${held.arrival.source.replace(':', '|')}|${transaction}`.toUpperCase() };
  await tellMoney(books, folder, (money) => (money.held.get(transaction)?.reason === held.reason ? [{ type: 'assigned', transaction, claim, command }] : []));
  await settleMoney(counter, folder, transaction);
  const after = (await readMoney(books, folder))!.held.get(transaction)!;
  if (after.allocated === 0) throw errorOfRefusal(refuse('CHARGE_NOT_OPEN', { charge, status: after.reason }, 'charge'));
}

async function note(counter: Counter, settling: Settling): Promise<void> {
  const { request: { money: folder, transaction, ground }, by } = settling, { books } = counter;
  const day = (await readMoney(books, folder))?.held.get(transaction)?.arrival.day;
  const row = day === undefined ? undefined : (await fileOf(counter, day))?.find((one) => one.kind === 'payment' && one.transaction === transaction);
  const theirs = day === undefined || counter.gateway === null ? null : Number(row?.amount ?? 0);
  let none = false;
  await tellMoney(books, folder, (money) => {
    const events = correction(money, theirs, { folder, transaction, day: today(books), ground, by });
    const noted = [...money.corrected].some((one) => one.endsWith(`/${transaction}`));
    none = events.length === 0 && !noted;
    return events;
  });
  if (none) throw noDifference(settling);
}

// ---------------------------------------------------------------- the day

async function fileOf({ gateway }: Counter, day: LocalDate): Promise<readonly GatewayRow[] | null> {
  return gateway === null ? null : spoken(gateway, () => gateway.file(day));
}

/** What is in the file and nowhere here is heard as if it had been confirmed. */
async function recordMissing(counter: Counter, day: LocalDate, file: readonly GatewayRow[] | null): Promise<number> {
  const { books, gateway } = counter;
  if (gateway === null || file === null) return 0;
  const missing = new Set(unrecorded({ booked: await moneyBy(books, 'day', day), file }).map((row) => row.transaction));
  for (const { reference, transaction, amount, currency, info, paidAt } of file.filter((row) => row.kind === 'payment' && missing.has(row.transaction))) {
    await hear(counter, gateway, { reference, transaction, amount, currency, info, paidAt, bank: '', code: '00' }, 'file');
  }
  return missing.size;
}

async function reconcile(counter: Counter, day: LocalDate): Promise<payments.ReconcileResponse> {
  const { books, gateway } = counter, file = await fileOf(counter, day);
  const recorded = await recordMissing(counter, day, file);
  const differences = compareDay({ day, booked: await moneyBy(books, 'day', day), tills: await tillsBy(books, 'day', day), gateway: gateway?.name ?? '', file });
  return {
    date: day, differences: differences.map(differenceView), open: differences.filter((one) => !one.resolved).length, openAmount: openAmount(differences), recorded, pending: (await moneyBy(books, 'pending', '1')).length,
    imbalance: imbalance(await postingsOf(books, day)), fileRead: file !== null, fileRows: file?.length ?? 0,
  };
}

function differenceView({ id, cause, reference, ours, theirs, resolved, resolution }: Difference): payments.Difference {
  return { difference: id, cause, reference, ours, theirs, resolved, resolution };
}
