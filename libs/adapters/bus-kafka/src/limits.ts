/** Every bound, wait and batch of this adapter, with its unit in its name. */
export const kafkaBusDefaults = {
  /** Bytes of the value of one record; the kernel cuts what is longer. What comes larger is no record of this hub. */
  maxRecordBytes: 256 * 1024,
  /** One send to one topic: at most so many records and bytes before compression. Well below `maxBatchBytes`, for one partition may get all of it. */
  maxSendRecords: 1_000,
  maxSendBytes: 1_500 * 1024,
  /** `max.message.bytes` of the topics: what the broker takes as one batch of one partition. */
  maxBatchBytes: 2 * 1024 * 1024,
  /** Records waiting to be sent to one topic; more are refused, and their sender tells again. */
  maxQueuedRecords: 20_000,
  /** A send that is not acknowledged by then is given up, with the producer that made it. */
  giveUpSendAfterMs: 30_000,
  /** Before the next producer is tried after one was given up; doubles up to the maximum. */
  retireBackoffMs: 100,
  maxRetireBackoffMs: 5_000,
  /** How long a stop waits for what is queued. */
  flushWithinMs: 10_000,
  /** Updates handed to the handler at once. */
  maxHandlerUpdates: 500,
  /** Fetched at once, in all and per partition. */
  maxFetchBytes: 4 * 1024 * 1024,
  maxPartitionFetchBytes: 1024 * 1024,
  /** How long a broker may hold back an answer that has nothing; latency does not depend on it, stopping does. */
  maxFetchWaitMs: 100,
  /** Partitions handled at the same time by one instance. */
  concurrentPartitions: 3,
  /** A member that does not beat for this long has left the group. */
  sessionTimeoutMs: 10_000,
  heartbeatMs: 2_000,
  /** How long members have to come together again after one joined or left. */
  rebalanceTimeoutMs: 60_000,
  /** A handler whose partition is taken away meanwhile may end within this. */
  rebalanceGraceMs: 5_000,
  /** After a rejected batch its partition rests; doubles up to the maximum. */
  redeliverAfterMs: 100,
  maxRedeliverAfterMs: 10_000,
  /** A batch rejected so often is handed over folder by folder, to find the ones that alone are rejected. */
  isolateAfter: 5,
  /** Folders that were, are handed over by themselves for this long. */
  apartForMs: 600_000,
  maxApart: 1_000,
  /** Without progress for this long the bus is not ready. */
  progressWithinMs: 30_000,
  /** Dead letters kept whole up to this; what is longer is kept by its beginning and cannot be redriven. */
  maxDeadBytes: 1_024 * 1024,
  /** The same of key and headers together: with the value they must fit into one send. */
  maxDeadBesideBytes: 64 * 1024,
} as const satisfies Record<string, number>;

export type KafkaBusLimits = { readonly [K in keyof typeof kafkaBusDefaults]: number };

/** What may come of records of others before anybody looks at them. Far above what a hub writes. */
export const unpackingLimits = {
  /** A batch of more is passed as one dead letter. */
  maxBatchRecords: 5_000,
  /** What a batch may take unpacked. */
  maxUnpackedBytes: 8 * 1024 * 1024,
  /** Of one partition, no further batch is unpacked beyond these. With one batch more, all of it must find room among what waits for the topic of dead letters. */
  maxReadRecords: 10_000,
  maxReadBytes: 16 * 1024 * 1024,
} as const;

/** Waits of the client library. Retries of a producer never end by themselves: see `RetiringProducer`. */
export const clientWaits = {
  connectionTimeoutMs: 3_000,
  requestTimeoutMs: 8_000,
  /** For a member's share of a group. Longer than any session: whoever should share out may have died. */
  shareWithinMs: 30_000,
  acknowledgeWithinMs: 6_000,
  firstRetryMs: 100,
  maxRetryMs: 1_000,
  retryFactor: 0.2,
  retryMultiplier: 2,
  /** Of consumers and administration; a consumer that has used them up starts over. */
  maxRetries: 8,
  metadataMaxAgeMs: 60_000,
} as const;
