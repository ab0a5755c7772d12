import { setTimeout as pause } from 'node:timers/promises';
import { localDate } from '@lienthong/law';
import type { HubClient } from '@lienthong/journeys';
import { writeReforms } from '@lienthong/reference-data';
import { catalogueWith, referenceOf } from '../catalogue/catalogue-of-hub.ts';
import { print } from '../command.ts';
import { isUnreached } from '../explain-failure.ts';
import { hubOf } from '../hub-target.ts';
import { allMoved } from './all-moved.ts';
import { reformOfFile } from './reform-of-file.ts';
import type { ReformAsked } from './reform-of-file.ts';

/** Longest wait for the running hub to take what was published, between two questions whether it has, and of one of them, in milliseconds. */
const standardTakenMs = 120_000, askEveryMs = 500, askMs = 60_000;
/** Dossiers between two lines about them. */
const toldEvery = 1_000;

type Outcome = {
  readonly reform: string; readonly published: 'now' | 'before'; /** Digest of the data with it. */ readonly rules: string; /** Where it is published. */ readonly folder: string;
  /** False: no hub has taken it. One that runs nowhere takes the reform when it starts; one that answered (`answered`) has other data, or refuses it. */
  readonly taken: boolean; readonly answered: boolean;
  /** Dossiers that are still at an office which has ended; null: not waited for, or the day has not come. */
  readonly remaining: number | null;
  /** Dossiers whose officer must say in which part of a split area they lie. */
  readonly asked: readonly string[];
};

/** Publishes the reform and waits until open work is with its successors. Doing it again, also after it was cut off, changes nothing and waits for the rest. */
export async function applyReformFile(asked: ReformAsked, maxTakenMs: number = standardTakenMs): Promise<number> {
  // A slip in the address or target is told while nothing is published yet: there is no way back.
  const hub = hubOf(asked), found = reformOfFile(asked);
  if (found === null) { hub.close(); return 1; }
  const { reform, catalogue, folder, published } = found;
  const after = referenceOf(found.after === null ? catalogue : catalogueWith(found.after, catalogue.office));
  if (found.after !== null) writeReforms(folder, [...published, reform]);
  const outcome = { reform: reform.reform, published: found.after === null ? 'before' : 'now', rules: after.digest, folder } as const;
  try {
    const taken = asked.wait && await isTaken(hub, after.digest, maxTakenMs);
    const rest = taken && reform.from <= localDate(Date.now()) ? await allMoved(hub, { after, from: reform.from }, asked.json ? () => {} : telling()) : { remaining: null, asked: [] };
    return tell(asked, { ...outcome, taken, answered: asked.wait, ...rest });
  } catch (error) {
    if (!isUnreached(error)) throw error;
    return tell(asked, { ...outcome, taken: false, answered: false, remaining: null, asked: [] });
  } finally {
    hub.close();
  }
}

async function isTaken(hub: HubClient, digest: string, maxTakenMs: number): Promise<boolean> {
  for (const end = Date.now() + maxTakenMs; Date.now() < end; await pause(askEveryMs)) if ((await hub.operator.getStatus({}, { deadlineMs: askMs })).referenceDigest === digest) return true;
  return false;
}

function telling(): (seen: number) => void {
  let last = 0;
  return (seen) => { if (seen - last >= toldEvery) { last = seen; print(`  đã ở đúng nơi / at their place: ${seen}`); } };
}

function tell({ json }: ReformAsked, outcome: Outcome): number {
  const { remaining, asked, taken, answered, published, rules, folder } = outcome;
  if (json) print(JSON.stringify(outcome));
  else print([
    `${outcome.reform}: ${published === 'now' ? 'đã công bố / published' : 'đã công bố từ trước / published before'} → ${rules.slice(0, 16)}`,
    taken ? 'hub đã nhận / the hub has taken it' : answered ? `hub đang chạy mà chưa nhận: xem nhật ký của hub, và hub có dùng thư mục này không / a hub runs and has not taken it: see its log, and whether this is its folder: ${folder}` : 'chưa có hub nào nhận; hub sẽ nhận khi chạy / no hub has taken it yet; it does when it runs',
    ...(remaining === null ? [] : [`hồ sơ còn ở cơ quan cũ / dossiers still at an old office: ${remaining}`]), ...(asked.length === 0 ? [] : [`chờ cán bộ cho biết xã mới / an officer must say the new commune: ${asked.join(', ')}`]),
  ].join('\n'));
  return (answered && !taken) || (remaining !== null && remaining > 0) ? 1 : 0;
}
