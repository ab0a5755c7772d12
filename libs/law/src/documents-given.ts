/** Which documents came into a dossier, and with which entry. */
import type { Bodies, DocumentRecord } from './types.ts';
import type { Dossier, LawEntry } from './dossier.ts';

/** Documents that an entry brought after the receipt: attached at a leg, delivered as supplement, given with a choice of new rules. */
export function documentsIn({ kind, body }: LawEntry): readonly DocumentRecord[] {
  switch (kind) {
    case 'evidence-attached': case 'document-attached': return [(body as Bodies['evidence-attached']).document];
    case 'request-answered': return (body as Bodies['request-answered']).documents ?? [];
    case 'rules-adopted': return (body as Bodies['rules-adopted']).documents;
    default: return [];
  }
}

/** All documents of the dossier: as received or given for new rules, delivered as supplement, attached by legs. */
export function documentsOf({ root, requests, legs }: Dossier): readonly DocumentRecord[] {
  const supplements = [...requests.values()].flatMap((one) => one.ended?.documents ?? []);
  return [...root?.documents ?? [], ...supplements, ...[...legs.values()].flatMap((leg) => leg.documents)];
}
