import { Binary } from 'mongodb';
import { expect, test } from 'vitest';
import { absent, besideOf, flightItem, leftoversOf, maxInlineBytes, maxSegments, operationOf, standingAfter } from '../src/folder-write.ts';
import type { FolderWrite, Standing } from '../src/folder-write.ts';
import type { FolderDocument } from '../src/stored-documents.ts';
import { change } from './append-changes.ts';

const standing = (more: Partial<Standing> = {}): Standing => ({ exists: true, version: 3, fence: 0, inline: 0, count: 3, ...more });
const bytes = (size: number): Uint8Array => new Uint8Array(size).fill(7);
const write = (before: Standing, ...appends: FolderWrite['appends']): FolderWrite => ({ id: 'f', before, appends });

// bytes that lie in the document, bytes of the segment, where it goes
test.each([
  [0, 1, 'inline'],
  [0, maxInlineBytes, 'inline'],
  [0, maxInlineBytes + 1, 'beside'],
  [maxInlineBytes - 10, 9, 'inline'],
  [maxInlineBytes - 10, 10, 'inline'],
  [maxInlineBytes - 10, 11, 'beside'],
  [maxInlineBytes, 0, 'inline'],
])('with %i bytes in the document a segment of %i bytes goes %s', (inline, size, place) => {
  const one = write(standing({ inline }), change('f', 3, { segment: bytes(size) }));
  expect(besideOf(one, 9)).toHaveLength(place === 'beside' ? 1 : 0);
  expect(flightItem(one, 9).beside).toBe(place === 'beside');
  expect(standingAfter(one)).toEqual(standing({ version: 4, count: 4, inline: place === 'inline' ? inline + size : inline }));
});

test.each([[maxSegments - 1, 'ok'], [maxSegments, 'refused']])('a folder of %i segments: one more is %s', (count, result) => {
  const one = write(standing({ count }), change('f', 3, { segment: bytes(1) }));
  if (result === 'ok') expect(standingAfter(one).count).toBe(maxSegments);
  else expect(() => standingAfter(one)).toThrow(RangeError);
});

test('a first write makes the whole document', () => {
  const one = write(absent, change('f', 0, { aux: bytes(1), index: { code: ['c'], desk: ['d', 'd'] }, wakeAt: 5, unsettled: true }), change('f', 1, { asides: [{ name: 'p', bytes: bytes(2) }] }));
  const { insertOne } = operationOf(one, 12) as { insertOne: { document: FolderDocument } };
  expect(insertOne.document).toEqual({
    _id: 'f', version: 2, fence: 0, commit: 12, incarnation: 'land~00000000000000a1', segments: [new Binary(Buffer.from('f 0')), new Binary(Buffer.from('f 1'))], count: 2, inline: 6,
    aux: new Binary(bytes(1)), wakeAt: null, unsettled: false, index: ['code\u0000c', 'desk\u0000d'], recent: [12], asides: [12],
  });
  expect(besideOf(one, 12)).toEqual([{ _id: 'f/12/a0', f: 'f', w: 12, n: 'p', b: new Binary(bytes(2)) }]);
});

test('a later write compares version and fence, and touches only what it brings', () => {
  const one = write(standing({ fence: 2 }), { id: 'f', expectedVersion: 3, incarnation: 'x', wakeAt: 8, unsettled: true });
  expect(operationOf(one, 12)).toEqual({ updateOne: {
    filter: { _id: 'f', version: 3, fence: 2 },
    update: { $set: { version: 4, commit: 12, incarnation: 'x', wakeAt: 8, unsettled: true }, $push: { recent: { $each: [12], $slice: -8 } } },
  } });
});

test('of several appends that land together the last of each part counts; asides by name', () => {
  const one = write(standing(), change('f', 3, { aux: bytes(1), index: { a: ['1'] }, asides: [{ name: 'p', bytes: bytes(1) }, { name: 'q', bytes: bytes(1) }] }), change('f', 4, { aux: bytes(2), asides: [{ name: 'p', bytes: null }] }));
  const { updateOne } = operationOf(one, 12) as { updateOne: { update: { $set: object; $push: object } } };
  expect(updateOne.update.$set).toMatchObject({ version: 5, aux: new Binary(bytes(2)), index: ['a\u00001'] });
  expect(updateOne.update.$push).toMatchObject({ asides: 12 });
  expect(besideOf(one, 12).map(({ n, b }) => [n, b?.length() ?? null])).toEqual([['p', null], ['q', 1]]);
});

const replaced = { deleteMany: { filter: { f: 'f', n: { $in: ['p'] }, w: { $lt: 12 } } } };
const removed = { deleteMany: { filter: { f: 'f', w: 12, n: { $ne: null }, b: null } } };
const withdrawn = { deleteMany: { filter: { f: 'f', w: 12 } } };

test.each([
  ['a first write replaces nothing', absent, bytes(1), true, []],
  ['a later one replaces what bore the name', standing(), bytes(1), true, [replaced]],
  ['a removal goes last: until then it hides what it removes', standing(), null, true, [replaced, removed]],
  ['a removal of what there never was', absent, null, true, [removed]],
  ['what did not land goes altogether', standing(), bytes(1), false, [withdrawn]],
] as const)('beside a folder: %s', (_what, before, content, landed, left) => {
  expect(leftoversOf(write(before, change('f', before.version, { asides: [{ name: 'p', bytes: content }] })), 12, landed)).toEqual(left);
});

test('a write without asides leaves nothing beside', () => {
  expect(leftoversOf(write(standing({ inline: maxInlineBytes }), change('f', 3, { segment: bytes(1) })), 12, true)).toEqual([]);
});
