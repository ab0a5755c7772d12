import { mkdtempSync, writeFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL, fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const checks = pathToFileURL(fileURLToPath(new URL('../checks.mjs', import.meta.url))).href;

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
  ['all is well', { numPassedTests: 3, numFailedTests: 0, testResults: [passed] }, 0, { passed: 3, failed: 0 }],
  ['a test failed', { numPassedTests: 3, numFailedTests: 1, testResults: [passed, failed] }, 1, { passed: 3, failed: 1 }],
  ['a file could not be loaded', { numPassedTests: 3, numFailedTests: 0, testResults: [passed, unloaded] }, 1, { passed: 3, failed: 1 }],
  ['an error was handled by nobody', { numPassedTests: 3, numFailedTests: 0, testResults: [passed] }, 1, { passed: 3, failed: 1 }],
  ['no test was found', { numPassedTests: 0, numFailedTests: 0, testResults: [] }, 1, { passed: 0, failed: 1 }],
  ['the runner crashed', undefined, 139, { passed: 0, failed: 1 }],
])('when %s, the last line counts it', (_, report, code, sum) => expect(counted(report, code)).toEqual(sum));
