/** Which services are registered, and who each is at present. */
import type { AuthorId } from '@lienthong/folder';
import type { ServiceName } from '@lienthong/law';

export type Directory = {
  /** All registered services, this one too. */
  services(): readonly ServiceName[];
  /** The present incarnation as far as known here; undefined: never heard of. */
  authorOf(service: ServiceName): AuthorId | undefined;
  /** A service is known to be `author` from now on. A known successor is never replaced by what it succeeded. */
  announce(author: AuthorId): void;
  /** Called after each change. The answer stops it. */
  watch(changed: (author: AuthorId) => void): () => void;
};

/** `land~0123456789abcdef` → `land`. */
export function serviceOf(author: AuthorId): ServiceName {
  return author.slice(0, author.lastIndexOf('~'));
}
