/** Acts as data: what a rule rests on, from when until when, and what took its place. */
import type { LocalDate, Source } from '@lienthong/law';

export type Act = {
  /** E.g. `151/2025/NĐ-CP`. */
  readonly number: string;
  /** Empty: not read. */
  readonly title: string;
  /** First day in force; null: not known. */
  readonly validFrom: LocalDate | null;
  /** Last day in force; null: in force, or not known to have ended. */
  readonly validTo: LocalDate | null;
  readonly replacedBy: string | null;
  readonly source: Source;
};

const NUMBER = /\d+(?:\.\d+)?\/(?:\d{4}\/)?[A-ZĐ][A-ZĐa-z0-9-]*/gu;
/** Prose writes `NĐ 151/2025`, with the kind in front of the number. */
const KIND_FIRST = /\b(NĐ|TT|QĐ)\s+(\d+\/\d{4})(?!\/)/gu;
const KINDS: Readonly<Record<string, string>> = { 'NĐ': 'NĐ-CP', 'TT': 'TT', 'QĐ': 'QĐ-TTg' };

/** Numbers of the acts that a text names, each once, in order of appearance. */
export function actsNamed(text: string): string[] {
  const plain = text.replaceAll(KIND_FIRST, (_all, kind: string, number: string) => `${number}/${KINDS[kind]!}`);
  return [...new Set(plain.match(NUMBER) ?? [])];
}

export type Standing = 'in-force' | 'not-yet' | 'ended' | 'unknown';

/** How an act stands on a day. `unknown`: not listed, or its first day is not known. */
export function standingOf(act: Act | undefined, on: LocalDate): Standing {
  if (act === undefined) return 'unknown';
  if (act.validTo !== null && act.validTo < on) return 'ended';
  if (act.validFrom === null) return 'unknown';
  return act.validFrom > on ? 'not-yet' : 'in-force';
}
