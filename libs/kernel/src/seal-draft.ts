/** A draft becomes an entry of this author's log: position, term, times, bytes, hash. The signature comes with the write. */
import { nextPosition } from '@lienthong/folder';
import type { Entry, Folder, Hash, Succeeds } from '@lienthong/folder';
import { HubError } from './errors.ts';
import type { Kernel } from './kernel.ts';
import type { OpenFolder } from './open-folder.ts';
import type { Draft } from './rules.ts';
import type { FolderWrite } from './write-folder.ts';
import { encodeBody, encodeEntry } from './wire/entry-codec.ts';

/** `request`: `<request id>#<16 characters of its digest>`, kept in the body; null for a duty. Throws ENTRY_TOO_LARGE, LOG_FULL, INTERNAL. */
export function sealDraft<S>(kernel: Kernel<S>, write: FolderWrite<S>, draft: Draft, request: string | null): Entry {
  return sealEntry(kernel, write, draft, request, null);
}

/** The entry by which this incarnation takes the place of one before it. */
export function sealSuccession<S>(kernel: Kernel<S>, write: FolderWrite<S>, succeeds: Succeeds): Entry {
  return sealEntry(kernel, write, { item: '', kind: 'succeeds', body: {} }, null, succeeds);
}

type Sealing = Omit<Entry, 'bytes' | 'hash'> & { bytes: Uint8Array; hash: Hash };

const noBytes = new Uint8Array(0);

function sealEntry<S>(kernel: Kernel<S>, { open, author }: FolderWrite<S>, draft: Draft, request: string | null, succeeds: Succeeds | null): Entry {
  const position = nextPosition(open.folder, author);
  checkRoom(kernel, open, position.seq, request !== null);
  const recordedAt = Math.max(kernel.world.now(), position.recordedAtFloor);
  const body = encodeBody(request === null ? draft.body : { ...draft.body, request });
  // One object, made at once: entries are kept for long, and one that grows afterwards takes more room.
  const entry: Sealing = {
    folder: open.id, author, seq: position.seq, prev: position.prev, seen: position.seen, item: draft.item, term: termOf(open.folder, draft),
    creates: draft.creates ?? [], handsTo: draft.handsTo ?? '', ends: draft.ends ?? false, cites: draft.cites ?? [], succeeds, kind: draft.kind, body: body.value,
    recordedAt, effectiveAt: draft.effectiveAt ?? recordedAt, bytes: noBytes, hash: '', proof: null,
  };
  const bytes = encodeEntry(entry, body.bytes);
  const { maxEntryBytes } = kernel.limits;
  if (bytes.byteLength > maxEntryBytes) throw new HubError('ENTRY_TOO_LARGE', { kind: draft.kind, bytes: String(bytes.byteLength), limit: String(maxEntryBytes) });
  entry.bytes = bytes;
  entry.hash = kernel.world.hash(bytes);
  return entry;
}

function termOf(folder: Folder, draft: Draft): number {
  if (draft.item === '') return 0;
  const item = folder.items.get(draft.item);
  if (item === undefined) throw new HubError('INTERNAL', { problem: `${draft.kind} on ${draft.item}, which does not exist`, id: folder.id });
  return item.term;
}

/** Commands leave room for duties and closing. */
function checkRoom<S>(kernel: Kernel<S>, open: OpenFolder<S>, seq: number, isCommand: boolean): void {
  const { maxEntriesPerAuthor, reservedEntries } = kernel.limits;
  const limit = isCommand ? maxEntriesPerAuthor - reservedEntries : maxEntriesPerAuthor;
  if (seq > limit) throw new HubError(isCommand ? 'LOG_FULL' : 'FOLDER_FULL', { folder: open.id, service: kernel.service, entries: String(seq - 1), limit: String(limit) });
}
