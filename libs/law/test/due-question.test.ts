import { describe, expect, test } from 'vitest';
import { answerDue, isDueFault } from '../src/due-question.ts';
import type { DueQuestion } from '../src/due-question.ts';
import { printInstant, workingTime } from '../src/time/index.ts';
import { referenceOfTests } from './world/reference-of-tests.ts';

const work = workingTime(referenceOfTests.calendar);
const short = (at: number): string => printInstant(at).slice(0, 16);

function outcome(question: DueQuestion): string {
  const answer = answerDue(question, referenceOfTests, work);
  if (isDueFault(answer)) return `${answer.field}: ${answer.problem.en}`;
  const { span, counting, handOver, procedure } = answer.rule;
  return `${short(answer.starts)} → ${short(answer.due)} ${span} ${counting}${handOver ? ' hand-over' : ''}${procedure === null ? '' : ` ${procedure.code}/${procedure.channel}`} ${answer.calendar.sessions}${answer.calendar.provisional ? ' provisional' : ''}`;
}

const received = '2026-02-13T15:30:00+07:00';

describe('a question about a due date', () => {
  test.each<[DueQuestion, string]>([
    [{ received, span: '3wd', hand_over: true }, '2026-02-23T07:30 → 2026-02-25T17:00 3wd elapsed hand-over default'],
    [{ received: '2026-02-13T08:30:00Z', span: '3wd', hand_over: true, office: null, procedure: null }, '2026-02-23T07:30 → 2026-02-25T17:00 3wd elapsed hand-over default'],
    [{ received, span: '3wd', counting: 'first-day-excluded' }, '2026-02-13T15:30 → 2026-02-25T17:00 3wd first-day-excluded default'],
    [{ received, span: '15d', office: 'land-branch' }, '2026-02-13T15:30 → 2026-03-02T17:00 15d elapsed default'],
    [{ received: '2026-12-31T09:00+07', span: '1wd' }, '2026-12-31T09:00 → 2027-01-04T09:00 1wd elapsed default provisional'],
    // the procedure says span, counting and hand-over; what the question says itself goes before
    [{ received, procedure: 'extract' }, '2026-02-23T07:30 → 2026-03-06T17:00 10wd elapsed hand-over extract/counter default'],
    [{ received, procedure: 'extract', channel: 'online', hand_over: false }, '2026-02-13T15:30 → 2026-03-06T15:30 10wd elapsed extract/online default'],
    [{ received, procedure: 'extract', counting: 'first-day-excluded' }, '2026-02-23T07:30 → 2026-03-09T17:00 10wd first-day-excluded hand-over extract/counter default'],
    [{}, 'received: the time of receipt is –'], [{ received: 7, span: '3wd' }, 'received: the time of receipt is 7'],
    [{ received: '2026-02-13T15:30', span: '3wd' }, 'received: not a time: "2026-02-13T15:30"'], [{ received: '2026-02-30T15:30+07', span: '3wd' }, 'received: not a time: "2026-02-30T15:30+07"'],
    [{ received }, 'span: exactly one of span and procedure is needed'], [{ received, span: '3wd', procedure: 'extract' }, 'span: exactly one of span and procedure is needed'],
    [{ received, span: '3' }, 'span: not a span: "3"'], [{ received, span: 3 }, 'span: not a span: 3'], [{ received, span: '0wd' }, 'span: not a span: "0wd"'],
    [{ received, procedure: '9.999999' }, 'procedure: there is no procedure "9.999999" on 2026-02-13'], [{ received, procedure: 'extract', channel: 'post' }, 'channel: procedure extract is not offered by "post"'],
    [{ received, procedure: 'extract', case: 'no' }, 'case: procedure extract has no case "no"'], [{ received, span: '3wd', case: 'no' }, 'case: case "no" of no procedure'],
    [{ received, span: '3wd', office: 'nowhere' }, 'office: there is no office "nowhere"'], [{ received, span: '3wd', office: 'civil-tra-my-old' }, 'office: civil-tra-my-old is not in force on 2026-02-13'],
    [{ received, span: '3wd', counting: 'backwards' }, 'counting: no way of counting: "backwards"'], [{ received, span: '3wd', hand_over: 'yes' }, 'hand_over: neither true nor false: "yes"'],
    [{ received, span: '20wh', counting: 'first-day-excluded' }, 'counting: hours and minutes (20wh) cannot be counted with the first day excluded'], [{ received, span: '10min', counting: 'first-day-excluded' }, 'counting: hours and minutes (10min) cannot be counted with the first day excluded'],
    [{ received, span: '3wd', channel: 'fax' }, 'channel: there is no channel "fax"'], [{ received, span: '3wd', channel: 'online' }, '2026-02-13T15:30 → 2026-02-25T15:30 3wd elapsed default'],
    [{ received: '2028-02-13T15:30+07', span: '3wd' }, 'received: the calendar has no rows for 2028'], [{ received, span: '999wd' }, 'received: the calendar has no rows for 2028'],
    [{ received, span: '3wd', spam: 1 } as DueQuestion, 'line: there is no field "spam"'],
  ])('%j: %s', (question, result) => {
    expect(outcome(question)).toBe(result);
  });

  test('shows the rows of the calendar that it applied, not those to confirm', () => {
    const answer = answerDue({ received: '2025-12-31T09:00+07', span: '2wd' }, referenceOfTests, work);
    expect(isDueFault(answer) ? answer : answer.calendar.days.map((one) => `${one.date} ${one.kind}`)).toEqual(['2026-01-01 holiday']);
  });

  test('every fault says in both languages what would do', () => {
    for (const question of [{}, { received }, { received, span: 'x' }, { received, span: '3wd', office: 'civil-tra-my-old' }]) {
      const answer = answerDue(question, referenceOfTests, work);
      if (!isDueFault(answer)) throw new Error('answered');
      expect([answer.remedy.vi, answer.remedy.en].every((text) => text !== '')).toBe(true);
    }
    const ended = answerDue({ received, span: '3wd', office: 'civil-tra-my-old' }, referenceOfTests, work);
    expect(isDueFault(ended) && ended.remedy.en).toBe('give its successor civil-tra-my');
  });
});
