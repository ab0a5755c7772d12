/** What faults act upon, and what they leave for the checker. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Rewind } from '@lienthong/testkit/simulator';
import type { ClusterService } from '../cluster/cluster-layout.ts';
import { partName } from '../cluster/cluster-layout.ts';
import type { Cluster } from '../cluster/cluster.ts';
import type { ServiceChild } from '../cluster/service-child.ts';
import type { ShownStore } from './check/shown-store.ts';
import type { Network } from './network.ts';

/** A store that was put back: what it held at the end, and what of it was kept. */
export type LostStore = { readonly rewind: Rewind; readonly lost: ShownStore; readonly kept: ShownStore };

export type People = {
  /** So many citizens more come at once, however many dossiers are open. */
  come(count: number): void;
  /** Commands that a service has answered so far. */
  answeredBy(service: ClusterService): number;
};

export type Arena = {
  readonly cluster: Cluster; readonly network: Network; readonly brokers: number;
  /** Of the cluster: keys and logs. */
  readonly directory: string;
  /** The service that has a spare instance. */
  readonly doubled: ClusterService;
  /** Processes that a fault holds down; nobody else starts them. */
  readonly heldDown: Set<string>;
  readonly lostStores: LostStore[];
  readonly people: People;
  /** Whether faults are over: those that last end at once. */
  readonly over: AbortSignal;
  note(what: string): void;
};

export const childrenOf = ({ cluster }: Pick<Arena, 'cluster'>, service: ClusterService): readonly { readonly child: ServiceChild; readonly instance: number }[] =>
  cluster.parts.filter((part) => part.service === service).map((part) => ({ child: cluster.children.get(partName(part))!, instance: part.instance }));

/** Resolves after `ms` milliseconds, or when faults are over. */
export async function lasts({ over }: Pick<Arena, 'over'>, ms: number): Promise<void> {
  await sleep(ms, undefined, { signal: over }).catch(() => {});
}

/** Keeps `child` down while `work` runs; it runs again when this resolves. */
export async function heldDown(arena: Arena, children: readonly ServiceChild[], work: () => Promise<void>): Promise<void> {
  for (const { name } of children) arena.heldDown.add(name);
  try {
    await Promise.all(children.map((child) => child.kill()));
    await work();
  } finally {
    for (const { name } of children) arena.heldDown.delete(name);
  }
}

