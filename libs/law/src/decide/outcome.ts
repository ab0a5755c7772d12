import type { Draft } from '../types.ts';
import { refuse } from '../refusals.ts';
import type { Refusal } from '../refusals.ts';
import { wellFormed } from '../well-formed.ts';

/** Entries or a refusal; nothing is written yet. */
export type Outcome = { readonly drafts: readonly Draft[] } | { readonly refusal: Refusal };

/** Nothing is written that folding would not understand. */
export function entries(...drafts: readonly Draft[]): Outcome {
  const wrong = drafts.find((draft) => !wellFormed(draft.kind, draft.body));
  return wrong === undefined ? { drafts } : no(refuse('FIELD_INVALID', { field: wrong.kind, problem: 'type' }));
}
export const no = (refusal: Refusal): Outcome => ({ refusal });
export const isRefused = (outcome: Outcome): outcome is { readonly refusal: Refusal } => 'refusal' in outcome;
