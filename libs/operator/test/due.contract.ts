/** `lienthong due` as it is typed: one question, a file of them, and what is refused. */
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { releasedData } from '@lienthong/reference-data';
import { afterAll, expect, test } from 'vitest';
import { maxLineBytes } from '../src/due-command.ts';

/** Milliseconds: each question starts a program. */
const patience = { timeout: 300_000 };

const folder = mkdtempSync(join(tmpdir(), 'lienthong-due-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A data directory without a hub. */
const data = join(folder, 'data'), calendarFile = join(data, 'reference', 'calendar.json');

function operator(...args: string[]): { status: number | null; stdout: string; stderr: string } {
  return spawnSync(process.execPath, ['libs/operator/src/main.ts', ...args], { encoding: 'utf8', cwd: join(import.meta.dirname, '../../..'), env: { PATH: process.env['PATH'] ?? '', LIENTHONG_DATA_DIR: data } });
}

function due(...args: string[]): { status: number | null; out: string; err: string } {
  const { status, stdout, stderr } = operator('due', ...args);
  return { status, out: stdout, err: stderr };
}

test('one question', patience, () => {
  const { status, out } = due('--received', '2026-02-13T15:30:00+07:00', '--span', '3wd', '--hand-over', '--json');
  expect(status).toBe(0);
  expect(JSON.parse(out)).toMatchObject({ starts: '2026-02-23T07:30:00+07:00', due: '2026-02-25T17:00:00+07:00', rule: { span: '3wd', counting: 'elapsed', hand_over: true }, calendar: { sessions: 'default', provisional: false } });
});

test('bad input names the field and what would do', patience, () => {
  const { status, out, err } = due('--received', '2026-02-13T15:30:00+07:00', '--span', '3', '--json');
  expect([status, (JSON.parse(out) as { error: { field: string } }).error.field]).toEqual([2, 'span']);
  expect(err).toContain('--span: not a span: "3"; a positive whole number with its unit');
  expect(due('--receive', 'x').status).toBe(2);
  expect(due('--batch', join(folder, 'missing')).status).toBe(1);
});

test('a file: one answer a line, the wrong ones among them', patience, () => {
  const file = join(folder, 'questions.jsonl');
  const lines = ['{"received":"2026-03-02T09:00:00+07:00","span":"1wd"}', 'nonsense', '', '[]', '{"problem":1}', '{"received":"2026-03-02T09:00:00+07:00","procedure":"no"}', `"${'x'.repeat(maxLineBytes)}"`, '{"received":"2026-03-02T02:00:00Z","span":"20wh"}'];
  writeFileSync(file, lines.join('\n'));
  const { status, out } = due('--batch', file);
  const answers = out.trimEnd().split('\n').map((line) => JSON.parse(line) as { due?: string; error?: { field: string } });
  expect([status, ...answers.map((one) => one.due ?? one.error?.field)]).toEqual([1, '2026-03-03T09:00:00+07:00', 'line', 'line', 'line', 'line', 'procedure', 'line', '2026-03-04T16:00:00+07:00']);
});

test('a line ends where it is broken and nowhere else; a byte order mark and carriage returns are none of it', patience, () => {
  const file = join(folder, 'separators.jsonl'), asked = '{"received":"2026-03-02T09:00:00+07:00","span":"1wd","office":OFFICE}';
  writeFileSync(file, `\uFEFF${['null', '"\u2028\u2029\u0085"', 'null'].map((office) => asked.replace('OFFICE', office)).join('\r\n')}\r\n`);
  const { status, out } = due('--batch', file);
  expect([status, ...out.trimEnd().split('\n').map((line) => (JSON.parse(line) as { due?: string; error?: { field: string } }))].map((one) => (typeof one === 'object' && one !== null ? one.due ?? one.error?.field : one)))
    .toEqual([1, '2026-03-03T09:00:00+07:00', 'office', '2026-03-03T09:00:00+07:00']);
  writeFileSync(file, asked.replace('OFFICE', 'null'));
  expect(due('--batch', file).status).toBe(0);
});

test('a case has the limit of its own; elsewhere that of the channel holds', patience, () => {
  const file = join(folder, 'cases.jsonl'), asked = { received: '2026-03-02T09:00:00+07:00', procedure: '1.004859' };
  const questions = [{}, { case: 'change' }, { case: 'addition' }, { case: 'no' }, { case: 'addition', procedure: undefined, span: '1wd' }].map((more) => JSON.stringify({ ...asked, ...more }));
  writeFileSync(file, questions.join('\n'));
  const answers = due('--batch', file).out.trimEnd().split('\n').map((line) => JSON.parse(line) as { due?: string; rule?: { span: string; case?: string }; error?: { field: string } });
  expect(answers.map((one) => [one.rule?.span ?? one.error?.field, one.rule?.case])).toEqual([['3wd', undefined], ['3wd', 'change'], ['1wd', 'addition'], ['case', undefined], ['case', undefined]]);
  const one = due('--received', asked.received, '--procedure', '1.004859', '--case', 'addition', '--json');
  expect([one.status, (JSON.parse(one.out) as { due: string }).due]).toEqual([0, '2026-03-03T09:00:00+07:00']);
});

test('the calendar of the hub whose data directory it is, said in the answer; where its file is not sound, the last good one', patience, () => {
  const asked = ['--received', '2026-03-02T09:00:00+07:00', '--span', '1wd'], json = (): unknown => JSON.parse(due(...asked, '--json').out);
  expect(json()).toMatchObject({ due: '2026-03-03T09:00:00+07:00', calendar: { origin: 'released', days: [] } });
  const own = JSON.parse(readFileSync(join(releasedData, 'calendar.json'), 'utf8')) as { days: unknown[] };
  own.days.push({ date: '2026-03-03', kind: 'swap-off', name: 'Nghỉ hoán đổi', status: 'announced' });
  mkdirSync(join(data, 'reference', 'last-good'), { recursive: true });
  writeFileSync(calendarFile, JSON.stringify(own));
  expect(json()).toMatchObject({ due: '2026-03-04T09:00:00+07:00', calendar: { origin: 'imported', days: [{ date: '2026-03-03', kind: 'swap-off' }] } });
  expect(due(...asked).out).toContain('lịch của cơ quan / of this hub');
  copyFileSync(calendarFile, join(data, 'reference', 'last-good', 'calendar.json'));
  writeFileSync(calendarFile, 'nonsense');
  expect(json()).toMatchObject({ due: '2026-03-04T09:00:00+07:00', calendar: { origin: 'last-good' } });
  expect(readFileSync(calendarFile, 'utf8')).toBe('nonsense');
  rmSync(join(data, 'reference', 'last-good'), { recursive: true });
  const told = due(...asked, '--json');
  expect([told.status, JSON.parse(told.out)]).toMatchObject([0, { calendar: { origin: 'released' } }]);
  expect(told.err).toContain('the calendar of this hub does not count: calendar.json:1');
  rmSync(join(data, 'reference'), { recursive: true });
});

test('an office of the province keeps sessions of the calendar of the province: first the calendar, then the offices', patience, () => {
  const run = (...args: string[]): { status: number | null; out: string } => { const { status, stdout } = operator(...args); return { status, out: stdout }; };
  const table = join(folder, 'offices.csv'), office = (sessions: string): void => writeFileSync(table, `id,name_vi,name_en,service,roles,serves,agency_code,valid_from,act,sessions\nbusiness-20194-202507,Cơ quan đăng ký kinh doanh,Business Registrar,business-registration,business-registration,20194@2025-07-01,H17.101.03,2025-07-01,QĐ 1,${sessions}\n`);
  const own = JSON.parse(readFileSync(join(releasedData, 'calendar.json'), 'utf8')) as { sessions: { id: string; week: Record<string, unknown>; countsOnRestDays?: number[] }[] }, usual = own.sessions[0]!;
  own.sessions.push({ ...usual, id: 'saturday', week: { ...usual.week, 6: [{ from: 420, to: 660 }] }, countsOnRestDays: [6] });
  mkdirSync(join(data, 'reference'), { recursive: true });
  office('saturday');
  expect(run('import', 'offices', '--file', table, '--json')).toMatchObject({ status: 1 });
  writeFileSync(calendarFile, JSON.stringify(own));
  expect(run('import', 'offices', '--file', table, '--json')).toMatchObject({ status: 0 });
  const asked = ['--received', '2026-03-06T09:00:00+07:00', '--span', '1wd', '--json'];
  expect(JSON.parse(due(...asked, '--office', 'business-20194-202507').out)).toMatchObject({ due: '2026-03-07T08:30:00+07:00', calendar: { origin: 'imported', sessions: 'saturday', office: 'business-20194-202507' } });
  expect(JSON.parse(due(...asked).out)).toMatchObject({ due: '2026-03-09T09:00:00+07:00' });
  office('sunday');
  expect(run('import', 'offices', '--file', table, '--json')).toMatchObject({ status: 1 });
});

test('the proof of the catalogue tells what is wrong with the calendar of the hub, by its line', patience, () => {
  rmSync(join(data, 'reference'), { recursive: true, force: true });
  mkdirSync(join(data, 'reference'), { recursive: true });
  writeFileSync(calendarFile, '{"sessions":[],\n"days":[null]}');
  const { status, stdout } = operator('catalogue', 'check', '--json');
  rmSync(calendarFile);
  expect([status, (JSON.parse(stdout) as { findings: unknown[] }).findings]).toMatchObject([1, [{ file: 'calendar.json', line: 2, problem: 'days[0] is null, no record' }]]);
});
