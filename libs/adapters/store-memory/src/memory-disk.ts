/** What a memory store keeps over a crash: the durable state and how one write changes it. No promise, no queue. */
import type { AuthorId, FolderId } from '@lienthong/folder';
import type { Append, Aside, Appended, Commit, FolderStanding, FolderVersion, IndexFields, StoredFolder } from '@lienthong/kernel/ports/folder-store';

type Row = StoredFolder & { readonly index: IndexFields; readonly asides: ReadonlyMap<string, Uint8Array> };

/** A copy of the durable state at one moment. Opaque; stays as it is whatever the store does later. */
export type MemorySnapshot = { readonly rows: ReadonlyMap<FolderId, Row>; readonly commit: Commit; readonly incarnation: AuthorId | undefined };

const nothing = new Uint8Array(0);
const byText = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);

export class MemoryDisk {
  #rows = new Map<FolderId, Row>();
  /** field, then value, then ids. */
  #index = new Map<string, Map<string, Set<FolderId>>>();
  #commit: Commit = 0;
  #incarnation: AuthorId | undefined;

  get commit(): Commit { return this.#commit; }
  get incarnation(): AuthorId | undefined { return this.#incarnation; }
  set incarnation(author: AuthorId | undefined) { this.#incarnation = author; }

  load(id: FolderId): StoredFolder | undefined {
    const row = this.#rows.get(id);
    if (row === undefined) return undefined;
    const { index: _, asides: __, ...folder } = row;
    return folder;
  }

  standings(ids: readonly FolderId[]): ReadonlyMap<FolderId, FolderStanding> {
    return new Map(ids.flatMap((id) => { const row = this.#rows.get(id); return row === undefined ? [] : [[id, { version: row.version, incarnation: row.incarnation }]]; }));
  }

  asides(id: FolderId, names: readonly string[]): Aside[] {
    const kept = this.#rows.get(id)?.asides;
    return [...new Set(names)].flatMap((name) => { const bytes = kept?.get(name); return bytes ? [{ name, bytes }] : []; });
  }

  append(change: Append): Appended {
    if (this.#incarnation !== undefined && change.incarnation !== this.#incarnation) return { ok: false, conflict: 'incarnation' };
    const before = this.#rows.get(change.id);
    if ((before?.version ?? 0) !== change.expectedVersion) return { ok: false, conflict: 'version' };
    const after: Row = {
      id: change.id,
      version: change.expectedVersion + 1,
      commit: ++this.#commit,
      incarnation: change.incarnation,
      segments: change.segment ? [...(before?.segments ?? []), change.segment] : before?.segments ?? [],
      aux: change.aux ?? before?.aux ?? nothing,
      wakeAt: change.wakeAt,
      unsettled: change.unsettled,
      index: change.index ?? before?.index ?? {},
      asides: withAsides(before?.asides ?? new Map(), change.asides ?? []),
    };
    this.#rows.set(change.id, after);
    if (change.index) { this.#unlist(before); this.#list(after); }
    return { ok: true, version: after.version, commit: after.commit };
  }

  find(field: string, value: string): FolderId[] {
    return [...(this.#index.get(field)?.get(value) ?? [])].sort(byText);
  }

  due(now: number): { id: FolderId; wakeAt: number }[] {
    const due: { id: FolderId; wakeAt: number }[] = [];
    for (const { id, wakeAt } of this.#rows.values()) if (wakeAt !== null && wakeAt <= now) due.push({ id, wakeAt });
    return due.sort((one, other) => one.wakeAt - other.wakeAt || byText(one.id, other.id));
  }

  unsettled(): FolderId[] {
    return [...this.#rows.values()].filter((row) => row.unsettled).map((row) => row.id).sort(byText);
  }

  settle(folders: readonly FolderVersion[]): void {
    for (const { id, version } of folders) {
      const row = this.#rows.get(id);
      if (row?.version === version) this.#rows.set(id, { ...row, unsettled: false });
    }
  }

  changedSince(commit: Commit, where?: { field: string; value: string }): { id: FolderId; commit: Commit }[] {
    const listed = where && (this.#index.get(where.field)?.get(where.value) ?? new Set());
    return [...this.#rows.values()]
      .filter((row) => row.commit > commit && (listed === undefined || listed.has(row.id)))
      .map((row) => ({ id: row.id, commit: row.commit }))
      .sort((one, other) => one.commit - other.commit);
  }

  snapshot(): MemorySnapshot {
    return { rows: new Map(this.#rows), commit: this.#commit, incarnation: this.#incarnation };
  }

  /** null: an empty disk. */
  restore(snapshot: MemorySnapshot | null): void {
    snapshot ??= { rows: new Map(), commit: 0, incarnation: undefined };
    this.#rows = new Map(snapshot.rows);
    this.#commit = snapshot.commit;
    this.#incarnation = snapshot.incarnation;
    this.#index.clear();
    for (const row of this.#rows.values()) this.#list(row);
  }

  #list(row: Row): void {
    for (const [field, values] of Object.entries(row.index)) {
      const byValue = this.#index.get(field) ?? new Map<string, Set<FolderId>>();
      this.#index.set(field, byValue);
      for (const value of values) byValue.set(value, (byValue.get(value) ?? new Set()).add(row.id));
    }
  }

  #unlist(row: Row | undefined): void {
    for (const [field, values] of Object.entries(row?.index ?? {})) for (const value of values) this.#index.get(field)?.get(value)?.delete(row!.id);
  }
}

function withAsides(before: ReadonlyMap<string, Uint8Array>, changes: NonNullable<Append['asides']>): ReadonlyMap<string, Uint8Array> {
  if (changes.length === 0) return before;
  const after = new Map(before);
  for (const { name, bytes } of changes) bytes === null ? after.delete(name) : after.set(name, bytes);
  return after;
}
