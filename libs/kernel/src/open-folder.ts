/** A folder in memory: its entries, what they mean to this service, and the record beside them. Touched only under the folder's lock. */
import { effective, emptyFolder, headsOf, mergeHeads, missing, union } from '@lienthong/folder';
import type { AuthorId, Entry, Folder, FolderId, Heads, UnionResult } from '@lienthong/folder';
import { decodeAux, emptyAux } from './aux-record.ts';
import type { Aux } from './aux-record.ts';
import { HubError, problemOf } from './errors.ts';
import { dutyContext, openEntry } from './kernel.ts';
import type { Kernel } from './kernel.ts';
import { serviceOf } from './ports/directory.ts';
import type { Commit, IndexFields, StoredFolder } from './ports/folder-store.ts';
import type { Needs, ServiceName } from './rules.ts';
import { isMalformed } from './wire/entry-codec.ts';
import { readSegments } from './wire/segment.ts';

/** Effective entries that carry one request id. */
export type SeenRequest = { readonly digest: string; readonly entries: Entry[] };

export type OpenFolder<S> = {
  readonly id: FolderId;
  readonly folder: Folder;
  state: S;
  version: number;
  commit: Commit;
  /** That wrote last; '' when nobody has. */
  incarnation: AuthorId;
  /** Who this service was when it last found that the store holds just this. */
  readAs: AuthorId;
  aux: Aux;
  wakeAt: number | null;
  unsettled: boolean;
  readonly requests: Map<string, SeenRequest>;
  /** Why this service may only read the folder, or not even that. */
  trouble: HubError | null;
  /** Other services that keep a copy, as the state stands; null: to be asked again. */
  others: readonly ServiceName[] | null;
  /** Entries in memory that are not durable yet; null: all are. */
  pending: Set<Entry> | null;
  /** What may be shown to others. */
  durableHeads: Heads;
  /** As written last; '' when not known. */
  index: IndexFields;
  indexText: string;
};

/** Nobody has written in it, as far as is known here; it may have been touched. */
export function isNothing<S>({ folder }: OpenFolder<S>): boolean {
  return folder.logs.size === 0 && folder.buffered.length === 0;
}

export function hashAt(folder: Folder): (author: AuthorId, seq: number) => string | undefined {
  return (author, seq) => folder.logs.get(author)?.entries[seq - 1]?.hash;
}

/** The folder from the cache or the store; a new one, of version 0, when there is none. Under its lock. */
export async function openFolder<S>(kernel: Kernel<S>, id: FolderId): Promise<OpenFolder<S>> {
  const known = kernel.cache.get(id);
  if (known !== undefined && (!kernel.sharedStore || await isCurrent(kernel, known))) return known;
  kernel.cache.drop(id);
  const open = await loadFolder(kernel, id).catch(async (cause: unknown) => {
    await kernel.mender.mend(id, damageIn(cause));
    return loadFolder(kernel, id);
  });
  const left = kernel.cache.takeLeft(id);
  if (left !== undefined) recall(kernel, open, left.acked);
  kernel.cache.put(open);
  return open;
}

/**
 * The folder as this instance knew it last: for whoever is about to write, which fails if another instance has written since. Whoever then writes nothing asks
 * `isCurrent` before it says why. Under its lock.
 */
export async function likelyFolder<S>(kernel: Kernel<S>, id: FolderId): Promise<OpenFolder<S>> {
  const known = kernel.cache.get(id);
  return known?.readAs === kernel.author ? known : openFolder(kernel, id);
}

/** False: another instance has written it since it was read here. */
export async function isCurrent<S>(kernel: Kernel<S>, open: OpenFolder<S>): Promise<boolean> {
  if (!kernel.sharedStore) return true;
  const author = kernel.author;
  if (!(await kernel.copies.isCurrent(open))) return false;
  open.readAs = author;
  return true;
}

/** What was acknowledged stays so, for the incarnations that said it. */
function recall<S>({ directory }: Kernel<S>, { aux }: OpenFolder<S>, heard: ReadonlyMap<AuthorId, Heads>): void {
  for (const [author, heads] of heard) {
    if (directory.authorOf(serviceOf(author)) === author) aux.acked.set(author, mergeHeads(aux.acked.get(author) ?? {}, heads));
  }
}

/** For readers that do not take the lock: what is durable of it may be shown. */
export async function peekFolder<S>(kernel: Kernel<S>, id: FolderId): Promise<OpenFolder<S>> {
  const known = kernel.cache.peek(id);
  if (known !== undefined && (!kernel.sharedStore || await isCurrent(kernel, known))) return known;
  return loadFolder(kernel, id).catch((cause: unknown) => {
    // Mended under its lock, which this reader must not wait for.
    if (isDamage(cause)) void kernel.locks.run(id, () => openFolder(kernel, id), true).catch(() => {});
    throw cause;
  });
}

/** The stored copy of a folder cannot be relied on. */
export function isDamage(cause: unknown): cause is HubError {
  return cause instanceof HubError && cause.code === 'FOLDER_DAMAGED';
}

function damageIn(cause: unknown): HubError {
  if (isDamage(cause)) return cause;
  throw cause;
}

/** For whoever goes over many folders: a damaged one is passed over, for it is told when it is read. Throws everything else. */
export function unlessDamaged(cause: unknown): undefined {
  damageIn(cause);
}

/** Throws FOLDER_DAMAGED when the stored bytes are not those that were written: nothing is told of such a copy, and nothing written on top of it. */
async function loadFolder<S>(kernel: Kernel<S>, id: FolderId): Promise<OpenFolder<S>> {
  const readAs = kernel.author, stored = await kernel.store.load(id), open = unread(kernel, id, stored, readAs);
  if (stored === undefined) return open;
  // Another instance may have written it: who is told what it holds must hear how far the store had come with it.
  kernel.commit = Math.max(kernel.commit, stored.commit);
  const read = readSegments(stored.segments);
  if (read.damaged.size > 0) throw damaged(kernel, id, new RangeError(`segment ${[...read.damaged.keys()].join(', ')}`));
  try {
    const joined = joinStored(kernel, open.folder, read.entries.map((one) => openEntry(kernel, one)));
    // All of it was held when it was written.
    if (joined.rejected.length > 0 || open.folder.buffered.length > 0) throw new RangeError('entries do not hang together');
    open.aux = decodeAux(stored.aux, hashAt(open.folder));
  } catch (cause) {
    throw damaged(kernel, id, cause);
  }
  // Another instance has mended it.
  if (open.trouble !== null && isDamage(open.trouble)) { kernel.cache.takeBack(id); open.trouble = null; }
  open.durableHeads = headsOf(open.folder);
  refold(kernel, open);
  return open;
}

/** Nothing of its entries yet. */
export function unread<S>(kernel: Kernel<S>, id: FolderId, stored: StoredFolder | undefined, readAs: AuthorId): OpenFolder<S> {
  return {
    id, folder: emptyFolder(id), state: kernel.rules.empty(id), version: stored?.version ?? 0, commit: stored?.commit ?? 0, incarnation: stored?.incarnation ?? '', readAs, aux: emptyAux(), wakeAt: stored?.wakeAt ?? null,
    unsettled: stored?.unsettled ?? false, requests: new Map(), trouble: kernel.cache.trouble(id) ?? null, others: null, pending: null, durableHeads: {}, index: {}, indexText: '',
  };
}

/** Own bytes, verified when they were taken: membership does not depend on the keys known today. */
export function joinStored<S>({ keys, folderFaults }: Kernel<S>, folder: Folder, entries: readonly Entry[]): UnionResult {
  return union(folder, entries, { verify: trusted, maySucceed: keys.maySucceed, faults: folderFaults });
}

function damaged<S>({ service }: Kernel<S>, folder: FolderId, cause: unknown): HubError {
  return new HubError('FOLDER_DAMAGED', { folder, service, problem: problemOf(cause) }, { cause });
}

const trusted = (): boolean => true;

/** Builds the state anew from all effective entries. */
export function refold<S>(kernel: Kernel<S>, open: OpenFolder<S>): void {
  open.state = kernel.rules.empty(open.id);
  open.requests.clear();
  open.others = null;
  for (const entry of effective(open.folder)) foldEntry(kernel, open, entry);
}

/** Folds one effective entry. What the law cannot take makes the folder unreadable here, and only here. */
export function foldEntry<S>(kernel: Kernel<S>, open: OpenFolder<S>, entry: Entry): void {
  if (isMalformed(entry)) return;
  if (serviceOf(entry.author) === kernel.service) noteRequest(open, entry);
  if (kernel.rules.knows?.(entry.kind) === false) {
    open.trouble ??= new HubError('FOLDER_READ_ONLY', { folder: open.id, kind: entry.kind, service: kernel.service });
    return;
  }
  open.others = null;
  guarded(kernel, open, undefined, () => kernel.rules.fold(open.state, entry));
}

/** Runs a part of the law; when it throws, the folder is set aside and `otherwise` stands. */
export function guarded<S, T>(kernel: Kernel<S>, open: OpenFolder<S>, otherwise: T, law: () => T): T {
  if (open.trouble !== null && open.trouble.code === 'FOLDER_UNREADABLE') return otherwise;
  try {
    return law();
  } catch (cause) {
    // Not the folder's fault: a service that has not been heard of yet.
    if (cause instanceof HubError && cause.retryable) throw cause;
    const error = new HubError('FOLDER_UNREADABLE', { folder: open.id, service: kernel.service, problem: problemOf(cause) }, { cause });
    open.trouble = error;
    kernel.cache.setAside(open.id, error);
    kernel.reports.alarm(error, open.id);
    return otherwise;
  }
}

/** What this service keeps for another beside the entries, as the law of this release reads them; null: nothing. */
export function copiesOwed<S>(kernel: Kernel<S>, open: OpenFolder<S>): Needs | null {
  const { copies } = kernel.rules;
  return copies === undefined ? null : guarded(kernel, open, null, () => copies(open.state, dutyContext(kernel)));
}

function noteRequest<S>(open: OpenFolder<S>, entry: Entry): void {
  const carried = (entry.body as { readonly request?: unknown }).request;
  if (typeof carried !== 'string') return;
  const cut = carried.lastIndexOf('#');
  const id = carried.slice(0, cut);
  const seen = open.requests.get(id);
  if (seen === undefined) open.requests.set(id, { digest: carried.slice(cut + 1), entries: [entry] });
  else seen.entries.push(entry);
}

/** Beside heads that are told to a service: whether they acknowledge. */
export function toldPartial<S>({ succession }: Kernel<S>, { aux, commit }: OpenFolder<S>, service: ServiceName): { readonly partial?: true } {
  return aux.partial || !succession.mayAcknowledge(service, commit) ? { partial: true } : {};
}

/** What others lack, of what is durable here. */
export function missingDurably<S>(open: OpenFolder<S>, theirs: Heads): readonly Entry[] {
  const found = missing(open.folder, theirs);
  return open.pending === null ? found : found.filter((entry) => !open.pending!.has(entry));
}

/** Notes entries that are in memory and not yet in the store. */
export function markPending<S>(open: OpenFolder<S>, entries: readonly Entry[]): void {
  for (const entry of entries) (open.pending ??= new Set()).add(entry);
}
