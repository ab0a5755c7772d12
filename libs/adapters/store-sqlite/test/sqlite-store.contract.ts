import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { folderStoreContract } from '@lienthong/testkit/contracts/folder-store-contract';
import { openSqlite } from '../src/index.ts';

folderStoreContract('store-sqlite', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'store-sqlite-'));
  const options = { path: join(directory, 'data', 'hub.db'), marksPath: join(directory, 'keys', 'marks') };
  let open = openSqlite(options);
  return {
    store: open.namespace('land'),
    mark: () => open.mark('land'),
    backup: async () => {
      const copy = join(directory, 'copy.db');
      await open.backup(copy);
      return async () => { await open.close(); copyFileSync(copy, options.path); open = openSqlite(options); return open.namespace('land'); };
    },
    reopen: async () => { await open.close(); open = openSqlite(options); return open.namespace('land'); },
    dispose: async () => { await open.close(); rmSync(directory, { recursive: true }); },
  };
}, { marks: true });
