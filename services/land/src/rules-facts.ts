/** What the cadastre holds of a parcel, and the changes that dossiers bring. Plain values. */
import type { AreaId, Dong, Instant, LocalDate, PartyPart } from '@lienthong/law';

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
};
/** What keeps the parcel from being disposed of until it is lifted: a dispute (tranh chấp), a distraint (kê biên). */
export type Block = {
  readonly block: string; readonly kind: 'dispute' | 'distraint'; readonly ground: string; readonly since: LocalDate;
  /** '' while it stands. */
  readonly liftedOn: LocalDate; readonly liftGround: string;
};

export type Parcel = {
  readonly parcel: string;
  /** The commune where it lay when it was entered; where it lies today follows from the succession of areas. */
  readonly area: AreaId;
  readonly mapSheet: string; readonly number: string; readonly sizeDm2: number; readonly purpose: string; readonly address: string;
  readonly rights: readonly Right[]; readonly mortgages: readonly Mortgage[]; readonly blocks: readonly Block[];
};

/** Numbers by which one person or organisation may stand in the register. */
export type Numbers = readonly string[];

export type LandAction =
  | { readonly action: 'transfer'; readonly sellers: readonly Numbers[]; readonly to: PartyPart; readonly certificateNumber: string; /** The creditors agree (Luật Đất đai 2024). */ readonly consent: boolean }
  | { readonly action: 'exchange'; readonly holder: Numbers; readonly certificateNumber: string }
  | { readonly action: 'mortgage'; readonly mortgagor: Numbers; readonly mortgage: string; readonly creditor: string; readonly amount: Dong; readonly contractNumber: string }
  /** One of the two names it; both empty: the only one that stands. */
  | { readonly action: 'mortgage-release'; readonly mortgage: string; readonly contractNumber: string };

export type LandChange = LandAction & {
  readonly parcel: string; readonly code: string;
  /** When it counts in law, and the day of it. */
  readonly at: Instant; readonly on: LocalDate;
  /** The area that the deciding office answers for, and the day on which that is judged. */
  readonly area: AreaId; readonly today: LocalDate;
};
