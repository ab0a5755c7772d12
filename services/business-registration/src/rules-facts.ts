/** What the register of household businesses holds: businesses, the names borne in each commune, and who owns one. Plain values. */
import type { AreaId, Dong, LocalDate, PartyPart } from '@lienthong/law';

export type Line = { /** VSIC, 4 or 5 digits. */ readonly code: string; readonly name: string };

export type Business = {
  readonly type: 'business'; readonly business: string; readonly taxCode: string; readonly name: string; readonly owner: PartyPart;
  /** The commune where it was entered. */
  readonly area: AreaId;
  readonly address: string; readonly lines: readonly Line[]; readonly capital: Dong;
  readonly state: 'active' | 'suspended' | 'terminated'; readonly suspendedFrom: LocalDate; /** '' until resumed. */ readonly suspendedUntil: LocalDate;
  readonly certificateNumber: string; readonly registeredOn: LocalDate; readonly endedOn: LocalDate;
  /** Code of the dossier of the last change; '' before the hub. */
  readonly code: string;
  /** What its registrar decided where several bear its name in one commune; absent: nothing. It holds for that name alone. */
  readonly nameOrder?: NameOrder;
};
/** `keeps` false: it must take another name. */
export type NameOrder = { readonly comparable: string; readonly keeps: boolean; readonly ground: string; readonly on: LocalDate };
/** Whether a suspension is in the register that is not over on a day: it has begun, or is still to. */
export function hasSuspension({ state, suspendedUntil }: Business, on: LocalDate): boolean {
  return state === 'suspended' && (suspendedUntil === '' || on <= suspendedUntil);
}

/** Where it stands on a day: a suspension begins with its first day, and with a last day it ends by itself. */
export function stateOn(business: Business, on: LocalDate): Business['state'] {
  return business.state === 'suspended' && (on < business.suspendedFrom || !hasSuspension(business, on)) ? 'active' : business.state;
}

/** The personal number that is somebody's tax code too; '' for who has none. */
export const personalTaxCode = ({ citizen }: PartyPart): string => (citizen?.identityKind === 'IDENTITY_KIND_PERSONAL_NUMBER' ? citizen.identityNumber ?? '' : '');

/** One name in one commune; `business` '': nobody bears it any more. */
export type NameRecord = { readonly type: 'name'; readonly area: AreaId; readonly comparable: string; readonly business: string };
/** One person: at most one household business (NĐ 168/2025/NĐ-CP điều 82); `business` '': none any more. */
export type OwnerRecord = { readonly type: 'owner'; readonly number: string; readonly business: string };
export type BusinessRecord = Business | NameRecord | OwnerRecord;

export const businessKey = (business: string): string => `business|${business}`;
export const nameKey = (area: AreaId, comparable: string): string => `name|${area}|${comparable}`;
export const ownerKey = (number: string): string => `owner|${number}`;

/** A name as the register compares it, where it counts. `past`: what the commune took over from, where the name may be borne since then. */
export type Name = { readonly name: string; readonly comparable: string; readonly area: AreaId; readonly past: readonly AreaId[] };

/** Contents that may be registered and changed; absent: as it stands. */
export type Content = { readonly name?: Name; readonly owner?: PartyPart; readonly address?: string; readonly lines?: readonly Line[]; readonly capital?: Dong };

export type BusinessAction =
  | { readonly action: 'establish'; readonly content: Required<Content> }
  | { readonly action: 'certificate'; readonly taxCode: string; readonly certificateNumber: string }
  | { readonly action: 'change'; readonly content: Content; readonly certificateNumber: string }
  | { readonly action: 'suspend'; readonly from: LocalDate; readonly until: LocalDate }
  | { readonly action: 'resume' }
  | { readonly action: 'terminate' };

export type BusinessChange = BusinessAction & {
  readonly business: string; readonly code: string;
  /** The day that counts in law. */
  readonly on: LocalDate;
  /** The area that the deciding office answers for, and the day on which that is judged. */
  readonly area: AreaId; readonly today: LocalDate;
  /** Numbers of whom the owner must be one. */
  readonly by: readonly string[];
  /** The name and owner that it had when the change was announced: the records that the change frees. Null: a new business. */
  readonly was: { readonly name: Omit<Name, 'past'>; readonly owner: string } | null;
};
