/** MongoDB in a container of its own image: a replica set of one node, for only a replica set has majorities. */
import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { freePorts } from './free-ports.ts';
import type { MongoServer } from './start-mongo.ts';

const run = promisify(execFile);
export const mongoImage = 'mongo:8.2';
/** With the time that fetching the image takes. */
const commandWithinMs = 300_000;
const readyWithinMs = 60_000;
const pollMs = 250;

const docker = async (...args: readonly string[]): Promise<string> => (await run('docker', args, { timeout: commandWithinMs })).stdout;

/** Throws when it does not become ready. */
export async function startDockerMongo(): Promise<MongoServer> {
  const name = `lienthong-mongo-${randomBytes(4).toString('hex')}`;
  const [port] = await freePorts(1) as [number];
  const shell = (script: string): Promise<string> => docker('exec', name, 'mongosh', '--port', String(port), '--quiet', '--eval', script);
  const stop = async (): Promise<void> => { await docker('rm', '--force', '--volumes', name).catch(() => {}); };
  const ready = async (script: string, wanted: string): Promise<void> => {
    for (const until = Date.now() + readyWithinMs; (await shell(script).catch(() => '')).trim() !== wanted; await sleep(pollMs)) {
      if (Date.now() > until) throw new Error(`${name} did not start: ${(await docker('logs', '--tail', '5', name)).trim()}`);
    }
  };
  const isPrimary = (): Promise<void> => ready('db.hello().isWritablePrimary', 'true');
  try {
    await docker('run', '--detach', '--name', name, '--publish', `127.0.0.1:${port}:${port}`, mongoImage, '--replSet', 'tests', '--port', String(port), '--bind_ip_all', '--wiredTigerCacheSizeGB', '0.25');
    await ready('db.runCommand({ ping: 1 }).ok', '1');
    // The name by which clients reach it; inside the container it is the same.
    await shell(`rs.initiate({ _id: 'tests', members: [{ _id: 0, host: '127.0.0.1:${port}' }] })`);
    await isPrimary();
  } catch (cause) {
    await stop();
    throw cause;
  }
  return {
    uri: `mongodb://127.0.0.1:${port}/?replicaSet=tests`, stop,
    kill: async () => { await docker('kill', name); },
    start: async () => { await docker('start', name); await isPrimary(); },
    pause: async () => { await docker('pause', name); },
    resume: async () => { await docker('unpause', name); },
  };
}
