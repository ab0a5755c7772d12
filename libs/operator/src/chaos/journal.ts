/** What people were told: every command that was sent, every answer that came, and when. */
import type { dossier as pb } from '@lienthong/contract';
import type { EntryRef, FolderId } from '@lienthong/folder';

/** An answer. `entries`: what it names; null where it names a new dossier by its `code`, which is '' elsewhere. */
export type Told = { readonly request: string; readonly service: string; readonly folder: FolderId; readonly entries: readonly EntryRef[] | null; readonly code: string; readonly at: number };

export class Journal {
  readonly #commands = new Set<string>();
  readonly #told = new Map<string, Told[]>();
  readonly #times: number[] = [];

  get commands(): number { return this.#commands.size; }
  /** Commands that were answered, each once. */
  get acknowledged(): number { return this.#told.size; }
  /** A command has more than one answer only where the first was lost. */
  get told(): readonly Told[] { return [...this.#told.values()].flat(); }
  /** When answers came, in order; milliseconds since the epoch. */
  get times(): readonly number[] { return this.#times; }

  hasAnswer(request: string): boolean { return this.#told.has(request); }

  sent(request: string): void { this.#commands.add(request); }

  acknowledge(request: string, service: string, { folder, entries }: pb.CommandReceipt): void {
    this.#note({ request, service, folder, entries: entries.map(({ ref }) => ({ author: ref!.author, seq: ref!.seq })), code: '', at: Date.now() });
  }

  received(request: string, folder: FolderId, code: string): void {
    this.#note({ request, service: 'intake', folder, entries: null, code, at: Date.now() });
  }

  #note(one: Told): void {
    this.#times.push(one.at);
    const before = this.#told.get(one.request);
    if (before === undefined) this.#told.set(one.request, [one]);
    else if (!before.some((other) => sameEntries(other, one))) before.push(one);
  }

  /** The longest time without any answer that has a part between `from` and `to`, in milliseconds. */
  longestStall(from: number, to: number): number {
    let longest = 0, before = from;
    for (const at of this.#times) {
      if (at < from) { before = at; continue; }
      longest = Math.max(longest, at - before);
      before = at;
      if (at > to) return longest;
    }
    return Math.max(longest, to - before);
  }
}

const named = ({ entries, folder, code }: Told): string => `${folder} ${code} ${entries?.map(({ author, seq }) => `${author}/${seq}`).join(' ') ?? ''}`;
const sameEntries = (a: Told, b: Told): boolean => named(a) === named(b);
