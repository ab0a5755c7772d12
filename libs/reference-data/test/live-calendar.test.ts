/** A calendar that changes while the hub runs: what is unsound is refused with line and remedy, and the last good one stays. */
import { mkdtempSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { parseInstant } from '@lienthong/law';
import { liveCalendar, loadReference, readCalendarFile, releasedData } from '../src/index.ts';
import type { CalendarFile, LiveCalendar } from '../src/index.ts';

const base = { ...readCalendarFile(), offices: loadReference().offices };
const root = mkdtempSync(join(tmpdir(), 'lienthong-calendar-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));
let folders = 0;
const folder = (): string => { const path = join(root, String(folders++)); mkdirSync(path); return path; };

const releasedText = readFileSync(join(releasedData, 'calendar.json'), 'utf8');
/** As the released file is written: one record a line. */
const textOf = (file: CalendarFile): string => {
  const lines = (records: readonly unknown[]): string => `[\n${records.map((one) => JSON.stringify(one)).join(',\n')}\n]`;
  return `{"sessions":${lines(file.sessions)},\n"days":${lines(file.days)}${file.outages === undefined ? '' : `,\n"outages":${lines(file.outages)}`}}\n`;
};
const changed = (change: (file: { -readonly [K in keyof CalendarFile]: CalendarFile[K] }) => void): string => {
  const file = structuredClone(JSON.parse(releasedText) as CalendarFile);
  change(file);
  return textOf(file);
};
const put = (at: string, text: string): void => writeFileSync(join(at, 'calendar.json'), text);
const dueOf = (live: LiveCalendar): number => { const due = live.work.dueAt(parseInstant('2026-03-02T09:00+07') as number, '1wd', 'elapsed', 'default'); if ('refused' in due) throw new Error(due.refused); return due.due; };

const closed = { date: '2026-03-03', kind: 'swap-off', name: 'Nghỉ', status: 'announced' } as const;
const outage = { id: 'SC-1', from: '2026-03-03T09:00+07:00', to: '2026-03-03T15:00+07:00', name: { vi: 'Sự cố', en: 'Outage' }, source: { act: 'Thông báo 1', status: 'read' } } as const;

describe('what is refused', () => {
  test.each<[fault: string, text: string, record: string, field: string, problem: string]>([
    ['sessions that overlap', changed((f) => { f.sessions = f.sessions.map((one) => ({ ...one, week: { ...one.week, 3: [{ from: 450, to: 690 }, { from: 660, to: 1020 }] } })); }), 'default', 'week.3[1]', 'they overlap'],
    ['a session that ends before it begins', changed((f) => { f.sessions = f.sessions.map((one) => ({ ...one, week: { ...one.week, 3: [{ from: 690, to: 450 }] } })); }), 'default', 'week.3[0]', 'not after its start'],
    ['a swap day that is also a holiday', changed((f) => { f.days = [...f.days, { date: '2026-09-02', kind: 'swap-off', name: 'x', status: 'announced' }]; }), '2026-09-02', 'kind', 'holiday and swap-off at once'],
    ['an office without hours', changed((f) => { f.sessions = f.sessions.map((one) => ({ ...one, validTo: '2026-06-30' })); }), '', 'sessions', 'do not exist on 2026-07-01'],
    ['an outage that ends before it begins', changed((f) => { f.outages = [{ ...outage, to: '2026-03-03T08:00+07:00' }]; }), 'SC-1', 'to', 'not after the beginning'],
    ['an outage without a zone', changed((f) => { f.outages = [{ ...outage, from: '2026-03-03T09:00' }]; }), 'SC-1', 'from', '"2026-03-03T09:00"'],
    ['an outage of nobody', changed((f) => { f.outages = [{ ...outage, offices: ['nowhere'] }]; }), 'SC-1', 'offices', 'does not exist'],
    ['two outages of one id', changed((f) => { f.outages = [outage, outage]; }), 'SC-1', 'id', 'two outages'],
    ['a day that does not exist', releasedText.replace('"2026-09-02"', '"2026-09-31"'), '2026-09-31', 'date', '2026-09-31'],
    ['a field that nobody reads', releasedText.replace('"status":"announced"},\n', '"status":"announced","stauts":1},\n'), '2022-01-01', 'stauts', 'no field'],
    ['no JSON', releasedText.replace("},\n", "}\n"), '', '', 'JSON'],
    ['no lists', '{}', '', '', 'lacks a list'],
  ])('%s', (_fault, text, record, field, problem) => {
    const at = folder(), live = liveCalendar(at, base), before = live.digest;
    put(at, text);
    const found = live.refresh();
    if (found.outcome !== 'refused') throw new Error(found.outcome);
    const finding = found.findings.find((one) => one.field === field && one.problem.includes(problem));
    expect(finding, JSON.stringify(found.findings.slice(0, 3))).toBeDefined();
    expect([finding!.file, finding!.remedy !== '', live.digest]).toEqual(['calendar.json', true, before]);
    if (record !== '') expect(finding!.record).toBe(record);
    // the line is that of the record
    if (record !== '') expect(text.split('\n')[finding!.line - 1]).toContain(record);
    expect(live.refresh()).toEqual({ outcome: 'unchanged' });
  });
});

describe('what is sound is taken', () => {
  test('while it runs, by all who hold it; a damaged file after it changes nothing, also over a restart', () => {
    const at = folder(), live = liveCalendar(at, base), reference = live.over(loadReference());
    expect(live.refresh().outcome).toBe('unchanged');
    const before = dueOf(live);
    put(at, changed((f) => { f.days = [...f.days, closed]; f.outages = [outage]; }));
    expect(live.refresh()).toMatchObject({ outcome: 'taken', digest: live.digest });
    expect(dueOf(live)).toBe(before + 86_400_000);
    expect([reference.calendar.outages?.[0]?.from, reference.calendar.digest, reference.procedures.length]).toEqual([parseInstant(outage.from), live.digest, loadReference().procedures.length]);
    put(at, 'nonsense');
    expect(live.refresh().outcome).toBe('refused');
    expect(dueOf(live)).toBe(before + 86_400_000);
    const again = liveCalendar(at, base);
    expect([again.refresh().outcome, dueOf(again), again.digest]).toEqual(['refused', before + 86_400_000, live.digest]);
    rmSync(join(at, 'calendar.json'));
    expect([again.refresh().outcome, dueOf(again)]).toEqual(['taken', before]);
  });

  test('and it is remembered whether open dossiers were looked at by it', () => {
    const at = folder(), live = liveCalendar(at, base);
    expect(live.applied).toBe(false);
    live.markApplied();
    expect([live.applied, liveCalendar(at, base).applied]).toEqual([true, true]);
    put(at, changed((f) => { f.days = [...f.days, closed]; }));
    live.refresh();
    expect(live.applied).toBe(false);
  });
});
