/**
 * Enters dossiers in the tracking book and closes it. The number is lent before the dossier is received, and its first entry bears it (see `number-series`); a dossier that
 * came without one – the series could give none, or somebody had touched its folder – is entered by a duty.
 */
import { assertWhole, numberSeries, onSide } from '@lienthong/dossier-service';
import type { FolderState, Host, Lent, NumberSeries } from '@lienthong/dossier-service';
import { HubError, errorOfRefusal } from '@lienthong/kernel';
import type { Effect } from '@lienthong/kernel';
import { stamped } from '@lienthong/law';
import type { BookLineNumber, Draft, FolderId } from '@lienthong/law';
import { bookOf, bookType, fate, lastNumber, lineKey, nextYear, seriesOf, sideOfSeries } from './book-rules.ts';
import type { BookName } from './book-rules.ts';

/** Closed books that a late dossier may find before an open one. */
const maxClosedBooks = 8;
/** Of a claim before the dossier's own item is there. */
const receipt = 'receipt';

/** `opened`: books of which this process knows that their record is there. */
export type Books = { readonly host: Host; readonly numbers: NumberSeries; readonly opened: Set<FolderId> };

export function books(host: Host): Books {
  const borne = async (series: string, number: number): Promise<boolean> => (await host.participant.find('book-line', lineKey(series, number), 1)).length > 0;
  return { host, numbers: numberSeries(host, { name: 'books', last: lastNumber, sideOf: sideOfSeries, fate, borne }), opened: new Set() };
}

/** Both effects; `kept` is asked late, for effects are made before the participant. */
export function bookEffects(kept: () => Books): Readonly<Record<string, Effect<FolderState>>> {
  return {
    'enter-in-book': {
      async run({ view, folder }) {
        const { dossier } = view.state, root = dossier.root;
        if (root === null || root.book !== null) return { drafts: [] };
        const draft: Draft = { item: root.id, kind: 'entered-in-book', body: await enter(kept(), folder, root.id, bookOf(dossier)) };
        return { drafts: stamped(dossier, [draft]) };
      },
    },
    'close-book': {
      async run({ view }) {
        const { record } = view.state;
        if (record === null || record.keys['.closedAt'] !== undefined) return { drafts: [] };
        const { host, numbers } = kept(), { keys, item } = record;
        const last = await numbers.close(seriesOf({ side: 'real', office: keys['.office']![0]!, year: keys['.year']![0]! }));
        const body = { facts: { part: '', commitment: '' }, keys: { ...keys, '.closedAt': [String(host.world.now())], '.entered': [String(last)] }, reason: 'closed' };
        return { drafts: [{ item, kind: 'record-changed', body }] };
      },
    },
  };
}

/** A line for a dossier that is about to be received; `done` as of `Lent`. Null: a duty enters it. */
export async function lendLine(kept: Books, folder: FolderId, first: BookName): Promise<{ readonly line: BookLineNumber; readonly done: Lent['done'] } | null> {
  let lent: Lent | undefined;
  try {
    return await inOpenBook(kept, first, async (book) => {
      lent = await kept.numbers.lend(seriesOf(book), { folder, item: receipt });
      return { line: { office: book.office, year: book.year, number: lent.number }, done: lent.done };
    });
  } catch (error) {
    lent?.done(false);
    if (error instanceof HubError) return null;
    throw error;
  }
}

async function enter(kept: Books, folder: FolderId, item: string, first: BookName): Promise<BookLineNumber> {
  return inOpenBook(kept, first, async (book) => ({ office: book.office, year: book.year, number: await kept.numbers.take(seriesOf(book), { folder, item, state: 'received' }) }));
}

/** What comes when its book is closed is entered in the next. */
async function inOpenBook<T>(kept: Books, first: BookName, entered: (book: BookName) => Promise<T>): Promise<T> {
  let book = first;
  for (let tries = 0;; tries++) {
    try {
      const line = await entered(book);
      await openBook(kept, book);
      return line;
    } catch (error) {
      if (!(error instanceof HubError) || error.code !== 'SERIES_CLOSED' || tries >= maxClosedBooks) throw error;
      book = nextYear(book);
    }
  }
}

const utf8 = new TextEncoder();
export const bookFolder = (host: Host, book: BookName): FolderId => host.world.hash(utf8.encode(`${bookType}|${seriesOf(book)}`));

/** Opens the record of a book with its first number; again is once. */
async function openBook({ host, opened }: Books, book: BookName): Promise<void> {
  const folder = bookFolder(host, book);
  if (opened.has(folder)) return;
  assertWhole(host);
  if (await host.participant.view(folder, (view) => view.state.record !== null) === true) return void opened.add(folder);
  const id = host.world.hash(utf8.encode(`open|${seriesOf(book)}`));
  const handled = await host.participant.handle(folder, {
    request: { id, digest: id },
    decide: ({ author, now, state }) => (state.record !== null ? { drafts: [] } : { drafts: [{ item: '', kind: 'record-opened', creates: [author], body: { type: onSide(book.side, bookType), facts: { part: '', commitment: '' }, keys: { '.office': [book.office], '.year': [book.year], '.openedAt': [String(now)] } } }] }),
    reply: () => null,
  });
  if (!handled.ok) throw errorOfRefusal(handled.refusal);
  opened.add(folder);
}
