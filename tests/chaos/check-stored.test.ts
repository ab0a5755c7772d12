/** The check of a stopped hub is shown to find what it is there for. */
import { describe, expect, it, test } from 'vitest';
import { storedProblems } from './check-stored.ts';
import type { StoredCopy } from './stored-entries.ts';

type Given = { readonly kind?: string; readonly item?: string; readonly author?: string; readonly seq?: number; readonly hash?: string; readonly body?: object };

function copy(service: string, folder: string, given: readonly Given[], unsettled = false): StoredCopy {
  const entries = given.map((one, at) => ({ kind: 'x', item: 'i', author: `${service}~1`, seq: at + 1, hash: `${folder}${at}`, body: {}, ...one }));
  return { service, folder, unsettled, entries: entries as unknown as StoredCopy['entries'] };
}
const received: Given = { kind: 'dossier-received', item: '', author: 'intake~1', seq: 1, body: { request: 'r1#d' } };
const applied: Given = { kind: 'record-applied', body: { dossier: 'f', decision: { author: 'a', seq: 1 } } };
const book = (last: number, free: readonly string[], pending: readonly string[]): StoredCopy =>
  copy('payments', 's', [{ kind: 'record-opened', body: { type: 'series:receipts', keys: { '.last': [String(last)], '.free': free, '.pending': pending } } }]);
const paid = (receipt: string, seq = 1): Given => ({ kind: 'charge-paid', author: 'payments~1', seq, body: { receipt } });

describe('what a stopped hub holds', () => {
  test.each<[string, readonly StoredCopy[], readonly string[], RegExp]>([
    ['a gap', [copy('intake', 'f', [{}, { seq: 3 }])], [], /intake~1 3 where 2 belongs/],
    ['a repeat', [copy('intake', 'f', [{}, { seq: 1 }])], [], /intake~1 1 where 2 belongs/],
    ['copies that differ', [copy('intake', 'f', [received]), copy('land', 'f', [{ ...received, hash: 'other' }])], [], /they differ/],
    ['an effect in two folders', [copy('intake', 'f', [received]), copy('intake', 'g', [received])], [], /r1 took effect twice/],
    ['an effect in two writes', [copy('intake', 'f', [received, {}, { body: { request: 'r1#d' } }])], [], /r1 took effect twice/],
    ['an acknowledged command that is nowhere', [copy('intake', 'f', [received])], ['r2'], /r2 was acknowledged and is not there/],
    ['somebody who was not told', [copy('intake', 'f', [received], true)], [], /has not acknowledged/],
    ['a change applied twice', [copy('land', 'p', [applied, applied])], [], /applied twice/],
    ['a reservation left behind', [copy('land', 'p', [{ kind: 'record-reserved' }])], [], /reserved and never applied/],
    ['a number given twice', [copy('payments', 'f', [paid('AA-26/0000001'), paid('AA-26/0000001', 2)]), book(2, [], [])], [], /given twice/],
    ['a hole among the numbers', [copy('payments', 'f', [paid('AA-26/0000001')]), book(2, [], [])], [], /2 receipt numbers were given out, 1 are used and 0 open/],
  ])('is not right with %s', (_, copies, acknowledged, what) => expect(storedProblems(copies, acknowledged).join('\n')).toMatch(what));

  it('is right when all of it is', () => {
    const right = [copy('intake', 'f', [received, { body: { request: 'r2#d' } }, { body: { request: 'r2#d' } }]), copy('land', 'p', [{ kind: 'record-reserved' }, applied]), copy('payments', 'g', [paid('AA-26/0000001')]), book(3, ['2'], ['3 open f i'])];
    expect(storedProblems(right, ['r1', 'r2'])).toEqual([]);
  });
});
