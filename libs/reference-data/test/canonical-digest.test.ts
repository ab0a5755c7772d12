import { describe, expect, test } from 'vitest';
import { canonicalDigest } from '../src/index.ts';
import { excerpt } from './excerpt.ts';
import type { MutableData } from './excerpt.ts';

const digest = canonicalDigest(excerpt());
const reversed = <T extends object>(record: T): T => Object.fromEntries(Object.entries(record).reverse()) as T;

describe('the digest of reference data', () => {
  test('does not depend on how the files are laid out', () => {
    const data = excerpt();
    expect(canonicalDigest({ ...reversed(data), areas: data.areas.map(reversed), offices: data.offices.map((one) => reversed({ ...one, source: reversed(one.source) })) })).toBe(digest);
  });

  test.each<readonly [fact: string, change: (data: MutableData) => void]>([
    ['a letter of a name', (d) => { d.areas[0]!.name.vi += '.'; }],
    ['an amount', (d) => { d.procedures.find((one) => one.fees.length > 0)!.fees[0]!.amount.online += 1; }],
    ['a minute of a session', (d) => { d.sessions[0]!.week[1]![0]!.to += 1; }],
    ['the order of legs', (d) => { d.procedures.find((one) => one.code === '1.013831')!.legs.reverse(); }],
    ['a day', (d) => { d.days.pop(); }],
    ['the source of an office', (d) => { d.offices[0]!.source = { ...d.offices[0]!.source, status: 'read' }; }],
  ])('changes with %s', (_, change) => {
    const data = excerpt();
    change(data);
    expect(canonicalDigest(data)).not.toBe(digest);
  });
});
