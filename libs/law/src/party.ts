/** Somebody in a dossier as intake writes them beside the entries (ProtoJSON of `dossier.v1.Party`), read as plain values. */

export type CitizenPart = { readonly fullName?: string; readonly identityKind?: string; readonly identityNumber?: string; readonly [field: string]: unknown };
export type PartyPart = {
  readonly citizen?: CitizenPart;
  readonly organisation?: { readonly name?: string; readonly taxCode?: string; readonly foundingNumber?: string; readonly representative?: CitizenPart; readonly [field: string]: unknown };
  readonly foreigner?: { readonly fullName?: string; readonly passportNumber?: string; readonly [field: string]: unknown };
  readonly newborn?: { readonly fullName?: string; readonly birthNoticeNumber?: string; readonly mother?: CitizenPart; readonly father?: CitizenPart; readonly [field: string]: unknown };
};

/** Values that intake writes as the part `subject` (ProtoJSON of `intake.v1.Subject`: empty ones are absent). */
export type SubjectPart = { readonly parcel?: string; readonly business?: string; readonly beneficiary?: string; readonly result?: string; /** Further ones. */ readonly results?: readonly string[] };

/** Results on which a dossier relies, as it names them. */
export function resultsNamed({ result = '', results = [] }: Pick<SubjectPart, 'result' | 'results'>): readonly string[] {
  return [...new Set([result, ...results].filter((one) => one !== ''))];
}

const filled = (values: readonly (string | undefined)[]): string[] => values.filter((one): one is string => one !== undefined && one !== '');

/** All numbers by which a party is known itself; a newborn by those of its parents and of its birth notice. The first is the one to look it up by. */
export function numbersOf(party: PartyPart | undefined): readonly string[] {
  const { citizen, organisation, foreigner, newborn } = party ?? {};
  return filled([
    citizen?.identityNumber, organisation?.taxCode, organisation?.foundingNumber, foreigner?.passportNumber, newborn?.mother?.identityNumber, newborn?.father?.identityNumber, newborn?.birthNoticeNumber,
  ]);
}

export function nameOf(party: PartyPart | undefined): string {
  return party?.citizen?.fullName ?? party?.organisation?.name ?? party?.foreigner?.fullName ?? party?.newborn?.fullName ?? '';
}

/** Whether a number is one of the party's own. */
export function isKnownBy(party: PartyPart | undefined, number: string): boolean {
  return number !== '' && numbersOf(party).includes(number);
}

const citizenNumber = /^(\d{9}|\d{12})$/, taxCode = /^(\d{10}|\d{13}|\d{10}-\d{3})$/;

export const isTaxCode = (text: string): boolean => taxCode.test(text);

/** Whether what a party has of identity number and tax code is one: with a blank or a letter in it nobody is found again, and one person stands for two. */
export function hasSoundNumbers({ citizen, organisation }: PartyPart): boolean {
  const isSound = (number: string | undefined, form: RegExp): boolean => number === undefined || form.test(number);
  return isSound(citizen?.identityNumber, citizenNumber) && isSound(organisation?.taxCode, taxCode);
}

/** A party from a number and a name as an officer reads them in a contract: 12 or 9 digits name a citizen, 10 or 13 an organisation. Null: neither. */
export function partyFrom(number: string, name: string): PartyPart | null {
  if (name.trim() === '') return null;
  if (/^\d{12}$/.test(number)) return { citizen: { fullName: name.trim(), identityKind: 'IDENTITY_KIND_PERSONAL_NUMBER', identityNumber: number } };
  if (/^\d{9}$/.test(number)) return { citizen: { fullName: name.trim(), identityKind: 'IDENTITY_KIND_OLD_CARD', identityNumber: number } };
  return isTaxCode(number) ? { organisation: { name: name.trim(), taxCode: number } } : null;
}
