import { raisedMark } from '@lienthong/kernel/ports/world';
import type { Mark } from '@lienthong/kernel/ports/world';
import { folderStoreContract } from '@lienthong/testkit/contracts/folder-store-contract';
import { memoryStore } from '../src/index.ts';

folderStoreContract('store-memory', async () => {
  let mark: Mark | undefined;
  // Flushes a while after it was asked, so that an answer before the flush would show.
  const store = memoryStore({ flushDelay: (run) => setImmediate(run), mark: { read: () => mark, raise: (raised) => { mark = raisedMark(mark, raised); } } });
  return {
    store,
    mark: () => mark,
    backup: async () => { const copy = store.backup(); return async () => store.restore(copy); },
    reopen: async () => { await store.close(); return store.reopen(); },
    dispose: async () => {},
  };
}, { marks: true });
