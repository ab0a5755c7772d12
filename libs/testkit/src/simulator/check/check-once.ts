/** No duty is done twice: in the folder, outside of it, in registers. */
import { effectOf } from '@lienthong/folder';
import type { AuthorId, Entry, EntryRef } from '@lienthong/folder';
import { decisionKey, sideOfDossier } from '@lienthong/dossier-service';
import type { Side } from '@lienthong/dossier-service';
import { sameRef, serviceOf } from '@lienthong/law';
import type { FolderId, LawBody, Leg, ServiceName } from '@lienthong/law';
import { isVoided } from './check-voided.ts';
import type { Evidence } from './evidence.ts';
import { asFindings } from './finding.ts';
import type { Finding } from './finding.ts';
import type { JudgedFolder } from './judged-folder.ts';

/** For what a duty of this kind may be written once: one thing, or each of several; undefined: no duty, or one that may come again. */
const onceFor: Readonly<Record<string, (entry: Entry) => string | readonly string[]>> = {
  'leg-taken-over': (entry) => `${entry.item} ${cited(entry)}`,
  'leg-settled': (entry) => `${entry.item} ${(entry.body as LawBody<'leg-settled'>).round}`,
  'leg-reopened': (entry) => `${entry.item} ${(entry.body as LawBody<'leg-reopened'>).round}`,
  'register-applied': (entry) => `${entry.item} ${cited(entry)}`,
  'register-reversed': (entry) => `${entry.item} ${cited(entry)}`,
  'request-answered': (entry) => entry.item, 'request-declined': (entry) => entry.item, 'request-lapsed': (entry) => entry.item,
  'supplement-requested': (entry) => cited(entry),
  'charge-refunded': (entry) => entry.item, 'charge-paid': (entry) => entry.item, 'charge-cancelled': (entry) => entry.item,
  'consignment-accepted': (entry) => entry.item, 'consignment-ended': (entry) => entry.item,
  'closing-started': (entry) => entry.item, 'dossier-closed': (entry) => entry.item, 'dossier-stopped': (entry) => entry.item,
  // One consignment may carry several results, each of which counts when it is current.
  'result-returned': (entry) => (entry.body as LawBody<'result-returned'>).results.map(keyOf),
  'withdrawal-decided': (entry) => cited(entry), 'consignment-ordered': (entry) => cited(entry),
  'rehomed': (entry) => `${entry.item} ${(entry.body as LawBody<'rehomed'>).to}`,
};

const keyOf = ({ author, seq }: EntryRef): string => `${author}/${seq}`;
const cited = (entry: Entry): string => entry.cites.map(keyOf).join(' ');

export function checkOnce(judged: JudgedFolder): readonly string[] {
  const found: string[] = [], seen = new Map<string, Entry>();
  for (const entry of judged.effective) {
    for (const cause of [onceFor[entry.kind]?.(entry) ?? []].flat()) {
      const key = `${entry.kind} for ${cause}`, before = seen.get(key);
      if (before !== undefined) found.push(`${judged.id.slice(0, 8)}: ${key} twice: ${keyOf(before)} and ${keyOf(entry)}`);
      seen.set(key, entry);
    }
  }
  return found;
}

export function checkOutside({ outside }: Evidence): readonly string[] {
  return [...outside].filter(([, answers]) => answers.length > 1).map(([key, answers]) => `${key} was carried out ${answers.length} times outside`);
}

/**
 * Registers hold what was decided, each decision once and nothing that was put back, those of rehearsals apart from the others. What a stray copy of a store decided stands in its own register,
 * and what the service decided meanwhile may lose its effect: where a log was forked, and somebody alarmed, the register cannot be judged by it. Where the service itself
 * wrote nothing meanwhile there is no fork: what the copy decided, or put back, stands in the copy's register alone. Of a register that was lost in part, no decision that stands may
 * be missing unless its dossier is listed.
 */
export function checkRegisters(evidence: Evidence, folders: Iterable<JudgedFolder>): readonly Finding[] {
  const found: string[] = [], forked = new Set<string>(), services = new Set(evidence.records.map((one) => one.service)), partly = new Set(evidence.records.flatMap((one) => (one.partly === true ? [one.service] : [])));
  const decided = new Map<string, number>(), sides = new Map<string, Side>(), reversedBy = new Map<string, AuthorId>(), bereft = new Set<string>();
  for (const judged of folders) {
    for (const key of [...forkedDecisions(evidence, judged), ...voidedDecisions(evidence, judged)]) forked.add(key);
    for (const entry of judged.effective) {
      const service = entry.author.slice(0, entry.author.lastIndexOf('~'));
      const leg = judged.dossier.legs.get(entry.item);
      const isDecision = entry.kind === 'leg-completed' && leg?.plan.register !== undefined && (entry.body as LawBody<'leg-completed'>).verdict === 'done';
      if (entry.kind === 'register-reversed') reversedBy.set(decisionKey(judged.id, (entry.body as LawBody<'register-reversed'>).decision), entry.author);
      if (isRevokedForLoss(evidence, entry)) bereft.add(decisionKey(judged.id, entry.cites[0]!));
      if (!isDecision || !services.has(service) || (partly.has(service) && (!isCurrent(leg, entry) || isListed(evidence, service, judged.id)))) continue;
      decided.set(decisionKey(judged.id, entry), 0);
      sides.set(decisionKey(judged.id, entry), sideOfDossier(judged.dossier));
    }
  }
  const toldPutBack = new Set<string>();
  for (const { applied, undone, changes, service, folder, side, unreserved, partly: inPart = false } of evidence.records) {
    // What was decided is lost, what it changed or put back is not: its service says so, and somebody looks.
    const isTold = isListed(evidence, service, folder);
    if (isTold) for (const key of undone) toldPutBack.add(key);
    for (const key of unreserved ?? []) found.push(`a record of ${service} was changed by ${key}, which did not have it reserved`);
    if (!inPart && applied.length !== changes) found.push(`a record of ${service} was changed ${changes} times by ${applied.length} decisions`);
    for (const key of applied) {
      const times = decided.get(key);
      if (times === undefined) { if (!forked.has(key) && !isTold && !inPart) found.push(`a record of ${service} holds ${key}, which was not decided`); continue; }
      if (sides.get(key) !== side) found.push(`a ${side} record of ${service} holds ${key} of the other side`);
      else decided.set(key, times + 1);
    }
  }
  const missing: string[] = [], strayed = evidence.strayed ?? new Set<string>();
  for (const [key, times] of decided) {
    const reverser = reversedBy.get(key), expected = reverser === undefined && !bereft.has(key) ? 1 : 0;
    const inCopyAlone = times === 0 ? forked.has(key) || strayed.has(key.split('/')[1]!) : times === 1 && reverser !== undefined && strayed.has(reverser);
    const isTold = times === 0 && toldPutBack.has(key);
    if (times !== expected && !inCopyAlone && !isTold && !(times > 0 && partly.has(serviceOf(key.split('/')[1]!)))) (times === 0 ? missing : found).push(`the decision ${key} stands ${times} times in its register${reverser !== undefined ? ' although it was put back' : bereft.has(key) ? ' although it was taken back as lost' : ''}`);
  }
  return [...asFindings('duplicated', found), ...asFindings('lost', missing)];
}

const isCurrent = (leg: Leg, { author, seq }: Entry): boolean => leg.status === 'complete' && leg.completion !== null && sameRef(leg.completion.ref, { author, seq });

const isListed = ({ atRisk }: Evidence, service: ServiceName, folder: FolderId): boolean => atRisk.some((one) => one.service === service && one.folders.includes(folder));

/** A store that was put back lost what the decision was to change, and its service, nobody else, took the decision back: it never came into the register. */
function isRevokedForLoss({ rewinds }: Evidence, { kind, body, cites, author }: Entry): boolean {
  return kind === 'completion-revoked' && cites.length > 0 && (body as LawBody<'completion-revoked'>).by === undefined && rewinds.some(({ service }) => service === serviceOf(author));
}

/** What a register did upon what a forced succession voided stands in it: somebody was alarmed, and looks. */
function voidedDecisions(evidence: Evidence, judged: JudgedFolder): readonly string[] {
  if (!isVoided(evidence, judged)) return [];
  return judged.folder.order.filter((entry) => effectOf(judged.folder, entry) !== 'effective').flatMap((entry) => decisionsOf(judged.id, entry));
}

function forkedDecisions({ forks }: Evidence, { id, folder }: JudgedFolder): readonly string[] {
  const isBeyond = ({ author, seq }: Entry): boolean => forks.has(`${id}/${author}`) && seq >= folder.logs.get(author)!.forkedAt;
  return folder.order.filter(isBeyond).flatMap((entry) => decisionsOf(id, entry));
}

function decisionsOf(id: string, entry: Entry): readonly string[] {
  if (entry.kind === 'leg-completed') return [decisionKey(id, entry)];
  return entry.kind === 'reversal-decided' ? [decisionKey(id, (entry.body as LawBody<'reversal-decided'>).decision)] : [];
}
