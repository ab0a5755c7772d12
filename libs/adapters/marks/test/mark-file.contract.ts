import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import type { Mark } from '@lienthong/kernel/ports/world';
import { MarkFile, readMarks } from '../src/mark-file.ts';

const author = 'land~0123456789abcdef';
const directory = mkdtempSync(join(tmpdir(), 'lienthong-marks-'));
let files = 0;
const storeDirectory = (): { readonly marksPath: string } => ({ marksPath: join(directory, `marks-${files++}`) });
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const mark = (commit: number, incarnation = author): Mark => ({ incarnation, commit });
const successor = 'land~00000000000000b2';
const slotBytes = 16 * 1024;

function marked(...commits: number[]): string {
  const { marksPath } = storeDirectory();
  const file = new MarkFile(marksPath);
  for (const commit of commits) file.raise(new Map([['land', mark(commit)]]));
  file.close();
  return marksPath;
}

/** Spoils bytes of one slot, as a torn write does. */
function tear(path: string, slot: number, at: number): void {
  const file = readFileSync(path);
  file[slot * slotBytes + at]! ^= 0xff;
  writeFileSync(path, file);
}

test('marks are kept by namespace and go on after opening again', () => {
  const path = marked(1, 2);
  const file = new MarkFile(path);
  file.raise(new Map([['intake', mark(7)]]));
  file.close();
  expect(readMarks(path)).toEqual(new Map([['land', mark(2)], ['intake', mark(7)]]));
});

test.each([
  ['never falls for one incarnation', [mark(5), mark(3)], mark(5)],
  ['rises', [mark(5), mark(6)], mark(6)],
  ['starts anew with another incarnation, and remembers how far the one before had come', [mark(5), mark(3, successor)], { ...mark(3, successor), before: 5 }],
  ['remembers it while it rises', [mark(5), mark(3, successor), mark(9, successor)], { ...mark(9, successor), before: 5 }],
  ['remembers the highest of all that came before', [mark(5), mark(3, successor), mark(1, 'land~00000000000000c3')], { ...mark(1, 'land~00000000000000c3'), before: 5 }],
])('a mark %s', (_, raised, expected) => {
  const { marksPath } = storeDirectory();
  const file = new MarkFile(marksPath);
  for (const one of raised) file.raise(new Map([['land', one]]));
  file.close();
  expect(readMarks(marksPath).get('land')).toEqual(expected);
});

// generation 3 lies in slot 1, generation 2 in slot 0
test.each([['its magic', 0], ['its checksum', 4], ['its generation', 12], ['its length', 19], ['its text', 25]])('a write torn in %s leaves the one before', (_, at) => {
  const path = marked(10, 20, 30);
  expect(readMarks(path).get('land')).toEqual(mark(30));
  tear(path, 1, at);
  expect(readMarks(path).get('land')).toEqual(mark(20));
  const file = new MarkFile(path);
  file.raise(new Map([['land', mark(40)]]));
  file.close();
  expect(readMarks(path).get('land')).toEqual(mark(40));
});

test('a first write that was torn is no mark yet', () => {
  const path = marked(10);
  tear(path, 1, 30);
  expect(readMarks(path)).toEqual(new Map());
});

test('two spoilt slots are damage', () => {
  const path = marked(10, 20);
  tear(path, 0, 30);
  tear(path, 1, 30);
  expect(() => readMarks(path)).toThrow(expect.objectContaining({ code: 'STORE_DAMAGED', file: path }));
});

test.each([10, slotBytes, 2 * slotBytes - 1])('a file that was cut short to %i bytes is damage', (length) => {
  const path = marked(1, 2);
  truncateSync(path, length);
  expect(() => readMarks(path)).toThrow(expect.objectContaining({ code: 'STORE_DAMAGED', file: path }));
  expect(() => new MarkFile(path)).toThrow(expect.objectContaining({ code: 'STORE_DAMAGED' }));
});

test('a file in which nothing was marked yet is no damage, of whatever length a crash has left it', () => {
  for (const length of [0, 10, 2 * slotBytes]) {
    const { marksPath } = storeDirectory();
    writeFileSync(marksPath, Buffer.alloc(length));
    expect(readMarks(marksPath).size).toBe(0);
  }
});

test('no file is no mark', () => {
  expect(readMarks(storeDirectory().marksPath)).toEqual(new Map());
});
