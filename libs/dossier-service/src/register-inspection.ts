/** A dossier came back after its service's store was lost: whether the register still shows what the dossier says of it. Records travel apart, and may not have come back. */
import type { Decision, EffectCall } from '@lienthong/kernel';
import { inRegister, legsInRegister, takenBackAsLost } from '@lienthong/law';
import type { Draft, Leg } from '@lienthong/law';
import { contextOf } from './host.ts';
import { besideOf, ending, lostChange } from './register-changes.ts';
import { howMuchStands, isPutBack } from './register-records.ts';
import type { RecordStore } from './register-records.ts';
import type { RegisterRules } from './register-rules.ts';
import type { FolderState } from './rules.ts';

/** `lost` where the register lacks something that was decided, or still shows what was put back. A decision that it does not bear goes back to its desk, where that can be; all else is a person's. */
export async function inspectRegister<F extends object, C extends object>(store: RecordStore<F>, rules: RegisterRules<F, C>, call: EffectCall<FolderState>): Promise<Decision> {
  const { dossier } = call.view.state, drafts: Draft[] = [];
  let lost = false;
  for (const leg of legsInRegister(dossier, contextOf(store.host))) {
    const found = await inspectLeg(store, rules, call, leg);
    if (found === null) continue;
    lost = true;
    drafts.push(...found);
  }
  return { ...(drafts.length === 0 ? { drafts } : besideOf(store.host, ending(call, ...drafts))), lost };
}

/** What becomes of the leg; null: its register is as it says. */
async function inspectLeg<F extends object, C extends object>(store: RecordStore<F>, rules: RegisterRules<F, C>, call: EffectCall<FolderState>, leg: Leg): Promise<readonly Draft[] | null> {
  const { folder, view: { state: { dossier } } } = call, { decided, amended, putBack } = inRegister(dossier, leg), change = leg.completion?.change;
  const standing = (decision: Parameters<typeof howMuchStands>[2]): ReturnType<typeof howMuchStands> => howMuchStands(store, { dossier: folder, intent: change?.intent ?? decision }, decision);
  // A record in which it was put back upon what is lost is listed itself.
  if (decided !== null && change != null && !(await isPutBack(store, folder, decided))) {
    const stands = await standing(decided);
    if (stands !== 'all') return stands === 'nothing' && rules.mayLeaveAll?.(change.action) === true ? [] : takenBackAsLost(dossier, leg, decided, stands, lostChange);
  }
  for (const one of amended) if (await standing(one) === 'nothing') return [];
  for (const one of putBack) if (await standing(one) !== 'nothing') return [];
  return null;
}
