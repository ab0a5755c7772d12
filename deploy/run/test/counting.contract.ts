import { mkdtempSync, writeFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL, fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

const checks = pathToFileURL(fileURLToPath(new URL('../checks.mjs', import.meta.url))).href;

const skippedTests = pathToFileURL(fileURLToPath(new URL('../skipped-tests.mjs', import.meta.url))).href;

/** What is said of tests that did not run. */
function told(skipped: unknown, strict: boolean): unknown {
  const text = `import { toldSkipped } from ${JSON.stringify(skippedTests)}; console.log(JSON.stringify(toldSkipped(${JSON.stringify(skipped)}, ${strict})));`;
  return JSON.parse(spawnSync(process.execPath, ['--input-type=module', '-e', text], { encoding: 'utf8' }).stdout);
}

/** What the last line counts, given the runner's report and exit code. */
function counted(report: unknown, code: number): unknown {
  const file = join(mkdtempSync(join(tmpdir(), 'lienthong-run-')), 'report.json');
  if (report !== undefined) writeFileSync(file, JSON.stringify(report));
  const text = `import { counted } from ${JSON.stringify(checks)}; console.log(JSON.stringify(counted(${JSON.stringify(file)}, ${code})));`;
  return JSON.parse(spawnSync(process.execPath, ['--input-type=module', '-e', text], { encoding: 'utf8' }).stdout);
}

const passed = { status: 'passed', assertionResults: [{ status: 'passed' }] };
const failed = { status: 'failed', assertionResults: [{ status: 'failed' }] };
const unloaded = { status: 'failed', assertionResults: [] };

test.each([
  ['all is well', { numPassedTests: 3, numFailedTests: 0, testResults: [passed] }, 0, { passed: 3, failed: 0, skipped: [] }],
  ['a test failed', { numPassedTests: 3, numFailedTests: 1, testResults: [passed, failed] }, 1, { passed: 3, failed: 1, skipped: [] }],
  ['a file could not be loaded', { numPassedTests: 3, numFailedTests: 0, testResults: [passed, unloaded] }, 1, { passed: 3, failed: 1, skipped: [] }],
  ['an error was handled by nobody', { numPassedTests: 3, numFailedTests: 0, testResults: [passed] }, 1, { passed: 3, failed: 1, skipped: [] }],
  ['no test was found', { numPassedTests: 0, numFailedTests: 0, testResults: [] }, 1, { passed: 0, failed: 1, skipped: [] }],
  ['the runner crashed', undefined, 139, { passed: 0, failed: 1, skipped: [] }],
])('when %s, the last line counts it', (_, report, code, sum) => expect(counted(report, code)).toEqual(sum));

describe('a test that did not run', () => {
  const skipped = (...names: string[]) => ({ numPassedTests: 1, numFailedTests: 0, testResults: [{ status: 'passed', assertionResults: [{ status: 'passed', fullName: 'ran' }, ...names.map((fullName) => ({ status: 'skipped', fullName }))] }] });

  // its name, what is said of it
  test.each([
    ['the bus [skipped: no Kafka: java is not installed] delivers', { name: 'the bus delivers', reason: 'no Kafka: java is not installed', counts: true }],
    ['breaking changes [does not apply: no tag yet]', { name: 'breaking changes', reason: 'no tag yet', counts: false }],
    ['left out', { name: 'left out', reason: 'without a reason', counts: true }],
  ])('like "%s" is told with its reason', (name, told) => expect(counted(skipped(name), 0)).toMatchObject({ passed: 1, failed: 0, skipped: [told] }));

  test('is listed under its reason', () => {
    const { skipped: list } = counted(skipped('a [skipped: no Kafka: x] one', 'a [skipped: no Kafka: x] two', 'b [does not apply: y]'), 0) as { skipped: unknown };
    expect(told(list, true)).toBe('\n3 skipped (CI=true: what is missing counts as failed)\n  no Kafka: x:\n    a one\n    a two\n  y:\n    b\n');
    expect(told([], true)).toBe('');
  });
});
