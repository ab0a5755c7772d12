/** What others hold in this service's name and its store does not: then the store was put back, or somebody has a copy of it. */
import type { Entry } from '@lienthong/folder';
import type { Kernel } from './kernel.ts';
import { openFolder } from './open-folder.ts';
import type { OpenFolder } from './open-folder.ts';
import { serviceOf } from './ports/directory.ts';
import { isForeignToStore, pullEntries } from './succeed-in-folder.ts';
import type { FolderUpdate } from './wire/folder-update.ts';

/** True when whoever shows these heads knows more of this author than this store does. */
export function knowsMoreOfOwn<S>({ author, faults }: Kernel<S>, open: OpenFolder<S>, { heads }: Pick<FolderUpdate, 'heads'>): boolean {
  const head = heads[author];
  return head !== undefined && !faults.has('ignore-own-unknown') && isForeignToStore(open, author, head.seq, head.hash);
}

/** True when somebody holds, under a valid signature, what this author never wrote in this store. Asks whoever only says so. What it wrote in another folder proves nothing of this one. */
export async function isOwnUnknown<S>(kernel: Kernel<S>, open: OpenFolder<S>, entries: readonly Entry[], updates: readonly FolderUpdate[]): Promise<boolean> {
  const { author, verify, faults } = kernel;
  if (faults.has('ignore-own-unknown')) return false;
  const isForeign = (entry: Entry): boolean => entry.author === author && entry.folder === open.id && entry.proof !== null && isForeignToStore(open, author, entry.seq, entry.hash) && verify(author, entry.hash, entry.proof);
  const shown = [...entries];
  // Whoever takes a stray copy of this store for it sends what that copy lacks, which need not be what is lacking here.
  for (const update of updates) if (knowsMoreOfOwn(kernel, open, update) && !shown.some(isForeign)) shown.push(...await pullEntries(kernel, open, serviceOf(update.sender)).catch(() => []));
  return shown.some(isForeign) && author === kernel.author && !(await wroteElsewhere(kernel, open, shown));
}

/** Another instance wrote it after the folder was read here: then it stands in the store. */
async function wroteElsewhere<S>(kernel: Kernel<S>, { id }: OpenFolder<S>, shown: readonly Entry[]): Promise<boolean> {
  if (!kernel.sharedStore) return false;
  const open = await openFolder(kernel, id);
  return shown.every((entry) => entry.author !== kernel.author || !isForeignToStore(open, entry.author, entry.seq, entry.hash));
}
