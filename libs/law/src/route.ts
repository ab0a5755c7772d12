/** What a procedure asks and plans in a case: legs in their order, papers, the whole limit. */
import { refuse } from './refusals.ts';
import type { Refusal } from './refusals.ts';
import type { Channel, Fee, LegTemplate, Procedure, RequiredDocument, Span } from './types.ts';

/** What a dossier says of itself that the rules of its procedure hang on. */
export type Chosen = { readonly case: string; readonly channel: Channel };

export const applies = (one: { readonly cases?: readonly string[] }, chosen: string): boolean => one.cases === undefined || one.cases.includes(chosen);

/** Required documents of the case that nothing satisfies. */
export function missingDocuments({ case: chosen, documents }: { readonly case: string; readonly documents: readonly { readonly document: string }[] }, procedure: Procedure): readonly RequiredDocument[] {
  const given = new Set(documents.map((one) => one.document));
  return procedure.documents.filter((one) => applies(one, chosen) && one.optional !== true && !given.has(one.code));
}

export function caseRefusal(chosen: string, { code, cases }: Procedure): Refusal | null {
  if (cases.length === 0 ? chosen === '' : cases.includes(chosen)) return null;
  return refuse('UNKNOWN_CASE', { procedure: code, case: chosen, cases: cases.length === 0 ? '–' : cases.join(', ') }, 'case');
}

/** A document that the procedure does not name. */
export function strangerRefusal(documents: readonly { readonly document: string }[], { code, documents: known }: Procedure): Refusal | null {
  const stranger = documents.find(({ document }) => !known.some((one) => one.code === document));
  return stranger === undefined ? null : refuse('DOCUMENT_UNKNOWN', { document: stranger.document, procedure: code }, 'documents');
}

export function feesOwed(procedure: Procedure, { case: chosen, channel }: Chosen, when: Fee['when']): readonly Fee[] {
  return procedure.fees.filter((fee) => applies(fee, chosen) && fee.amount[channel] > 0 && fee.when === when);
}

/** A case that has a limit of its own has it through every door. */
export function totalLimit(procedure: Procedure, { case: chosen, channel }: Chosen): Span {
  return procedure.caseLimits?.[chosen] ?? procedure.limit[channel];
}

/** Each leg after those that it waits for; the catalogue may list them in any order. Throws RangeError where legs wait for each other, which its validator refuses. */
export function inOrder(procedure: Procedure): readonly LegTemplate[] {
  const placed: LegTemplate[] = [];
  const names = new Set<string>();
  const known = new Set(procedure.legs.map((leg) => leg.name));
  while (placed.length < procedure.legs.length) {
    const next = procedure.legs.find((leg) => !names.has(leg.name) && leg.after.every((name) => names.has(name) || !known.has(name)));
    if (next === undefined) throw new RangeError(`legs of ${procedure.code} wait for each other`);
    placed.push(next);
    names.add(next.name);
  }
  return placed;
}

/** Positions among the planned legs of those it waits for; where the case leaves one out, what that one waited for. */
export function waitsFor(template: LegTemplate, procedure: Procedure, position: ReadonlyMap<string, number>): number[] {
  const found = new Set<number>();
  for (const name of template.after) {
    const at = position.get(name);
    const left = at === undefined ? procedure.legs.find((leg) => leg.name === name) : undefined;
    if (at !== undefined) found.add(at);
    else if (left !== undefined) for (const n of waitsFor(left, procedure, position)) found.add(n);
  }
  return [...found];
}

