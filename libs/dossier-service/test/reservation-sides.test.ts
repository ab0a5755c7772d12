/** Whose reservation holds a record: one of its own side that still stands. Rehearsals that reserved real records, before there were sides, hold none. */
import type { ItemId } from '@lienthong/law';
import { expect, test } from 'vitest';
import type { Host, Reservation, Side } from '../src/index.ts';
import { RecordStore } from '../src/register-records.ts';

const leg = 'land~0/1/1' as ItemId, intent = { author: 'land~0', seq: 4 };
const reservation: Reservation = { dossier: 'f'.repeat(64), leg, intent, action: 'transfer' };

/** A host whose only dossier has announced a change, as `seq` of its service. */
function hostWith(rehearsal: boolean, seq: number): Host {
  const dossier = { id: reservation.dossier, root: { body: { code: 'HS-1', rehearsal } }, legs: new Map([[leg, { intent: { ref: { author: 'land~0', seq } }, amending: null, completion: null, applied: null, status: 'deciding' }]]) };
  return { participant: { view: async (_id: string, read: (view: unknown) => unknown) => read({ state: { dossier } }) } } as unknown as Host;
}

test.each<[string, Side, number, string]>([
  // record | dossier | entry of its intent | held by
  ['real', 'real', 4, 'HS-1'],
  ['rehearsal', 'rehearsal', 4, 'HS-1'],
  ['real', 'rehearsal', 4, ''],
  ['rehearsal', 'real', 4, ''],
  ['real', 'real', 5, ''],
  ['rehearsal', 'rehearsal', 5, ''],
])('a %s record, reserved by a %s dossier whose intent is entry %i: held by "%s"', async (side, of, seq, held) => {
  const store = new RecordStore(hostWith(of === 'rehearsal', seq), 'land', side as Side, () => ({}), async () => '');
  expect(await store.reservedBy(reservation)).toBe(held);
});
