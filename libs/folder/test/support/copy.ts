/** A copy of a folder at one author, who writes what its present state allows. */
import { appendOwn, effective, emptyFolder, headsOf, nextPosition, refKey, union } from '../../src/index.ts';
import type { AuthorId, Entry, Folder, UnionChecks, UnionResult } from '../../src/index.ts';
import type { Content } from './seal-entry.ts';
import { sealEntry, verify } from './seal-entry.ts';

export const folderId = 'f'.repeat(64);

export type Act = Partial<Pick<Content, 'item' | 'term' | 'creates' | 'handsTo' | 'ends' | 'cites' | 'succeeds' | 'kind' | 'body' | 'recordedAt'>>;

/** Named `<service>~<generation>`; a later generation may succeed an earlier one of the same service. */
export const checks: UnionChecks = {
  verify,
  maySucceed: (successor, predecessor) => successor.split('~')[0] === predecessor.split('~')[0] && successor > predecessor,
};

/** The next entry of `author`, as its copy stands. Not taken in yet. */
export function draft(folder: Folder<string>, author: AuthorId, act: Act, signed = true): Entry<string> {
  const { seq, prev, seen, recordedAtFloor } = nextPosition(folder, author);
  const item = act.item ?? '';
  const recordedAt = act.recordedAt ?? recordedAtFloor + 1;
  return sealEntry({
    folder: folder.id, author, seq, prev, seen, item, term: act.term ?? (item === '' ? 0 : folder.items.get(item)?.term ?? 1), creates: act.creates ?? [], handsTo: act.handsTo ?? '',
    ends: act.ends ?? false, cites: act.cites ?? [], succeeds: act.succeeds ?? null, kind: act.kind ?? 'noted', body: act.body ?? '', recordedAt, effectiveAt: recordedAt,
  }, signed);
}

/** Writes into the author's own copy. */
export function write(folder: Folder<string>, author: AuthorId, act: Act): Entry<string> {
  const entry = draft(folder, author, act);
  appendOwn(folder, [entry]);
  return entry;
}

export function copyOf(...entries: readonly (readonly Entry<string>[])[]): Folder<string> {
  const folder = emptyFolder<string>(folderId);
  for (const part of entries) take(folder, part);
  return folder;
}

export function take(folder: Folder<string>, entries: readonly Entry<string>[], over: Partial<UnionChecks> = {}): UnionResult<string> {
  return union(folder, entries, { ...checks, ...over });
}

/** All that a copy says about itself, in one canonical text: two copies are equal exactly when their texts are. */
export function dump(folder: Folder<string>): string {
  const sorted = <T>(entries: Iterable<readonly [string, T]>): [string, T][] => [...entries].map(([key, value]): [string, T] => [key, value]).sort((a, b) => (a[0] < b[0] ? -1 : 1));
  const hashes = (entries: readonly Entry<string>[]): string[] => entries.map((entry) => entry.hash);
  return JSON.stringify({
    logs: sorted([...folder.logs].map(([author, log]) => [author, { entries: hashes(log.entries), seen: sorted(log.seen), forkedAt: log.forkedAt }] as const)),
    branches: sorted([...folder.branches].map(([author, held]) => [author, [...held.keys()].sort()] as const)),
    forks: folder.forks.map(({ author, seq, one, other }) => [author, seq, one.hash, other.hash]),
    items: sorted([...folder.items].map(([id, item]) => [id, {
      ...item, endedBy: item.endedBy?.hash ?? null, tenures: item.tenures.map(({ holder, since, via }) => [holder, since.hash, via?.hash ?? null]),
    }] as const)),
    effects: sorted(folder.effects),
    effective: [...effective(folder)].map(refKey).sort(),
    heads: sorted(Object.entries(headsOf(folder))),
    successions: sorted([...folder.successions].map(([author, { entry, folded }]) => [author, [entry.hash, folded]] as const)),
    origin: folder.origin?.hash ?? null,
    recordedAt: folder.recordedAt,
  }, null, 1);
}
