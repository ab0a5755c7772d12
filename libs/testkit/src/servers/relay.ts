/** A TCP proxy on the loopback that can be told to misbehave: to reset what is open, to hold bytes back, to keep one half of each connection. */
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';

/** `flows`: as if it were not there. `stalls`: connections stand and nothing passes. `half-open`: whoever called believes in a connection whose other end is gone. */
export type RelayState = 'flows' | 'stalls' | 'half-open';

type Pair = { readonly near: Socket; far: Socket | null };

export class Relay {
  readonly address: string;
  readonly #server: Server;
  readonly #pairs = new Set<Pair>();
  #target = '';
  #state: RelayState = 'flows';

  private constructor(server: Server) {
    this.#server = server;
    this.address = `127.0.0.1:${(server.address() as AddressInfo).port}`;
    server.on('connection', (near) => this.#accept(near));
  }

  /** Listens on a free port; leads nowhere until it is told where. */
  static async open(): Promise<Relay> {
    const server = createServer({ allowHalfOpen: false, noDelay: true }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new Relay(server);
  }

  get state(): RelayState { return this.#state; }

  /** `host:port` of new connections. */
  leadTo(address: string): void { this.#target = address; }

  /** Everything that is open breaks off at both ends, at once. */
  reset(): void {
    for (const { near, far } of this.#pairs) { near.resetAndDestroy(); far?.resetAndDestroy(); }
    this.#pairs.clear();
  }

  stall(): void {
    this.#state = 'stalls';
    for (const { near, far } of this.#pairs) { near.pause(); far?.pause(); }
  }

  halfOpen(): void {
    this.#state = 'half-open';
    for (const pair of this.#pairs) forgetFar(pair);
  }

  /** As before; what was held back goes on, and what has lost its other end is reset. */
  flow(): void {
    this.#state = 'flows';
    for (const pair of this.#pairs) {
      if (pair.far === null) { this.#pairs.delete(pair); pair.near.resetAndDestroy(); continue; }
      pair.near.resume();
      pair.far.resume();
    }
  }

  async close(): Promise<void> {
    this.reset();
    await new Promise<void>((closed) => { this.#server.close(() => closed()); });
  }

  #accept(near: Socket): void {
    const pair: Pair = { near, far: null };
    this.#pairs.add(pair);
    near.on('error', () => near.destroy());
    near.once('close', () => { this.#pairs.delete(pair); pair.far?.destroy(); });
    if (this.#state === 'half-open') { near.resume(); return; }
    const [host, port] = this.#target.split(':');
    const far = pair.far = connect({ host: host!, port: Number(port), noDelay: true });
    far.on('error', () => far.destroy());
    far.once('close', () => { if (pair.far === far) near.destroy(); });
    carry(near, far);
    carry(far, near);
    if (this.#state === 'stalls') { near.pause(); far.pause(); }
  }
}

/** With back pressure by hand: `pipe` would set a paused socket flowing again. */
function carry(from: Socket, to: Socket): void {
  from.on('data', (bytes) => { if (!to.write(bytes)) { from.pause(); to.once('drain', () => from.resume()); } });
  from.once('end', () => to.end());
}

function forgetFar(pair: Pair): void {
  const { near, far } = pair;
  pair.far = null;
  near.removeAllListeners('data').removeAllListeners('end').resume();
  far?.destroy();
}
