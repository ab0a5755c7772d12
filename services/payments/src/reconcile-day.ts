/** The comparison of a day with the platform's file, the tills and the post, and how what it lists ends. For the treasury. */
import { payments } from '@lienthong/contract';
import { actingFor, markRequest, sideOf } from '@lienthong/dossier-service';
import type { RequestMark, Side } from '@lienthong/dossier-service';
import { errorOfRefusal } from '@lienthong/kernel';
import type { Call, GatewayRow, Handlers } from '@lienthong/kernel';
import { groundRefusal, refuse } from '@lienthong/law';
import type { By, FolderId, LocalDate } from '@lienthong/law';
import { findBooks, folderIn, moneyBy, readMoney, tellMoney, tillsBy, today } from './books.ts';
import type { Books, FoundMoney } from './books.ts';
import type { DayFile } from './day-files.ts';
import { hear } from './gateway-channel.ts';
import { recordsOfPost, resolvePostDay } from './post-money.ts';
import { finishReturn } from './return-money.ts';
import { endClaim, endFound, isClaimWay, isFoundWay } from './rules-claims.ts';
import { fileId, filedElsewhere, foundAgain, gapOf, inFiles } from './rules-file.ts';
import { transactionKey } from './rules-found.ts';
import { account, imbalance } from './rules-ledger.ts';
import type { Account } from './rules-ledger.ts';
import { refundId } from './rules-money.ts';
import type { Money, MoneyEvent } from './rules-money.ts';
import { keyOf } from './rules-owed.ts';
import { isPostWay } from './rules-post.ts';
import { compareDay, openAmount, placeOf, refundIn, unrecorded } from './rules-reconcile.ts';
import type { Difference } from './rules-reconcile.ts';
import { isRefundWay, resolveRefund } from './rules-refund.ts';
import type { Till } from './rules-till.ts';
import type { Counter } from './settle-money.ts';
import { dayGiven, postingsOn } from './till-desk.ts';

export type Reconciling = Pick<Handlers<typeof payments.PaymentsService>, 'reconcile' | 'resolveDifference'>;

export function reconciling(counterOn: (side: Side) => Counter): Reconciling {
  return {
    async reconcile(request, call) {
      const by = actingFor(call, request.office), counter = counterOn(sideOf(request.rehearsal));
      markRequest(request.requestId, payments.ReconcileRequest.encode(request).finish(), counter.books.host.world);
      return reconcile(counter, dayGiven(counter.books, request.date), by);
    },
    resolveDifference: (request, call) => resolve(counterOn(sideOf(request.rehearsal)), request, call),
  };
}

// ---------------------------------------------------------------- what differs

/** `booked`, `tills`: the records in which the differences were found. */
type Looked = { readonly booked: readonly FoundMoney[]; readonly tills: readonly Till[]; readonly differences: readonly Difference[] };
type Records = Pick<Looked, 'booked' | 'tills'>;

function compared({ gateway }: Counter, day: LocalDate, file: readonly GatewayRow[] | null, records: Records): Looked {
  return { ...records, differences: compareDay({ day, ...records, gateway: gateway?.name ?? '', file }) };
}

const recordsOfDay = async ({ books }: Counter, day: LocalDate): Promise<Records> => ({ booked: await moneyBy(books, 'day', day), tills: await tillsBy(books, 'day', day) });

/** What is in the file and nowhere here is heard as if it had been confirmed. */
async function recordMissing(counter: Counter, file: DayFile | null, { booked, tills }: Records): Promise<Records & { readonly recorded: number }> {
  const { books, gateway } = counter;
  if (gateway === null || file === null) return { booked, tills, recorded: 0 };
  const missing = new Set(unrecorded({ booked, file: file.rows }).map((row) => row.transaction)), known = new Map(booked.map((one) => [one.folder, one]));
  for (const { reference, transaction, amount, currency, info, paidAt } of file.rows.filter((row) => row.kind === 'payment' && missing.has(row.transaction))) {
    const { folder, money } = await hear(counter, gateway, { reference, transaction, amount, currency, info, paidAt, bank: '', code: '00' }, 'file');
    known.set(folder, { folder, money });
  }
  // What was recorded now may belong to another day than that of the file.
  return { booked: missing.size === 0 ? booked : [...known.values()].sort(byFolder), tills, recorded: missing.size };
}

/** What a file before had not, and this one has; what it has of other days. */
async function heedFile({ books, gateway }: Counter, booked: readonly FoundMoney[], { file, day, by }: { readonly file: DayFile | null; readonly day: LocalDate; readonly by: By }): Promise<readonly FoundMoney[]> {
  if (gateway === null || file === null) return booked;
  const all: FoundMoney[] = [], ground = `file ${gateway.name} ${day}`, source = account('gateway', gateway.name);
  for (const one of booked) {
    const { folder } = one, said = (money: Money): readonly MoneyEvent[] => [
      ...filedElsewhere(money, day, source, file.paymentsOf),
      ...[...money.held.values()].filter(({ arrival }) => arrival.source === source && arrival.day === day)
        .flatMap((held) => foundAgain(money, inFiles(held, file.paymentsOf(held.arrival.transaction)), { folder, transaction: held.arrival.transaction, day: today(books), ground, by })),
    ];
    all.push(said(one.money).length === 0 ? one : { folder, money: await tellMoney(books, folder, said) });
  }
  return all;
}

const byFolder = (one: FoundMoney, other: FoundMoney): number => (one.folder < other.folder ? -1 : 1);

/** Each record of the day is looked at once. */
async function reconcile(counter: Counter, day: LocalDate, by: By): Promise<payments.ReconcileResponse> {
  const { books } = counter, file = await counter.files?.read(day) ?? null;
  const { recorded, ...found } = await recordMissing(counter, file, await recordsOfDay(counter, day)), records = { ...found, booked: await heedFile(counter, found.booked, { file, day, by }) }, { differences } = compared(counter, day, file?.rows ?? null, records);
  let pending = 0;
  for await (const _folder of findBooks(books, 'money', 'pending', '1')) pending += 1;
  return {
    date: day, differences: differences.map(differenceView), open: differences.filter((one) => !one.resolved).length, openAmount: openAmount(differences), recorded, pending,
    imbalance: imbalance(postingsOn(day, records.booked, records.tills)), fileRead: file !== null, fileRows: file?.rows.length ?? 0,
  };
}

function differenceView({ id, cause, reference, ours, theirs, resolved, resolution }: Difference): payments.Difference {
  return { difference: id, cause, reference, ours, theirs, resolved, resolution };
}

// ---------------------------------------------------------------- how it ends

/** `id`: of the difference, found in `booked`. `file`: null: there is no platform. */
type Resolving = { readonly booked: readonly FoundMoney[]; readonly id: string; readonly way: string; readonly ground: string; readonly by: By; readonly mark: RequestMark; readonly day: LocalDate; readonly file: DayFile | null };

async function resolve(counter: Counter, request: payments.ResolveDifferenceRequest, call: Call): Promise<payments.ResolveDifferenceResponse> {
  const { books } = counter, mark = markRequest(request.requestId, payments.ResolveDifferenceRequest.encode(request).finish(), books.host.world), by = actingFor(call, request.office);
  const refusal = groundRefusal(request.ground), day = dayGiven(books, request.date), { difference: id, way, ground } = request;
  if (refusal !== null) throw errorOfRefusal(refusal);
  const file = await counter.files?.recent(day) ?? null, isIt = (one: Difference): boolean => one.id === id;
  const near = await lookFor(counter, { id, day, file }), wholeDay = placeOf(id).kind === 'post' && !near.differences.some((one) => isIt(one) && one.ours > one.theirs);
  const { booked, differences } = wholeDay ? await lookFor(counter, { id, day, file, wholeDay }) : near, before = differences.find(isIt);
  if (before === undefined) throw errorOfRefusal(refuse('NO_DIFFERENCE', { difference: id }, 'difference'));
  if (before.resolution !== way) {
    const done = await endingOf(before)(counter, { booked, id, way, ground, by, mark, day, file });
    if (!done) throw errorOfRefusal(refuse('WAY_NOT_POSSIBLE', { way, difference: id }, 'way'));
  }
  return { difference: differenceView((await lookFor(counter, { id, day, file, wholeDay })).differences.find(isIt) ?? before) };
}

/** `wholeDay`: also what was recorded before it was found by the post office whose it is. */
type Sought = Pick<Resolving, 'id' | 'day' | 'file'> & { readonly wholeDay?: boolean };

/** One difference of a day, in no more records than it takes: a day of ten thousand is not read again for each. What else is listed with it may be wrong. */
async function lookFor(counter: Counter, { id, day, file, wholeDay = false }: Sought): Promise<Looked> {
  const { books } = counter, place = wholeDay ? { kind: 'day' } as const : placeOf(id), rows = (some: readonly GatewayRow[] | undefined): readonly GatewayRow[] | null => (file === null ? null : some ?? []);
  switch (place.kind) {
    case 'tills': return compared(counter, day, rows([]), { booked: [], tills: await tillsBy(books, 'day', day) });
    case 'record': {
      const money = await readMoney(books, place.folder);
      return compared(counter, day, rows(file?.paymentsOf(place.transaction)), { booked: money === null ? [] : [{ folder: place.folder, money }], tills: [] });
    }
    case 'refund': return compared(counter, day, rows(file?.refundsOf(place.key)), { booked: await recordsOfRefund(counter, { key: place.key, day, file }), tills: [] });
    case 'post': return compared(counter, day, rows([]), { booked: await recordsOfPost(books, place.office, day), tills: [] });
    case 'day': return compared(counter, day, rows(file?.rows), await recordsOfDay(counter, day));
  }
}

/** By its key, and by the payment that the file says was given back. Records from before there were these keys are found among all of the day. */
async function recordsOfRefund(counter: Counter, { key, day, file }: Pick<Sought, 'day' | 'file'> & { readonly key: string }): Promise<readonly FoundMoney[]> {
  const { books, gateway } = counter, said = refundIn(file?.refundsOf(key) ?? []);
  const found = [...await moneyBy(books, 'refund', key), ...said.transaction === '' ? [] : await moneyBy(books, 'transaction', transactionKey({ source: account('gateway', gateway?.name ?? ''), transaction: said.transaction }))];
  return found.length === 0 ? moneyBy(books, 'day', day) : [...new Map(found.map((one) => [one.folder, one])).values()];
}

type Ending = (counter: Counter, resolving: Resolving) => Promise<boolean>;

/** What is claimed ends once more; anything else that is resolved does not. */
function endingOf({ id, resolved, resolution }: Difference): Ending {
  const isOfFile = id.startsWith(refundId('')) || id.startsWith('file:');
  if (resolved && isOfFile && resolution !== 'adopted') return settleClaim;
  if (resolved) throw errorOfRefusal(refuse('NO_DIFFERENCE', { difference: id }, 'difference'));
  if (id.startsWith(refundId(''))) return settleRefund;
  if (id.startsWith('found:')) return settleFound;
  return id.startsWith('post:') ? settlePost : async () => false;
}

/** In the record of the payment that was given back; where nobody here knows it, in one of its own. */
async function settleRefund(counter: Counter, { booked, id, way, ground, by, mark, day, file }: Resolving): Promise<boolean> {
  const { books, gateway } = counter;
  if (gateway === null || file === null || !isRefundWay(way)) return false;
  const key = id.slice(refundId('').length), source = account('gateway', gateway.name), said = refundIn(file.refundsOf(key));
  const { folder, transaction } = await recordOf(books, booked, { key, source, transaction: said.transaction });
  const part = { key, transaction, source, theirs: said.theirs };
  let possible = true;
  const after = await tellMoney(books, folder, (money) => {
    const events = resolveRefund(money, part, { way, ground, by, mark, on: day, today: today(books) });
    possible = events !== null;
    return events ?? [];
  });
  if (after.returning.has(key)) await finishReturn(counter, folder, key);
  return possible;
}

async function recordOf(books: Books, booked: readonly FoundMoney[], { key, source, transaction }: { readonly key: string; readonly source: Account; readonly transaction: string }): Promise<{ readonly folder: FolderId; readonly transaction: string }> {
  for (const { folder, money } of booked) {
    const back = [...money.returns.values()].find((one) => keyOf(one.back) === key)?.back;
    if (back !== undefined) return { folder, transaction: back.transaction };
    if (money.refunds.has(key)) return { folder, transaction };
  }
  const [paid] = await moneyBy(books, 'transaction', transactionKey({ source, transaction }));
  return { folder: paid?.folder ?? folderIn(books, 'money', `foreign-refund|${source}|${key}`), transaction };
}

async function settleClaim({ books }: Counter, { booked, id, way, ground, by }: Resolving): Promise<boolean> {
  const claimed = booked.find(({ money }) => money.claims.has(id));
  if (claimed === undefined || !isClaimWay(way)) return false;
  const after = await tellMoney(books, claimed.folder, (money) => endClaim(money, { of: id, way, ground, by, today: today(books) }));
  return after.claims.get(id)?.ended === way;
}

/** In the file after all, although what was claimed for it had ended. */
async function settleFound({ books }: Counter, { id, way, ground, by, file }: Resolving): Promise<boolean> {
  const place = placeOf(id);
  if (place.kind !== 'record' || file === null || !isFoundWay(way)) return false;
  const { folder, transaction } = place, of = fileId(folder, transaction), rows = file.paymentsOf(transaction);
  let possible = true;
  await tellMoney(books, folder, (money) => {
    const held = money.held.get(transaction), events = held === undefined ? null : endFound(money, gapOf(money, held, of, inFiles(held, rows)).late, { of, way, ground, by, today: today(books) });
    possible = events !== null;
    return events ?? [];
  });
  return possible;
}

async function settlePost({ books }: Counter, { booked, id, way, ground, by, mark, day }: Resolving): Promise<boolean> {
  const place = placeOf(id);
  return place.kind === 'post' && isPostWay(way) && resolvePostDay(books, { office: place.office, booked }, { way, id: mark.mark, ground, by, day });
}
