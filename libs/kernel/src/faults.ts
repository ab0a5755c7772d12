import type { Fault, Faults } from '@lienthong/folder';

/**
 * Deliberate faults, each of which takes one guard away, so that the proof can be shown to find its absence. Only the test kit may pass any:
 * production code has no way to set them, and an architecture test holds that.
 */
export type KernelFault =
  | Fault
  | 'lose-acknowledged-head'    // what was sent counts as acknowledged
  | 'perform-without-claim'     // effects run whenever they are owed
  | 'acknowledge-before-write'  // tells others what is only in memory
  | 'acknowledge-without-parts' // a keeper's acknowledgement counts before it has what stands beside the entries
  | 'ignore-conflict'           // goes on as if a lost compare-and-set had been won
  | 'raise-mark-late'           // tells peers no mark; the kit holds back the one beside the keys
  | 'answer-before-write'       // commands are answered from memory
  | 'decide-repeats-anew'       // a request that was handled before is handled as a new one
  | 'write-unsealed'            // a new incarnation writes before its predecessors are sealed
  | 'show-unsealed'             // shows what is held of an author and goes on taking more of it
  | 'trust-own-store'           // compares the store with no mark
  | 'ignore-own-unknown'        // takes entries of its own that it never wrote for granted
  | 'void-unlisted'             // entries that a succession voids are listed nowhere
  | 'skip-recovery'             // goes through nothing that peers have shown
  | 'skip-inspection'           // nobody looks whether what came back was done elsewhere
  | 'hold-claims-for-ever'      // a claim ends with its effect only
  | 'never-wake'                // time passes unnoticed
  | 'no-anti-entropy'           // what was sent once is not sent again
  | 'never-ask-first'           // effects are repeated without asking whether they were done
  | 'forget-peers-marks'        // nobody can be told that its store was put back
  | 'count-old-acknowledgements' // what an earlier incarnation has acknowledged counts for the present one
  | 'settle-unacknowledged';    // folders are settled whatever was acknowledged

const ofFolders: ReadonlySet<string> = new Set<Fault>(['skip-union-check', 'drop-sequence-check', 'outdated-term-moves', 'ignore-seen', 'ignore-fork', 'keep-voided-tail', 'ignore-seal']);

/** Those that the folder acts on. */
export function folderFaultsOf(faults: ReadonlySet<KernelFault>): Faults {
  return new Set([...faults].filter((one): one is Fault => ofFolders.has(one)));
}
