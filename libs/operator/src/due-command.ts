/** When something is due: one question, or a file of them, by the calendar and the catalogue of the hub whose data directory this is; where there is none, by those of this release. No hub need run. */
import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { answerDue, dueFault, isDueFault, printInstant } from '@lienthong/law';
import type { DueAnswer, DueFault, DueQuestion, Reference, WorkingTime } from '@lienthong/law';
import { calendarInForce, OFFICE_FOLDER } from '@lienthong/reference-data';
import { readHubConfig } from '@lienthong/runtime';
import { catalogueOfHub, referenceOf } from './catalogue/catalogue-of-hub.ts';
import { print, UsageError } from './command.ts';
import type { Command } from './command.ts';
import { linesOf } from './lines-of.ts';

/** Faults of an unsound calendar printed in full. */
const findingsShown = 5;
/** Bytes of one line of a batch. */
export const maxLineBytes = 65_536;

export const dueCommand: Command = {
  name: 'due',
  usage: '--received T (--procedure C [--channel K] [--case NAME] | --span 3wd|20wh|15d) [--office O] [--counting elapsed|first-day-excluded] [--hand-over] [--json] | --batch FILE|-',
  purpose: { vi: 'Tính ngày hẹn trả theo lịch làm việc; --batch: mỗi dòng một câu hỏi JSON, mỗi dòng một trả lời.', en: 'Computes a due date by the working calendar; --batch: a JSON question a line, an answer a line.' },
  async run(args) {
    const { values } = parseArgs({
      args: [...args],
      options: {
        received: { type: 'string' }, procedure: { type: 'string' }, span: { type: 'string' }, channel: { type: 'string' }, case: { type: 'string' }, office: { type: 'string' }, counting: { type: 'string' },
        'hand-over': { type: 'boolean' }, json: { type: 'boolean' }, batch: { type: 'string' },
      },
    });
    const { batch, json, 'hand-over': handOver, ...asked } = values;
    if (batch !== undefined && (handOver !== undefined || Object.keys(asked).length > 0)) throw new UsageError('--batch: câu hỏi nằm trong tệp / the questions stand in the file');
    const hours = hoursOfHub();
    if (batch !== undefined) return answerAll(batch, hours);
    return answerOne({ ...asked, ...(handOver === undefined ? {} : { hand_over: handOver }) }, json === true, hours);
  },
};

/** `origin`: whose calendar it is. */
type Hours = { readonly reference: Reference; readonly work: WorkingTime; readonly origin: ReturnType<typeof calendarInForce>['origin'] };

function hoursOfHub(): Hours {
  const found = catalogueOfHub(), { calendar, work, origin, findings } = calendarInForce(join(readHubConfig().dataDir, OFFICE_FOLDER), found.base);
  for (const one of findings.slice(0, findingsShown)) process.stderr.write(`Lịch của cơ quan không dùng được / the calendar of this hub does not count: ${one.file}:${one.line} ${one.field}: ${one.problem} → ${one.remedy}\n`);
  return { reference: { ...referenceOf(found), calendar }, work, origin };
}

function answerOne(question: DueQuestion, json: boolean, { reference, work, origin }: Hours): number {
  const answer = answerDue(question, reference, work);
  if (!isDueFault(answer)) { print(json ? JSON.stringify(jsonOf(answer, origin)) : textOf(answer, origin)); return 0; }
  if (json) print(JSON.stringify({ error: answer }));
  process.stderr.write(`${optionOf(answer)}: ${answer.problem.vi}; ${answer.remedy.vi}\n${optionOf(answer)}: ${answer.problem.en}; ${answer.remedy.en}\n`);
  return 2;
}

const optionOf = (fault: DueFault): string => `--${fault.field.replace('_', '-')}`;

/** One answer for each line, errors among them, for which the exit code is 1 at the end; an empty last line asks nothing. */
async function answerAll(file: string, { reference, work, origin }: Hours): Promise<number> {
  let code = 0;
  for await (const line of linesOf(file === '-' ? process.stdin : createReadStream(file))) {
    const answer = answerLine(line, reference, work);
    if (isDueFault(answer)) code = 1;
    const written = process.stdout.write(`${JSON.stringify(isDueFault(answer) ? { error: answer } : jsonOf(answer, origin))}\n`);
    if (!written) await new Promise((resolve) => process.stdout.once('drain', resolve));
  }
  return code;
}

export function answerLine(line: string, reference: Reference, work: WorkingTime): DueAnswer | DueFault {
  const question = questionOf(line);
  return 'problem' in question ? question as DueFault : answerDue(question, reference, work);
}

function questionOf(line: string): DueQuestion | DueFault {
  if (Buffer.byteLength(line) > maxLineBytes) return dueFault('line', [`dòng dài hơn ${maxLineBytes} byte`, `the line is longer than ${maxLineBytes} bytes`], ['mỗi dòng một đối tượng JSON', 'one JSON object a line']);
  try {
    const value: unknown = JSON.parse(line);
    if (typeof value === 'object' && value !== null && !Array.isArray(value) && !('problem' in value)) return value;
  } catch { /* told below */ }
  return dueFault('line', ['dòng không phải đối tượng JSON', 'the line is no JSON object'], ['ghi ví dụ {"received":"2026-02-13T15:30:00+07:00","span":"3wd"}', 'write e.g. {"received":"2026-02-13T15:30:00+07:00","span":"3wd"}']);
}

function jsonOf({ starts, due, rule, calendar }: DueAnswer, origin: Hours['origin']): unknown {
  const { span, counting, handOver, procedure } = rule;
  return {
    starts: printInstant(starts), due: printInstant(due),
    rule: { span, counting, hand_over: handOver, ...(procedure === null ? {} : { procedure: procedure.code, channel: procedure.channel, ...(procedure.case === null ? {} : { case: procedure.case }), valid_from: procedure.validFrom, legal_basis: procedure.legalBasis }) },
    calendar: { origin, sessions: calendar.sessions, ...(calendar.office === null ? {} : { office: calendar.office }), provisional: calendar.provisional, days: calendar.days },
  };
}

const originTexts: Readonly<Record<Hours['origin'], string>> = { 'released': 'lịch phát hành kèm / as released', 'imported': 'lịch của cơ quan / of this hub', 'last-good': 'lịch tốt gần nhất của cơ quan; tệp hiện tại có lỗi / the hub\'s last good one; the present file is not sound' };

function textOf({ starts, due, rule, calendar }: DueAnswer, origin: Hours['origin']): string {
  const days = calendar.days.map((one) => `  ${one.date} ${one.kind.padEnd(12)} ${one.name}${one.status === 'computed' ? ' (chưa công bố / not announced yet)' : ''}`);
  return [
    `tính từ / starts  ${printInstant(starts)}`, `hạn / due         ${printInstant(due)}${calendar.provisional ? ' (tạm tính / provisional)' : ''}`,
    `quy tắc / rule    ${rule.span}, ${rule.counting}${rule.handOver ? ', hand-over' : ''}${rule.procedure === null ? '' : `, ${rule.procedure.code} (${[rule.procedure.channel, ...(rule.procedure.case === null ? [] : [rule.procedure.case])].join(', ')})`}`,
    `lịch / calendar   ${calendar.sessions} (${originTexts[origin]})`, ...days,
  ].join('\n');
}
