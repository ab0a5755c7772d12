/** Amounts of social support: what the validator says of a file that cannot be paid by. */
import { expect, test } from 'vitest';
import { validate } from '../src/index.ts';
import { locateIn } from '../src/locate-findings.ts';
import { excerpt } from './excerpt.ts';
import type { MutableData } from './excerpt.ts';

const wrong = (value: unknown) => value as never;

test.each<[string, (data: MutableData) => void, string, string, string]>([
  ['a base without validity', (d) => { d.support!.bases[0]!.validFrom = wrong(undefined); }, 'base@undefined', 'validFrom', 'is missing'], ['half a đồng', (d) => { d.support!.bases[0]!.amount = 0.5; }, 'base@2021-07-01', 'amount', 'is 0.5'],
  ['no source', (d) => { d.support!.bases[2]!.source = wrong(undefined); }, 'base@2026-07-01', 'source', 'is missing'], ['two bases on one day', (d) => { d.support!.bases[0]!.validTo = '2024-07-01'; }, 'base@2024-07-01', 'validFrom', 'same days'],
  ['a gap', (d) => { d.support!.bases[0]!.validTo = '2024-05-31'; }, 'base@2024-07-01', 'validFrom', 'nothing is in force from 2024-06-01'], ['a base within a month', (d) => { d.support!.bases[0]!.validFrom = '2021-07-15'; }, 'base@2021-07-15', 'validFrom', 'no first day of a month'],
  ['a later one announced before', (d) => { d.support!.bases[1]!.announced = '2020-01-01'; }, 'base@2024-07-01', 'announced', 'was announced before it'], ['a coefficient beyond ten', (d) => { d.support!.groups[0]!.tenths = 250; }, 'child-alone-under-4@2021-07-01', 'tenths', 'is 250'],
  ['a coefficient twice', (d) => { d.support!.groups[1]!.group = 'child-alone-under-4'; }, 'child-alone-under-4@2021-07-01', 'validFrom', 'same days'], ['an amount that is no whole đồng', (d) => { d.support!.bases[0]!.amount = 360_001; }, 'child-alone-under-4@2021-07-01', 'tenths', 'no whole đồng'],
])('%s is found, with record and remedy', (_fault, harm, record, field, problem) => {
  const data = excerpt();
  harm(data);
  const found = validate(data).find((one) => one.file === 'support.json' && one.record === record && one.field === field);
  expect(found, JSON.stringify(validate(data).slice(0, 3))).toMatchObject({ problem: expect.stringContaining(problem), remedy: expect.stringMatching(/./) });
});

test('it is told with its line', () => {
  const text = '{\n"bases": [\n{"validFrom":"2021-07-01","amount":1}\n],\n"groups": [\n{"group":"a","validFrom":"2021-07-01"},\n{"group":"b","validFrom":"2021-07-01"}\n]\n}';
  const at = (record: string, field: string): number => locateIn([{ file: 'support.json', record, field, problem: '', remedy: '' }], () => text)[0]!.line;
  expect([at('base@2021-07-01', 'amount'), at('b@2021-07-01', 'tenths')]).toEqual([3, 7]);
});
