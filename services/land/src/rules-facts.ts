/** What the cadastre holds of a parcel, and the changes that dossiers bring. Plain values. */
import type { AreaId, Dong, Instant, LocalDate, PartyPart } from '@lienthong/law';

/** Characters of the id of a parcel, and of other ids beside it. */
export const maxParcelCharacters = 64;
/** All shares of one kind of right, in millionths. */
export const wholeShare = 1_000_000;

export type Right = {
  readonly kind: 'use' | 'attached-property'; readonly holder: PartyPart; readonly shareMillionths: number;
  /** Số phát hành giấy chứng nhận. */
  readonly certificateNumber: string; readonly since: LocalDate;
  /** Code of the dossier by which it was acquired; '' before the hub. */
  readonly code: string;
};
/** A mortgage stays on the sheet when it is deleted (NĐ 99/2022/NĐ-CP). */
export type Mortgage = {
  /** Registration number. */
  readonly mortgage: string; readonly creditor: string; readonly amount: Dong; readonly contractNumber: string;
  readonly registeredAt: Instant | null; readonly deletedAt: Instant | null; readonly code: string;
  /** When the registering office received the request: it ranks before what was received later, whichever was entered first. Absent: its registration counts. */
  readonly receivedAt?: Instant;
};
/** What keeps the parcel from being disposed of until it is lifted: a dispute (tranh chấp), a distraint (kê biên). */
export type Block = {
  readonly block: string; readonly kind: 'dispute' | 'distraint'; readonly ground: string; readonly since: LocalDate;
  /** '' while it stands. */
  readonly liftedOn: LocalDate; readonly liftGround: string;
  /** The request that recorded it: a repeat is told this one, whatever was recorded since. Absent: loaded, or recorded before this was kept. */
  readonly request?: string;
};

export type Parcel = {
  readonly parcel: string;
  /** The commune where it lay when it was entered; where it lies today follows from the succession of areas. */
  readonly area: AreaId;
  readonly mapSheet: string; readonly number: string; readonly sizeDm2: number; readonly purpose: string; readonly address: string;
  readonly rights: readonly Right[]; readonly mortgages: readonly Mortgage[]; readonly blocks: readonly Block[];
  /** Parcels that it was made of; absent: it was surveyed as it is. */
  readonly origins?: readonly string[];
  /** It is no parcel any more; absent: it stands. */
  readonly ended?: Ending;
  /** Sheets and numbers that it bore before an office decided about a clash, oldest first; absent: none. */
  readonly formerNumbers?: readonly FormerNumber[];
  /** What was decided last where it bore one number with others; absent: nothing. */
  readonly numberOrder?: NumberOrder;
};
/** `until`: the last day. */
export type FormerNumber = { readonly mapSheet: string; readonly number: string; readonly until: LocalDate };
export type NumberOrder = { readonly keeps: string; readonly ground: string; readonly on: LocalDate };
/** What became of a parcel that was split or merged. */
export type Ending = { readonly by: 'split' | 'merge'; readonly on: LocalDate; readonly successors: readonly string[]; readonly code: string };
/** A parcel that a split or merge makes. */
export type NewParcel = Pick<Parcel, 'parcel' | 'mapSheet' | 'number' | 'sizeDm2'> & { readonly certificateNumber: string };

/** One issued certificate number (số phát hành): it is on one certificate for ever, so the number is taken with the certificate and never freed. */
export type CertificateRecord = { readonly type: 'certificate'; readonly number: string; readonly parcel: string; readonly code: string };
export type LandRecord = Parcel | CertificateRecord;
export const isParcel = (record: LandRecord): record is Parcel => !('type' in record);
export const certificateKey = (number: string): string => `certificate|${number}`;

/** Numbers by which one person or organisation may stand in the register. */
export type Numbers = readonly string[];

export type LandAction =
  | { readonly action: 'transfer'; readonly sellers: readonly Numbers[]; readonly to: PartyPart; readonly certificateNumber: string; /** The creditors agree (Luật Đất đai 2024). */ readonly consent: boolean }
  | { readonly action: 'exchange'; readonly holder: Numbers; readonly certificateNumber: string }
  | { readonly action: 'mortgage'; readonly mortgagor: Numbers; readonly mortgage: string; readonly creditor: string; readonly amount: Dong; readonly contractNumber: string; /** When the office received the request. */ readonly receivedAt?: Instant }
  /** One of the two names it; both empty: the only one that stands. */
  | { readonly action: 'mortgage-release'; readonly mortgage: string; readonly contractNumber: string }
  /** `sources`: the parcels as they stood when it was announced, the dossier's own first; the change is decided only while they stand so. */
  | { readonly action: 'split' | 'merge'; readonly holder: Numbers; readonly consent: boolean; readonly sources: readonly Parcel[]; readonly makes: readonly NewParcel[] };

export type LandChange = LandAction & {
  readonly parcel: string; readonly code: string;
  /** When it counts in law, and the day of it. */
  readonly at: Instant; readonly on: LocalDate;
  /** The area that the deciding office answers for, and the day on which that is judged. */
  readonly area: AreaId; readonly today: LocalDate;
};
