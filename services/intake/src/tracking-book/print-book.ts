/** A page of a tracking book: its lines in the order of their numbers, each filled from the folder of its dossier. */
import { intake } from '@lienthong/contract';
import { actingFor, assertWhole, sideOf } from '@lienthong/dossier-service';
import { HubError, errorOfRefusal } from '@lienthong/kernel';
import type { Call } from '@lienthong/kernel';
import { bookLine, bookPage, editionOn, localDate, refuse, voidLine } from '@lienthong/law';
import type { BookHead, BookLine, Form } from '@lienthong/law';
import { chunksOf, factsOf, infoOf, languageOf, namesOf } from '../forms.ts';
import type { Forms } from '../forms.ts';
import { lineKey, seriesOf } from './book-rules.ts';
import type { BookName } from './book-rules.ts';
import { bookFolder } from './books.ts';
import type { Books } from './books.ts';

/** Lines on a page of the contract. */
export const linesPerPage = 50;

export async function* getTrackingBook(forms: Forms, kept: Books, request: intake.GetTrackingBookRequest, call: Call): AsyncIterable<intake.GetTrackingBookResponse> {
  const { office } = actingFor(call, request.office), book: BookName = { side: sideOf(request.rehearsals), office, year: request.year };
  const page = request.page === 0 ? 1 : request.page;
  if (!/^\d{4}$/.test(request.year)) throw errorOfRefusal(refuse('FIELD_INVALID', { field: 'year', problem: 'YYYY' }, 'year'));
  const head = await headOf(kept, book), pages = Math.max(1, Math.ceil(head.entered / linesPerPage));
  if (page < 1 || page > pages) throw errorOfRefusal(refuse('FIELD_INVALID', { field: 'page', problem: `1–${pages}` }, 'page'));
  const form = await pageOf(forms, book, head, page);
  const bytes = await forms.pdf(form, languageOf(request.language), call.signal);
  let first: Partial<intake.GetTrackingBookResponse> = { book: infoOfBook(head, pages), info: infoOf(forms.host, form, bytes) };
  for (const chunk of chunksOf(bytes)) { yield { chunk, book: undefined, info: undefined, ...first }; first = {}; }
}

function infoOfBook(head: BookHead, pages: number): intake.BookInfo {
  return { office: head.office, year: head.year, openTime: new Date(head.openedAt), closeTime: head.closedAt === null ? undefined : new Date(head.closedAt), entered: head.entered, pages };
}

async function headOf({ host, numbers }: Books, book: BookName): Promise<BookHead> {
  assertWhole(host);
  const keys = await host.participant.view(bookFolder(host, book), (view) => view.state.record?.keys ?? null);
  if (keys == null) throw new HubError('BOOK_NOT_OPENED', { office: book.office, year: book.year }, { field: 'year' });
  const closed = keys['.closedAt']?.[0];
  return { office: book.office, year: book.year, openedAt: Number(keys['.openedAt']![0]), closedAt: closed === undefined ? null : Number(closed), entered: await numbers.last(seriesOf(book)) };
}

async function pageOf({ host, editions }: Forms, book: BookName, head: BookHead, page: number): Promise<Form> {
  const edition = editionOn(editions, 'tracking-book', localDate(head.openedAt));
  if (edition === undefined) throw errorOfRefusal(refuse('FORM_NOT_IN_EDITION', { form: 'tracking-book', date: localDate(head.openedAt) }, 'year'));
  const rows: BookLine[] = [], first = (page - 1) * linesPerPage + 1;
  for (let number = first; number < first + linesPerPage && number <= head.entered; number++) {
    const row = await lineOf({ host }, lineKey(seriesOf(book), number));
    if (row !== null || head.closedAt !== null) rows.push(row ?? voidLine(number));
  }
  return { edition, code: `${book.year}-${book.office}-${page}`, codeLabel: { vi: 'Sổ', en: 'Book' }, rehearsal: book.side === 'rehearsal', track: null, ...bookPage(head, rows, host.environment) };
}

/** Null: the number is taken, and the dossier's entry is under way. */
async function lineOf({ host }: Pick<Forms, 'host'>, key: string): Promise<BookLine | null> {
  const [folder] = await host.participant.find('book-line', key, 1);
  if (folder === undefined) return null;
  const gathered = await host.participant.view(folder, ({ state: { dossier } }) => ({ folder, names: namesOf(dossier), root: dossier.root!.id, said: [] }));
  const facts = gathered === undefined ? undefined : await factsOf(host, gathered);
  return facts === undefined ? null : await host.participant.view(folder, ({ state: { dossier } }) => bookLine(dossier, facts, host.environment)) ?? null;
}
