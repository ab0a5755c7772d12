/** A decision was taken back: its change is put back into the register, each step as often as it takes; where something was built on it, a person sees to it. */
import type { Decision, EffectCall } from '@lienthong/kernel';
import { localDate, sameRef } from '@lienthong/law';
import type { Commitment, EntryRef, FolderId, Leg } from '@lienthong/law';
import { commitTo, keptValue } from './particulars.ts';
import { decisionKey } from './record.ts';
import type { RecordBodies, RegisterRecord, Reservation } from './record.ts';
import { besideOf, ending, legOf, lostChange, taken } from './register-changes.ts';
import { isKeptForAnother, isPutBack, onUnchanged, ownRequest, readSlot, sameIntent, unchanged, writeRecord } from './register-records.ts';
import type { RecordStore, Slot } from './register-records.ts';
import { isProblem } from './register-rules.ts';
import type { Problem, RegisterRules } from './register-rules.ts';
import type { FolderState } from './rules.ts';

type Undoing<F, C> = { readonly store: RecordStore<F>; readonly rules: RegisterRules<F, C>; readonly change: C; readonly dossier: FolderId; readonly leg: Leg; readonly decision: EntryRef };

/** Keeps every record that the change wrote, always in the same order; ends in the decision to put it back, or on the desk with the reason. */
export async function reserveReversal<F extends object, C extends object>(store: RecordStore<F>, rules: RegisterRules<F, C>, call: EffectCall<FolderState>): Promise<Decision> {
  return undone(store, rules, call, 'reversal-decided', reserveOne);
}

/** Puts every record back, what puts it back beside it. */
export async function applyReversal<F extends object, C extends object>(store: RecordStore<F>, rules: RegisterRules<F, C>, call: EffectCall<FolderState>): Promise<Decision> {
  return legOf(call)?.reversal == null ? { drafts: [] } : undone(store, rules, call, 'register-reversed', putBackOne);
}

type One<F, C> = (undoing: Undoing<F, C>, key: string, folder: FolderId) => Promise<Problem | null | 'changed'>;

/** One record after the other; the first that speaks against it ends it on the desk. */
async function undone<F extends object, C extends object>(store: RecordStore<F>, rules: RegisterRules<F, C>, call: EffectCall<FolderState>, kind: 'reversal-decided' | 'register-reversed', one: One<F, C>): Promise<Decision> {
  const leg = legOf(call), decision = leg?.applied;
  if (leg === undefined || decision == null) return { drafts: [] };
  const refused = (reason: string): Decision => besideOf(store.host, ending(call, { item: leg.id, kind: 'reversal-refused', body: { decision, reason }, cites: [decision] }));
  const change = leg.appliedChange === null ? undefined : await keptValue<C>(store.host, call.folder, leg.appliedChange.commitment);
  const done = (): Decision => ending(call, { item: leg.id, kind, body: { decision }, cites: [decision] });
  // The records may have come back from whoever keeps them with the change put back: then it is done.
  if (change === undefined) return await isPutBack(store, call.folder, decision) ? done() : refused(lostChange);
  const undoing: Undoing<F, C> = { store, rules, change, dossier: call.folder, leg, decision };
  for (const key of [...rules.touches(change)].sort()) {
    const folder = await store.folderOf(key);
    const problem = await onUnchanged(folder, () => one(undoing, key, folder));
    if (problem !== null) return refused(problem.problem);
  }
  return done();
}

type Restored<F> = { readonly facts: F | null } | Problem | null;

const lostVersion: Problem = { problem: 'nội dung bản ghi trước hoặc sau quyết định đã mất khi khôi phục kho dữ liệu' };

/** What becomes of one record; null: the decision did not write it, or it has been put back. A problem, too, where what it wrote was lost: nobody gets older versions back. */
async function restored<F extends object, C>({ store, rules, change, dossier, leg, decision }: Undoing<F, C>, key: string, slot: Slot<F>): Promise<Restored<F>> {
  const { host } = store;
  const name = decisionKey(dossier, decision);
  if (!slot.applied.includes(name)) return null;
  const amended = leg.completion !== null && sameRef(leg.completion.ref, decision) ? leg.completion.amendments.map((one) => decisionKey(dossier, one.ref)) : [];
  const versions = await host.participant.view(slot.folder, ({ state: { record } }) => versionsAround(record, name, amended));
  if (versions == null) return null;
  const read = (commitment: Commitment | undefined): Promise<F | undefined> | null => (commitment === undefined || commitment.commitment === '' ? null : keptValue<F>(host, slot.folder, commitment));
  const [before, after] = await Promise.all([read(versions.before), read(versions.after)]);
  if (before === undefined || after === undefined) return lostVersion;
  return after === null ? null : rules.undo(change, key, { before, after, now: slot.facts }, localDate(host.world.now()));
}

/** What it wrote is what it left, with the numbers that its results were given since; not where somebody wrote in between. */
function versionsAround(record: RegisterRecord | null, decision: string, amended: readonly string[]): { readonly before: Commitment | undefined; readonly after: Commitment } | null {
  const at = record?.versionOf.get(decision);
  if (at === undefined) return null;
  const last = amended.reduce((version, one) => (record!.versionOf.get(one) === version + 1 ? version + 1 : version), at);
  return { before: record!.versions[at - 1], after: record!.versions[last]! };
}

/** Null: kept for this reversal, now or before, or not written by the decision. */
async function reserveOne<F extends object, C>(undoing: Undoing<F, C>, key: string, folder: FolderId): Promise<Problem | null | 'changed'> {
  const { store, dossier, leg, decision } = undoing;
  const reservation: Reservation = { dossier, leg: leg.id, intent: decision, action: 'reverse' };
  const slot = await readSlot(store, folder);
  const back = await restored(undoing, key, slot);
  if (back === null || isProblem(back)) return back;
  const held = slot.reservation;
  if (await isKeptForAnother(store, slot, reservation)) return taken;
  let outcome: null | 'changed' = null;
  await writeRecord(store.host, folder, ownRequest(store.host), (record) => {
    outcome = record === null || !unchanged(record, slot) ? 'changed' : null;
    if (outcome === 'changed' || (held !== null && sameIntent(held, reservation))) return { drafts: [] };
    return { drafts: [{ item: record!.item, kind: 'record-reserved', body: { reservation } }] };
  });
  return outcome;
}

async function putBackOne<F extends object, C>(undoing: Undoing<F, C>, key: string, folder: FolderId): Promise<Problem | null | 'changed'> {
  const { store, dossier, leg, decision } = undoing;
  const slot = await readSlot(store, folder);
  const back = await restored(undoing, key, slot);
  if (back === null || isProblem(back)) return back;
  if (await isKeptForAnother(store, slot, { dossier, intent: decision })) return taken;
  const made = back.facts === null ? null : commitTo('facts', back.facts, store.host.world);
  const body: RecordBodies['record-applied'] = {
    decision: leg.reversal!.ref, dossier, reverses: decisionKey(dossier, decision), facts: made?.commitment ?? { part: 'facts', commitment: '' }, keys: back.facts === null ? {} : await store.keysOf(back.facts),
  };
  let outcome: null | 'changed' = null;
  await writeRecord(store.host, folder, ownRequest(store.host), (record) => {
    outcome = record === null || !unchanged(record, slot) ? 'changed' : null;
    if (outcome === 'changed') return { drafts: [] };
    return { drafts: [{ item: record!.item, kind: 'record-applied', body }], ...(made === null ? {} : { asides: [made.aside] }) };
  });
  return outcome;
}
