import { expect, test } from 'vitest';
import { FolderCache } from '../src/folder-cache.ts';
import type { OpenFolder } from '../src/open-folder.ts';
import type { IndexFields } from '../src/ports/folder-store.ts';
import { UniqueValues } from '../src/unique-values.ts';

const open = (id: string, index: IndexFields): OpenFolder<null> => ({ id, index, unsettled: false }) as unknown as OpenFolder<null>;

test('a folder is found by a value of its own while it is open here and its index says so', () => {
  const cache = new FolderCache<null>(2), unique = new UniqueValues(['code'], cache), folder = open('f', { code: ['c'], desk: ['d'] });
  cache.put(folder);
  expect(unique.find('code', 'c')).toBeUndefined();
  unique.note(folder.index, folder.id);
  expect(unique.find('code', 'c')).toBe('f');
  // Of other fields only the store knows how many there are.
  expect(unique.find('desk', 'd')).toBeUndefined();
  folder.index = { code: ['other'] };
  expect(unique.find('code', 'c')).toBeUndefined();
  folder.index = { code: ['c'] };
  cache.drop('f');
  expect(unique.find('code', 'c')).toBeUndefined();
});

test('of too many open folders those go first that nobody has asked for since', () => {
  const cache = new FolderCache<null>(4);
  const kept = (): readonly string[] => ['a', 'b', 'c', 'd', 'e'].filter((id) => cache.peek(id) !== undefined);
  for (const id of ['a', 'b', 'c']) cache.put(open(id, {}));
  expect(kept()).toEqual(['a', 'b', 'c']);
  cache.get('a');
  expect(kept()).toEqual(['a', 'c']);
  for (const id of ['d', 'e']) cache.put(open(id, {}));
  expect(kept()).toEqual(['d', 'e']);
});
