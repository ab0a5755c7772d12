import { dossier as pb } from '@lienthong/contract';
import { loadReference } from '@lienthong/reference-data';
import { describe, expect, test } from 'vitest';
import { checkResidences } from '../src/residences.ts';

const reference = loadReference();
const citizen = (residence: string): pb.Party => ({ party: { $case: 'citizen', value: pb.Citizen.fromPartial({ residence }) } });
const newborn = (mother: string, father: string): pb.Party => ({ party: { $case: 'newborn', value: pb.Newborn.fromPartial({ mother: { residence: mother }, father: { residence: father } }) } });
const company = (residence: string): pb.Party => ({ party: { $case: 'organisation', value: pb.Organisation.fromPartial({ representative: { residence } }) } });
const foreigner: pb.Party = { party: { $case: 'foreigner', value: pb.Foreigner.fromPartial({ fullName: 'Anna', nationality: 'FR' }) } };
const before = '2025-06-30', after = '2026-11-02';

describe('a residence', () => {
  // 20398 was Minh An until it became part of 20410 Hội An, a code that another ward had before.
  test.each([
    ['a code of the day', citizen('20410'), after, null], ['the id of a unit', citizen('20410@2025-07-01'), after, null], ['none', citizen(''), after, null], ['a foreigner', foreigner, after, null], ['nobody', undefined, after, null],
    ['an old code in its time', citizen('20398'), before, null], ['the id of a unit that is no more', citizen('20398@2025-01-01'), after, null],
    ['an old code later', citizen('20398'), after, 'p.citizen.residence'], ['a code that nothing bears', citizen('99999'), after, 'p.citizen.residence'], ['an id that nothing bears', citizen('20410@2024-01-01'), after, 'p.citizen.residence'],
    ['of a father', newborn('20410', '2041O'), after, 'p.newborn.father.residence'], ['of a representative', company('Hội An'), after, 'p.organisation.representative.residence'],
  ])('%s', (_what, party, on, field) => {
    const check = (): void => checkResidences(reference, [[party, 'p']], [on]);
    if (field === null) expect(check).not.toThrow();
    else expect(check).toThrow(expect.objectContaining({ code: 'UNKNOWN_AREA', field, meta: expect.objectContaining({ date: on }) }));
  });

  test('of one of several days', () => {
    expect(() => checkResidences(reference, [[citizen('20398'), 'p']], [before, after])).not.toThrow();
  });
});
