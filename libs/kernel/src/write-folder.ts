/** One write of one folder in preparation: what is received, what is written here, the duties that follow, and the compare-and-set that makes it durable. */
import { appendOwn, effectOf, headsOf, union } from '@lienthong/folder';
import type { AuthorId, Entry, Proof, Succeeds } from '@lienthong/folder';
import { encodeAux } from './aux-record.ts';
import { HubError } from './errors.ts';
import { dutyContext, isMine, saveRecord } from './kernel.ts';
import type { Kernel } from './kernel.ts';
import { copiesOwed, foldEntry, guarded, hashAt, markPending, refold } from './open-folder.ts';
import type { OpenFolder } from './open-folder.ts';
import type { Append, Aside, IndexFields } from './ports/folder-store.ts';
import type { Draft, Duty } from './rules.ts';
import { sealDraft, sealSuccession } from './seal-draft.ts';
import { isAhead } from './watch-time.ts';
import { encodeSegment } from './wire/segment.ts';

export type FolderWrite<S> = {
  readonly open: OpenFolder<S>;
  /** The incarnation that writes; a newer one that comes meanwhile makes the write a conflict. */
  readonly author: AuthorId;
  readonly own: Entry[];
  readonly received: Entry[];
  readonly asides: Aside[];
  /** Places of damaged segments in whose stead this one stands. */
  supersedes: readonly number[];
  /** Duties left after the pure ones were performed; null: not looked at in this write. */
  owed: readonly Duty[] | null;
  /** Aux changed in a way that must be durable now. */
  auxChanged: boolean;
  /** As `Aux.partial` once this is written. */
  partial: boolean;
  /** Something could not be done for the moment: look again soon. */
  again: boolean;
  /** An earlier incarnation of this service whose entries came after its succession: they are kept without effect. Null: none did. */
  voidedOf: AuthorId | null;
  /** Incarnations that wait for an answer about this folder. */
  readonly answers: Set<AuthorId>;
};

export function beginWrite<S>(kernel: Kernel<S>, open: OpenFolder<S>): FolderWrite<S> {
  return { open, author: kernel.author, own: [], received: [], asides: [], supersedes: [], owed: null, auxChanged: false, partial: open.aux.partial, again: false, voidedOf: null, answers: new Set() };
}

/** Seals drafts and folds them. Throws when one would have no effect: then the law that made it is at fault, and nothing may be written. */
export function writeDrafts<S>(kernel: Kernel<S>, write: FolderWrite<S>, drafts: readonly Draft[], request: string | null): void {
  for (const draft of drafts) {
    add(kernel, write, sealDraft(kernel, write, draft, request));
    if (write.open.trouble !== null) throw write.open.trouble;
  }
}

/** Needs no law, so a release that can only read the folder writes it, too: without it the folder could not even be kept. */
export function writeSuccession<S>(kernel: Kernel<S>, write: FolderWrite<S>, succeeds: Succeeds): void {
  add(kernel, write, sealSuccession(kernel, write, succeeds));
}

function add<S>(kernel: Kernel<S>, write: FolderWrite<S>, entry: Entry): void {
  const { open } = write;
  const result = appendOwn(open.folder, [entry], kernel.folderFaults);
  applyUnion(kernel, open, result);
  write.own.push(entry);
  markPending(open, result.stored);
  const effect = effectOf(open.folder, entry);
  if (effect !== 'effective') throw new HubError('INTERNAL', { problem: `${entry.kind} on ${entry.item} would have no effect: ${effect}`, id: open.id });
}

/** Takes others' entries into the copy in memory. `choosing`: branches that this author is about to choose. */
export function takeEntries<S>(kernel: Kernel<S>, write: FolderWrite<S>, entries: readonly Entry[], choosing: readonly Succeeds[] = []): void {
  const { open } = write;
  const sealed = (author: AuthorId): boolean => kernel.record.isSealed(author);
  const waited = open.folder.buffered;
  const result = union(open.folder, entries, { verify: kernel.verify, maySucceed: kernel.keys.maySucceed, sealed, choosing, faults: kernel.folderFaults });
  applyUnion(kernel, open, result);
  write.received.push(...result.stored);
  markPending(open, result.stored);
  if (result.stored.length > 0 && copiesOwed(kernel, open) !== null && !kernel.faults.has('acknowledge-without-parts')) write.partial = true;
  if (kernel.predecessors.length > 0) write.voidedOf ??= result.stored.find((entry) => kernel.predecessors.includes(entry.author) && isVoided(open, entry))?.author ?? null;
  // Whoever sent it when it could not be folded yet still waits for the acknowledgement.
  if (waited.length > 0) for (const entry of result.stored) if (waited.includes(entry) && !isMine(kernel, entry.author)) write.answers.add(entry.author);
  for (const fork of result.forks) kernel.reports.fork(open.id, fork);
  kernel.refused.count += result.rejected.length;
  if (result.rejected.length > 0) kernel.reports.rejected(open.id, result.rejected);
}

/** What lies on another branch of a forked log was told as a fork. */
function isVoided<S>({ folder }: OpenFolder<S>, entry: Entry): boolean {
  return effectOf(folder, entry) === 'voided' && folder.logs.get(entry.author)?.entries[entry.seq - 1] === entry;
}

/** Before they are taken: what is kept without effect never goes unlisted. */
async function listVoided<S>(kernel: Kernel<S>, { open }: FolderWrite<S>, author: AuthorId): Promise<void> {
  if (kernel.faults.has('void-unlisted') || !kernel.record.noteVoided(open.id)) return;
  await saveRecord(kernel);
  kernel.reports.alarm(new HubError('ENTRIES_VOIDED', { folder: open.id, service: kernel.service, author }), open.id);
}

type Joined = Pick<ReturnType<typeof union>, 'added' | 'refolded'>;

function applyUnion<S>(kernel: Kernel<S>, open: OpenFolder<S>, joined: Joined): void {
  if (joined.refolded) return refold(kernel, open);
  for (const entry of joined.added) if (effectOf(open.folder, entry) === 'effective') foldEntry(kernel, open, entry);
}

export type WriteResult = 'written' | 'nothing' | 'conflict';

/** Makes the write durable, then tells whoever waits for it. `conflict`: the folder was dropped from memory; decide again on what it is now. */
export async function commitWrite<S>(kernel: Kernel<S>, write: FolderWrite<S>): Promise<WriteResult> {
  const { open } = write;
  if (write.own.length > 0) await signLast(kernel, write);
  const claimed = kernel.effects.claim(write);
  const change = changeOf(kernel, write);
  if (change === null) {
    kernel.effects.start(open, claimed);
    return 'nothing';
  }
  const appended = await append(kernel, write, change);
  if (!appended.ok) {
    kernel.cache.drop(open.id);
    if (appended.conflict === 'incarnation') await kernel.succession.refused(write.author);
    return 'conflict';
  }
  open.pending = null;
  if (change.segment !== undefined) open.durableHeads = headsOf(open.folder);
  open.aux.partial = write.partial;
  open.version = appended.version;
  open.commit = appended.commit;
  open.incarnation = write.author;
  open.wakeAt = change.wakeAt;
  open.unsettled = change.unsettled;
  kernel.commit = Math.max(kernel.commit, appended.commit);
  for (const entry of write.own) kernel.entries.remember(entry);
  const last = write.own.at(-1);
  if (last?.proof != null) kernel.entries.trust(last.hash, last.proof);
  if (change.index !== undefined) kernel.unique.note(change.index, open.id);
  kernel.changes.notify(open.index, open.id, open.commit);
  kernel.time.note(open.wakeAt);
  kernel.relay.offer(open, write.answers);
  kernel.effects.start(open, claimed);
  return 'written';
}

async function append<S>(kernel: Kernel<S>, write: FolderWrite<S>, change: Append): Promise<Awaited<ReturnType<Kernel<S>['store']['append']>>> {
  try {
    if (write.voidedOf !== null) await listVoided(kernel, write, write.voidedOf);
    kernel.world.crashPoint?.('folder-unwritten');
    const appended = await kernel.store.append(change);
    kernel.world.crashPoint?.('folder-written');
    if (!appended.ok && kernel.faults.has('ignore-conflict')) return { ok: true, version: change.expectedVersion + 1, commit: kernel.commit };
    return appended;
  } catch (cause) {
    kernel.cache.drop(change.id);
    throw cause;
  }
}

/** What the store is asked to write; null when nothing changed that must be durable. */
function changeOf<S>(kernel: Kernel<S>, write: FolderWrite<S>): Append | null {
  const { open } = write;
  const wakeAt = wakeAtOf(kernel, write);
  const unsettled = kernel.relay.isUnsettled(open);
  const written = write.own.length + write.received.length + write.asides.length > 0 || write.auxChanged;
  if (!written && wakeAt === open.wakeAt) return null;
  const index = changedIndex(kernel, open);
  const segment = segmentOf(write);
  const change: { -readonly [K in keyof Append]: Append[K] } = {
    id: open.id, expectedVersion: open.version, incarnation: write.author, wakeAt, unsettled,
    aux: encodeAux({ ...open.aux, partial: write.partial }, [...open.folder.logs.keys()], hashAt(open.folder)),
  };
  if (segment !== null) change.segment = segment;
  if (index !== null) change.index = index;
  if (write.asides.length > 0) change.asides = write.asides;
  return change;
}

/** One signature covers the chain of this write; nobody has seen the entry yet. Other folders' writes of the same turn may share it. */
async function signLast<S>(kernel: Kernel<S>, { open, author, own }: FolderWrite<S>): Promise<void> {
  const last = own.at(-1)!;
  try {
    (last as { proof: Proof | null }).proof = await kernel.keys.signTogether(author, last.hash);
  } catch (cause) {
    kernel.cache.drop(open.id);
    throw cause;
  }
}

function segmentOf<S>(write: FolderWrite<S>): Uint8Array | null {
  if (write.received.length + write.own.length + write.supersedes.length === 0) return null;
  return encodeSegment(write.received.length === 0 ? write.own : [...write.received, ...write.own], write.supersedes);
}

function changedIndex<S>(kernel: Kernel<S>, open: OpenFolder<S>): IndexFields | null {
  const index = guarded(kernel, open, null, () => kernel.rules.index(open.state, dutyContext(kernel)));
  if (index === null) return null;
  const text = JSON.stringify(index);
  if (text === open.indexText) return null;
  open.index = index;
  open.indexText = text;
  return index;
}

/** A moment that is set already stays, unless it is past or further than `withinMs`. */
function soonestOf(at: number | null, now: number, withinMs: number): number {
  return at !== null && isAhead(at, now, withinMs) ? at : now + withinMs;
}

/** Earliest of what the law waits for, leases and retries. What this release cannot work on is looked at when another one is started, and now and then. */
function wakeAtOf<S>(kernel: Kernel<S>, write: FolderWrite<S>): number | null {
  const { open } = write;
  if (open.trouble !== null) return soonestOf(open.wakeAt, kernel.world.now(), kernel.limits.troubledWakeMs);
  if (write.owed === null && !write.again) return open.wakeAt;
  const now = kernel.world.now();
  let at = guarded(kernel, open, null, () => kernel.rules.wakeAt(open.state, dutyContext(kernel)));
  const consider = (moment: number): void => { if (at === null || moment < at) at = moment; };
  for (const claim of open.aux.claims.values()) if (!claim.givenUp) consider(claim.until);
  if (open.aux.pull !== null) consider(open.aux.pull.at);
  if (write.again) consider(now + kernel.limits.minWakeMs);
  if (write.owed?.some((duty) => duty.perform !== undefined && !open.aux.claims.has(duty.key))) consider(now + kernel.limits.minWakeMs);
  return at === null || at > now ? at : now + kernel.limits.minWakeMs;
}

