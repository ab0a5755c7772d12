/** Results that offices have issued in a dossier: each is evidence for whoever needs it later, as long as its decision stands. Worked out from the completions, and written down nowhere else. */
import type { AuthorId, ItemId } from '@lienthong/folder';
import { unapplied } from './closing.ts';
import type { Dossier, LawEntry, Leg } from './dossier.ts';
import { skipped, stale } from './itinerary.ts';
import type { Bodies, DocumentRecord, EntryRef, Instant, IssuedResult, OfficeId } from './types.ts';

/** `n`: its place among the results of the decision, from 0. */
export type Issued = { readonly leg: ItemId; readonly decision: EntryRef; readonly n: number; readonly at: Instant; readonly office: OfficeId; readonly result: IssuedResult };

/** What stands. A decision that was revoked, is being made anew, stands on an input that has changed, or waits for its register is evidence of nothing. */
export function issuedResults(dossier: Dossier): readonly Issued[] {
  return [...dossier.legs.values()].flatMap((leg) => {
    const { completion } = leg;
    if (leg.status !== 'complete' || completion === null || unapplied(leg) || stale(dossier, leg)) return [];
    return completion.results.map((result, n) => ({ leg: leg.id, decision: completion.ref, n, at: completion.at, office: completion.by?.office ?? leg.office, result }));
  });
}

/** A result as one decision gave it, whatever has become of it since: for who shows again what he saw. Undefined: there is none, or two services' lives have one of that number and nothing tells which is meant. */
export function issuedAt(dossier: Dossier, isOwn: (author: AuthorId) => boolean, seq: number, n: number): Issued | undefined {
  const found = dossier.entries.filter((entry) => entry.kind === 'leg-completed' && entry.seq === seq && isOwn(entry.author));
  const [entry] = found, result = entry === undefined ? undefined : resultsIn(entry)[n];
  if (entry === undefined || result === undefined || found.length > 1) return undefined;
  return { leg: entry.item, decision: { author: entry.author, seq: entry.seq }, n, at: entry.effectiveAt, office: entry.body.by?.office ?? dossier.legs.get(entry.item)?.office ?? '', result };
}

function resultsIn({ body }: LawEntry): readonly IssuedResult[] {
  return (body as Bodies['leg-completed']).results;
}

// ---------------------------------------------------------------- who relies on it

/** Evidence in a dossier that stands for a document now. `legs`: those that decide on it: the one that attached it, or, for what came from the counter, every one that is gone through. */
export type Relied = { readonly document: string; readonly evidenceId: string; readonly legs: readonly Leg[] };

/** Of each document what came last: a paper that was brought since takes the place of evidence. */
export function reliedEvidence(dossier: Dossier): readonly Relied[] {
  const latest = new Map<string, { readonly record: DocumentRecord; readonly leg: Leg | undefined }>();
  for (const record of dossier.root?.body.documents ?? []) latest.set(record.document, { record, leg: undefined });
  for (const entry of dossier.entries) for (const record of documentsIn(entry)) latest.set(record.document, { record, leg: dossier.legs.get(entry.item) });
  const all = [...dossier.legs.values()].filter((leg) => leg.plan.task !== true && !skipped(dossier, leg));
  return [...latest].flatMap(([document, { record: { origin }, leg }]) => (origin.type === 'evidence' ? [{ document, evidenceId: origin.evidenceId, legs: leg === undefined ? all : [leg] }] : []));
}

function documentsIn({ kind, body }: LawEntry): readonly DocumentRecord[] {
  if (kind === 'evidence-attached' || kind === 'document-attached') return [(body as Bodies['evidence-attached']).document];
  return kind === 'request-answered' ? (body as Bodies['request-answered']).documents ?? [] : [];
}
