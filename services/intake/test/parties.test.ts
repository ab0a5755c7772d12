/** Texts that are too long for what they are, and values that no contract has, are refused before they stand in a dossier for ever. */
import { dossier as pb } from '@lienthong/contract';
import { describe, expect, test } from 'vitest';
import { checkContact, checkParty, checkSubmitter } from '../src/parties.ts';

const person = { fullName: 'Nguyễn Văn Sơn', identityKind: pb.IdentityKind.PERSONAL_NUMBER, identityNumber: '049123456789' };
const party = ($case: string, value: object): pb.Party => pb.Party.fromPartial({ party: { $case, value } as never });
const citizen = (more: object): pb.Party => party('citizen', { ...person, ...more });
const newborn = (more: object): pb.Party => party('newborn', { birthDate: '2026-10-01', mother: person, ...more });
const foreigner = (more: object): pb.Party => party('foreigner', { fullName: 'Somchai', passportNumber: 'P1', nationality: 'LA', ...more });
const organisation = (more: object): pb.Party => party('organisation', { name: 'Công ty A', foundingNumber: '1', ...more });
const passport = { identityKind: pb.IdentityKind.PASSPORT };

describe('a party is refused by the field that cannot be', () => {
  test.each<[string, pb.Party]>([
    ['p.citizen.address', citizen({ address: 'x'.repeat(501) })],
    ['p.citizen.residence', citizen({ residence: 'x'.repeat(65) })],
    ['p.citizen.identity_number', citizen({ ...passport, identityNumber: 'x'.repeat(33) })],
    ['p.citizen.identity_kind', citizen({ identityKind: 99 })],
    ['p.citizen.sex', citizen({ sex: 99 })],
    ['p.newborn.sex', newborn({ sex: 99 })],
    ['p.newborn.birth_place', newborn({ birthPlace: 'x'.repeat(501) })],
    ['p.newborn.birth_notice_number', newborn({ birthNoticeNumber: 'x'.repeat(101) })],
    ['p.newborn.mother.address', newborn({ mother: { ...person, address: 'x'.repeat(501) } })],
    ['p.newborn.father.birth_date', newborn({ father: { ...person, birthDate: '2026-13-45' } })],
    ['p.foreigner.passport_number', foreigner({ passportNumber: 'x'.repeat(33) })],
    ['p.foreigner.birth_date', foreigner({ birthDate: 'yesterday' })],
    ['p.foreigner.address', foreigner({ address: 'x'.repeat(501) })],
    ['p.organisation.address', organisation({ address: 'x'.repeat(501) })],
    ['p.organisation.founding_number', organisation({ foundingNumber: 'x'.repeat(101) })],
    ['p.organisation.representative.full_name', organisation({ representative: { ...person, fullName: 'x'.repeat(301) } })],
  ])('%s', (field, given) => {
    expect(() => checkParty(given, 'p')).toThrow(expect.objectContaining({ code: 'FIELD_INVALID', field }));
  });

  test('at the limit it is taken, and of a parent no number is asked', () => {
    expect([citizen({ address: 'x'.repeat(500), residence: 'x'.repeat(64) }), citizen({ ...passport, identityNumber: 'x'.repeat(32) }), newborn({ father: { fullName: 'Trần Văn An' }, birthPlace: 'x'.repeat(500) })].map((one) => checkParty(one, 'p'))).toEqual(['citizen', 'citizen', 'newborn']);
  });
});

describe('who hands in', () => {
  const proxy = (authority: object): pb.Submitter => pb.Submitter.fromPartial({ kind: pb.SubmitterKind.PROXY, party: citizen({}), authority: { number: '1/UQ', issueDate: '2026-01-02', ...authority } });

  test.each<[string, pb.Submitter]>([
    ['submitter.party.citizen.birth_date', pb.Submitter.fromPartial({ kind: pb.SubmitterKind.SELF, party: citizen({ birthDate: 'x' }) })],
    ['submitter.party.citizen.address', pb.Submitter.fromPartial({ kind: pb.SubmitterKind.POST, party: citizen({ address: 'x'.repeat(501) }) })],
    ['submitter.authority.number', proxy({ number: 'x'.repeat(101) })],
    ['submitter.authority.issuer', proxy({ issuer: 'x'.repeat(201) })],
    ['submitter.authority.scope', proxy({ scope: 'x'.repeat(501) })],
    ['submitter.authority.issue_date', proxy({ issueDate: 'x' })],
    ['submitter.authority.expire_date', proxy({ expireDate: '2026-02-30' })],
  ])('%s', (field, given) => {
    expect(() => checkSubmitter(given, 'citizen')).toThrow(expect.objectContaining({ code: 'FIELD_INVALID', field }));
  });

  test('a proxy with all of it, and the applicant of a newborn', () => {
    expect([checkSubmitter(proxy({ expireDate: '2027-01-01' }), 'citizen'), checkSubmitter(undefined, 'newborn')]).toEqual(['proxy', 'legal-representative']);
  });
});

test('a language that is none is refused', () => {
  expect(() => checkContact(pb.Contact.fromPartial({ language: 'x'.repeat(65) }), 'c')).toThrow(expect.objectContaining({ code: 'FIELD_INVALID', field: 'c.language' }));
});
