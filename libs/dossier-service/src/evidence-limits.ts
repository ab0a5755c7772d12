/** What of a fact a dossier may see: what the documents of its procedure need, and no more. */
import type { Reference, RequiredDocument, ServiceName } from '@lienthong/law';

/** Fields by fact; a fact that is not in it is not needed. `brief`: what a register gives for any document. */
export type Needs = ReadonlyMap<string, readonly string[] | 'brief'>;

export function needsOf(documents: readonly RequiredDocument[], service: ServiceName): Needs {
  const needs = new Map<string, readonly string[] | 'brief'>();
  for (const { evidence } of documents) {
    if (evidence === undefined || evidence.service !== service) continue;
    const known = needs.get(evidence.fact), fields = evidence.fields ?? 'brief';
    needs.set(evidence.fact, known === undefined || known === 'brief' ? fields : fields === 'brief' ? known : [...new Set([...known, ...fields])]);
  }
  return needs;
}

/** The version in force on a day; of a procedure that is not in force then, the last: a rehearsal may begin on a day to come. */
export function documentsOfProcedure(reference: Reference, code: string, on: string): readonly RequiredDocument[] | undefined {
  return (reference.procedure(code, on) ?? reference.procedures.findLast((one) => one.code === code))?.documents;
}

export function limited(values: Readonly<Record<string, string>>, fields: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(values).filter(([name]) => fields.includes(name)));
}
