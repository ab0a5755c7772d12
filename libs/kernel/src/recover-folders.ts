/**
 * After a succession: every folder in which peers have shown something else of the predecessors than is held here, and every own one that is not settled, gets its
 * succession. In all others it comes with the next entry.
 */
import { effectOf, holds, tipsOf } from '@lienthong/folder';
import type { AuthorId, EntryRef, FolderId, ItemId } from '@lienthong/folder';
import { asHubError, HubError } from './errors.ts';
import { dutyContext, saveRecord } from './kernel.ts';
import type { Kernel } from './kernel.ts';
import { maxListed } from './kernel-record.ts';
import { guarded, openFolder, peekFolder, unlessDamaged } from './open-folder.ts';
import { lackingParts, performPureDuties, pullParts } from './perform-duties.ts';
import type { Commit } from './ports/folder-store.ts';
import type { Shown } from './ports/peer.ts';
import type { ServiceName } from './rules.ts';
import { needsSuccession, pullEntries, succeedInFolder, wouldOnlyVoid } from './succeed-in-folder.ts';
import { beginWrite, commitWrite, takeEntries } from './write-folder.ts';
import type { FolderWrite } from './write-folder.ts';

/** What existed only in the lost store, as far as it can be known: commits that nobody can show, and folders in which others have seen entries, or need parts, that nobody holds, or which rest on such entries of others. */
export type AtRisk = { readonly fromCommit: Commit; readonly toCommit: Commit; readonly folders: readonly FolderId[] };

/** Answers folders in which something is lost; null when it was stopped. Retries peers that do not answer; `gather` asks those for their seal that have a new incarnation. */
export async function recoverFolders<S>(kernel: Kernel<S>, stopped: () => boolean, gather: () => Promise<void>): Promise<readonly FolderId[] | null> {
  const lost = new Set<FolderId>();
  const recover = async (id: FolderId): Promise<void> => {
    while (!stopped() && !lost.has(id)) {
      const outcome = await recoverFolder(kernel, id).catch(asHubError);
      if (typeof outcome === 'string') {
        if ((outcome === 'lost' || await restsOnLost(kernel, id, recover)) && lost.size < maxListed) lost.add(id);
        return;
      }
      if (!outcome.retryable) { kernel.reports.alarm(outcome, id); return; }
      await pause(kernel);
      await gather();
    }
  };
  const others = kernel.directory.services().filter((service) => service !== kernel.service && !kernel.succession.goesOnWithout.includes(service));
  await Promise.all(others.map(async (service) => { for (const predecessor of kernel.predecessors) await eachShown(kernel, service, predecessor, stopped, recover); }));
  await eachUnsettled(kernel, stopped, recover);
  return stopped() ? null : [...lost];
}

/** Of a service that is back after a succession went on without it, or whose store was put back after it. False: it has gone again, or this was stopped. */
export async function recoverFrom<S>(kernel: Kernel<S>, service: ServiceName, stopped: () => boolean): Promise<boolean> {
  let whole = true;
  const recover = async (id: FolderId): Promise<void> => {
    const failed = await takeShown(kernel, service, id).then(() => null, asHubError);
    if (failed === null) {
      if (await restsOnLost(kernel, id, recover) && whole) await listLost(kernel, id);
      return;
    }
    whole = false;
    if (!failed.retryable) kernel.reports.alarm(failed, id);
  };
  const gone = (): boolean => stopped() || !whole;
  for (const predecessor of kernel.predecessors) await eachShown(kernel, service, predecessor, gone, recover);
  return !gone();
}

/** What it shows there comes under the succession, where there is none yet, or is voided by the one that there is. */
async function takeShown<S>(kernel: Kernel<S>, service: ServiceName, id: FolderId): Promise<void> {
  await kernel.locks.run(id, async () => {
    const write = beginWrite(kernel, await openFolder(kernel, id));
    try {
      const shown = await pullEntries(kernel, write.open, service);
      if (needsSuccession(kernel, write.open, shown)) await succeedInFolder(kernel, write, shown);
      else takeEntries(kernel, write, shown);
      if (wouldOnlyVoid(write)) return kernel.cache.drop(id);
      await regainParts(kernel, write);
      if (write.open.trouble === null) await performPureDuties(kernel, write);
      if (await isLost(kernel, write)) await listLost(kernel, id);
      if ((await commitWrite(kernel, write)) === 'conflict') throw new HubError('CONFLICT_PERSISTS', { folder: id, attempts: '1' });
    } catch (cause) {
      kernel.cache.drop(id);
      throw cause;
    }
  }, true);
}

async function eachShown<S>(kernel: Kernel<S>, service: ServiceName, predecessor: AuthorId, stopped: () => boolean, recover: (id: FolderId) => Promise<void>): Promise<void> {
  const { limits, peers, author } = kernel;
  for (let page = ''; !stopped();) {
    try {
      const answer = await peers.to(service).seal(author, predecessor, page, limits.peerDeadlineMs);
      // What is held may have come back before a crash, and not have been listed.
      await someAtOnce(kernel, answer.shown, async (shown) => {
        if (!(await isHeld(kernel, predecessor, shown).catch(unlessDamaged)) || await restsOnLost(kernel, shown.folder, recover)) await recover(shown.folder);
      });
      if (answer.next === '') return;
      page = answer.next;
    } catch {
      await pause(kernel);
    }
  }
}

/** Where one fails, those beside it end first. */
async function someAtOnce<S, T>({ limits: { recoverAtOnce } }: Kernel<S>, all: readonly T[], run: (one: T) => Promise<void>): Promise<void> {
  for (let at = 0; at < all.length; at += recoverAtOnce) {
    const failed = (await Promise.allSettled(all.slice(at, at + recoverAtOnce).map(run))).find(({ status }) => status === 'rejected');
    if (failed !== undefined) throw (failed as PromiseRejectedResult).reason;
  }
}

export function pause<S>({ world, limits }: Kernel<S>): Promise<void> {
  return new Promise<void>((again) => { world.later(limits.peerRetryMs, again); });
}

/** What is shown is held, with the parts that belong beside it: a command may have brought the entries back alone. */
async function isHeld<S>(kernel: Kernel<S>, predecessor: AuthorId, shown: Shown): Promise<boolean> {
  return kernel.locks.run(shown.folder, async () => {
    const write = beginWrite(kernel, await openFolder(kernel, shown.folder)), tips = tipsOf(write.open.folder, predecessor);
    return tips.length === shown.heads.length && tips.every((tip, at) => tip.hash === shown.heads[at]!.hash) && (await lackedParts(kernel, write)).names.length === 0;
  }, true);
}

/** What this store wrote and nobody has acknowledged: peers take no more of it until its succession is held. */
async function eachUnsettled<S>(kernel: Kernel<S>, stopped: () => boolean, recover: (id: FolderId) => Promise<void>): Promise<void> {
  for (let after: FolderId | undefined; !stopped();) {
    const ids = await kernel.store.unsettled(kernel.limits.scanPage, after);
    await someAtOnce(kernel, ids, async (id) => { if (!stopped()) await recover(id); });
    if (ids.length < kernel.limits.scanPage) return;
    after = ids.at(-1);
  }
}

async function recoverFolder<S>(kernel: Kernel<S>, id: FolderId): Promise<'lost' | 'whole'> {
  return kernel.locks.run(id, async () => {
    for (let attempt = 0; attempt <= kernel.limits.maxConflictRetries; attempt++) {
      const write = beginWrite(kernel, await openFolder(kernel, id));
      const { open } = write;
      try {
        if (!needsSuccession(kernel, open)) {
          await regainParts(kernel, write);
          if (write.asides.length > 0 && (await commitWrite(kernel, write)) === 'conflict') continue;
          return await isLost(kernel, write) ? 'lost' : 'whole';
        }
        await kernel.succession.prepare(write);
        if (wouldOnlyVoid(write)) {
          kernel.cache.drop(id);
          return 'whole';
        }
        await regainParts(kernel, write);
        if (open.trouble === null) await performPureDuties(kernel, write);
        if ((await commitWrite(kernel, write)) === 'conflict') continue;
        kernel.world.crashPoint?.('folder-recovered');
        return await isLost(kernel, write) ? 'lost' : 'whole';
      } catch (cause) {
        kernel.cache.drop(id);
        throw cause;
      }
    }
    throw new HubError('CONFLICT_PERSISTS', { folder: id, attempts: String(kernel.limits.maxConflictRetries + 1) });
  }, true);
}

/** Somebody has seen an entry of a predecessor that nobody can show, or what was gathered for the folder is gone. */
async function isLost<S>(kernel: Kernel<S>, write: FolderWrite<S>): Promise<boolean> {
  const { open } = write;
  const unshown = open.folder.buffered.some((entry) => kernel.predecessors.some((author) => {
    const head = entry.seen[author];
    return head !== undefined && !holds(open.folder, author, head);
  }));
  return unshown || (await lackedParts(kernel, write)).names.length > 0;
}

/**
 * What a predecessor wrote here upon an entry of another folder came back, and that entry did not, or lost its effect: nothing in either folder tells. `recover` brings the
 * other one back first.
 */
async function restsOnLost<S>(kernel: Kernel<S>, id: FolderId, recover: (id: FolderId) => Promise<void>): Promise<boolean> {
  const open = await peekFolder(kernel, id).catch(unlessDamaged);
  if (open === undefined || open.trouble !== null) return false;
  const grounds = guarded(kernel, open, [], () => kernel.rules.restsOn?.(open.state, dutyContext(kernel)) ?? []);
  for (const { folder, entry } of grounds) {
    if (!kernel.predecessors.includes(entry.author) || await stands(kernel, folder, entry)) continue;
    await recover(folder);
    if (!(await stands(kernel, folder, entry))) return true;
  }
  return false;
}

async function stands<S>(kernel: Kernel<S>, id: FolderId, entry: EntryRef): Promise<boolean> {
  const open = await peekFolder(kernel, id).catch(unlessDamaged);
  return open !== undefined && effectOf(open.folder, entry) === 'effective';
}

/** Before it is taken, for then it is not looked at again. */
export async function listLost<S>(kernel: Kernel<S>, id: FolderId): Promise<void> {
  if (kernel.record.noteLost(id, kernel.commit)) await saveRecord(kernel);
}

const noParts = { as: '', names: [] };

async function lackedParts<S>(kernel: Kernel<S>, write: FolderWrite<S>): Promise<{ readonly as: ItemId; readonly names: readonly string[] }> {
  const { open } = write;
  const kept = open.trouble === null ? guarded(kernel, open, null, () => kernel.rules.keeps?.(open.state, dutyContext(kernel)) ?? null) : null;
  return kept === null ? noParts : { as: kept.as, names: await lackingParts(kernel, write, kept.names) };
}

/** Others have parts of what they work on, or keep for this service. Whoever does not answer is asked again, but for those that an operator let this one go on without. */
async function regainParts<S>(kernel: Kernel<S>, write: FolderWrite<S>): Promise<void> {
  const { open } = write;
  for (const service of kernel.relay.participants(open)) {
    const { as, names } = await lackedParts(kernel, write);
    if (names.length === 0) return;
    write.asides.push(...await kernel.peerCopies.inTurn(() => pullParts(kernel, write, service, { as, names })).catch((cause: unknown) => {
      if (asHubError(cause).retryable && !kernel.succession.goesOnWithout.includes(service)) throw cause;
      return [];
    }));
  }
}
