/** Several services, each with its own copy of one folder, without network, store or crypto: what they say to each other is what the law says. */
import { canWrite, headsOf } from '@lienthong/folder';
import type { AuthorId, Calendar, Draft, Instant, ItemId, LegPlan, OfficeId, Reference, ServiceName } from '../../src/types.ts';
import { serviceOf, stamped } from '../../src/context.ts';
import type { Duty, LawContext } from '../../src/context.ts';
import { holderOf } from '../../src/dossier.ts';
import type { Dossier, LawEntry, Leg } from '../../src/dossier.ts';
import { endingReason, stale } from '../../src/itinerary.ts';
import { duties, participants } from '../../src/duties.ts';
import { decideLegCommand } from '../../src/decide/leg-commands.ts';
import type { LegCommand } from '../../src/decide/leg-commands.ts';
import { decideRootCommand } from '../../src/decide/root-commands.ts';
import type { RootCommand } from '../../src/decide/root-commands.ts';
import { assess, received } from '../../src/decide/submit.ts';
import type { Submission } from '../../src/decide/submit.ts';
import { isRefused } from '../../src/decide/outcome.ts';
import type { Outcome } from '../../src/decide/outcome.ts';
import type { Refusal } from '../../src/refusals.ts';
import { parseInstant, workingTime } from '../../src/time/index.ts';
import type { WorkingTime } from '../../src/time/index.ts';
import { FolderCopy } from './folder-copy.ts';
import { referenceOfTests } from './reference-of-tests.ts';
import { Registers, effectOf } from './effects.ts';

export const services = ['intake', 'general-agency', 'land', 'social-protection', 'business-registration', 'payments', 'postal', 'oversight'] as const;
export class Service {
  readonly name: ServiceName;
  /** Counts the stores that it has had. */
  incarnation = 1;
  copy = new FolderCopy();
  readonly registers = new Registers();

  constructor(name: ServiceName) {
    this.name = name;
  }

  get author(): AuthorId {
    return authorOf(this.name, this.incarnation);
  }

  get dossier(): Dossier {
    return this.copy.dossier;
  }
}

export const authorOf = (service: ServiceName, incarnation = 1): AuthorId => `${service}~${String(incarnation).padStart(16, '0')}`;
const hosts = { intake: 'intake', money: 'payments', post: 'postal', observers: ['oversight'] };

const workOfTests = workingTime(referenceOfTests.calendar);

/** More steps than any finite work needs: reaching it means that duties call each other for ever. */
const maxSteps = 2_000;

type DistributedOmit<T, K extends string> = T extends unknown ? Omit<T, K> : never;
export type LegSaying = DistributedOmit<LegCommand, 'leg' | 'by' | 'request'>;
export type RootSaying = DistributedOmit<RootCommand, 'by' | 'request'>;

export function at(text: string): Instant {
  const instant = parseInstant(text);
  if (typeof instant !== 'number') throw new Error(`not an instant: ${text}`);
  return instant;
}

/** After `settled` a round is raised only where the leg is stale, or stopped or taken back while there was a reason to end that no longer stands. */
function mayRise(dossier: Dossier, leg: Leg): boolean {
  return stale(dossier, leg) || (endingReason(dossier) === null && (leg.status === 'revoked' || (leg.status === 'stopped' && leg.stopReason === 'refused')));
}

export class World {
  now: Instant;
  reference: Reference = referenceOfTests;
  work: WorkingTime = workOfTests;
  readonly services = new Map<ServiceName, Service>();
  /** Effects that were begun and not finished: while set, `perform` begins them and a test finishes them. */
  readonly begun: { readonly service: Service; readonly duty: Duty; readonly drafts: readonly Draft[] }[] | null;

  constructor(start = '2026-03-02T08:00+07', options: { readonly slowEffects?: boolean } = {}) {
    this.now = at(start);
    this.begun = options.slowEffects === true ? [] : null;
    for (const name of services) this.services.set(name, new Service(name));
  }

  service(name: ServiceName): Service {
    const found = this.services.get(name);
    if (found === undefined) throw new Error(`no service ${name}`);
    return found;
  }

  /** The calendar as it is announced from now on. */
  announce(calendar: Partial<Calendar>): void {
    const whole = { ...this.reference.calendar, ...calendar };
    this.reference = { ...this.reference, digest: `calendar ${this.now}`, calendar: whole };
    this.work = workingTime(whole);
  }

  context(service: Service): LawContext {
    return { service: service.name, author: service.author, now: this.now, authorOf: (name) => this.service(name).author, isMine: (author) => serviceOf(author) === service.name, reference: this.reference, work: this.work, hosts };
  }

  // ---------------------------------------------------------------- writing and telling

  write(service: Service, drafts: readonly Draft[]): LawEntry[] {
    return stamped(service.dossier, drafts).map((draft) => {
      const leg = draft.kind === 'leg-reopened' ? service.dossier.legs.get(draft.item) : undefined;
      if (leg !== undefined && service.dossier.root!.closing !== null && leg.settledRound === leg.round && !mayRise(service.dossier, leg)) throw new Error(`${leg.plan.name} raises a round after it was settled`);
      return service.copy.write(service.author, draft, this.now);
    });
  }

  /** Whose copies are kept up to date. Who heard of the dossier only from a store that was lost, before that store told why, is told no more and waits for nothing. */
  get participants(): Service[] {
    return participants(this.service('oversight').dossier, hosts.observers).map((name) => this.service(name));
  }

  /** One service tells another all that it holds. */
  tell(from: ServiceName, to: ServiceName): void {
    this.service(to).copy.take(this.service(from).copy.entries);
  }

  /**
   * The store of a service is lost. Its successor learns what `peers` hold and takes over from there: newest predecessor first, an older one only where nothing
   * of the newer is known.
   */
  lose(name: ServiceName, peers: readonly ServiceName[] = services): void {
    const service = this.service(name);
    const copy = new FolderCopy();
    for (const peer of peers) if (peer !== name) copy.take(this.service(peer).copy.entries);
    service.copy = copy;
    const heads = headsOf(copy.folder);
    const lost = service.incarnation;
    service.incarnation++;
    for (let n = lost; n >= 1 && copy.entries.length > 0; n--) {
      const head = heads[authorOf(name, n)] ?? null;
      copy.succeed(service.author, { predecessor: authorOf(name, n), head }, this.now);
      if (head !== null) break;
    }
    if (this.begun !== null) for (let n = this.begun.length - 1; n >= 0; n--) if (this.begun[n]!.service === service) this.begun.splice(n, 1);
  }

  // ---------------------------------------------------------------- duties

  /** Performs what one service owes until it owes nothing; gives the kinds performed. */
  perform(name: ServiceName): string[] {
    const service = this.service(name);
    const performed: string[] = [], keys = new Set<string>();
    for (let step = 0; step < maxSteps; step++) {
      const duty = this.owed(service)[0];
      if (duty === undefined) return performed;
      // As the kernel has it: a duty that is owed again after it was done would go on for ever.
      if (keys.has(duty.key)) throw new Error(`${name} owes ${duty.key} again after ${performed.slice(-12).join(', ')}`);
      keys.add(duty.key);
      performed.push(duty.kind);
      this.performOne(service, duty);
    }
    throw new Error(`${name} never comes to rest: …${performed.slice(-12).join(', ')}`);
  }

  /** What a service owes now, without what it has begun. */
  owed(service: Service): Duty[] {
    return duties(service.dossier, this.context(service)).filter((duty) => !this.#isBegun(service, duty));
  }

  #isBegun(service: Service, duty: Duty): boolean {
    return duty.perform !== undefined && this.begun !== null && this.begun.some((one) => one.service === service && one.duty.key === duty.key);
  }

  /** Performs one duty: its entries are written, or its effect is begun. */
  performOne(service: Service, duty: Duty): void {
    if (duty.drafts !== undefined) {
      for (const draft of duty.drafts) if (!canWrite(service.copy.folder, service.author, draft.item)) throw new Error(`${service.name} owes ${duty.key} on an item that it does not hold`);
      this.write(service, duty.drafts);
      return;
    }
    const drafts = effectOf(duty, service.dossier, service.registers);
    if (this.begun !== null) this.begun.push({ service, duty, drafts });
    else this.write(service, drafts);
  }

  /** The outcome of an effect is written, however much has happened since it began. */
  finish(position: number): void {
    const [one] = this.begun!.splice(position, 1);
    if (one !== undefined) this.write(one.service, one.drafts);
  }

  /** Everybody tells whom the law names as participants, and performs what it owes, until nothing moves. */
  quiet(): void {
    for (let round = 0; round < 200; round++) {
      const before = this.#size();
      for (const service of this.services.values()) {
        while (this.begun !== null && this.begun.length > 0) this.finish(0);
        this.perform(service.name);
        for (const other of participants(service.dossier, hosts.observers)) if (other !== service.name && service.copy.entries.length > 0) this.tell(service.name, other);
      }
      if (this.#size() === before) return;
    }
    throw new Error('the services never come to rest');
  }

  #size(): number {
    let size = this.begun?.length ?? 0;
    for (const service of this.services.values()) size += service.copy.entries.length;
    return size;
  }

  // ---------------------------------------------------------------- people

  /** A submission at the counter of Hội An; refused ones throw. */
  submit(procedure: string, more: Partial<Submission> = {}): void {
    const intake = this.service('intake');
    const submission: Submission = {
      by: { office: 'counter-hoi-an', officer: 'An' }, request: 'submit', procedure, case: '', channel: 'counter', areas: { subject: 'hoi-an' }, applicantKind: 'citizen', submittedBy: 'self',
      documents: [{ document: 'form', origin: { type: 'presented' } }], particulars: [{ part: 'applicant', commitment: 'c1' }], return: { way: 'counter', office: 'counter-hoi-an' }, rehearsal: null, ...more,
    };
    const assessment = assess(submission, this.context(intake));
    if ('refusal' in assessment) throw new Error(`refused: ${JSON.stringify(assessment.refusal)}`);
    const outcome = received(submission, assessment, '000.00.01.H47-260302-0001', this.context(intake));
    if ('refusal' in outcome) throw new Error(`refused: ${JSON.stringify(outcome.refusal)}`);
    this.write(intake, outcome.drafts);
  }

  /** What a service thinks of a leg; `leg`: its name, or its id where several bear the name. */
  legAt(name: ServiceName, leg: string): Leg {
    const found = [...this.service(name).dossier.legs.values()].find((one) => one.plan.name === leg || one.id === leg);
    if (found === undefined) throw new Error(`${name} knows no leg ${leg}`);
    return found;
  }

  /** The service that holds a leg, by the leg's own history: of all opinions the one with the longest chain of terms counts. */
  holderOf(leg: string): Service {
    const known = [...this.services.values()].filter((one) => [...one.dossier.legs.values()].some((other) => other.plan.name === leg || other.id === leg));
    const newest = known.reduce((best, one) => (this.#term(one, leg) > this.#term(best, leg) ? one : best));
    return this.service(serviceOf(holderOf(newest.dossier, this.legAt(newest.name, leg))));
  }

  #term(service: Service, leg: string): number {
    return service.copy.term(this.legAt(service.name, leg).id);
  }

  id(leg: string): ItemId {
    return this.legAt(this.holderOf(leg).name, leg).id;
  }

  /** An office commands at the service that holds the leg. Gives the refusal, or null. */
  says(leg: string, saying: LegSaying, by?: OfficeId): Refusal | null {
    const service = this.holderOf(leg);
    const here = this.legAt(service.name, leg);
    return this.#run(service, decideLegCommand({ ...saying, leg: here.id, by: { office: by ?? here.office, officer: 'Bình' }, request: 'r' } as LegCommand, service.dossier, this.context(service)));
  }

  /** The citizen's side: any counter at intake. */
  asks(saying: RootSaying, by: OfficeId = 'counter-hoi-an'): Refusal | null {
    const intake = this.service('intake');
    return this.#run(intake, decideRootCommand({ ...saying, by: { office: by, officer: 'An' }, request: 'r' } as RootCommand, intake.dossier, this.context(intake)));
  }

  /** A leg to be inserted, for the first office that bears `role`. */
  insertion(name: string, role: string): LegSaying {
    const office = referenceOfTests.competentOffice(role, 'hoi-an', '2026-03-02')!;
    const plan: LegPlan = {
      type: 'leg', name, title: { vi: name, en: name }, role, service: office.service, office: office.id, area: 'hoi-an', after: [], limit: '1wd', decides: false, results: [], reads: [], plannedDue: null, act: '1/2026/NĐ-CP',
    };
    return { kind: 'insert', plan, reason: 'cần thêm bước' };
  }

  /** The citizen pays a charge. */
  pays(code: string): void {
    const till = this.service('payments');
    const charge = [...till.dossier.charges.values()].find((one) => one.plan.code === code && one.status === 'open');
    if (charge === undefined) throw new Error(`no open charge ${code}`);
    this.write(till, [{ item: charge.id, kind: 'charge-paid', body: { amount: charge.plan.amount, method: 'cash', receipt: 'BL1' } }]);
  }

  #run(service: Service, outcome: Outcome): Refusal | null {
    if (isRefused(outcome)) return outcome.refusal;
    this.write(service, outcome.drafts);
    return null;
  }
}
