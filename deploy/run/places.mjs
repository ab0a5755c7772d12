/** Where things are, and the environment in which the pinned tools run. */
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
export const modules = join(root, 'node_modules');
export const pinnedNode = join(modules, 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
export const typeChecker = join(modules, 'typescript', 'bin', 'tsc');
export const testRunner = join(modules, 'vitest', 'vitest.mjs');
/** For what may be deleted at any time; ignored by git. */
export const scratch = join(root, '.tmp');

/** The caller's environment with the pinned tools first on the path, and compiled sources cached so that the next start is quicker. */
export function pinnedEnvironment() {
  return {
    ...process.env,
    PATH: [join(modules, '.bin'), process.env.PATH ?? ''].join(delimiter),
    NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE ?? join(modules, '.cache', 'compiled'),
  };
}
