/** One service's copy of a folder, for tests: union, buffering by what was seen, items with holder and term. No hashes, no signatures. */
import type { AuthorId, EntryRef, ItemId } from '../../src/types.ts';
import type { Draft } from '../../src/types.ts';
import type { LawEntry } from '../../src/dossier.ts';

type ItemState = { holder: AuthorId; term: number; ended: boolean };
const keyOf = (ref: EntryRef): string => `${ref.author}/${ref.seq}`;

export class FolderCopy {
  readonly held = new Map<string, LawEntry>();
  readonly #waiting = new Map<string, LawEntry>();
  readonly #heads = new Map<AuthorId, number>();
  readonly items = new Map<ItemId, ItemState>();
  #latest = 0;

  /** Takes entries in any order, again and again; gives those that have effect now, in causal order. */
  take(entries: readonly LawEntry[]): LawEntry[] {
    for (const entry of entries) if (!this.held.has(keyOf(entry))) this.#waiting.set(keyOf(entry), entry);
    const effective: LawEntry[] = [];
    for (let moved = true; moved;) {
      moved = false;
      for (const [key, entry] of this.#waiting) {
        if (!this.#mayFollow(entry)) continue;
        this.#waiting.delete(key);
        this.held.set(key, entry);
        this.#heads.set(entry.author, entry.seq);
        this.#latest = Math.max(this.#latest, entry.recordedAt);
        if (this.#takesEffect(entry)) effective.push(entry);
        moved = true;
      }
    }
    return effective;
  }

  /** The entry that `author` writes next, built on all that is held here. */
  next(author: AuthorId, draft: Draft, now: number): LawEntry {
    const seq = (this.#heads.get(author) ?? 0) + 1;
    const seen = Object.fromEntries([...this.#heads].filter(([other]) => other !== author).map(([other, head]) => [other, { seq: head, hash: `${other}/${head}` }]));
    const recordedAt = Math.max(now, this.#latest);
    const { item, kind, body } = draft;
    return {
      folder: 'folder', author, seq, prev: '', seen, item, term: this.items.get(item)?.term ?? 0, creates: draft.creates ?? [], handsTo: draft.handsTo ?? '', ends: draft.ends ?? false, cites: draft.cites ?? [],
      succeeds: null, kind, body: structuredClone(body), recordedAt, effectiveAt: draft.effectiveAt ?? recordedAt, bytes: new Uint8Array(), hash: `${author}/${seq}`, proof: null,
    } as LawEntry;
  }

  #mayFollow(entry: LawEntry): boolean {
    if (entry.seq !== (this.#heads.get(entry.author) ?? 0) + 1) return false;
    return Object.entries(entry.seen).every(([author, head]) => (this.#heads.get(author) ?? 0) >= head.seq);
  }

  #takesEffect(entry: LawEntry): boolean {
    const item = this.items.get(entry.item);
    if (entry.item === '' ? this.items.size > 0 : item === undefined || item.ended || item.term !== entry.term || item.holder !== entry.author) return false;
    if (item !== undefined) {
      if (entry.handsTo !== '') { item.holder = entry.handsTo; item.term++; }
      if (entry.ends) item.ended = true;
    }
    entry.creates.forEach((holder, n) => this.items.set(`${entry.author}/${entry.seq}/${n}`, { holder, term: 1, ended: false }));
    return true;
  }
}
