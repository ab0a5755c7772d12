/** A result that the register shows is corrected or issued again: its new number is prepared, reserved, and written, as a change is. Each step may run again. */
import type { Decision, EffectCall } from '@lienthong/kernel';
import { amendedByRegister, resultsOf, sameRef } from '@lienthong/law';
import type { FolderId, Leg, Refusal } from '@lienthong/law';
import { applyOne, besideOf, ending, legOf, lostChange, reserveOne, taken } from './register-changes.ts';
import { keptValue } from './particulars.ts';
import { howMuchStands, onUnchanged, readSlot } from './register-records.ts';
import type { RecordStore } from './register-records.ts';
import { isProblem, refusalOfProblem } from './register-rules.ts';
import type { Problem, RegisterRules, Renumbered } from './register-rules.ts';
import type { FolderState } from './rules.ts';

/** The rules of a register as they are for one result: what is touched, and what becomes of it. */
function renumbering<F, C>(rules: RegisterRules<F, C>, numbers: Renumbered): RegisterRules<F, C> {
  return { ...rules, touches: (change) => rules.renumber.touches(change, numbers), next: (change, key, facts) => rules.renumber.next(change, key, facts, numbers) };
}

/** Nothing is written. */
export async function prepareAmendment<F extends object, C extends object>(store: RecordStore<F>, rules: RegisterRules<F, C>, { folder, leg, numbers }: { readonly folder: FolderId; readonly leg: Leg; readonly numbers: Renumbered }): Promise<{ readonly inRegister: boolean } | { readonly refusal: Refusal }> {
  const refusal = (problem: Problem): { refusal: Refusal } => ({ refusal: refusalOfProblem(rules.name, problem) });
  if (leg.completion?.change == null || numbers.from === numbers.to) return { inRegister: false };
  const change = await keptValue<C>(store.host, folder, leg.completion.change.commitment);
  if (change === undefined) return refusal({ problem: lostChange });
  const own = renumbering(rules, numbers), keys = own.touches(change);
  for (const key of keys) {
    const slot = await readSlot(store, await store.folderOf(key));
    if (slot.reservation !== null && await store.reservedBy(slot.reservation) !== '') return refusal(taken);
    const next = own.next(change, key, slot.facts);
    if (isProblem(next)) return refusal(next);
  }
  return { inRegister: keys.length > 0 };
}

type Amending<F, C> = { readonly leg: Leg; readonly pending: NonNullable<Leg['amending']>; readonly rules: RegisterRules<F, C>; readonly change: C };

/** Undefined: nothing is asked of the register any more. A text: why it cannot be done. */
async function amending<F extends object, C extends object>(store: RecordStore<F>, rules: RegisterRules<F, C>, call: EffectCall<FolderState>): Promise<Amending<F, C> | string | undefined> {
  const leg = legOf(call), pending = leg?.amending;
  if (leg === undefined || pending == null || leg.completion?.change == null) return undefined;
  const change = await keptValue<C>(store.host, call.folder, leg.completion.change.commitment);
  return change === undefined ? lostChange : { leg, pending, change, rules: renumbering(rules, numbersOf(leg, pending)) };
}

/** From the number that it bore when the register was asked. */
function numbersOf(leg: Leg, { body, amended }: NonNullable<Leg['amending']>): Renumbered {
  const { amendments } = leg.completion!, before = amendments.filter((one) => amended === null || !sameRef(one.ref, amended));
  return { from: resultsOf({ ...leg.completion!, amendments: before })[body.n]?.result.number ?? '', to: body.result.number };
}

function refused<F>(store: RecordStore<F>, call: EffectCall<FolderState>, reason: string): Decision {
  const leg = legOf(call)!, intent = leg.amending!.ref;
  return besideOf(store.host, ending(call, { item: leg.id, kind: 'amendment-refused', body: { intent, reason }, cites: [intent] }));
}

/** Reserves every record, always in the same order; ends in the amendment, or in the register's refusal, which frees what was reserved. */
export async function reserveAmendment<F extends object, C extends object>(store: RecordStore<F>, rules: RegisterRules<F, C>, call: EffectCall<FolderState>): Promise<Decision> {
  const asked = await amending(store, rules, call);
  if (asked === undefined) return { drafts: [] };
  if (typeof asked === 'string') return refused(store, call, asked);
  const step = { change: asked.change, reservation: { dossier: call.folder, leg: asked.leg.id, intent: asked.pending.ref, action: 'amend' } };
  for (const key of [...asked.rules.touches(asked.change)].sort()) {
    const folder = await store.folderOf(key);
    const problem = await onUnchanged(folder, () => reserveOne(store, asked.rules, step, key, folder));
    if (problem !== null) return refused(store, call, problem.problem);
  }
  const draft = amendedByRegister(call.view.state.dossier, asked.leg);
  return draft === null ? { drafts: [] } : ending(call, draft);
}

/** Writes the number into every record, the amendment beside it. A record that has it already is left alone. Where the parameters are lost, what all its records bear stands, and all else goes to a person. */
export async function applyAmendment<F extends object, C extends object>(store: RecordStore<F>, rules: RegisterRules<F, C>, call: EffectCall<FolderState>): Promise<Decision> {
  const asked = await amending(store, rules, call), leg = legOf(call), amended = leg?.amending?.amended;
  if (asked === undefined || leg?.amending == null || amended == null) return { drafts: [] };
  const applied = ending(call, { item: leg.id, kind: 'amendment-applied', body: { amended }, cites: [amended] });
  if (typeof asked === 'string') return await howMuchStands(store, { dossier: call.folder, intent: leg.amending.ref }, amended) === 'all' ? applied : refused(store, call, asked);
  for (const key of [...asked.rules.touches(asked.change)].sort()) {
    const folder = await store.folderOf(key);
    const application = { change: asked.change, key, folder, dossier: call.folder, intent: asked.pending.ref, decision: amended };
    if (await onUnchanged(folder, () => applyOne(store, asked.rules, application)) === 'waits') return { drafts: [] };
  }
  return applied;
}
