/** Tracking book (Sổ theo dõi hồ sơ): opened per counter and year, numbers from 1 without a gap, closed when the year is over. */
import type { Instant, OfficeId, Text } from '../types.ts';
import type { LawContext } from '../context.ts';
import type { Dossier } from '../dossier.ts';
import { endingReason, itineraryLegs } from '../itinerary.ts';
import { dossierDue } from '../limits.ts';
import { localDate } from '../time/index.ts';
import { stateTexts } from '../tracking.ts';
import type { FormContent } from './form-content.ts';
import type { FormBlock, FormFacts } from './form.ts';
import { joined, line, officeText, partyName, placeOf, printedNumber, printedTime, same, text } from './form-words.ts';

type Context = Pick<LawContext, 'reference' | 'work'>;
/** A line of the book: columns in the order of `bookColumns`. */
export type BookLine = readonly Text[];

/** The year whose book a dossier belongs into: that in which it was entered, also when the paper came before (a book that is closed takes nothing). */
export function bookYear({ rehearsal, receivedAt, recordedAt }: { readonly rehearsal: boolean; readonly receivedAt: Instant; readonly recordedAt: Instant }): string {
  return localDate(rehearsal ? receivedAt : recordedAt).slice(0, 4);
}

const column = (vi: string, en: string, share: number): { readonly title: Text; readonly share: number } => ({ title: text(vi, en), share });
export const bookColumns = [
  column('STT', 'No.', 0.04), column('Mã hồ sơ', 'Code', 0.13), column('Thủ tục', 'Procedure', 0.13), column('Số bộ', 'Sets', 0.04), column('Chủ hồ sơ', 'Applicant', 0.11), column('Địa chỉ, liên hệ', 'Address, contact', 0.13),
  column('Cơ quan chủ trì', 'Responsible office', 0.11), column('Nhận', 'Received', 0.07), column('Hẹn trả', 'Due', 0.07), column('Trả', 'Returned', 0.07), column('Kênh', 'Channel', 0.05), column('Ghi chú', 'Note', 0.05),
] as const;

const channels = { counter: text('trực tiếp', 'counter'), online: text('trực tuyến', 'online'), post: text('bưu chính', 'post') } as const;

/** What the book says of a dossier; its number is the first column. */
export function bookLine(dossier: Dossier, facts: FormFacts, context: Context): BookLine {
  const root = dossier.root!, { body } = root, legs = itineraryLegs(dossier), lead = legs.find((one) => one.plan.decides) ?? legs.at(-1);
  const ending = root.closed?.outcome ?? endingReason(dossier), due = dossierDue(dossier, context).due ?? root.limit.dueAt;
  const contact = [placeOf(facts), facts.contact?.phone ?? '', facts.contact?.email ?? ''].filter((one) => one !== '').join('; ');
  return [
    same(printedNumber(root.book)), same(body.code), joined(body.name, ` (${body.procedure})`), same('01'), same(partyName(facts.applicant)), same(contact), lead === undefined ? same('') : officeText(lead.office, context),
    same(printedTime(root.receivedAt)), same(printedTime(due)), same(printedTime(root.returned.at(-1)?.at ?? null)), channels[body.channel], ending === null || ending === 'returned' ? same('') : stateTexts[ending],
  ];
}

/** The line of a number that no dossier bears: its receipt was cut off, and the book closed before another took it. */
export function voidLine(number: number): BookLine {
  return bookColumns.map((_column, n) => (n === 0 ? same(printedNumber({ number })) : n === bookColumns.length - 1 ? text('hủy số', 'void') : same('')));
}

export function bookTable(rows: readonly BookLine[]): FormBlock {
  return { type: 'table', label: null, columns: bookColumns, rows };
}

/** The line of one dossier, as an extract: nobody else stands on it. */
export function bookExtract(dossier: Dossier, facts: FormFacts, context: Context): FormContent | null {
  const root = dossier.root!;
  if (root.book === null) return null;
  return {
    issuedAt: Math.max(root.receivedAt, ...dossier.entries.map((one) => one.effectiveAt)), office: officeText(root.book.office, context), signatures: [],
    blocks: [line(text('Trích sổ năm', 'Extract of the book of'), root.book.year), line(text('Số thứ tự', 'Number'), printedNumber(root.book), true), bookTable([bookLine(dossier, facts, context)])],
  };
}

/** `closedAt`: null while it is open. `entered`: the numbers given so far. */
export type BookHead = { readonly office: OfficeId; readonly year: string; readonly openedAt: Instant; readonly closedAt: Instant | null; readonly entered: number };

/** A page of the book with its head. */
export function bookPage(head: BookHead, rows: readonly BookLine[], context: Context): FormContent {
  const closed = head.closedAt === null ? text('đang mở', 'open') : joined(printedTime(head.closedAt), text(`, số cuối ${printedNumber({ number: head.entered })}`, `, last number ${printedNumber({ number: head.entered })}`));
  return {
    issuedAt: head.closedAt ?? head.openedAt, office: officeText(head.office, context),
    blocks: [line(text('Năm', 'Year'), head.year), line(text('Mở sổ', 'Opened'), printedTime(head.openedAt)), line(text('Khóa sổ', 'Closed'), closed), line(text('Số hồ sơ đã vào sổ', 'Dossiers entered'), String(head.entered)), bookTable(rows)],
    signatures: [{ title: text('NGƯỜI GIỮ SỔ', 'KEPT BY'), name: '' }],
  };
}
