/** When something is due, asked without a dossier: by whoever prints a notice, checks a table of dates or wants to know why a date is what it is. */
import type { CalendarDay, Channel, Instant, Office, OfficeId, Procedure, Reference, Span, Text } from './types.ts';
import { isInForce } from './jurisdiction.ts';
import { isTimeRefusal, localDate, parseInstant, parseSpan } from './time/index.ts';
import type { Counting, TimeRefusal, WorkingTime } from './time/index.ts';

/** As people type it; nothing is checked yet. Field names are those of a line of a batch. */
export type DueQuestion = { readonly [field in DueField]?: unknown };
export type DueField = 'received' | 'span' | 'procedure' | 'channel' | 'case' | 'office' | 'counting' | 'hand_over';

export type DueRule = {
  readonly span: Span; readonly counting: Counting; readonly handOver: boolean;
  /** The procedure that says so, and its legal basis; null: the question said it itself. */
  readonly procedure: { readonly code: string; readonly channel: Channel; /** The case that was named; null: none, and the limit is that of the channel. */ readonly case: string | null; readonly validFrom: string; readonly legalBasis: readonly string[] } | null;
};
export type DueAnswer = {
  readonly starts: Instant; readonly due: Instant; readonly rule: DueRule;
  readonly calendar: {
    /** Id of the weekly sessions, and the office that keeps them; null: the default ones. */
    readonly sessions: string; readonly office: OfficeId | null;
    /** Rests on rows that are not announced yet. */
    readonly provisional: boolean;
    /** Rows of the calendar that lie between receipt and end and were applied. */
    readonly days: readonly CalendarDay[];
  };
};
export type DueFault = { readonly field: DueField | 'line'; readonly problem: Text; readonly remedy: Text };

export const defaultSessionsId = 'default';

const channels: readonly string[] = ['counter', 'online', 'post'];
const countings: readonly string[] = ['elapsed', 'first-day-excluded'];
const fields: readonly string[] = ['received', 'span', 'procedure', 'channel', 'case', 'office', 'counting', 'hand_over'];

export function isDueFault(answer: DueAnswer | DueFault): answer is DueFault {
  return 'problem' in answer;
}

/** Builds a fault of one field. */
export function dueFault(field: DueFault['field'], problem: readonly [vi: string, en: string], remedy: readonly [vi: string, en: string]): DueFault {
  return { field, problem: { vi: problem[0], en: problem[1] }, remedy: { vi: remedy[0], en: remedy[1] } };
}

const shown = (value: unknown): string => (value === undefined ? '–' : JSON.stringify(value) ?? String(value)).slice(0, 80);

/** The answer, or the first field that does not do, with what would. A field that is null is one that is not given. */
export function answerDue(asked: DueQuestion, reference: Reference, work: WorkingTime): DueAnswer | DueFault {
  const question: DueQuestion = Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== null));
  const stranger = Object.keys(question).find((name) => !fields.includes(name));
  if (stranger !== undefined) return dueFault('line', [`không có trường ${shown(stranger)}`, `there is no field ${shown(stranger)}`], [`chỉ dùng: ${fields.join(', ')}`, `use only: ${fields.join(', ')}`]);
  const received = receivedOf(question.received);
  if (typeof received !== 'number') return received;
  const rule = ruleOf(question, received, reference);
  if ('problem' in rule) return rule;
  const office = officeOf(question.office, received, reference);
  if (office !== null && 'problem' in office) return office;
  return computed(received, rule, office, reference, work);
}

function receivedOf(value: unknown): Instant | DueFault {
  const remedy = ['ghi ngày giờ có múi giờ, ví dụ 2026-02-13T15:30:00+07:00', 'write date and time with a zone, e.g. 2026-02-13T15:30:00+07:00'] as const;
  if (typeof value !== 'string') return dueFault('received', [`thời điểm nhận: ${shown(value)}`, `the time of receipt is ${shown(value)}`], remedy);
  const parsed = parseInstant(value);
  return isTimeRefusal(parsed) ? dueFault('received', [`không phải thời điểm: ${shown(value)}`, `not a time: ${shown(value)}`], remedy) : parsed;
}

function ruleOf(question: DueQuestion, received: Instant, reference: Reference): DueRule | DueFault {
  const { span, procedure: code, counting, hand_over: handOver } = question;
  if (counting !== undefined && !countings.includes(counting as string)) return dueFault('counting', [`cách tính lạ: ${shown(counting)}`, `no way of counting: ${shown(counting)}`], [`một trong: ${countings.join(', ')}`, `one of: ${countings.join(', ')}`]);
  if (handOver !== undefined && typeof handOver !== 'boolean') return dueFault('hand_over', [`không phải true hay false: ${shown(handOver)}`, `neither true nor false: ${shown(handOver)}`], ['ghi true hoặc false', 'write true or false']);
  if (question.channel !== undefined && !channels.includes(question.channel as string)) return dueFault('channel', [`không có hình thức nộp ${shown(question.channel)}`, `there is no channel ${shown(question.channel)}`], [`một trong: ${channels.join(', ')}`, `one of: ${channels.join(', ')}`]);
  if ((span === undefined) === (code === undefined)) return dueFault('span', ['cần đúng một trong span và procedure', 'exactly one of span and procedure is needed'], ['ghi span (3wd, 20wh, 15d) hoặc procedure (mã thủ tục)', 'give a span (3wd, 20wh, 15d) or a procedure (its code)']);
  if (code === undefined && question.case !== undefined) return dueFault('case', [`trường hợp ${shown(question.case)} mà không có thủ tục`, `case ${shown(question.case)} of no procedure`], ['ghi thêm procedure, hoặc bỏ case', 'name the procedure, too, or leave the case out']);
  const base = code === undefined ? ruleOfSpan(span) : ruleOfProcedure(code, question, received, reference);
  if ('problem' in base) return base;
  const rule: DueRule = { ...base, counting: (counting as Counting | undefined) ?? base.counting, handOver: handOver ?? base.handOver };
  return rule.counting === 'first-day-excluded' && !rule.span.endsWith('d') ? hoursExcluded(rule.span) : rule;
}

function hoursExcluded(span: Span): DueFault {
  return dueFault('counting', [`không tính giờ, phút (${span}) khi ngày đầu không tính`, `hours and minutes (${span}) cannot be counted with the first day excluded`], ['dùng elapsed, hoặc thời hạn theo ngày', 'use elapsed, or a limit in days']);
}

function ruleOfSpan(span: unknown): DueRule | DueFault {
  if (typeof span === 'string' && !isTimeRefusal(parseSpan(span))) return { span, counting: 'elapsed', handOver: false, procedure: null };
  return dueFault('span', [`không phải thời hạn: ${shown(span)}`, `not a span: ${shown(span)}`], ['số nguyên dương có đơn vị: 3wd (ngày làm việc), 20wh (giờ làm việc), 15d (ngày), 10min', 'a positive whole number with its unit: 3wd (working days), 20wh (working hours), 15d (calendar days), 10min']);
}

function ruleOfProcedure(code: unknown, { channel: chosen, case: named }: DueQuestion, received: Instant, reference: Reference): DueRule | DueFault {
  const on = localDate(received);
  const procedure = typeof code === 'string' ? reference.procedure(code, on) : undefined;
  if (procedure === undefined) return dueFault('procedure', [`không có thủ tục ${shown(code)} ngày ${on}`, `there is no procedure ${shown(code)} on ${on}`], ['ghi mã thủ tục có hiệu lực ngày đó, ví dụ 1.001193', 'give the code of a procedure in force that day, e.g. 1.001193']);
  const channel = chosen ?? defaultChannel(procedure);
  if (!procedure.channels.includes(channel as Channel)) return dueFault('channel', [`thủ tục ${procedure.code} không nhận qua ${shown(channel)}`, `procedure ${procedure.code} is not offered by ${shown(channel)}`], [`một trong: ${procedure.channels.join(', ')}`, `one of: ${procedure.channels.join(', ')}`]);
  if (named !== undefined && !procedure.cases.includes(named as string)) return dueFault('case', [`thủ tục ${procedure.code} không có trường hợp ${shown(named)}`, `procedure ${procedure.code} has no case ${shown(named)}`], [`một trong: ${procedure.cases.join(', ')}`, `one of: ${procedure.cases.join(', ')}`]);
  const { counting, handOver, validFrom, legalBasis } = procedure, own = (named as string | undefined) ?? null;
  return { span: (own === null ? undefined : procedure.caseLimits?.[own]) ?? procedure.limit[channel as Channel], counting, handOver, procedure: { code: procedure.code, channel: channel as Channel, case: own, validFrom, legalBasis } };
}

const defaultChannel = (procedure: Procedure): Channel => (procedure.channels.includes('counter') ? 'counter' : procedure.channels[0]!);

function officeOf(id: unknown, received: Instant, reference: Reference): Office | null | DueFault {
  if (id === undefined) return null;
  const office = typeof id === 'string' ? reference.office(id) : undefined;
  if (office === undefined) return dueFault('office', [`không có cơ quan ${shown(id)}`, `there is no office ${shown(id)}`], ['ghi mã cơ quan trong dữ liệu tham chiếu', 'give the id of an office of the reference data']);
  const on = localDate(received);
  if (isInForce(office, on)) return office;
  const heir = reference.officeNow(office.id, on);
  return dueFault('office', [`${office.id} không hoạt động ngày ${on}`, `${office.id} is not in force on ${on}`], [heir === undefined ? 'ghi cơ quan hoạt động ngày đó' : `ghi cơ quan kế thừa ${heir.id}`, heir === undefined ? 'give an office in force that day' : `give its successor ${heir.id}`]);
}

function computed(received: Instant, rule: DueRule, office: Office | null, reference: Reference, work: WorkingTime): DueAnswer | DueFault {
  const sessions = office?.sessions ?? defaultSessionsId;
  const start = work.startOfClock(received, { sessions, handOver: rule.handOver });
  if (isTimeRefusal(start)) return faultOf(start);
  const due = work.dueAt(start.starts, rule.span, rule.counting, sessions);
  if (isTimeRefusal(due)) return faultOf(due);
  return { starts: start.starts, due: due.due, rule, calendar: { sessions, office: office?.id ?? null, provisional: start.provisional || due.provisional, days: appliedDays(reference, received, due.due) } };
}

function appliedDays(reference: Reference, from: Instant, to: Instant): CalendarDay[] {
  const first = localDate(from), last = localDate(to);
  return [...reference.calendar.days.values()].filter((row) => row.date >= first && row.date <= last && row.status !== 'to-confirm').sort((a, b) => (a.date < b.date ? -1 : 1));
}

/** What the calendar lacks is mended in its file, save a span or a time, which were checked before. */
function faultOf(refused: TimeRefusal): DueFault {
  switch (refused.refused) {
    case 'NO_CALENDAR': return dueFault('received', [`lịch chưa có năm ${refused.year}`, `the calendar has no rows for ${refused.year}`], [`bổ sung ngày nghỉ năm ${refused.year} vào lịch`, `enter the holidays of ${refused.year} into the calendar`]);
    case 'NO_SESSIONS': return dueFault('office', [`không có giờ làm việc "${refused.sessions}" ngày ${refused.date}`, `no sessions "${refused.sessions}" are in force on ${refused.date}`], ['bổ sung giờ làm việc vào lịch', 'enter the sessions into the calendar']);
    case 'HOURS_WITH_FIRST_DAY_EXCLUDED': return hoursExcluded(refused.span);
    case 'BAD_SPAN': case 'BAD_INSTANT': case 'SUSPENDED': throw new RangeError(`${refused.refused} of a question that was checked`);
  }
}
