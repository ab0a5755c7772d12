/** Index rows. Only what differs between the fields before and after is written. */
import type { DatabaseSync, StatementSync } from 'node:sqlite';

type Fields = Record<string, string[]>;

export class Listings {
  readonly #insert: StatementSync;
  readonly #remove: StatementSync;
  readonly #selectField: StatementSync;
  readonly #insertField: StatementSync;
  readonly #fields = new Map<string, number>();

  constructor(db: DatabaseSync) {
    this.#insert = db.prepare('INSERT OR IGNORE INTO listing (f, value, n) VALUES (?, ?, ?)');
    this.#remove = db.prepare('DELETE FROM listing WHERE f = ? AND value = ? AND n = ?');
    this.#selectField = db.prepare('SELECT f FROM field WHERE ns = ? AND name = ?');
    this.#insertField = db.prepare('INSERT INTO field (ns, name) VALUES (?, ?) RETURNING f');
  }

  /** `before` and `after` are index fields as texts; of what is listed already nothing is written. */
  replace(ns: number, n: number, before: string, after: string): void {
    if (before === after) return;
    const old = parsed(before);
    const young = JSON.parse(after) as Fields;
    for (const field in old) for (const value of old[field]!) if (!young[field]?.includes(value)) this.#remove.run(this.#numberOf(ns, field), value, n);
    for (const field in young) for (const value of young[field]!) if (!old[field]?.includes(value)) this.#insert.run(this.#numberOf(ns, field), value, n);
  }

  /** After a rollback nothing remembered holds any more. */
  forgetAll(): void { this.#fields.clear(); }

  #numberOf(ns: number, name: string): number {
    const key = `${ns} ${name}`;
    let f = this.#fields.get(key);
    if (f === undefined) {
      f = (this.#selectField.get(ns, name) ?? this.#insertField.get(ns, name))!.f as number;
      this.#fields.set(key, f);
    }
    return f;
  }
}

/** A text that is damaged says nothing: what it stood for stays listed until it is written anew. */
function parsed(fields: string): Fields {
  try { return JSON.parse(fields) as Fields; } catch { return {}; }
}
