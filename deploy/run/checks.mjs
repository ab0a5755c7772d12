/** All checks: the types, then the tests. The last line sums them: `N passed, N failed`. */
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { runProgram } from './child.mjs';
import { pinnedNode, scratch, testRunner, typeChecker } from './places.mjs';
import { skippedTests, toldSkipped } from './skipped-tests.mjs';

/**
 * Runs the checks; `args` go to the test runner, so a part of a path runs the tests under it. Answers the exit code.
 * With CI=true a test that is skipped because something is missing counts as failed.
 */
export async function checks(args, env) {
  const seeded = { ...env, LIENTHONG_TEST_SEED: env.LIENTHONG_TEST_SEED ?? seedOfToday(), LIENTHONG_TEST_SIZE: env.LIENTHONG_TEST_SIZE ?? '1' };
  process.stdout.write(`LIENTHONG_TEST_SEED=${seeded.LIENTHONG_TEST_SEED} LIENTHONG_TEST_SIZE=${seeded.LIENTHONG_TEST_SIZE}\n`);
  const types = await checkTypes(seeded);
  const tests = types.interrupted ? nothing : await runTests(args, seeded);
  const strict = env.CI === 'true' && !args.some((arg) => /^(-t|--testNamePattern)/.test(arg));
  process.stdout.write(toldSkipped(tests.skipped, strict));
  const passed = types.passed + tests.passed;
  const failed = types.failed + tests.failed + (strict ? tests.skipped.filter(({ counts }) => counts).length : 0);
  process.stdout.write(`\n${passed} passed, ${failed} failed\n`);
  return failed === 0 && passed > 0 ? 0 : 1;
}

const nothing = { passed: 0, failed: 0, skipped: [] };

/** Today as YYYYMMDD: the same for all who test on one day, another one tomorrow. */
function seedOfToday() {
  return new Date().toISOString().slice(0, 10).replaceAll('-', '');
}

/** The type check counts as one check. Above 128 a signal ended it, and the tests are not begun. */
async function checkTypes(env) {
  const code = await runProgram(pinnedNode, [typeChecker, '-p', '.', '--noEmit'], { env });
  process.stdout.write(code === 0 ? 'types: passed\n' : 'types: FAILED\n');
  return code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1, interrupted: code > 128 };
}

async function runTests(args, env) {
  mkdirSync(scratch, { recursive: true });
  const report = join(scratch, `tests-${process.pid}.json`);
  try {
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
    const code = await runProgram(pinnedNode, [testRunner, 'run', ...reporters, ...args], { env });
    return counted(report, code);
  } finally {
    rmSync(report, { force: true });
  }
}

/**
 * Counts from the runner's own report. A file that could not be loaded has no tests to count and counts as one failure;
 * so does a runner that failed for a reason its report does not show (an unhandled error, no test found, a crash).
 */
export function counted(report, code) {
  const { passed, failed, skipped } = readReport(report);
  return { passed, failed: code !== 0 && failed === 0 ? 1 : failed, skipped };
}

function readReport(report) {
  let results;
  try {
    results = JSON.parse(readFileSync(report, 'utf8'));
  } catch {
    return { passed: 0, failed: 1, skipped: [] };
  }
  const unloaded = results.testResults.filter((file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'));
  return { passed: results.numPassedTests, failed: results.numFailedTests + unloaded.length, skipped: skippedTests(results) };
}
