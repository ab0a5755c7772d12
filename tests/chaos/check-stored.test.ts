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

const document = 'giấy khai sinh', orders = (by: string, seq: number): Given => ({ kind: 'originals-sent', author: 'intake~1', seq, body: { items: [{ type: 'consignment', originals: [{ document, by }] }] } });
const ends = (item: string): Given => ({ kind: 'consignment-ended', item });
const numbered = (item: string): Given => ({ kind: 'consignment-accepted', item, body: { number: 'RL000000011VN' } });
const rangeOf = (last: number): StoredCopy => copy('postal', 's', [{ kind: 'record-opened', body: { type: 'series:consignments', keys: { '.last': [String(last)] } } }]);
/** Four entries of a dossier as the post has it. */
const atDoor: readonly Given[] = [
  received, { kind: 'consignment-scanned', item: 'parcel', body: { collected: [{ charge: 'fee', amount: 50_000 }] } }, { kind: 'charge-paid', item: 'fee', author: 'payments~1', seq: 1, body: { receipt: 'AA-26/0000001' } },
  { kind: 'collection-booked', item: 'fee', author: 'payments~1', seq: 2, body: { consignment: 'parcel' } },
];
const posted = (given: readonly Given[]): StoredCopy => copy('postal', 'f', given.map((one, at) => ({ author: 'postal~1', seq: given.slice(0, at).filter((other) => (other.author ?? 'postal~1') === 'postal~1').length + 1, ...one })));
const money = (folder: string, amount = 50_000): StoredCopy => copy('payments', folder, [{ kind: 'record-opened', body: { type: 'books:money', events: [{ type: 'meant', claim: { dossier: 'f', charge: 'fee' } }, { type: 'arrived', arrival: { via: 'door', amount } }] } }]);

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
    ['a consignment number given twice', [copy('postal', 'f', [numbered('a'), numbered('b')]), rangeOf(2)], [], /consignment RL000000011VN was given twice/],
    ['a consignment number that nobody bears', [rangeOf(1)], [], /1 consignment numbers were given out, 0 are used/],
    ['an original in two hands', [posted([received, orders('', 2), orders('', 3)])], [], /after it was shown is carried by intake~1\/2\/0 and by intake~1\/3\/0/],
    ['an original from where it never was', [posted([received, orders('x', 2)])], [], /from x, which never carried it/],
    ['an original sent on while it is under way', [posted([received, orders('', 2), orders('intake~1/2/0', 3)])], [], /which has not ended/],
    ['a collection that was not booked', [posted(atDoor.slice(0, 3)), money('m')], [], /noted as booked 0 times/],
    ['a collection that paid nothing', [posted([...atDoor.slice(0, 2), { ...atDoor[3]!, seq: 1 }]), money('m')], [], /the charge is paid 0 times/],
    ['a collection of which the books have nothing', [posted(atDoor)], [], /came into the books as nothing/],
    ['a collection in the books twice', [posted(atDoor), money('m'), money('n')], [], /came into the books as 50000 and 50000/],
    ['another sum in the books', [posted(atDoor), money('m', 5_000)], [], /50000, came into the books as 5000/],
  ])('is not right with %s', (_, copies, acknowledged, what) => expect(storedProblems(copies, acknowledged).join('\n')).toMatch(what));

  it('is right when all of it is', () => {
    const right = [copy('intake', 'f', [received, { body: { request: 'r2#d' } }, { body: { request: 'r2#d' } }]), copy('land', 'p', [{ kind: 'record-reserved' }, applied]), copy('payments', 'g', [paid('AA-26/0000001')]), book(3, ['2'], ['3 open f i'])];
    expect(storedProblems(right, ['r1', 'r2'])).toEqual([]);
  });

  it('is right when the post did all of it once', () => {
    const way = [...atDoor, orders('', 2), ends('intake~1/2/0'), orders('intake~1/2/0', 3), numbered('parcel')];
    expect(storedProblems([posted(way), money('m'), rangeOf(1)], [])).toEqual([]);
  });
});
