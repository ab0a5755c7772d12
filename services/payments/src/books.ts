/** Records of money and tills in the store of payments: each change is one entry with its posting, written by one compare-and-set. */
import { assertWhole, onSide, ownRequest } from '@lienthong/dossier-service';
import type { Host, RequestMark, Side, Told } from '@lienthong/dossier-service';
import { HubError, errorOfRefusal } from '@lienthong/kernel';
import type { Aside } from '@lienthong/kernel';
import { localDate } from '@lienthong/law';
import type { FolderId, LocalDate, Refusal } from '@lienthong/law';
import { foldMoney } from './rules-money.ts';
import type { Money, MoneyEvent } from './rules-money.ts';
import { moneyKeys, tillKeys } from './rules-found.ts';
import { foldTill, shiftName } from './rules-till.ts';
import type { Shift, Till, TillEvent, Told as TillTold } from './rules-till.ts';

/** The books of one side. `alarm`: somebody must look. */
export type Books = { readonly host: Host; readonly side: Side; readonly alarm: (error: HubError, folder: FolderId) => void };
export type BookKind = 'money' | 'till';

const utf8 = new TextEncoder();
/** Records looked at in one go. */
export const booksPerLook = 500;

export const typeIn = (side: Side, kind: BookKind): string => `books:${onSide(side, kind)}`;
export const fieldIn = ({ side }: Books, kind: BookKind, field: string): string => `${onSide(side, kind)}.${field}`;
export const folderIn = ({ host, side }: Books, kind: BookKind, key: string): FolderId => host.world.hash(utf8.encode(`books|${onSide(side, kind)}|${key}`));
export const shiftFolder = (books: Books, shift: Shift): FolderId => folderIn(books, 'till', shiftName(shift));

export const today = ({ host }: Books): LocalDate => localDate(host.world.now());

// ---------------------------------------------------------------- reading

async function told(books: Books, kind: BookKind, folder: FolderId): Promise<readonly Told[] | undefined> {
  assertWhole(books.host);
  return books.host.participant.view(folder, ({ state: { record } }) => (record?.type === typeIn(books.side, kind) ? [...record.told] : undefined));
}

export async function readMoney(books: Books, folder: FolderId): Promise<Money | null> {
  const found = await told(books, 'money', folder);
  return found === undefined ? null : foldMoney(found);
}

export async function readTill(books: Books, folder: FolderId): Promise<Till | null> {
  return foldTill(await told(books, 'till', folder) ?? []);
}

/** Records found by `value`, one after the other; each as it stands when it is looked at. */
export async function* findBooks(books: Books, kind: BookKind, field: string, value: string): AsyncGenerator<FolderId> {
  assertWhole(books.host);
  for (let after: FolderId | undefined; ;) {
    const found: readonly FolderId[] = await books.host.participant.find(fieldIn(books, kind, field), value, booksPerLook, after);
    yield* found;
    if (found.length < booksPerLook) return;
    after = found.at(-1);
  }
}

export type FoundMoney = { readonly folder: FolderId; readonly money: Money };

export async function moneyBy(books: Books, field: string, value: string): Promise<readonly FoundMoney[]> {
  const found: FoundMoney[] = [];
  for await (const folder of findBooks(books, 'money', field, value)) {
    const money = await readMoney(books, folder);
    if (money !== null) found.push({ folder, money });
  }
  return found;
}

export async function tillsBy(books: Books, field: string, value: string): Promise<readonly Till[]> {
  const found: Till[] = [];
  for await (const folder of findBooks(books, 'till', field, value)) {
    const till = await readTill(books, folder);
    if (till !== null) found.push(till);
  }
  return found;
}

// ---------------------------------------------------------------- writing

type Written = { readonly events: readonly object[]; readonly keys: Readonly<Record<string, readonly string[]>> } | { readonly refusal: Refusal };

type Asked = Pick<RequestMark, 'id' | 'digest'>;

async function tell(books: Books, kind: BookKind, folder: FolderId, request: Asked, decide: (before: readonly Told[]) => Written, asides: readonly Aside[] = []): Promise<void> {
  const { world, participant } = books.host;
  assertWhole(books.host);
  world.crashPoint?.('money-unwritten');
  const handled = await participant.handle(folder, {
    request: { id: request.id, digest: request.digest },
    decide: ({ state: { record }, author }) => {
      const decided = decide(record?.told ?? []);
      if ('refusal' in decided) return decided;
      const { events, keys } = decided;
      if (events.length === 0) return { drafts: [] };
      if (record !== null) return { drafts: [{ item: record.item, kind: 'record-told', body: { events, keys } }], asides };
      return { drafts: [{ item: '', kind: 'record-opened', creates: [author], body: { type: typeIn(books.side, kind), facts: { part: '', commitment: '' }, keys, events } }], asides };
    },
    reply: () => null,
  });
  if (!handled.ok) throw errorOfRefusal(handled.refusal);
  world.crashPoint?.('money-written');
}

const keyed = (books: Books, kind: BookKind, keys: Readonly<Record<string, readonly string[]>>): Record<string, readonly string[]> => Object.fromEntries(Object.entries(keys).map(([field, values]) => [fieldIn(books, kind, field), values]));

/** Decides from the money as it stands and writes what follows; answers the money as it then stands. */
export async function tellMoney(books: Books, folder: FolderId, decide: (money: Money) => readonly MoneyEvent[], asides: readonly Aside[] = []): Promise<Money> {
  const at = books.host.world.now();
  let events: readonly MoneyEvent[] = [], after!: Money;
  await tell(books, 'money', folder, ownRequest(books.host), (before) => {
    events = decide(foldMoney(before));
    after = foldMoney([...before, ...events.map((event) => ({ event, at }))]);
    return { events, keys: keyed(books, 'money', moneyKeys(after)) };
  }, asides);
  for (const event of events) alarmOf(books, folder, after, event);
  return after;
}

function alarmOf(books: Books, folder: FolderId, money: Money, event: MoneyEvent): void {
  const over = event.type === 'allocated' && money.held.get(event.transaction)?.reason === 'AMOUNT_OVER';
  if (event.type !== 'set-aside' && event.type !== 'unfit' && !over) return;
  const { amount, currency, reason } = event.type === 'unfit' ? event : { amount: String(money.held.get(event.transaction)?.arrival.amount ?? 0), currency: 'VND', reason: event.type === 'set-aside' ? event.reason : 'AMOUNT_OVER' };
  books.alarm(new HubError('MONEY_SET_ASIDE', { amount, currency, reason, reference: money.order?.reference ?? event.transaction }), folder);
}

/** Answers the till as it was when the request had been handled; undefined: it has written nothing yet. */
export async function tillAfter(books: Books, folder: FolderId, { mark }: RequestMark): Promise<Till | undefined> {
  const all = await told(books, 'till', folder) ?? [], last = all.findLastIndex((one) => one.request === mark);
  return last < 0 ? undefined : foldTill(all.slice(0, last + 1)) ?? undefined;
}

/** `request`: absent: one of the books' own. */
export async function tellTill(books: Books, folder: FolderId, decide: (till: Till | null) => TillTold, request: Asked = ownRequest(books.host)): Promise<Till> {
  let after: Till | null = await readTill(books, folder);
  await tell(books, 'till', folder, request, (before) => {
    const decided = decide(foldTill(before));
    if ('refusal' in decided) return decided;
    const events: readonly TillEvent[] = decided.events;
    after = foldTill([...before, ...events.map((event) => ({ event }))]);
    return { events, keys: keyed(books, 'till', after === null ? {} : tillKeys(after)) };
  });
  return after!;
}
