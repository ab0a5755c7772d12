/**
 * Numbers that follow one another without a gap, one for each item of a dossier: fee receipts, consignments. A number is taken for an item by compare-and-set in the
 * record of its series before the item's entry says it, and stays the item's: a second try gets the same. It becomes free for another item only when the item's own
 * history shows that it can never bear it; so a crash or a race between the two writes leaves no hole, and no number is given twice.
 *
 * A number may also be lent before there is an item: then the folder's first entry bears it, and that entry is written only if the folder has never been touched. Where it
 * does not come, the absent folder is touched first, and the number is free then: whoever still wanted to write there decides anew, without it.
 *
 * A process that alone writes its store lends from memory what it has leased in one write. What it lent and is borne by nobody is free again when it says so, or when it has
 * ended: another process finds the lease in the record, and by the index which of its numbers are borne.
 */
import { HubError, errorOfRefusal } from '@lienthong/kernel';
import type { Dossier, FolderId } from '@lienthong/law';
import { assertWhole } from './host.ts';
import type { Host } from './host.ts';
import { LeasedNumbers } from './leased-numbers.ts';
import { assign, bookOf, emptyBook, keysOf, lease, maxPendingNumbers, settledBook, textOf, waitingOf, withoutLastFree } from './number-book.ts';
import type { Asking, Book, Claim, Claimant, Fate, Fates, Given } from './number-book.ts';
import { randomHex } from './random-hex.ts';
import type { RecordBodies } from './record.ts';
import { ownRequest } from './register-records.ts';
import { onSide } from './side.ts';
import type { Side } from './side.ts';

export type NumberSeriesRules = {
  /** Names the records of these series. */
  readonly name: string;
  /** The last number of every series. */
  readonly last: number;
  /** Whose numbers a series gives, from its name: rehearsals have series of their own, which can be told at sight. */
  sideOf(series: string): Side;
  fate(claim: Claim, dossier: Dossier, series: string): Fate;
  /** Whether an item is known to bear a number, also one that the series has not given yet: it did before its store was put back. Absent: nobody can tell, and nothing is leased. */
  borne?(series: string, number: number): Promise<boolean>;
};

/** `done`: once the entry that would bear the number is written, or will not be; `borne`: whether it does; unless it is known that it does, the index is asked. Without it the number waits for the end of the process. */
export type Lent = { readonly number: number; done(borne: boolean): void };

export type NumberSeries = {
  /** The number of an item in a series. Durable when it answers. Throws NUMBERS_EXHAUSTED, NUMBERS_PENDING, SERIES_CLOSED. */
  take(series: string, claimant: Claimant): Promise<number>;
  /** As `take`, for the first entry of a folder that is not there yet. */
  lend(series: string, claimant: Omit<Claimant, 'state'>): Promise<Lent>;
  /**
   * Gives no more numbers in a series and answers the last one borne, 0 for none. Durable when it answers; again is once. Throws NUMBERS_PENDING while a number is taken and not
   * borne. A free number below the last is void: nobody came for it any more.
   */
  close(series: string): Promise<number>;
  /** The last number given so far. */
  last(series: string): Promise<number>;
};

/** Claims written at once. */
export const maxClaimsPerWrite = 50;
/** A number lent by another process, or before this one began, is looked at after so long, in milliseconds: its submission has ended by then. Touching sooner is no harm but for the work. */
export const lentMs = 60_000;
/** One lent by an earlier incarnation of the service: by then peers have shown what they hold of it. */
export const lentBeforeMs = 24 * 3_600_000;
/** Writes to one record of a series (a book); then the next begins. Below the limit of entries per author, with room for successors. */
export const writesPerBook = 200;
/** Of the name of a lease. */
const leaseBytes = 16;

type Waiting = { readonly claimant: Asking; readonly given: (number: number) => void; readonly failed: (cause: unknown) => void };
type Series = {
  readonly name: string; book: number; readonly waiting: Waiting[]; running: boolean;
  /** Folders for which this process has lent a number that the record names, and is not done. */
  readonly lent: Set<FolderId>;
  /** Null: this process leases nothing. */
  readonly leased: LeasedNumbers | null;
  /** What writes to the record goes one after the other. */
  turn: Promise<unknown>;
  leasing: Promise<void> | null;
};

/** Series of which a process leases numbers, by the name of their rules and their own: it leases them once, however many ask. */
const leasing = new WeakMap<Host['participant'], Map<string, Series>>();

function leasingSeries({ participant }: Host): Map<string, Series> {
  const all = leasing.get(participant) ?? new Map<string, Series>();
  leasing.set(participant, all);
  return all;
}

export function numberSeries(host: Host, rules: NumberSeriesRules): NumberSeries {
  const leases = rules.borne !== undefined && !host.participant.sharedStore, all = leases ? leasingSeries(host) : new Map<string, Series>();
  const named = (name: string): Series => {
    const key = `${rules.name} ${name}`, known = all.get(key), series = known ?? { name, book: 0, waiting: [], running: false, lent: new Set(), leased: leases ? new LeasedNumbers(randomHex(host.world, leaseBytes)) : null, turn: Promise.resolve(), leasing: null };
    if (known === undefined) all.set(key, series);
    return series;
  };
  return {
    close: (name) => inTurn(named(name), () => closeSeries(host, rules, named(name))),
    last: (name) => inTurn(named(name), () => lastGiven(host, rules, named(name))),
    take: (name, claimant) => queued(host, rules, named(name), claimant),
    lend(name, claimant) {
      const series = named(name);
      return series.leased === null ? lendByClaim(host, rules, series, claimant) : lendLeased(host, rules, series, series.leased);
    },
  };
}

function inTurn<T>(series: Series, act: () => Promise<T>): Promise<T> {
  const done = series.turn.then(act);
  series.turn = done.catch(() => {});
  return done;
}

/** The record names the folder, so that any process can tell what has become of the number. */
async function lendByClaim(host: Host, rules: NumberSeriesRules, series: Series, claimant: Omit<Claimant, 'state'>): Promise<Lent> {
  const done = (): void => { series.lent.delete(claimant.folder); };
  series.lent.add(claimant.folder);
  try {
    return { number: await queued(host, rules, series, { ...claimant, state: host.participant.context().author, at: host.world.now() }), done };
  } catch (cause) {
    done();
    throw cause;
  }
}

async function lendLeased(host: Host, rules: NumberSeriesRules, series: Series, leased: LeasedNumbers): Promise<Lent> {
  for (;;) {
    const number = leased.next();
    if (number !== undefined) return { number, done: (borne) => { void settleLent(rules, series.name, leased, number, borne); } };
    series.leasing ??= inTurn(series, () => takeLease(host, rules, series, leased)).finally(() => { series.leasing = null; });
    await series.leasing;
  }
}

/** Never rejects: what the index does not tell waits for the end of the process. */
async function settleLent(rules: NumberSeriesRules, series: string, leased: LeasedNumbers, number: number, borne: boolean): Promise<void> {
  const isBorne = borne || await rules.borne!(series, number).catch(() => null);
  if (isBorne === true) leased.noteBorne(number);
  else if (isBorne === false) leased.takeBack(number);
}

function queued(host: Host, rules: NumberSeriesRules, series: Series, claimant: Asking): Promise<number> {
  return new Promise((given, failed) => {
    series.waiting.push({ claimant, given, failed });
    if (!series.running) void giveOut(host, rules, series);
  });
}

/** What waits is claimed together, one write after the other. */
async function giveOut(host: Host, rules: NumberSeriesRules, series: Series): Promise<void> {
  series.running = true;
  while (series.waiting.length > 0) {
    const batch = series.waiting.splice(0, maxClaimsPerWrite);
    try {
      const numbers = await inTurn(series, () => claim(host, rules, series, batch.map((one) => one.claimant)));
      batch.forEach((one, n) => {
        const number = numbers[n]!;
        if (typeof number === 'number') one.given(number);
        else one.failed(noNumber(rules, series, number));
      });
    } catch (cause) {
      for (const one of batch) one.failed(cause);
    }
  }
  series.running = false;
}

function noNumber(rules: NumberSeriesRules, series: Series, why: Exclude<Given, number>): HubError {
  return new HubError(why, { series: `${rules.name} ${series.name}`, pending: String(maxPendingNumbers) });
}

function claim(host: Host, rules: NumberSeriesRules, series: Series, claimants: readonly Asking[]): Promise<readonly Given[]> {
  return writeBook(host, rules, series, (settled, floor) => {
    const { given, changed, book } = assign(settled, claimants, { floor, lastOfAll: rules.last });
    // Who has a number already costs no write.
    return { book: changed ? book : null, answer: given };
  });
}

/** Throws what `lend` throws. */
async function takeLease(host: Host, rules: NumberSeriesRules, series: Series, leased: LeasedNumbers): Promise<void> {
  const own = { id: leased.id, by: host.participant.context().author, at: host.world.now() };
  const given = await writeBook(host, rules, series, (settled, floor) => {
    const next = lease(settled, own, { floor, lastOfAll: rules.last });
    return { book: typeof next.given === 'string' ? null : next.book, answer: next.given };
  });
  if (typeof given === 'string') throw noNumber(rules, series, given);
  leased.lendAlso(given);
}

/** What a write to the present book stands on. */
type Step = { readonly before: Book; /** No new number at or below it. */ readonly floor: number; readonly fates: Fates };

/** Null: the book is full. */
async function stepOf(host: Host, rules: NumberSeriesRules, series: Series): Promise<Step | null> {
  const book = await readBook(host, rules, series, series.book);
  if (book !== null && book.writes >= writesPerBook) return null;
  // A new book goes on where the full one before it has ended.
  const before = book === null && series.book > 0 ? await readBook(host, rules, series, series.book - 1) ?? emptyBook : emptyBook;
  let floor = (book ?? before).last;
  while (floor < rules.last && await rules.borne?.(series.name, floor + 1) === true) floor++;
  return { before, floor, fates: await fatesOf(host, rules, series, book ?? before) };
}

/** Numbers at the end that are leased and not lent were not given. */
async function lastGiven(host: Host, rules: NumberSeriesRules, series: Series): Promise<number> {
  const book = await lastBook(host, rules, series);
  return book === null ? 0 : withoutLastFree(settledBook(book, await fatesOf(host, rules, series, book), series.leased)).last;
}

/** The book in which the series goes on; null: nothing was ever taken. */
async function lastBook(host: Host, rules: NumberSeriesRules, series: Series): Promise<Book | null> {
  for (let found: Book | null = null, at = series.book;; at++) {
    const book = await readBook(host, rules, series, at);
    if (book === null) return found;
    found = book;
  }
}

/** Closing waits for every number to be borne or free, or a number taken before would be missing. */
async function closeSeries(host: Host, rules: NumberSeriesRules, series: Series): Promise<number> {
  const { last, waiting } = await writeBook(host, rules, series, (settled) => {
    const ended = withoutLastFree(settled), answer = { last: ended.last, waiting: waitingOf(ended) };
    return { book: settled.closed || answer.waiting > 0 ? null : { ...ended, writes: ended.writes + 1, closed: true }, answer };
  });
  if (waiting > 0) throw new HubError('NUMBERS_PENDING', { series: `${rules.name} ${series.name}`, pending: String(waiting) });
  return last;
}

const utf8 = new TextEncoder();
const bookFolder = (host: Host, rules: NumberSeriesRules, series: Series, book: number): FolderId => host.world.hash(utf8.encode(`series|${rules.name}|${series.name}|${book}`));

async function readBook(host: Host, rules: NumberSeriesRules, series: Series, book: number): Promise<Book | null> {
  assertWhole(host);
  return await host.participant.view(bookFolder(host, rules, series, book), (view) => bookOf(view.state.record?.keys)) ?? null;
}

/** What has become of the numbers that were taken. What is used or free stays so. */
async function fatesOf(host: Host, rules: NumberSeriesRules, series: Series, book: Book): Promise<Fates> {
  const asked = book.pending.filter((one) => !series.lent.has(one.folder));
  const claims = await Promise.all(asked.map(async (one) => [textOf(one), await host.participant.view(one.folder, (view) => rules.fate(one, view.state.dossier, series.name)) ?? await fateOfAbsent(host, one)] as const));
  return { claims: new Map(claims), leased: await fatesOfLeases(host, rules, series, book) };
}

async function fateOfAbsent(host: Host, { at, folder, state }: Claim): Promise<Fate> {
  const waitMs = state === host.participant.context().author ? lentMs : lentBeforeMs;
  return at !== undefined && host.world.now() - at >= waitMs && await host.participant.touch(folder) ? 'free' : 'waiting';
}

/** Of leases of processes that have ended: this one alone writes the store, so none of this incarnation has anything under way. */
async function fatesOfLeases(host: Host, rules: NumberSeriesRules, series: Series, book: Book): Promise<ReadonlyMap<number, Fate>> {
  const found = new Map<number, Fate>(), { author } = host.participant.context();
  for (const { id, by, at, numbers } of book.leases) {
    if (id === series.leased?.id) continue;
    const isOver = (series.leased !== null && by === author) || host.world.now() - at >= lentBeforeMs;
    for (const number of numbers) found.set(number, await rules.borne?.(series.name, number) === true ? 'used' : isOver ? 'free' : 'waiting');
  }
  return found;
}

/** `book`: as it shall stand; null: as it does. */
type Written<T> = { readonly book: Book | null; readonly answer: T };
/** Gets the book as it stands, settled, and the last number below which there is no new one. */
type Change<T> = (settled: Book, floor: number) => Written<T>;

/** Writes the present book of a series anew, or the next one where it is full. What this process has leased and not lent it stops lending: it is free in the book that `changed` gets. */
async function writeBook<T>(host: Host, rules: NumberSeriesRules, series: Series, changed: Change<T>): Promise<T> {
  for (;; series.book++) {
    const step = await stepOf(host, rules, series);
    const written = step === null ? null : await writePresent(host, rules, series, step, changed);
    if (written !== null) return written.answer;
  }
}

/** Null: another instance has filled the book meanwhile. */
async function writePresent<T>(host: Host, rules: NumberSeriesRules, series: Series, step: Step, changed: Change<T>): Promise<Written<T> | null> {
  const { leased } = series;
  let decided: Written<T> | null = null;
  host.world.crashPoint?.('number-unkept');
  const handled = await host.participant.handle(bookFolder(host, rules, series, series.book), {
    request: ownRequest(host),
    decide: (view) => {
      const { record } = view.state, kept = bookOf(record?.keys) ?? { ...step.before, writes: 0 };
      decided = null;
      if (kept.writes >= writesPerBook) return { drafts: [] };
      leased?.empty();
      const { book } = decided = changed(settledBook(kept, step.fates, leased), step.floor);
      if (book === null) return { drafts: [] };
      const facts = { part: '', commitment: '' }, keys = keysOf(book);
      if (record !== null) return { drafts: [{ item: record.item, kind: 'record-changed', body: { facts, keys, reason: 'numbers' } satisfies RecordBodies['record-changed'] }] };
      return { drafts: [{ item: '', kind: 'record-opened', creates: [view.author], body: { type: `series:${onSide(rules.sideOf(series.name), rules.name)}`, facts, keys } satisfies RecordBodies['record-opened'] }] };
    },
    reply: () => null,
  });
  if (!handled.ok) throw errorOfRefusal(handled.refusal);
  const written = decided as Written<T> | null;
  if (leased !== null && written?.book != null) leased.written(written.book.leases.find((one) => one.id === leased.id)?.numbers ?? []);
  host.world.crashPoint?.('number-kept');
  return written;
}
