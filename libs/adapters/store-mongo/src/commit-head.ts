/** The head of a store as this instance knows it, and the only way to change it. */
import { randomUUID } from 'node:crypto';
import type { AuthorId } from '@lienthong/folder';
import { confirmPrimary, inTime } from './connection.ts';
import type { Database } from './connection.ts';
import { storeError } from './store-faults.ts';
import type { HeadDocument } from './stored-documents.ts';

export type HeadChange = Partial<Pick<HeadDocument, 'end' | 'owner' | 'flights'>>;

/** So often in a row somebody else may be first; each time one of the others got on. */
const maxAttempts = 1_000;

export class CommitHead {
  readonly #database: Database;
  readonly #recreate: () => Promise<void>;
  readonly #rewound: () => void;
  #known: HeadDocument;
  /** Incarnations that may not go on here: this store is older than what they have told. Null stands for a store that nobody owns. */
  #barred: ReadonlySet<AuthorId | null> = new Set();

  /** `recreate` makes an empty store where the database has gone; `rewound` is told that what was known of this store holds no longer. */
  constructor(database: Database, known: HeadDocument, recreate: () => Promise<void>, rewound: () => void) {
    this.#database = database;
    this.#known = known;
    this.#recreate = recreate;
    this.#rewound = rewound;
  }

  get known(): HeadDocument { return this.#known; }

  /** The store is older than its mark, or than what this instance has seen of it. */
  get behind(): boolean { return this.#barred.has(this.#known.owner); }

  bar(...owners: readonly (AuthorId | null)[]): void { this.#barred = new Set([...this.#barred, ...owners]); }

  isBarred(author: AuthorId): boolean { return this.behind && this.#barred.has(author); }

  takes(author: AuthorId): boolean {
    const { owner } = this.#known;
    return !this.behind && (owner === null || owner === author);
  }

  /** As it stands in the database. */
  async read(): Promise<HeadDocument> {
    const before = this.#known;
    const found = await this.#find();
    if (follows(found, before)) return this.#adopt(found);
    // It seems to have gone back. A primary that was voted out may say so, too.
    await confirmPrimary(this.#database);
    const again = await this.#find();
    return follows(again, before) ? this.#adopt(again) : this.#goBack(before, again);
  }

  /** Changes what is known into what `next` says; asked again as long as somebody else was first. Undefined, from `next` and here: nothing to change. */
  async change(next: (known: HeadDocument) => HeadChange | undefined): Promise<HeadDocument | undefined> {
    for (let attempt = 0; attempt < maxAttempts; attempt++) {
      const before = this.#known;
      const change = next(before);
      if (change === undefined) return undefined;
      const after: HeadDocument = { ...before, ...change, seq: before.seq + 1, nonce: randomUUID() };
      const { _id: _, ...replacement } = after;
      const { matchedCount } = await this.#database.head.replaceOne({ _id: 'head', seq: before.seq, nonce: before.nonce }, replacement, inTime);
      if (matchedCount === 1) return this.#adopt(after);
      const now = await this.read();
      if (now.nonce === after.nonce) return now;
    }
    throw storeError('STORE_OVERLOADED', this.#database.place, new Error(`${maxAttempts} times another instance was first`));
  }

  async #find(): Promise<HeadDocument | null> {
    return this.#database.head.findOne({ _id: 'head' }, inTime);
  }

  /** Answers of calls may overtake each other: what is known never grows older. */
  #adopt(found: HeadDocument): HeadDocument {
    if (found.seq > this.#known.seq) this.#known = found;
    return this.#known;
  }

  /** The database was dropped or put back under the running service: nothing is taken until there is a new incarnation. */
  async #goBack(before: HeadDocument, found: HeadDocument | null): Promise<HeadDocument> {
    // Another call has noticed it first; what it adopted may have gone on since.
    if (this.#known !== before) return this.read();
    if (found === null) await this.#recreate();
    const now = found ?? await this.#find();
    if (now === null) throw storeError('STORE_DAMAGED', this.#database.place, new Error('the head is missing'));
    this.bar(before.owner, now.owner);
    this.#known = now;
    this.#rewound();
    return now;
  }
}

function follows(found: HeadDocument | null, before: HeadDocument): found is HeadDocument {
  return found !== null && (found.seq > before.seq || (found.seq === before.seq && found.nonce === before.nonce));
}
