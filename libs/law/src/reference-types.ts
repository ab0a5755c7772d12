/** What `decide` may look up: areas, offices, procedures, calendars and dated lists. Data with its source, never code. */
import type { Hash } from '@lienthong/folder';
import type { Area } from './area.ts';
import type { CatalogueFacts, LocalRule } from './catalogue-facts.ts';
import type { Dong, LocalDate, Source, Span, Text, Validity } from './types.ts';
import type { Calendar } from './working-calendar.ts';

/** `<code>@<first day in force>`: a code alone names different units in 2024 and 2026. */
export type AreaId = string;

export type OfficeId = string;
/** What an office answers for, e.g. `counter`, `civil-status`, `land-registration`, `tax`. The list is data. */
export type Role = string;
/** The service that hosts an office's desk, e.g. `land`. A plain value here: the law knows no service by name. */
export type ServiceName = string;
export type Office = Validity & {
  readonly id: OfficeId; readonly name: Text; readonly service: ServiceName; readonly roles: readonly Role[];
  /** The areas it serves: a commune, a district, or the whole province. */
  readonly serves: readonly AreaId[];
  /** Agency code for dossier codes, e.g. `000.00.01.H47`. */
  readonly agencyCode: string;
  readonly successor: OfficeId | null;
  /** Calendar (sessions) it keeps; `default` when absent in data. */
  readonly sessions: string;
  readonly source: Source;
};

export type Channel = 'counter' | 'online' | 'post';

export type RequiredDocument = {
  readonly code: string; readonly name: Text; readonly form?: string;
  readonly originals: number; readonly copies: number;
  /** Only for these cases of the procedure; absent: for all. */
  readonly cases?: readonly string[];
  /** True: the applicant may leave it out (condition in the text). */
  readonly optional?: boolean;
  /** The register fact that stands in for the paper. `subject`: which particular names what is looked up. */
  /** `fields`: what of the fact the document is needed for; absent: what the register gives for any document. */
  readonly evidence?: { readonly service: ServiceName; readonly fact: string; readonly subject: 'parcel' | 'person' | 'business' | 'result'; readonly fields?: readonly string[] };
};

export type Fee = {
  readonly code: string; readonly name: Text; readonly kind: 'fee' | 'charge' | 'tax';
  readonly amount: Readonly<Record<Channel, Dong>>; readonly when: 'filing' | 'result'; readonly refundable: boolean;
  readonly cases?: readonly string[]; readonly source: Source;
};

/** Which area decides the office of a leg: of the thing (parcel, shop), of the applicant's residence, of the counter, or where a file moves to. */
export type Locality = 'subject' | 'residence' | 'counter' | 'target';

export type RegisterAction = { readonly register: string; readonly action: string };

export type LegTemplate = {
  readonly name: string; readonly title: Text; readonly role: Role; readonly locality: Locality;
  /** Names of the legs it waits for; none: ready at once. */
  readonly after: readonly string[];
  readonly limit: Span;
  /** Its completion is the decision on the request: after it a withdrawal comes too late. */
  readonly decides: boolean;
  /** Public posting that must end before it may complete. */
  readonly posting?: Span; /** Codes of the documents on whose paper it works: they follow the dossier by post. Absent: none. */ readonly originals?: readonly string[];
  /** Consultations that open with its takeover. */
  readonly consults?: readonly { readonly role: Role; readonly locality: Locality; readonly limit: Span; readonly silence: 'consent' | 'none'; readonly title: Text; /** The law leaves no choice: what that office refuses is not approved. */ readonly binding?: boolean }[];
  /** A charge that this leg must open before it completes (tax notice); the leg is suspended until it is settled. */
  readonly charge?: { readonly code: string; readonly name: Text; readonly kind: 'fee' | 'charge' | 'tax' };
  /** What its completion changes in the holder's register. */
  readonly register?: RegisterAction;
  /** Codes of the results that it issues. */
  readonly results: readonly string[];
  /** Parts of the particulars it may read. */
  readonly reads: readonly string[];
  readonly cases?: readonly string[];
  readonly source: Source;
};

export type Procedure = Validity & {
  readonly code: string; readonly name: Text; readonly field: string;
  readonly cases: readonly string[];
  readonly channels: readonly Channel[];
  /** Total limit per channel. */
  readonly limit: Readonly<Record<Channel, Span>>;
  readonly counting: 'elapsed' | 'first-day-excluded';
  /** The 15:00 rule applies. */
  readonly handOver: boolean;
  readonly boundaryFree: boolean;
  readonly documents: readonly RequiredDocument[];
  readonly fees: readonly Fee[];
  readonly legs: readonly LegTemplate[];
  readonly results: readonly { readonly code: string; readonly name: Text }[];
  readonly supplement: { readonly timeout: Span; readonly restarts: boolean };
  readonly legalBasis: readonly string[];
  readonly source: Source;
  /** Total limit of a case that has one of its own; absent, or a case without one: `limit`. */
  readonly caseLimits?: Readonly<Record<string, Span>>;
  /** What the province decided for itself; absent: nothing. */
  readonly local?: readonly LocalRule[];
  readonly facts?: CatalogueFacts;
};

/** Results that offices issue through the hub and that stand in for a paper wherever one is required. */
export type ResultFact = {
  /** Name of the fact, unique; documents name it in `evidence.fact`. */
  readonly fact: string; /** Whose offices issue it. */ readonly service: ServiceName; /** Codes of results. */ readonly results: readonly string[];
  /** Documents that it satisfies; `procedures`: in these alone. */
  readonly documents: readonly { readonly code: string; readonly procedures?: readonly string[] }[];
  /** In words, without personal data. */
  readonly summary: Text; readonly source: Source;
};

/** Mức chuẩn trợ giúp xã hội: what the coefficient of a group is taken of. `announced`: day from which offices could know it; it may reach back. */
export type SupportBase = Validity & { readonly announced: LocalDate; readonly amount: Dong; readonly source: Source };
/** Hệ số of a group of persons and their degree of disability, in tenths: 15 is a coefficient of 1.5. */
export type SupportGroup = Validity & { readonly group: string; readonly name: Text; readonly announced: LocalDate; readonly tenths: number; readonly source: Source };
export type SupportStandards = { readonly bases: readonly SupportBase[]; readonly groups: readonly SupportGroup[] };

/** Ngành kinh tế: a section (a letter), a division (2 digits), or what lies below it. `parent` null: a section. `en` is ours, for there is no official one. */
export type Industry = Validity & { readonly code: string; readonly parent: string | null; readonly name: { readonly vi: string; readonly en?: string }; readonly source: Source };

/** What the law says of dossiers that were received before the rules changed: `choice` true: the applicant may choose the new ones; false: they stay under the old. */
export type Transition = Validity & { readonly id: string; /** Codes; absent: all. */ readonly procedures?: readonly string[]; readonly choice: boolean; readonly source: Source };

/** What `decide` may look up. Built once from the data files; immutable. */
export type Reference = {
  /** SHA-256 of the data as loaded: what a dossier pins. */
  readonly digest: Hash;
  area(id: AreaId): Area | undefined;
  /** The unit that bears `code` on `on`. */
  areaByCode(code: string, on: LocalDate): Area | undefined;
  /** Successors in force on `on`, following the chain; the area itself while it is in force. */
  areasNow(id: AreaId, on: LocalDate): readonly Area[];
  office(id: OfficeId): Office | undefined;
  /** The office that bears `role` for `area` on `on`: the closest level that has one. */
  competentOffice(role: Role, area: AreaId, on: LocalDate): Office | undefined;
  /** The office in force on `on` that took over from `id`. */
  officeNow(id: OfficeId, on: LocalDate): Office | undefined;
  procedure(code: string, on: LocalDate): Procedure | undefined;
  readonly areas: readonly Area[]; readonly offices: readonly Office[]; readonly procedures: readonly Procedure[];
  readonly calendar: Calendar;
  /** Results that stand in for papers; absent: none do. */
  readonly resultFacts?: readonly ResultFact[];
  /** Who may move to new rules; absent: nobody may. */
  readonly transitions?: readonly Transition[];
  /** Lines of business; absent: none is known, and none is judged. */
  readonly industries?: readonly Industry[];
  /** Monthly amounts of social support; absent: offices decide each amount. */
  readonly support?: SupportStandards;
};
