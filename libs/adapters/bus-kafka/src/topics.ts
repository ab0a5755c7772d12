/** One topic per service that receives, one for what nobody can read. */
import type { ServiceName } from '@lienthong/kernel';

/** Version of the record format; another format gets other topics. */
const format = 'v1';

/** Names of topics and groups of one hub; `prefix` keeps hubs apart that share a Kafka. */
export class Topics {
  readonly prefix: string;
  /** Bytes that are no record of this hub. */
  readonly dead: string;

  constructor(prefix = 'lienthong') {
    this.prefix = prefix;
    this.dead = `${prefix}.dead.${format}`;
  }

  of(service: ServiceName): string { return `${this.prefix}.${service}.${format}`; }

  /** All instances of a service share its partitions. */
  groupOf(service: ServiceName): string { return `${this.prefix}.${service}`; }
}
