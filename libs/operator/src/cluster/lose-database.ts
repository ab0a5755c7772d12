/** A database is dropped at one service: what its tests of coming back begin with. The marks beside the keys stay. */
import { replaceDatabase } from '@lienthong/store-mongo';
import type { ClusterService } from './cluster-layout.ts';
import type { Cluster } from './cluster.ts';

const nothing = { store: new Map(), head: new Map(), folders: new Map(), beside: new Map() };

/** Stops all processes of the service first; whoever calls starts them again. */
export async function loseDatabase(cluster: Cluster, service: ClusterService): Promise<void> {
  await Promise.all([...cluster.children].flatMap(([name, child]) => (name.replace(/-\d+$/, '') === service ? [child.stop()] : [])));
  await replaceDatabase(cluster.mongo.uri, service, nothing);
}
