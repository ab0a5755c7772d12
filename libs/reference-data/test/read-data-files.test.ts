import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readDataFiles, releasedData } from '../src/index.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'reference-data-'));
  cpSync(releasedData, folder, { recursive: true });
});
afterEach(() => rmSync(folder, { recursive: true }));

const change = (name: string, by: (text: string) => string): void => writeFileSync(join(folder, name), by(readFileSync(join(folder, name), 'utf8')));

describe('a damaged data file is refused with its name and the remedy', () => {
  test.each<readonly [damage: string, file: string, by: (text: string) => string, message: RegExp]>([
    ['cut in the middle', 'offices.json', (text) => text.slice(0, text.length / 2), /offices\.json cannot be read; restore it/],
    ['an object where records are expected', 'areas.json', () => '{}', /areas\.json lacks a list of records; restore it/],
    ['days missing', 'calendar.json', () => '{"sessions":[]}', /calendar\.json lacks a list/],
    ['a procedure file that is no list', 'procedures/1.001193.json', () => '{}', /1\.001193\.json lacks a list/],
    ['cut where a value begins', 'calendar.json', () => '{"sessions":[\n,', /cannot be read; restore it from the release or correct its JSON at line 2: no JSON from ","/],
    ['a record that is none', 'areas.json', (text) => text.replace('[', '[null,'), /areas\.json:1: \[0\] is null, no record; restore it/],
    ['a source that is not listed', 'offices.json', (text) => text.replace('"source":"two-tier"', '"source":"hearsay"'), /names source hearsay, which the file does not list; add it/],
  ])('%s', (_, file, by, message) => {
    change(file, by);
    expect(() => readDataFiles(folder)).toThrow(message);
  });

  test('an untouched copy reads as released', () => {
    expect(readDataFiles(folder)).toEqual(readDataFiles());
  });
});
