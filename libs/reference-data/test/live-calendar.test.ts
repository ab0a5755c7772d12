/** A calendar that changes while the hub runs: what is unsound is refused with line and remedy, and the last good one stays. */
import { mkdtempSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { parseInstant } from '@lienthong/law';
import { liveCalendar, livePlaces, loadReference, readCalendarFile, readDataFiles, releasedData } from '../src/index.ts';
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
    ['sessions on days that never count', changed((f) => { f.sessions = f.sessions.map((one) => ({ ...one, week: { 6: [{ from: 450, to: 690 }] } })); }), 'default', 'week', 'none of which counts'],
    ['a field that stands twice', releasedText.replace('"date":"2026-09-02"', '"date":"2026-09-03","date":"2026-09-02"'), '', '', 'date stands twice in one record'],
    ['a day that is no record', changed((f) => { f.days = [null as never, ...f.days]; }), '', '', 'days[0] is null, no record'], ['nothing', 'null', '', '', 'lacks a list of records under "days"'],
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

test('where it stops being JSON is told by its line, whatever stands there', () => {
  const at = folder(), live = liveCalendar(at, base), lines = releasedText.split('\n');
  lines[7] = `,${lines[7]}`;
  put(at, lines.join('\n'));
  expect(live.refresh()).toMatchObject({ outcome: 'refused', findings: [{ file: 'calendar.json', line: 8, problem: expect.stringContaining('no JSON from ",') as string }] });
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

describe('offices of a province that keep sessions of its own calendar', () => {
  const released = readDataFiles(), saturday = changed((f) => { f.sessions = [...f.sessions, { ...f.sessions[0]!, id: 'saturday', week: { ...f.sessions[0]!.week, 6: [{ from: 420, to: 660 }] }, countsOnRestDays: [6] }]; });
  const offices = `{"sources":{"s":{"act":"QĐ 1","status":"read"}},"offices":${JSON.stringify(released.offices.map((one, n) => ({ ...one, sessions: n === 0 ? 'saturday' : one.sessions, source: 's' })))}}`;
  const keeper = released.offices[0]!.id, kept = (of: { readonly data: typeof released }): string | undefined => of.data.offices.find((one) => one.id === keeper)?.sessions;
  const start = (at: string) => { const places = livePlaces(at, released), live = liveCalendar(at, { ...readCalendarFile(), get offices() { return places.data.offices; } }); return { places, live, look: (): string => `${live.refresh().outcome}, ${places.refresh(() => []).outcome}` }; };
  const known = ({ live }: ReturnType<typeof start>): string => live.work.calendar.sessions.map((one) => one.id).join(' ');

  test.each<[order: string, first: [string, string], second: [string, string]]>([
    ['the calendar first', ['calendar.json', saturday], ['offices.json', offices]],
    ['the offices first: they are refused until it is there', ['offices.json', offices], ['calendar.json', saturday]],
  ])('%s', (_order, first, second) => {
    const at = folder(), hub = start(at);
    hub.look();
    writeFileSync(join(at, first[0]), first[1]);
    hub.look();
    expect(kept(hub.places)).toBe('default');
    writeFileSync(join(at, second[0]), second[1]);
    hub.look();
    expect([kept(hub.places), known(hub)]).toEqual(['saturday', 'default saturday']);
  });

  test('no calendar without these sessions comes into force while they are kept, the released one neither, over a restart, too; with the offices it goes', () => {
    const at = folder(), hub = start(at);
    put(at, saturday);
    hub.look();
    writeFileSync(join(at, 'offices.json'), offices);
    hub.look();
    for (const spoil of [() => put(at, changed((f) => { f.days = [...f.days, closed]; })), () => rmSync(join(at, 'calendar.json'))]) {
      spoil();
      const found = hub.live.refresh();
      expect(found).toMatchObject({ outcome: 'refused', findings: [{ file: 'calendar.json', record: keeper, field: 'sessions' }] });
      hub.places.refresh(() => []);
      const again = start(at);
      again.look();
      expect([hub, again].map((one) => [kept(one.places), known(one)])).toEqual([['saturday', 'default saturday'], ['saturday', 'default saturday']]);
    }
    rmSync(join(at, 'offices.json'));
    hub.places.refresh(() => []);
    expect([hub.live.refresh().outcome, kept(hub.places), known(hub)]).toEqual(['taken', 'default', 'default']);
  });
});
