/** Random histories of three services with crashes, restored and lost stores and a bad bus: at the end all copies agree, and what was acknowledged has had its effect once. */
import fc from 'fast-check';
import { expect, inject, test } from 'vitest';
import type { MemorySnapshot } from '@lienthong/store-memory';
import { HubError, serviceOf } from '../src/index.ts';
import type { KernelFault } from '../src/index.ts';
import { add, open, pass } from './toy/toy-law.ts';
import { folderOf, ToyHub } from './toy/toy-hub.ts';

const services = ['alpha', 'beta', 'gamma'];
const folders = ['one', 'two'].map(folderOf);

type Step =
  | { readonly do: 'open' | 'add'; readonly at: number; readonly folder: number }
  | { readonly do: 'pass'; readonly at: number; readonly folder: number; readonly to: number }
  | { readonly do: 'crash'; readonly at: number; readonly durable: number }
  | { readonly do: 'backup' | 'restore' | 'lose' | 'silent'; readonly at: number }
  | { readonly do: 'wait'; readonly ms: number }
  | { readonly do: 'bus'; readonly lossPercent: number; readonly twicePercent: number; readonly delayMs: number };

const at = fc.nat(2);
const folder = fc.nat(1);
const steps: fc.Arbitrary<readonly Step[]> = fc.array(fc.oneof(
  { weight: 3, arbitrary: fc.record({ do: fc.constant('open' as const), at, folder }) },
  { weight: 8, arbitrary: fc.record({ do: fc.constant('add' as const), at, folder }) },
  { weight: 6, arbitrary: fc.record({ do: fc.constant('pass' as const), at, folder, to: at }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('crash' as const), at, durable: fc.nat(3) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('backup' as const), at }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constantFrom('restore' as const, 'lose' as const, 'silent' as const), at }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('wait' as const), ms: fc.constantFrom(0, 1, 60, 3_000, 20_000) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('bus' as const), lossPercent: fc.constantFrom(0, 30, 100), twicePercent: fc.constantFrom(0, 30), delayMs: fc.constantFrom(0, 5_000) }) },
), { minLength: 5, maxLength: 40 });

type History = readonly [plan: readonly Step[], seed: number, flushMs: number];

/** Histories that once failed. */
const examples: History[] = [
  // What gamma last said was still under way when its store and its mark were lost: alpha took it for the word of the empty store.
  [[
    { do: 'bus', lossPercent: 30, twicePercent: 0, delayMs: 5_000 }, { do: 'restore', at: 2 }, { do: 'open', at: 0, folder: 0 }, { do: 'pass', at: 0, folder: 1, to: 0 }, { do: 'add', at: 1, folder: 0 },
    { do: 'silent', at: 2 },
  ], 709_824_375, 0],
  // Beta's first entry is lost at beta and gamma; alpha, which it never reached, waits with the second one.
  [[
    { do: 'open', at: 0, folder: 1 }, { do: 'bus', lossPercent: 30, twicePercent: 0, delayMs: 0 }, { do: 'open', at: 0, folder: 0 }, { do: 'add', at: 1, folder: 1 }, { do: 'silent', at: 2 },
    { do: 'bus', lossPercent: 0, twicePercent: 0, delayMs: 0 }, { do: 'restore', at: 1 }, { do: 'backup', at: 0 }, { do: 'crash', at: 1, durable: 0 },
  ], 386_589_251, 2],
  // Alpha hands the work to beta's first incarnation; the second one writes its succession before it hears of that.
  [[
    { do: 'bus', lossPercent: 0, twicePercent: 0, delayMs: 5_000 }, { do: 'open', at: 0, folder: 0 }, { do: 'bus', lossPercent: 100, twicePercent: 0, delayMs: 0 }, { do: 'pass', at: 0, folder: 0, to: 1 },
    { do: 'restore', at: 1 }, { do: 'silent', at: 2 }, { do: 'add', at: 1, folder: 0 },
  ], 0, 0],
  // All stores are lost, beta's succession ends, and then alpha is put back to where it holds what beta's first incarnation wrote.
  [[
    { do: 'open', at: 0, folder: 1 }, { do: 'wait', ms: 1_000 }, { do: 'backup', at: 0 }, { do: 'lose', at: 0 }, { do: 'restore', at: 1 }, { do: 'restore', at: 2 }, { do: 'silent', at: 0 },
  ], 0, 2],
  // Alpha is put back to before its present incarnation, under which it had come just as far when the peers last heard of it.
  [[{ do: 'open', at: 0, folder: 0 }, { do: 'wait', ms: 40_000 }, { do: 'backup', at: 0 }, { do: 'lose', at: 0 }, { do: 'silent', at: 0 }, { do: 'crash', at: 0, durable: 0 }], 0, 2],
];

/** A command that was answered, and whether its service's store was put back afterwards. */
type Answered = { readonly service: string; readonly folder: string; readonly request: string; rewound: boolean };

class Run {
  readonly hub: ToyHub;
  readonly answered: Answered[] = [];
  readonly #backups = new Map<string, MemorySnapshot>();
  /** What this service sends arrives at once or never. */
  #prompt = '';
  #n = 0;
  #chance: number;

  constructor(seed: number, flushMs: number) {
    const options = { faults: new Set((process.env['FAULTS'] ?? '').split(',').filter((one) => one !== '') as KernelFault[]) };
    this.hub = new ToyHub({ alpha: { options }, beta: { options }, gamma: { options } }, flushMs);
    this.#chance = seed;
  }

  async step(step: Step): Promise<void> {
    switch (step.do) {
      case 'open': return this.#command(step.folder, step.folder, /* one service opens a folder: its id is derived from the submission */ (id) => open(id, { services }));
      case 'add': return this.#command(step.at, step.folder, (id) => add(id, 1));
      case 'pass': return this.#command(step.at, step.folder, (id) => pass(id, this.hub.author(services[step.to]!)));
      case 'wait': return this.hub.time.pass(step.ms);
      case 'bus': this.#setBus(step); return;
      case 'crash': this.hub.crash(services[step.at]!, step.durable); return this.#start(services[step.at]!);
      case 'backup': this.#backups.set(services[step.at]!, this.hub.services.get(services[step.at]!)!.store.backup()); return;
      default: return this.#rewind(step.do, services[step.at]!);
    }
  }

  /** Everything works again, for long enough. */
  async heal(): Promise<void> {
    this.hub.carry = ({ deliver }) => deliver();
    await this.hub.time.pass(600_000);
  }

  async #command(service: number, folderNo: number, make: (id: string) => ReturnType<typeof add>): Promise<void> {
    const name = services[service]!;
    const request = `${name}-${this.#n++}`;
    const id = folders[folderNo]!;
    const work = this.hub.at(name).handle(id, make(request)).then((handled) => { if (handled.ok) this.answered.push({ service: name, folder: id, request, rewound: false }); }, (cause: unknown) => {
      if (!(cause instanceof HubError) || cause.code === 'INTERNAL') throw cause;
    });
    await Promise.race([work, this.hub.time.pass(0)]);
    await this.hub.time.pass(0);
  }

  /**
   * `lose`: an empty disk; `silent`: an old one, and the mark beside the keys is lost, too. Then only the peers know: what it had sent has arrived and is written down
   * there (within a second), and they are not disturbed themselves while it starts. What arrives later than the question how far it had come nobody can tell from its new words.
   */
  async #rewind(how: 'restore' | 'lose' | 'silent', name: string): Promise<void> {
    if (how === 'silent') {
      this.#prompt = name;
      await this.hub.time.pass(10_000);
      this.#prompt = '';
      this.hub.marks.delete(name);
    }
    this.hub.restore(name, how === 'lose' ? null : this.#backups.get(name) ?? null);
    for (const one of this.answered) if (one.service === name) one.rewound = true;
    await this.#start(name);
    if (how === 'silent') await this.hub.time.pass(100);
  }

  async #start(name: string): Promise<void> {
    void this.hub.at(name).start();
    await this.hub.time.pass(0);
  }

  #setBus({ lossPercent, twicePercent, delayMs }: Extract<Step, { do: 'bus' }>): void {
    this.hub.carry = ({ update, deliver }) => {
      if (this.#percent() < lossPercent) return;
      const wait = delayMs === 0 || serviceOf(update.sender) === this.#prompt ? 0 : (this.#percent() * delayMs) / 100;
      this.hub.time.later(wait, deliver);
      if (this.#percent() < twicePercent) this.hub.time.later(wait + 1, deliver);
    };
  }

  #percent(): number {
    this.#chance = (Math.imul(this.#chance, 1_103_515_245) + 12_345) >>> 0;
    return (this.#chance >>> 8) % 100;
  }
}

test('copies agree and acknowledged commands have had their effect once', async () => {
  await fc.assert(fc.asyncProperty(steps, fc.nat(), fc.constantFrom(0, 2), async (plan, seed, flushMs) => {
    const run = new Run(seed, flushMs);
    await run.hub.start();
    for (const step of plan) await run.step(step);
    await run.heal();
    for (const name of services) expect(run.hub.at(name).status(), name).toMatchObject({ state: 'ready', outstandingUpdates: 0, waitingUpdates: 0, setAside: [] });
    for (const id of folders) {
      expect(new Set(await run.hub.heads(id, ...services)).size, id).toBe(1);
      await expectEffects(run, id);
    }
    for (const name of services) expect(await run.hub.services.get(name)!.store.unsettled(10), name).toEqual([]);
  }), { numRuns: 150 * inject('size'), examples });
});

async function expectEffects(run: Run, id: string): Promise<void> {
  const present = new Map<string, number>();
  for (const name of services) {
    // Of a folder whose first entry was lost nothing can be folded, whoever still has a later one.
    for (const request of (await run.hub.state(name, id))?.requests ?? []) if (request.startsWith(`${name}-`)) present.set(request, (present.get(request) ?? 0) + 1);
  }
  for (const one of run.answered) {
    if (one.folder !== id) continue;
    const times = present.get(one.request) ?? 0;
    if (!one.rewound) expect(times, `${one.request} in ${id}`).toBe(1);
    expect(times).toBeLessThanOrEqual(1);
  }
}

