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

/** How somebody is reached; `field` names where it stands in the request. */
export function checkContact(contact: pb.Contact | undefined, field: string): void {
  for (const [name, value] of [['phone', contact?.phone], ['email', contact?.email], ['postal_address', contact?.postalAddress]] as const) {
    if ((value ?? '').length > maxContactCharacters) invalid(`${field}.${name}`, `≤ ${maxContactCharacters}`);
    checkRead(value ?? '', `${field}.${name}`);
  }
}

function checkDay(day: string, field: string): void {
  if (day !== '' && !isDate(day)) invalid(field, 'YYYY-MM-DD');
}

/** A number is never made up: who has none is entered as what they are (newborn, foreigner). */
function checkCitizen(citizen: pb.Citizen, field: string): void {
  checkName(citizen.fullName, `${field}.full_name`);
  checkDay(citizen.birthDate, `${field}.birth_date`);
  const digits = citizen.identityKind === pb.IdentityKind.PERSONAL_NUMBER ? 12 : citizen.identityKind === pb.IdentityKind.OLD_CARD ? 9 : 0;
  if (citizen.identityKind === pb.IdentityKind.UNSPECIFIED) missing(`${field}.identity_kind`);
  if (citizen.identityNumber === '') missing(`${field}.identity_number`);
  if (digits > 0 && !new RegExp(`^\\d{${digits}}$`).test(citizen.identityNumber)) invalid(`${field}.identity_number`, `${digits} chữ số`);
}

function checkOrganisation(one: pb.Organisation, field: string): void {
  checkName(one.name, `${field}.name`);
  if (one.taxCode === '' && one.foundingNumber === '') missing(`${field}.tax_code`);
  if (one.taxCode !== '' && !isTaxCode(one.taxCode)) invalid(`${field}.tax_code`, '10 hoặc 13 chữ số');
}

function checkForeigner(one: pb.Foreigner, field: string): void {
  checkName(one.fullName, `${field}.full_name`);
  if (one.passportNumber === '') missing(`${field}.passport_number`);
  if (!/^[A-Z]{2}$/.test(one.nationality)) invalid(`${field}.nationality`, 'ISO 3166-1 alpha-2');
}

function checkNewborn(one: pb.Newborn, field: string): void {
  if (!isDate(one.birthDate)) invalid(`${field}.birth_date`, 'YYYY-MM-DD');
  if (one.mother === undefined && one.father === undefined && one.birthNoticeNumber === '') missing(`${field}.mother`);
}

const submitters: Readonly<Record<number, SubmittedBy>> = {
  [pb.SubmitterKind.UNSPECIFIED]: 'self', [pb.SubmitterKind.SELF]: 'self', [pb.SubmitterKind.PROXY]: 'proxy', [pb.SubmitterKind.LEGAL_REPRESENTATIVE]: 'legal-representative', [pb.SubmitterKind.POST]: 'post',
};

/** Who hands in; a proxy must show authority, a newborn is represented. */
export function checkSubmitter(submitter: pb.Submitter | undefined, applicant: ApplicantKind): SubmittedBy {
  const kind = submitters[submitter?.kind ?? 0] ?? invalid('submitter.kind', String(submitter?.kind));
  if (kind === 'self' && applicant === 'newborn') return 'legal-representative';
  if (kind === 'proxy' || kind === 'legal-representative') checkParty(submitter?.party, 'submitter.party');
  if (kind === 'proxy' && (submitter?.authority === undefined || submitter.authority.number === '')) missing('submitter.authority');
  return kind;
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
