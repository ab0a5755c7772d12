/** The production shape on this machine, for trials and tests. */
import { spawn } from 'node:child_process';
import { mkdirSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { environmentForChildren } from '@lienthong/runtime';
import { clusterDirectory, isAlive, keeperLog, readState } from './cluster/cluster-state.ts';
import type { ClusterState } from './cluster/cluster-state.ts';
import { areInOrder, askInstances, linesOf, shown } from './cluster/instances.ts';
import { print, UsageError, wordsOf } from './command.ts';
import type { Command } from './command.ts';

/** Fetching servers the first time takes minutes; stopping them seconds. */
const maxUpMs = 600_000;
const maxDownMs = 90_000;
const pollMs = 200;
const maxInstances = 8;

export const clusterCommand: Command = {
  name: 'cluster', usage: 'up|down|status [--brokers 1|3] [--instances N] [--json]',
  purpose: { vi: 'Dạng vận hành thật trên một máy: Kafka, MongoDB, mỗi dịch vụ một tiến trình.', en: 'The production shape on one machine: Kafka, MongoDB, each service in its own process.' },
  async run(args) {
    const { values, positionals } = parseArgs({ args: [...args], allowPositionals: true, options: { brokers: { type: 'string', default: '1' }, instances: { type: 'string', default: '1' }, json: { type: 'boolean' } } });
    const instances = Number(values.instances);
    if (!['1', '3'].includes(values.brokers)) throw new UsageError('--brokers: 1 | 3');
    if (!Number.isInteger(instances) || instances < 1 || instances > maxInstances) throw new UsageError(`--instances: 1–${maxInstances}`);
    switch (wordsOf(positionals, 1)[0]) {
      case 'up': return up(values.brokers, values.instances, values.json === true);
      case 'down': return down(values.json === true);
      case 'status': return status(values.json === true);
      default: throw new UsageError('up | down | status');
    }
  },
};

async function up(brokers: string, instances: string, json: boolean): Promise<number> {
  const running = readState();
  if (running !== undefined) return told(running, json);
  const directory = clusterDirectory(), log = join(directory, keeperLog);
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const file = openSync(log, 'w');
  const keeper = spawn(process.execPath, [fileURLToPath(new URL('cluster/keeper.ts', import.meta.url)), '--directory', directory, '--brokers', brokers, '--instances', instances], {
    env: environmentForChildren(), detached: true, stdio: ['ignore', file, file, 'ipc'],
  });
  const ended = new Promise<'ended'>((resolve) => { keeper.once('exit', () => resolve('ended')); });
  const ready = new Promise<'ready'>((resolve) => { keeper.once('message', () => resolve('ready')); });
  const came = await Promise.race([ready, ended, pause(maxUpMs, 'late' as const, { ref: false })]);
  if (came === 'late') process.kill(keeper.pid!, 'SIGTERM');
  if (came !== 'ready') throw new Error(`${readFileSync(log, 'utf8').trim() || came}\n${log}`);
  keeper.unref();
  return told(readState(directory)!, json);
}

function told(state: ClusterState, json: boolean): number {
  print(json ? JSON.stringify(state) : [`cluster: Kafka ${state.kafka.join(',')}, MongoDB ${state.mongo}`, ...Object.entries(state.addresses).map(([service, address]) => `  ${service.padEnd(24)} ${address}`), 'Tiếp theo / next: npm run --silent lienthong -- demo --target cluster'].join('\n'));
  return 0;
}

async function down(json: boolean): Promise<number> {
  const state = readState();
  if (state !== undefined) {
    process.kill(state.keeper, 'SIGTERM');
    for (const until = Date.now() + maxDownMs; isAlive(state.keeper) && Date.now() < until;) await pause(pollMs);
  }
  const stopped = state === undefined || !isAlive(state.keeper);
  print(json ? JSON.stringify({ running: !stopped }) : stopped ? 'đã dừng / stopped' : `tiến trình ${state.keeper} chưa dừng / has not stopped`);
  return stopped ? 0 : 1;
}

async function status(json: boolean): Promise<number> {
  const state = readState();
  if (state === undefined) {
    print(json ? JSON.stringify({ running: false, services: [] }) : 'không có cụm nào đang chạy / no cluster is running: npm run --silent lienthong -- cluster up');
    return 1;
  }
  const asked = await askInstances(state), ready = areInOrder(asked);
  print(json ? JSON.stringify({ running: true, ready, services: asked.map(shown) }) : asked.map(linesOf).join('\n'));
  return ready ? 0 : 1;
}
