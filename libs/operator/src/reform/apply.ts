import { setTimeout as pause } from 'node:timers/promises';
import { localDate } from '@lienthong/law';
import type { Reference } from '@lienthong/law';
import type { HubClient } from '@lienthong/journeys';
import { planReform, writeReforms } from '@lienthong/reference-data';
import { catalogueWith, referenceOf } from '../catalogue/catalogue-of-hub.ts';
import { print } from '../command.ts';
import { isUnreached } from '../explain-failure.ts';
import { hubOf } from '../hub-target.ts';
import { openItems } from './plan.ts';
import { reformOfFile } from './reform-of-file.ts';
import type { LocatedReform, ReformAsked } from './reform-of-file.ts';

/** Longest wait for the running hub to take what was published, and between two looks at its open dossiers, in milliseconds. */
const maxTakenMs = 120_000, lookEveryMs = 2_000;
/** As long as fewer remain, it goes on; as soon as none moved for so long, in milliseconds, it says so. */
const maxStandstillMs = 300_000;

type Outcome = {
  readonly reform: string; readonly published: 'now' | 'before'; /** Digest of the data with it. */ readonly rules: string;
  /** False: no hub answered; it takes the reform when it starts. */
  readonly taken: boolean;
  /** Dossiers that are still at an office which has ended; null: not waited for, or the day has not come. */
  readonly remaining: number | null;
  /** Dossiers whose officer must say in which part of a split area they lie. */
  readonly asked: readonly string[];
};

/** Publishes the reform and waits until open work is with its successors. Doing it again, also after it was cut off, changes nothing and waits for the rest. */
export async function applyReformFile(asked: ReformAsked): Promise<number> {
  const found = reformOfFile(asked);
  if (found === null) return 1;
  const { reform, catalogue, folder, published } = found;
  const after = referenceOf(found.after === null ? catalogue : catalogueWith(found.after, catalogue.office));
  if (found.after !== null) writeReforms(folder, [...published, reform]);
  const outcome = { reform: reform.reform, published: found.after === null ? 'before' : 'now', rules: after.digest } as const, hub = hubOf(asked);
  try {
    const taken = asked.wait && await isTaken(hub, after.digest);
    const rest = taken && reform.from <= localDate(Date.now()) ? await moved(hub, found, after, asked.json) : { remaining: null, asked: [] };
    return tell(asked, { ...outcome, taken, ...rest });
  } catch (error) {
    if (!isUnreached(error)) throw error;
    return tell(asked, { ...outcome, taken: false, remaining: null, asked: [] });
  } finally {
    hub.close();
  }
}

async function isTaken(hub: HubClient, digest: string): Promise<boolean> {
  for (const end = Date.now() + maxTakenMs; Date.now() < end; await pause(lookEveryMs / 4)) if ((await hub.operator.getStatus({})).referenceDigest === digest) return true;
  return false;
}

/** By the same plan, read from the hub as it stands: what it still lists has not moved yet. */
async function moved(hub: HubClient, { reform }: LocatedReform, after: Reference, quiet: boolean): Promise<Pick<Outcome, 'remaining' | 'asked'>> {
  const before = endless(after, reform.from);
  let least = Number.POSITIVE_INFINITY, lastProgress = Date.now();
  for (;;) {
    const began = Date.now();
    const { dossiers } = planReform({ before, after, from: reform.from, items: (await Array.fromAsync(openItems(hub))).filter((one) => !one.rehearsal), rows: [] });
    const asked = dossiers.filter((one) => one.moves.some((move) => move.ask.length > 0 && !move.seek)).map((one) => one.code);
    const remaining = dossiers.filter((one) => one.moves.some((move) => move.to !== '' || move.noSuccessor || move.seek)).length;
    if (remaining < least) { least = remaining; lastProgress = Date.now(); if (!quiet && remaining > 0) print(`  còn / remaining: ${remaining}`); }
    if (remaining === 0 || Date.now() - lastProgress > maxStandstillMs) return { remaining, asked };
    // Looking costs the hub as much as moving: never more than half of the time.
    await pause(Math.max(lookEveryMs, Date.now() - began));
  }
}

/** As if nothing had ended with this reform: so what still stands at an office that it ended is seen. */
function endless(after: Reference, from: string): Reference {
  const ended = new Set(after.offices.filter((one) => one.validTo !== null && one.validTo < from).map((one) => one.id));
  return { ...after, office: (id) => { const office = after.office(id); return office !== undefined && ended.has(id) ? { ...office, validTo: null } : office; } };
}

function tell({ json }: ReformAsked, outcome: Outcome): number {
  const { remaining, asked, taken, published, rules } = outcome;
  if (json) print(JSON.stringify(outcome));
  else print([
    `${outcome.reform}: ${published === 'now' ? 'đã công bố / published' : 'đã công bố từ trước / published before'} → ${rules.slice(0, 16)}`,
    taken ? 'hub đã nhận / the hub has taken it' : 'chưa có hub nào nhận; hub sẽ nhận khi chạy / no hub has taken it yet; it does when it runs',
    ...(remaining === null ? [] : [`hồ sơ còn ở cơ quan cũ / dossiers still at an old office: ${remaining}`]), ...(asked.length === 0 ? [] : [`chờ cán bộ cho biết xã mới / an officer must say the new commune: ${asked.join(', ')}`]),
  ].join('\n'));
  return remaining === null || remaining === 0 ? 0 : 1;
}
