/** What others wrote comes in: checked, joined with the own copy, made durable together with the duties that follow, and only then acknowledged. */
import { headsOf, holds } from '@lienthong/folder';
import type { AuthorId, Entry, FolderId } from '@lienthong/folder';
import { asHubError, HubError, problemOf } from './errors.ts';
import { openEntry } from './kernel.ts';
import type { Kernel } from './kernel.ts';
import { isCurrent, likelyFolder, openFolder, unlessDamaged } from './open-folder.ts';
import type { OpenFolder } from './open-folder.ts';
import { kernelDefaults } from './options.ts';
import { knowsMoreOfOwn } from './own-unknown.ts';
import { performPureDuties } from './perform-duties.ts';
import { serviceOf } from './ports/directory.ts';
import { beginWrite, commitWrite, takeEntries } from './write-folder.ts';
import type { FolderWrite } from './write-folder.ts';
import type { FolderUpdate } from './wire/folder-update.ts';

/** Resolves when everything in the batch is durable here, but for folders whose copy is damaged: they acknowledge nothing and are told again. Rejects when some of it could not be stored: the bus delivers again. */
export async function receiveUpdates<S>(kernel: Kernel<S>, came: readonly FolderUpdate[]): Promise<void> {
  const updates = withoutSealed(kernel, withoutStrangers(kernel, came)), byFolder = new Map<FolderId, FolderUpdate[]>();
  for (const update of updates) {
    kernel.succession.marks.heard(update.sender, update.mark);
    if (update.wantsReply) kernel.succession.awaitedBy(serviceOf(update.sender));
    if (isNoted(kernel, update)) continue;
    const others = byFolder.get(update.folder);
    if (others === undefined) byFolder.set(update.folder, [update]);
    else others.push(update);
  }
  const ends = await Promise.allSettled([...byFolder].map(([id, some]) => receiveTogether(kernel, id, some).catch(unlessDamaged)));
  const failed = ends.find((end) => end.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
  kernel.world.crashPoint?.('received-stored');
  for (const { folder, sender, more } of updates) if (more) kernel.rest.want(folder, sender);
}

/**
 * Of a service that is none, or an incarnation that no certificate names, nothing is remembered and nobody is answered: names cost whoever makes them up nothing. One whose
 * certificate has not come yet tells again.
 */
function withoutStrangers<S>(kernel: Kernel<S>, came: readonly FolderUpdate[]): readonly FolderUpdate[] {
  const strangers = came.filter(({ sender }) => !isKnown(kernel, sender)), [first] = strangers;
  if (first === undefined) return came;
  kernel.refused.count += strangers.length;
  kernel.reports.strangers(first.sender, strangers.length);
  return came.filter((update) => !strangers.includes(update));
}

function isKnown<S>({ directory, keys }: Kernel<S>, author: AuthorId): boolean {
  const service = serviceOf(author);
  return directory.authorOf(service) === author || (directory.services().includes(service) && keys.knows(author));
}

/**
 * An incarnation that is sealed here tells nothing any more, however late it is read: whoever succeeded it has gone through all that others hold. What nobody held would else be
 * refused as long as its succession is not held, and voided by whoever reads it again after that.
 */
function withoutSealed<S>({ record, faults }: Kernel<S>, came: readonly FolderUpdate[]): readonly FolderUpdate[] {
  return faults.has('ignore-seal') ? came : came.filter(({ sender }) => !record.isSealed(sender));
}

/** Updates that wait for their folder; what comes meanwhile joins them and is stored by the same write. */
export type Arriving = { readonly updates: FolderUpdate[]; done: Promise<void> };

function receiveTogether<S>(kernel: Kernel<S>, id: FolderId, updates: readonly FolderUpdate[]): Promise<void> {
  const waiting = kernel.arriving.get(id);
  if (waiting !== undefined && waiting.updates.length + updates.length <= kernel.limits.maxBatchUpdates) {
    waiting.updates.push(...updates);
    return waiting.done;
  }
  const mine: Arriving = { updates: [...updates], done: Promise.resolve() };
  kernel.arriving.set(id, mine);
  return mine.done = kernel.locks.run(id, () => {
    if (kernel.arriving.get(id) === mine) kernel.arriving.delete(id);
    return receiveFolder(kernel, id, mine.updates);
  }, true);
}

/** Heads without anything new need no lock and no write: they ride the next one. */
function isNoted<S>(kernel: Kernel<S>, update: FolderUpdate): boolean {
  if (update.entries.length > 0 || update.wantsReply || update.more) return false;
  const open = kernel.cache.peek(update.folder);
  if (open === undefined) return kernel.relay.acknowledgeLeft(update);
  if (knowsMoreOfOwn(kernel, open, update) || kernel.relay.lacksSomething(open, update.heads)) return false;
  kernel.relay.acknowledge(open, update);
  return true;
}

async function receiveFolder<S>(kernel: Kernel<S>, id: FolderId, updates: readonly FolderUpdate[]): Promise<void> {
  for (let attempt = 0; attempt <= kernel.limits.maxConflictRetries; attempt++) {
    const write = beginWrite(kernel, await arrivedIn(kernel, id, updates));
    const troubled = write.open.trouble !== null;
    try {
      const entries = updates.flatMap((update) => decodeAll(kernel, update));
      await kernel.succession.checkOwn(write.open, entries, updates);
      if (await receiveOnce(kernel, write, updates, entries)) return;
    } catch (cause) {
      kernel.cache.drop(id);
      // The law failed on this folder: it is set aside, and what was received is stored without it.
      if (troubled || kernel.cache.trouble(id) === undefined) throw cause;
    }
  }
  throw new HubError('CONFLICT_PERSISTS', { folder: id, attempts: String(kernel.limits.maxConflictRetries + 1) });
}

/** Who shows what this service wrote, and this instance did not, has it from another instance, or from a store that was lost: only the store tells. */
async function arrivedIn<S>(kernel: Kernel<S>, id: FolderId, updates: readonly FolderUpdate[]): Promise<OpenFolder<S>> {
  const open = await likelyFolder(kernel, id);
  return updates.some((update) => knowsMoreOfOwn(kernel, open, update)) ? openFolder(kernel, id) : open;
}

/** False after a conflict, also where no write could have told: what came hangs on what another instance has written since the copy was read. */
async function receiveOnce<S>(kernel: Kernel<S>, write: FolderWrite<S>, updates: readonly FolderUpdate[], entries: readonly Entry[]): Promise<boolean> {
  const { open } = write;
  if (entries.length > 0) takeEntries(kernel, write, entries);
  if (tookNothingOf(write, entries) && !(await isCurrent(kernel, open))) { kernel.cache.drop(open.id); return false; }
  for (const update of updates) {
    kernel.relay.acknowledge(open, update);
    kernel.succession.noteShown(open, update);
    if (update.wantsReply) write.answers.add(update.sender);
    if (knowsMoreOfOwn(kernel, open, update)) rememberUnshown(kernel, write, update);
  }
  if (kernel.faults.has('acknowledge-before-write')) acknowledgeTooEarly(kernel, write);
  if (write.received.length > 0) await performOwed(kernel, write);
  else if (!write.auxChanged) { kernel.relay.offer(open, write.answers); return true; }
  kernel.world.crashPoint?.('received-joined');
  return (await commitWrite(kernel, write)) !== 'conflict';
}

/** The sender holds what this incarnation never wrote in this store, and it could not be pulled: it is asked again, after a start, too. */
function rememberUnshown<S>({ relay }: Kernel<S>, write: FolderWrite<S>, { sender }: FolderUpdate): void {
  relay.askAgain(write.open, serviceOf(sender));
  if (!write.open.unsettled && relay.isUnsettled(write.open)) write.auxChanged = true;
}

/** Something came that is not held, and nothing of it could be taken. */
function tookNothingOf<S>({ open, received }: FolderWrite<S>, entries: readonly Entry[]): boolean {
  return received.length === 0 && entries.some((entry) => !holds(open.folder, entry.author, entry));
}

/** A deliberate fault: what is only in memory is told as if it were durable. */
function acknowledgeTooEarly<S>(kernel: Kernel<S>, { open, answers }: FolderWrite<S>): void {
  open.pending = null;
  open.durableHeads = headsOf(open.folder);
  kernel.relay.offer(open, answers);
}

/** Duties wait while this incarnation may not write; receiving never does. */
async function performOwed<S>(kernel: Kernel<S>, write: FolderWrite<S>): Promise<void> {
  const { open } = write;
  if (open.trouble !== null) return;
  if (!kernel.succession.ready) { write.again = true; return; }
  try {
    await performPureDuties(kernel, write);
  } catch (cause) {
    const error = asHubError(cause);
    if (error.retryable && write.own.length === 0) { write.again = true; return; }
    if (!error.retryable) { kernel.cache.setAside(open.id, error); kernel.reports.alarm(error, open.id); }
    throw error;
  }
}

/** Whoever has a key could else grow a folder at all its participants without end. What stands in a store already is read, whatever its size. */
function withinFormat(entry: Entry): Entry {
  const { maxEntriesPerAuthor, maxEntryBytes } = kernelDefaults;
  if (entry.seq > maxEntriesPerAuthor) throw new HubError('MALFORMED_MESSAGE', { problem: `an author writes at most ${maxEntriesPerAuthor} entries` });
  if (entry.bytes.byteLength > maxEntryBytes) throw new HubError('MALFORMED_MESSAGE', { problem: `an entry has at most ${maxEntryBytes} bytes` });
  return entry;
}

function decodeAll<S>(kernel: Kernel<S>, update: FolderUpdate): Entry[] {
  const found: Entry[] = [];
  let first: { readonly bytes: Uint8Array; readonly cause: string } | undefined;
  for (const sealed of update.entries) {
    try {
      found.push(withinFormat(openEntry(kernel, sealed)));
    } catch (cause) {
      first ??= { bytes: sealed.bytes, cause: problemOf(cause) };
    }
  }
  const count = update.entries.length - found.length;
  kernel.refused.count += count;
  if (first !== undefined) kernel.reports.deadLetter({ service: kernel.service, folder: update.folder, sender: update.sender, ...first, count });
  return found;
}
