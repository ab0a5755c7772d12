/** Files that people write by hand: where they stop being JSON, and what is lost in them without a word. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { jsonFault, repeatedFields } from '../src/index.ts';

const reads = (text: string): boolean => { try { JSON.parse(text); return true; } catch { return false; } };

test('a text has a fault exactly where JSON.parse refuses it, however it was damaged', () => {
  const damaged = fc.tuple(fc.jsonValue(), fc.nat(), fc.constantFrom('', ',', '"', '}', ']', ':', '{', '\n', '\\', '1', 'x', '\u00A0')).map(([value, at, put]) => {
    const text = JSON.stringify(value, null, 1), place = at % text.length;
    return text.slice(0, place) + put + text.slice(place + 1);
  });
  fc.assert(fc.property(damaged, (text) => {
    const fault = jsonFault(text);
    expect(fault === null).toBe(reads(text));
    if (fault !== null) expect(fault.line).toBeLessThanOrEqual(text.split('\n').length);
  }));
});

test.each([
  ['{"reform":\n "thu",\n]', 3], ['[1,\n2,\n]', 3], ['{"a": 1}\nx', 2], ['', 1], ['{"a":\n', 2], ["{'a': 1}", 1], ['{"a": 1\r\n "b": 2}', 2], [`${'['.repeat(300)}`, 1],
])('%j is no JSON from line %i on', (text, line) => { expect(jsonFault(text)?.line).toBe(line); });

test.each([
  ['{"a": 1,\n "b": {"c": 1,\n "c": 2},\n "a": 3}', [['b.c', 3], ['a', 4]]], ['[{"a": 1}, {"a": 1}]', []], ['{"a": [{"x": 1,\r\n"x": 1}]}', [['a[0].x', 2]]],
])('fields that stand twice in one record of %j', (text, expected) => { expect(repeatedFields(text).map((one) => [one.path, one.line])).toEqual(expected); });
