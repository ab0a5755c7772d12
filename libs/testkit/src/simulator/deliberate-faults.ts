/** The faults that a simulation must find. Each is armed in one hub by what the hub is built with; there is no other switch. */
import { having } from '@lienthong/folder';
import type { Effect, EffectCall, KernelFault, Rules } from '@lienthong/kernel';
import { dossierRules, lawContext, registerEffects } from '@lienthong/dossier-service';
import type { FolderState, LawEnvironment, Registers } from '@lienthong/dossier-service';
import { satisfied, skipped } from '@lienthong/law';
import type { Dossier, Draft, Duty, LawContext } from '@lienthong/law';
import { isRegisterFault } from './faulty-register.ts';
import type { RegisterFault } from './faulty-register.ts';
import { isStoreFault } from './faulty-store.ts';
import type { StoreFault } from './faulty-store.ts';

export const deliberateFaults = [
  'skip-union-check', 'lose-acknowledged-head', 'drop-sequence-check', 'perform-without-claim', 'acknowledge-before-write', 'ignore-conflict', 'outdated-term-moves',
  'raise-mark-late', 'join-on-stale', 'close-unsettled', 'rehearse-for-real',
] as const satisfies readonly (KernelFault | LawFault | RegisterFault)[];
/** All that can be armed: beside those, every guard that `mutants` names. */
export type DeliberateFault = KernelFault | LawFault | RegisterFault | StoreFault;

/** `join-on-stale`: a stale completion satisfies those who wait for it. `close-unsettled`: the dossier is closed while a leg may still raise a round. `begin-unready`: nobody waits for anybody. */
export type LawFault = 'join-on-stale' | 'close-unsettled' | 'begin-unready';
const ofLaw: ReadonlySet<string> = new Set<LawFault>(['join-on-stale', 'close-unsettled', 'begin-unready']);
const isOfLaw = (fault: DeliberateFault): fault is LawFault => ofLaw.has(fault);

export function lawFaultsOf(faults: ReadonlySet<DeliberateFault>): ReadonlySet<LawFault> {
  return new Set([...faults].filter(isOfLaw));
}

export function kernelFaultsOf(faults: ReadonlySet<DeliberateFault>): ReadonlySet<KernelFault> {
  return new Set([...faults].filter((one): one is KernelFault => !isOfLaw(one) && !isRegisterFault(one) && !isStoreFault(one)));
}

/** The services' rules, spoiled as asked for; as they are when nothing is. */
export function faultyRules(environment: LawEnvironment, faults: ReadonlySet<LawFault>): Rules<FolderState> {
  const rules = dossierRules(environment);
  if (faults.size === 0) return rules;
  return {
    ...rules,
    fold: (state, entry) => {
      rules.fold(state, entry);
      if (faults.has('join-on-stale')) takeStaleForGood(state.dossier);
      if (faults.has('begin-unready')) takeAllForDone(state.dossier);
    },
    duties: (state, context) => {
      const owed = rules.duties(state, context);
      const early = faults.has('close-unsettled') ? closingEarly(state.dossier, lawContext(environment, context)) : null;
      return early === null ? owed : [early, ...owed];
    },
  };
}

/** The effects of a register, spoiled: what they are shown of a rehearsal is that it is none. */
export function rehearsingForReal(effects: Registers<object>['effects']): Registers<object>['effects'] {
  const spoiled = (effect: Effect<FolderState>): Effect<FolderState> => ({ run: (call) => effect.run(takenForReal(call)) });
  return Object.fromEntries(registerEffects.map((name) => [name, spoiled(effects[name])])) as unknown as Registers<object>['effects'];
}

function takenForReal(call: EffectCall<FolderState>): EffectCall<FolderState> {
  const { state } = call.view, { root } = state.dossier;
  if (root === null) return call;
  const seen = <T extends object>(of: T, changed: Partial<T>): T => Object.create(of, Object.fromEntries(Object.entries(changed).map(([name, value]) => [name, { value }]))) as T;
  return { ...call, view: seen(call.view, { state: seen(state, { dossier: seen(state.dossier, { root: seen(root, { body: { ...root.body, rehearsal: false } }) }) }) }) };
}

/** What is derived from the entries is worked out once per entry; here it is given beforehand, and wrong. */
function takeStaleForGood(dossier: Dossier): void {
  for (const leg of dossier.legs.values()) {
    skipped(dossier, leg);
    dossier.derived!.stale = having(dossier.derived!.stale, leg.id, false);
  }
}

function takeAllForDone(dossier: Dossier): void {
  for (const leg of dossier.legs.values()) {
    satisfied(dossier, leg);
    dossier.derived!.satisfied = having(dossier.derived!.satisfied, leg.id, true);
  }
}

function closingEarly({ root }: Dossier, context: LawContext): Duty | null {
  if (root === null || root.closing === null || root.closed !== null || !context.isMine(root.holder)) return null;
  const draft: Draft = { item: root.id, kind: 'dossier-closed', body: { outcome: root.closing.outcome }, ends: true, cites: [root.closing.ref] };
  return { key: `early:${root.id}`, kind: 'dossier-closed', drafts: [draft] };
}
