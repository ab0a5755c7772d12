/** The tracking book as duties: every dossier is entered once, in the book of its counter and year; a book is closed when its year is over. Pure. */
import { onSide, sideOfDossier } from '@lienthong/dossier-service';
import type { Claim, Fate, FolderState, RecordRules, RegisterRecord, Side } from '@lienthong/dossier-service';
import type { Duty, DutyContext, IndexFields, Rules } from '@lienthong/kernel';
import { bookYear, holderOf, instantAt } from '@lienthong/law';
import type { Dossier, Instant, OfficeId } from '@lienthong/law';

/** A book of a counter and year; rehearsals have books of their own. */
export type BookName = { readonly side: Side; readonly office: OfficeId; readonly year: string };

/** Six digits: more than any counter takes in a year. */
export const lastNumber = 999_999;
/** After midnight of the year's end, for dossiers received last to be entered; hours. */
export const closingGraceHours = 24;

export const bookType = 'tracking-book';
/** Name of its series: `2026@counter-20410-202507`; of a rehearsal `DT-2026@…`. */
export const seriesOf = ({ side, office, year }: BookName): string => `${side === 'rehearsal' ? 'DT-' : ''}${year}@${office}`;
export const sideOfSeries = (series: string): Side => (series.startsWith('DT-') ? 'rehearsal' : 'real');
/** By which a dossier is found from its line. */
export const lineKey = (series: string, number: number): string => `${series}/${number}`;

/** The book in which a counter enters what it receives then. */
export function bookAt(office: OfficeId, side: Side, times: { readonly receivedAt: Instant; readonly recordedAt: Instant }): BookName {
  return { side, office, year: bookYear({ rehearsal: side === 'rehearsal', ...times }) };
}

export function bookOf(dossier: Dossier): BookName {
  const { body, receivedAt, recordedAt } = dossier.root!;
  return bookAt(body.counter, sideOfDossier(dossier), { receivedAt, recordedAt });
}

/** The book that goes on where one is closed. */
export const nextYear = (book: BookName): BookName => ({ ...book, year: String(Number(book.year) + 1).padStart(4, '0') });

/** When a book is due to be closed. */
export function closesAt(year: string): Instant {
  return instantAt(`${String(Number(year) + 1).padStart(4, '0')}-01-01`, closingGraceHours * 60);
}

/** A dossier bears one number for life; one that was closed without will never bear it. */
export function fate(claim: Claim, dossier: Dossier, series: string): Fate {
  const root = dossier.root;
  if (root === null) return 'waiting';
  if (root.book !== null) return root.book.number === claim.number && seriesOf({ side: sideOfDossier(dossier), office: root.book.office, year: root.book.year }) === series ? 'used' : 'free';
  return root.closed === null ? 'waiting' : 'free';
}

export function lineIndex(dossier: Dossier): IndexFields {
  const book = dossier.root?.book ?? null;
  return book === null ? {} : { 'book-line': [lineKey(seriesOf({ side: sideOfDossier(dossier), office: book.office, year: book.year }), book.number)] };
}

/** What is owed in the record of a book itself. */
export const bookRecords: RecordRules = { duties: bookDuties, wakeAt: bookWake };

/** The rules of dossiers with those of the book: nobody closes a dossier that stands in no book. */
export function withBooks(base: Rules<FolderState>): Rules<FolderState> {
  return {
    ...base,
    duties: (state, context) => (state.record === null ? dossierDuties(base, state, context) : base.duties(state, context)),
  };
}

function dossierDuties(base: Rules<FolderState>, state: FolderState, context: DutyContext): readonly Duty[] {
  const found = base.duties(state, context), { root } = state.dossier;
  if (root === null || root.book !== null || root.closed !== null || !context.isMine(holderOf(state.dossier, root))) return found;
  return [...found.filter((one) => one.kind !== 'closing-started'), { key: `enter:${root.id}`, kind: 'enter', perform: 'enter-in-book', input: {} }];
}

const isOpenBook = (record: RegisterRecord): boolean => record.type === onSide('real', bookType) && record.keys['.closedAt'] === undefined;
const yearOf = (record: RegisterRecord): string => record.keys['.year']?.[0] ?? '9998';

/** Books of rehearsals live by no calendar: they are not closed. */
function bookDuties(record: RegisterRecord, { now }: DutyContext): readonly Duty[] {
  return isOpenBook(record) && now >= closesAt(yearOf(record)) ? [{ key: `close:${record.id}`, kind: 'close', perform: 'close-book', input: {} }] : [];
}

function bookWake(record: RegisterRecord, { now }: DutyContext): Instant | null {
  return isOpenBook(record) && now < closesAt(yearOf(record)) ? closesAt(yearOf(record)) : null;
}
