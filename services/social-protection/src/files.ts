/** The files of the register, as RPCs and dossiers look for them. */
import { servesArea } from '@lienthong/dossier-service';
import type { Host, Register, StoredRecord } from '@lienthong/dossier-service';
import { errorOfRefusal } from '@lienthong/kernel';
import type { HubError } from '@lienthong/kernel';
import { localDate, refuse } from '@lienthong/law';
import type { AreaId, OfficeId, Role } from '@lienthong/law';
import { byId, byPerson } from './rules.ts';
import type { Beneficiary } from './rules-facts.ts';

/** Files that one person may have: one of each kind, and such as were loaded under an old number. */
const maxFiles = 20;

/** By id of the file or number of the person. */
export async function filesAbout(register: Register<Beneficiary>, idOrNumber: string): Promise<readonly StoredRecord<Beneficiary>[]> {
  if (idOrNumber === '') return [];
  const ofId = await register.find(byId, idOrNumber, 1);
  return ofId.length > 0 ? ofId : register.find(byPerson, idOrNumber, maxFiles);
}

export type Files = { readonly host: Host; readonly register: Register<Beneficiary> };

export const today = ({ host }: Files): string => localDate(host.world.now());
export const missing = (field: string): HubError => errorOfRefusal(refuse('FIELD_MISSING', { field }, field));

/** Whose offices decide about support, or pay it. */
const concerned = ['social-protection', 'social-protection-decision', 'peoples-committee', 'post-office', 'treasury'] as const satisfies readonly Role[];

/** Whether an office may see who is supported in an area, and to which account it goes: that it works there, as the police do, is not enough. */
export function maySeeNames(files: Files, office: OfficeId, area: AreaId): boolean {
  const { reference } = files.host.environment, roles = reference.office(office)?.roles ?? [];
  return concerned.some((role) => roles.includes(role)) && servesArea(reference, office, area, today(files));
}
