/** Fences what was decided on the absence of a folder. */
import type { FolderId } from '@lienthong/folder';
import { HubError } from './errors.ts';
import type { Kernel } from './kernel.ts';
import { isNothing, openFolder } from './open-folder.ts';
import { beginWrite, commitWrite } from './write-folder.ts';

/**
 * Raises the version of a folder in which nobody has written, so that a command which was decided while it was not there is decided anew. Durable when it resolves.
 * False: there is something in it. Throws as `handleCommand` does.
 */
export async function touchFolder<S>(kernel: Kernel<S>, id: FolderId): Promise<boolean> {
  return kernel.locks.run(id, async () => {
    for (let attempt = 0; attempt <= kernel.limits.maxConflictRetries; attempt++) {
      kernel.succession.assertReady();
      const open = await openFolder(kernel, id);
      if (!isNothing(open)) return false;
      if ((await commitWrite(kernel, { ...beginWrite(kernel, open), auxChanged: true })) === 'written') return true;
    }
    throw new HubError('CONFLICT_PERSISTS', { folder: id, attempts: String(kernel.limits.maxConflictRetries + 1) });
  });
}
