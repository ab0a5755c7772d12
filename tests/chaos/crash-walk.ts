/** One crash point walked: armed, reached, dead, started again without it; what was begun is finished by the same calls. */
import { copyFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { operator } from '@lienthong/contract';
import { hubClient } from '@lienthong/journeys';
import type { HubClient } from '@lienthong/journeys';
import type { CrashPointName } from '@lienthong/kernel';
import { underWay } from '@lienthong/operator';
import type { Reach } from './crash-reach.ts';
import { birthErrand, shopErrand } from './errands.ts';
import type { Errand } from './errands.ts';
import { HubProcess } from './hub-process.ts';
import { handInForPost, postErrand } from './post-errand.ts';
import type { HandedIn } from './post-errand.ts';
import { recordingCalls } from './recorded-calls.ts';
import type { RecordedCall } from './recorded-calls.ts';

/** Longest way to a point, and longest wait until a hub is quiet again, in milliseconds. */
const maxReachMs = 120_000, maxQuietMs = 120_000, lookEveryMs = 50;

/** Hubs that have stopped, to begin from. `waiting`: what was handed in at the last one. */
export type Templates = { readonly worked: HubProcess; readonly putBack: HubProcess; readonly handedIn: HubProcess; readonly waiting: HandedIn };

/** One that has done work, one whose store was put back behind what it has told, and one with a dossier that goes by post from now on. */
export async function templates(): Promise<Templates> {
  const worked = await HubProcess.place();
  await worked.start();
  const hub = hubClient(worked.address);
  try { await shopErrand(hub); await birthErrand(hub, worked.address); } finally { hub.close(); }
  await worked.end('SIGTERM');
  const putBack = await HubProcess.place(worked), kept = join(putBack.root, 'kept.db');
  copyFileSync(putBack.store, kept);
  await putBack.start();
  const later = hubClient(putBack.address);
  try { await birthErrand(later, putBack.address); await shopErrand(later); } finally { later.close(); }
  await putBack.end('SIGTERM');
  for (const ending of ['', '-wal', '-shm']) rmSync(putBack.store + ending, { force: true });
  copyFileSync(kept, putBack.store);
  return { worked, putBack, ...await handedInAt(worked) };
}

async function handedInAt(worked: HubProcess): Promise<Pick<Templates, 'handedIn' | 'waiting'>> {
  const handedIn = await HubProcess.place(worked);
  await handedIn.start();
  const hub = hubClient(handedIn.address);
  try {
    const waiting = await handInForPost(hub);
    await quiet(hub);
    return { handedIn, waiting };
  } finally {
    hub.close();
    await handedIn.end('SIGTERM');
  }
}

async function placeOf({ from }: Reach, { worked, putBack, handedIn }: Templates): Promise<HubProcess> {
  switch (from) {
    case 'empty': return HubProcess.place();
    case 'put-back': return HubProcess.place(putBack);
    case 'handed-in': return HubProcess.place(handedIn);
    case 'worked': case 'claimed': return HubProcess.place(worked);
  }
}

export type Walked = { readonly place: HubProcess; readonly hub: HubClient; readonly calls: readonly RecordedCall[]; readonly errands: readonly Errand[] };

/** `passage`: the point is passed so often, from 1, before the hub dies there. Rejects when it is not reached. */
export async function walkPoint(point: CrashPointName, passage: number, reach: Reach, from: Templates): Promise<Walked> {
  const place = await placeOf(reach, from), calls: RecordedCall[] = [], hub = recordingCalls(hubClient(place.address), calls);
  const begun: Promise<Errand>[] = [];
  const begin = (errand: () => Promise<Errand>) => (): void => { const going = errand(); going.catch(() => {}); begun.push(going); };
  const shop = begin(() => shopErrand(hub)), errands: Readonly<Record<Reach['by'], () => void>> = { shop, birth: begin(() => birthErrand(hub, place.address)), post: begin(() => postErrand(hub, from.waiting)), start: () => {} };
  try {
    if (reach.from === 'claimed') await dieAt(place, 'effect-claimed', 1, shop);
    await dieAt(place, point, passage, errands[reach.by]);
    await place.start();
    const done = await Promise.all(begun);
    await quiet(hub);
    return { place, hub, calls, errands: done };
  } catch (error) {
    hub.close();
    await place.gone();
    throw error;
  }
}

/** Starts the hub armed and begins something, which goes on asking after the hub has died. */
async function dieAt(place: HubProcess, point: CrashPointName, passage: number, begin: () => void): Promise<void> {
  // Some points are passed before the hub is ready.
  await place.start({ LIENTHONG_CRASH_AT: `${point}:${passage}` }).catch(() => {});
  begin();
  const how = await Promise.race([place.ended, pause(maxReachMs, 'not reached' as const, { ref: false })]);
  if (how === 'not reached') throw new Error(`${point}:${passage} was not reached in ${maxReachMs} ms`);
  if (how.signal !== 'SIGKILL') throw new Error(`the hub ended with ${how.code} instead of at ${point}: ${how.stderr}`);
}

/** Resolves when every service is ready and nothing is on its way. */
export async function quiet(hub: HubClient): Promise<void> {
  for (const end = Date.now() + maxQuietMs; ;) {
    const services = await hub.operator.getStatus({}).then((answer) => answer.services, () => []);
    const restless = services.filter(isRestless);
    if (services.length > 0 && restless.length === 0) return;
    if (Date.now() > end) throw new Error(`not quiet: ${JSON.stringify(restless)}`);
    await pause(lookEveryMs);
  }
}

function isRestless(status: operator.ServiceStatus): boolean {
  return status.state !== operator.ServiceState.READY || underWay(status) + status.setAside.length > 0;
}
