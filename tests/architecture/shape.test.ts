import { readFileSync } from 'node:fs';
import { describe, expect, it, test } from 'vitest';
import { told } from './finding.ts';
import { exportFindings, pathFindings, testFindings } from './name-rules.ts';
import { parse } from './parsed-source.ts';
import { exceptions, maxFileLines, maxFunctionLines, maxTestFileLines, ratchetFindings } from './ratchet.ts';
import type { Ratchet } from './ratchet.ts';
import { repositoryFiles, textOf, trackedFiles } from './source-tree.ts';
import { textFindings } from './text-rules.ts';
import { handWritten } from './the-tree.ts';

const ratchet = JSON.parse(readFileSync(new URL('./ratchet.json', import.meta.url), 'utf8')) as Ratchet;

describe('sizes', () => {
  it('stay within the limits, and the exceptions of the ratchet only shrink', () => expect(told(ratchetFindings(exceptions(handWritten), ratchet))).toEqual([]));

  const lines = (n: number): string => Array.from({ length: n }, (_, i) => `const a${i} = 0;`).join('\n');
  const functionOf = (n: number): string => `function long() {\n${lines(n - 2)}\n}`;
  test.each([
    ['libs/law/src/a.ts', lines(maxFileLines), {}],
    ['libs/law/src/a.ts', lines(maxFileLines + 1), { 'libs/law/src/a.ts': maxFileLines + 1 }],
    ['libs/law/test/a.test.ts', lines(maxTestFileLines), {}],
    ['libs/law/test/a.test.ts', lines(maxTestFileLines + 1), { 'libs/law/test/a.test.ts': maxTestFileLines + 1 }],
    ['libs/law/src/a.ts', functionOf(maxFunctionLines), {}],
    ['libs/law/src/a.ts', functionOf(maxFunctionLines + 1), { 'libs/law/src/a.ts#long': maxFunctionLines + 1 }],
    ['libs/kernel/src/a.ts', "throw new Error('no');", { 'libs/kernel/src/a.ts!bare-errors': 1 }],
    ['libs/law/src/a.ts', `const f = {\n go: () => {\n${lines(80)}\n},\n};`, { 'libs/law/src/a.ts#go': 82 }],
  ])('of %s are measured', (file, text, large) => expect(exceptions([parse(file, text)])).toEqual(large));

  test.each([
    [{ a: 80 }, {}, ['a:1: has 80']],
    [{ a: 81 }, { a: 80 }, ['a:1: has grown from 80 to 81']],
    [{ a: 79 }, { a: 80 }, ['a:1: has shrunk from 80 to 79']],
    [{}, { a: 80 }, ['a:1: is in order now']],
    [{ a: 80 }, { a: 80 }, []],
  ])('today %o against the ratchet %o: %o', (today, allowed, what) => {
    expect(told(ratchetFindings(today as Ratchet, allowed as Ratchet)).map((one) => one.split(' → ')[0])).toEqual(what);
  });
});

describe('names', () => {
  it('of files and folders say what a thing is', () => expect(told(repositoryFiles().flatMap(pathFindings))).toEqual([]));
  it('of exports do, too', () => expect(told(handWritten.flatMap(exportFindings))).toEqual([]));
  it('of tests say what they cost', () => expect(told(handWritten.flatMap(testFindings))).toEqual([]));

  test.each([
    ['libs/law/src/utils.ts', 'is called "utils"'], ['libs/common/src/a.ts', 'is called "common"'], ['libs/law/src/folder-manager.ts', 'is called "manager"'],
    ['libs/law/src/dueAt.ts', '"dueAt" is not kebab-case'], ['libs/law/test/due.spec.ts', 'is a .spec.ts'],
  ])('like %s are found', (file, what) => expect(told(pathFindings(file)).join('\n')).toContain(what));

  test.each(['libs/law/src/due-at.ts', 'vitest.config.ts', 'libs/law/test/due-at.test.ts', 'deploy/run.mjs', 'services/land/package.json'])('like %s pass', (file) => expect(pathFindings(file)).toEqual([]));

  it('like FolderManager are found among exports', () => expect(exportFindings(parse('libs/law/src/a.ts', 'export class FolderManager {}'))).toHaveLength(1));

  test.each([
    ['libs/law/test/due-at.ts', "import { test } from 'vitest';\ntest('x', () => {});", 'is not named like a test'],
    ['libs/law/test/due-at.test.ts', "import { spawn } from 'node:child_process';", 'a pure test imports node:child_process'],
  ])('of tests like %s with %j are found', (file, text, what) => expect(told(testFindings(parse(file, text))).join('\n')).toContain(what));

  it('of suites that others call may be what they like', () => {
    expect(testFindings(parse('libs/law/test/world.ts', "import { test } from 'vitest';\nexport function suite() { test('x', () => {}); }"))).toEqual([]);
  });
});

describe('tracked files', () => {
  it('hold no path of one machine and no host of a registry', () => expect(told(trackedFiles().flatMap((file) => textFindings(file, textOf(file))))).toEqual([]));

  test.each([
    [`cd /${'work'}/main`, true], [`see file:///${'root'}/x`, false], [`"/${'tmp'}/hub.db"`, true], [`/${'home'}/an/hub`, true], [`C:\\${'Users'}\\an`, true],
    [`https://${'registry'}.npmjs.org/x`, true], ['https://sqlite.org/rescode.html', false], [`libs/${'work'}/a`, false], ['./data', false],
  ])('with %j are found: %s', (text, isFound) => expect(textFindings('README.md', text).length > 0).toBe(isFound));
});
