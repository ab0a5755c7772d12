/** A directory in memory, shared by the services of one process or fed by their introductions. */
import type { AuthorId, MaySucceed } from '@lienthong/folder';
import type { ServiceName } from '@lienthong/law';
import { serviceOf } from './ports/directory.ts';
import type { Directory } from './ports/directory.ts';

/** `maySucceed` decides which of two incarnations is the later one. */
export function knownServices(services: readonly ServiceName[], maySucceed: MaySucceed): Directory {
  const authors = new Map<ServiceName, AuthorId>();
  const watchers = new Set<(author: AuthorId) => void>();
  return {
    services: () => services,
    authorOf: (service) => authors.get(service),
    announce(author) {
      const service = serviceOf(author);
      const known = authors.get(service);
      if (known === author || !services.includes(service)) return;
      if (known !== undefined && !maySucceed(author, known)) return;
      authors.set(service, author);
      for (const changed of watchers) changed(author);
    },
    watch(changed) {
      watchers.add(changed);
      return () => { watchers.delete(changed); };
    },
  };
}
