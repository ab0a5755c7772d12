/** Duties that reach outside the folder: claimed in a write, run outside the lock, ended by an entry. */
import { having, without } from '@lienthong/folder';
import type { FolderId } from '@lienthong/folder';
import { withDeadline } from './deadline.ts';
import { asHubError, HubError, problemOf } from './errors.ts';
import type { Kernel } from './kernel.ts';
import { openFolder } from './open-folder.ts';
import type { OpenFolder } from './open-folder.ts';
import { dutiesOf, performPureDuties } from './perform-duties.ts';
import type { Decision, Duty, Effect, EffectCall } from './rules.ts';
import { viewOf } from './view.ts';
import { isAhead, longestWaitMs } from './watch-time.ts';
import { beginWrite, commitWrite, writeDrafts } from './write-folder.ts';
import type { FolderWrite } from './write-folder.ts';

/** An effect that this instance has claimed and will run when the claim is durable. */
export type Claimed = { readonly duty: Duty; readonly attempt: number };

type Outcome = { readonly decision: Decision } | { readonly problem: string };

export class EffectRunner<S> {
  readonly #kernel: () => Kernel<S>;
  readonly #effects: Readonly<Record<string, Effect<S>>>;
  readonly #running = new Set<Promise<void>>();
  #stopped = false;

  /** `kernel` is asked late: both know each other. */
  constructor(kernel: () => Kernel<S>, effects: Readonly<Record<string, Effect<S>>>) {
    this.#kernel = kernel;
    this.#effects = effects;
  }

  get running(): number { return this.#running.size; }

  /**
   * Puts claims on owed effects into the write, as far as there is room. Claims of what is no longer owed go. Where this release can only read nobody knows what is
   * owed: claims stay there, for they alone tell whoever comes next to ask first.
   */
  claim(write: FolderWrite<S>): readonly Claimed[] {
    const { owed, open: { aux, trouble } } = write;
    if (owed === null || trouble !== null || (owed.length === 0 && aux.claims.size === 0)) return [];
    const kernel = this.#kernel();
    // What an effect would read may not be back yet.
    if (!kernel.succession.whole) return [];
    const now = kernel.world.now();
    const claimed: Claimed[] = [];
    for (const duty of owed) {
      if (duty.perform === undefined || this.#stopped || this.#running.size + claimed.length >= kernel.limits.maxEffects) continue;
      const before = aux.claims.get(duty.key);
      if (before !== undefined && this.#isHeld(before, now)) continue;
      const attempt = (before?.attempts ?? 0) + 1;
      claimed.push({ duty, attempt });
      if (kernel.faults.has('perform-without-claim')) continue;
      aux.claims = having(aux.claims, duty.key, { by: this.#name(), until: now + kernel.limits.effectLeaseMs, attempts: attempt, givenUp: false });
      write.auxChanged = true;
    }
    for (const key of aux.claims.keys()) if (!owed.some((duty) => duty.key === key)) without(aux.claims, key);
    return claimed;
  }

  start(open: OpenFolder<S>, claimed: readonly Claimed[]): void {
    for (const one of claimed) {
      const run = this.#run(open, one).catch((cause: unknown) => this.#kernel().reports.alarm(asHubError(cause), open.id));
      this.#running.add(run);
      void run.finally(() => this.#running.delete(run));
    }
  }

  /** Runs the effect that inspects what came back of a folder. It changes nothing outside, so that it needs no claim. Rejects as the effect does. */
  async inspect(open: OpenFolder<S>, { perform: name, input }: Pick<Duty, 'perform' | 'input'>): Promise<Decision> {
    const kernel = this.#kernel(), effect = this.#effects[name!];
    if (effect === undefined) throw new HubError('EFFECT_UNKNOWN', { service: kernel.service, effect: name!, folder: open.id, attempts: '1', problem: 'unknown' });
    const call: EffectCall<S> = { folder: open.id, idempotencyKey: `${open.id}/${name!}`, input, attempt: 1, askFirst: true, view: viewOf(kernel, open), deadlineMs: kernel.limits.effectDeadlineMs };
    return withDeadline((ms, run) => kernel.world.later(ms, run), call.deadlineMs, effect.run(call));
  }

  /** Claims no more; resolves when what runs has ended. */
  async stop(): Promise<void> {
    this.#stopped = true;
    await Promise.all(this.#running);
  }

  #name(): string {
    const { author, instance } = this.#kernel();
    return `${author}/${instance}`;
  }

  /** A lease of an instance that is known to be gone holds nothing. */
  #isHeld(claim: { readonly by: string; readonly until: number; readonly givenUp: boolean }, now: number): boolean {
    if (claim.givenUp || this.#kernel().faults.has('hold-claims-for-ever')) return true;
    if (!isAhead(claim.until, now, longestWaitMs(this.#kernel().limits))) return false;
    return claim.by === '' || claim.by === this.#name() || this.#kernel().sharedStore;
  }

  async #run(open: OpenFolder<S>, { duty, attempt }: Claimed): Promise<void> {
    const kernel = this.#kernel();
    const call: EffectCall<S> = {
      folder: open.id, idempotencyKey: `${open.id}/${duty.key}`, input: duty.input, attempt, askFirst: (attempt > 1 || kernel.predecessors.length > 0 || open.folder.forks.length > 0) && !kernel.faults.has('never-ask-first'), view: viewOf(kernel, open), deadlineMs: kernel.limits.effectDeadlineMs,
    };
    const effect = this.#effects[duty.perform!];
    kernel.world.crashPoint?.('effect-claimed');
    const outcome = effect === undefined ? { problem: 'unknown' } : await perform(kernel, effect, call);
    kernel.world.crashPoint?.('effect-called');
    await kernel.locks.run(open.id, () => this.#end(open.id, duty, call, outcome), true);
    kernel.world.crashPoint?.('effect-ended');
  }

  async #end(id: FolderId, duty: Duty, call: EffectCall<S>, outcome: Outcome): Promise<void> {
    const kernel = this.#kernel();
    for (let attempt = 0; attempt <= kernel.limits.maxConflictRetries; attempt++) {
      const write = beginWrite(kernel, await openFolder(kernel, id));
      try {
        let owed = this.#isOwed(write, duty);
        if (owed) await kernel.succession.prepare(write);
        if (write.own.length + write.received.length > 0) owed = this.#isOwed(write, duty);
        if (owed) this.#record(write, duty, call, outcome);
        // The claim stays where this release cannot read on: how it ended is asked for by one that can.
        else if (write.open.trouble === null) { without(write.open.aux.claims, duty.key); write.auxChanged = true; }
        await performPureDuties(kernel, write);
        if ((await commitWrite(kernel, write)) !== 'conflict') return;
      } catch (cause) {
        kernel.cache.drop(id);
        throw cause;
      }
    }
  }

  #isOwed(write: FolderWrite<S>, duty: Duty): boolean {
    return dutiesOf(this.#kernel(), write).some((one) => one.key === duty.key);
  }

  #record(write: FolderWrite<S>, duty: Duty, call: EffectCall<S>, outcome: Outcome): void {
    const kernel = this.#kernel();
    write.auxChanged = true;
    const decision = 'decision' in outcome ? outcome.decision : this.#giveUp(write, duty, call, outcome.problem);
    if (decision === null) return;
    // What ends without an entry is owed as before: it is looked at again after a wait, and not at once for ever.
    if (decision.drafts.length === 0) return this.#postpone(write, duty, call, false);
    without(write.open.aux.claims, duty.key);
    write.asides.push(...decision.asides ?? []);
    writeDrafts(kernel, write, decision.drafts, null);
  }

  /** What is written instead once all attempts are used up; null while there are more, or nothing can be written. */
  #giveUp(write: FolderWrite<S>, duty: Duty, call: EffectCall<S>, problem: string): Decision | null {
    const kernel = this.#kernel();
    const last = call.attempt >= kernel.limits.maxEffectAttempts;
    this.#postpone(write, duty, call, last);
    if (!last) return null;
    const effect = duty.perform!;
    kernel.reports.alarm(new HubError(problem === 'unknown' ? 'EFFECT_UNKNOWN' : 'EFFECT_FAILED', { service: kernel.service, effect, folder: write.open.id, attempts: String(call.attempt), problem }), write.open.id);
    return this.#effects[effect]?.failed?.(call, problem) ?? null;
  }

  /** The next attempt comes after a wait that doubles up to its maximum; none comes when all are used up. */
  #postpone({ open }: FolderWrite<S>, duty: Duty, call: EffectCall<S>, givenUp: boolean): void {
    const { world, limits: { effectBackoffMs, maxEffectBackoffMs } } = this.#kernel();
    const waitMs = Math.min(effectBackoffMs * 2 ** Math.min(call.attempt - 1, 20), maxEffectBackoffMs);
    open.aux.claims = having(open.aux.claims, duty.key, { by: '', until: world.now() + waitMs, attempts: call.attempt, givenUp });
  }
}

async function perform<S>(kernel: Kernel<S>, effect: Effect<S>, call: EffectCall<S>): Promise<Outcome> {
  try {
    return { decision: await withDeadline((ms, run) => kernel.world.later(ms, run), call.deadlineMs, effect.run(call)) };
  } catch (cause) {
    return { problem: problemOf(cause) };
  }
}
