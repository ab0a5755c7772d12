/** The packages of the workspace and what each says that it needs. */
import { repositoryFiles, textOf } from './source-tree.ts';

export type Package = {
  /** `law`, without the scope. */
  readonly name: string;
  /** `libs/law` */
  readonly folder: string;
  readonly dependencies: readonly string[];
  readonly devDependencies: readonly string[];
};

export const scope = '@lienthong/';

type Manifest = { readonly name: string; readonly dependencies?: Record<string, string>; readonly devDependencies?: Record<string, string> };

export function packages(): readonly Package[] {
  return repositoryFiles()
    .filter((file) => file.endsWith('/package.json'))
    .map((file) => {
      const manifest = JSON.parse(textOf(file)) as Manifest;
      return {
        name: manifest.name.replace(scope, ''), folder: file.slice(0, -'/package.json'.length),
        dependencies: Object.keys(manifest.dependencies ?? {}), devDependencies: Object.keys(manifest.devDependencies ?? {}),
      };
    });
}

/** Dependencies of the whole workspace: tools that every package's tests may use. */
export function toolsOfRoot(): readonly string[] {
  return Object.keys((JSON.parse(textOf('package.json')) as Manifest).devDependencies ?? {});
}

/** The package that `file` belongs to. */
export function packageOf(all: readonly Package[], file: string): Package | undefined {
  return all.filter((one) => file.startsWith(`${one.folder}/`)).sort((a, b) => b.folder.length - a.folder.length)[0];
}

/** The package that an import names: `@lienthong/kernel` of `@lienthong/kernel/ports/world`; undefined for relative and `node:` ones. */
export function packageNamed(specifier: string): string | undefined {
  if (specifier.startsWith('.') || specifier.startsWith('node:')) return undefined;
  return specifier.split('/').slice(0, specifier.startsWith('@') ? 2 : 1).join('/');
}
