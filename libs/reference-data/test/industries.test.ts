/** The list of industries: what is loaded, how deep, and what the validator says of a row that cannot be. */
import { expect, test } from 'vitest';
import { isIndustry } from '@lienthong/law';
import { loadReference, validate } from '../src/index.ts';
import { excerpt } from './excerpt.ts';
import type { MutableData } from './excerpt.ts';

const industries = loadReference().industries!;
const countsOn = (on: string): number[] => { const now = industries.filter((one) => one.validFrom <= on && (one.validTo === null || one.validTo >= on)); return [1, 2, 4].map((digits) => now.filter((one) => one.code.length === digits).length); };

test('has the sections, divisions and classes that each decision counts', () => {
  expect([countsOn('2018-08-19'), countsOn('2025-11-14'), countsOn('2025-11-15')]).toEqual([[0, 0, 0], [21, 88, 0], [22, 87, 495]]);
  expect([isIndustry(industries, '4512', '2025-11-14'), isIndustry(industries, '4512', '2025-11-15'), isIndustry(industries, '5610', '2026-11-23'), isIndustry(industries, '3400', '2026-11-23'), isIndustry(industries, '4799', '2025-11-14'), isIndustry(industries, '4799', '2025-11-15'), isIndustry(industries, '47110', '2025-11-15'), isIndustry(industries, '4600', '2025-11-15')]).toEqual([true, false, true, false, true, false, true, false]);
});

const division = (data: MutableData, code: string) => data.industries!.find((one) => one.code === code)!;
test.each<[string, (data: MutableData) => void, string, string, string]>([
  ['no source', (d) => { division(d, '47').source = undefined as never; }, '47@2018-08-20', 'source', 'is missing'], ['a code that is none', (d) => { division(d, '47').code = '4x'; }, '4x@2018-08-20', 'code', '4x is no code'],
  ['a division under nothing', (d) => { division(d, '47').parent = null; }, '47@2018-08-20', 'parent', 'only a section'], ['a section under another', (d) => { division(d, 'B').parent = 'A'; }, 'B@2018-08-20', 'parent', 'lies under nothing'],
  ['a line above that does not exist', (d) => { division(d, '47').parent = 'Z'; }, '47@2018-08-20', 'parent', 'does not exist'], ['a line above that ends before', (d) => { division(d, 'G').validTo = '2025-11-14'; }, '47@2018-08-20', 'parent', 'not in force'],
  ['a class of another division', (d) => { d.industries!.push({ ...division(d, '47'), code: '4610', parent: '47' }); }, '4610@2018-08-20', 'parent', 'does not begin with 47'], ['one code twice on a day', (d) => { d.industries!.push({ ...division(d, '47'), validFrom: '2020-01-01' }); }, '47@2020-01-01', 'validFrom', 'same days'],
])('%s is found, with record and remedy', (_fault, harm, record, field, problem) => {
  const data = excerpt();
  harm(data);
  const found = validate(data).find((one) => one.file === 'industries.json' && one.record === record && one.field === field);
  expect(found, JSON.stringify(validate(data).slice(0, 3))).toMatchObject({ problem: expect.stringContaining(problem), remedy: expect.stringMatching(/./) });
});
