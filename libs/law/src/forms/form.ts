/** What a form of the one-stop mechanism says, before anybody draws it: blocks of words in both languages. Whoever draws decides nothing. */
import type { EntryRef, Instant, LocalDate, Source, Text, Validity } from '../types.ts';
import type { PartyPart } from '../party.ts';

/** The forms, by what they are for: their numbers differ from edition to edition. */
export const formKinds = ['receipt', 'supplement', 'refusal', 'apology', 'stop', 'control-slip', 'tracking-book'] as const;
export type FormKind = (typeof formKinds)[number];

/** A form as an act lays it down: which dossiers it is for follows from the day on which they were received. */
export type FormEdition = Validity & {
  readonly form: FormKind; /** Two digits, e.g. `05`. */ readonly number: string; readonly title: Text; readonly paper: 'A4' | 'A5'; readonly landscape: boolean; readonly source: Source;
};

export type FormBlock =
  | { readonly type: 'line'; readonly label: Text; readonly value: Text; readonly strong?: boolean }
  | { readonly type: 'list'; readonly label: Text; readonly rows: readonly Text[] }
  /** `share`: of the width; they add up to 1. */
  | { readonly type: 'table'; readonly label: Text | null; readonly columns: readonly { readonly title: Text; readonly share: number }[]; readonly rows: readonly (readonly Text[])[] }
  | { readonly type: 'words'; readonly text: Text };

export type FormSignature = { readonly title: Text; readonly name: string };

export type Form = {
  readonly edition: FormEdition;
  /** Code of the dossier; of a whole book its name. It stands on the form in letters and as a bar code, behind what it is. */
  readonly code: string; readonly codeLabel: Text;
  /** When what it says was done: the file bears this time and no other. */
  readonly issuedAt: Instant;
  readonly office: Text; readonly blocks: readonly FormBlock[]; readonly signatures: readonly FormSignature[]; readonly rehearsal: boolean;
  /** Where its QR leads; null: it bears none. */
  readonly track: { readonly code: string; readonly secret: string } | null;
};

/** What stands beside the entries, as far as it can be had. */
export type FormFacts = {
  readonly applicant?: PartyPart; readonly submitter?: { readonly party?: PartyPart };
  readonly contact?: { readonly phone?: string; readonly email?: string; readonly postalAddress?: string };
  readonly secret: string;
  /** What an office said in its own words, by `wordsKey` of the entry. */
  readonly words: ReadonlyMap<string, string>;
};

export const wordsKey = ({ author, seq }: EntryRef): string => `${author}/${seq}`;

/** The edition of a form for dossiers received on `on`. Undefined: no act laid down such a form then. */
export function editionOn(editions: readonly FormEdition[], form: FormKind, on: LocalDate): FormEdition | undefined {
  return editions.find((one) => one.form === form && one.validFrom <= on && (one.validTo === null || on <= one.validTo));
}

/** The form that bears a number, or a name, on that day. Undefined: none does. */
export function formNamed(editions: readonly FormEdition[], named: string, on: LocalDate): FormKind | undefined {
  return formKinds.find((kind) => kind === named || editionOn(editions, kind, on)?.number === named);
}
