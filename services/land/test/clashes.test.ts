import { land } from '@lienthong/contract';
import { mergedCommunes, mergedFrom } from '@lienthong/testkit';
import { describe, expect, test } from 'vitest';
import { decisionProblem, parcelClashes, renumberedParcel } from '../src/rules-clashes.ts';
import type { NewNumber } from '../src/rules-clashes.ts';
import type { Parcel } from '../src/rules-facts.ts';
import { landHub, parcel } from './land-of-tests.ts';

const at = (id: string, mapSheet: string, number: string, more: Partial<Parcel> = {}): Parcel => ({ parcel: id, area: 'x', mapSheet, number, sizeDm2: 1, purpose: 'ONT', address: '', rights: [], mortgages: [], blocks: [], ...more });
const ended: Parcel['ended'] = { by: 'split', on: '2026-01-01', successors: ['D'], code: 'C' };

test.each<[string, readonly Parcel[], object[]]>([
  ['none', [at('A', '12', '345'), at('B', '12', '346'), at('C', '13', '345')], []],
  ['zeros before a number make no other one', [at('B', '12', '0345'), at('A', '012', '345')], [{ mapSheet: '012', number: '345', parcels: ['A', 'B'] }]],
  ['what was split is none any more', [at('A', '12', '345', { ended }), at('B', '12', '345')], []],
  ['without sheet or number there is nothing to compare', [at('A', '', '345'), at('B', '', '345'), at('C', '1', ''), at('D', '1', ' ')], []],
  ['in order of sheet and number', [at('A', '10', '2'), at('B', '10', '2'), at('C', '9', '10'), at('D', '9', '10'), at('E', '9', '9a'), at('F', '9', '9A')], [{ mapSheet: '9', number: '9a', parcels: ['E', 'F'] }, { mapSheet: '9', number: '10', parcels: ['C', 'D'] }, { mapSheet: '10', number: '2', parcels: ['A', 'B'] }]],
])('numbers that clash: %s', (_what, parcels, clashes) => { expect(parcelClashes(parcels)).toEqual(clashes); });

describe('a decision on a number', () => {
  const commune = [at('A', '12', '345'), at('B', '12', '345'), at('C', '12', '345'), at('D', '12', '400')], order = { keeps: 'A', ground: 'QĐ 1', on: '2026-12-02' };
  const gets = (id: string, number: string, mapSheet = '12'): NewNumber => ({ parcel: id, mapSheet, number });
  test.each<[string, string, readonly NewNumber[], string | null]>([
    ['names all others', 'A', [gets('B', '401'), gets('C', '402')], null],
    ['may go to another sheet', 'A', [gets('B', '345', '13'), gets('C', '345', '14')], null],
    ['of a parcel without a twin', 'D', [gets('B', '401')], 'thửa đất D không trùng số tờ, số thửa với thửa nào trong xã, phường'],
    ['leaves one out', 'A', [gets('B', '401')], 'chưa cho số mới của thửa đất C'],
    ['names a stranger', 'A', [gets('B', '401'), gets('C', '402'), gets('D', '403')], 'thửa đất D không trùng số với thửa đất A, hoặc được nêu hai lần'],
    ['names one twice', 'A', [gets('B', '401'), gets('B', '403'), gets('C', '402')], 'thửa đất B, B, C không trùng số với thửa đất A, hoặc được nêu hai lần'],
    ['gives a number that is borne', 'A', [gets('B', '0400'), gets('C', '402')], 'tờ 12, thửa 400 đã là của thửa đất D'],
    ['gives back the number in question', 'A', [gets('B', '345'), gets('C', '402')], 'tờ 12, thửa 345 đã là của thửa đất A'],
    ['gives one number twice', 'A', [gets('B', '401'), gets('C', '401')], 'hai thửa đất không được cùng một số mới'],
  ])('that %s', (_what, keeps, others, problem) => { expect(decisionProblem(commune, keeps, others, 'QĐ 1')?.problem ?? null).toBe(problem); });

  test('that broke off is completed: the same again, and no other', () => {
    const half = commune.map((one) => (one.parcel === 'B' ? renumberedParcel(one, gets('B', '401'), order) : one)), whole = half.map((one) => (one.parcel === 'C' ? renumberedParcel(one, gets('C', '402'), order) : one)), all = [gets('B', '401'), gets('C', '402')];
    expect([decisionProblem(half, 'A', all, 'QĐ 1'), decisionProblem(whole, 'A', all, 'QĐ 1')]).toEqual([null, null]);
    expect(decisionProblem(whole, 'A', all, 'QĐ 2')?.problem).toMatch(/không trùng số tờ/);
    expect(renumberedParcel(half[1]!, gets('B', '401'), order)).toBe(half[1]);
    expect(half[1]).toEqual({ ...at('B', '12', '401'), formerNumbers: [{ mapSheet: '12', number: '345', until: '2026-12-02' }], numberOrder: order });
  });
});

test('after communes became one, both parcels stand until their land office gives one of them another number; rights and certificates stay', async () => {
  const hub = await landHub(undefined, true, mergedFrom('2026-12-01')), office = 'land-490-202501';
  try {
    const load = (id: string, area: string, more: object): Promise<unknown> => hub.call('land', 'seedParcel', land.SeedParcelRequest.fromPartial({ requestId: `seed-${id}`, parcel: parcel({ parcel: id, area, ...more }) }), office);
    const clashes = async (areas: string[] = []): Promise<readonly land.ParcelClash[]> => (await hub.call<land.ListParcelClashesResponse>('land', 'listParcelClashes', land.ListParcelClashesRequest.fromPartial({ areas }), office)).clashes;
    const decide = (requestId: string, more: object = {}, by = office): Promise<land.DecideParcelClashResponse> =>
      hub.call('land', 'decideParcelClash', land.DecideParcelClashRequest.fromPartial({ requestId, keeps: 'P-1', others: [{ parcel: 'P-2', mapSheet: '212', number: '345' }], ground: 'QĐ 7/QĐ-VPĐK', ...more }), by);
    const read = async (id: string): Promise<land.Parcel> => (await hub.call<land.GetParcelResponse>('land', 'getParcel', land.GetParcelRequest.fromPartial({ parcel: id }), office)).parcel!;
    hub.world.clock = Date.parse('2026-11-23T08:00:00+07:00');
    await load('P-1', mergedCommunes.first, {});
    await load('P-2', mergedCommunes.second, {});
    await load('P-3', mergedCommunes.second, { number: '346' });
    // One office serves both, and each commune has its own sheets.
    expect([await clashes(), await clashes([mergedCommunes.first, mergedCommunes.second])]).toEqual([[], [{ area: '', mapSheet: '12', number: '345', parcels: ['P-1', 'P-2'] }]]);
    await expect(decide('early')).rejects.toMatchObject({ code: 'REGISTER_CONFLICT' });
    hub.world.clock = Date.parse('2026-12-02T08:00:00+07:00');
    expect(await clashes()).toEqual([{ area: '20197@2026-12-01', mapSheet: '12', number: '345', parcels: ['P-1', 'P-2'] }]);
    for (const [field, more] of [['keeps', { keeps: '' }], ['keeps', { keeps: 'P-9' }], ['others', { others: [] }], ['ground', { ground: ' ' }], ['ground', { ground: 'x'.repeat(201) }], ['others[0].number', { others: [{ parcel: 'P-2', mapSheet: '1', number: 'x'.repeat(17) }] }], ['others[0].map_sheet', { others: [{ parcel: 'P-2', mapSheet: ' ', number: '1' }] }]] as const) await expect(decide('bad', more)).rejects.toMatchObject({ field });
    await expect(decide('elsewhere', {}, 'land-515-202501')).rejects.toMatchObject({ code: 'UNKNOWN_ITEM' });
    await expect(decide('taken', { others: [{ parcel: 'P-2', mapSheet: '12', number: '346' }] })).rejects.toMatchObject({ meta: { problem: 'tờ 12, thửa 346 đã là của thửa đất P-3' } });
    const before = await read('P-2'), decided = await decide('d-1');
    expect([decided.others, await decide('d-1'), await clashes()]).toEqual([[{ parcel: 'P-2', mapSheet: '212', number: '345' }], decided, []]);
    const after = await read('P-2'), decision = { keeps: 'P-1', ground: 'QĐ 7/QĐ-VPĐK', decidedDate: '2026-12-02' };
    expect(after).toEqual({ ...before, mapSheet: '212', version: 2, formerNumbers: [{ mapSheet: '12', number: '345', lastDate: '2026-12-02' }], numberDecision: decision });
    expect((await read('P-1')).numberDecision).toEqual(decision);
  } finally {
    await hub.stop();
  }
});
