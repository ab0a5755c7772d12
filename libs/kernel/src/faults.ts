import type { Fault, Faults } from '@lienthong/folder';

/**
 * Deliberate faults, so that the simulator can be shown to find them. Only the test kit may pass any:
 * production code has no way to set them, and an architecture test holds that.
 */
export type KernelFault =
  | 'skip-union-check'
  | 'lose-acknowledged-head'
  | 'drop-sequence-check'
  | 'perform-without-claim'
  | 'acknowledge-before-write'
  | 'ignore-conflict'
  | 'outdated-term-moves'
  | 'raise-mark-late';

const ofFolders: readonly string[] = ['skip-union-check', 'drop-sequence-check', 'outdated-term-moves'] satisfies (KernelFault & Fault)[];

/** Those that the folder acts on. */
export function folderFaultsOf(faults: ReadonlySet<KernelFault>): Faults {
  return new Set([...faults].filter((one): one is KernelFault & Fault => ofFolders.includes(one)));
}
