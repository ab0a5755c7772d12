export { clusterMissing, startCluster } from './cluster/cluster.ts';
export type { Cluster, ClusterOptions } from './cluster/cluster.ts';
