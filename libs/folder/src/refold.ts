/** Folds everything anew: a fork, a succession that voids or frees entries, an origin that gives way. */
import { listForks, settleLog } from './branches.ts';
import type { Faults } from './faults.ts';
import { foldEntry } from './fold-entry.ts';
import type { Folder } from './folder.ts';
import { inLog } from './folder.ts';
import { isOrigin, whyDead } from './liveness.ts';
import { chooseSuccessions, inOpening } from './successions.ts';
import { seldom } from './seldom.ts';
import type { Entry } from './types.ts';

export function refold<B>(folder: Folder<B>, faults: Faults | undefined): void {
  const chosen = chooseSuccessions(folder, faults);
  folder.successions = chosen;
  for (const author of [...folder.branches.keys()]) settleLog(folder, author);
  folder.forks = listForks(folder);
  folder.items.clear();
  folder.effects = seldom();
  for (const log of folder.logs.values()) {
    log.seen = seldom();
    log.opening = 0;
  }
  folder.origin = chooseOrigin(folder, faults);
  for (const entry of folder.order) if (inLog(folder, entry)) foldEntry(folder, entry, true, faults);
}

function chooseOrigin<B>(folder: Folder<B>, faults: Faults | undefined): Entry<B> | null {
  let origin: Entry<B> | null = null;
  for (const entry of folder.order) {
    if (!isOrigin(entry) || !inLog(folder, entry) || !inOpening(folder, entry)) continue;
    if (whyDead(folder, folder.logs.get(entry.author)!, entry, folder.successions.get(entry.author), faults) !== undefined) continue;
    if (origin === null || entry.hash < origin.hash) origin = entry;
  }
  return origin;
}
