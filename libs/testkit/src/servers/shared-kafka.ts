/** The Kafka of this test run: one node, shared by all files. Whoever kills nodes starts a cluster of his own with `startKafka`. */
import { fileURLToPath } from 'node:url';
import type { ServersSetting } from './choose-servers.ts';
import { sharedServer } from './shared-server.ts';

export type SharedKafka = { readonly bootstrap: readonly string[] };

const keeper = fileURLToPath(new URL('./keep-kafka.ts', import.meta.url));

/** Use names of topics and groups that nobody else uses. */
export function sharedKafka(servers: ServersSetting): Promise<SharedKafka | { readonly skipped: string }> {
  return sharedServer<SharedKafka>('kafka', keeper, [servers]);
}
