/** One schedule: random work and random harm, then healing, then the checks. The same seed is the same schedule. */
import { covers, emptyFolder, headsOf, holds, union } from '../../src/index.ts';
import type { AuthorId, Entry, Fault, FolderId, Succeeds } from '../../src/index.ts';
import { draft, dump } from '../support/copy.ts';
import { seededRandom } from '../support/random.ts';
import type { Random } from '../support/random.ts';
import { check, checkEffects } from './check.ts';
import { Network } from './messages.ts';
import { Participant } from './participant.ts';
import type { Journal, Setting } from './setting.ts';

export type Harm = 'crash' | 'restore' | 'restore-silently' | 'restore-all' | 'lose-tail' | 'stray' | 'stale' | 'renew';
export type Outcome = { readonly seed: number; readonly violations: readonly string[]; readonly counts: Readonly<Record<string, number>> };

const folders: readonly FolderId[] = ['1'.repeat(64), '2'.repeat(64)];
const steps = 220;
const healingRounds = 40;
/** Harms of one kind per schedule, at most. */
const maxHarms: Record<Harm, number> = { crash: 6, restore: 2, 'restore-silently': 2, 'restore-all': 1, 'lose-tail': 2, stray: 2, stale: 3, renew: 1 };

export function runSchedule(seed: number, fault?: Fault): Outcome {
  const schedule = new Schedule(seed, fault);
  try {
    schedule.disturb();
    schedule.heal();
  } catch (cause) {
    schedule.journal.problems.push(`thrown: ${cause instanceof Error ? cause.stack ?? cause.message : String(cause)}`);
  }
  return { seed, violations: schedule.journal.problems, counts: schedule.counts };
}

export class Schedule {
  readonly journal: Journal = { written: new Map(), acknowledged: new Map(), commits: new Map(), hangsOn: new Map(), problems: [] };
  readonly counts: Record<string, number> = {};
  /** Commits that were lost together with their mark: unless a peer remembers a mark beyond, nobody can list them. */
  readonly lostWithMark: { readonly author: AuthorId; readonly afterCommit: number; readonly upToCommit: number }[] = [];
  readonly participants: readonly Participant[];
  readonly #random: Random;
  readonly #network: Network;
  readonly #requests: { readonly id: string; readonly at: Participant; readonly folder: FolderId }[] = [];
  readonly #harms: Record<Harm, number>;

  constructor(seed: number, fault: Fault | undefined) {
    this.#random = seededRandom(seed);
    this.#network = new Network(this.#random);
    const services = ['a', 'b', 'c', 'd'].slice(0, 3 + this.#random.below(2));
    const setting: Setting = {
      services, network: this.#network, journal: this.journal, faults: fault === undefined ? undefined : new Set([fault]),
      choosing: (by, folder, claim) => this.#checkChoice(by, folder, claim),
    };
    this.participants = services.map((service) => new Participant(service, setting));
    this.#harms = Object.fromEntries(Object.entries(maxHarms).map(([harm, most]) => [harm, this.#random.chance(50) ? 0 : 1 + this.#random.below(most)])) as Record<Harm, number>;
  }

  // ---------------------------------------------------------------- work and harm

  disturb(): void {
    for (const participant of this.participants) participant.start();
    this.#network.faulty = false;
    while (this.#deliver()) for (const participant of this.participants) participant.settle();
    this.#network.faulty = true;
    for (let step = 0; step < steps; step++) {
      const participant = this.#random.pick(this.participants);
      if (participant.phase === 'down') { if (this.#random.chance(60)) participant.start(); continue; }
      if (this.#random.chance(6)) this.#harm(participant);
      else this.#work(participant);
    }
  }

  #work(participant: Participant): void {
    const folder = this.#random.pick(folders);
    switch (this.#random.below(13)) {
      case 0: case 1: return this.#request(participant, folder);
      case 2: { if (this.#requests.length > 0) { const again = this.#random.pick(this.#requests); this.#perform(again.id, again.at, again.folder); } return; }
      case 3: return participant.nudge();
      case 4: if (participant.phase === 'running') participant.relay(this.#random.pick(participant.others), folder); return;
      case 5: if (participant.phase === 'running') participant.tell(this.#random.pick(participant.others), folder, null, true); return;
      case 6: return this.#random.pick([() => participant.flush(), () => participant.settle()])();
      case 7: return this.#random.pick([() => participant.raiseMark(), () => participant.settle()])();
      case 8: if (this.#random.chance(40)) participant.backUp(); else participant.settle(); return;
      case 9: return participant.settle();
      default: for (let deliveries = this.#random.below(8); deliveries >= 0; deliveries--) this.#deliver();
    }
  }

  #deliver(): boolean {
    const message = this.#network.next();
    if (message === undefined) return false;
    this.participants.find((one) => one.name === message.to)!.take(message);
    return true;
  }

  #request(participant: Participant, folder: FolderId): void {
    const id = `request ${this.#requests.length}`;
    this.#requests.push({ id, at: participant, folder });
    this.#perform(id, participant, folder);
  }

  /** What a service does with a request: answers a repeat alike, else acts on something that it holds. */
  #perform(id: string, at: Participant, folderId: FolderId): void {
    if (!at.ready(folderId)) return;
    const known = at.answered(folderId, id);
    if (known !== undefined) return at.acknowledge(id, known, at.nextCommit);
    const folder = at.folder(folderId);
    const held = [...folder.items.values()].filter((item) => item.holder === at.author && !item.ended);
    const somebody = (): string => (this.#random.chance(30) ? at.author : at.peers.get(this.#random.pick(at.others)) ?? at.author);
    if (held.length === 0) {
      if (folder.origin === null && folderId === folders[this.participants.indexOf(at)]) at.write(folderId, [{ creates: [at.author, somebody(), somebody()] }], id);
      return;
    }
    const { id: item } = this.#random.pick(held);
    const act = this.#random.pick([{ handsTo: somebody() }, { handsTo: somebody() }, { creates: [somebody()] }, {}, this.#random.chance(20) ? { ends: true } : {}]);
    if (this.#random.chance(20)) at.write(folderId, [{ item, creates: [somebody()], body: '' }, { item, ...act }], id);
    else at.write(folderId, [{ item, ...act }], id);
  }

  #harm(participant: Participant): void {
    const harm = this.#random.pick(Object.keys(maxHarms) as Harm[]);
    if (this.#harms[harm]-- <= 0) return;
    this.counts[harm] = (this.counts[harm] ?? 0) + 1;
    switch (harm) {
      case 'crash': return participant.crash();
      case 'restore': if (this.#restore(participant, false)) participant.renew(); return;
      case 'restore-silently': this.#restore(participant, false); return;
      case 'restore-all': this.#restore(participant, true); return;
      case 'lose-tail': return this.#loseTail(participant);
      case 'renew': return participant.renew();
      case 'stray': { this.#stray(participant); for (const id of folders) this.#request(participant, id); return; }
      case 'stale': return this.#writeOutdated(participant);
    }
  }

  /** Backups taken after the one restored belong to a time that did not happen. */
  #restore(participant: Participant, withOutside: boolean): boolean {
    if (participant.backups.length === 0) return false;
    const at = this.#random.below(participant.backups.length);
    const backup = participant.backups[at]!;
    const { incarnation, commit } = participant.store;
    if (withOutside) this.#network.dropAnswersOf(participant.name);
    if (withOutside) this.lostWithMark.push({ author: incarnation, afterCommit: backup.commit, upToCommit: commit });
    participant.restore(backup, withOutside);
    participant.backups.length = at + 1;
    return true;
  }

  /** Writes go out, and then the store falls back behind them. */
  #loseTail(participant: Participant): void {
    participant.settle();
    participant.backUp();
    for (const folder of folders) {
      this.#request(participant, folder);
      participant.settle();
      if (participant.phase === 'running') participant.relay(this.#random.pick(participant.others), folder);
      if (this.#random.chance(50)) this.#deliver();
    }
    participant.settle();
    participant.restore(participant.backups.at(-1)!, false);
  }

  /** A stalled instance on a copy of the store writes under the same author, and its entry gets out: the log forks. */
  #stray(participant: Participant): void {
    const id = this.#random.pick(folders);
    const copy = emptyFolder<string>(id);
    union(copy, participant.store.folders.get(id) ?? [], { ...participant.checks(), sealed: () => false });
    const item = [...copy.items.values()].find((one) => one.holder === participant.author && !one.ended);
    if (item === undefined) return;
    const entry: Entry<string> = draft(copy, participant.author, { item: item.id, handsTo: participant.peers.get(this.#random.pick(participant.others)) ?? '', body: 'stray' });
    this.journal.written.set(entry.hash, entry);
    union(copy, [entry], { ...participant.checks(), sealed: () => false });
    participant.say(this.#random.pick(participant.others), { kind: 'update', folder: id, heads: headsOf(copy), entries: [entry], wantsReply: false });
  }

  /** An instance that slept writes under a term that the item has left. */
  #writeOutdated(participant: Participant): void {
    const id = this.#random.pick(folders);
    if (!participant.ready(id)) return;
    for (const item of participant.folder(id).items.values()) {
      const term = item.tenures.findIndex((tenure) => tenure.holder === participant.author) + 1;
      if (term > 0 && term < item.term) return participant.write(id, [{ item: item.id, term, handsTo: participant.author, creates: [participant.author] }]);
    }
  }

  // ---------------------------------------------------------------- healing

  heal(): void {
    this.counts["acknowledged before healing"] = this.journal.acknowledged.size;
    for (const one of this.participants) for (const folder of one.folders.values()) checkEffects(folder, this.journal.problems);
    this.#network.heal();
    this.#converge();
    for (const { id, at, folder } of this.#requests) if (!this.journal.acknowledged.has(id)) this.#perform(id, at, folder);
    this.#converge();
    this.#count();
    if (this.journal.problems.length === 0) check(this, folders, this.#requests.map((one) => one.id));
  }

  #converge(): void {
    for (let round = 0; round < healingRounds; round++) {
      for (const participant of this.participants) {
        if (participant.phase === 'down') participant.start();
        participant.nudge();
        for (const id of folders.filter((one) => this.#isKnown(one))) {
          participant.ready(id);
          if (participant.phase === 'running') for (const other of participant.others) participant.tell(other, id, headsOf(participant.folder(id)), true);
        }
        participant.settle();
      }
      while (this.#deliver()) for (const participant of this.participants) participant.settle();
      if (this.#isQuiet()) return;
    }
    this.journal.problems.push(`not quiet after ${healingRounds} rounds: ${this.participants.map((one) => `${one.author} ${one.phase}`).join(', ')}`);
  }

  #count(): void {
    const add = (what: string, count: number): void => { this.counts[what] = (this.counts[what] ?? 0) + count; };
    add('acknowledged', this.journal.acknowledged.size);
    add('written', this.journal.written.size);
    for (const id of folders) {
      const { order, forks, successions, effects } = this.participants[0]!.folder(id);
      add('held', order.length);
      add('forks', forks.length);
      add('successions', successions.size);
      for (const effect of effects.values()) add(effect, 1);
    }
  }

  #isKnown(folder: FolderId): boolean { return this.participants.some((one) => one.store.folders.has(folder)); }

  #isQuiet(): boolean {
    if (!this.participants.every((one) => one.phase === 'running' && one.settled)) return false;
    const [first, ...others] = this.participants;
    for (const id of folders) {
      const heads = headsOf(first!.folder(id));
      for (const other of others) if (!covers(heads, headsOf(other.folder(id))) || !covers(headsOf(other.folder(id)), heads)) return false;
    }
    return folders.filter((one) => this.#isKnown(one)).every((id) => {
      const text = dump(first!.folder(id));
      return this.participants.every((one) => one.ready(id, false)) && others.every((one) => dump(one.folder(id)) === text);
    });
  }

  /** What sealing is for: nobody holds more of a predecessor than its successor chooses, unless the log was forked. */
  #checkChoice(by: Participant, id: FolderId, { predecessor, head }: Succeeds): void {
    for (const other of this.participants) {
      const folder = other.folder(id);
      const log = other === by || other.phase === 'down' ? undefined : folder.logs.get(predecessor);
      if (log === undefined || log.forkedAt > 0 || log.entries.length <= (head?.seq ?? 0) || (head !== null && !holds(folder, predecessor, head))) continue;
      this.journal.problems.push(`${by.author} chooses ${predecessor}/${head?.seq ?? 0}, ${other.author} holds ${log.entries.length}`);
    }
  }
}
