/** The event bus over Kafka: a topic per service that receives, keyed by folder. */
import type { EventBus, ServiceName } from '@lienthong/kernel';
import { silentLog } from './bus-log.ts';
import type { BusLog } from './bus-log.ts';
import type { KafkaConnection } from './connection.ts';
import { Delivery } from './delivery.ts';
import { Lane } from './lane.ts';
import { kafkaBusDefaults } from './limits.ts';
import type { KafkaBusLimits } from './limits.ts';
import { encodeRecord } from './record.ts';
import { RetiringProducer } from './retiring-producer.ts';
import type { Signatures } from './sender-proof.ts';
import { KafkaSubscription } from './subscription.ts';
import { Topics } from './topics.ts';

export type KafkaBusOptions = Omit<KafkaConnection, 'log'> & {
  /** First part of the names of topics and groups. Absent: `lienthong`. */
  readonly prefix?: string;
  /** To prove who tells an update. */
  readonly signatures: Signatures;
  readonly limits?: Partial<KafkaBusLimits>;
  readonly log?: BusLog;
  /** A consumer has ended for good: this process receives nothing any more and should be started anew. */
  readonly fatal: (cause: Error) => void;
  /** W3C trace context of the work that sends, asked for each publish; undefined: none. */
  readonly traceparent?: () => string | undefined;
};

export type KafkaBusStatus = { readonly lanes: readonly Lane['status'][]; readonly subscriptions: readonly KafkaSubscription['status'][] };

export type KafkaBus = EventBus & {
  /** Why this process cannot exchange updates, or null. For readiness; never waits. */
  problem(): string | null;
  status(): KafkaBusStatus;
  /** Ends subscriptions, sends what is queued within `flushWithinMs`, closes connections. */
  stop(): Promise<void>;
};

/** Connects when first used; what cannot be reached is tried again and told by `problem`. Topics must exist: see `provisionTopics`. */
export function kafkaBus(options: KafkaBusOptions): KafkaBus {
  const limits: KafkaBusLimits = { ...kafkaBusDefaults, ...options.limits };
  const topics = new Topics(options.prefix);
  const connection: KafkaConnection = { ...options, log: options.log ?? silentLog };
  const lanes = new Map<string, Lane>();
  const subscriptions = new Set<KafkaSubscription>();
  const laneTo = (topic: string): Lane => {
    let lane = lanes.get(topic);
    if (lane === undefined) lanes.set(topic, lane = new Lane({ topic, limits, log: connection.log, newProducer: () => new RetiringProducer(connection, topic) }));
    return lane;
  };
  const counted = (service: ServiceName, count: (status: KafkaSubscription['status']) => number): number => [...subscriptions].reduce((sum, one) => sum + (one.service === service ? count(one.status) : 0), 0);
  return {
    async publish(destination, batch) {
      const traceparent = options.traceparent?.();
      await laneTo(topics.of(destination)).give(batch.map((update) => encodeRecord(destination, update, limits.maxRecordBytes, options.signatures, traceparent)));
    },
    async subscribe(service: ServiceName, handler) {
      const delivery = new Delivery({ handler, limits, log: connection.log, now: Date.now });
      const subscription = new KafkaSubscription({ connection, topics, service, limits, delivery, signatures: options.signatures, dead: laneTo(topics.dead), fatal: options.fatal });
      subscriptions.add(subscription);
      return { stop: async () => { await subscription.stop(); subscriptions.delete(subscription); } };
    },
    problem() {
      for (const one of subscriptions) if (one.problem() !== null) return one.problem();
      // One topic that cannot be written is its service's trouble. When nothing could be given to any since, it is this process's.
      const sentAt = Math.max(0, ...[...lanes.values()].map((lane) => lane.sentAt));
      for (const lane of lanes.values()) {
        const problem = lane.problem();
        if (problem !== null && problem.since > sentAt) return problem.text;
      }
      return null;
    },
    deadRecords: (service) => counted(service, ({ deadLetters }) => deadLetters),
    unreadRecords: (service) => counted(service, ({ lag }) => lag),
    status: () => ({ lanes: [...lanes.values()].map((lane) => lane.status), subscriptions: [...subscriptions].map((one) => one.status) }),
    async stop() {
      await Promise.all([...subscriptions].map((one) => one.stop()));
      subscriptions.clear();
      await Promise.all([...lanes.values()].map((lane) => lane.stop()));
    },
  };
}
