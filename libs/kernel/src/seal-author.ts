/** Showing is sealing: whoever succeeds an author sees all that is held of it here, and nothing more of it is taken. */
import { seal, sealOf, tipsOf } from '@lienthong/folder';
import type { AuthorId, FolderId } from '@lienthong/folder';
import { HubError } from './errors.ts';
import { kernelRecordId } from './kernel-record.ts';
import { saveRecord } from './kernel.ts';
import type { Kernel } from './kernel.ts';
import { openFolder, unlessDamaged } from './open-folder.ts';
import { serviceOf } from './ports/directory.ts';
import type { SealAnswer, Shown } from './ports/peer.ts';

/** `page`: '' for the first. Throws CALLER_NOT_ALLOWED when no certificate names `from` as successor of `author`, SUCCESSION_PENDING while this store has not been compared. */
export async function showAndSeal<S>(kernel: Kernel<S>, from: AuthorId, author: AuthorId, page: string): Promise<SealAnswer> {
  if (!kernel.keys.maySucceed(from, author)) throw new HubError('CALLER_NOT_ALLOWED', { caller: from, method: 'Seal' });
  kernel.directory.announce(from);
  kernel.succession.assertCompared();
  const before = kernel.record.seals;
  kernel.record.seals = seal(before, author, kernel.author);
  if (page === '') {
    const key = `${kernel.author} ${author}`;
    await (kernel.sealing.get(key) ?? sealDurably(kernel, key));
  }
  if (kernel.record.seals !== before) await showMark(kernel, from);
  const { shown, next } = await show(kernel, author, page === '' ? 0 : Number(page));
  const { giver, sealed } = sealOf(kernel.record.seals, kernel.author);
  if (kernel.faults.has('show-unsealed')) kernel.record.seals = before;
  return { author: giver, sealed, shown, next, mark: kernel.record.marks.get(author) ?? 0 };
}

/**
 * What was taken in before the seal is written before it is shown; and no call answers before the seal is durable, also one that finds it given. Once for each seal: whoever
 * lost patience and asks again finds it under way or done, and a busy service is not kept waiting for itself anew each time.
 */
function sealDurably<S>(kernel: Kernel<S>, key: string): Promise<void> {
  const sealing = (async (): Promise<void> => {
    await kernel.locks.ended();
    kernel.world.crashPoint?.('seal-given');
    await saveRecord(kernel);
    kernel.world.crashPoint?.('seal-durable');
  })();
  kernel.sealing.set(key, sealing);
  sealing.catch(() => { kernel.sealing.delete(key); });
  return sealing;
}

/** Whoever relies on the seal must notice when this store is put back behind it; and is told how far it has come only after it was heard. */
async function showMark<S>(kernel: Kernel<S>, to: AuthorId): Promise<void> {
  const service = serviceOf(to);
  if (!kernel.succession.greeter.hasHeard(service)) await kernel.succession.greetAgain([service]);
  await kernel.peers.to(service).hello({ author: kernel.author, mark: kernel.succession.toldMarkTo(service) }, kernel.limits.peerDeadlineMs).catch(() => undefined);
}

/** Folders in order of their last write: one that is written meanwhile comes again, so none is missed. A page that takes long ends early, so that each call gets further than the one before. */
async function show<S>(kernel: Kernel<S>, author: AuthorId, cursor: number): Promise<{ readonly shown: readonly Shown[]; readonly next: string }> {
  const { store, limits, world } = kernel, begun = world.now(), rows = await store.changedSince(cursor, limits.scanPage), shown: Shown[] = [];
  let at = 0;
  do {
    const some = rows.slice(at, at += limits.showAtOnce).filter(({ id }) => id !== kernelRecordId);
    const all = await Promise.all(some.map(({ id }) => showOne(kernel, author, id)));
    shown.push(...all.filter((one) => one.heads.length > 0));
  } while (at < rows.length && world.now() - begun < limits.maxShowMs);
  return { shown, next: at >= rows.length && rows.length < limits.scanPage ? '' : String(rows[Math.min(at, rows.length) - 1]!.commit) };
}

/** Under the lock: what is being written becomes durable first. Of a damaged copy nothing is shown: whoever asks for its entries is told why. */
async function showOne<S>(kernel: Kernel<S>, author: AuthorId, id: FolderId): Promise<Shown> {
  return kernel.locks.run(id, async () => ({ folder: id, heads: tipsOf((await openFolder(kernel, id)).folder, author) }), true).catch((cause: unknown) => unlessDamaged(cause) ?? { folder: id, heads: [] });
}
