/** What this service answers to others about its copies. Only what is durable is shown. */
import { headsOf, missing } from '@lienthong/folder';
import type { AuthorId } from '@lienthong/folder';
import { HubError } from './errors.ts';
import type { Kernel } from './kernel.ts';
import { guarded, openFolder } from './open-folder.ts';
import type { OpenFolder } from './open-folder.ts';
import { serviceOf } from './ports/directory.ts';
import type { FolderHeads, PeerService } from './ports/peer.ts';
import { showAndSeal } from './seal-author.ts';

/** `opened` resolves once the store has been read; calls wait for it. */
export function servePeers<S>(kernel: Kernel<S>, opened: Promise<void>): PeerService {
  /** Folders are read alone, so that nothing in memory is ahead of the store. */
  const reading = <T>(id: string, read: (open: OpenFolder<S>) => T | Promise<T>): Promise<T> =>
    kernel.locks.run(id, async () => read(await openFolder(kernel, id)), true);
  return {
    async hello({ author, mark }) {
      await opened;
      const seen = kernel.succession.seenOf(serviceOf(author));
      kernel.succession.heard(author, mark);
      return { author: kernel.author, mark: kernel.commit, seen, now: kernel.world.now() };
    },
    async heads(from, folders) {
      await opened;
      kernel.succession.heard(from, 0);
      const found = await Promise.all(folders.map((folder) => reading(folder, (open): FolderHeads => ({ folder, heads: headsOf(open.folder) }))));
      return { author: kernel.author, folders: found };
    },
    async pull(from, folder, have) {
      await opened;
      kernel.succession.heard(from, 0);
      return reading(folder, (open) => ({ author: kernel.author, heads: headsOf(open.folder), entries: missing(open.folder, have) }));
    },
    async pullAsides(from, folder, item, names) {
      await opened;
      return reading(folder, async (open) => {
        assertMayPull(kernel, open, from, item, names);
        return (await kernel.store.asides(folder, names)).filter((one) => one.bytes !== null);
      });
    },
    async seal(from, author, page) {
      await opened;
      return showAndSeal(kernel, from, author, page);
    },
  };
}

function assertMayPull<S>(kernel: Kernel<S>, open: OpenFolder<S>, from: AuthorId, item: string, names: readonly string[]): void {
  const service = serviceOf(from);
  const { rules } = kernel;
  const allowed = guarded(kernel, open, false, () => (rules.mayPull === undefined ? rules.participants(open.state).includes(service) : rules.mayPull(open.state, service, item, names)));
  if (!allowed) throw new HubError('NOT_PERMITTED_TO_PULL', { service, names: names.join(', '), folder: open.id });
}
