#!/usr/bin/env node
/**
 * The door to every npm script. Needs Node ≥ 20 and npm, nothing else: what is missing is installed first, quietly, and the wanted
 * program then runs under the Node version that the lockfile pins. This file and `run/` are plain JavaScript so that an older Node can read them.
 */
import { checks } from './run/checks.mjs';
import { runProgram } from './run/child.mjs';
import { ensureInstalled } from './run/install.mjs';
import { pinnedEnvironment, pinnedNode, root, typeChecker } from './run/places.mjs';

const [verb = '', ...args] = process.argv.slice(2);
const env = pinnedEnvironment();

/** A hub makes many short-lived values: a larger young generation (in MB) spares it a fifth of its work. */
const hubFlags = ['--max-semi-space-size=64'];

const programs = {
  start: () => runProgram(pinnedNode, [...hubFlags, 'deploy/embedded/src/main.ts', ...args], { env, lifeline: true }),
  lienthong: () => runProgram(pinnedNode, ['libs/operator/src/main.ts', ...args], { env, lifeline: true }),
  generate,
  typecheck: () => runProgram(pinnedNode, [typeChecker, '-p', '.', '--noEmit', ...args], { env }),
  test: () => checks(args, env),
};

/** Code and descriptors from the protos, then the pages that are made from code. With `--out` only the former, for a comparison. */
async function generate() {
  const code = await runProgram(pinnedNode, ['proto/generate.mjs', ...args], { env });
  return code !== 0 || args.length > 0 ? code : runProgram(pinnedNode, ['tests/architecture/write-errors-page.ts'], { env });
}

/** Exit code of the wanted program; 2 when there is no such program. */
async function main() {
  const program = Object.hasOwn(programs, verb) ? programs[verb] : undefined;
  if (program === undefined) {
    process.stderr.write(`run.mjs: no program "${verb}"; there are: ${Object.keys(programs).join(', ')}\n`);
    return 2;
  }
  process.chdir(root);
  await ensureInstalled();
  return program();
}

try {
  process.exitCode = await main();
} catch (error) {
  process.stderr.write(`run.mjs: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
