/** The pure part of a register, and its records as they are read. */
import { refuse } from '@lienthong/law';
import type { FolderId, LocalDate, Refusal } from '@lienthong/law';
import type { PrepareChange } from './register-port.ts';
import type { Side } from './side.ts';

/** Why the register says no, in Vietnamese: it goes to the officer's desk. `ended`: what was asked for is no more; there is something in its place. */
export type Problem = { readonly problem: string; readonly ended?: { readonly subject: string; readonly on: LocalDate; readonly successors: readonly string[] }; /** The reason that a caller reads, where it has one of its own. */ readonly refusal?: Refusal };
export const isProblem = (one: unknown): one is Problem => typeof one === 'object' && one !== null && 'problem' in one;

/** The refusal that says a problem to whoever calls. */
export function refusalOfProblem(register: string, { problem, ended, refusal }: Problem): Refusal {
  if (refusal !== undefined) return refusal;
  return ended === undefined ? refuse('REGISTER_CONFLICT', { register, problem }) : refuse('SUBJECT_ENDED', { subject: ended.subject, date: ended.on, successors: ended.successors.join(', ') });
}

/** A record before and after a change, and as it stands; null: there was none. */
export type Changed<F> = { readonly before: F | null; readonly after: F; readonly now: F | null };

/** The number that a result bears, and the one that it bears from now on. */
export type Renumbered = { readonly from: string; readonly to: string };
export type Renumbering<F, C> = {
  /** Keys of the records that show the number, or on which the new one is taken; none: the register shows no number of such a change. */
  touches(change: C, numbers: Renumbered): readonly string[];
  /** The facts with the new number. A problem where the record shows another one by now, or the new number is taken. Null: it stays as it is. */
  next(change: C, key: string, facts: F | null, numbers: Renumbered): F | Problem | null;
};

/** The pure part of a register. `F`: facts of a record; `C`: a change. Both are plain JSON. */
export type RegisterRules<F, C> = {
  /** Name in the catalogue, e.g. `land`. */
  readonly name: string;
  fields(action: string): readonly string[];
  /** The change that a completion would make, from what the leg may read and the officer gave. */
  changeOf(prepare: PrepareChange): C | Problem;
  /** Keys of the records that it touches. A change that is decided touches no others. */
  touches(change: C): readonly string[];
  /** The facts of one touched record after the change; null facts: there is no such record yet. Null: it was looked at and stays as it is. */
  next(change: C, key: string, facts: F | null): F | Problem | null;
  /** Whether a change by this action may leave all that it looks at as it is. Absent: none may. */
  mayLeaveAll?(action: string): boolean;
  /**
   * The facts after a decided change was taken back; null facts: there is no such record any more. A problem where something was built on the change: then a person sees to it.
   * `today`: real time, for what has been done by the change meanwhile.
   */
  undo(change: C, key: string, facts: Changed<F>, today: LocalDate): { readonly facts: F | null } | Problem;
  /** A result of a decided change that is corrected or issued again under another number. */
  readonly renumber: Renumbering<F, C>;
  /** Values by which a record is found. They are keyed before they are written. */
  keysOf(facts: F): Readonly<Record<string, readonly string[]>>;
};

/** A record as it stands. `folder` is keyed by the service's secret: it names the record and tells nothing about it. */
export type StoredRecord<F> = {
  readonly folder: FolderId; readonly facts: F; readonly side: Side;
  /** 1 when loaded or opened, one more with each change. */
  readonly version: number;
  readonly readAt: number;
  /** When its place was opened; absent: it is no record of a register. */
  readonly openedAt?: number;
};

/** What loading a record came to, or would: it is there now (`loaded`), was there with the same content (`known`), or differs from what is there. */
export type Loaded = { readonly folder: FolderId; readonly outcome: 'loaded' | 'known' | 'differs' };
