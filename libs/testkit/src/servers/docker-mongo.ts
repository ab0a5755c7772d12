/** MongoDB in a container of its own image: a replica set of one node, for only a replica set has majorities. */
import { Wait } from 'testcontainers';
import type { WaitStrategy } from 'testcontainers';
import { LoopbackContainer, startDockerNode } from './docker-node.ts';
import { freePorts } from './free-ports.ts';
import type { MongoServer } from './start-mongo.ts';

export const mongoImage = 'mongo:8';
const readyWithinMs = 60_000;

/** Throws when it does not become ready. */
export async function startDockerMongo(): Promise<MongoServer> {
  const [port] = await freePorts(1) as [number];
  const shell = (script: string): readonly string[] => ['mongosh', '--port', String(port), '--quiet', '--eval', script];
  const until = (condition: string): WaitStrategy => Wait.forSuccessfulCommand(shell(`if (!(${condition})) quit(1)`).map((word) => `'${word}'`).join(' ')).withStartupTimeout(readyWithinMs);
  const isPrimary = until('db.hello().isWritablePrimary');
  const node = await startDockerNode(new LoopbackContainer(mongoImage, port).withCommand(['--replSet', 'tests', '--port', String(port), '--bind_ip_all', '--wiredTigerCacheSizeGB', '0.25']), until('db.runCommand({ ping: 1 }).ok === 1'));
  try {
    // The name by which clients reach it; inside the container it is the same.
    await node.exec(shell(`rs.initiate({ _id: 'tests', members: [{ _id: 0, host: '127.0.0.1:${port}' }] })`));
    await node.until(isPrimary);
  } catch (cause) {
    await node.remove().catch(() => {});
    throw cause;
  }
  return {
    uri: `mongodb://127.0.0.1:${port}/?replicaSet=tests`, stop: () => node.remove().catch(() => {}),
    kill: () => node.kill(), pause: () => node.pause(), resume: () => node.resume(),
    async start() {
      await node.start();
      await node.until(isPrimary);
    },
  };
}
