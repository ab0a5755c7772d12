/** What the data files hold: the shapes that people edit, and where each lies under `data/`. */
import type { Area, CalendarDay, Industry, Office, Outage, Procedure, ResultFact, Sessions, Source, SupportStandards, Transition } from '@lienthong/law';

/** An office as filed: its source is named by key, for some two thousand offices share a dozen sources. */
export type OfficeRecord = Omit<Office, 'source'> & { readonly source: string };

export const AREAS_FILE = 'areas.json';
export const OFFICES_FILE = 'offices.json';
export const CALENDAR_FILE = 'calendar.json';
/** Which results stand in for which papers; the generator writes it into the documents of the procedures. */
export const RESULTS_FILE = 'results.json';
/** Amounts of social support by day: the base that decrees raise, and the coefficient of each group. */
export const SUPPORT_FILE = 'support.json';
export const TRANSITIONS_FILE = 'transitions.json';
/** Lines of business by day: sections, divisions, and what is loaded below them. */
export const INDUSTRIES_FILE = 'industries.json';
/** One file per procedure code, holding its versions, oldest first. */
export const PROCEDURES_FOLDER = 'procedures';
/** Acts that the rules rest on; no rule reads them, so they are no part of the digest. */
export const ACTS_FILE = 'acts/acts.json';
/** Forms by edition; what a dossier is decided by does not hang on them, so they are no part of the digest. */
export const FORMS_FILE = 'forms/forms.json';
/** The national lists as published, from which the procedures are generated. */
export const NATIONAL_FOLDER = 'national';

export type OfficesFile = { readonly sources: Readonly<Record<string, Source>>; readonly offices: readonly OfficeRecord[] };
/** An outage as filed: times as text with their zone. */
export type OutageRecord = Omit<Outage, 'from' | 'to'> & { readonly from: string; readonly to: string | null };
export type CalendarFile = { readonly sessions: readonly Sessions[]; readonly days: readonly CalendarDay[]; /** Absent: none was announced. */ readonly outages?: readonly OutageRecord[] };

/** All reference data as plain values, in the order of the files. */
export type ReferenceData = {
  readonly areas: readonly Area[]; readonly offices: readonly Office[]; readonly procedures: readonly Procedure[];
  readonly days: readonly CalendarDay[]; readonly sessions: readonly Sessions[]; /** Absent: none. */ readonly outages?: readonly OutageRecord[];
  /** Absent: none. */
  readonly resultFacts?: readonly ResultFact[];
  /** Absent: none. */
  readonly support?: SupportStandards;
  /** Absent: none. */
  readonly industries?: readonly Industry[];
  /** Absent: none. */
  readonly transitions?: readonly Transition[];
};

/** Lines of business as filed: a source is named by key. */
export type IndustriesFile = { readonly sources: Readonly<Record<string, Source>>; readonly industries: readonly (Omit<Industry, 'source'> & { readonly source: string })[] };
