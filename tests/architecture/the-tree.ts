/** The tree as it is, parsed once for all rules. */
import { parsedSource } from './parsed-source.ts';
import type { ParsedSource } from './parsed-source.ts';
import { isHandWritten, repositoryFiles } from './source-tree.ts';
import { packageOf, packages } from './workspace.ts';
import type { Package } from './workspace.ts';

export const allPackages: readonly Package[] = packages();
export const handWritten: readonly ParsedSource[] = repositoryFiles().filter(isHandWritten).map(parsedSource);
/** Generated code counts as use of what it imports. */
export const allSources: readonly ParsedSource[] = repositoryFiles().filter((file) => file.endsWith('.ts') || file.endsWith('.mjs')).map(parsedSource);

export function sourcesOf(one: Package): readonly ParsedSource[] {
  return allSources.filter(({ file }) => packageOf(allPackages, file) === one);
}
