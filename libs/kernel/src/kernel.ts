/** What the parts of one service's kernel share. Built once by `createParticipant`. */
import type { AuthorId, Entry, Faults, FolderId, Proof, Verify } from '@lienthong/folder';
import { HubError } from './errors.ts';
import type { CopyCheck } from './copy-check.ts';
import type { KernelFault } from './faults.ts';
import type { FolderCache } from './folder-cache.ts';
import type { FolderLocks } from './folder-locks.ts';
import type { KernelRecord } from './kernel-record.ts';
import type { Mender } from './mend-folder.ts';
import type { KernelLimits } from './options.ts';
import type { EffectRunner } from './perform-effects.ts';
import type { PeerCopies } from './peer-copies.ts';
import type { Directory } from './ports/directory.ts';
import type { Commit } from './ports/folder-store.ts';
import type { Peers } from './ports/peer.ts';
import { serviceOf } from './ports/directory.ts';
import type { Keys, World } from './ports/world.ts';
import type { Arriving } from './receive-entries.ts';
import type { RestPuller } from './pull-rest.ts';
import type { Relay } from './relay.ts';
import type { Reports } from './reports.ts';
import type { DutyContext, Rules, ServiceName } from './rules.ts';
import { sameProof } from './same-proof.ts';
import type { Settler } from './settle.ts';
import type { Succession } from './succession.ts';
import type { UniqueValues } from './unique-values.ts';
import type { VerifiedEntries } from './verified-entries.ts';
import type { ChangeWatch } from './watch-changes.ts';
import type { TimeWatch } from './watch-time.ts';
import type { WatchedStore } from './watched-store.ts';
import { decodeEntry } from './wire/entry-codec.ts';
import type { SealedEntry } from './wire/folder-update.ts';

export type Kernel<S> = {
  readonly service: ServiceName;
  /** This run of the process; names who holds a claim. */
  readonly instance: string;
  readonly world: World;
  readonly keys: Keys;
  readonly store: WatchedStore;
  readonly rules: Rules<S>;
  readonly directory: Directory;
  readonly peers: Peers;
  readonly limits: KernelLimits;
  readonly faults: ReadonlySet<KernelFault>;
  readonly folderFaults: Faults;
  readonly sharedStore: boolean;
  readonly reports: Reports;
  /** What others sent and was not taken, since the process began. */
  readonly refused: { count: number };
  readonly entries: VerifiedEntries;
  readonly verify: Verify;
  readonly record: KernelRecord;
  readonly locks: FolderLocks;
  readonly arriving: Map<FolderId, Arriving>;
  /** Seals that are being given, or were, by giver and author. */
  readonly sealing: Map<string, Promise<void>>;
  readonly cache: FolderCache<S>;
  readonly copies: CopyCheck;
  /** What the law may ask of this kernel, whenever it is called. */
  readonly asks: Pick<DutyContext, 'authorOf' | 'isMine'>;
  readonly unique: UniqueValues<S>;
  readonly changes: ChangeWatch;
  readonly peerCopies: PeerCopies<S>;
  readonly relay: Relay<S>;
  readonly rest: RestPuller<S>;
  readonly mender: Mender<S>;
  readonly settler: Settler<S>;
  readonly effects: EffectRunner<S>;
  readonly time: TimeWatch;
  readonly succession: Succession<S>;
  /** The present incarnation, and those before it. */
  author: AuthorId;
  predecessors: readonly AuthorId[];
  /** The highest durable commit of this store. */
  commit: Commit;
};

export function isMine<S>(kernel: Kernel<S>, author: AuthorId): boolean {
  return author === kernel.author || kernel.predecessors.includes(author);
}

export function dutyContext<S>(kernel: Kernel<S>): DutyContext {
  const { service, author, world, asks } = kernel;
  return { service, author, now: world.now(), authorOf: asks.authorOf, isMine: asks.isMine };
}

/** The incarnation to which something is handed. Throws PEER_UNREACHABLE for a service that has never been heard of. */
export function authorOf<S>(kernel: Kernel<S>, service: ServiceName): AuthorId {
  if (service === kernel.service) return kernel.author;
  const author = kernel.directory.authorOf(service);
  if (author === undefined) throw new HubError(kernel.directory.services().includes(service) ? 'PEER_UNREACHABLE' : 'UNKNOWN_SERVICE', { service, problem: 'never heard of' });
  return author;
}

/** Makes the kernel's own record durable; it counts as a commit like any other. Throws SUCCESSION_PENDING when another incarnation has taken over the store. */
export async function saveRecord<S>(kernel: Kernel<S>): Promise<void> {
  const { author, service, record, succession } = kernel;
  const commit = await record.save(author);
  if (commit === 'refused') {
    await succession.refused(author);
    throw new HubError('SUCCESSION_PENDING', { service, waitsFor: succession.awaited });
  }
  kernel.commit = Math.max(kernel.commit, commit);
}

/** How far the succession has come. What could not be made durable is not so: it is done again. */
export async function noteStep<S>(kernel: Kernel<S>, step: 'succeededAs' | 'recoveredAs' | 'inspectedAs', author: AuthorId): Promise<void> {
  const { record } = kernel, before = record[step];
  record[step] = author;
  await saveRecord(kernel).catch((cause: unknown) => {
    record[step] = before;
    throw cause;
  });
}

/** The incarnation behind whatever names a service or an incarnation. */
export function serviceNamed(name: AuthorId | ServiceName): ServiceName {
  return name.includes('~') ? serviceOf(name) : name;
}

/** Bytes to an entry, once per process. Throws an Error when they are none. */
export function openEntry<S>(kernel: Kernel<S>, sealed: SealedEntry): Entry {
  const { bytes, proof } = sealed;
  let entry = kernel.entries.ofItself(sealed);
  if (entry === undefined) {
    const hash = kernel.world.hash(bytes);
    entry = kernel.entries.ofHash(hash);
    if (entry === undefined) kernel.entries.remember(entry = decodeEntry(ofItsOwn(bytes), hash, proofOfItsOwn(proof)));
  }
  return sameProof(entry.proof, proof) ? entry : { ...entry, proof: proofOfItsOwn(proof) };
}

/** Entries outlive the message that brought them: a slice of it would keep the whole, or a pool of 64 KiB, in memory for as long. */
function ofItsOwn(bytes: Uint8Array): Uint8Array {
  return bytes.buffer.byteLength === bytes.byteLength ? bytes : new Uint8Array(bytes);
}

function proofOfItsOwn(proof: Proof | null): Proof | null {
  if (proof === null) return null;
  const { keyId, signature, path } = proof;
  return { keyId, signature: ofItsOwn(signature), ...(path === undefined ? {} : { path: ofItsOwn(path) }) };
}
