/** What the page for integrators says of access and of declarations is what the code does. */
import { accessTable } from '@lienthong/dossier-service';
import { describe, expect, it, test } from 'vitest';
import { textOf } from './source-tree.ts';

const rows = textOf('docs/INTEGRATION.md').split('\n').filter((line) => line.startsWith('| ')).map((line) => line.slice(2, -2).split(' | '));

describe('the page for integrators', () => {
  it('says of every method who may call it', () => {
    const services = new Set([...accessTable.keys()].map((path) => path.split('/')[1]!.split('.').at(-1)));
    const told = rows.filter(([service]) => services.has(service)).flatMap(([service, who, methods]) => methods!.split(', ').map((method) => `${service} ${method}: ${who}`));
    const table = [...accessTable].map(([path, who]) => `${path.split('.').at(-1)!.replace('/', ' ')}: ${typeof who === 'string' ? who : who.join(', ')}`);
    expect(told.toSorted()).toEqual(table.toSorted());
  });
});

/** Names by change, as `Readonly<Record<string, readonly string[]>>` in the rules of a register. */
function fieldsIn(file: string): readonly (readonly [string, readonly string[]])[] {
  const [, body = ''] = /Fields: Readonly<Record<string, readonly string\[\]>> = \{\n([\s\S]*?)\n\};/.exec(textOf(file)) ?? [];
  return [...body.matchAll(/^ {2}'?([\w-]+)'?: \[(.*)\],$/gm)].map(([, change = '', names = '']) => [change, [...names.matchAll(/'(\w+)'/g)].map(([, name = '']) => name)]);
}

test.each([['land', 'services/land/src/rules-announce.ts', 6], ['business', 'services/business-registration/src/rules-announce.ts', 6], ['social', 'services/social-protection/src/rules-announce.ts', 5]] as const)('what the register %s reads of a declaration is told', (register, file, changes) => {
  const fields = fieldsIn(file);
  expect(fields).toHaveLength(changes);
  for (const [change, names] of fields) {
    const told = rows.find(([name, which]) => name === register && which!.split(', ').includes(change))?.[2] ?? '';
    expect([change, ...names.filter((name) => !told.includes(`\`${name}\``))]).toEqual([change]);
  }
});
