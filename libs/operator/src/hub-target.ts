/** The hub that a command speaks to: the running process, one named by its address, or the cluster on this machine. */
import { clusterClient, hubClient } from '@lienthong/journeys';
import type { HubClient } from '@lienthong/journeys';
import { readState } from './cluster/cluster-state.ts';
import type { ClusterState } from './cluster/cluster-state.ts';
import { UsageError } from './command.ts';
import { hubAddress } from './hub-address.ts';

/** Options of every command that speaks to a hub, for `parseArgs`. */
export const targetOptions = { address: { type: 'string' }, target: { type: 'string' } } as const;
/** Longest time in which a folder, a form or a page of a book has come whole, in milliseconds: a hub that takes calls and answers none is given up. */
export const wholeWithinMs = 60_000;
export const targetUsage = '[--address HOST:PORT | --target cluster]';

export function hubOf({ address, target }: { readonly address?: string | undefined; readonly target?: string | undefined }): HubClient {
  if (target === undefined) return hubClient(hubAddress(address));
  return clusterClient(clusterRunning(target).addresses);
}

/** The cluster on this machine. Throws UsageError for another target, and where none runs. */
export function clusterRunning(target: string): ClusterState {
  if (target !== 'cluster') throw new UsageError('--target: cluster');
  const state = readState();
  if (state === undefined) throw new UsageError('không có cụm nào đang chạy / no cluster is running: npm run --silent lienthong -- cluster up');
  return state;
}
