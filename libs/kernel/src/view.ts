/** What a command, an effect or a reader sees of a folder. */
import type { AuthorId, FolderId } from '@lienthong/folder';
import type { Kernel } from './kernel.ts';
import type { OpenFolder } from './open-folder.ts';
import type { View } from './rules.ts';

export function viewOf<S>(kernel: Kernel<S>, open: OpenFolder<S>): View<S> {
  return new FolderView(kernel, open);
}

class FolderView<S> implements View<S> {
  readonly #kernel: Kernel<S>;
  readonly open: OpenFolder<S>;
  readonly id: FolderId;
  readonly exists: boolean;
  readonly state: S;
  readonly now: number;
  readonly author: AuthorId;
  readonly version: number;
  readonly commit: number;

  constructor(kernel: Kernel<S>, open: OpenFolder<S>) {
    const { world, author } = kernel;
    this.#kernel = kernel;
    this.open = open;
    this.id = open.id;
    this.exists = open.version > 0 || open.folder.logs.size > 0;
    this.state = open.state;
    this.now = world.now();
    this.author = author;
    this.version = open.version;
    this.commit = open.commit;
  }

  get nextSeq(): number { return (this.open.folder.logs.get(this.author)?.entries.length ?? 0) + 1; }
  get settled(): boolean { return !this.#kernel.relay.isUnsettled(this.open); }
}
