/**
 * After the loss of a store a folder may come back from those who have copies, and what its service wrote elsewhere upon it, which it alone had, may not: the folder says that it was
 * done. Once all that others hold is back, each folder that came back is looked at, and one of which something is missing is listed, and says what becomes of it.
 */
import type { AuthorId, FolderId } from '@lienthong/folder';
import { asHubError, HubError } from './errors.ts';
import { dutyContext, noteStep } from './kernel.ts';
import type { Kernel } from './kernel.ts';
import { kernelRecordId } from './kernel-record.ts';
import { guarded, openFolder } from './open-folder.ts';
import type { OpenFolder } from './open-folder.ts';
import { performPureDuties } from './perform-duties.ts';
import type { Commit } from './ports/folder-store.ts';
import { listLost } from './recover-folders.ts';
import type { Decision } from './rules.ts';
import { beginWrite, commitWrite, writeDrafts } from './write-folder.ts';

export class Inspection<S> {
  readonly #kernel: () => Kernel<S>;
  #cancel: (() => void) | null = null;
  #running: Promise<void> | null = null;
  /** More has come back since it began. */
  #more = false;
  #stopped = false;

  constructor(kernel: () => Kernel<S>) {
    this.#kernel = kernel;
  }

  get running(): boolean { return this.#running !== null || this.#cancel !== null; }

  /** Begins where something has come back and all is here; what came back before a crash, too. What fails is tried again. */
  begin(): void {
    const { author, succession, record } = this.#kernel();
    if (this.#stopped || this.running || record.cameBack?.author !== author || (record.inspectedAs === author && !this.#more) || succession.recovering || !succession.ready || !succession.whole) return;
    this.#more = false;
    this.#running = this.#inspect(author, record.cameBack.from).then(() => null, asHubError).then((failed) => { this.#ended(failed); });
  }

  /** As `begin`, also for what came back since it began. */
  again(): void {
    this.#more = true;
    this.begin();
  }

  stop(): void {
    this.#stopped = true;
    this.#cancel?.();
    this.#cancel = null;
  }

  async ended(): Promise<void> { await this.#running; }

  #ended(failed: HubError | null): void {
    const { world, limits } = this.#kernel();
    this.#running = null;
    if (failed === null || this.#stopped) return this.begin();
    this.#more = true;
    this.#cancel = world.later(limits.peerRetryMs, () => { this.#cancel = null; this.begin(); });
  }

  async #inspect(author: AuthorId, from: Commit): Promise<void> {
    const kernel = this.#kernel(), { store, limits } = kernel, isOver = (): boolean => this.#stopped || author !== kernel.author;
    for (let after = from, more = true; more;) {
      const changed = await store.changedSince(after, limits.scanPage);
      for (const { id } of changed) {
        if (isOver()) return;
        const failed = id === kernelRecordId || kernel.faults.has('skip-inspection') ? null : await inspectFolder(kernel, id).then(() => null, asHubError);
        if (failed?.retryable === true) throw failed;
        if (failed !== null) kernel.reports.alarm(failed, id);
      }
      after = changed.at(-1)?.commit ?? after;
      more = changed.length === limits.scanPage;
    }
    if (isOver() || this.#more) return;
    await noteStep(kernel, 'inspectedAs', author);
    kernel.reports.succession({ service: kernel.service, step: 'inspected', author, predecessors: kernel.predecessors, waitsFor: [] });
  }
}

async function inspectFolder<S>(kernel: Kernel<S>, id: FolderId): Promise<void> {
  for (let attempt = 0; attempt <= kernel.limits.maxConflictRetries; attempt++) {
    const open = await kernel.locks.run(id, () => openFolder(kernel, id), true), { version } = open;
    const owed = open.trouble !== null ? null : guarded(kernel, open, null, () => kernel.rules.inspects?.(open.state, dutyContext(kernel)) ?? null);
    if (owed === null) return;
    const found = await kernel.effects.inspect(open, owed);
    if (found.lost !== true || await kernel.locks.run(id, () => writeFound(kernel, id, version, found), true) === 'written') return;
  }
  throw new HubError('CONFLICT_PERSISTS', { folder: id, attempts: String(kernel.limits.maxConflictRetries + 1) });
}

/** Listed first: what is written tells nobody any more that something was lost. `conflict`: the folder has changed since it was looked at. */
async function writeFound<S>(kernel: Kernel<S>, id: FolderId, version: number, { drafts, asides = [] }: Decision): Promise<'written' | 'conflict'> {
  const open: OpenFolder<S> = await openFolder(kernel, id), write = beginWrite(kernel, open);
  if (open.version !== version) return 'conflict';
  await listLost(kernel, id);
  if (drafts.length === 0) return 'written';
  try {
    await kernel.succession.prepare(write);
    writeDrafts(kernel, write, drafts, null);
    write.asides.push(...asides);
    await performPureDuties(kernel, write);
    return await commitWrite(kernel, write) === 'conflict' ? 'conflict' : 'written';
  } catch (cause) {
    kernel.cache.drop(id);
    throw cause;
  }
}
