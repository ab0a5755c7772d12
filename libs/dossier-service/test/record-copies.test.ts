import { describe, expect, test } from 'vitest';
import type { DutyContext } from '@lienthong/kernel';
import { asideName } from '@lienthong/law';
import { keptAt, mayPullRecord, recordToCopy, recordToRegain } from '../src/record-copies.ts';
import type { Keepers } from '../src/record-copies.ts';
import { foldRecord, openedRecord } from '../src/record.ts';
import type { RegisterRecord } from '../src/record.ts';
import { changedForField, dossierRules } from '../src/rules.ts';
import type { FolderState, LawEnvironment } from '../src/rules.ts';

const keepers = { land: 'intake', intake: 'land' };
const commitment = (name: string) => ({ part: 'facts', commitment: name });
const entry = (kind: string, body: object) => ({ author: 'land~0123456789abcdef', seq: 1, item: '', kind, body, recordedAt: 1, effectiveAt: 1 }) as unknown as Parameters<typeof foldRecord>[1];

function record(...more: readonly [string, object][]): RegisterRecord {
  const opened = openedRecord('f', 'item', entry('record-opened', { type: 'register:land', facts: commitment('one'), keys: {} }), true);
  for (const [kind, body] of more) foldRecord(opened, entry(kind, body));
  return opened;
}
const names = (...commitments: string[]): readonly string[] => commitments.map(asideName);

/** As a service folds it whose table of keepers is this one. */
function foldedUnder(table: Keepers | undefined): FolderState {
  const rules = dossierRules({ hosts: { intake: 'intake', money: 'intake', post: 'intake', observers: [] }, ...(table === undefined ? {} : { keepers: table }) } as unknown as LawEnvironment), state = rules.empty('f');
  for (const [kind, body] of history) rules.fold(state, entry(kind, body));
  return state;
}
const history = [['record-opened', { type: 'register:land', facts: commitment('one'), keys: {} }], ['record-changed', { facts: commitment('two'), keys: {}, reason: '' }]] as const;

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

describe('what stands beside a record', () => {
  test.each([['nobody', undefined], ['somebody, for another service', { postal: 'intake' }]])('is not noted where %s keeps a copy', (_who, table) => {
    expect(foldedUnder(table).record).toMatchObject({ beside: null, facts: { commitment: 'two' }, versions: [{ commitment: 'one' }, { commitment: 'two' }] });
  });

  test('is known whole to a keeper that is named later: the same entries are folded anew, and owner and keeper may have all of it', () => {
    const { record: later } = foldedUnder(keepers);
    expect(recordToCopy(keepers, later!, 'intake')?.names).toEqual(names('one', 'two'));
    expect(recordToRegain(keepers, later!, 'land')?.names).toEqual(names('one', 'two'));
    expect(mayPullRecord(keepers, later!, 'intake', names('one', 'two'))).toBe(true);
    expect({ ...later, beside: null }).toEqual(foldedUnder(undefined).record);
  });
});

describe('a record that dossiers changed', () => {
  const applied = (seq: number, more: object = {}): [string, object] => ['record-applied', { decision: { author: 'land~1', seq }, dossier: 'd', facts: commitment(`${seq}`), keys: {}, ...more }];
  const rules = dossierRules({ hosts: { intake: 'intake', money: 'intake', post: 'intake', observers: [] }, keepers } as unknown as LawEnvironment);
  const under = (service: string, ...changes: [string, object][]) => rules.restsOn!({ ...rules.empty('f'), record: record(...changes) }, { service } as unknown as DutyContext);

  const foundBy = (...changes: [string, object][]) => rules.index({ ...rules.empty('f'), record: record(...changes) }, { service: 'land' } as unknown as DutyContext)[changedForField] ?? [];
  const reserved = (dossier: string): [string, object] => ['record-reserved', { reservation: { dossier, leg: 'l', intent: { author: 'land~1', seq: 3 }, action: 'transfer' } }];

  test.each([
    ['by the dossiers whose change stands in it, by each once', foundBy(applied(4), applied(7), applied(9, { dossier: 'e' })), ['d', 'e']],
    ['by the one that has reserved it, too', foundBy(applied(4), reserved('e')), ['d', 'e']],
    ['by one whose change was put back, too', foundBy(applied(4), applied(7, { reverses: 'd/land~1/4' })), ['d']],
    ['by none where it was loaded', foundBy(), []],
  ])('is found %s', (_what, found, expected) => { expect(found).toEqual(expected); });

  test.each([
    ['on each decision whose change stands in it', under('land', applied(4), applied(7)), [{ folder: 'd', entry: { author: 'land~1', seq: 4 } }, { folder: 'd', entry: { author: 'land~1', seq: 7 } }]],
    ['on the one that put another back, and not on that one', under('land', applied(4), applied(7, { reverses: 'd/land~1/4' })), [{ folder: 'd', entry: { author: 'land~1', seq: 7 } }]],
    ['on none where it was loaded', under('land'), []],
    ['on none at its keeper', under('intake', applied(4)), []],
  ])('rests %s', (_what, found, expected) => { expect(found).toEqual(expected); });
});
