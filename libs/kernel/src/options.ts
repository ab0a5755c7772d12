/** Every bound, wait and batch of the kernel, with its unit in its name. */
import type { KernelFault } from './faults.ts';

export const kernelDefaults = {
  /** Open folders kept in memory per service; one takes some 20 KB, most of them of dossiers that have ended. More than change at once: what is dropped too early is read and folded again; what is kept too long is copied and marked by the garbage collector. */
  maxOpenFolders: 2_000,
  /** Handlers waiting for one folder; more are refused with FOLDER_BUSY. */
  maxWaitingPerFolder: 64,
  /** Commands at work at once; more are refused with OVERLOADED. */
  maxCommands: 10_000,
  /** A command is decided again after losing a compare-and-set, so often. */
  maxConflictRetries: 8,
  /** Rounds of pure duties in one write. */
  maxDutyRounds: 64,
  /** Bytes of one entry. */
  maxEntryBytes: 64 * 1024,
  /** Entries of one author in one folder, of which `reservedEntries` are kept for duties and closing. */
  maxEntriesPerAuthor: 256,
  reservedEntries: 16,
  /** Updates in one publish, and bytes of their entries. */
  maxBatchUpdates: 500,
  maxBatchBytes: 2 * 1024 * 1024,
  /** Bytes of one update on a bus, and updates into which a longer history is cut; the rest is pulled. */
  maxRecordBytes: 256 * 1024,
  maxRecordsPerUpdate: 8,
  /** Rests of histories pulled at once, and waiting to be; what finds no room is told again by its sender. */
  maxPulls: 8,
  maxWaitingPulls: 1_000,
  /** What a destination need not act on waits, to travel with what comes meanwhile, until this store was quiet, and at most so long: where somebody looks, and where only a copy is kept. */
  soonQuietMs: 100,
  soonMs: 500,
  laterQuietMs: 250,
  laterMs: 3_000,
  /** Beyond so many they go at once: a receiver that has been told of more folders than it keeps in memory reads each anew when the next service tells of it. */
  maxWaitingCopies: 800,
  /** Updates waiting for one destination; more stay unsettled and are left to the sweep. */
  maxQueuedUpdates: 20_000,
  /** What is not acknowledged after this is sent again; doubles up to the maximum. */
  resendAfterMs: 2_000,
  maxResendAfterMs: 60_000,
  /** Folders sent and not yet acknowledged, per destination, that are remembered. */
  maxOutstanding: 50_000,
  /** Folders about which one peer is asked at once whether it has them. */
  askAtOnce: 32,
  /** A folder whose acknowledgements are complete is marked settled after this much quiet, or after the maximum. */
  settleAfterMs: 1_000,
  maxSettleWaitMs: 60_000,
  maxSettleBatch: 500,
  /** Beyond so many the oldest are marked at once, before their folders leave memory. */
  maxSettleWaiting: 1_500,
  /** Every so often, what the store says is unsettled is compared with the peers. */
  sweepEveryMs: 30_000,
  maxSweepFolders: 1_000,
  /** Effects at work at once, their deadline, how often each is tried, and the waits between. */
  maxEffects: 64,
  effectDeadlineMs: 10_000,
  effectLeaseMs: 30_000,
  maxEffectAttempts: 8,
  effectBackoffMs: 500,
  maxEffectBackoffMs: 300_000,
  /** Parts asked for by one call. */
  maxPartsPerPull: 64,
  /** A part that could not be pulled is asked for again after this; doubles up to the maximum. */
  pullDeadlineMs: 2_000,
  pullBackoffMs: 500,
  maxPullBackoffMs: 60_000,
  /** Deadline of a call to a peer about heads, seals and marks; and the wait before it is repeated. */
  peerDeadlineMs: 5_000,
  peerRetryMs: 1_000,
  /** Folders of which copies may differ that are counted for whoever asks how the service stands, and how long the store has to tell. */
  maxUnequalCounted: 1_000,
  countWithinMs: 2_000,
  /** A page of what is shown of a sealed author, or of what is held of folders, ends after so long, well before the deadline of whoever asks; so many folders are looked at together. */
  maxShowMs: 2_000,
  showAtOnce: 16,
  /** Folders of one peer's copies that are recovered together after a succession: each waits for peers and for the store; and those of which entries, or parts, are pulled at once. */
  recoverAtOnce: 64,
  pullAtOnce: 16,
  /** Folders in one question to a peer of what it holds of them. */
  maxHeadsPerAsk: 100,
  /** A service without whose seal an operator let this one go on is asked for it again so long after. */
  lateSealMs: 5_000,
  /** Folders woken in one go; and the shortest time between two wakings of one folder. */
  maxWakeBatch: 500,
  minWakeMs: 1_000,
  /** A folder that this release can only read, or not even that, is woken so long after, and whenever the service starts: it may be another release by then. */
  troubledWakeMs: 300_000,
  /** Rows in one page of a watch or a scan. */
  watchPage: 200,
  scanPage: 500,
  /** A clock further than this off the median of the peers' refuses commands. */
  maxClockSkewMs: 30_000,
  /** Marks of peers are written down at most this often. */
  rememberMarksMs: 1_000,
} as const satisfies Record<string, number>;

export type KernelLimits = { readonly [K in keyof typeof kernelDefaults]: number };

/** Whose word on this store's mark must be heard after a start, before the first write: whoever answers in time, more than half of all others, or all of them. */
export type MarksFrom = 'reachable' | 'majority' | 'all';

export type KernelOptions = Partial<KernelLimits> & {
  /** Absent: `reachable`; without a mark beside the keys, `majority`. */
  readonly marksFrom?: MarksFrom;
  /** True when other instances write the same store: what is in memory is then compared with the store before it is shown, or anything is refused for it. */
  readonly sharedStore?: boolean;
  /** Of the test kit only. */
  readonly faults?: ReadonlySet<KernelFault>;
};

/** Fills in defaults. */
export function limitsOf(options: KernelOptions): KernelLimits {
  const limits: Record<string, number> = { ...kernelDefaults };
  for (const name of Object.keys(kernelDefaults) as (keyof KernelLimits)[]) {
    const given = options[name];
    if (given !== undefined) limits[name] = given;
  }
  return limits as KernelLimits;
}
