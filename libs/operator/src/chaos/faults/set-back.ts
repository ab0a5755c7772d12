/** The database of one service is put back to a copy that was taken a while ago: what a province does after a disk has failed. The marks beside the keys stay. */
import { copyDatabase, replaceDatabase } from '@lienthong/store-mongo';
import type { ClusterService } from '../../cluster/cluster-layout.ts';
import { childrenOf, heldDown, lasts } from '../arena.ts';
import type { Arena } from '../arena.ts';
import { showStore } from '../check/shown-store.ts';

/** Between the new start and the loss, beside the length of the fault, in milliseconds: the service must write something that can be lost. */
const workMs = 5_000;

export async function setBack(arena: Arena, service: ClusterService, lengthMs: number): Promise<void> {
  const { cluster: { mongo: { uri } }, lostStores, note } = arena;
  const children = childrenOf(arena, service).map(({ child }) => child);
  const before = await whileDown(arena, children, async () => {
    const taken = { kept: await showStore(uri, service), copy: await copyDatabase(uri, service) };
    // Where it cannot start now, because of another fault, it is started later, like any process that ended.
    await children[0]!.start().catch(() => {});
    return taken;
  });
  note(`${service} copied at commit ${before.kept.commit}`);
  await lasts(arena, lengthMs + workMs);
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
