/** One write of one folder: all that a batch brings for it, as documents. Pure. */
import { Binary } from 'mongodb';
import type { AnyBulkWriteOperation, UpdateFilter } from 'mongodb';
import type { FolderId } from '@lienthong/folder';
import type { Append, Aside, Commit } from '@lienthong/kernel/ports/folder-store';
import { asideKey, indexKey, recentCommits, segmentKey } from './stored-documents.ts';
import type { BesideDocument, FlightItem, FolderDocument, SegmentRef } from './stored-documents.ts';

/** A folder's segments lie in its own document up to here; later ones beside it. Nearly all folders stay below for life. */
export const maxInlineBytes = 256 * 1024;
/** A reference takes about 40 bytes, so that with this many, `maxInlineBytes` and the port's limits a document stays below 8 of the 16 MiB it may have. */
export const maxSegments = 65_536;

/** What is known of a folder's document before a write. */
export type Standing = { readonly exists: boolean; readonly version: number; readonly fence: number; readonly inline: number; readonly count: number };

export const absent: Standing = { exists: false, version: 0, fence: 0, inline: 0, count: 0 };

/** Appends to one folder that follow each other: they land together or not at all. */
export type FolderWrite = { readonly id: FolderId; readonly before: Standing; readonly appends: readonly Append[] };

/** What lies beside the folder and counts no more, now that it is known whether the write landed; to be deleted in this order. */
export function leftoversOf(write: FolderWrite, commit: Commit, landed: boolean): AnyBulkWriteOperation<BesideDocument>[] {
  const { id, before: { version } } = write, asides = asidesOf(write);
  return landed ? superseded({ id, version, commit }, asides.map(({ name }) => name), asides.some(({ bytes }) => bytes === null)) : withdrawn({ id, commit });
}

/** What a write that did not land had laid beside its folder. */
export function withdrawn({ id, commit }: Pick<FlightItem, 'id' | 'commit'>): AnyBulkWriteOperation<BesideDocument>[] {
  return [{ deleteMany: { filter: { f: id, w: commit } } }];
}

/** What a write that landed has replaced, and its removals: these go last, when they have nothing more to hide. `names`: of the asides that it brought. */
export function superseded({ id, version, commit }: Pick<FlightItem, 'id' | 'version' | 'commit'>, names: readonly string[], removes: boolean): AnyBulkWriteOperation<BesideDocument>[] {
  // Before a folder's first write there is nothing to replace.
  const replaced: AnyBulkWriteOperation<BesideDocument>[] = version === 0 || names.length === 0 ? [] : [{ deleteMany: { filter: { f: id, n: { $in: [...names] }, w: { $lt: commit } } } }];
  return removes ? [...replaced, { deleteMany: { filter: { f: id, w: commit, n: { $ne: null }, b: null } } }] : replaced;
}

/** How the folder stands when it has landed. */
export function standingAfter(write: FolderWrite): Standing {
  const { inline, stored } = placed(write, 0);
  return { exists: true, version: write.before.version + write.appends.length, fence: write.before.fence, inline, count: write.before.count + stored.length };
}

export function flightItem(write: FolderWrite, commit: Commit): FlightItem {
  const beside = write.appends.some(({ asides }) => (asides?.length ?? 0) > 0) || placed(write, commit).refs.length > 0;
  return { id: write.id, version: write.before.version, fence: write.before.fence, commit, beside };
}

/** What must be durable before the folder's own write. `commit`: of the last append. */
export function besideOf(write: FolderWrite, commit: Commit): BesideDocument[] {
  const segments = placed(write, commit).refs.map(({ ref, segment }): BesideDocument => ({ _id: segmentKey(write.id, ref), f: write.id, w: commit, n: null, b: new Binary(segment) }));
  const asides = asidesOf(write).map(({ name, bytes }, at): BesideDocument => ({ _id: asideKey(write.id, commit, at), f: write.id, w: commit, n: name, b: bytes === null ? null : new Binary(bytes) }));
  return [...segments, ...asides];
}

/** The write that is the moment of truth. */
export function operationOf(write: FolderWrite, commit: Commit): AnyBulkWriteOperation<FolderDocument> {
  const { id, before } = write;
  if (!before.exists) return { insertOne: { document: firstDocument(write, commit) } };
  return { updateOne: { filter: { _id: id, version: before.version, fence: before.fence }, update: updateOf(write, commit) } };
}

function firstDocument(write: FolderWrite, commit: Commit): FolderDocument {
  const last = write.appends.at(-1)!;
  const { inline, stored } = placed(write, commit);
  return {
    _id: write.id, version: write.appends.length, fence: 0, commit, incarnation: last.incarnation, segments: stored, count: stored.length, inline, aux: new Binary(newest(write, 'aux') ?? new Uint8Array(0)),
    wakeAt: last.wakeAt, unsettled: last.unsettled, index: keysOf(write) ?? [], recent: [commit], asides: asidesOf(write).length > 0 ? [commit] : [],
  };
}

function updateOf(write: FolderWrite, commit: Commit): UpdateFilter<FolderDocument> {
  const last = write.appends.at(-1)!;
  const { inline, stored } = placed(write, commit);
  const aux = newest(write, 'aux');
  const index = keysOf(write);
  return {
    $set: {
      version: write.before.version + write.appends.length, commit, incarnation: last.incarnation, wakeAt: last.wakeAt, unsettled: last.unsettled,
      ...(aux && { aux: new Binary(aux) }), ...(index && { index }), ...(stored.length > 0 && { inline, count: write.before.count + stored.length }),
    },
    $push: {
      recent: { $each: [commit], $slice: -recentCommits },
      ...(stored.length > 0 && { segments: { $each: stored } }),
      ...(asidesOf(write).length > 0 && { asides: commit }),
    },
  };
}

type Placed = {
  readonly inline: number;
  /** In the order in which they follow in the folder. */
  readonly stored: (Binary | SegmentRef)[];
  readonly refs: readonly { readonly ref: SegmentRef; readonly segment: Uint8Array }[];
};

/** Which segments go into the folder's document. Once one has gone beside it the later ones do, too, unless they still fit. */
function placed({ id, before, appends }: FolderWrite, commit: Commit): Placed {
  const stored: (Binary | SegmentRef)[] = [];
  const refs: { ref: SegmentRef; segment: Uint8Array }[] = [];
  let { inline } = before;
  for (const { segment } of appends) {
    if (segment === undefined) continue;
    if (inline + segment.byteLength <= maxInlineBytes) {
      inline += segment.byteLength;
      stored.push(new Binary(segment));
    } else {
      const ref = { w: commit, at: refs.length };
      refs.push({ ref, segment });
      stored.push(ref);
    }
  }
  if (before.count + stored.length > maxSegments) throw new RangeError(`folder ${id}: more than ${maxSegments} segments`);
  return { inline, stored, refs };
}

function newest<K extends 'aux' | 'index'>({ appends }: FolderWrite, what: K): Append[K] | undefined {
  return appends.findLast((append) => append[what] !== undefined)?.[what];
}

function keysOf(write: FolderWrite): string[] | undefined {
  const index = newest(write, 'index');
  if (index === undefined) return undefined;
  return [...new Set(Object.entries(index).flatMap(([field, values]) => values.map((value) => indexKey(field, value))))];
}

/** By name, the last of each. */
function asidesOf({ appends }: FolderWrite): readonly Aside[] {
  const byName = new Map<string, Aside>();
  for (const { asides } of appends) for (const aside of asides ?? []) byName.set(aside.name, aside);
  return [...byName.values()];
}
