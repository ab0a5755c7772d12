import { mkdtempSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { closestLine, linesOfJson } from '../src/line-of-field.ts';
import { locateFindings, readDataFiles, releasedData, validate } from '../src/index.ts';

test('every value of any JSON has its line', () => {
  fc.assert(fc.property(fc.jsonValue(), (value) => {
    const text = JSON.stringify(value, null, 1);
    const lines = linesOfJson(text);
    expect(lines.get('')).toBe(1);
    expect(Math.max(...lines.values())).toBeLessThanOrEqual(text.split('\n').length);
    if (Array.isArray(value)) value.forEach((_, n) => expect(lines.has(`[${n}]`)).toBe(true));
  }));
});

test.each([
  ['a.b[1]', 4], ['a.b[7]', 2], ['a.c', 1], ['z', 1], ['a.b[0]', 3],
])('%s stands in line %i', (path, line) => {
  expect(closestLine(linesOfJson('{"a": {\n "b": [\n  1,\n  {"x": "]}\\""}\n ]}}'), path)).toBe(line);
});

test('a fault in a file is told with its line', () => {
  const folder = mkdtempSync(join(tmpdir(), 'reference-'));
  for (const name of ['areas.json', 'offices.json', 'calendar.json', 'results.json', 'support.json', 'industries.json', 'transitions.json']) writeFileSync(join(folder, name), readFileSync(join(releasedData, name)));
  mkdirSync(join(folder, 'procedures'));
  const text = readFileSync(join(releasedData, 'procedures/1.013227.json'), 'utf8').replace('"limit":"5wd"', '"limit":"5"');
  writeFileSync(join(folder, 'procedures/1.013227.json'), text);
  const found = locateFindings(validate(readDataFiles(folder)), folder);
  const line = text.split('\n').findIndex((one) => one.includes('"limit":"5"')) + 1;
  expect(found).toMatchObject([{ file: 'procedures/1.013227.json', field: 'legs[0].limit', line, remedy: expect.stringContaining('number with its unit') }]);
});

test.each([['rules[-1].procedure', 1], ['days[0].', 2], ['days[0].a]b', 2], ['days[0].name.x[y', 3], ['', 1]])('the closest line of %s is found, whatever it names', (path, line) => {
  expect(closestLine(linesOfJson('{"days":[\n{\n"name":1}]}'), path)).toBe(line);
});
