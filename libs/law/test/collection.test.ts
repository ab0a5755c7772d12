/** What a postman asks for at a door. */
import { describe, expect, test } from 'vitest';
import { codDue } from '../src/collection.ts';
import type { Charge, Consignment, Dossier } from '../src/dossier.ts';

const amount = 50_000;
const charge = (status: Charge['status'], booked: readonly string[] = []): Charge => ({ id: 'fee', status, booked, plan: { amount } }) as unknown as Charge;
const parcel = (id: string, collected = 0): Consignment => ({ id, plan: { cod: amount, charges: ['fee'] }, collected: collected === 0 ? [] : [{ charge: 'fee', amount: collected }], ended: null }) as unknown as Consignment;
const dossier = (fee: Charge, ...parcels: readonly Consignment[]): Dossier => ({ charges: new Map([['fee', fee]]), consignments: new Map(parcels.map((one) => [one.id, one])) }) as unknown as Dossier;

describe('of a charge that two consignments were ordered with', () => {
  test.each<[string, Charge, Consignment, number]>([
    // what became of it                                        the charge                  the other            asked for at this door
    ['nobody has paid', charge('open'), parcel('other'), amount],
    ['the other postman has it, and the books do not say so yet', charge('open'), parcel('other', amount), 0],
    ['the other postman has it, and the books say so', charge('paid', ['other']), parcel('other', amount), 0],
    ['it is paid at a counter', charge('paid'), parcel('other'), 0],
  ])('%s', (_what, fee, other, expected) => {
    const own = parcel('own');
    expect(codDue(dossier(fee, other, own), own)).toBe(expected);
  });
});
