/** Results that offices have issued in a dossier: each is evidence for whoever needs it later, as long as its decision stands. Worked out from the completions, and written down nowhere else. */
import type { AuthorId, ItemId } from '@lienthong/folder';
import { resultsOf } from './amended-results.ts';
import { registerBehind } from './closing.ts';
import { sameRef } from './dossier.ts';
import type { Dossier, LawEntry, Leg } from './dossier.ts';
import { documentsIn } from './documents-given.ts';
import { skipped, stale } from './itinerary.ts';
import type { Amendment, Bodies, DocumentRecord, EntryRef, Instant, IssuedResult, LawBody, OfficeId } from './types.ts';

/** `decision`: the entry by which it reads so: what decided, corrected or reissued it. `n`: its place among the results of the decision, from 0. */
export type Issued = { readonly leg: ItemId; readonly decision: EntryRef; readonly n: number; readonly at: Instant; readonly office: OfficeId; readonly result: IssuedResult };

/** What stands. A decision that was revoked, is being made anew, stands on an input that has changed, or waits for its register is evidence of nothing. */
export function issuedResults(dossier: Dossier): readonly Issued[] {
  return [...dossier.legs.values()].flatMap((leg) => {
    const { completion } = leg;
    if (leg.status !== 'complete' || completion === null || registerBehind(leg) || stale(dossier, leg)) return [];
    return resultsOf(completion).map(({ result, n, ref, at, by }) => ({ leg: leg.id, decision: ref, n, at, office: by?.office ?? leg.office, result }));
  });
}

/** A result as one entry gave it, whatever has become of it since: for who shows again what he saw. Undefined: there is none, or two services' lives have one of that number and nothing tells which is meant. */
export function issuedAt(dossier: Dossier, isOwn: (author: AuthorId) => boolean, seq: number, n: number): Issued | undefined {
  const found = dossier.entries.filter((entry) => entry.seq === seq && isOwn(entry.author) && (entry.kind === 'leg-completed' || entry.kind === 'result-amended'));
  const [entry] = found;
  return entry === undefined || found.length > 1 ? undefined : givenBy(dossier, entry).find((one) => one.n === n);
}

/** Every result that was ever issued, oldest first, as its entry gave it. */
export function everIssued(dossier: Dossier): readonly Issued[] {
  return dossier.entries.flatMap((entry) => givenBy(dossier, entry));
}

const nothing: readonly Issued[] = [];

function givenBy(dossier: Dossier, entry: LawEntry): readonly Issued[] {
  if (entry.kind !== 'leg-completed' && entry.kind !== 'result-amended') return nothing;
  const given = entry.kind === 'result-amended' ? [entry.body as LawBody<'result-amended'>] : (entry.body as Bodies['leg-completed']).results.map((result, n) => ({ result, n }));
  const office = entry.body.by?.office ?? dossier.legs.get(entry.item)?.office ?? '';
  return given.map(({ result, n }) => ({ leg: entry.item, decision: { author: entry.author, seq: entry.seq }, n, at: entry.effectiveAt, office, result }));
}

// ---------------------------------------------------------------- what has become of it

/** `unsettled`: what it rests on has changed, or its office is deciding anew. */
export type Standing = 'stands' | 'corrected' | 'reissued' | 'revoked' | 'unsettled';
/** `since`: when it came to stand so; `ground`: of a correction, reissue or revocation, where it is told. */
export type Followed = Issued & { readonly standing: Standing; readonly since: Instant; readonly ground: string };

/** Every result that was ever issued, oldest first, with what has become of it. */
export function followedResults(dossier: Dossier): readonly Followed[] {
  const standing = issuedResults(dossier);
  return everIssued(dossier).map((one) => {
    const leg = dossier.legs.get(one.leg);
    const stands = standing.some((other) => other.n === one.n && sameRef(other.decision, one.decision));
    return stands || leg === undefined ? { ...one, standing: 'stands', since: one.at, ground: '' } : { ...one, ...followed(dossier, leg, one) };
  });
}

const names: Readonly<Record<Amendment, Standing>> = { correction: 'corrected', reissue: 'reissued' };

/** What came first after it in its leg and ended it; where another one took its place, whatever has ended that one for good. */
function followed(dossier: Dossier, leg: Leg, { decision, n }: Issued): Pick<Followed, 'standing' | 'since' | 'ground'> {
  let replaced: Pick<Followed, 'standing' | 'since' | 'ground'> | null = null;
  const own = dossier.entries.filter((entry) => entry.item === leg.id), after = own.slice(own.findIndex((entry) => sameRef(entry, decision)) + 1);
  for (const entry of after) {
    if (entry.kind === 'result-amended' && (entry.body as Bodies['result-amended']).n === n) replaced ??= { standing: names[(entry.body as Bodies['result-amended']).amendment], since: entry.effectiveAt, ground: (entry.body as Bodies['result-amended']).ground };
    if (entry.kind === 'result-revoked' && (entry.body as Bodies['result-revoked']).n === n) return { standing: 'revoked', since: entry.effectiveAt, ground: (entry.body as Bodies['result-revoked']).ground };
    if (entry.kind === 'completion-revoked') return { standing: 'revoked', since: entry.effectiveAt, ground: (entry.body as Bodies['completion-revoked']).ground ?? '' };
    // Decided anew without being taken back first: the new decision replaces it.
    if (entry.kind === 'leg-reopened') return { standing: leg.status === 'complete' ? 'revoked' : 'unsettled', since: entry.effectiveAt, ground: '' };
  }
  return replaced ?? { standing: 'unsettled', since: leg.changedAt, ground: '' };
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

/** Who still has to look when a piece of evidence falls: whoever decides on it in an open dossier, whoever has decided on it in a closed one; not who has said since that the decision stands all the same. */
export function unsettledReliance(dossier: Dossier): readonly Relied[] {
  const closed = dossier.root !== null && dossier.root.closed !== null;
  const looks = (leg: Leg, evidenceId: string): boolean => !leg.upheld.includes(evidenceId) && (!closed || leg.status === 'complete');
  return reliedEvidence(dossier).map((one) => ({ ...one, legs: one.legs.filter((leg) => looks(leg, one.evidenceId)) })).filter((one) => one.legs.length > 0);
}
