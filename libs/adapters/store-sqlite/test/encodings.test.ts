import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Append } from '@lienthong/kernel/ports/folder-store';
import { commitsOf, lastCommit, withCommit } from '../src/segment-list.ts';
import { answerAt, pack, packAnswers, unpack } from '../src/write-request.ts';
import type { WriteRequest } from '../src/write-request.ts';

test('a list of rising commits comes back as it was', () => fc.assert(fc.property(
  fc.uniqueArray(fc.integer({ min: 1, max: 2 ** 40 - 1 })).map((commits) => commits.sort((one, other) => one - other)),
  (commits) => {
    let list: Uint8Array = new Uint8Array(0);
    for (const commit of commits) list = withCommit(list, lastCommit(list), commit);
    expect(commitsOf(list)).toEqual(commits);
  },
)));

const bytes = fc.uint8Array({ maxLength: 20 });
const anyAppend: fc.Arbitrary<Append> = fc.record({
  id: fc.string(), expectedVersion: fc.nat(), incarnation: fc.string(), wakeAt: fc.option(fc.nat()), unsettled: fc.boolean(),
  asides: fc.array(fc.record({ name: fc.string(), bytes: fc.option(bytes) })),
  segment: bytes, aux: bytes, index: fc.dictionary(fc.string(), fc.array(fc.string()), { noNullPrototype: true }),
}, { requiredKeys: ['id', 'expectedVersion', 'incarnation', 'wakeAt', 'unsettled', 'asides'] });
const anyRequest: fc.Arbitrary<WriteRequest> = fc.oneof(
  fc.record({ ns: fc.nat(), change: anyAppend }),
  fc.record({ ns: fc.nat(), owner: fc.string() }),
  fc.record({ ns: fc.nat(), name: fc.string() }),
);

test('a batch arrives at the writer as it was asked', () => fc.assert(fc.property(fc.array(anyRequest), (requests) => {
  const packed = pack(requests);
  expect(packed.count).toBe(requests.length);
  expect(unpack(packed)).toEqual(requests);
})));

test('answers arrive as they were given', () => {
  const answers = [{ ok: true, version: 1, commit: 0 }, { ok: false, conflict: 'version' }, { ok: true, version: 7, commit: 2 ** 40 }, { ok: false, conflict: 'incarnation' }] as const;
  const packed = packAnswers(answers);
  expect(answers.map((_, at) => answerAt(packed, at))).toEqual(answers);
});
