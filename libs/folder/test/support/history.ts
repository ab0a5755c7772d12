/** Random histories of one folder: several authors, each with its own copy, who hand items on, meet, rewind and succeed each other. */
import fc from 'fast-check';
import { appendOwn, emptyFolder, headsOf, missing, tipsOf } from '../../src/index.ts';
import type { AuthorId, Entry, Folder, ItemId } from '../../src/index.ts';
import type { Act } from './copy.ts';
import { copyOf, draft, folderId, take } from './copy.ts';

/** One step: what to do and three numbers that choose among what is possible then. */
export type Step = readonly [kind: StepKind, who: number, what: number, where: number];
export type StepKind = 'origin' | 'create' | 'hand' | 'end' | 'note' | 'guess' | 'long' | 'meet' | 'rewind' | 'succeed' | 'usurp';

export type History = {
  /** Every entry ever written, in the order of writing. */
  readonly all: readonly Entry<string>[];
  readonly copies: ReadonlyMap<AuthorId, Folder<string>>;
};

const services = ['a', 'b', 'c', 'd'] as const;
const weights: Record<StepKind, number> = { origin: 1, create: 4, hand: 6, end: 1, note: 3, guess: 2, long: 2, meet: 12, rewind: 1, succeed: 1, usurp: 1 };

/** Histories without forks and successions are drawn when `calm`. */
export function histories(calm = false, maxSteps = 60): fc.Arbitrary<History> {
  const kinds = (Object.keys(weights) as StepKind[]).filter((kind) => !calm || !['rewind', 'succeed', 'usurp'].includes(kind));
  const kind = fc.oneof(...kinds.map((one) => ({ arbitrary: fc.constant(one), weight: weights[one] })));
  const number = fc.nat({ max: 999 });
  return fc.array(fc.tuple(kind, number, number, number), { maxLength: maxSteps, size: 'max' }).map((steps) => play(steps));
}

export function play(steps: readonly Step[]): History {
  const world = new Play(steps);
  for (const step of steps) world.perform(step);
  return world;
}

class Play implements History {
  readonly all: Entry<string>[] = [];
  readonly copies = new Map<AuthorId, Folder<string>>();
  readonly #generation = new Map<string, number>();

  readonly #steps: readonly Step[];

  constructor(steps: readonly Step[]) {
    this.#steps = steps;
    for (const service of services) this.#newAuthor(service, emptyFolder(folderId));
    this.#write('a~1', { creates: ['a~1', 'b~1', 'c~1'] });
  }

  /** What a failing property prints: all that is needed to play it again. */
  [fc.toStringMethod](): string { return `play(${JSON.stringify(this.#steps)})`; }

  perform([kind, who, what, where]: Step): void {
    const service = services[who % services.length]!;
    const author = this.#present(service);
    switch (kind) {
      case 'origin': if (!this.copies.get(author)!.logs.has(author)) this.#write(author, { creates: [author], body: String(what) }); return;
      case 'meet': this.#meet(author, this.#present(services[what % services.length]!), where); return;
      case 'rewind': this.#rewind(author, what); return;
      case 'succeed': this.#succeed(service, what, where); return;
      case 'usurp': this.#usurp(author, what); return;
      case 'guess': this.#guess(author, what, where); return;
      default: this.#actOnHeld(author, kind, what, where);
    }
  }

  #present(service: string): AuthorId { return `${service}~${this.#generation.get(service)!}`; }

  #newAuthor(service: string, copy: Folder<string>): AuthorId {
    this.#generation.set(service, (this.#generation.get(service) ?? 0) + 1);
    this.copies.set(this.#present(service), copy);
    return this.#present(service);
  }

  #write(author: AuthorId, act: Act, signed = true): void {
    const copy = this.copies.get(author)!;
    const entry = draft(copy, author, { body: String(this.all.length), ...act }, signed);
    appendOwn(copy, [entry]);
    this.all.push(entry);
  }

  #actOnHeld(author: AuthorId, kind: 'create' | 'hand' | 'end' | 'note' | 'long', what: number, where: number): void {
    const copy = this.copies.get(author)!;
    const held = [...copy.items.values()].filter((item) => item.holder === author && !item.ended);
    if (held.length === 0) return;
    const item = held[what % held.length]!.id;
    const other = this.#present(services[where % services.length]!);
    if (kind === 'create') this.#write(author, { item, creates: where % 2 === 0 ? [other] : [author, other] });
    if (kind === 'hand') this.#write(author, { item, handsTo: other });
    if (kind === 'end') this.#write(author, { item, ends: true });
    if (kind === 'note') this.#write(author, { item });
    if (kind === 'long') {
      this.#write(author, { item, creates: [other] }, false);
      this.#write(author, { item, handsTo: other });
    }
  }

  /** Names some item under some term, whether it holds that or not. */
  #guess(author: AuthorId, what: number, where: number): void {
    const items: ItemId[] = [...this.copies.get(author)!.items.keys(), 'nobody~1/1/0', 'b~1/1/0'];
    this.#write(author, { item: items[what % items.length]!, term: 1 + (where % 3), handsTo: this.#present(services[where % services.length]!), creates: [author], ends: where % 5 === 0 });
  }

  #meet(author: AuthorId, other: AuthorId, where: number): void {
    const copy = this.copies.get(author)!;
    const lacking = missing(this.copies.get(other)!, headsOf(copy));
    take(copy, where % 3 === 0 ? lacking.slice(0, 1 + (where % (lacking.length + 1))) : lacking);
  }

  /** The store falls back; its author goes on as if nothing had happened. */
  #rewind(author: AuthorId, what: number): void {
    const { order } = this.copies.get(author)!;
    if (order.length > 0) this.copies.set(author, copyOf(order.slice(0, what % order.length)));
  }

  /** A new incarnation of the service, standing on some copy, succeeds those before it. */
  #succeed(service: string, what: number, where: number): void {
    const before = this.#present(service);
    if (this.#generation.get(service)! >= 4) return;
    const from = [...this.copies.values()][what % this.copies.size]!;
    const author = this.#newAuthor(service, copyOf(from.order));
    this.#claim(author, before, where);
    for (let generation = this.#generation.get(service)! - 2; generation >= 1; generation--) {
      const older = `${service}~${generation}`;
      if (where % 3 !== 0 || !this.copies.get(author)!.successions.has(older)) this.#claim(author, older, where + generation);
    }
  }

  #claim(author: AuthorId, predecessor: AuthorId, where: number): void {
    const tips = tipsOf(this.copies.get(author)!, predecessor);
    this.#write(author, { succeeds: { predecessor, head: where % 5 === 0 ? null : tips[where % Math.max(1, tips.length)] ?? null } });
  }

  /** A succession, allowed, but after the author has written other things. */
  #succeedLate(author: AuthorId): void {
    const [service, number] = author.split('~') as [string, string];
    if (number !== '1') this.#write(author, { succeeds: { predecessor: `${service}~${Number(number) - 1}`, head: null } });
  }

  /** A succession that no certificate allows. */
  #usurp(author: AuthorId, what: number): void {
    const predecessor = this.#present(services[what % services.length]!);
    if (predecessor.split('~')[0] === author.split('~')[0]) return this.#succeedLate(author);
    const entry = draft(this.copies.get(author)!, author, { succeeds: { predecessor, head: null }, body: String(this.all.length) });
    take(this.copies.get(author)!, [entry]);
    this.all.push(entry);
  }
}
