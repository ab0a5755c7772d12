/** What the catalogue knows about a procedure beside its rules: shown to whoever asks, and read by no rule. */
import type { Channel, Fee, LocalDate, Locality, Role, Source, Span, Text, Validity } from './types.ts';

/** A contradiction or a gap of the published record, and what was taken instead. Never silent: it travels with the procedure. */
export type CatalogueDecision = {
  /** Field of the procedure, e.g. `limit.counter`. */
  readonly field: string;
  /** What the source says, as it says it. */
  readonly published: string;
  readonly decided: string; readonly reason: string;
  /** Day of the decision. */
  readonly on: LocalDate;
};

/** Time that the law leaves out of the limit, or lets run beside it. */
export type ExcludedWait = {
  readonly cause: 'posting' | 'payment' | 'consent' | 'transfer' | 'outage' | 'verification' | 'extension';
  readonly text: Text;
  /** Longest wait, where one is told. */
  readonly span?: Span;
  /** The leg that waits; absent: the dossier as a whole. */
  readonly leg?: string;
  readonly source: Source;
};

export type CatalogueFacts = {
  /** `default`: no route was typed; it is received, handled by the competent office, and returned. */
  readonly route: 'typed' | 'default';
  /** Faults of the record and of our knowledge, from the closed list of the reference data. */
  readonly flags: readonly string[];
  readonly decisions: readonly CatalogueDecision[];
  /** Who answers for the procedure as a whole. */
  readonly accountable: { readonly role: Role; readonly locality: Locality };
  /** Codes that the same procedure had before, and those that took its place. */
  readonly codes: { readonly earlier: readonly string[]; readonly later: readonly string[] };
  readonly waits: readonly ExcludedWait[];
  /** The decision that announced the record; empty: not read. */
  readonly announcedBy: string;
  /** Results that the record lists and no leg issues: a refusal or a request to amend is a form, an entry of a national database is made there. Absent: none. */
  readonly notIssued?: readonly { readonly code: string; readonly name: Text }[];
};

/** A province may shorten limits and sets fees: what it decided, from when to when. It takes the place of the national limit and fees while it is in force. */
export type LocalRule = Validity & {
  /** With it go the limits of cases: those of this rule hold, or none. */
  readonly limit?: Readonly<Record<Channel, Span>>;
  readonly caseLimits?: Readonly<Record<string, Span>>;
  /** All fees asked while the rule is in force; absent: the national ones. */
  readonly fees?: readonly Fee[];
  readonly source: Source;
};
