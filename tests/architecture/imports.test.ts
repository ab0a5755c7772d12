import { describe, expect, it, test } from 'vitest';
import { mayImport, services } from './dependency-table.ts';
import { told } from './finding.ts';
import { importFindings, undeclaredFindings, unusedFindings } from './import-rules.ts';
import { parse } from './parsed-source.ts';
import { allPackages, handWritten, sourcesOf } from './the-tree.ts';
import { toolsOfRoot } from './workspace.ts';
import type { Package } from './workspace.ts';

const found = (file: string, text: string): readonly string[] => told(importFindings(allPackages, parse(file, text)));

describe('imports', () => {
  it('run one way only, as the dependency table says', () => expect(told(handWritten.flatMap((source) => importFindings(allPackages, source)))).toEqual([]));

  const own = allPackages.filter(({ name }) => name !== 'tests');
  it('are declared in the package.json of their package', () => expect(told(own.flatMap((one) => undeclaredFindings(one, sourcesOf(one), toolsOfRoot())))).toEqual([]));
  it('are all that a package.json declares', () => expect(told(own.flatMap((one) => unusedFindings(one, sourcesOf(one))))).toEqual([]));

  it('are ruled for every package', () => expect(allPackages.map(({ name }) => name).filter((name) => name !== 'tests' && mayImport[name] === undefined)).toEqual([]));

  it('of all services are had by the embedded process alone', () => {
    const all = Object.entries(mayImport).filter(([, allowed]) => services.every((service) => allowed.includes(service))).map(([name]) => name);
    expect(all).toEqual(['embedded']);
  });

  it('can be put into one line: no package imports itself by way of others', () => {
    const reaches = (from: string, to: string, seen = new Set<string>()): boolean =>
      (mayImport[from] ?? []).some((next) => next === to || (!seen.has(next) && (seen.add(next), reaches(next, to, seen))));
    expect(Object.keys(mayImport).filter((name) => reaches(name, name))).toEqual([]);
  });
});

describe('the rule of imports', () => {
  test.each([
    ['libs/folder/src/a.ts', "import { x } from '@lienthong/law';", 'folder imports law → folder may import no other package'],
    ['libs/law/src/a.ts', "export * from '@lienthong/kernel';", 'law imports kernel'],
    ['libs/law/src/a.ts', "type T = import('@lienthong/contract').T;", 'law imports contract'],
    ['libs/kernel/src/a.ts', "const x = await import('@lienthong/store-sqlite');", 'kernel imports store-sqlite'],
    ['services/land/src/a.ts', "import type { T } from '@lienthong/payments';", 'land imports payments'],
    ['services/land/src/a.ts', "import { T } from '../../payments/src/a.ts';", 'which lies outside services/land'],
    ['services/land/src/desk.ts', "import { open } from '@lienthong/store-sqlite';", 'only main.ts chooses adapters'],
    ['libs/kernel/src/a.ts', "import { DatabaseSync } from 'node:sqlite';", 'kernel imports the driver node:sqlite → only store-sqlite may'],
    ['services/land/src/a.ts', "import * as grpc from '@grpc/grpc-js';", 'land imports the driver @grpc/grpc-js'],
    ['libs/journeys/src/a.ts', "import { x } from '@lienthong/kernel';", 'journeys imports kernel'],
  ])('finds in %s: %s', (file, text, what) => expect(found(file, text).join('\n')).toContain(what));

  test.each([
    ['libs/law/src/a.ts', "import { x } from '@lienthong/folder'; import { y } from './b.ts';"],
    ['libs/adapters/store-sqlite/src/a.ts', "import { DatabaseSync } from 'node:sqlite';"],
    ['libs/law/test/a.test.ts', "import { x } from '@lienthong/testkit';"],
    ['tests/journeys/a.journey.ts', "import { x } from '@lienthong/land';"],
  ])('lets pass in %s: %s', (file, text) => expect(found(file, text)).toEqual([]));

  it('finds dependencies that are missing or not needed', () => {
    const own: Package = { name: 'law', folder: 'libs/law', dependencies: ['@lienthong/folder', 'left-pad'], devDependencies: ['fast-check'] };
    const sources = [parse('libs/law/src/a.ts', "import { x } from 'lodash/fp';"), parse('libs/law/test/a.test.ts', "import { test } from 'vitest'; import { z } from 'zod';")];
    expect([...undeclaredFindings(own, sources, ['vitest']), ...unusedFindings(own, sources)].map(({ what }) => what)).toEqual([
      'sources import lodash, which is no dependency', 'tests import zod, which is no dependency', '@lienthong/folder is a dependency that no source imports',
      'left-pad is a dependency that no source imports', 'fast-check is a development dependency that no test imports',
    ]);
  });
});
