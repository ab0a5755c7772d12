/** From the durable write of one service to the durable takeover of the next, one at a time, seen from outside: answer of the submission → the leg on the next desk. */
import { randomBytes } from 'node:crypto';
import { closeSync, fsyncSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { agency, dossier as pb } from '@lienthong/contract';
import type { HubClient } from '@lienthong/journeys';
import { figuresOf } from './load.ts';
import type { Raw, SuiteResult } from './intake-suite.ts';
import { birthRegistration, counterOf } from './submissions.ts';

const commune = '20410';
/** Rest between two handoffs, so that the hub is idle, in milliseconds. */
const restMs = 5;
/** A handoff that takes longer has failed, in milliseconds. */
const maxHandoffMs = 10_000;

export async function handoffSuite(hub: HubClient, seconds: number): Promise<SuiteResult> {
  const run = randomBytes(4).toString('hex');
  const desk = new DeskEvents(hub, `committee-${commune}-202507`);
  await desk.current;
  const latencies: number[] = [];
  const startedAt = performance.now(), until = startedAt + seconds * 1_000;
  for (let n = 0; performance.now() < until; n++) {
    const { code } = await hub.intake.submitDossier(birthRegistration(`${run}-${n}`, commune, n), { office: counterOf(commune) });
    const durable = performance.now();
    await desk.working(code);
    latencies.push(Math.max(0, desk.at(code) - durable));
    await pause(restMs);
  }
  desk.stop();
  return { figures: figuresOf(latencies, (performance.now() - startedAt) / 1_000), raw: twoFlushes() };
}

/** Legs in work on one desk, as its watch tells them. */
class DeskEvents {
  readonly current: Promise<void>;
  readonly #seen = new Map<string, number>();
  readonly #waiting = new Map<string, () => void>();
  readonly #stop = new AbortController();

  constructor(hub: HubClient, office: string) {
    this.current = new Promise((resolve, reject) => { this.#follow(hub, office, resolve).catch((error: unknown) => { if (!this.#stop.signal.aborted) reject(error); }); });
  }

  at(code: string): number { return this.#seen.get(code)!; }

  async working(code: string): Promise<void> {
    if (this.#seen.has(code)) return;
    await new Promise<void>((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`no takeover of ${code} in ${maxHandoffMs} ms`)), maxHandoffMs);
      this.#waiting.set(code, () => { clearTimeout(timer); resolve(); });
    });
  }

  stop(): void { this.#stop.abort(); }

  async #follow(hub: HubClient, office: string, current: () => void): Promise<void> {
    for await (const { event } of hub.desk.watchDesk(agency.WatchDeskRequest.fromPartial({}), { office, signal: this.#stop.signal })) {
      if (event?.$case === 'current') current();
      if (event?.$case !== 'leg' || event.value.leg?.state !== pb.LegState.WORKING) continue;
      const { code } = event.value;
      if (!this.#seen.has(code)) this.#seen.set(code, performance.now());
      this.#waiting.get(code)?.();
      this.#waiting.delete(code);
    }
  }
}

/** The least that a handoff costs: two flushes to the disk, one after the other. */
function twoFlushes(): Raw {
  const directory = mkdtempSync(join(tmpdir(), 'lienthong-raw-'));
  const file = openSync(join(directory, 'raw'), 'w'), block = Buffer.alloc(4_096, 1);
  const latencies: number[] = [];
  const startedAt = performance.now();
  for (let n = 0; n < 300; n++) {
    const at = performance.now();
    for (let flush = 0; flush < 2; flush++) { writeSync(file, block); fsyncSync(file); }
    latencies.push(performance.now() - at);
  }
  const { per_s, p50_ms } = figuresOf(latencies, (performance.now() - startedAt) / 1_000);
  closeSync(file);
  rmSync(directory, { recursive: true });
  return { what: 'two flushes of 4 KiB to the disk, one after the other', per_s, p50_ms };
}
