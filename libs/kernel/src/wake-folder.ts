/** A folder is looked at because time has passed or something is to be tried again. */
import { having } from '@lienthong/folder';
import type { FolderId } from '@lienthong/folder';
import { asHubError } from './errors.ts';
import type { Kernel } from './kernel.ts';
import { openFolder, unlessDamaged } from './open-folder.ts';
import { performPureDuties } from './perform-duties.ts';
import { beginWrite, commitWrite } from './write-folder.ts';

/** Performs what is owed and sets the next wake-up. Never rejects: what goes wrong is reported, and the folder is woken again. */
export async function wakeFolder<S>(kernel: Kernel<S>, id: FolderId): Promise<void> {
  await kernel.locks.run(id, async () => {
    for (let attempt = 0; attempt <= kernel.limits.maxConflictRetries; attempt++) {
      if ((await wakeOnce(kernel, id)) !== 'conflict') return;
    }
  }, true).catch(unlessDamaged).catch((cause: unknown) => kernel.reports.alarm(asHubError(cause), id));
}

async function wakeOnce<S>(kernel: Kernel<S>, id: FolderId): Promise<'done' | 'conflict'> {
  const write = beginWrite(kernel, await openFolder(kernel, id));
  const { open } = write;
  if (open.version === 0) return 'done';
  try {
    if (!kernel.succession.ready) write.again = true;
    else if (open.trouble === null) await performPureDuties(kernel, write);
    kernel.world.crashPoint?.('woken-unwritten');
    if ((await commitWrite(kernel, write)) === 'conflict') return 'conflict';
    kernel.world.crashPoint?.('woken-written');
    return 'done';
  } catch (cause) {
    kernel.cache.drop(id);
    const error = asHubError(cause);
    if (!error.retryable && kernel.cache.trouble(id) === undefined && error.code === 'INTERNAL') kernel.cache.setAside(id, error);
    await postpone(kernel, id);
    throw error;
  }
}

/** An operator has removed the cause: effects that were given up are tried again, a folder that was set aside is read again, and the copy is compared with everybody's. */
export async function retryFolder<S>(kernel: Kernel<S>, id: FolderId): Promise<void> {
  await kernel.locks.run(id, async () => {
    kernel.cache.takeBack(id);
    kernel.mender.tryNow(id);
    const write = beginWrite(kernel, await openFolder(kernel, id));
    const { aux } = write.open;
    // Counted from the first attempt on, which may have had its effect: the next one asks.
    for (const [key, { givenUp }] of aux.claims) if (givenUp) aux.claims = having(aux.claims, key, { by: '', until: 0, attempts: 1, givenUp: false });
    if (write.open.version === 0) return;
    write.again = write.auxChanged = true;
    await commitWrite(kernel, write);
    for (const service of kernel.relay.participants(write.open)) kernel.relay.compare(write.open, service);
  }, true);
  await wakeFolder(kernel, id);
}

/** Even a folder that fails must not be woken in a circle. */
async function postpone<S>(kernel: Kernel<S>, id: FolderId): Promise<void> {
  const write = beginWrite(kernel, await openFolder(kernel, id));
  write.again = true;
  write.auxChanged = true;
  await commitWrite(kernel, write);
}
