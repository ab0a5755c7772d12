/** People of the journeys. */
import { dossier as pb } from '@lienthong/contract';
import type { Unique } from './unique.ts';

export type Person = { readonly name: string; readonly number: string; readonly party: pb.Party };

export function citizen(unique: Unique, name: string): Person {
  const number = unique.personalNumber();
  const value = pb.Citizen.fromPartial({ fullName: name, identityKind: pb.IdentityKind.PERSONAL_NUMBER, identityNumber: number, address: 'Hội An, Đà Nẵng' });
  return { name, number, party: { party: { $case: 'citizen', value } } };
}

/** A child without a number, known by its mother's. */
export function newborn(mother: Person, birthDate: string, sex: pb.Sex): pb.Party {
  const value = mother.party.party?.$case === 'citizen' ? mother.party.party.value : undefined;
  return { party: { $case: 'newborn', value: pb.Newborn.fromPartial({ fullName: '', birthDate, sex, birthNoticeNumber: `GCS-${mother.number.slice(-6)}`, birthPlace: 'Bệnh viện Đa khoa Hội An', ...(value === undefined ? {} : { mother: value }) }) } };
}

/** Papers shown at the counter. */
export function shown(...documents: readonly string[]): pb.DocumentInput[] {
  return documents.map((document) => ({ document, origin: { $case: 'presented', value: {} } }));
}
