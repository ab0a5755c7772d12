/** A server in a container that Testcontainers starts, and removes when whoever started it is gone; with what its own interface leaves out: killed, paused, started again as it was. */
import { BoundPorts, GenericContainer, getContainerRuntimeClient } from 'testcontainers';
import type { WaitStrategy } from 'testcontainers';

/** Its one port is the same inside and outside, and reached from this machine only. */
export class LoopbackContainer extends GenericContainer {
  constructor(image: string, port: number) {
    super(image);
    this.withExposedPorts({ container: port, host: port });
    this.hostConfig.PortBindings = { [`${port}/tcp`]: [{ HostIp: '127.0.0.1', HostPort: String(port) }] };
  }
}

export type DockerNode = {
  /** Runs a program in it. Throws with what it said when it fails. */
  exec(command: readonly string[]): Promise<void>;
  until(ready: WaitStrategy): Promise<void>;
  kill(): Promise<void>;
  /** After `kill`; resolves when it is ready. */
  start(): Promise<void>;
  pause(): Promise<void>;
  resume(): Promise<void>;
  remove(): Promise<void>;
};

/** Throws when it does not become ready within the time that `ready` has, not counting what fetching the image takes, and leaves nothing then. */
export async function startDockerNode(container: LoopbackContainer, ready: WaitStrategy): Promise<DockerNode> {
  const started = await container.withWaitStrategy(ready).start();
  const handle = (await getContainerRuntimeClient()).container.getById(started.getId());
  const until = (wanted: WaitStrategy, since?: Date): Promise<void> => wanted.waitUntilReady(handle, new BoundPorts(), since);
  return {
    async exec(command) {
      const { exitCode, output } = await started.exec([...command]);
      if (exitCode !== 0) throw new Error(`${command[0]} ended with ${exitCode}: ${output.trim()}`);
    },
    until: (wanted) => until(wanted),
    kill: async () => { await handle.kill(); },
    async start() {
      const since = new Date();
      await handle.start();
      await until(ready, since);
    },
    pause: async () => { await handle.pause(); },
    resume: async () => { await handle.unpause(); },
    remove: async () => { await handle.remove({ force: true, v: true }); },
  };
}
