/** Tills over the wire: opened, counted and closed by the officer whose they are, resolved by the office. */
import { payments } from '@lienthong/contract';
import { actingFor, markRequest, sideOf } from '@lienthong/dossier-service';
import type { RequestMark, Side } from '@lienthong/dossier-service';
import { errorOfRefusal } from '@lienthong/kernel';
import type { Call, Handlers } from '@lienthong/kernel';
import { groundRefusal, maxAmount, parseDay, refuse } from '@lienthong/law';
import type { By, FolderId, LocalDate } from '@lienthong/law';
import { moneyBy, readTill, shiftFolder, tellTill, tillAfter, tillsBy, today } from './books.ts';
import type { Books, FoundMoney } from './books.ts';
import { accountKinds, balances, imbalance } from './rules-ledger.ts';
import type { AccountKind, Posting } from './rules-ledger.ts';
import { beginCount, closeTill, countTill, differenceOf, isWay, maxShiftsPerDay, openTill, resolveTill, shiftName } from './rules-till.ts';
import type { Shift, Till, Told } from './rules-till.ts';
import { endedTill, expectedIn, shiftOfRequest } from './tills.ts';

export type TillDesk = Pick<Handlers<typeof payments.PaymentsService>, 'openTill' | 'countTill' | 'closeTill' | 'listTills' | 'resolveTill' | 'getLedger'>;

/** `booksOn`: refuses rehearsals where the operator allows none. */
export function tillDesk(booksOn: (side: Side) => Books): TillDesk {
  const booksOf = ({ rehearsal }: { readonly rehearsal: boolean }): Books => booksOn(sideOf(rehearsal));
  return {
    openTill: async (request, call) => ({ till: await open(booksOf(request), request, call) }),
    countTill: async (request, call) => ({ till: await count(booksOf(request), request, call) }),
    closeTill: async (request, call) => ({ till: await close(booksOf(request), request, call) }),
    resolveTill: async (request, call) => ({ till: await resolve(booksOf(request), request, call) }),
    async listTills(request, call) {
      const { office } = actingFor(call, request.office), books = booksOf(request), day = dayGiven(books, request.date);
      const tills = (await tillsBy(books, 'office', office)).filter((till) => till.shift.day === day);
      return { tills: (await Promise.all(tills.map((till) => tillView(books, till)))).sort((a, b) => (a.till < b.till ? -1 : 1)) };
    },
    async getLedger(request, call) {
      actingFor(call, request.office);
      const books = booksOf(request);
      return ledgerOf(books, dayGiven(books, request.date));
    },
  };
}

type Acting = { readonly requestId: string; readonly office: string };

function marked<T extends Acting>(books: Books, request: T, message: { encode(request: T): { finish(): Uint8Array } }, call: Call): { readonly mark: RequestMark; readonly by: By } {
  return { mark: markRequest(request.requestId, message.encode(request).finish(), books.host.world), by: actingFor(call, request.office) };
}

/** Cash as it is counted: whole, not below zero. */
function cashGiven(amount: number, field: string): number {
  if (amount < 0) throw errorOfRefusal(refuse('AMOUNT_NEGATIVE', { amount: String(amount) }, field));
  if (amount > maxAmount) throw errorOfRefusal(refuse('AMOUNT_TOO_LARGE', { amount: String(amount) }, field));
  return amount;
}

async function open(books: Books, request: payments.OpenTillRequest, call: Call): Promise<payments.Till> {
  const { mark, by } = marked(books, request, payments.OpenTillRequest, call), float = cashGiven(request.floatAmount, 'float_amount');
  const shift = await shiftOfRequest(books, by, mark), folder = shiftFolder(books, shift);
  const till = await tillAfter(books, folder, mark) ?? await tellTill(books, folder, (before) => openTill(before, shift, float, endedTill(books, shift)), mark);
  return tillView(books, till);
}

/** First no more may be added, then what there is is added up. */
async function count(books: Books, request: payments.CountTillRequest, call: Call): Promise<payments.Till> {
  const { mark, by } = marked(books, request, payments.CountTillRequest, call), counted = cashGiven(request.counted, 'counted');
  const folder = await tillFolder(books, request.till, by, mark), before = await tillAfter(books, folder, mark);
  if (before !== undefined) return tillView(books, before);
  const till = await tellTill(books, folder, known(request.till, (one) => beginCount(one, by)));
  const expected = await expectedIn(books, till);
  return tillView(books, await tellTill(books, folder, known(request.till, (one) => countTill(one, by, counted, expected)), mark));
}

async function close(books: Books, request: payments.CloseTillRequest, call: Call): Promise<payments.Till> {
  const { mark, by } = marked(books, request, payments.CloseTillRequest, call), folder = await tillFolder(books, request.till, by, mark);
  return tillView(books, await tillAfter(books, folder, mark) ?? await tellTill(books, folder, known(request.till, (one) => closeTill(one, by, today(books))), mark));
}

async function resolve(books: Books, request: payments.ResolveTillRequest, call: Call): Promise<payments.Till> {
  const { mark, by } = marked(books, request, payments.ResolveTillRequest, call), { way, ground } = request;
  const refusal = groundRefusal(ground);
  if (refusal !== null) throw errorOfRefusal(refusal);
  if (!isWay(way)) throw errorOfRefusal(refuse('WAY_NOT_POSSIBLE', { way, difference: '' }, 'way'));
  const folder = await tillFolder(books, request.till, by, mark);
  return tillView(books, await tillAfter(books, folder, mark) ?? await tellTill(books, folder, known(request.till, (one) => resolveTill(one, by, { way, ground, on: today(books) })), mark));
}

function known(name: string, decide: (till: Till) => Told): (till: Till | null) => Told {
  return (till) => (till === null ? { refusal: refuse('UNKNOWN_TILL', { till: name }, 'till') } : decide(till));
}

/** A till of the calling office; without a name the present one of the officer. */
async function tillFolder(books: Books, name: string, by: By, mark: RequestMark): Promise<FolderId> {
  const shift = name === '' ? await shiftOfRequest(books, by, mark) : shiftNamed(name);
  if (shift === undefined || shift.office !== by.office || await readTill(books, shiftFolder(books, shift)) === null) throw errorOfRefusal(refuse('UNKNOWN_TILL', { till: name }, 'till'));
  return shiftFolder(books, shift);
}

function shiftNamed(name: string): Shift | undefined {
  const [office = '', officer = '', day = '', ordinal = ''] = name.split('/');
  const shift: Shift = { office, officer, day, ordinal: Number(ordinal) };
  return parseDay(day) !== null && shiftName(shift) === name && shift.ordinal >= 1 && shift.ordinal <= maxShiftsPerDay ? shift : undefined;
}

export function dayGiven(books: Books, date: string): LocalDate {
  if (date === '') return today(books);
  if (parseDay(date) === null) throw errorOfRefusal(refuse('FIELD_INVALID', { field: 'date', problem: 'YYYY-MM-DD' }, 'date'));
  return date;
}

// ---------------------------------------------------------------- views

const states = { open: payments.TillState.OPEN, counting: payments.TillState.COUNTING, closed: payments.TillState.CLOSED } as const;

export async function tillView(books: Books, till: Till): Promise<payments.Till> {
  const { shift, float, count: last, resolved } = till;
  const expected = last?.expected ?? await expectedIn(books, till, true);
  return {
    till: shiftName(shift), office: shift.office, officer: shift.officer, date: shift.day, state: states[till.state], floatAmount: float, expected, counted: last?.counted ?? 0, difference: differenceOf(till), resolution: resolved?.way ?? '',
  };
}

/** All postings of a day, of money and of tills. */
async function postingsOf(books: Books, day: LocalDate): Promise<readonly Posting[]> {
  return postingsOn(day, await moneyBy(books, 'day', day), await tillsBy(books, 'day', day));
}

/** As `postingsOf`, of records that were read already. */
export function postingsOn(day: LocalDate, booked: readonly FoundMoney[], tills: readonly Till[]): readonly Posting[] {
  return [...booked.flatMap(({ money }) => money.postings), ...tills.flatMap((one) => one.postings)].filter(({ on }) => on === day);
}

async function ledgerOf(books: Books, date: LocalDate): Promise<payments.GetLedgerResponse> {
  const postings = await postingsOf(books, date);
  const sides = (sign: 1 | -1): ReadonlyMap<string, number> => balances(postings.map(({ on, lines }) => ({ on, lines: lines.filter(({ amount }) => amount * sign > 0) })));
  const debits = sides(1), credits = sides(-1);
  const lines = [...balances(postings).keys()].sort().map((account) => ({ account, name: accountKinds[account.slice(0, account.indexOf(':')) as AccountKind], debit: debits.get(account) ?? 0, credit: 0 - (credits.get(account) ?? 0) }));
  return { date, lines, imbalance: imbalance(postings), postings: postings.length };
}
