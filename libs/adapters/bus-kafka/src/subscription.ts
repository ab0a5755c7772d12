/** One instance's share of a service's topic. Offsets are resolved only after the handler's durable write; heartbeats go on meanwhile. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Consumer, EachBatchPayload, KafkaMessage } from 'kafkajs';
import { problemOf } from '@lienthong/kernel';
import type { FolderUpdate, ServiceName, Subscription } from '@lienthong/kernel';
import { kafkaClient, retrying } from './connection.ts';
import type { KafkaConnection } from './connection.ts';
import { toDeadMessage } from './dead-record.ts';
import type { Delivered, Delivery } from './delivery.ts';
import type { Lane } from './lane.ts';
import { clientWaits } from './limits.ts';
import type { KafkaBusLimits } from './limits.ts';
import { Progress } from './progress.ts';
import { decodeRecord } from './record.ts';
import type { Signatures } from './sender-proof.ts';
import type { Topics } from './topics.ts';

export type SubscriptionSettings = {
  readonly connection: KafkaConnection; readonly topics: Topics; readonly service: ServiceName; readonly limits: KafkaBusLimits;
  readonly delivery: Delivery; readonly signatures: Signatures;
  /** To the topic of dead letters. */
  readonly dead: Lane;
  /** The consumer has ended for good: the process should end, too. */
  readonly fatal: (cause: Error) => void;
};

export class KafkaSubscription implements Subscription {
  readonly service: ServiceName;
  readonly #settings: SubscriptionSettings;
  readonly #consumer: Consumer;
  readonly #progress: Progress;
  readonly #connecting: Promise<void>;
  /** Partition → records behind the end of the topic, as of the last batch. */
  readonly #behind = new Map<number, number>();
  #stopped = false;
  #dead = 0;

  constructor(settings: SubscriptionSettings) {
    this.#settings = settings;
    this.service = settings.service;
    this.#progress = new Progress(Date.now, settings.limits.progressWithinMs);
    this.#consumer = newConsumer(settings, () => this.#stopped);
    this.#watch();
    this.#connecting = this.#begin();
  }

  problem(): string | null { return this.#stopped ? null : this.#progress.problem(); }
  get status(): { readonly service: ServiceName; readonly lag: number; readonly deadLetters: number; readonly leftToSender: number; readonly problem: string } {
    const lag = [...this.#behind.values()].reduce((sum, behind) => sum + behind, 0);
    return { service: this.service, lag, deadLetters: this.#dead, leftToSender: this.#settings.delivery.leftToSender, problem: this.problem() ?? '' };
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    await this.#connecting;
    await this.#consumer.disconnect().catch(() => {});
  }

  /** A service must be able to start while Kafka is away. */
  async #begin(): Promise<void> {
    const { topics, limits, connection } = this.#settings;
    for (let waitMs: number = clientWaits.firstRetryMs; !this.#stopped; waitMs = Math.min(waitMs * clientWaits.retryMultiplier, limits.maxRetireBackoffMs)) {
      try {
        await this.#consumer.connect();
        await this.#consumer.subscribe({ topics: [topics.of(this.service)], fromBeginning: true });
        await this.#consumer.run({ eachBatchAutoResolve: false, partitionsConsumedConcurrently: limits.concurrentPartitions, eachBatch: (batch) => this.#take(batch) });
        return;
      } catch (cause) {
        this.#progress.troubled(problemOf(cause));
        connection.log.warn({ service: this.service, cause: problemOf(cause) }, 'Kafka cannot be read yet');
        await sleep(waitMs);
      }
    }
  }

  #watch(): void {
    const { FETCH, CRASH, GROUP_JOIN } = this.#consumer.events;
    this.#consumer.on(FETCH, () => this.#progress.moved());
    this.#consumer.on(GROUP_JOIN, () => { this.#behind.clear(); this.#progress.shared(); this.#progress.moved(); });
    this.#consumer.on(CRASH, ({ payload: { error, restart } }) => {
      if (restart || this.#stopped) return this.#progress.troubled(problemOf(error));
      this.#progress.ended(problemOf(error));
      this.#settings.fatal(error);
    });
  }

  /** Resolves when the batch is handled, or to be delivered again; rejects only when the partition is no longer this instance's. */
  async #take({ batch, resolveOffset, heartbeat, pause }: EachBatchPayload): Promise<void> {
    const { partition, messages } = batch;
    const { crashPoint } = this.#settings.connection;
    this.#progress.began(partition);
    const { lost, outcome } = await this.#beating(heartbeat, this.#handle(partition, messages));
    if (outcome?.ok === true) {
      crashPoint?.('kafka-handled');
      resolveOffset(messages.at(-1)!.offset);
      crashPoint?.('kafka-resolved');
      this.#behind.set(partition, Number(batch.offsetLag()));
      this.#progress.handled(partition);
    } else {
      this.#behind.set(partition, Number(batch.offsetLagLow()) + 1);
      this.#progress.refused(partition, outcome?.cause ?? 'it takes too long');
      if (lost === undefined) this.#rest(partition, pause);
    }
    if (lost !== undefined) throw lost;
  }

  /** What cannot be read goes to the dead letters, the rest to the handler. */
  async #handle(partition: number, messages: readonly KafkaMessage[]): Promise<Delivered> {
    const { delivery, limits, topics, signatures } = this.#settings;
    const updates: FolderUpdate[] = [];
    const dead: [KafkaMessage, string][] = [];
    for (const message of messages) {
      const decoded = decodeRecord(this.service, message, limits.maxRecordBytes, signatures);
      if ('cause' in decoded) dead.push([message, decoded.cause]);
      else updates.push(decoded);
    }
    const [delivered, buried] = await Promise.all([delivery.deliver(partition, updates), this.#bury(topics.of(this.service), partition, dead)]);
    return delivered.ok ? buried : delivered;
  }

  async #bury(topic: string, partition: number, dead: readonly (readonly [KafkaMessage, string])[]): Promise<Delivered> {
    const { dead: lane, limits, connection } = this.#settings;
    const foundAt = new Date().toISOString();
    try {
      await lane.give(dead.map(([message, cause]) => toDeadMessage({ topic, partition, offset: message.offset }, message, cause, foundAt, limits)));
    } catch (cause) {
      return { ok: false, cause: problemOf(cause) };
    }
    this.#dead += dead.length;
    for (const [cause, { first, last, count }] of byCause(dead)) connection.log.warn({ topic, partition, offset: first, ...(count > 1 ? { last, count } : {}), cause }, 'bytes that are no record: kept as a dead letter');
    return { ok: true };
  }

  /** Others are read meanwhile; what was not resolved is fetched again. */
  #rest(partition: number, pause: () => () => void): void {
    const { delivery, limits } = this.#settings;
    const resume = pause();
    const waitMs = Math.min(limits.redeliverAfterMs * 2 ** Math.max(0, delivery.refusals(partition) - 1), limits.maxRedeliverAfterMs);
    setTimeout(() => { if (!this.#stopped) resume(); }, waitMs).unref();
  }

  /** The outcome of `work`, with heartbeats meanwhile. `lost`: the group is shared anew; then the work may end within the grace, and `outcome` is missing when it did not. */
  async #beating(heartbeat: () => Promise<void>, work: Promise<Delivered>): Promise<{ readonly lost?: unknown; readonly outcome?: Delivered }> {
    const { heartbeatMs, rebalanceGraceMs } = this.#settings.limits;
    const done = work.then((outcome) => ({ outcome }));
    for (;;) {
      const ended = await Promise.race([done, after(heartbeatMs)]);
      if (ended !== undefined) return ended;
      try {
        await heartbeat();
      } catch (lost) {
        return { ...await Promise.race([done, after(rebalanceGraceMs)]), lost };
      }
    }
  }
}

type Told = { readonly first: string; readonly last: string; readonly count: number };

/** A line for each cause, however many are found at once: what somebody pours into a topic must not fill the disk with words about it. A cause is the same up to its colon. */
function byCause(dead: readonly (readonly [KafkaMessage, string])[]): ReadonlyMap<string, Told> {
  const kinds = new Map<string, string>(), told = new Map<string, Told>();
  for (const [{ offset }, cause] of dead) {
    const kind = cause.split(':', 1)[0]!, shown = kinds.get(kind) ?? cause, before = told.get(shown);
    kinds.set(kind, shown);
    told.set(shown, { first: before?.first ?? offset, last: offset, count: (before?.count ?? 0) + 1 });
  }
  return told;
}

/** Does not keep the process. */
const after = (ms: number): Promise<undefined> => sleep(ms, undefined, { ref: false });

/** `isOver`: then it connects no more, so that a stop need not wait for a Kafka that is away. */
function newConsumer({ connection, topics, service, limits }: SubscriptionSettings, isOver: () => boolean): Consumer {
  const retry = { ...retrying(clientWaits.maxRetries), restartOnFailure: async () => true };
  return kafkaClient(connection, clientWaits.maxRetries, isOver).consumer({
    groupId: topics.groupOf(service), allowAutoTopicCreation: false, metadataMaxAge: clientWaits.metadataMaxAgeMs, sessionTimeout: limits.sessionTimeoutMs, rebalanceTimeout: limits.rebalanceTimeoutMs,
    // A transaction that another client leaves open must hold nothing up.
    readUncommitted: true,
    heartbeatInterval: limits.heartbeatMs, minBytes: 1, maxBytes: limits.maxFetchBytes, maxBytesPerPartition: limits.maxPartitionFetchBytes, maxWaitTimeInMs: limits.maxFetchWaitMs, retry,
  });
}
