/** Where people say that they are registered: a unit of the catalogue, or a slip that no register would ever find. */
import type { dossier as pb } from '@lienthong/contract';
import { errorOfRefusal } from '@lienthong/kernel';
import { refuse } from '@lienthong/law';
import type { LocalDate, Reference } from '@lienthong/law';

/** Somebody, and where it stands in the request. */
export type Named = readonly [party: pb.Party | undefined, field: string];

/**
 * UNKNOWN_AREA names the first residence that is neither the id of an area nor the code of one on one of `days`, of which the first is told. Foreigners and organisations have none, and
 * whoever is registered outside the areas of the catalogue gives none.
 */
export function checkResidences(reference: Reference, parties: readonly Named[], days: readonly [LocalDate, ...LocalDate[]]): void {
  for (const [residence, field] of parties.flatMap(residencesOf)) {
    const known = residence.includes('@') ? reference.area(residence) !== undefined : days.some((on) => reference.areaByCode(residence, on) !== undefined);
    if (!known) throw errorOfRefusal(refuse('UNKNOWN_AREA', { area: residence, date: days[0] }, field));
  }
}

/** Of a newborn those of the parents, of an organisation that of whoever stands for it. */
function residencesOf([party, field]: Named): (readonly [residence: string, field: string])[] {
  const people = ((): (readonly [pb.Citizen | undefined, string])[] => {
    switch (party?.party?.$case) {
      case 'citizen': return [[party.party.value, `${field}.citizen`]];
      case 'organisation': return [[party.party.value.representative, `${field}.organisation.representative`]];
      case 'newborn': return [[party.party.value.mother, `${field}.newborn.mother`], [party.party.value.father, `${field}.newborn.father`]];
      case 'foreigner': case undefined: return [];
    }
  })();
  return people.flatMap(([person, at]) => (person === undefined || person.residence === '' ? [] : [[person.residence, `${at}.residence`] as const]));
}
