/**
 * Numbers that follow one another without a gap, one for each item of a dossier: fee receipts, consignments. A number is taken for an item by compare-and-set in the
 * record of its series before the item's entry says it, and stays the item's: a second try gets the same. It becomes free for another item only when the item's own
 * history shows that it can never bear it; so a crash or a race between the two writes leaves no hole, and no number is given twice.
 *
 * A number may also be lent before there is an item: then the folder's first entry bears it, and that entry is written only if the folder has never been touched. Where it
 * does not come, the absent folder is touched first, and the number is free then: whoever still wanted to write there decides anew, without it.
 */
import { HubError, errorOfRefusal } from '@lienthong/kernel';
import type { Dossier, FolderId, Instant, ItemId } from '@lienthong/law';
import { assertWhole } from './host.ts';
import type { Host } from './host.ts';
import type { RecordBodies } from './record.ts';
import { onSide } from './side.ts';
import type { Side } from './side.ts';

/** `state`: how the item stood when it asked; the number may become free only after the item has left it. */
export type Claimant = { readonly folder: FolderId; readonly item: ItemId; readonly state: string };
/** `at`: when it was lent, by the incarnation that is its `state`; absent: it was taken for an item that is there. */
export type Claim = Claimant & { readonly number: number; readonly at?: Instant };
/** `used`: the item bears the number. `waiting`: it may still take it. `free`: it never will. */
export type Fate = 'used' | 'waiting' | 'free';

export type NumberSeriesRules = {
  /** Names the records of these series. */
  readonly name: string;
  /** The last number of every series. */
  readonly last: number;
  /** Whose numbers a series gives, from its name: rehearsals have series of their own, which can be told at sight. */
  sideOf(series: string): Side;
  fate(claim: Claim, dossier: Dossier, series: string): Fate;
  /** Whether an item is known to bear a number that the series has not given yet: it did before its store was put back. Absent: that cannot be. */
  borne?(series: string, number: number): Promise<boolean>;
};

export type NumberSeries = {
  /** The number of an item in a series. Durable when it answers. Throws NUMBERS_EXHAUSTED, NUMBERS_PENDING, SERIES_CLOSED. */
  take(series: string, claimant: Claimant): Promise<number>;
  /** As `take`, for the first entry of a folder that is not there yet. `done` once that entry is written or will not be; without it the number waits for the end of the process. */
  lend(series: string, claimant: Omit<Claimant, 'state'>): Promise<{ readonly number: number; done(): void }>;
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
/** Numbers of a series taken and not used; more are items whose command never came back. */
export const maxPendingNumbers = 300;
/** A number lent by another process, or before this one began, is looked at after so long, in milliseconds: its submission has ended by then. Touching sooner is no harm but for the work. */
export const lentMs = 60_000;
/** One lent by an earlier incarnation of the service: by then peers have shown what they hold of it. */
export const lentBeforeMs = 24 * 3_600_000;
/** Writes to one record of a series (a book); then the next begins. Below the limit of entries per author, with room for successors. */
export const writesPerBook = 200;

type Waiting = { readonly claimant: Claimant & { readonly at?: Instant }; readonly given: (number: number) => void; readonly failed: (cause: unknown) => void };
type Series = { readonly name: string; book: number; readonly waiting: Waiting[]; running: boolean; /** Folders for which this process has lent a number and is not done. */ readonly lent: Set<FolderId> };
/** A number, or why there is none. */
type Given = number | 'NUMBERS_EXHAUSTED' | 'NUMBERS_PENDING' | 'SERIES_CLOSED';
/** What the record of a series says. */
type Book = { readonly writes: number; readonly last: number; readonly free: readonly number[]; readonly pending: readonly Claim[]; readonly closed: boolean };

export function numberSeries(host: Host, rules: NumberSeriesRules): NumberSeries {
  const all = new Map<string, Series>();
  const named = (name: string): Series => {
    const known = all.get(name), series = known ?? { name, book: 0, waiting: [], running: false, lent: new Set() };
    if (known === undefined) all.set(name, series);
    return series;
  };
  return {
    close: (name) => closeSeries(host, rules, named(name)),
    last: async (name) => (await lastBook(host, rules, named(name)))?.last ?? 0,
    take: (name, claimant) => queued(host, rules, named(name), claimant),
    async lend(name, claimant) {
      const series = named(name), done = (): void => { series.lent.delete(claimant.folder); };
      series.lent.add(claimant.folder);
      try {
        return { number: await queued(host, rules, series, { ...claimant, state: host.participant.context().author, at: host.world.now() }), done };
      } catch (cause) {
        done();
        throw cause;
      }
    },
  };
}

function queued(host: Host, rules: NumberSeriesRules, series: Series, claimant: Waiting['claimant']): Promise<number> {
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
      const numbers = await claim(host, rules, series, batch.map((one) => one.claimant));
      batch.forEach((one, n) => {
        const number = numbers[n]!;
        if (typeof number === 'number') one.given(number);
        else one.failed(new HubError(number, { series: `${rules.name} ${series.name}`, pending: String(maxPendingNumbers) }));
      });
    } catch (cause) {
      for (const one of batch) one.failed(cause);
    }
  }
  series.running = false;
}

async function claim(host: Host, rules: NumberSeriesRules, series: Series, claimants: Step['claimants']): Promise<readonly Given[]> {
  for (;; series.book++) {
    const step = await stepOf(host, rules, series);
    const done = step === null ? null : await write(host, rules, series, { ...step, claimants });
    if (done !== null) return done;
  }
}

/** What the next write to the present book stands on. Null: the book is full. */
async function stepOf(host: Host, rules: NumberSeriesRules, series: Series): Promise<Omit<Step, 'claimants'> | null> {
  const book = await readBook(host, rules, series, series.book);
  if (book !== null && book.writes >= writesPerBook) return null;
  // A new book goes on where the full one before it has ended.
  const before = book === null && series.book > 0 ? await readBook(host, rules, series, series.book - 1) ?? empty : empty;
  let floor = (book ?? before).last;
  while (floor < rules.last && await rules.borne?.(series.name, floor + 1) === true) floor++;
  return { before, floor, fates: await fatesOf(host, rules, series, book ?? before) };
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
  for (;; series.book++) {
    const step = await stepOf(host, rules, series);
    if (step === null) continue;
    let closed: Book | null = null;
    await change(host, rules, series, (book) => {
      closed = withoutLastFree(settledBook(book ?? { ...step.before, writes: 0 }, step));
      return book?.closed === true || closed.writes >= writesPerBook || closed.pending.length > 0 ? null : { ...closed, writes: closed.writes + 1, closed: true };
    });
    const after = closed as Book | null;
    if (after === null || after.writes >= writesPerBook) continue;
    if (after.pending.length > 0) throw new HubError('NUMBERS_PENDING', { series: `${rules.name} ${series.name}`, pending: String(after.pending.length) });
    return after.last;
  }
}

const utf8 = new TextEncoder();
const bookFolder = (host: Host, rules: NumberSeriesRules, series: Series, book: number): FolderId => host.world.hash(utf8.encode(`series|${rules.name}|${series.name}|${book}`));

const empty: Book = { writes: 0, last: 0, free: [], pending: [], closed: false };

async function readBook(host: Host, rules: NumberSeriesRules, series: Series, book: number): Promise<Book | null> {
  assertWhole(host);
  return await host.participant.view(bookFolder(host, rules, series, book), (view) => bookOf(view.state.record?.keys)) ?? null;
}

/** What has become of the numbers that were taken. What is used or free stays so. */
async function fatesOf(host: Host, rules: NumberSeriesRules, series: Series, book: Book): Promise<ReadonlyMap<string, Fate>> {
  const asked = book.pending.filter((one) => !series.lent.has(one.folder));
  const fates = await Promise.all(asked.map(async (one) => [textOf(one), await host.participant.view(one.folder, (view) => rules.fate(one, view.state.dossier, series.name)) ?? await fateOfAbsent(host, one)] as const));
  return new Map(fates);
}

async function fateOfAbsent(host: Host, { at, folder, state }: Claim): Promise<Fate> {
  const waitMs = state === host.participant.context().author ? lentMs : lentBeforeMs;
  return at !== undefined && host.world.now() - at >= waitMs && await host.participant.touch(folder) ? 'free' : 'waiting';
}

type Step = { readonly claimants: readonly Waiting['claimant'][]; readonly before: Book; /** No new number at or below it. */ readonly floor: number; readonly fates: ReadonlyMap<string, Fate> };

/** Null: another instance has filled the book meanwhile. */
async function write(host: Host, rules: NumberSeriesRules, series: Series, step: Step): Promise<readonly Given[] | null> {
  let given: readonly Given[] | null = null;
  await change(host, rules, series, (kept) => {
    const book = kept ?? { ...step.before, writes: 0 };
    given = null;
    if (book.writes >= writesPerBook) return null;
    const next = assign(book, step, rules.last);
    given = next.given;
    // Who has a number already costs no write.
    return next.changed ? next.book : null;
  });
  return given;
}

/** Writes the present book of a series anew. `changed` gets it as it stands, null before it is opened, and may say null: it stays so. */
async function change(host: Host, rules: NumberSeriesRules, series: Series, changed: (book: Book | null) => Book | null): Promise<void> {
  const id = Array.from(host.world.randomBytes(16), (byte) => byte.toString(16).padStart(2, '0')).join('');
  host.world.crashPoint?.('number-unkept');
  const handled = await host.participant.handle(bookFolder(host, rules, series, series.book), {
    request: { id, digest: host.world.hash(utf8.encode(id)) },
    decide: (view) => {
      const { record } = view.state, book = changed(bookOf(record?.keys));
      if (book === null) return { drafts: [] };
      const facts = { part: '', commitment: '' }, keys = keysOf(book);
      if (record !== null) return { drafts: [{ item: record.item, kind: 'record-changed', body: { facts, keys, reason: 'numbers' } satisfies RecordBodies['record-changed'] }] };
      return { drafts: [{ item: '', kind: 'record-opened', creates: [view.author], body: { type: `series:${onSide(rules.sideOf(series.name), rules.name)}`, facts, keys } satisfies RecordBodies['record-opened'] }] };
    },
    reply: () => null,
  });
  if (!handled.ok) throw errorOfRefusal(handled.refusal);
  host.world.crashPoint?.('number-kept');
}

/** A book with what has become of its numbers taken into account. */
function settledBook(book: Book, { fates }: Pick<Step, 'fates'>): Book {
  const pending = book.pending.filter((one) => (fates.get(textOf(one)) ?? 'waiting') === 'waiting');
  const freed = book.pending.filter((one) => fates.get(textOf(one)) === 'free').map((one) => one.number);
  return { ...book, pending, free: [...book.free, ...freed].sort((a, b) => a - b) };
}

/** Numbers at the end that nobody bears were never given. */
function withoutLastFree(book: Book): Book {
  let { last } = book;
  while (book.free.includes(last)) last--;
  return { ...book, last, free: book.free.filter((number) => number < last) };
}

/** Numbers that an item has already, then free ones, the smallest first, then new ones. */
function assign(book: Book, { claimants, fates, floor }: Step, lastOfAll: number): { readonly given: readonly Given[]; readonly changed: boolean; readonly book: Book } {
  const settled = settledBook(book, { fates }), pending = [...settled.pending], free = [...settled.free];
  let last = Math.max(book.last, floor), changed = false;
  const given = claimants.map((claimant): Given => {
    const has = pending.find((one) => sameClaimant(one, claimant));
    if (has !== undefined) return has.number;
    if (book.closed) return 'SERIES_CLOSED';
    if (pending.length >= maxPendingNumbers) return 'NUMBERS_PENDING';
    if (free.length === 0 && last >= lastOfAll) return 'NUMBERS_EXHAUSTED';
    const number = free.shift() ?? ++last;
    pending.push({ ...claimant, number });
    changed = true;
    return number;
  });
  return { given, changed, book: { ...book, writes: book.writes + 1, last, free, pending } };
}

const sameClaimant = (one: Claimant, other: Claimant): boolean => one.folder === other.folder && one.item === other.item && one.state === other.state;

// ---------------------------------------------------------------- how it is written: in keys by which nothing is found

type Keys = Readonly<Record<string, readonly string[]>>;

/** Names a claim: a number that was given to another item meanwhile is another claim. */
const textOf = (one: Claim): string => [one.number, one.state, one.folder, one.item, ...(one.at === undefined ? [] : [one.at])].join(' ');

function keysOf(book: Book): Keys {
  return {
    '.writes': [String(book.writes)], '.last': [String(book.last)], '.free': book.free.map(String),
    '.pending': book.pending.map(textOf), ...(book.closed ? { '.closed': ['1'] } : {}),
  };
}

function bookOf(keys: Keys | undefined): Book | null {
  if (keys === undefined) return null;
  const pending = (keys['.pending'] ?? []).map((text): Claim => {
    const [number, state, folder, item, at] = text.split(' ');
    return { number: Number(number), state: state!, folder: folder!, item: item!, ...(at === undefined ? {} : { at: Number(at) }) };
  });
  return { writes: Number(keys['.writes']?.[0] ?? 0), last: Number(keys['.last']?.[0] ?? 0), free: (keys['.free'] ?? []).map(Number), pending, closed: keys['.closed'] !== undefined };
}
