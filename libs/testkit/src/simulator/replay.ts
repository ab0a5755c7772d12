/** All that services have taken from the bus comes once more, in the same order, when everything has ended: no folder may gain an entry. */
import { kernelRecordId } from '@lienthong/kernel';
import type { FolderUpdate } from '@lienthong/kernel';
import { participants } from '@lienthong/law';
import type { FolderId, ServiceName } from '@lienthong/law';
import { untilQuiet } from './diligence.ts';
import type { Hub } from './hub.ts';

/** Longest time until all of it has been read, and until a service answers, in milliseconds. */
const replayMs = 600_000, answerMs = 60_000;

/** What a service has taken. */
export type Taken = { readonly by: ServiceName; readonly update: FolderUpdate };

/**
 * Text of each copy that has changed. Where two stores were lost, or somebody wrote beside one, a message may bring back what nobody holds any more: then nothing is looked at.
 * Nor at a service that only a branch which does not count had called in: nobody tells it more than it heard.
 */
export async function replay(hub: Hub, taken: readonly Taken[]): Promise<readonly string[]> {
  const { journal } = hub;
  if (new Set(journal.rewinds.map(({ service }) => service)).size > 1 || journal.strayed.size > 0 || journal.counts.has('write-outdated')) return [];
  journal.count('read again');
  const before = writes(hub);
  for (const { by, update } of taken) hub.at(by).anyLife()?.take(update);
  if (!(await untilQuiet(hub, replayMs))) return ['not quiet after all messages came again'];
  const takePart = await participantsOf(hub), found: string[] = [];
  for (const [service, folders] of writes(hub)) for (const [id, count] of folders) {
    const was = before.get(service)!.get(id) ?? 0;
    if (was !== count && takePart.get(id)?.includes(service) !== false) found.push(`${service} ${id.slice(0, 8)} changed when all messages came again: ${was} → ${count} writes`);
  }
  return found;
}

/** Of dossiers; records have their owner and his keeper, always. */
async function participantsOf(hub: Hub): Promise<ReadonlyMap<FolderId, readonly ServiceName[]>> {
  const { intake, observers } = hub.plan.layout.hosts, found = new Map<FolderId, readonly ServiceName[]>();
  for (const folder of hub.journal.folders) found.set(folder, await hub.outcome(hub.read(hub.at(intake), folder, (dossier) => participants(dossier, observers)), answerMs) ?? []);
  return found;
}

/** Writes of entries, by service and folder. */
function writes(hub: Hub): ReadonlyMap<ServiceName, ReadonlyMap<FolderId, number>> {
  return new Map(hub.services.map(({ name, store }) => [name, new Map([...store.backup().rows.values()].filter(({ id }) => id !== kernelRecordId).map(({ id, segments }) => [id, segments.length]))]));
}
