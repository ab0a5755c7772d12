/** Effects run in real time; what they write into a rehearsal carries the rehearsal's. */
import type { Decision, Effect, EffectCall } from '@lienthong/kernel';
import { stamped } from '@lienthong/law';
import type { Draft } from '@lienthong/law';
import type { FolderState } from './rules.ts';

export function inDossierTime(effect: Effect<FolderState>): Effect<FolderState> {
  const stamp = ({ view }: EffectCall<FolderState>, decision: Decision): Decision => ({ ...decision, drafts: stamped(view.state.dossier, decision.drafts as readonly Draft[]) });
  return {
    run: async (call) => stamp(call, await effect.run(call)),
    ...(effect.failed === undefined ? {} : { failed: (call, problem) => stamp(call, effect.failed!(call, problem)) }),
  };
}
