/** One procedure of a list that an office brings, whatever the form of the list. */
import type { Channel, Dong, Text } from '@lienthong/law';

export type ImportedTime = { /** As it stands; empty: none. */ readonly count: string; readonly unit: string };
export type ImportedPaper = { readonly code: string; readonly name: string; readonly form: string; readonly originals: number; readonly copies: number; /** Name of the case; empty: all. */ readonly case: string };

export type ImportRow = {
  /** Line of the file on which it begins, from 1. */
  readonly line: number;
  readonly code: string; readonly name: string; readonly field: string;
  /** Names of the executing agencies. */
  readonly agency: string;
  /** Level of execution as the list writes it. */
  readonly level: string;
  /** Role of our catalogue, where the list already names one; empty: from agency and level. */
  readonly role: string; readonly locality: string;
  readonly times: Readonly<Partial<Record<Channel, ImportedTime>>>;
  readonly fees: Readonly<Partial<Record<Channel, Dong>>>;
  /** A fee that is no amount; absent: none. */
  readonly unreadFee?: string;
  readonly papers: readonly ImportedPaper[];
  readonly results: readonly { readonly code: string; readonly name: string }[];
  readonly acts: readonly string[];
  /** False: the list says that it is no longer in force. */
  readonly active: boolean;
};

/** A row that could not be taken. */
export type RowProblem = { readonly line: number; readonly code: string; readonly field: string; readonly problem: Text; readonly remedy: Text };

export const text = (vi: string, en: string): Text => ({ vi, en });
