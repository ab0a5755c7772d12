/** Peers inside one process: calls are asynchronous and have deadlines, as they would over a network. */
import { HubError, withDeadline } from '@lienthong/kernel';
import type { Peer, Peers, PeerService, ServiceName } from '@lienthong/kernel';

/** Of the simulator: may delay a call, run it twice, lose it (never answer) or lose its answer. */
export type CallHook = <T>(route: { readonly from: ServiceName; readonly to: ServiceName; readonly method: keyof PeerService }, run: () => Promise<T>) => Promise<T>;

export type MemoryPeersOptions = {
  readonly hook?: CallHook;
  /** Runs once after `ms` milliseconds unless cancelled. Absent: `setTimeout`. */
  readonly later?: (ms: number, run: () => void) => () => void;
};

export type MemoryPeers = {
  /** The service answers from now on; another registration replaces it. */
  register(service: ServiceName, answers: PeerService): void;
  /** Its calls fail with PEER_UNREACHABLE from now on. */
  unregister(service: ServiceName): void;
  /** The others as `from` reaches them. */
  of(from: ServiceName): Peers;
};

export function memoryPeers(options: MemoryPeersOptions = {}): MemoryPeers {
  const services = new Map<ServiceName, PeerService>();
  const hook: CallHook = options.hook ?? ((_route, run) => run());
  const later = options.later ?? ((ms, run) => { const timer = setTimeout(run, ms); return () => clearTimeout(timer); });
  const call = <T>(from: ServiceName, to: ServiceName, method: keyof PeerService, deadlineMs: number, ask: (answers: PeerService) => Promise<T>): Promise<T> => {
    const run = async (): Promise<T> => {
      const answers = services.get(to);
      if (answers === undefined) throw new HubError('PEER_UNREACHABLE', { service: to, problem: 'not running' });
      return ask(answers);
    };
    return withDeadline(later, deadlineMs, hook({ from, to, method }, run));
  };
  const peer = (from: ServiceName, to: ServiceName): Peer => ({
    hello: (hello, deadlineMs) => call(from, to, 'hello', deadlineMs, (one) => one.hello(hello)),
    heads: (author, folders, deadlineMs) => call(from, to, 'heads', deadlineMs, (one) => one.heads(author, folders)),
    pull: (author, folder, have, deadlineMs) => call(from, to, 'pull', deadlineMs, (one) => one.pull(author, folder, have)),
    pullAsides: (author, folder, item, names, deadlineMs) => call(from, to, 'pullAsides', deadlineMs, (one) => one.pullAsides(author, folder, item, names)),
    seal: (author, sealed, page, deadlineMs) => call(from, to, 'seal', deadlineMs, (one) => one.seal(author, sealed, page)),
  });
  return {
    register: (service, answers) => { services.set(service, answers); },
    unregister: (service) => { services.delete(service); },
    of: (from) => ({ to: (service) => peer(from, service) }),
  };
}
