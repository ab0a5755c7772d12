/**
 * A folder whose stored bytes are not those that were written is set aside, and comes back from those who hold it: what of the store proves itself and what others hold are written
 * in the place of the damaged segments, once nothing is missing. Until then nothing is told of it and nothing written.
 */
import { Generations, headsOf, holds, union } from '@lienthong/folder';
import type { Entry, Folder, FolderId } from '@lienthong/folder';
import { decodeAux } from './aux-record.ts';
import { HubError, problemOf } from './errors.ts';
import { openEntry } from './kernel.ts';
import type { Kernel } from './kernel.ts';
import { copiesOwed, hashAt, isDamage, joinStored, refold, unread } from './open-folder.ts';
import type { OpenFolder } from './open-folder.ts';
import type { StoredFolder } from './ports/folder-store.ts';
import { pullEntries } from './succeed-in-folder.ts';
import { beginWrite, commitWrite } from './write-folder.ts';
import type { FolderWrite } from './write-folder.ts';
import type { SealedEntry } from './wire/folder-update.ts';
import { readSegments } from './wire/segment.ts';
import type { ReadSegment } from './wire/segment.ts';

/** Folders of which it is known when they were tried last; of more, the oldest are tried again at once. */
const maxRemembered = 10_000;

export class Mender<S> {
  readonly #kernel: () => Kernel<S>;
  readonly #tried = new Generations<FolderId, number>(maxRemembered);
  readonly #waiting = new Set<FolderId>();

  constructor(kernel: () => Kernel<S>) {
    this.#kernel = kernel;
  }

  /** The next try needs not wait. */
  tryNow(id: FolderId): void { this.#tried.delete(id); }

  /** Whole and durable when it resolves. Throws FOLDER_DAMAGED while others do not make it so; then it is tried again in time. Under the folder's lock. */
  async mend(id: FolderId, damage: HubError): Promise<void> {
    const kernel = this.#kernel(), { cache, limits, world } = kernel, now = world.now(), tried = this.#tried.get(id);
    if (!isDamage(cache.trouble(id))) { cache.setAside(id, damage); kernel.reports.alarm(damage, id); }
    if (tried !== undefined && now >= tried && now < tried + limits.peerRetryMs) throw damage;
    this.#tried.set(id, now);
    const problem = await rewrite(kernel, id).catch(problemOf);
    if (problem === null) return cache.takeBack(id);
    this.#tryLater(id);
    throw new HubError('FOLDER_DAMAGED', { ...damage.meta, problem: `${damage.meta['problem']}; ${problem}` }, { cause: damage });
  }

  #tryLater(id: FolderId): void {
    const { world, limits, locks } = this.#kernel();
    if (this.#waiting.has(id)) return;
    this.#waiting.add(id);
    world.later(limits.troubledWakeMs, () => {
      this.#waiting.delete(id);
      void locks.run(id, () => this.#again(id), true).catch(() => {});
    });
  }

  async #again(id: FolderId): Promise<void> {
    const damage = this.#kernel().cache.trouble(id);
    if (isDamage(damage)) await this.mend(id, damage);
  }
}

/** Why it cannot be; null: it is done. */
async function rewrite<S>(kernel: Kernel<S>, id: FolderId): Promise<string | null> {
  const stored = await kernel.store.load(id);
  if (stored === undefined) return 'it is gone';
  const { good, suspect } = sift(stored), open: OpenFolder<S> = { ...unread(kernel, id, stored, kernel.author), trouble: null };
  const kept = entriesIn(kernel, good);
  joinStored(kernel, open.folder, kept);
  open.durableHeads = headsOf(open.folder);
  const others = kernel.directory.services().filter((one) => one !== kernel.service);
  const asked = await Promise.allSettled(others.map((service) => pullEntries(kernel, open, service)));
  const shown = asked.flatMap((one) => (one.status === 'fulfilled' ? one.value : []));
  const offered = [...entriesIn(kernel, [...suspect.values()].flatMap(({ entries }) => entries)), ...shown];
  const joined = union(open.folder, offered, { verify: kernel.verify, maySucceed: kernel.keys.maySucceed, sealed: (author) => kernel.record.isSealed(author), faults: kernel.folderFaults });
  const write = beginWrite(kernel, open), inPlace = new Set(kept.map(({ hash }) => hash));
  write.received.push(...joined.stored.filter(({ hash }) => !inPlace.has(hash)));
  if (!kept.every((entry) => isHeld(open.folder, entry)) || ![...suspect.values()].every((segment) => isBack(kernel, write, stored, segment))) {
    const away = others.filter((_, at) => asked[at]!.status === 'rejected');
    return `nobody shows what is missing${away.length === 0 ? '' : `; not asked: ${away.join(', ')}`}`;
  }
  open.aux = auxOf(stored, open);
  refold(kernel, open);
  write.supersedes = [...suspect.keys()];
  write.partial ||= copiesOwed(kernel, open) !== null;
  write.again = write.auxChanged = true;
  return await commitWrite(kernel, write) === 'written' ? null : 'it was written meanwhile';
}

type Sifted = { readonly good: readonly SealedEntry[]; readonly suspect: ReadonlyMap<number, ReadSegment> };

/** Where no checksum tells which segment is damaged, each that has none may be. */
function sift({ segments }: StoredFolder): Sifted {
  const { entries, damaged, unchecked } = readSegments(segments);
  if (damaged.size > 0) return { good: entries, suspect: damaged };
  const doubted = new Set([...unchecked.values()].flatMap((segment) => segment.entries));
  return { good: entries.filter((one) => !doubted.has(one)), suspect: unchecked };
}

/** Those that are entries. */
function entriesIn<S>(kernel: Kernel<S>, sealed: readonly SealedEntry[]): readonly Entry[] {
  return sealed.flatMap((one) => { try { return [openEntry(kernel, one)]; } catch { return []; } });
}

function isHeld(folder: Folder, entry: Entry): boolean {
  return holds(folder, entry.author, entry);
}

/**
 * All that stood in a damaged segment is held again: an entry by its hash, a damaged one by its proof; one without is under the next of its author, which hangs on it. Where not
 * even their number can be read: all others had acknowledged everything, and something came back.
 */
function isBack<S>(kernel: Kernel<S>, { open, received }: FolderWrite<S>, stored: StoredFolder, { entries, damage }: ReadSegment): boolean {
  if (damage === 'framing') return !stored.unsettled && received.length > 0;
  const hashes = new Set(open.folder.order.map(({ hash }) => hash)), proofs = new Set(open.folder.order.map(({ proof }) => proofText(proof)));
  return entries.every(({ bytes, proof }, at) => hashes.has(kernel.world.hash(bytes)) || (proof === null ? at < entries.length - 1 : proofs.has(proofText(proof))));
}

/** Entries that were signed together share the signature, and differ in the path. */
const proofText = (proof: SealedEntry['proof']): string => (proof === null ? '' : Buffer.concat([proof.signature, ...(proof.path === undefined ? [] : [proof.path])]).toString('latin1'));

/** What others had acknowledged is learned again where it cannot be read. */
function auxOf<S>({ aux }: StoredFolder, { folder, aux: nothing }: OpenFolder<S>): OpenFolder<S>['aux'] {
  try { return decodeAux(aux, hashAt(folder)); } catch { return nothing; }
}
