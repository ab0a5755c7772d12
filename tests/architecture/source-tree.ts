/** The files of the repository, as the rules look at them. */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** Paths below the root, with '/'. Those that git does not track yet count, too, except for what it ignores. */
export function repositoryFiles(): readonly string[] {
  return gitFiles('--cached', '--others');
}

/** Paths that git tracks. */
export function trackedFiles(): readonly string[] {
  return gitFiles('--cached');
}

/** Sorted; a file that is tracked but deleted in the work tree is left out. */
function gitFiles(...which: string[]): readonly string[] {
  const listed = execFileSync('git', ['ls-files', '-z', '--exclude-standard', ...which], { cwd: root, encoding: 'utf8' });
  return [...new Set(listed.split('\0'))].filter((file) => file !== '' && existsSync(join(root, file))).sort();
}

export function textOf(file: string): string {
  return readFileSync(join(root, file), 'utf8');
}

/** Written by a generator; its shape is the generator's business. */
export function isGenerated(file: string): boolean {
  return file.startsWith('libs/contract/src/gen/');
}

/** TypeScript and JavaScript that people write. */
export function isHandWritten(file: string): boolean {
  return /\.(ts|mjs)$/.test(file) && !isGenerated(file);
}

/** Code that belongs to a test, not to the product. */
export function isOfTests(file: string): boolean {
  return /^(tests|libs\/testkit\/src\/contracts)\//.test(file) || file.includes('/test/') || testSuffix.test(file);
}

/** What a test costs: pure; a port against an adapter or a real process; a seeded simulation; a journey through the hub; faults of real servers. */
export const testSuffix = /\.(test|contract|sim|journey|chaos)\.ts$/;
