/** Form 03 of what a counter does not receive: there is no dossier, so it stands on what was kept of the refusal alone (NĐ 61/2018/NĐ-CP art. 17.2: the refusal is told on the form, with its reason). */
import type { Instant, LocalDate, OfficeId } from '../types.ts';
import type { LawContext } from '../context.ts';
import { refuse } from '../refusals.ts';
import type { Refusal } from '../refusals.ts';
import { localDate } from '../time/index.ts';
import { editionOn } from './form.ts';
import type { Form, FormBlock, FormEdition, FormFacts } from './form.ts';
import { line, officeText, petition, printedNumber, printedTime, same, text } from './form-words.ts';

export type CounterRefusal = Pick<FormFacts, 'applicant' | 'contact'> & {
  /** Number in the series of counter and year. */
  readonly number: number; readonly year: string;
  readonly office: OfficeId; readonly officer: string; readonly at: Instant;
  /** `procedureFrom`: which version of it was in force. */
  readonly procedure: string; readonly procedureFrom: LocalDate;
  readonly ground: string; readonly reason: string;
  /** Codes of documents of the procedure. */
  readonly missing: readonly string[];
  readonly rehearsal: boolean;
};

/** Under which it is found, and which its bar code bears. */
export const refusalCode = ({ rehearsal, number, year, office }: Pick<CounterRefusal, 'rehearsal' | 'number' | 'year' | 'office'>): string => `${rehearsal ? 'DT-' : ''}TC-${number}-${year}-${office}`;

/** The same refusal gives the same form, whenever it is asked for. FORM_NOT_IN_EDITION: no act knew such a form on that day. */
export function counterRefusalForm(refusal: CounterRefusal, editions: readonly FormEdition[], context: Pick<LawContext, 'reference'>): Form | { readonly refusal: Refusal } {
  const on = localDate(refusal.at), edition = editionOn(editions, 'refusal', on);
  if (edition === undefined) return { refusal: refuse('FORM_NOT_IN_EDITION', { form: 'refusal', date: on }, 'refusal') };
  const procedure = context.reference.procedure(refusal.procedure, refusal.procedureFrom);
  const missing = refusal.missing.map((code) => procedure?.documents.find((one) => one.code === code)?.name ?? same(code));
  const blocks: FormBlock[] = [
    line(text('Số', 'No.'), `${printedNumber(refusal)}/${refusal.year}`, true), ...petition({ name: procedure?.name ?? same(refusal.procedure), procedure: refusal.procedure }, refusal),
    ...(missing.length === 0 ? [] : [{ type: 'list' as const, label: text('Giấy tờ còn thiếu hoặc chưa hợp lệ', 'Missing or not in order'), rows: missing }]),
    ...(refusal.reason === '' ? [] : [line(text('Lý do', 'Reason'), refusal.reason)]), line(text('Căn cứ', 'Ground'), refusal.ground), line(text('Thời điểm từ chối', 'Refused'), printedTime(refusal.at)),
    { type: 'words', text: text('Hồ sơ chưa được tiếp nhận. Giấy tờ đã mang đến được trả lại ngay; có thể nộp lại khi đủ điều kiện.', 'The dossier was not received. All papers were given back; it may be handed in again when it is in order.') },
  ];
  return {
    edition, code: refusalCode(refusal), codeLabel: text('Mã phiếu', 'Refusal'), rehearsal: refusal.rehearsal, track: null, issuedAt: refusal.at, office: officeText(refusal.office, context), blocks,
    signatures: [{ title: text('NGƯỜI TIẾP NHẬN HỒ SƠ', 'RECEIVING OFFICER'), name: refusal.officer }],
  };
}
