/** The dead letters of a hub, for its operator: what is there, and sending again what has become readable. */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Admin, Kafka } from 'kafkajs';
import { HubError } from '@lienthong/kernel';
import { kafkaClient } from './connection.ts';
import type { KafkaConnection } from './connection.ts';
import { fromDeadMessage } from './dead-record.ts';
import type { DeadRecord } from './dead-record.ts';
import { clientWaits } from './limits.ts';
import { RetiringProducer } from './retiring-producer.ts';
import type { Topics } from './topics.ts';

/** Reading all dead letters takes at most this long; nothing is answered by halves. */
const readWithinMs = 60_000;
const sendWithinMs = 30_000;
const maxFetchWaitMs = 100;
const pollMs = 50;

/** Dead letters, oldest first; at most the `limit` newest. */
export async function listDead(connection: KafkaConnection, topics: Topics, limit: number): Promise<readonly DeadRecord[]> {
  const letters = new Map<string, DeadRecord>();
  await readDead(connection, topics, (letter, id) => {
    letters.delete(id);
    if (letter === undefined) return;
    letters.set(id, letter);
    if (letters.size > limit) letters.delete(letters.keys().next().value!);
  });
  return [...letters.values()];
}

export type Redriven = { readonly id: string; readonly outcome: 'sent' | 'unknown' | 'too-long' };

/** Sends dead letters again to where they were found, as they came, and removes them. One that still cannot be read comes back as a new letter. */
export async function redriveDead(connection: KafkaConnection, topics: Topics, ids: readonly string[]): Promise<readonly Redriven[]> {
  const wanted = new Set(ids);
  const found = new Map<string, DeadRecord>();
  await readDead(connection, topics, (letter, id) => {
    if (letter === undefined) found.delete(id);
    else if (wanted.has(id)) found.set(id, letter);
  });
  const outcomes: Redriven[] = [];
  for (const id of wanted) {
    const letter = found.get(id);
    const outcome = letter === undefined ? 'unknown' : letter.bytes > (letter.value?.byteLength ?? 0) ? 'too-long' : 'sent';
    if (outcome === 'sent') await redriveOne(connection, topics, letter!);
    outcomes.push({ id, outcome });
  }
  return outcomes;
}

async function redriveOne(connection: KafkaConnection, topics: Topics, { id, topic, key, value, headers }: DeadRecord): Promise<void> {
  // In this order: what breaks off in between is sent twice, which changes nothing.
  await sendOne(connection, topic, { key, value, headers: { ...headers, redriven_from: id } });
  await sendOne(connection, topics.dead, { key: id, value: null });
}

async function sendOne(connection: KafkaConnection, topic: string, message: Parameters<RetiringProducer['send']>[0][number]): Promise<void> {
  const producer = new RetiringProducer(connection, topic);
  try { await producer.send([message], sendWithinMs); } finally { await producer.retire(); }
}

/** All that is in the topic when this begins, in order; undefined stands for a letter that was removed. */
async function readDead(connection: KafkaConnection, topics: Topics, take: (letter: DeadRecord | undefined, id: string) => void): Promise<void> {
  const client = kafkaClient(connection, clientWaits.maxRetries);
  const admin = client.admin();
  await admin.connect();
  try {
    const missing = new Map<number, bigint>();
    for (const { partition, low, high } of await admin.fetchTopicOffsets(topics.dead)) if (BigInt(high) > BigInt(low)) missing.set(partition, BigInt(high));
    if (missing.size > 0) await readUntil(client, admin, topics.dead, missing, take);
  } finally {
    await admin.disconnect();
  }
}

async function readUntil(client: Kafka, admin: Admin, topic: string, missing: Map<number, bigint>, take: (letter: DeadRecord | undefined, id: string) => void): Promise<void> {
  const groupId = `${topic}.reader.${randomUUID()}`;
  const consumer = client.consumer({ groupId, allowAutoTopicCreation: false, maxWaitTimeInMs: maxFetchWaitMs });
  let crash: Error | undefined;
  consumer.on(consumer.events.CRASH, ({ payload }) => { if (!payload.restart) crash = payload.error; });
  await consumer.connect();
  try {
    await consumer.subscribe({ topics: [topic], fromBeginning: true });
    await consumer.run({
      autoCommit: false,
      eachBatch: async ({ batch }) => {
        const end = missing.get(batch.partition) ?? 0n;
        for (const message of batch.messages) if (message.key !== null && BigInt(message.offset) < end) take(fromDeadMessage(message), message.key.toString());
        if (BigInt(batch.lastOffset()) + 1n >= end) missing.delete(batch.partition);
      },
    });
    for (const until = Date.now() + readWithinMs; missing.size > 0; await sleep(pollMs)) {
      if (crash !== undefined) throw crash;
      if (Date.now() > until) throw new HubError('DEADLINE_EXCEEDED', { deadlineMs: String(readWithinMs) });
    }
  } finally {
    await consumer.disconnect();
    await admin.deleteGroups([groupId]).catch(() => {});
  }
}
