/** A business between the contract and the register. */
import { business as pb, dossier } from '@lienthong/contract';
import { LoadedFields } from '@lienthong/dossier-service';
import { hasSoundNumbers, numbersOf } from '@lienthong/law';
import type { AreaId, CitizenPart, LocalDate } from '@lienthong/law';
import type { StoredRecord } from '@lienthong/dossier-service';
import { maxAddressCharacters, maxLines, maxNameCharacters } from './rules-announce.ts';
import type { Business } from './rules-facts.ts';
import { comparable } from './rules-names.ts';
import { hasSuspension, stateOn } from './rules-facts.ts';

export const maxIdCharacters = 64;
export const maxOwnerCharacters = 300;
/** No business is suspended beyond. */
const lastSuspendedDay: LocalDate = '2100-12-31';

const states: Readonly<Record<Business['state'], pb.BusinessState>> = { active: pb.BusinessState.ACTIVE, suspended: pb.BusinessState.SUSPENDED, terminated: pb.BusinessState.TERMINATED };

export const stateMessage = (business: Business, on: LocalDate): pb.BusinessState => states[stateOn(business, on)];

/** `named`: the caller may see who owns it. */
export function businessMessage({ facts, version, side }: StoredRecord<Business>, shown: { readonly area: AreaId; readonly on: LocalDate; readonly reservedBy: string; readonly named: boolean }): pb.Business {
  const suspended = hasSuspension(facts, shown.on);
  return {
    business: facts.business, taxCode: facts.taxCode, name: facts.name, owner: shown.named ? dossier.Citizen.fromJSON(facts.owner.citizen) : undefined, area: shown.area, address: facts.address, lines: facts.lines.map((one) => ({ ...one })),
    capital: facts.capital, state: stateMessage(facts, shown.on), suspendedFrom: suspended ? facts.suspendedFrom : '', suspendedUntil: suspended ? facts.suspendedUntil : '', certificateNumber: facts.certificateNumber,
    registerDate: facts.registeredOn, endDate: facts.endedOn, code: facts.code, version, reservedBy: shown.reservedBy, rehearsal: side === 'rehearsal',
  };
}

const fields: LoadedFields = new LoadedFields('business');
/** Ten or twelve digits, with a suffix where a place of business has one. */
const taxCode = /^(?:|\d{13}|(?:\d{10}|\d{12})(?:-\d{1,5})?)$/;
const lineCode = /^\d{4,5}$/;

/** The facts of a business that is loaded; FIELD_MISSING and FIELD_INVALID name what is wrong. `today`: nothing was registered or ended after it. */
export function businessFacts(given: pb.Business, area: AreaId, today: LocalDate): Business {
  const state = (Object.keys(states) as Business['state'][]).find((one) => states[one] === given.state) ?? fields.missing('state');
  const citizen = given.owner === undefined ? fields.missing('owner') : dossier.Citizen.toJSON(given.owner) as CitizenPart;
  if (numbersOf({ citizen }).length === 0) fields.missing('owner.identity_number');
  if (!hasSoundNumbers({ citizen })) fields.invalid('owner.identity_number', '9 hoặc 12 chữ số');
  fields.text(citizen.fullName ?? '', 'owner.full_name', maxOwnerCharacters);
  fields.party(citizen, 'owner', today);
  if (!taxCode.test(given.taxCode)) fields.invalid('tax_code', '10, 12 chữ số / digits, -001');
  if (given.name !== '' && comparable(given.name) === '') fields.invalid('name', 'tên riêng');
  if (given.lines.length > maxLines) fields.invalid('lines', `≤ ${maxLines}`);
  return {
    type: 'business', business: fields.required(given.business, 'business', maxIdCharacters), taxCode: given.taxCode, name: fields.required(given.name, 'name', maxNameCharacters), owner: { citizen }, area,
    address: fields.required(given.address, 'address', maxAddressCharacters), lines: given.lines.map(loadedLine), capital: fields.amount(given.capital, 'capital', 0), state, ...daysOf(given, state, today),
    certificateNumber: fields.text(given.certificateNumber, 'certificate_number', maxIdCharacters), code: fields.text(given.code, 'code', maxIdCharacters),
  };
}

function loadedLine({ code, name }: pb.BusinessLine): Business['lines'][number] {
  if (!lineCode.test(code)) fields.invalid('lines', `${code.slice(0, maxIdCharacters)}: 4–5 chữ số / digits`);
  return { code, name: fields.text(name, 'lines', maxNameCharacters) };
}

/** A suspension may last into the future; what is of another state is refused, for it would be lost without a word. */
function daysOf(given: pb.Business, state: Business['state'], today: LocalDate): Pick<Business, 'registeredOn' | 'suspendedFrom' | 'suspendedUntil' | 'endedOn'> {
  const registeredOn = fields.day(given.registerDate, 'register_date', today), suspendedFrom = fields.day(given.suspendedFrom, 'suspended_from', lastSuspendedDay), suspendedUntil = fields.day(given.suspendedUntil, 'suspended_until', lastSuspendedDay), endedOn = fields.day(given.endDate, 'end_date', today);
  if (state === 'suspended' && suspendedFrom === '') fields.missing('suspended_from');
  if (state === 'terminated' && endedOn === '') fields.missing('end_date');
  if (state !== 'suspended' && suspendedFrom + suspendedUntil !== '') fields.invalid('suspended_from', 'BUSINESS_STATE_SUSPENDED');
  if (state !== 'terminated' && endedOn !== '') fields.invalid('end_date', 'BUSINESS_STATE_TERMINATED');
  if (suspendedUntil !== '' && suspendedUntil < suspendedFrom) fields.invalid('suspended_until', `≥ ${suspendedFrom}`);
  if (endedOn !== '' && endedOn < registeredOn) fields.invalid('end_date', `≥ ${registeredOn}`);
  return { registeredOn, suspendedFrom, suspendedUntil, endedOn };
}
