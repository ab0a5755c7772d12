import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { sharedMark } from '../src/index.ts';
import type { SharedMark } from '../src/index.ts';

const [a, b] = ['land~00000000000000a1', 'land~00000000000000b2'];
/** As those of the product, it must be asked as an object. */
const keys = { known: new Map([[b, [a]]]), predecessorsOf(author: string): readonly string[] { return this.known.get(author) ?? []; } };

let directory: string;
let opened: SharedMark[];
beforeEach(() => { directory = join(mkdtempSync(join(tmpdir(), 'marks-')), 'marks.d'); opened = []; });
afterEach(() => { for (const one of opened) one.close(); rmSync(directory, { recursive: true }); });

function open(instance: string, service = 'land'): SharedMark {
  const mark = sharedMark(directory, service, instance, keys);
  opened.push(mark);
  return mark;
}

// what instance 0 and instance 1 have raised, what each of them reads
test.each([
  ['nothing yet', [], [], undefined],
  ['one has', [[a, 5]], [], [a, 5]],
  ['the higher one counts', [[a, 5]], [[a, 9]], [a, 9]],
  ['the newer incarnation counts, however low, and how far the older one had come is known still', [[b, 2]], [[a, 9]], [b, 2, 9]],
  ['an instance that goes on with the old one hides nothing', [[a, 5], [b, 2]], [[a, 9]], [b, 2, 9]],
  ['what an instance had before it took the new one is not forgotten', [[a, 9], [b, 2]], [[b, 4]], [b, 4, 9]],
] as [string, (readonly [string, number])[], (readonly [string, number])[], (readonly [string, number, number?]) | undefined][])('%s', (_, first, second, expected) => {
  const [zero, one] = [open('0'), open('1')];
  for (const [incarnation, commit] of first) zero.raise({ incarnation, commit });
  for (const [incarnation, commit] of second) one.raise({ incarnation, commit });
  const mark = expected && { incarnation: expected[0], commit: expected[1], ...(expected[2] === undefined ? {} : { before: expected[2] }) };
  expect([zero.read(), one.read(), open('2').read()]).toEqual([mark, mark, mark]);
});

test('it goes on after a restart, and is apart from that of another service', () => {
  open('0').raise({ incarnation: a, commit: 7 });
  opened.pop()!.close();
  open('0', 'land-tax').raise({ incarnation: 'land-tax~00000000000000a1', commit: 9 });
  expect(open('0').read()).toEqual({ incarnation: a, commit: 7 });
  expect(readdirSync(directory).sort()).toEqual(['land-tax.0', 'land.0']);
});

test('a file of another instance that is damaged is told, not passed over', () => {
  const mark = open('0');
  writeFileSync(join(directory, 'land.1'), Buffer.alloc(32 * 1024, 7));
  expect(() => mark.read()).toThrow(expect.objectContaining({ code: 'STORE_DAMAGED', file: join(directory, 'land.1') }));
});

test.each([[''], ['../0'], ['a.b'], ['A'], ['x'.repeat(64)]])('"%s" names no instance', (instance) => {
  expect(() => sharedMark(directory, 'land', instance, keys)).toThrow(RangeError);
  directory = mkdtempSync(join(tmpdir(), 'marks-'));
});
