/** The MongoDB of this test run, shared by all files. Whoever kills or stops a server starts one of his own with `startMongo`. */
import { fileURLToPath } from 'node:url';
import type { ServersSetting } from './choose-servers.ts';
import { sharedServer } from './shared-server.ts';

export type SharedMongo = { readonly uri: string };

const keeper = fileURLToPath(new URL('./keep-mongo.ts', import.meta.url));

/** Use names of databases that nobody else uses. */
export function sharedMongo(servers: ServersSetting): Promise<SharedMongo | { readonly skipped: string }> {
  return sharedServer<SharedMongo>('mongo', keeper, [servers]);
}
