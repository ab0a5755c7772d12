/** The first entries of a new incarnation in a folder: which branch of its predecessors' logs counts. */
import { chooseHead, tipsOf } from '@lienthong/folder';
import { HubError, problemOf } from './errors.ts';
import { openEntry } from './kernel.ts';
import type { Kernel } from './kernel.ts';
import { headsIn } from './open-folder.ts';
import type { OpenFolder } from './open-folder.ts';
import type { ServiceName } from './rules.ts';
import { takeEntries, writeSuccession } from './write-folder.ts';
import type { FolderWrite } from './write-folder.ts';

/** True until this incarnation has written in a folder that its predecessors may have to do with. */
export function needsSuccession<S>(kernel: Kernel<S>, open: OpenFolder<S>): boolean {
  if (kernel.predecessors.length === 0 || open.folder.logs.has(kernel.author)) return false;
  return open.folder.logs.size > 0 || kernel.record.recoveredAs !== kernel.author;
}

/**
 * Newest predecessor first; an older one only when no succession of it lies under the head chosen before. Until recovery has gone through what peers have shown,
 * they are asked for what they hold of this folder: all of them, for all of them have sealed. Throws SUCCESSION_PENDING when one cannot be asked.
 */
export async function succeedInFolder<S>(kernel: Kernel<S>, write: FolderWrite<S>): Promise<void> {
  const { open } = write;
  if (!needsSuccession(kernel, open)) return;
  if (kernel.record.recoveredAs !== kernel.author) await pullFromAll(kernel, write);
  if (open.folder.logs.size === 0) return;
  for (const predecessor of kernel.predecessors) {
    if (open.folder.successions.has(predecessor)) continue;
    writeSuccession(kernel, write, { predecessor, head: chooseHead(tipsOf(open.folder, predecessor)) });
  }
}

async function pullFromAll<S>(kernel: Kernel<S>, write: FolderWrite<S>): Promise<void> {
  const others = kernel.directory.services().filter((service) => service !== kernel.service);
  await Promise.all(others.map((service) => pullFrom(kernel, write, service)));
}

async function pullFrom<S>(kernel: Kernel<S>, write: FolderWrite<S>, service: ServiceName): Promise<void> {
  const { peers, limits, author } = kernel;
  try {
    const pulled = await peers.to(service).pull(author, write.open.id, headsIn(write.open), limits.peerDeadlineMs);
    if (!kernel.succession.isSealedBy(service, pulled.author)) throw new Error('its seal does not count any more');
    if (pulled.entries.length > 0) takeEntries(kernel, write, pulled.entries.map((one) => openEntry(kernel, one)));
  } catch (cause) {
    throw new HubError('SUCCESSION_PENDING', { service: kernel.service, waitsFor: `${service} (${problemOf(cause)})` }, { cause });
  }
}

/** Entries of the own present author that this store does not hold, whatever they say, prove that it is behind. */
export function isForeignToStore<S>(open: OpenFolder<S>, author: string, seq: number, hash: string): boolean {
  const held = open.folder.logs.get(author)?.entries[seq - 1];
  return held === undefined || held.hash !== hash;
}

