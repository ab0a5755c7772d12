export { catalogueCommand } from './catalogue-command.ts';
export { UsageError } from './command.ts';
export { clusterMissing, startCluster } from './cluster/cluster.ts';
export type { Cluster, ClusterOptions } from './cluster/cluster.ts';
