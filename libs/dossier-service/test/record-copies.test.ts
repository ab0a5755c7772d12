import { describe, expect, test } from 'vitest';
import { asideName } from '@lienthong/law';
import { keptAt, mayPullRecord, recordToCopy, recordToRegain } from '../src/record-copies.ts';
import { foldRecord, openedRecord } from '../src/record.ts';
import type { RegisterRecord } from '../src/record.ts';

const keepers = { land: 'intake', intake: 'land' };
const commitment = (name: string) => ({ part: 'facts', commitment: name });
const entry = (kind: string, body: object) => ({ author: 'land~0123456789abcdef', seq: 1, item: '', kind, body, recordedAt: 1, effectiveAt: 1 }) as unknown as Parameters<typeof foldRecord>[1];

function record(...more: readonly [string, object][]): RegisterRecord {
  const opened = openedRecord('f', 'item', entry('record-opened', { type: 'register:land', facts: commitment('one'), keys: {} }));
  for (const [kind, body] of more) foldRecord(opened, entry(kind, body));
  return opened;
}
const names = (...commitments: string[]): readonly string[] => commitments.map(asideName);

describe('a record of land that intake keeps', () => {
  test.each([
    ['its keeper copies what stands beside it', recordToCopy(keepers, record(), 'intake'), { from: 'land', as: 'item', names: names('one') }],
    ['land itself copies nothing', recordToCopy(keepers, record(), 'land'), null],
    ['nobody else copies it', recordToCopy(keepers, record(), 'postal'), null],
    ['land asks for it when its store was lost', recordToRegain(keepers, record(), 'land'), { as: 'item', names: names('one') }],
    ['its keeper asks for nothing', recordToRegain(keepers, record(), 'intake'), null],
    ['it is held by both', keptAt(keepers, record()), ['land', 'intake']],
    ['without a table nobody keeps it', keptAt(undefined, record()), []],
    ['and nobody copies it', recordToCopy(undefined, record(), 'intake'), null],
    ['nor does anybody ask', recordToRegain(undefined, record(), 'land'), null],
    ['nor where the table names others', keptAt({ postal: 'intake' }, record()), []],
  ])('%s', (_what, found, expected) => { expect(found).toEqual(expected); });

  test('every version, the reason of each read and what events commit to come along; an empty commitment is nothing', () => {
    const whole = record(
      ['record-changed', { facts: commitment('two'), keys: {}, reason: '' }], ['record-applied', { decision: { author: 'a~1', seq: 1 }, dossier: 'd', facts: commitment(''), keys: {} }],
      ['record-read', { fact: 'x', version: 1, by: {}, service: 'intake', code: '', why: { part: 'why', commitment: 'why' } }], ['record-told', { events: [{ kind: 'paid', details: { part: 'details', commitment: 'details' } }], keys: {} }],
    );
    expect(recordToCopy(keepers, whole, 'intake')?.names).toEqual(names('one', 'two', 'why', 'details'));
  });

  test.each([
    ['land', ['one'], true], ['intake', ['one'], true], ['postal', ['one'], false], ['intake', ['other'], false], ['intake', ['one', 'other'], false],
  ])('%s may have %j of it: %s', (service, wanted, expected) => { expect(mayPullRecord(keepers, record(), service, names(...wanted))).toBe(expected); });
});
