/** The faults that a simulation must find. Each is armed in one hub by what the hub is built with; there is no other switch. */
import type { KernelFault, Rules } from '@lienthong/kernel';
import { dossierRules, lawContext } from '@lienthong/dossier-service';
import type { FolderState, LawEnvironment } from '@lienthong/dossier-service';
import { skipped } from '@lienthong/law';
import type { Dossier, Draft, Duty, LawContext } from '@lienthong/law';

export const deliberateFaults = [
  'skip-union-check', 'lose-acknowledged-head', 'drop-sequence-check', 'perform-without-claim', 'acknowledge-before-write', 'ignore-conflict', 'outdated-term-moves',
  'raise-mark-late', 'join-on-stale', 'close-unsettled',
] as const satisfies readonly (KernelFault | LawFault)[];
export type DeliberateFault = (typeof deliberateFaults)[number];

/** `join-on-stale`: a stale completion satisfies those who wait for it. `close-unsettled`: the dossier is closed while a leg may still raise a round. */
export type LawFault = 'join-on-stale' | 'close-unsettled';
const ofLaw: ReadonlySet<string> = new Set<LawFault>(['join-on-stale', 'close-unsettled']);
const isOfLaw = (fault: DeliberateFault): fault is LawFault => ofLaw.has(fault);

export function lawFaultsOf(faults: ReadonlySet<DeliberateFault>): ReadonlySet<LawFault> {
  return new Set([...faults].filter(isOfLaw));
}

export function kernelFaultsOf(faults: ReadonlySet<DeliberateFault>): ReadonlySet<KernelFault> {
  return new Set([...faults].filter((one): one is Exclude<DeliberateFault, LawFault> => !isOfLaw(one)));
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
    },
    duties: (state, context) => {
      const owed = rules.duties(state, context);
      const early = faults.has('close-unsettled') ? closingEarly(state.dossier, lawContext(environment, context)) : null;
      return early === null ? owed : [early, ...owed];
    },
  };
}

/** What is derived from the entries is worked out once per entry; here it is given beforehand, and wrong. */
function takeStaleForGood(dossier: Dossier): void {
  for (const leg of dossier.legs.values()) {
    skipped(dossier, leg);
    dossier.derived!.stale.set(leg.id, false);
  }
}

function closingEarly({ root }: Dossier, context: LawContext): Duty | null {
  if (root === null || root.closing === null || root.closed !== null || !context.isMine(root.holder)) return null;
  const draft: Draft = { item: root.id, kind: 'dossier-closed', body: { outcome: root.closing.outcome }, ends: true, cites: [root.closing.ref] };
  return { key: `early:${root.id}`, kind: 'dossier-closed', drafts: [draft] };
}
