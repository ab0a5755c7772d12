/** People and organisations as they are handed in: checked, and read for what else needs them. */
import { dossier as pb } from '@lienthong/contract';
import { errorOfRefusal } from '@lienthong/kernel';
import { hiddenProblem, isTaxCode, parseDay, refuse, unseenProblem } from '@lienthong/law';
import type { Bodies } from '@lienthong/law';

export type ApplicantKind = Bodies['dossier-received']['applicantKind'];
export type SubmittedBy = Bodies['dossier-received']['submittedBy'];

export const maxNameCharacters = 300;
/** Of a telephone number, an address of mail, a postal address. */
export const maxContactCharacters = 500;
/** Of an address, a place, the extent of an authority. */
export const maxPlaceCharacters = 500;
/** Of a number on a paper that identifies somebody. */
export const maxIdentityCharacters = 32;
/** Of the number of any other paper. */
export const maxPaperCharacters = 100;
export const maxIssuerCharacters = 200;
/** Of an area, a document of the dossier, a language. */
export const maxCodeCharacters = 64;

function missing(field: string): never {
  throw errorOfRefusal(refuse('FIELD_MISSING', { field }, field));
}
function invalid(field: string, problem: string): never {
  throw errorOfRefusal(refuse('FIELD_INVALID', { field, problem }, field));
}

const isDate = (day: string): boolean => parseDay(day) !== null;

/** The kind of a party after checking all its fields; `field` names where it stands in the request. */
export function checkParty(party: pb.Party | undefined, field: string): ApplicantKind {
  switch (party?.party?.$case) {
    case 'citizen': checkCitizen(party.party.value, `${field}.citizen`); return 'citizen';
    case 'organisation': checkOrganisation(party.party.value, `${field}.organisation`); return 'organisation';
    case 'foreigner': checkForeigner(party.party.value, `${field}.foreigner`); return 'foreigner';
    case 'newborn': checkNewborn(party.party.value, `${field}.newborn`); return 'newborn';
    case undefined: return missing(field);
  }
}

function checkName(name: string, field: string): void {
  if (name.trim() === '') missing(field);
  if (name.length > maxNameCharacters) invalid(field, `≤ ${maxNameCharacters}`);
  checkSeen(name, field);
}

/** A name or number with what nobody sees would never be found again, and is printed as another one. */
function checkSeen(text: string, field: string): void {
  const odd = unseenProblem(text);
  if (odd !== null) invalid(field, odd);
}

/** The same of what may have several lines. */
export function checkRead(text: string, field: string): void {
  const odd = hiddenProblem(text);
  if (odd !== null) invalid(field, odd);
}

/** FIELD_INVALID names the first text below `field` that is longer than it may be. */
export function checkLengths(limit: number, field: string, texts: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(texts)) if (text.length > limit) invalid(`${field}.${name}`, `≤ ${limit}`);
}

/** A value of a newer or another contract would be kept as one that nobody knows. */
function checkKnown(label: string, field: string): void {
  if (label === unrecognized) invalid(field, unrecognized);
}
const unrecognized = 'UNRECOGNIZED';

const phoneNumber = /^\+?\d{8,15}$/;
/** People write a number in groups, with spaces, dots, hyphens or brackets between them. */
const groups = /[ .()-]/g;

/** How somebody is reached; `field` names where it stands in the request. */
export function checkContact(contact: pb.Contact | undefined, field: string): void {
  for (const [name, value] of [['phone', contact?.phone], ['email', contact?.email], ['postal_address', contact?.postalAddress]] as const) {
    checkLengths(maxContactCharacters, field, { [name]: value ?? '' });
    checkRead(value ?? '', `${field}.${name}`);
  }
  const phone = (contact?.phone ?? '').replace(groups, '');
  if (phone !== '' && !phoneNumber.test(phone)) invalid(`${field}.phone`, '8–15 chữ số / digits');
  checkLengths(maxCodeCharacters, field, { language: contact?.language ?? '' });
}

function checkDay(day: string, field: string): void {
  if (day !== '' && !isDate(day)) invalid(field, 'YYYY-MM-DD');
}

/** A number is never made up: who has none is entered as what they are (newborn, foreigner). */
function checkCitizen(citizen: pb.Citizen, field: string): void {
  checkName(citizen.fullName, `${field}.full_name`);
  checkPerson(citizen, field);
  const digits = citizen.identityKind === pb.IdentityKind.PERSONAL_NUMBER ? 12 : citizen.identityKind === pb.IdentityKind.OLD_CARD ? 9 : 0;
  if (citizen.identityKind === pb.IdentityKind.UNSPECIFIED) missing(`${field}.identity_kind`);
  if (citizen.identityNumber === '') missing(`${field}.identity_number`);
  if (digits > 0 && !new RegExp(`^\\d{${digits}}$`).test(citizen.identityNumber)) invalid(`${field}.identity_number`, `${digits} chữ số`);
}

/** What is said of a person who may have no number, such as a parent. */
function checkPerson(person: pb.Citizen, field: string): void {
  checkKnown(pb.identityKindToJSON(person.identityKind), `${field}.identity_kind`);
  checkKnown(pb.sexToJSON(person.sex), `${field}.sex`);
  checkDay(person.birthDate, `${field}.birth_date`);
  checkLengths(maxNameCharacters, field, { full_name: person.fullName });
  checkLengths(maxIdentityCharacters, field, { identity_number: person.identityNumber });
  checkLengths(maxCodeCharacters, field, { residence: person.residence });
  checkLengths(maxPlaceCharacters, field, { address: person.address });
}

function checkOrganisation(one: pb.Organisation, field: string): void {
  checkName(one.name, `${field}.name`);
  if (one.taxCode === '' && one.foundingNumber === '') missing(`${field}.tax_code`);
  if (one.taxCode !== '' && !isTaxCode(one.taxCode)) invalid(`${field}.tax_code`, '10 hoặc 13 chữ số');
  checkLengths(maxPaperCharacters, field, { founding_number: one.foundingNumber });
  checkLengths(maxPlaceCharacters, field, { address: one.address });
  if (one.representative !== undefined) checkPerson(one.representative, `${field}.representative`);
}

function checkForeigner(one: pb.Foreigner, field: string): void {
  checkName(one.fullName, `${field}.full_name`);
  if (one.passportNumber === '') missing(`${field}.passport_number`);
  if (!/^[A-Z]{2}$/.test(one.nationality)) invalid(`${field}.nationality`, 'ISO 3166-1 alpha-2');
  checkKnown(pb.sexToJSON(one.sex), `${field}.sex`);
  checkDay(one.birthDate, `${field}.birth_date`);
  checkLengths(maxIdentityCharacters, field, { passport_number: one.passportNumber });
  checkLengths(maxPaperCharacters, field, { stay_document: one.stayDocument });
  checkLengths(maxPlaceCharacters, field, { address: one.address });
}

function checkNewborn(one: pb.Newborn, field: string): void {
  if (!isDate(one.birthDate)) invalid(`${field}.birth_date`, 'YYYY-MM-DD');
  if (one.mother === undefined && one.father === undefined && one.birthNoticeNumber === '') missing(`${field}.mother`);
  checkKnown(pb.sexToJSON(one.sex), `${field}.sex`);
  checkLengths(maxNameCharacters, field, { full_name: one.fullName });
  checkLengths(maxPaperCharacters, field, { birth_notice_number: one.birthNoticeNumber });
  checkLengths(maxPlaceCharacters, field, { birth_place: one.birthPlace });
  for (const [name, parent] of [['mother', one.mother], ['father', one.father]] as const) if (parent !== undefined) checkPerson(parent, `${field}.${name}`);
}

const submitters: Readonly<Record<number, SubmittedBy>> = {
  [pb.SubmitterKind.UNSPECIFIED]: 'self', [pb.SubmitterKind.SELF]: 'self', [pb.SubmitterKind.PROXY]: 'proxy', [pb.SubmitterKind.LEGAL_REPRESENTATIVE]: 'legal-representative', [pb.SubmitterKind.POST]: 'post',
};

/** Who hands in; a proxy must show authority, a newborn is represented. */
export function checkSubmitter(submitter: pb.Submitter | undefined, applicant: ApplicantKind): SubmittedBy {
  const kind = submitters[submitter?.kind ?? 0] ?? invalid('submitter.kind', String(submitter?.kind));
  if (kind === 'proxy' || kind === 'legal-representative' || submitter?.party !== undefined) checkParty(submitter?.party, 'submitter.party');
  if (submitter?.authority !== undefined) checkAuthority(submitter.authority, 'submitter.authority');
  if (kind === 'proxy' && (submitter?.authority === undefined || submitter.authority.number === '')) missing('submitter.authority');
  return kind === 'self' && applicant === 'newborn' ? 'legal-representative' : kind;
}

function checkAuthority({ number, issuer, issueDate, expireDate, scope, document }: pb.Authority, field: string): void {
  checkLengths(maxPaperCharacters, field, { number });
  checkLengths(maxIssuerCharacters, field, { issuer });
  checkLengths(maxPlaceCharacters, field, { scope });
  checkLengths(maxCodeCharacters, field, { document });
  checkDay(issueDate, `${field}.issue_date`);
  checkDay(expireDate, `${field}.expire_date`);
}

/** All numbers by which the applicant can be known: the own one; for a newborn, those of the parents. */
export function identityNumbers(party: pb.Party): string[] {
  const found = ((): (string | undefined)[] => {
    switch (party.party?.$case) {
      case 'citizen': return [party.party.value.identityNumber];
      case 'foreigner': return [party.party.value.passportNumber];
      case 'organisation': return [party.party.value.taxCode, party.party.value.foundingNumber, party.party.value.representative?.identityNumber];
      case 'newborn': return [party.party.value.mother?.identityNumber, party.party.value.father?.identityNumber, party.party.value.birthNoticeNumber];
      case undefined: return [];
    }
  })();
  return found.filter((one): one is string => one !== undefined && one !== '');
}
