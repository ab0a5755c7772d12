/** The first entries of a new incarnation in a folder: which branch of its predecessors' logs counts. */
import { chooseHead, holds, tipsOf } from '@lienthong/folder';
import type { AuthorId, Entry, Head, Heads } from '@lienthong/folder';
import { asHubError, HubError, problemOf } from './errors.ts';
import { openEntry } from './kernel.ts';
import type { Kernel } from './kernel.ts';
import type { OpenFolder } from './open-folder.ts';
import type { ServiceName } from './rules.ts';
import { beginWrite, commitWrite, takeEntries, writeSuccession } from './write-folder.ts';
import type { FolderWrite } from './write-folder.ts';

/** True until this incarnation has written in a folder that its predecessors may have to do with. `shown`: what somebody holds of it. */
export function needsSuccession<S>(kernel: Kernel<S>, open: OpenFolder<S>, shown: readonly Entry[] = []): boolean {
  if (kernel.predecessors.length === 0 || open.folder.logs.has(kernel.author)) return false;
  return open.folder.logs.size + shown.length > 0 || kernel.record.recoveredAs !== kernel.author || kernel.succession.goesOnWithout.length > 0;
}

/**
 * Newest predecessor first; an older one only when no succession of it lies under the head chosen before. Until recovery has gone through what peers have shown,
 * they are asked for what they hold of this folder: all of them, for all of them have sealed. Throws SUCCESSION_PENDING when one cannot be asked, or a newer incarnation has come
 * since the write was begun. After a forced one a folder of which nobody shows anything may be known to whoever is away: what he holds of the predecessors there is voided before
 * anything else is written.
 * `alsoShown`: what somebody has shown already.
 */
export async function succeedInFolder<S>(kernel: Kernel<S>, write: FolderWrite<S>, alsoShown: readonly Entry[] = []): Promise<void> {
  const { open } = write;
  if (!needsSuccession(kernel, open, alsoShown)) return;
  const asked = await shownByPeers(kernel, open);
  // The one that writes is among the predecessors of the one that has come meanwhile, and would succeed itself.
  if (write.author !== kernel.author) throw new HubError('SUCCESSION_PENDING', { service: kernel.service, waitsFor: kernel.succession.awaited });
  const shown = [...alsoShown, ...asked];
  const choosing = kernel.predecessors.filter((one) => !open.folder.successions.has(one)).map((predecessor) => ({ predecessor, head: headAmong(open, shown, predecessor) }));
  if (shown.length > 0) takeEntries(kernel, write, shown, choosing);
  if (open.folder.logs.size === 0 && kernel.succession.goesOnWithout.length === 0) return;
  for (const succeeds of choosing) if (!open.folder.successions.has(succeeds.predecessor)) writeSuccession(kernel, write, succeeds);
}

/**
 * After a forced succession, where nothing is held: there would be nothing in the folder but what voids whatever somebody who is away may hold. Nothing of that is voided before
 * something stands in its place.
 */
export function wouldOnlyVoid<S>({ open, received }: FolderWrite<S>): boolean {
  return received.length === 0 && open.folder.order.every((entry) => entry.succeeds !== null);
}

/** The longest branch that is held or was shown. */
function headAmong<S>(open: OpenFolder<S>, shown: readonly Entry[], predecessor: AuthorId): Head | null {
  const entries = shown.filter((entry) => entry.author === predecessor);
  const continued = new Set(entries.map((entry) => entry.prev));
  return chooseHead([...tipsOf(open.folder, predecessor), ...entries.filter((entry) => !continued.has(entry.hash))]);
}

/** Whose copies were not gone through yet. Whoever is away is not asked before he has sealed. */
function toAsk<S>({ record, author, directory, service, succession }: Kernel<S>): readonly ServiceName[] {
  const without = succession.goesOnWithout;
  const back = without.filter((one) => succession.hasSealed(one));
  return record.recoveredAs === author ? back : [...directory.services().filter((one) => one !== service && !without.includes(one)), ...back];
}

/** What a peer holds beyond what is durable here. */
export async function pullEntries<S>(kernel: Kernel<S>, open: OpenFolder<S>, service: ServiceName): Promise<readonly Entry[]> {
  const pulled = await kernel.peers.to(service).pull(kernel.author, open.id, open.durableHeads, kernel.limits.peerDeadlineMs);
  return pulled.entries.map((one) => openEntry(kernel, one));
}

/** What peers hold beyond this copy. Most have nothing of a folder, and the others mostly the same: nobody is asked for entries that another one has given. */
async function shownByPeers<S>(kernel: Kernel<S>, open: OpenFolder<S>): Promise<readonly Entry[]> {
  const held = await Promise.all(toAsk(kernel).map(async (service) => ({ service, heads: await headsAt(kernel, open, service) }))), shown: Entry[] = [];
  for (const { service, heads } of held.sort((a, b) => entriesUnder(b.heads) - entriesUnder(a.heads))) {
    if (heads === null || !isShown(kernel, open, heads, shown)) shown.push(...await answered(kernel, service, () => pullSealed(kernel, open, service), []));
  }
  return shown;
}

const entriesUnder = (heads: Heads | null): number => Object.values(heads ?? {}).reduce((sum, { seq }) => sum + seq, 0);

/** Held here, or among what somebody has given, under its signature. */
function isShown<S>({ verify }: Kernel<S>, { id, folder }: OpenFolder<S>, heads: Heads, shown: readonly Entry[]): boolean {
  const isGiven = (author: AuthorId, { seq, hash }: Head): boolean => shown.some((entry) =>
    entry.hash === hash && entry.seq === seq && entry.author === author && entry.folder === id && entry.proof !== null && verify(author, hash, entry.proof));
  return Object.entries(heads).every(([author, head]) => holds(folder, author, head) || isGiven(author, head));
}

/** Null: it must be asked for its entries to know. */
function headsAt<S>(kernel: Kernel<S>, { id }: OpenFolder<S>, service: ServiceName): Promise<Heads | null> {
  return answered(kernel, service, async () => {
    const held = await kernel.peerCopies.headsAt(service, id);
    if (held !== null) assertSealedBy(kernel, service, held.author);
    return held === null ? null : held.heads;
  }, {});
}

async function pullSealed<S>(kernel: Kernel<S>, open: OpenFolder<S>, service: ServiceName): Promise<readonly Entry[]> {
  const pulled = await kernel.peerCopies.pull(service, open.id, open.durableHeads);
  assertSealedBy(kernel, service, pulled.author);
  return pulled.entries.map((one) => openEntry(kernel, one));
}

function assertSealedBy<S>({ service: own, succession, directory }: Kernel<S>, service: ServiceName, author: AuthorId): void {
  directory.announce(author);
  if (!succession.isSealedBy(service, author) || (succession.goesOnWithout.includes(service) && !succession.hasSealed(service))) throw new HubError('SUCCESSION_PENDING', { service: own, waitsFor: service });
}

/** Who does not answer has not sealed; or the operator has said that he is not waited for, and `otherwise` stands. */
async function answered<S, T>({ faults, succession, service: own }: Kernel<S>, service: ServiceName, ask: () => Promise<T>, otherwise: T): Promise<T> {
  try {
    return await ask();
  } catch (cause) {
    if (faults.has('write-unsealed') || succession.goesOnWithout.includes(service)) return otherwise;
    throw new HubError('SUCCESSION_PENDING', { service: own, waitsFor: `${service} (${problemOf(cause)})` }, { cause });
  }
}

/**
 * Before entries of a predecessor are sent: whoever has sealed it takes them only together with its succession. Under the folder's lock. What cannot be done now is
 * done when it is sent again.
 */
export async function succeedBeforeSending<S>(kernel: Kernel<S>, open: OpenFolder<S>): Promise<void> {
  if (!kernel.succession.ready || !needsSuccession(kernel, open)) return;
  if (!kernel.predecessors.some((one) => open.folder.logs.has(one))) return;
  const write = beginWrite(kernel, open);
  try {
    await succeedInFolder(kernel, write);
    // What was taken over is looked after when the folder is woken.
    write.again = true;
    await commitWrite(kernel, write);
  } catch (cause) {
    kernel.cache.drop(open.id);
    if (!asHubError(cause).retryable) throw cause;
  }
}

/** Entries of the own present author that this store does not hold, whatever they say, prove that it is behind. */
export function isForeignToStore<S>(open: OpenFolder<S>, author: string, seq: number, hash: string): boolean {
  const held = open.folder.logs.get(author)?.entries[seq - 1];
  return held === undefined || held.hash !== hash;
}

