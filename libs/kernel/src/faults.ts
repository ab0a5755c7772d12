import type { Fault, Faults } from '@lienthong/folder';

/**
 * Deliberate faults, so that the simulator can be shown to find them. Only the test kit may pass any:
 * production code has no way to set them, and an architecture test holds that.
 */
export type KernelFault =
  | 'skip-union-check'          // takes entries without looking at chain and signature
  | 'lose-acknowledged-head'    // what was sent counts as acknowledged
  | 'drop-sequence-check'       // folds despite a gap
  | 'perform-without-claim'     // effects run whenever they are owed
  | 'acknowledge-before-write'  // tells others what is only in memory
  | 'ignore-conflict'           // goes on as if a lost compare-and-set had been won
  | 'outdated-term-moves'       // an entry under an outdated term still has effect
  | 'raise-mark-late';          // tells peers no mark; the kit holds back the one beside the keys

const ofFolders: readonly string[] = ['skip-union-check', 'drop-sequence-check', 'outdated-term-moves'] satisfies (KernelFault & Fault)[];

/** Those that the folder acts on. */
export function folderFaultsOf(faults: ReadonlySet<KernelFault>): Faults {
  return new Set([...faults].filter((one): one is KernelFault & Fault => ofFolders.includes(one)));
}
