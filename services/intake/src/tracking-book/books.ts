/** Enters dossiers in the tracking book and closes it: the number is taken in the series before the dossier's entry says it, and stays the dossier's (see `number-series`). */
import { numberSeries, onSide } from '@lienthong/dossier-service';
import type { FolderState, Host, NumberSeries } from '@lienthong/dossier-service';
import { HubError, errorOfRefusal } from '@lienthong/kernel';
import type { Effect } from '@lienthong/kernel';
import { stamped } from '@lienthong/law';
import type { Draft, FolderId } from '@lienthong/law';
import { bookOf, bookType, fate, lastNumber, lineKey, nextYear, seriesOf, sideOfSeries } from './book-rules.ts';
import type { BookName } from './book-rules.ts';

/** Closed books that a late dossier may find before an open one. */
const maxClosedBooks = 8;

export type Books = { readonly host: Host; readonly numbers: NumberSeries };

export function books(host: Host): Books {
  const borne = async (series: string, number: number): Promise<boolean> => (await host.participant.find('book-line', lineKey(series, number), 1)).length > 0;
  return { host, numbers: numberSeries(host, { name: 'books', last: lastNumber, sideOf: sideOfSeries, fate, borne }) };
}

/** Both effects; `kept` is asked late, for effects are made before the participant. */
export function bookEffects(kept: () => Books): Readonly<Record<string, Effect<FolderState>>> {
  return {
    'enter-in-book': {
      async run({ view, folder }) {
        const { dossier } = view.state, root = dossier.root;
        if (root === null || root.book !== null) return { drafts: [] };
        const { book, number } = await enter(kept(), folder, root.id, bookOf(dossier));
        const draft: Draft = { item: root.id, kind: 'entered-in-book', body: { office: book.office, year: book.year, number } };
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

/** What comes when its book is closed is entered in the next. */
async function enter({ host, numbers }: Books, folder: FolderId, item: string, first: BookName): Promise<{ readonly book: BookName; readonly number: number }> {
  let book = first;
  for (let tries = 0;; tries++) {
    try {
      const number = await numbers.take(seriesOf(book), { folder, item, state: 'received' });
      await openBook(host, book);
      return { book, number };
    } catch (error) {
      if (!(error instanceof HubError) || error.code !== 'SERIES_CLOSED' || tries >= maxClosedBooks) throw error;
      book = nextYear(book);
    }
  }
}

const utf8 = new TextEncoder();
export const bookFolder = (host: Host, book: BookName): FolderId => host.world.hash(utf8.encode(`${bookType}|${seriesOf(book)}`));

/** Opens the record of a book with its first number; again is once. */
async function openBook(host: Host, book: BookName): Promise<void> {
  const folder = bookFolder(host, book);
  if (await host.participant.view(folder, (view) => view.state.record !== null) === true) return;
  const id = host.world.hash(utf8.encode(`open|${seriesOf(book)}`));
  const handled = await host.participant.handle(folder, {
    request: { id, digest: id },
    decide: ({ author, now, state }) => (state.record !== null ? { drafts: [] } : { drafts: [{ item: '', kind: 'record-opened', creates: [author], body: { type: onSide(book.side, bookType), facts: { part: '', commitment: '' }, keys: { '.office': [book.office], '.year': [book.year], '.openedAt': [String(now)] } } }] }),
    reply: () => null,
  });
  if (!handled.ok) throw errorOfRefusal(handled.refusal);
}
