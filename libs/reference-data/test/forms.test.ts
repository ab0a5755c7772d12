import { editionOn, formKinds } from '@lienthong/law';
import type { FormEdition } from '@lienthong/law';
import { describe, expect, test } from 'vitest';
import { actsNamed, formFaults, loadActs, loadForms } from '../src/index.ts';

const released = loadForms();

describe('the released forms', () => {
  test.each<[on: string, numbers: string]>([
    ['2019-01-08', ''], ['2019-01-09', 'receipt 01, supplement 02, refusal 03, apology 04, control-slip 05, tracking-book 06'], ['2025-09-14', 'receipt 01, supplement 02, refusal 03, apology 04, control-slip 05, tracking-book 06'],
    ['2025-09-15', 'receipt 01, supplement 02, refusal 03, apology 04, stop 05, control-slip 06, tracking-book 07'], ['2027-06-01', 'receipt 01, supplement 02, refusal 03, apology 04, stop 05, control-slip 06, tracking-book 07'],
  ])('of %s are %s', (on, numbers) => {
    expect(formKinds.flatMap((kind) => { const found = editionOn(released, kind, on); return found === undefined ? [] : [`${kind} ${found.number}`]; }).join(', ')).toBe(numbers);
  });

  test('rest on acts that were in force on their days', () => {
    const acts = new Map(loadActs().map((one) => [one.number, one]));
    expect(released.filter(({ source, validFrom, validTo }) => { const act = acts.get(actsNamed(source.act)[0] ?? ''); return act === undefined || (act.validFrom ?? '9999') > validFrom || (act.validTo !== null && (validTo === null || validTo > act.validTo)); })).toEqual([]);
  });
});

const [first] = released as readonly [FormEdition, ...FormEdition[]];
test.each<[what: string, changed: readonly FormEdition[], said: RegExp | null]>([
  ['one edition', [first], null], ['a form that is none', [{ ...first, form: 'x' as FormEdition['form'] }], /is no form/], ['a number of one digit', [{ ...first, number: '1' }], /two digits/], ['an end before the beginning', [{ ...first, validTo: '2018-01-01' }], /validity/],
  ['a day that is none', [{ ...first, validFrom: 'x' }], /validity/], ['two of one form on a day', [first, { ...first, number: '09' }], /claims a day together with row 1/], ['two of one number on a day', [first, { ...first, form: 'stop' }], /claims a day/], ['one after the other', [{ ...first, validTo: '2019-12-31' }, { ...first, validFrom: '2020-01-01' }], null],
])('%s', (_what, changed, said) => {
  const faults = formFaults(changed).join('\n');
  expect(faults).toMatch(said ?? /^$/);
});
