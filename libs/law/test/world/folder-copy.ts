/** One service's copy of a folder and the dossier that it means. Toy hashes, every entry signed by nobody in particular. */
import { appendOwn, effective, effectOf, emptyFolder, nextPosition, union } from '@lienthong/folder';
import type { Folder, Succeeds } from '@lienthong/folder';
import type { AuthorId, Draft, ItemId, LawBody } from '../../src/types.ts';
import { emptyDossier } from '../../src/dossier.ts';
import type { Dossier, LawEntry } from '../../src/dossier.ts';
import { fold } from '../../src/fold.ts';

const checks = { verify: () => true, maySucceed: () => true };
const proof = { keyId: 'toy', signature: new Uint8Array() };

export class FolderCopy {
  readonly folder: Folder<LawBody> = emptyFolder('folder');
  dossier: Dossier = emptyDossier('folder');

  /** Entries held, causes before consequences. */
  get entries(): readonly LawEntry[] {
    return this.folder.order;
  }

  /** The fencing token of an item; 0 while it is not known here. */
  term(item: ItemId): number {
    return this.folder.items.get(item)?.term ?? 0;
  }

  /** Takes entries in any order, again and again. */
  take(entries: readonly LawEntry[]): void {
    this.#fold(union(this.folder, entries, checks));
  }

  /** Writes the next entry of `author`, built on all that is held here. */
  write(author: AuthorId, draft: Draft, now: number): LawEntry {
    const { item, kind, body, creates = [], handsTo = '', ends = false, cites = [] } = draft;
    return this.#append(author, { item, term: this.term(item), kind, body: structuredClone(body), creates, handsTo, ends, cites, succeeds: null }, now, draft.effectiveAt);
  }

  /** The first entry of a new incarnation. */
  succeed(author: AuthorId, succeeds: Succeeds, now: number): LawEntry {
    return this.#append(author, { item: '', term: 0, kind: 'succeeded', body: {} as LawBody, creates: [], handsTo: '', ends: false, cites: [], succeeds }, now, undefined);
  }

  #append(author: AuthorId, said: Pick<LawEntry, 'item' | 'term' | 'kind' | 'body' | 'creates' | 'handsTo' | 'ends' | 'cites' | 'succeeds'>, now: number, effectiveAt: number | undefined): LawEntry {
    const { seq, prev, seen, recordedAtFloor } = nextPosition(this.folder, author);
    const recordedAt = Math.max(now, recordedAtFloor);
    const entry: LawEntry = { folder: 'folder', author, seq, prev, seen, ...said, recordedAt, effectiveAt: effectiveAt ?? recordedAt, bytes: new Uint8Array(), hash: `${author}/${seq}/${said.kind}/${prev.length}`, proof };
    this.#fold(appendOwn(this.folder, [entry]));
    return entry;
  }

  #fold({ added, refolded }: { readonly added: readonly LawEntry[]; readonly refolded: boolean }): void {
    if (refolded) this.dossier = emptyDossier('folder');
    for (const entry of refolded ? effective(this.folder) : added) if (refolded || effectOf(this.folder, entry) === 'effective') fold(this.dossier, entry);
  }
}
