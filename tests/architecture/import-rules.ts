/** Imports run one way, drivers stay with their adapters, and every package says what it needs. */
import { posix } from 'node:path';
import { adapters, drivers, mayImport, services, testsMayAlsoImport } from './dependency-table.ts';
import type { Finding } from './finding.ts';
import type { Import, ParsedSource } from './parsed-source.ts';
import { isOfTests } from './source-tree.ts';
import { packageNamed, packageOf, scope } from './workspace.ts';
import type { Package } from './workspace.ts';

/** Adapters are chosen where a process is put together. */
const composing = [...adapters, 'service-process'];
const compositionFile = /(^|\/)src\/(main|compose[\w-]*)\.ts$/;

/** Breaches of the dependency table in one source. Sources outside packages and the tests that span packages may import anything. */
export function importFindings(all: readonly Package[], source: ParsedSource): readonly Finding[] {
  const own = packageOf(all, source.file);
  if (own === undefined || own.name === 'tests') return [];
  return source.imports.flatMap((one) => [...leavesPackage(own, source, one), ...againstTable(own, source, one), ...misplacedAdapter(own, source, one), ...misplacedDriver(own, source, one)]);
}

function leavesPackage(own: Package, source: ParsedSource, { specifier, line }: Import): readonly Finding[] {
  if (!specifier.startsWith('.')) return [];
  const target = posix.join(posix.dirname(source.file), specifier);
  if (target.startsWith(`${own.folder}/`) || (isOfTests(source.file) && target.startsWith('proto/'))) return [];
  return [{ file: source.file, line, what: `imports ${specifier}, which lies outside ${own.folder}`, remedy: 'import the package by its name' }];
}

function againstTable(own: Package, source: ParsedSource, { specifier, line }: Import): readonly Finding[] {
  const name = packageNamed(specifier);
  if (name === undefined || !name.startsWith(scope)) return [];
  const target = name.slice(scope.length);
  const allowed = mayImport[own.name];
  if (allowed === undefined) return [{ file: source.file, line, what: `${own.name} stands nowhere in the dependency table`, remedy: 'give it a row in tests/architecture/dependency-table.ts' }];
  if (target === own.name || allowed.includes(target) || (isOfTests(source.file) && testsMayAlsoImport.includes(target))) return [];
  return [{ file: source.file, line, what: `${own.name} imports ${target}`, remedy: `${own.name} may import ${allowed.join(', ') || 'no other package'}; turn the dependency round, or hand the thing in from outside` }];
}

function misplacedAdapter(own: Package, source: ParsedSource, { specifier, line }: Import): readonly Finding[] {
  const target = packageNamed(specifier)?.slice(scope.length) ?? '';
  const isService = services.includes(own.name);
  if (!composing.includes(target) || target === own.name || isOfTests(source.file) || !isService || compositionFile.test(source.file)) return [];
  return [{ file: source.file, line, what: `${own.name} imports the adapter ${target}`, remedy: 'take the port as an argument; only main.ts chooses adapters' }];
}

function misplacedDriver(own: Package, source: ParsedSource, { specifier, line }: Import): readonly Finding[] {
  const driver = specifier.startsWith('node:') ? specifier : packageNamed(specifier) ?? '';
  const users = drivers[driver];
  if (users === undefined || users.includes(own.name) || isOfTests(source.file)) return [];
  return [{ file: source.file, line, what: `${own.name} imports the driver ${driver}`, remedy: `only ${users.join(', ') || 'no package'} may; go through its port` }];
}

type Used = { readonly product: ReadonlySet<string>; readonly tests: ReadonlySet<string> };

function usedBy(sources: readonly ParsedSource[], own: Package): Used {
  const used = { product: new Set<string>(), tests: new Set<string>() };
  for (const source of sources) {
    const names = isOfTests(source.file) && own.name !== 'testkit' ? used.tests : used.product;
    for (const { specifier } of source.imports) {
      const name = packageNamed(specifier);
      if (name !== undefined && name !== `${scope}${own.name}`) names.add(name);
    }
    // Files of a package that are looked up by name: fonts, data.
    for (const dependency of [...own.dependencies, ...own.devDependencies]) if (source.literals.some(({ text }) => text.startsWith(`${dependency}/`))) names.add(dependency);
  }
  return used;
}

/** What a package imports without saying so. `tools`: what the tests of every package may use. */
export function undeclaredFindings(own: Package, sources: readonly ParsedSource[], tools: readonly string[]): readonly Finding[] {
  const used = usedBy(sources, own);
  const declared = new Set([...own.dependencies, ...own.devDependencies, ...tools]);
  const finding = (what: string, remedy: string): Finding => ({ file: `${own.folder}/package.json`, line: 1, what, remedy });
  return [
    ...[...used.product].filter((name) => !own.dependencies.includes(name)).map((name) => finding(`sources import ${name}, which is no dependency`, 'add it to "dependencies"')),
    ...[...used.tests].filter((name) => !declared.has(name)).map((name) => finding(`tests import ${name}, which is no dependency`, 'add it to "devDependencies"')),
  ];
}

/** What a package says that it needs without importing it. */
export function unusedFindings(own: Package, sources: readonly ParsedSource[]): readonly Finding[] {
  const used = usedBy(sources, own);
  const finding = (what: string, remedy: string): Finding => ({ file: `${own.folder}/package.json`, line: 1, what, remedy });
  return [
    ...own.dependencies.filter((name) => !used.product.has(name)).map((name) => finding(`${name} is a dependency that no source imports`, 'delete it, or move it to "devDependencies"')),
    ...own.devDependencies.filter((name) => ![name, name.replace('@types/', '')].some((one) => used.tests.has(one) || used.product.has(one))).map((name) => finding(`${name} is a development dependency that no test imports`, 'delete it')),
  ];
}
