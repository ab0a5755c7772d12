/** The copies of one folder, on demand. */
import type { FolderId, Heads } from '@lienthong/folder';
import { problemOf } from './errors.ts';
import type { Kernel } from './kernel.ts';
import { openFolder } from './open-folder.ts';
import type { ServiceName } from './rules.ts';

/** What one service durably holds of a folder, or why it could not be asked. */
export type Copy = { readonly service: ServiceName; readonly heads: Heads | null; readonly problem: string };

/** Heads per participant, this service first. */
export async function copiesOf<S>(kernel: Kernel<S>, id: FolderId): Promise<readonly Copy[]> {
  const { heads, others } = await kernel.locks.run(id, async () => {
    const open = await openFolder(kernel, id);
    return { heads: open.durableHeads, others: kernel.relay.participants(open) };
  }, true);
  const copies = await Promise.all(others.map(async (service): Promise<Copy> => {
    try {
      const answer = await kernel.peers.to(service).heads(kernel.author, [id], kernel.limits.peerDeadlineMs);
      return { service, heads: answer.folders[0]?.heads ?? {}, problem: '' };
    } catch (cause) {
      return { service, heads: null, problem: problemOf(cause) };
    }
  }));
  return [{ service: kernel.service, heads, problem: '' }, ...copies];
}
