/** The database of one service is put back to a copy that was taken a while ago: what a province does after a disk has failed. The marks beside the keys stay. */
import { setTimeout as sleep } from 'node:timers/promises';
import { copyDatabase, replaceDatabase } from '@lienthong/store-mongo';
import type { ClusterService } from '../../cluster/cluster-layout.ts';
import { childrenOf, heldDown, lasts } from '../arena.ts';
import type { Arena } from '../arena.ts';
import { showStore } from '../check/shown-store.ts';

/** Between the new start and the loss, beside the length of the fault, in milliseconds: the service must write something that can be lost. */
const workMs = 5_000;

/** The service had told everybody, as far as there was time. */
export function setBack(arena: Arena, service: ClusterService, lengthMs: number): Promise<void> {
  return putBack(arena, service, () => lasts(arena, lengthMs + workMs));
}

/** How often it is asked whether a service writes, and how long at most, in milliseconds. */
const writesEveryMs = 250, maxWritesMs = 60_000;

/**
 * Before the loss no broker can be reached: the service goes on answering people, and what it answers exists nowhere else. Lasts on when faults are over until it
 * has written something: else nothing would be shown.
 */
export function setBackUntold(arena: Arena, service: ClusterService, lengthMs: number): Promise<void> {
  const { network: { brokerLinks }, cluster: { mongo: { uri } }, note } = arena;
  const cutOff = async (): Promise<void> => {
    await lasts(arena, workMs);
    for (const { relay } of brokerLinks) relay.halfOpen();
    const { commit } = await showStore(uri, service);
    note(`${service} tells nobody any more, at commit ${commit}`);
    await lasts(arena, lengthMs);
    for (const until = Date.now() + maxWritesMs; Date.now() < until && (await showStore(uri, service)).commit === commit;) await sleep(writesEveryMs);
  };
  // The links are whole again only when nothing of what was lost can be sent any more.
  return putBack(arena, service, cutOff).finally(() => { for (const { relay } of brokerLinks) relay.flow(); });
}

async function putBack(arena: Arena, service: ClusterService, meanwhile: () => Promise<void>): Promise<void> {
  const { cluster: { mongo: { uri } }, lostStores, note } = arena;
  const children = childrenOf(arena, service).map(({ child }) => child);
  const before = await whileDown(arena, children, async () => {
    const taken = { kept: await showStore(uri, service), copy: await copyDatabase(uri, service) };
    // Where it cannot start now, because of another fault, it is started later, like any process that ended.
    await children[0]!.start().catch(() => {});
    return taken;
  });
  note(`${service} copied at commit ${before.kept.commit}`);
  await meanwhile();
  await whileDown(arena, children, async () => {
    const lost = await showStore(uri, service), { commit } = lost;
    note(`${service} put back from commit ${commit} to ${before.kept.commit}`);
    await replaceDatabase(uri, service, before.copy);
    lostStores.push({ rewind: { service, at: Date.now(), kept: before.kept.commit, silently: false, witnessed: commit }, lost, kept: before.kept });
  });
}

async function whileDown<T>(arena: Arena, children: Parameters<typeof heldDown>[1], work: () => Promise<T>): Promise<T> {
  let result: { readonly value: T } | undefined;
  await heldDown(arena, children, async () => { result = { value: await work() }; });
  return result!.value;
}
