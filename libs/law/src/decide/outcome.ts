import type { Draft } from '../types.ts';
import type { Refusal } from '../refusals.ts';

/** Entries or a refusal; nothing is written yet. */
export type Outcome = { readonly drafts: readonly Draft[] } | { readonly refusal: Refusal };

export const entries = (...drafts: readonly Draft[]): Outcome => ({ drafts });
export const no = (refusal: Refusal): Outcome => ({ refusal });
export const isRefused = (outcome: Outcome): outcome is { readonly refusal: Refusal } => 'refusal' in outcome;
