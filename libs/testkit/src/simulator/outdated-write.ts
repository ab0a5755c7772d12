/** A process that slept through a handoff wakes up and writes on, under the term that it had: rightly signed, at the end of its own log. Nobody may move for it. */
import { hash as digest } from 'node:crypto';
import { emptyFolder, headsOf, nextPosition, union } from '@lienthong/folder';
import type { Folder, FolderId, Item } from '@lienthong/folder';
import { decodeEntry, encodeEntry } from '@lienthong/kernel';
import type { FolderUpdate, SealedEntry } from '@lienthong/kernel';
import { wholeEntries } from '../whole-entries.ts';
import type { Hub } from './hub.ts';
import type { SimService } from './sim-service.ts';

/** False: no folder holds an item that this service has handed on. */
export function writeOutdated(hub: Hub, service: SimService): boolean {
  for (const [id, row] of service.store.backup().rows) {
    const folder = folderOf(hub, id, row.segments);
    const item = folder.logs.has(service.author) ? handedOn(folder, service.author) : undefined;
    if (item === undefined) continue;
    const update = updateWith(hub, service, folder, item.id, item.term - 1);
    for (const other of hub.services) if (other !== service) hub.network.carry(service.name, other.name, update);
    return true;
  }
  return false;
}

function folderOf(hub: Hub, id: FolderId, segments: readonly Uint8Array[]): Folder {
  const folder = emptyFolder(id);
  const entries = wholeEntries(segments).map(({ bytes, proof }) => decodeEntry(bytes, digest('sha256', bytes, 'hex'), proof));
  union(folder, entries, { verify: () => true, maySucceed: hub.keys.maySucceed });
  return folder;
}

/** An item that the author held under the term before the present one, and passed on. */
function handedOn(folder: Folder, author: string): Item | undefined {
  return [...folder.items.values()].find((item) => !item.ended && item.holder !== author && item.tenures.at(-2)?.holder === author && item.tenures.at(-1)?.since.author === author);
}

function updateWith(hub: Hub, service: SimService, folder: Folder, item: string, term: number): FolderUpdate {
  const { author } = service, { seq, prev, seen, recordedAtFloor } = nextPosition(folder, author);
  const recordedAt = Math.max(hub.queue.now, recordedAtFloor);
  const body = { office: 'land', service: service.name, reason: 'ngủ quên', by: { office: 'land', officer: 'Bình' } };
  const content = { folder: folder.id, author, seq, prev, seen, item, term, creates: [], handsTo: author, ends: false, cites: [], succeeds: null, kind: 'leg-rerouted', recordedAt, effectiveAt: recordedAt };
  const bytes = encodeEntry(content, new TextEncoder().encode(JSON.stringify(body)));
  const entry: SealedEntry = { bytes, proof: hub.keys.of(service.name).sign(author, digest('sha256', bytes, 'hex')) };
  return { folder: folder.id, sender: author, heads: headsOf(folder), entries: [entry], wantsReply: false, mark: 0 };
}
