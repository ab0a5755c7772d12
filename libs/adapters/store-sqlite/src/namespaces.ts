/** One row per service: whose store it is, and how many durable writes it has had. */
import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { AuthorId } from '@lienthong/folder';
import type { Commit } from '@lienthong/kernel/ports/folder-store';
import { isBehind } from '@lienthong/kernel/ports/world';
import type { Mark } from '@lienthong/kernel/ports/world';
import type { MarkFile, Marks } from '@lienthong/marks';
import { lastCommitSql } from './schema.ts';

type Namespace = { readonly name: string; incarnation: AuthorId | undefined; commits: Commit; behind: boolean; /** Its mark is to be raised. */ moved: boolean };

export class Namespaces {
  readonly #select: StatementSync;
  readonly #lastCommit: StatementSync;
  readonly #setOwner: StatementSync;
  readonly #insert: StatementSync;
  readonly #marks: MarkFile | undefined;
  readonly #byNumber = new Map<number, Namespace>();

  constructor(db: DatabaseSync, marks: MarkFile | undefined) {
    this.#select = db.prepare('SELECT name, incarnation FROM namespace WHERE ns = ?');
    this.#lastCommit = db.prepare(lastCommitSql);
    this.#setOwner = db.prepare('UPDATE namespace SET incarnation = ? WHERE ns = ?');
    this.#insert = db.prepare('INSERT INTO namespace (ns, name) VALUES (?, ?)');
    this.#marks = marks;
  }

  create(ns: number, name: string): void { this.#insert.run(ns, name); }

  /** False: an append of this incarnation is a conflict. A store that is behind its mark takes none until it has a new owner. */
  takes(ns: number, incarnation: AuthorId): boolean {
    const { incarnation: owner, behind } = this.#get(ns);
    return !behind && (owner === undefined || owner === incarnation);
  }

  nextCommit(ns: number): Commit {
    const namespace = this.#get(ns);
    namespace.moved = true;
    return ++namespace.commits;
  }

  lastCommit(ns: number): Commit { return this.#get(ns).commits; }

  /** False when the store is behind and `owner` is one of the incarnations that may not go on in it. */
  own(ns: number, owner: AuthorId): boolean {
    const namespace = this.#get(ns);
    if (namespace.behind && [namespace.incarnation, this.#marks?.get(namespace.name)?.incarnation].includes(owner)) return false;
    namespace.incarnation = owner;
    namespace.behind = false;
    namespace.moved = true;
    this.#setOwner.run(owner, ns);
    return true;
  }

  /** The marks to raise once what was written is durable. */
  marksToRaise(): Marks {
    const marks = new Map<string, Mark>();
    for (const namespace of this.#byNumber.values()) {
      if (namespace.moved && namespace.incarnation !== undefined) marks.set(namespace.name, { incarnation: namespace.incarnation, commit: namespace.commits });
      namespace.moved = false;
    }
    return marks;
  }

  /** After a rollback nothing remembered holds any more. */
  forgetAll(): void { this.#byNumber.clear(); }

  #get(ns: number): Namespace {
    let namespace = this.#byNumber.get(ns);
    if (namespace === undefined) {
      const row = this.#select.get(ns)!;
      const name = row.name as string;
      const standing = { incarnation: (row.incarnation as string | null) ?? undefined, commit: this.#lastCommit.get(ns)!.commits as number };
      namespace = { name, incarnation: standing.incarnation, commits: standing.commit, moved: false, behind: isBehind(standing, this.#marks?.get(name)) };
      this.#byNumber.set(ns, namespace);
    }
    return namespace;
  }
}
