/** A completion that changes the register: prepared when it is announced, reserved before it is decided, applied after. Each step may run again. */
import { itemId } from '@lienthong/folder';
import type { Decision, EffectCall } from '@lienthong/kernel';
import { decidedByRegister, registerNotReady, stamped, withoutWords } from '@lienthong/law';
import type { Draft, EntryRef, FolderId, Leg, Refusal } from '@lienthong/law';
import type { Host } from './host.ts';
import { commitTo, keptValue } from './particulars.ts';
import { decisionKey } from './record.ts';
import type { RecordBodies, Reservation } from './record.ts';
import { isProblem, refusalOfProblem } from './register-rules.ts';
import type { Problem, RegisterRules } from './register-rules.ts';
import type { PrepareChange } from './register-port.ts';
import { howMuchStands, isKeptForAnother, onUnchanged, ownRequest, readSlot, sameIntent, unchanged, writeRecord } from './register-records.ts';
import type { RecordStore } from './register-records.ts';
import type { FolderState } from './rules.ts';
import { besideEntries } from './words-beside.ts';

export const taken: Problem = { problem: 'bản ghi đang được một hồ sơ khác giữ chỗ' };

/** The change with which a completion is announced, or why the register would not allow it now. Nothing is written. */
export async function prepareChange<F extends object, C extends object>(store: RecordStore<F>, rules: RegisterRules<F, C>, given: PrepareChange): Promise<{ readonly change: unknown } | { readonly refusal: Refusal }> {
  const conflict = (problem: Problem): { refusal: Refusal } => ({ refusal: refusalOfProblem(rules.name, problem) });
  const refusal = registerNotReady(given.dossier, given.leg);
  if (refusal !== null) return { refusal };
  const change = rules.changeOf(given);
  if (isProblem(change)) return conflict(change);
  for (const key of rules.touches(change)) {
    const slot = await readSlot(store, await store.folderOf(key));
    if (slot.reservation !== null && await store.reservedBy(slot.reservation) !== '') return conflict(taken);
    const next = rules.next(change, key, slot.facts);
    if (isProblem(next)) return conflict(next);
  }
  return { change };
}

/** The parameters of a change stand beside its announcement and nowhere else: a store that is lost takes them with it. */
export const lostChange = 'nội dung thay đổi đã mất khi khôi phục kho dữ liệu; cần làm lại';

/** What the register says names people and parcels: it stands beside the entry, and never in it. What nobody could read is left out. */
export function besideOf({ world }: Host, { drafts }: Decision): Decision {
  const beside = besideEntries(world, drafts as readonly Draft[]);
  return 'refusal' in beside ? { drafts: (drafts as readonly Draft[]).map((one) => withoutWords(one).draft) } : beside;
}

/** The entries in which an effect ends, at the dossier's own time. */
export function ending(call: EffectCall<FolderState>, ...drafts: readonly Draft[]): Decision {
  return { drafts: stamped(call.view.state.dossier, drafts) };
}

export function legOf(call: EffectCall<FolderState>): Leg | undefined {
  return call.view.state.dossier.legs.get((call.input as { leg: string }).leg);
}

// ---------------------------------------------------------------- reserve → decide

type Step<C> = { readonly change: C; readonly reservation: Reservation };

/** Reserves every record, always in the same order; ends in the decision, or in the register's refusal, which frees what was reserved. */
export async function reserveChange<F extends object, C extends object>(store: RecordStore<F>, rules: RegisterRules<F, C>, call: EffectCall<FolderState>): Promise<Decision> {
  const leg = legOf(call);
  const intent = leg?.intent;
  if (leg === undefined || intent == null) return { drafts: [] };
  const refused = (reason: string): Decision => besideOf(store.host, ending(call, { item: leg.id, kind: 'register-refused', body: { round: leg.round, reason }, cites: [intent.ref] }));
  const change = await keptValue<C>(store.host, call.folder, intent.change);
  if (change === undefined) return refused(lostChange);
  const step: Step<C> = { change, reservation: { dossier: call.folder, leg: leg.id, intent: intent.ref, action: intent.action } };
  for (const key of [...rules.touches(change)].sort()) {
    const folder = await store.folderOf(key);
    const problem = await onUnchanged(folder, () => reserveOne(store, rules, step, key, folder));
    if (problem !== null) return refused(problem.problem);
  }
  store.host.world.crashPoint?.('change-reserved');
  const decided = decidedByRegister(call.view.state.dossier, leg);
  return decided === null ? { drafts: [] } : ending(call, decided);
}

/** Null: reserved, now or before, or not changed. A record that does not exist yet gets its place, so that two dossiers cannot both open it. */
export async function reserveOne<F extends object, C extends object>(store: RecordStore<F>, rules: RegisterRules<F, C>, { change, reservation }: Step<C>, key: string, folder: FolderId): Promise<Problem | null | 'changed'> {
  const slot = await readSlot(store, folder);
  if (await isKeptForAnother(store, slot, reservation)) return taken;
  const next = rules.next(change, key, slot.facts);
  if (isProblem(next) || next === null) return next;
  let outcome: null | 'changed' = null;
  await writeRecord(store.host, folder, ownRequest(store.host), (record, view) => {
    outcome = unchanged(record, slot) ? null : 'changed';
    if (outcome === 'changed' || (record?.reservation != null && sameIntent(record.reservation, reservation))) return { drafts: [] };
    const reserve = { kind: 'record-reserved', body: { reservation } };
    if (record !== null) return { drafts: [{ item: record.item, ...reserve }] };
    return { drafts: [placeOf(store, view.author), { item: itemId(view.author, view.nextSeq, 0), ...reserve }] };
  });
  return outcome;
}

// ---------------------------------------------------------------- → apply

/** Writes the change into every record, the decision beside it. A record that has it already is left alone; one that is kept for another intent is waited for. What was lost goes back to the desk. */
export async function applyChange<F extends object, C extends object>(store: RecordStore<F>, rules: RegisterRules<F, C>, call: EffectCall<FolderState>): Promise<Decision> {
  const leg = legOf(call);
  const completion = leg?.completion;
  if (leg === undefined || completion?.change == null) return { drafts: [] };
  const change = await keptValue<C>(store.host, call.folder, completion.change.commitment);
  if (change === undefined) return applyLost(store, call, leg, completion.ref, completion.change.intent);
  const keys = [...rules.touches(change)].sort(), of = { change, dossier: call.folder, intent: completion.change.intent, decision: completion.ref }, among = await howManyWritten(store, rules, of, keys);
  for (const key of keys) {
    const application = { ...of, key, folder: await store.folderOf(key), among };
    if (await onUnchanged(application.folder, () => applyOne(store, rules, application)) === 'waits') return { drafts: [] };
  }
  store.host.world.crashPoint?.('change-applied');
  return ending(call, appliedDraft(leg, completion.ref));
}

const appliedDraft = (leg: Leg, decision: EntryRef): Draft => ({ item: leg.id, kind: 'register-applied', body: { round: leg.round, decision }, cites: [decision] });

/**
 * The parameters are lost. The records may have come back from whoever keeps them with all that was decided: then it stands. What stands nowhere goes back to the desk to be
 * decided anew. Where a part stands it goes back, too, and as it cannot be put back without the parameters, a person sees to that.
 */
async function applyLost<F>(store: RecordStore<F>, call: EffectCall<FolderState>, leg: Leg, decision: EntryRef, intent: EntryRef): Promise<Decision> {
  const stands = await howMuchStands(store, { dossier: call.folder, intent }, decision);
  const revoked: Draft = { item: leg.id, kind: 'completion-revoked', body: { round: leg.round, reason: lostChange }, cites: [decision] };
  return besideOf(store.host, ending(call, ...(stands === 'nothing' ? [] : [appliedDraft(leg, decision)]), ...(stands === 'all' ? [] : [revoked])));
}

type Application<C> = { readonly change: C; readonly key: string; readonly folder: FolderId; readonly dossier: FolderId; readonly intent: EntryRef; readonly decision: EntryRef; /** How many records it writes; absent: 1. */ readonly among?: number };

/** Records that a decision writes, or has written. What keeps them may lose some of them alone. */
async function howManyWritten<F extends object, C extends object>(store: RecordStore<F>, rules: RegisterRules<F, C>, { change, dossier, decision }: Pick<Application<C>, 'change' | 'dossier' | 'decision'>, keys: readonly string[]): Promise<number> {
  if (keys.length < 2) return keys.length;
  const slots = await Promise.all(keys.map(async (key) => ({ key, ...await readSlot(store, await store.folderOf(key)) })));
  return slots.filter(({ key, applied, facts }) => applied.includes(decisionKey(dossier, decision)) || rules.next(change, key, facts) !== null).length;
}

export async function applyOne<F extends object, C extends object>(store: RecordStore<F>, rules: RegisterRules<F, C>, { change, key, folder, dossier, intent, decision, among = 1 }: Application<C>): Promise<null | 'changed' | 'waits'> {
  const slot = await readSlot(store, folder);
  // An instance that stalled may come late: what was put back since is not done again.
  if (slot.applied.includes(decisionKey(dossier, decision)) || slot.undone.includes(decisionKey(dossier, decision))) return null;
  const next = rules.next(change, key, slot.facts);
  if (next === null) return null;
  if (await isKeptForAnother(store, slot, { dossier, intent })) return 'waits';
  if (isProblem(next)) throw new RangeError(`${rules.name}: a decided change does not fit its record: ${next.problem}`);
  const { commitment, aside } = commitTo('facts', next, store.host.world);
  const body: RecordBodies['record-applied'] = { decision, dossier, facts: commitment, keys: await store.keysOf(next), ...(among > 1 ? { among } : {}) };
  let outcome: null | 'changed' = null;
  await writeRecord(store.host, folder, ownRequest(store.host), (record, view) => {
    outcome = unchanged(record, slot) ? null : 'changed';
    if (outcome === 'changed') return { drafts: [] };
    const applied = { kind: 'record-applied', body };
    if (record !== null) return { drafts: [{ item: record.item, ...applied }], asides: [aside] };
    // Its place was kept by the reservation and has been lost with the store.
    return { drafts: [placeOf(store, view.author), { item: itemId(view.author, view.nextSeq, 0), ...applied }], asides: [aside] };
  });
  return outcome;
}

/** The first entry of a record that holds no facts yet. */
function placeOf<F>(store: RecordStore<F>, author: string): { item: ''; kind: 'record-opened'; creates: string[]; body: RecordBodies['record-opened'] } {
  return { item: '', kind: 'record-opened', creates: [author], body: { type: store.type, facts: { part: 'facts', commitment: '' }, keys: {} } };
}
