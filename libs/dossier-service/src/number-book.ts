/** What the record of a number series says, and what the next write makes of it. Pure. */
import type { AuthorId } from '@lienthong/folder';
import type { FolderId, Instant, ItemId } from '@lienthong/law';

/** `state`: how the item stood when it asked; the number may become free only after the item has left it. */
export type Claimant = { readonly folder: FolderId; readonly item: ItemId; readonly state: string };
/** `at`: when it was lent, by the incarnation that is its `state`; absent: it was taken for an item that is there. */
export type Claim = Claimant & { readonly number: number; readonly at?: Instant };
/** `used`: the item bears the number. `waiting`: it may still take it. `free`: it never will. */
export type Fate = 'used' | 'waiting' | 'free';
/** Numbers that one process lends from memory, and those that it has lent and not heard of yet. `id`: of the process, for this series. */
export type Lease = { readonly id: string; readonly by: AuthorId; readonly at: Instant; readonly numbers: readonly number[] };
export type Book = { readonly writes: number; readonly last: number; readonly free: readonly number[]; readonly pending: readonly Claim[]; readonly leases: readonly Lease[]; readonly closed: boolean };

/** Who asks for a number. `at`: as in `Claim`. */
export type Asking = Claimant & { readonly at?: Instant };
/** A number, or why there is none. */
export type Given = number | 'NUMBERS_EXHAUSTED' | 'NUMBERS_PENDING' | 'SERIES_CLOSED';

/** Numbers of a series taken and not used; more are items whose command never came back. */
export const maxPendingNumbers = 300;
/** Numbers that a process takes at once to lend them from memory. */
export const numbersPerLease = 50;

/** What has become of numbers, as far as that is known: of claims by their texts, of leased numbers by themselves. Others wait. */
export type Fates = { readonly claims: ReadonlyMap<string, Fate>; readonly leased: ReadonlyMap<number, Fate> };
/** Of the lease of this process, as it stands in its memory: `out` are lent, `borne` have an item. All others of the lease were never lent, or have come back. */
export type OwnLease = { readonly id: string; readonly out: ReadonlySet<number>; readonly borne: ReadonlySet<number> };

export const emptyBook: Book = { writes: 0, last: 0, free: [], pending: [], leases: [], closed: false };

/** Names a claim: a number that was given to another item meanwhile is another claim. */
export const textOf = (one: Claim): string => [one.number, one.state, one.folder, one.item, ...(one.at === undefined ? [] : [one.at])].join(' ');

/** A book with what has become of its numbers taken into account. Of the own lease what is not lent is free: who writes the book has taken it out of memory. */
export function settledBook(book: Book, fates: Fates, own: OwnLease | null): Book {
  const freed: number[] = [], leases: Lease[] = [];
  for (const one of book.leases) {
    const isOwn = one.id === own?.id, fateOf = (number: number): Fate => (isOwn ? ownFate(own!, number) : fates.leased.get(number) ?? 'waiting');
    const numbers = one.numbers.filter((number) => fateOf(number) === 'waiting');
    freed.push(...one.numbers.filter((number) => fateOf(number) === 'free'));
    if (numbers.length > 0) leases.push({ ...one, numbers });
  }
  const fate = (one: Claim): Fate => fates.claims.get(textOf(one)) ?? 'waiting';
  freed.push(...book.pending.filter((one) => fate(one) === 'free').map((one) => one.number));
  return { ...book, pending: book.pending.filter((one) => fate(one) === 'waiting'), leases, free: [...book.free, ...freed].sort(ascending) };
}

const ownFate = ({ out, borne }: OwnLease, number: number): Fate => (out.has(number) ? 'waiting' : borne.has(number) ? 'used' : 'free');

/** Numbers at the end that nobody bears were never given. */
export function withoutLastFree(book: Book): Book {
  let { last } = book;
  while (book.free.includes(last)) last--;
  return { ...book, last, free: book.free.filter((number) => number < last) };
}

/** Numbers that are given and may still be borne. */
export const waitingOf = (book: Book): number => book.leases.reduce((sum, { numbers }) => sum + numbers.length, book.pending.length);

type Source = { /** No new number at or below it. */ readonly floor: number; readonly lastOfAll: number };

/** Numbers of a settled book: free ones first, the smallest first, then new ones. */
function giver(settled: Book, { floor, lastOfAll }: Source) {
  const free = [...settled.free];
  let last = Math.max(settled.last, floor);
  return { next: (): number | null => free.shift() ?? (last >= lastOfAll ? null : ++last), rest: (): Pick<Book, 'free' | 'last'> => ({ free, last }) };
}

/** Gives each claimant the number that it has already, or the next. */
export function assign(settled: Book, claimants: readonly Asking[], source: Source): { readonly given: readonly Given[]; readonly changed: boolean; readonly book: Book } {
  const pending = [...settled.pending], numbers = giver(settled, source), leased = waitingOf(settled) - pending.length;
  let changed = false;
  const given = claimants.map((claimant): Given => {
    const has = pending.find((one) => sameClaimant(one, claimant));
    if (has !== undefined) return has.number;
    if (settled.closed) return 'SERIES_CLOSED';
    if (pending.length + leased >= maxPendingNumbers) return 'NUMBERS_PENDING';
    const number = numbers.next();
    if (number === null) return 'NUMBERS_EXHAUSTED';
    pending.push({ ...claimant, number });
    changed = true;
    return number;
  });
  return { given, changed, book: { ...settled, writes: settled.writes + 1, ...numbers.rest(), pending } };
}

/** Takes numbers for the lease of a process, beside those that it has lent. `given`: those that are new to it. */
export function lease(settled: Book, own: Omit<Lease, 'numbers'>, source: Source): { readonly given: readonly number[] | Exclude<Given, number>; readonly book: Book } {
  if (settled.closed) return { given: 'SERIES_CLOSED', book: settled };
  const room = Math.min(numbersPerLease, maxPendingNumbers - waitingOf(settled)), numbers = giver(settled, source), given: number[] = [];
  if (room <= 0) return { given: 'NUMBERS_PENDING', book: settled };
  while (given.length < room) {
    const number = numbers.next();
    if (number === null) break;
    given.push(number);
  }
  if (given.length === 0) return { given: 'NUMBERS_EXHAUSTED', book: settled };
  const lent = settled.leases.find((one) => one.id === own.id)?.numbers ?? [];
  const leases = [...settled.leases.filter((one) => one.id !== own.id), { ...own, numbers: [...lent, ...given] }];
  return { given, book: { ...settled, writes: settled.writes + 1, ...numbers.rest(), leases } };
}

const sameClaimant = (one: Claimant, other: Claimant): boolean => one.folder === other.folder && one.item === other.item && one.state === other.state;
const ascending = (a: number, b: number): number => a - b;

// ---------------------------------------------------------------- how it is written: in keys by which nothing is found

type Keys = Readonly<Record<string, readonly string[]>>;

export function keysOf(book: Book): Keys {
  return {
    '.writes': [String(book.writes)], '.last': [String(book.last)], '.free': book.free.map(String), '.pending': book.pending.map(textOf),
    ...(book.leases.length === 0 ? {} : { '.leases': book.leases.map(({ id, by, at, numbers }) => [id, by, at, numbers.join(',')].join(' ')) }), ...(book.closed ? { '.closed': ['1'] } : {}),
  };
}

export function bookOf(keys: Keys | undefined): Book | null {
  if (keys === undefined) return null;
  const pending = (keys['.pending'] ?? []).map((text): Claim => {
    const [number, state, folder, item, at] = text.split(' ');
    return { number: Number(number), state: state!, folder: folder!, item: item!, ...(at === undefined ? {} : { at: Number(at) }) };
  });
  const leases = (keys['.leases'] ?? []).map((text): Lease => {
    const [id, by, at, numbers] = text.split(' ');
    return { id: id!, by: by!, at: Number(at), numbers: numbers!.split(',').map(Number) };
  });
  return { writes: Number(keys['.writes']?.[0] ?? 0), last: Number(keys['.last']?.[0] ?? 0), free: (keys['.free'] ?? []).map(Number), pending, leases, closed: keys['.closed'] !== undefined };
}
