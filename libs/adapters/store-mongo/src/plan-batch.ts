/** What comes of the appends of a batch, in the order in which they were asked for. Pure. */
import type { AuthorId, FolderId } from '@lienthong/folder';
import type { Append } from '@lienthong/kernel/ports/folder-store';
import { absent } from './folder-write.ts';
import type { FolderWrite, Standing } from './folder-write.ts';

export type Conflict = 'version' | 'incarnation';

/** The append is refused; or it belongs to write `write`, gets the folder's version `version` and the `nth` commit number of the batch, from 0. */
export type Verdict = { readonly conflict: Conflict } | { readonly write: number; readonly version: number; readonly nth: number };

export type Plan = {
  /** One per append. */
  readonly verdicts: readonly Verdict[];
  readonly writes: readonly FolderWrite[];
  /** By write: the place of its last append among the commit numbers. */
  readonly lastNth: readonly number[];
  /** Commit numbers needed. */
  readonly commits: number;
  /** Folders about which what was known decided against an append: it may be old. */
  readonly doubted: readonly FolderId[];
};

/** `takes`: whether an append of this incarnation is taken at all. */
export function planBatch(appends: readonly Append[], known: ReadonlyMap<FolderId, Standing>, takes: (author: AuthorId) => boolean): Plan {
  const versions = new Map<FolderId, number>();
  const order = new Map<FolderId, { readonly at: number; readonly appends: Append[] }>();
  const lastNth: number[] = [];
  const doubted = new Set<FolderId>();
  let commits = 0;
  const verdicts = appends.map((append): Verdict => {
    const { id, expectedVersion } = append;
    if (!takes(append.incarnation)) return { conflict: 'incarnation' };
    const version = versions.get(id) ?? known.get(id)?.version ?? 0;
    if (version !== expectedVersion) {
      if (!order.has(id)) doubted.add(id);
      return { conflict: 'version' };
    }
    const write = order.get(id) ?? { at: order.size, appends: [] };
    order.set(id, write);
    write.appends.push(append);
    versions.set(id, version + 1);
    lastNth[write.at] = commits;
    return { write: write.at, version: version + 1, nth: commits++ };
  });
  const writes = [...order].map(([id, { appends: own }]): FolderWrite => ({ id, before: known.get(id) ?? absent, appends: own }));
  return { verdicts, writes, lastNth, commits, doubted: [...doubted] };
}
