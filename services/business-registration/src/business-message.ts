/** A business between the contract and the register. */
import { business as pb, dossier } from '@lienthong/contract';
import { errorOfRefusal } from '@lienthong/kernel';
import { numbersOf, refuse } from '@lienthong/law';
import type { AreaId, CitizenPart, LocalDate } from '@lienthong/law';
import type { StoredRecord } from '@lienthong/dossier-service';
import { maxAddressCharacters, maxLines, maxNameCharacters } from './rules-announce.ts';
import type { Business } from './rules-facts.ts';
import { stateOn } from './rules-facts.ts';

export const maxIdCharacters = 64;

const states: Readonly<Record<Business['state'], pb.BusinessState>> = { active: pb.BusinessState.ACTIVE, suspended: pb.BusinessState.SUSPENDED, terminated: pb.BusinessState.TERMINATED };

export const stateMessage = (business: Business, on: LocalDate): pb.BusinessState => states[stateOn(business, on)];

/** `named`: the caller may see who owns it. */
export function businessMessage({ facts, version, side }: StoredRecord<Business>, shown: { readonly area: AreaId; readonly on: LocalDate; readonly reservedBy: string; readonly named: boolean }): pb.Business {
  const state = stateOn(facts, shown.on);
  return {
    business: facts.business, taxCode: facts.taxCode, name: facts.name, owner: shown.named ? dossier.Citizen.fromJSON(facts.owner.citizen) : undefined, area: shown.area, address: facts.address, lines: facts.lines.map((one) => ({ ...one })),
    capital: facts.capital, state: states[state], suspendedFrom: state === 'suspended' ? facts.suspendedFrom : '', suspendedUntil: state === 'suspended' ? facts.suspendedUntil : '', certificateNumber: facts.certificateNumber,
    registerDate: facts.registeredOn, endDate: facts.endedOn, code: facts.code, version, reservedBy: shown.reservedBy, rehearsal: side === 'rehearsal',
  };
}

function missing(field: string): never {
  throw errorOfRefusal(refuse('FIELD_MISSING', { field: `business.${field}` }, `business.${field}`));
}

function required(value: string, field: string, limit: number): string {
  if (value.trim() === '') missing(field);
  if (value.length > limit) throw errorOfRefusal(refuse('FIELD_INVALID', { field: `business.${field}`, problem: `≤ ${limit}` }, `business.${field}`));
  return value;
}

/** The facts of a business that is loaded; FIELD_MISSING and FIELD_INVALID name what is wrong. */
export function businessFacts(given: pb.Business, area: AreaId): Business {
  const state = (Object.keys(states) as Business['state'][]).find((one) => states[one] === given.state) ?? missing('state');
  const citizen = given.owner === undefined ? missing('owner') : dossier.Citizen.toJSON(given.owner) as CitizenPart;
  if (numbersOf({ citizen }).length === 0) missing('owner.identity_number');
  if (given.lines.length > maxLines) throw errorOfRefusal(refuse('FIELD_INVALID', { field: 'business.lines', problem: `≤ ${maxLines}` }, 'business.lines'));
  return {
    type: 'business', business: required(given.business, 'business', maxIdCharacters), taxCode: given.taxCode, name: required(given.name, 'name', maxNameCharacters), owner: { citizen }, area,
    address: required(given.address, 'address', maxAddressCharacters), lines: given.lines.map(({ code, name }) => ({ code, name })), capital: given.capital, state,
    suspendedFrom: state === 'suspended' ? required(given.suspendedFrom, 'suspended_from', maxIdCharacters) : '', suspendedUntil: state === 'suspended' ? given.suspendedUntil : '', certificateNumber: given.certificateNumber,
    registeredOn: given.registerDate, endedOn: state === 'terminated' ? required(given.endDate, 'end_date', maxIdCharacters) : '', code: given.code,
  };
}
