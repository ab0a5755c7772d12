/** From the durable write of one service to the durable takeover of the next, one at a time, seen from outside: answer of the submission → the leg on the next desk. */
import { randomBytes } from 'node:crypto';
import { closeSync, fsyncSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { DeskEvents } from './desk-events.ts';
import { figuresOf } from './load.ts';
import type { Benched } from './load.ts';
import type { Raw, SuiteResult } from './intake-suite.ts';
import { birthRegistration, counterOf } from './submissions.ts';

const commune = '20410';
/** Rest between two handoffs, so that the hub is idle, in milliseconds. */
const restMs = 5;

export async function handoffSuite({ hub, usage }: Benched, seconds: number): Promise<SuiteResult> {
  const run = randomBytes(4).toString('hex');
  const desk = new DeskEvents(hub, `committee-${commune}-202507`);
  await desk.current;
  const latencies: number[] = [], before = await usage();
  const startedAt = performance.now(), until = startedAt + seconds * 1_000;
  for (let n = 0; performance.now() < until; n++) {
    const { code } = await hub.intake.submitDossier(birthRegistration(`${run}-${n}`, commune, n), { office: counterOf(commune) });
    const durable = performance.now();
    await desk.working(code, 'registration');
    latencies.push(Math.max(0, desk.at(code, 'registration') - durable));
    await pause(restMs);
  }
  const figures = figuresOf(latencies, (performance.now() - startedAt) / 1_000), cpuSeconds = (await usage()).cpuSeconds - before.cpuSeconds;
  desk.stop();
  return { figures, raw: twoFlushes(), cpuSeconds };
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
