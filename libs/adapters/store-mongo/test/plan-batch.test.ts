import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fateOf } from '../src/batch-writer.ts';
import { absent } from '../src/folder-write.ts';
import type { Standing } from '../src/folder-write.ts';
import { planBatch } from '../src/plan-batch.ts';
import { hasEnded } from '../src/settlement.ts';
import { author, change, otherAuthor } from './append-changes.ts';

const at = (version: number): Standing => ({ exists: version > 0, version, fence: 0, inline: 0, count: 0 });
const anyAppend = fc.record({ id: fc.constantFrom('a', 'b', 'c'), expected: fc.nat({ max: 4 }), by: fc.constantFrom(author, author, author, otherAuthor) });

test('a batch is decided as if its appends came one after the other', () => fc.assert(fc.property(
  fc.array(anyAppend, { maxLength: 30 }), fc.dictionary(fc.constantFrom('a', 'b', 'c'), fc.nat({ max: 2 }), { noNullPrototype: true }),
  (asked, versions) => {
    const appends = asked.map(({ id, expected, by }) => change(id, expected, { incarnation: by }));
    const plan = planBatch(appends, new Map(Object.entries(versions).map(([id, version]) => [id, at(version)])), (by) => by === author);
    const now = new Map(Object.entries(versions));
    let commits = 0;
    const expected = appends.map(({ id, expectedVersion, incarnation }) => {
      if (incarnation !== author) return { conflict: 'incarnation' };
      if ((now.get(id) ?? 0) !== expectedVersion) return { conflict: 'version' };
      now.set(id, expectedVersion + 1);
      return { version: expectedVersion + 1, nth: commits++ };
    });
    expect(plan.verdicts.map((verdict) => ('conflict' in verdict ? verdict : { version: verdict.version, nth: verdict.nth }))).toEqual(expected);
    expect(plan.commits).toBe(commits);
    // Each folder is written once, and bears the last of its numbers.
    expect(new Set(plan.writes.map(({ id }) => id)).size).toBe(plan.writes.length);
    plan.writes.forEach((write, place) => {
      const own = plan.verdicts.flatMap((verdict, nth) => ('write' in verdict && verdict.write === place ? [{ verdict, append: appends[nth]! }] : []));
      expect(write.appends).toEqual(own.map(({ append }) => append));
      expect(plan.lastNth[place]).toBe(own.at(-1)!.verdict.nth);
      expect(write.before.version).toBe(write.appends[0]!.expectedVersion);
    });
  },
)));

test.each([
  ['what nothing is known of is taken for absent', 'x', 0, []],
  ['another version than the known one is doubted', 'a', 5, ['a']],
  ['the known version is not', 'a', 2, []],
])('%s', (_, id, expected, doubted) => {
  const plan = planBatch([change(id, expected)], new Map([['a', at(2)]]), () => true);
  expect(plan.doubted).toEqual(doubted);
  if (id === 'x') expect(plan.writes[0]!.before).toEqual(absent);
});

test('what follows a write of its own batch is decided by it, not doubted', () => {
  expect(planBatch([change('a', 0), change('a', 0)], new Map(), () => true)).toMatchObject({ doubted: [], verdicts: [{ version: 1 }, { conflict: 'version' }] });
});

test.each([
  [7, [5, 6, 7], 'landed'],
  [7, [5, 7, 9], 'landed'],
  [7, [5, 6], 'not-landed'],
  [7, [5, 9], 'not-landed'],
  [7, [], 'not-landed'],
  // It has forgotten none.
  [7, [8, 9, 10], 'not-landed'],
  [7, [8, 9, 10, 11, 12, 13, 14], 'not-landed'],
  [7, [8, 9, 10, 11, 12, 13, 14, 15], 'unknown'],
])('commit %i in a folder that remembers %j: %s', (commit, recent, fate) => expect(fateOf(commit, recent)).toBe(fate));

// the folder's document, whether a write prepared on version 3 and fence 1 has ended
test.each([
  [undefined, false],
  [{ version: 3, fence: 1 }, false],
  [{ version: 2, fence: 1 }, false],
  [{ version: 4, fence: 1 }, true],
  [{ version: 3, fence: 2 }, true],
])('a write on version 3 and fence 1, where the folder is at %j, has ended: %s', (found, ended) => {
  expect(hasEnded({ id: 'a', version: 3, fence: 1, commit: 9, beside: false }, found)).toBe(ended);
});
