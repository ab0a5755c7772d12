import { inject } from 'vitest';
import { folderStoreContract } from '@lienthong/testkit/contracts/folder-store-contract';
import { describeWith } from '@lienthong/testkit/servers/describe-with';
import { sharedMongo } from '@lienthong/testkit/servers/shared-mongo';
import { TestDatabase } from './test-store.ts';

describeWith(await sharedMongo(inject('servers')), 'with a real server', (server) => {
  folderStoreContract('store-mongo', async () => {
    const database = new TestDatabase(server().uri);
    let store = await database.open();
    return {
      store,
      mark: () => database.mark.read(),
      backup: async () => {
        const restore = await database.copy();
        return async () => { await store.close(); await restore(); return store = await database.open(); };
      },
      reopen: async () => { await store.close(); return store = await database.open(); },
      dispose: () => database.dispose(),
    };
  }, { marks: true });
});
