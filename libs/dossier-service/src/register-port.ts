/** How a desk meets the register of its service: a completion that changes the register is prepared, reserved, decided, applied. */
import type { Dossier, FolderId, IssuedResult, Leg, Refusal } from '@lienthong/law';
import type { Renumbered } from './register-rules.ts';

export type PrepareChange = {
  readonly folder: FolderId; readonly dossier: Dossier; readonly leg: Leg; readonly action: string;
  /** Parts of the particulars that the leg may read, by name. */
  readonly particulars: Readonly<Record<string, unknown>>;
  /** What the officer gave beyond the particulars. */
  readonly values: Readonly<Record<string, string>>;
  readonly results: readonly IssuedResult[];
  readonly now: number;
};

export type RegisterDesk = {
  /** Names that an officer may give for an action. */
  fields(action: string): readonly string[];
  /** The change as it will be kept beside the entry; refused when the register would not allow it now. */
  prepare(change: PrepareChange): Promise<{ readonly change: unknown } | { readonly refusal: Refusal }>;
  /** Whether the register shows the number of a result of a decided change; refused when it would not take another one now. */
  prepareAmendment(of: { readonly folder: FolderId; readonly dossier: Dossier; readonly leg: Leg; readonly numbers: Renumbered }): Promise<{ readonly inRegister: boolean } | { readonly refusal: Refusal }>;
};
