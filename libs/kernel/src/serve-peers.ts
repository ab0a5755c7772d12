/**
 * What this service answers to others about its copies. Only what is durable is shown, and no lock is waited for: two services that ask each other about one
 * folder while each works on it must not wait for each other.
 */
import type { AuthorId, FolderId } from '@lienthong/folder';
import { HubError } from './errors.ts';
import type { Kernel } from './kernel.ts';
import { guarded, missingDurably, peekFolder, toldPartial, unlessDamaged } from './open-folder.ts';
import type { OpenFolder } from './open-folder.ts';
import { serviceOf } from './ports/directory.ts';
import type { FolderHeads, PeerService } from './ports/peer.ts';
import { showAndSeal } from './seal-author.ts';

/** `opened` resolves once the store has been read; calls wait for it. */
export function servePeers<S>(kernel: Kernel<S>, opened: Promise<void>): PeerService {
  return {
    async hello({ author, mark }) {
      await opened;
      const seen = kernel.succession.marks.seenOf(serviceOf(author));
      kernel.succession.marks.heard(author, mark);
      return { author: kernel.author, mark: kernel.succession.toldMarkTo(serviceOf(author)), seen, now: kernel.world.now() };
    },
    async heads(from, folders) {
      await opened;
      kernel.succession.marks.heard(from, 0);
      return { author: kernel.author, folders: await headsOfSome(kernel, folders) };
    },
    async pull(from, folder, have) {
      await opened;
      kernel.succession.marks.heard(from, 0);
      const open = await peekFolder(kernel, folder), service = serviceOf(from);
      return { author: kernel.author, heads: open.durableHeads, entries: missingDurably(open, have), mark: kernel.succession.toldMarkTo(service), ...toldPartial(kernel, open, service) };
    },
    async pullAsides(from, folder, item, names) {
      await opened;
      assertMayPull(kernel, await peekFolder(kernel, folder), from, item, names);
      return (await kernel.store.asides(folder, names)).filter((one) => one.bytes !== null);
    },
    async seal(from, author, page) {
      await opened;
      return showAndSeal(kernel, from, author, page);
    },
  };
}

/** As many as there is time for, so that each call gets further than the one before. A damaged copy is left out, too, and told of when it is asked for alone. */
async function headsOfSome<S>(kernel: Kernel<S>, folders: readonly FolderId[]): Promise<readonly FolderHeads[]> {
  if (folders.length === 1) return [await headsHere(kernel, folders[0]!)];
  const { world, limits, cache, store } = kernel, begun = world.now(), found: FolderHeads[] = [];
  // Whoever asks about many asks about most of them in vain: those are not read one by one.
  const unopened = folders.filter((id) => cache.peek(id) === undefined), stored = await store.standings(unopened), absent = new Set(unopened.filter((id) => !stored.has(id)));
  for (let at = 0; at < folders.length && (at === 0 || world.now() - begun < limits.maxShowMs); at += limits.showAtOnce) {
    const some = folders.slice(at, at + limits.showAtOnce);
    found.push(...(await Promise.all(some.map((id) => (absent.has(id) ? { folder: id, heads: {} } : headsHere(kernel, id).catch(unlessDamaged))))).filter((one) => one !== undefined));
  }
  return found;
}

async function headsHere<S>(kernel: Kernel<S>, folder: FolderId): Promise<FolderHeads> {
  return { folder, heads: (await peekFolder(kernel, folder)).durableHeads };
}

function assertMayPull<S>(kernel: Kernel<S>, open: OpenFolder<S>, from: AuthorId, item: string, names: readonly string[]): void {
  const service = serviceOf(from);
  const { rules } = kernel;
  const allowed = guarded(kernel, open, false, () => (rules.mayPull === undefined ? rules.participants(open.state).includes(service) : rules.mayPull(open.state, service, item, names)));
  if (!allowed) throw new HubError('NOT_PERMITTED_TO_PULL', { service, names: names.join(', '), folder: open.id });
}
