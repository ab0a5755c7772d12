/** What a command, an effect or a reader sees of a folder. */
import type { Kernel } from './kernel.ts';
import type { OpenFolder } from './open-folder.ts';
import type { View } from './rules.ts';

export function viewOf<S>(kernel: Kernel<S>, open: OpenFolder<S>): View<S> {
  return {
    id: open.id, exists: open.version > 0 || open.folder.logs.size > 0, state: open.state, now: kernel.world.now(), author: kernel.author,
    get nextSeq() { return (open.folder.logs.get(kernel.author)?.entries.length ?? 0) + 1; }, version: open.version, commit: open.commit,
  };
}
