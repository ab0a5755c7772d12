export { catalogueCommand } from './catalogue-command.ts';
export { UsageError } from './command.ts';
export { clusterMissing, startCluster } from './cluster/cluster.ts';
export type { Cluster, ClusterOptions } from './cluster/cluster.ts';
export { underWay } from './under-way.ts';
export { runChaos } from './chaos/run-chaos.ts';
export type { ChaosOptions } from './chaos/run-chaos.ts';
export type { ChaosReport } from './chaos/report.ts';
export { formCommand } from './form-command.ts';
