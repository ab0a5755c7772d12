/** Particulars of a dossier by the names under which they stand beside the entries. */
import { asideName } from './context.ts';
import type { Root } from './dossier.ts';

export type NamedPart = { readonly part: string; readonly name: string };

/** Those of `parts` that the dossier has, in that order, as they were given or corrected last. */
export function namedParts({ particulars }: Pick<Root, 'particulars'>, parts: readonly string[]): NamedPart[] {
  return parts.flatMap((part) => { const one = particulars.get(part); return one === undefined ? [] : [{ part, name: asideName(one.commitment) }]; });
}
