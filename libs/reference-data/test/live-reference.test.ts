import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import type { Procedure } from '@lienthong/law';
import { csvList, importProcedures, liveReference, loadReference, readDataFiles, versionsLike, writeOfficeProcedures } from '../src/index.ts';

const base = readDataFiles();
let folder: string;
beforeEach(() => { folder = mkdtempSync(join(tmpdir(), 'office-')); });

const own = (...codes: readonly string[]): readonly Procedure[] => importProcedures(csvList(`MaTTHC,TenTTHC,CoQuanThucHien,ThoiGian\n${codes.map((code) => `${code},Thử,Công an cấp xã,3wd`).join('\n')}\n`), base, [], '2026-01-01').procedures;
const has = (live: ReturnType<typeof liveReference>, code: string): boolean => live.reference.procedure(code, '2026-06-01') !== undefined;

test('without an import the catalogue is the released one', () => {
  const live = liveReference(folder, base);
  expect(live.refresh()).toEqual({ outcome: 'unchanged' });
  expect(live.reference.digest).toBe(loadReference().digest);
});

test('an import is taken while the hub runs, under a digest of its own; those who hold the reference see it', () => {
  const live = liveReference(folder, base);
  const { reference } = live;
  writeOfficeProcedures(folder, own('1.000001'));
  expect(live.refresh()).toMatchObject({ outcome: 'taken', procedures: 1 });
  expect(live.refresh()).toEqual({ outcome: 'unchanged' });
  expect(reference.procedure('1.000001', '2026-06-01')?.facts?.route).toBe('default');
  expect(reference.digest).not.toBe(loadReference().digest);
  expect(versionsLike(folder, reference.digest.slice(0, 12))).toHaveLength(1);
});

test.each([
  ['cut short', (text: string) => text.slice(0, -40), 'JSON'],
  ['without a list', () => '{}', 'lacks a list'],
  ['with a role that nobody bears', (text: string) => text.replaceAll('"police"', '"wizard"'), 'no office bears role wizard'],
  ['with a span without unit', (text: string) => text.replaceAll('"3wd"', '"3"'), 'is "3"'],
  ['with a procedure of the release', (text: string) => text.replaceAll('1.000001', '1.013831'), 'in force on the same days'],
])('a file %s is refused; the last good state stays, over a restart, too', (_fault, harm, problem) => {
  const live = liveReference(folder, base);
  writeOfficeProcedures(folder, own('1.000001'));
  live.refresh();
  const path = join(folder, 'procedures.json');
  writeFileSync(path, harm(readFileSync(path, 'utf8')));
  const refused = live.refresh();
  expect(refused).toMatchObject({ outcome: 'refused', findings: expect.arrayContaining([expect.objectContaining({ problem: expect.stringContaining(problem) })]) });
  expect(has(live, '1.000001')).toBe(true);
  const restarted = liveReference(folder, base);
  expect(restarted.refresh().outcome).toBe('refused');
  expect([has(restarted, '1.000001'), restarted.reference.digest]).toEqual([true, live.reference.digest]);
});

test('what the office takes back is gone', () => {
  writeOfficeProcedures(folder, own('1.000001', '1.000002'));
  const live = liveReference(folder, base);
  live.refresh();
  writeOfficeProcedures(folder, own('1.000002'));
  expect(live.refresh()).toMatchObject({ outcome: 'taken', procedures: 1 });
  expect([has(live, '1.000001'), has(live, '1.000002')]).toEqual([false, true]);
});
