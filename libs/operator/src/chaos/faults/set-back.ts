/** The database of one service is put back to a copy that was taken a while ago: what a province does after a disk has failed. The marks beside the keys stay. */
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { openKeys } from '@lienthong/keys';
import { readSharedMark } from '@lienthong/marks';
import { copyDatabase, replaceDatabase } from '@lienthong/store-mongo';
import type { ClusterService } from '../../cluster/cluster-layout.ts';
import { childrenOf, heldDown, lasts } from '../arena.ts';
import type { Arena } from '../arena.ts';
import { showStore } from '../check/shown-store.ts';
import type { ShownStore } from '../check/shown-store.ts';

/** Between the new start and the loss, beside the length of the fault, in milliseconds: the service must write something that can be lost; and until when it must, at most: not all have work. */
const workMs = 5_000, maxWorkMs = 20_000;

/** The service had told everybody, as far as there was time. Goes on when faults are over until it has answered somebody: else hardly anything would be lost. */
export function setBack(arena: Arena, service: ClusterService, lengthMs: number): Promise<void> {
  return putBack(arena, service, async () => {
    const before = arena.people.answeredBy(service);
    await lasts(arena, lengthMs + workMs);
    await somebodyAnswered(arena, service, before, maxWorkMs);
  });
}

async function somebodyAnswered({ people, note }: Arena, service: ClusterService, before: number, withinMs: number): Promise<void> {
  for (const until = Date.now() + withinMs; Date.now() < until && people.answeredBy(service) === before;) await sleep(lookEveryMs);
  note(`${service} has answered ${people.answeredBy(service) - before} commands meanwhile`);
}

/** Citizens who come while nobody is told, and until when at least one of them must be answered, in milliseconds. */
const citizensMeanwhile = 6, maxAnswerMs = 60_000, lookEveryMs = 100;

/**
 * Before the loss no broker can be reached: intake goes on answering people, and what it answers exists nowhere else. Goes on when faults are over until it has
 * answered somebody: else nothing would be shown.
 */
export function setBackUntold(arena: Arena, lengthMs: number): Promise<void> {
  const { network: { brokerLinks }, people, note } = arena, service = 'intake';
  const cutOff = async (): Promise<void> => {
    await lasts(arena, workMs);
    for (const { relay } of brokerLinks) relay.halfOpen();
    note(`${service} tells nobody any more`);
    const before = people.answeredBy(service);
    people.come(citizensMeanwhile);
    await lasts(arena, lengthMs);
    await somebodyAnswered(arena, service, before, maxAnswerMs);
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
    const lost = await showStore(uri, service), witnessed = markedOf(arena, service), kept = lastIn(before.kept);
    note(`${service} put back from commit ${lost.commit}, marked ${witnessed}, to ${kept}`);
    await replaceDatabase(uri, service, before.copy);
    lostStores.push({ rewind: { service, at: Date.now(), kept, silently: false, witnessed }, lost, kept: before.kept });
  });
}

/** What was in flight when its process died, and had landed, counts as soon as the next one has looked. */
const lastIn = ({ commit, folders }: ShownStore): number => [...folders.values()].reduce((last, one) => Math.max(last, one.commit), commit);

/** How far it had told anybody that it had come: a write that was durable when its process died, and not marked yet, was answered to nobody. */
function markedOf({ directory }: Arena, service: ClusterService): number {
  const keys = join(directory, 'keys', service);
  return readSharedMark(join(keys, 'marks'), service, openKeys(keys))?.commit ?? 0;
}

async function whileDown<T>(arena: Arena, children: Parameters<typeof heldDown>[1], work: () => Promise<T>): Promise<T> {
  let result: { readonly value: T } | undefined;
  await heldDown(arena, children, async () => { result = { value: await work() }; });
  return result!.value;
}
