import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { effective, effectOf, parseItemId, refKey } from '../src/index.ts';
import type { Entry, Folder } from '../src/index.ts';
import { checks, copyOf } from './support/copy.ts';
import { histories } from './support/history.ts';
import { PlainRules } from './support/plain-rules.ts';

const runs = { numRuns: 300 };
const logged = (folder: Folder<string>): Entry<string>[] => [...folder.logs.values()].flatMap((log) => log.entries);

describe.each([['calm', true], ['with forks and successions', false]])('in histories %s', (_name, calm) => {
  test('every entry has the effect that a plain reading of the rules gives it', () => {
    fc.assert(fc.property(histories(calm), ({ all }) => {
      const folder = copyOf(all);
      const plain = new PlainRules(all, checks.maySucceed);
      for (const entry of logged(folder)) expect(effectOf(folder, entry), refKey(entry)).toBe(plain.effectOf(entry));
    }), runs);
  });

  test('every item stands where a plain reading of the rules puts it', () => {
    fc.assert(fc.property(histories(calm), ({ all }) => {
      const folder = copyOf(all);
      const plain = new PlainRules(all, checks.maySucceed);
      for (const item of folder.items.values()) {
        expect({ holder: item.holder, term: item.term, ended: item.ended }, item.id).toEqual(plain.position(item.id));
      }
    }), runs);
  });

  test('under each term an item has one holder, who alone acts, and is moved on or ended once at most', () => {
    fc.assert(fc.property(histories(calm), ({ all }) => {
      const folder = copyOf(all);
      const moved = new Set<string>();
      for (const entry of effective(folder)) {
        if (entry.item === '') continue;
        const key = `${entry.item} ${entry.term}`;
        expect(folder.items.get(entry.item)!.tenures[entry.term - 1]!.holder).toBe(entry.author);
        expect(moved.has(key), `${refKey(entry)} acts after the term ended`).toBe(false);
        if (entry.ends || entry.handsTo !== '') moved.add(key);
      }
    }), runs);
  });

  test('an item exists exactly when the entry that creates it has effect', () => {
    fc.assert(fc.property(histories(calm), ({ all }) => {
      const folder = copyOf(all);
      const created = [...effective(folder)].flatMap((entry) => (entry.succeeds === null ? entry.creates.map((_holder, n) => `${refKey(entry)}/${n}`) : []));
      expect([...folder.items.keys()].sort()).toEqual(created.sort());
      for (const id of folder.items.keys()) expect(parseItemId(id)).toBeDefined();
    }), runs);
  });

  test('each copy on the way to the whole says of its part what the whole of that part says: effects do not depend on when entries came', () => {
    fc.assert(fc.property(histories(calm), ({ copies }) => {
      for (const folder of copies.values()) {
        const plain = new PlainRules(folder.order, checks.maySucceed);
        for (const entry of logged(folder)) expect(effectOf(folder, entry), refKey(entry)).toBe(plain.effectOf(entry));
      }
    }), runs);
  });
});

test('an entry without effect changes nothing: histories with and without it put every item at the same place', () => {
  fc.assert(fc.property(histories(true), ({ all }) => {
    const folder = copyOf(all);
    const last = all[all.length - 1];
    if (last === undefined || effectOf(folder, last) === 'effective') return;
    const without = copyOf(all.slice(0, -1));
    const standing = (one: Folder<string>): unknown => [...one.items.values()].map(({ id, holder, term, ended }) => [id, holder, term, ended]).sort();
    expect(standing(without)).toEqual(standing(folder));
  }), runs);
});
