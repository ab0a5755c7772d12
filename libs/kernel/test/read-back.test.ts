import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readBack } from '../src/wire/read-back.ts';

const parsed = (value: unknown): unknown => JSON.parse(JSON.stringify(value)) as unknown;

test('a JSON value is read back as parsing its text would read it, and shares no object with it', () => {
  fc.assert(fc.property(fc.jsonValue({ maxDepth: 6 }), (value) => {
    const read = readBack(value);
    expect(JSON.stringify(read)).toBe(JSON.stringify(value));
    expect(read).toStrictEqual(parsed(value));
    if (typeof value === 'object' && value !== null) expect(read).not.toBe(value);
  }));
});

test('of any object either parsing must tell, or it is read as parsing reads it', () => {
  fc.assert(fc.property(fc.object({ withDate: true, withNullPrototype: true, withSparseArray: true, withMap: true, withSet: true, withBoxedValues: true }), (value) => {
    const read = readBack(value);
    if (read !== undefined) expect(read).toStrictEqual(parsed(value));
  }));
});

test.each([
  ['a minus zero', { n: -0 }, { n: 0 }],
  ['a key that is called like the prototype', JSON.parse('{"__proto__":{"a":1}}'), JSON.parse('{"__proto__":{"a":1}}')],
  ['half a character', { text: '\ud800' }, { text: '\ud800' }],
  ['nothing at a name', { a: undefined }, undefined],
  ['nothing in a list', { a: [undefined] }, undefined],
  ['no number', { a: Number.NaN }, undefined],
  ['a date', { a: new Date(0) }, undefined],
  ['what says itself how it is written', { a: { toJSON: () => 1 } }, undefined],
])('%s', (_what, value, read) => {
  expect(readBack(value)).toStrictEqual(read);
});
