/** Chance comes from the system many bytes at once; whoever gets some shares none with anybody. */
import { expect, test } from 'vitest';
import { systemWorld } from '../src/index.ts';

const world = systemWorld({ sign: async () => new Uint8Array(0), verify: () => true, maySucceed: () => true } as unknown as Parameters<typeof systemWorld>[0]);
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

test('no bytes come twice, whatever was asked before', () => {
  const seen = new Set<string>();
  for (let n = 0; n < 20_000; n++) seen.add(hex(world.randomBytes(16 + (n % 7)).subarray(0, 16)));
  expect(seen.size).toBe(20_000);
});

test.each([0, 1, 16, 8_191, 8_192, 8_193, 100_000])('%s bytes are as many, and not all alike', (n) => {
  const bytes = world.randomBytes(n);
  expect(bytes.length).toBe(n);
  if (n >= 16) expect(new Set(bytes).size).toBeGreaterThan(4);
});

test('what was given is not given again when its owner overwrites it', () => {
  const first = world.randomBytes(16), copy = hex(first);
  first.fill(0);
  const later = Array.from({ length: 2_000 }, () => hex(world.randomBytes(16)));
  expect(later).not.toContain(copy);
  expect(later).not.toContain(hex(first));
});
