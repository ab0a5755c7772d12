/** What a bounded map keeps, and what goes. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Generations } from '../src/index.ts';

type Kept = { readonly weight: number };
const max = 12;
const key = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h');
const step = fc.oneof(
  fc.record({ does: fc.constant('set' as const), key, weight: fc.integer({ min: 1, max: 5 }) }),
  fc.record({ does: fc.constantFrom('use' as const, 'get' as const, 'delete' as const), key }),
);

test('it holds what was set last under each key, or told that it went; its weight is bounded, and what came or was used lately is there', () => {
  fc.assert(fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
    const model = new Map<string, Kept>();
    const lately: { key: string; weight: number; deleted: boolean }[] = [];
    const map = new Generations<string, Kept>(max, {
      weigh: ({ weight }) => weight,
      gone: (value, gone) => { expect(model.get(gone)).toBe(value); model.delete(gone); },
    });
    for (const one of steps) {
      if (one.does === 'set') {
        const value = { weight: one.weight };
        model.set(one.key, value);
        map.set(one.key, value);
      } else if (one.does === 'delete') {
        expect(map.delete(one.key)).toBe(model.get(one.key));
        model.delete(one.key);
      } else {
        const before = model.get(one.key);
        expect(map[one.does](one.key)).toBe(before);
      }
      const now = model.get(one.key);
      if (one.does === 'set' || one.does === 'use') if (now !== undefined) lately.unshift({ key: one.key, weight: now.weight, deleted: false });
      expect(map.size).toBe(model.size);
      expect(Math.max(0, [...model.values()].reduce((sum, { weight }) => sum + weight, 0) - max)).toBeLessThanOrEqual(5);
      let weight = 0;
      if (one.does === 'delete') for (const recent of lately) if (recent.key === one.key) recent.deleted = true;
      for (const recent of lately) {
        weight += recent.weight;
        if (weight > max / 2) break;
        // It has come all the same.
        if (recent.deleted) continue;
        expect(map.get(recent.key)).toBe(model.get(recent.key));
        expect(model.has(recent.key)).toBe(true);
      }
    }
  }));
});

test('one that alone is heavier than all that is kept stays until the next that is so heavy', () => {
  const map = new Generations<string, number>(10, { weigh: (weight) => weight });
  map.set('a', 100);
  map.set('b', 1);
  expect([map.get('a'), map.get('b')]).toEqual([100, 1]);
  map.set('c', 100);
  expect([map.get('a'), map.get('b'), map.get('c')]).toEqual([undefined, 1, 100]);
  map.clear();
  expect(map.size).toBe(0);
});
