/** No leg begins or completes before all that it waits for is there and stands; none goes on after the dossier was closed. */
import { refKey } from '@lienthong/folder';
import { ready, sameRef, skipped, stale } from '@lienthong/law';
import type { Dossier, Leg } from '@lienthong/law';
import type { Entry } from '@lienthong/folder';
import { dossierBefore, pastOf } from './causal-past.ts';
import { isVoided } from './check-voided.ts';
import type { Evidence } from './evidence.ts';
import type { JudgedFolder } from './judged-folder.ts';

/** Entries that need all that their leg waits for. */
const begins: ReadonlySet<string> = new Set(['leg-taken-over', 'leg-completed', 'register-intended']);

export function checkItinerary(evidence: Evidence, judged: JudgedFolder): readonly string[] {
  // Where a log was forked, what an author knew cannot be told from its entries any more.
  if (wasForked(evidence, judged)) return [];
  // What a forced succession voided others had answered in good faith: its service lists the dossier, and somebody looks.
  if (isVoided(evidence, judged)) return [];
  const found: string[] = [];
  for (const entry of judged.effective) {
    if (!begins.has(entry.kind)) continue;
    const planned = judged.dossier.legs.get(entry.item)!;
    // A change of a register that was announced in time is decided, whatever came meanwhile; then it is stale.
    if (entry.kind === 'leg-completed' && planned.plan.register !== undefined) continue;
    if (planned.plan.task === true || (planned.after.length === 0 && planned.insertedAfter === null)) continue;
    const before = dossierBefore(evidence, judged.folder, entry);
    const leg = before.legs.get(entry.item);
    if (leg === undefined || !ready(before, leg)) found.push(`${judged.id.slice(0, 8)}: ${entry.kind} of ${planned.plan.name} although what it waits for did not stand (${refKey(entry)})`);
  }
  return [...found, ...checkClosing(evidence, judged)];
}

/**
 * Also where no copy shows the fork any more: nothing beyond it had effect for whoever wrote while he held both branches, not even a closing, but what he wrote names one branch
 * alone as seen. Once every store that held the other one was put back, it reads as if he had acted upon that branch. Nothing else takes away a fork that was reported.
 */
function wasForked({ forks, rewinds }: Evidence, { id, folder }: JudgedFolder): boolean {
  return folder.branches.size > 0 || (rewinds.length > 0 && folder.logs.keys().some((author) => forks.has(`${id}/${author}`)));
}

function checkClosing(evidence: Evidence, judged: JudgedFolder): string[] {
  const closing = judged.effective.find((entry) => entry.kind === 'dossier-closed');
  if (closing === undefined) return [];
  const name = judged.id.slice(0, 8), past = pastOf(judged.folder, closing);
  const later = judged.effective.filter((entry) => entry !== closing && entry.succeeds === null && !past.has(refKey(entry)));
  return [...later.map((entry) => `${name}: ${refKey(entry)} ${entry.kind} has effect after the dossier was closed`), ...whatWasOpen(name, dossierBefore(evidence, judged.folder, closing), closing)];
}

/** Told without the law's own derivations. */
function whatWasOpen(name: string, dossier: Dossier, closing: Entry): string[] {
  const found: string[] = [];
  const open = (what: string): void => { found.push(`${name}: closed (${refKey(closing)}) while ${what}`); };
  const { outcome } = closing.body as { readonly outcome: string };
  for (const leg of dossier.legs.values()) {
    if (leg.settledRound !== leg.round) open(`${leg.plan.name} may still raise a round`);
    if (stale(dossier, leg)) open(`${leg.plan.name} is stale`);
    if (leg.status === 'open' || leg.status === 'deciding') open(`${leg.plan.name} is ${leg.status}`);
    if (leg.plan.register !== undefined && leg.status === 'complete' && (leg.applied === null || !sameRef(leg.applied, leg.completion!.ref))) open(`the change of ${leg.plan.name} is not in its register`);
    if (owesResult(dossier, leg) && outcome !== 'withdrawn') open(`the result of ${leg.plan.name} is not with the citizen`);
  }
  for (const one of dossier.requests.values()) if (one.ended === null) open(`a ${one.plan.request} is open`);
  for (const one of dossier.charges.values()) if (one.status === 'open') open('a charge is open');
  for (const one of dossier.consignments.values()) if (one.ended === null) open('a consignment is under way');
  return found;
}

function owesResult(dossier: Dossier, leg: Leg): boolean {
  const { completion } = leg;
  if (leg.status !== 'complete' || completion === null || completion.results.length === 0 || skipped(dossier, leg)) return false;
  return !dossier.root!.returned.some((one) => one.results.some((ref) => sameRef(ref, completion.ref)));
}
