/** The network of a cluster under chaos: a relay in front of each broker, of the database for each process, and of each process for the others. */
import { Relay } from '@lienthong/testkit/servers/relay';
import type { Detours } from '../cluster/cluster.ts';
import { addressesOf, partName } from '../cluster/cluster-layout.ts';
import type { Part } from '../cluster/cluster-layout.ts';

export type Link = { readonly name: string; readonly relay: Relay };

export class Network implements Detours {
  readonly kafka: readonly Relay[];
  readonly #mongo: ReadonlyMap<string, Relay>;
  readonly #peers: ReadonlyMap<string, Relay>;

  private constructor(kafka: readonly Relay[], mongo: ReadonlyMap<string, Relay>, peers: ReadonlyMap<string, Relay>) {
    this.kafka = kafka;
    this.#mongo = mongo;
    this.#peers = peers;
  }

  /** `parts`: names of all processes that there may be. */
  static async open(brokers: number, parts: readonly string[]): Promise<Network> {
    const perPart = async (): Promise<ReadonlyMap<string, Relay>> => new Map(await Promise.all(parts.map(async (name) => [name, await Relay.open()] as const)));
    return new Network(await Promise.all(Array.from({ length: brokers }, () => Relay.open())), await perPart(), await perPart());
  }

  /** Where the members of a replica set are called by their own names, the driver would go around a relay: it stays out of the way. */
  mongo(part: Part, uri: string): string {
    const [, host] = /^mongodb:\/\/(127\.0\.0\.1:\d+)\//.exec(uri) ?? [];
    const relay = this.#mongo.get(partName(part));
    if (host === undefined || relay === undefined || uri.includes('replicaSet=')) return uri;
    relay.leadTo(host);
    return uri.replace(host, relay.address);
  }

  peers(parts: readonly Part[]): ReadonlyMap<string, string> {
    return addressesOf(parts.map((part) => {
      const relay = this.#peers.get(partName(part));
      if (relay === undefined) return part;
      relay.leadTo(`127.0.0.1:${part.port}`);
      return { ...part, port: Number(relay.address.split(':')[1]) };
    }));
  }

  get brokerLinks(): readonly Link[] { return this.kafka.map((relay, at) => ({ name: `broker ${at + 1}`, relay })); }

  get links(): readonly Link[] {
    return [
      ...this.brokerLinks,
      ...[...this.#mongo].map(([part, relay]) => ({ name: `${part} → database`, relay })),
      ...[...this.#peers].map(([part, relay]) => ({ name: `peers → ${part}`, relay })),
    ];
  }

  heal(): void { for (const { relay } of this.links) if (relay.state !== 'flows') relay.flow(); }

  async close(): Promise<void> { await Promise.all(this.links.map(({ relay }) => relay.close())); }
}
