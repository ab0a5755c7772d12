/** What `cluster up` leaves for the commands that come after it: where everything answers. */
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { readHubConfig } from '@lienthong/runtime';

export type ClusterState = {
  /** Process that holds all others; ended, it ends them. */
  readonly keeper: number;
  readonly directory: string; readonly kafka: readonly string[]; readonly mongo: string;
  readonly addresses: Readonly<Record<string, string>>;
  readonly processes: readonly { readonly name: string; readonly pid: number }[];
};

/** In the cluster's directory: what its keeper says. */
export const keeperLog = 'keeper.log';

/** One cluster per data directory. */
export const clusterDirectory = (): string => join(readHubConfig().dataDir, 'cluster');
const fileIn = (directory: string): string => join(directory, 'state.json');

export function writeState(state: ClusterState): void {
  const file = fileIn(state.directory);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(`${file}.part`, `${JSON.stringify(state, null, 2)}\n`, { mode: 0o600 });
  renameSync(`${file}.part`, file);
}

/** Undefined: no cluster was started here, or its keeper is gone. */
export function readState(directory = clusterDirectory()): ClusterState | undefined {
  let state: ClusterState;
  try { state = JSON.parse(readFileSync(fileIn(directory), 'utf8')) as ClusterState; } catch { return undefined; }
  return isAlive(state.keeper) ? state : undefined;
}

export function removeState(directory: string): void { rmSync(fileIn(directory), { force: true }); }

export function isAlive(pid: number): boolean {
  try { process.kill(pid, 0); return true; } catch { return false; }
}
