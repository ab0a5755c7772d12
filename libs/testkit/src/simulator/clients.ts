/** People's programs: they send a command, wait, send it again under the same request id until it is answered, and now and then once more. */
import { hash as digest } from 'node:crypto';
import type { Entry } from '@lienthong/folder';
import { HubError } from '@lienthong/kernel';
import type { Aside, Decision, View } from '@lienthong/kernel';
import type { FolderState } from '@lienthong/dossier-service';
import { isRefused, stamped } from '@lienthong/law';
import type { FolderId, Outcome } from '@lienthong/law';
import type { EventQueue } from './event-queue.ts';
import type { Journal, ToldEntry } from './journal.ts';
import type { Life } from './life.ts';
import type { Random } from './random.ts';
import { outdatedAlarms } from './sim-service.ts';
import type { SimService } from './sim-service.ts';
import type { Trace } from './trace.ts';

/** Decides with the copy of the life that is asked; may prepare something before. Undefined: there is nothing to ask any more. */
export type Asking = (life: Life) => Promise<((view: View<FolderState>) => { readonly outcome: Outcome; readonly asides?: readonly Aside[] }) | undefined>;

type Request = { readonly id: string; readonly service: SimService; readonly folder: FolderId; readonly asking: Asking; readonly resend: boolean; tries: number; answered: boolean; readonly settled: (done: boolean) => void };

const patienceMs = 9_000, againMs = 1_200, maxTries = 30, resendWithinMs = 30_000;

export class Clients {
  readonly #queue: EventQueue;
  readonly #random: Random;
  readonly #journal: Journal;
  readonly #trace: Trace;
  #count = 0;
  #waiting = 0;

  constructor(queue: EventQueue, random: Random, journal: Journal, trace: Trace) {
    this.#queue = queue;
    this.#random = random;
    this.#journal = journal;
    this.#trace = trace;
  }

  /** Commands that are not answered yet. */
  get waiting(): number { return this.#waiting; }

  /** Sends a command until it is answered. Resolves to whether it took effect; a refusal is an answer, too. `impatient`: it is given up after one try. */
  send(service: SimService, folder: FolderId, asking: Asking, options: { readonly impatient?: boolean; readonly id?: string } = {}): Promise<boolean> {
    const id = options.id ?? `r${++this.#count}`;
    this.#waiting++;
    return new Promise<boolean>((settled) => {
      const request: Request = {
        id, service, folder, asking, tries: options.impatient === true ? maxTries - 1 : 0, answered: false, resend: this.#random.percent(20),
        settled: (done) => { this.#waiting--; settled(done); },
      };
      this.#try(request);
    });
  }

  #try(request: Request): void {
    if (request.answered) return;
    if (request.tries++ >= maxTries) { request.answered = true; request.settled(false); return; }
    const life = this.#processFor(request.service);
    const again = (ms: number): void => { this.#queue.later(ms + this.#random.below(ms), () => this.#try(request)); };
    if (life === undefined) return again(againMs);
    const next = { tried: false };
    const once = (ms: number): void => { if (!next.tried && !request.answered) { next.tried = true; again(ms); } };
    this.#queue.later(patienceMs, () => once(1));
    void this.#ask(request, life).then((answer) => { if (answer === 'again') once(againMs); });
    // Somebody clicked twice.
    const other = this.#random.percent(10) ? this.#processFor(request.service) : undefined;
    if (other !== undefined) void this.#ask(request, other);
  }

  /** Now and then somebody talks to a copy that has strayed. */
  #processFor(service: SimService): Life | undefined {
    return service.stray !== null && this.#random.percent(40) ? service.stray : service.anyLife();
  }

  async #ask(request: Request, life: Life): Promise<'again' | 'done'> {
    try {
      const decide = await request.asking(life);
      if (decide === undefined) return this.#answer(request, false);
      const handled = await life.participant.handle(request.folder, {
        request: { id: request.id, digest: digest('sha256', request.id, 'hex') },
        decide: (view): Decision | { refusal: never } => {
          const { outcome, asides } = decide(view);
          if (isRefused(outcome)) return outcome as { refusal: never };
          return { drafts: stamped(view.state.dossier, outcome.drafts), ...(asides === undefined ? {} : { asides }) };
        },
        reply: (entries) => entries.map(told),
      });
      if (!life.alive) return 'again';
      if (!handled.ok) { this.#journal.count('refused'); return this.#answer(request, false); }
      this.#acknowledge(request, life, handled.reply);
      return this.#answer(request, true);
    } catch (cause) {
      return this.#failed(request, life, cause);
    }
  }

  #failed(request: Request, life: Life, cause: unknown): 'again' | 'done' {
    if (!(cause instanceof HubError)) throw cause;
    const isOutdated = life.isOutdated && outdatedAlarms.has(cause.code);
    if (life.lacksFacts(cause, this.#journal)) {
      this.#journal.count('facts that one store alone had');
      return this.#answer(request, false);
    }
    if (life.alive && !cause.retryable && cause.code !== 'LOG_FULL' && !isOutdated) {
      this.#journal.problem(`${request.service.name} answers ${request.id} with ${cause.message}`);
      return this.#answer(request, false);
    }
    return 'again';
  }

  #answer(request: Request, done: boolean): 'done' {
    if (request.answered) return 'done';
    request.answered = true;
    request.settled(done);
    if (done && request.resend) this.#queue.later(this.#random.below(resendWithinMs), () => { const life = this.#processFor(request.service); if (life !== undefined) void this.#ask(request, life); });
    return 'done';
  }

  #acknowledge({ id, service, folder }: Request, life: Life, entries: readonly ToldEntry[]): void {
    const written = life.store.commits.get(folder) ?? 0, commit = written || (life.store.found.get(folder) ?? 0), stray = life === service.stray, author = entries[0]!.author;
    this.#trace.note(this.#queue.now, `${service.name} acknowledges ${id}`);
    this.#journal.acknowledge({ at: this.#queue.now, request: id, folder, service: service.name, author, entries, commit, stray });
    const { mark } = service;
    if (!stray && mark?.incarnation === author && mark.commit < written) this.#journal.problem(`${service.name} answers ${id} before its mark was raised`);
  }
}

const told = ({ author, seq, hash }: Entry): ToldEntry => ({ author, seq, hash });
