/** What other clients may write into a topic: it is told apart, kept where an operator finds it, and holds up nothing. */
import { randomBytes } from 'node:crypto';
import kafkajs from 'kafkajs';
import type { Message } from 'kafkajs';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { encodeUpdate } from '@lienthong/kernel';
import { describeWith } from '@lienthong/testkit/servers/describe-with';
import { different, eventually, folderNumbered, marksFrom, takeAll, updateNumbered } from '@lienthong/testkit/contracts/event-bus-contract';
import { listDead, redriveDead } from '../src/index.ts';
import { kafkaBusDefaults, unpackingLimits } from '../src/limits.ts';
import { foreignBatch, produceForeign } from './foreign-batch.ts';
import { kafka, kafkaWorld } from './kafka-world.ts';
import { proved } from './signatures.ts';
import type { KafkaWorld } from './kafka-world.ts';

describeWith(kafka, 'poison in a topic', (there) => {
  let world: KafkaWorld;
  beforeEach(async () => { world = await kafkaWorld(there().bootstrap); });
  afterEach(() => world.dispose());

  /** By another client, which knows nothing of this hub. */
  async function write(topic: string, messages: Message[], compression = kafkajs.CompressionTypes.None): Promise<void> {
    const producer = new kafkajs.Kafka({ brokers: [...there().bootstrap], logLevel: kafkajs.logLevel.NOTHING }).producer({ createPartitioner: kafkajs.Partitioners.DefaultPartitioner });
    await producer.connect();
    await producer.send({ topic, messages, compression });
    await producer.disconnect();
  }
  const value = (mark: number): Buffer => Buffer.from(encodeUpdate(updateNumbered(mark)));
  const told = (mark: number): Message => ({ key: key(mark), ...proved('beta', updateNumbered(mark)) });
  const key = folderNumbered;

  test('everything readable is handled, everything else is a dead letter with its cause and place', async () => {
    const topic = world.topics.of('beta');
    const { marks } = await takeAll(world.bus, 'beta');
    await world.bus.publish('beta', marksFrom(1, 20).map((mark) => updateNumbered(mark)));
    await write(topic, [
      { key: key(100), value: Buffer.from('\xff\x00garbage', 'latin1') }, { key: key(101), value: null }, { key: 'other', value: value(102) }, { key: null, value: value(103) },
      { key: key(104), value: Buffer.alloc(300 * 1024, 7) }, { key: key(105), value: value(105), headers: { ce_type: 'vn.lienthong.folder.update.v9' } },
      { key: key(106), value: value(106), headers: { ce_destination: 'gamma' } }, told(21),
      { key: key(107), value: value(107), headers: proved('gamma', updateNumbered(107)).headers },
    ]);
    await write(topic, [told(22), told(22)], kafkajs.CompressionTypes.GZIP);
    await world.bus.publish('beta', marksFrom(23, 40).map((mark) => updateNumbered(mark)));
    await eventually(() => different(marks).length >= 40);
    expect(different(marks)).toEqual(marksFrom(1, 40));
    await eventually(() => world.bus.status().subscriptions[0]!.deadLetters >= 8);
    const letters = await listDead(world.connection, world.topics, 100);
    const causes = letters.map((letter) => letter.cause.split(':')[0]).sort();
    expect(causes).toEqual(['empty', 'forged', 'garbage', 'oversize', 'unknown type', 'wrong key', 'wrong key', 'wrong topic']);
    for (const letter of letters) expect(letter).toMatchObject({ topic, id: `${topic}/${letter.partition}/${letter.offset}` });
    expect(letters.find(({ cause }) => cause.startsWith('oversize'))).toMatchObject({ bytes: 300 * 1024 });
    expect(world.bus.problem()).toBeNull();
    expect(world.bus.status().subscriptions[0]).toMatchObject({ service: 'beta', lag: 0 });
  });

  test('records that hardly fit into a topic, or unpack to far more, are dead letters, too', async () => {
    const topic = world.topics.of('beta'), poison = 0, nearlyFull = kafkaBusDefaults.maxBatchBytes - 300;
    const { marks } = await takeAll(world.bus, 'beta');
    for (const message of [{ key: 'k', value: Buffer.from('garbage'), headers: { pad: randomBytes(nearlyFull) } }, { key: randomBytes(nearlyFull), value: Buffer.from('garbage') }]) await write(topic, [{ partition: poison, ...message }]);
    await write(topic, [{ partition: poison, key: 'k', value: Buffer.alloc(70 * 1024 * 1024) }, { partition: poison, key: 'k', value: Buffer.from('with it') }], kafkajs.CompressionTypes.GZIP);
    await write(topic, marksFrom(1, 20).map((mark) => ({ partition: poison, ...told(mark) })));
    await eventually(() => different(marks).length >= 20);
    await eventually(() => world.bus.status().subscriptions[0]!.deadLetters >= 4);
    const letters = await listDead(world.connection, world.topics, 100);
    expect(letters.map(({ cause }) => cause.split(':')[0]).sort()).toEqual(['garbage', 'garbage', 'oversize', 'oversize']);
    for (const one of letters.filter(({ cause }) => cause.startsWith('garbage'))) expect(one.bytes).toBeGreaterThan(nearlyFull);
    expect((await redriveDead(world.connection, world.topics, letters.filter(({ cause }) => cause.startsWith('garbage')).map(({ id }) => id))).map(({ outcome }) => outcome)).toEqual(['too-long', 'too-long']);
    expect([world.bus.problem(), world.fatal]).toEqual([null, []]);
  });

  test('a batch of more records than a consumer survives is one dead letter, and what stands before and behind it is read', async () => {
    const topic = world.topics.of('beta'), poison = 0, count = 130_000;
    const writeTold = (from: number, to: number): Promise<void> => write(topic, marksFrom(from, to).map((mark) => ({ partition: poison, ...told(mark) })));
    await writeTold(1, 10);
    await produceForeign(there().bootstrap[0]!, topic, poison, foreignBatch(count));
    await writeTold(11, 20);
    const { marks } = await takeAll(world.bus, 'beta');
    await eventually(() => different(marks).length >= 20);
    await eventually(() => world.bus.status().subscriptions[0]!.deadLetters >= 1);
    const letters = await listDead(world.connection, world.topics, 100);
    expect(letters).toEqual([expect.objectContaining({ cause: `oversize: a batch of ${count} records from offset 10, at most ${unpackingLimits.maxBatchRecords}`, offset: String(10 + count - 1) })]);
    expect([world.bus.problem(), world.fatal]).toEqual([null, []]);
  });

  test('much of one kind is told in few words', async () => {
    await write(world.topics.of('beta'), marksFrom(1, 2_000).map((mark) => ({ key: key(mark), value: Buffer.from('garbage') })));
    await takeAll(world.bus, 'beta');
    await eventually(() => world.bus.status().subscriptions[0]!.deadLetters >= 2_000);
    expect(world.told.filter((line) => line.includes('no record')).length).toBeLessThan(200);
  });

  test('a dead letter that has become readable is redriven and gone; one that has not comes back', async () => {
    const topic = world.topics.of('beta');
    const { marks, subscription } = await takeAll(world.bus, 'beta');
    await write(topic, [{ key: key(1), value: Buffer.from('garbage') }, { key: key(2), value: Buffer.alloc(300 * 1024) }]);
    await eventually(() => world.bus.status().subscriptions[0]!.deadLetters >= 2);
    await subscription.stop();
    const small = world.open({ maxRecordBytes: 10 });
    const picky = await takeAll(small, 'beta');
    await world.bus.publish('beta', [updateNumbered(3)]);
    await eventually(() => small.status().subscriptions[0]!.deadLetters >= 1);
    await picky.subscription.stop();
    await takeAll(world.bus, 'beta', async (batch) => { marks.push(...batch.map(({ mark }) => mark)); });
    const letters = await listDead(world.connection, world.topics, 100);
    expect(letters.map(({ cause }) => cause.split(':')[0]).sort()).toEqual(['garbage', 'oversize', 'oversize']);
    const outcomes = await redriveDead(world.connection, world.topics, [...letters.map(({ id }) => id), 'nowhere/0/1']);
    expect(outcomes.map(({ outcome }) => outcome).sort()).toEqual(['sent', 'sent', 'sent', 'unknown']);
    await eventually(() => marks.includes(3));
    await eventually(() => world.bus.status().subscriptions[0]!.deadLetters >= 2);
    const after = await listDead(world.connection, world.topics, 100);
    expect(after.map(({ cause }) => cause.split(':')[0]).sort()).toEqual(['garbage', 'oversize']);
    expect(after.some(({ id }) => letters.some((before) => before.id === id))).toBe(false);
  });

  test('a folder that alone is refused holds up no other of its partition', async () => {
    const poisoned = folderNumbered(0);
    const { marks } = await takeAll(world.bus, 'beta', async (batch) => { if (batch.some(({ folder }) => folder === poisoned)) throw new Error('this one cannot be stored'); });
    await world.bus.publish('beta', [updateNumbered(1, 0), ...marksFrom(2, 60).map((mark) => updateNumbered(mark))]);
    await eventually(() => different(marks).length === 59);
    await world.bus.publish('beta', [updateNumbered(61, 0), ...marksFrom(62, 90).map((mark) => updateNumbered(mark))]);
    await eventually(() => different(marks).length === 88);
    await eventually(() => world.bus.status().subscriptions[0]!.leftToSender >= 2);
    expect(await listDead(world.connection, world.topics, 10)).toEqual([]);
  });

  test('a transaction that somebody leaves open holds nothing up', async () => {
    const { marks } = await takeAll(world.bus, 'beta');
    const producer = new kafkajs.Kafka({ brokers: [...there().bootstrap], logLevel: kafkajs.logLevel.NOTHING }).producer({ transactionalId: world.topics.prefix, idempotent: true, maxInFlightRequests: 1, createPartitioner: kafkajs.Partitioners.DefaultPartitioner });
    await producer.connect();
    try {
      const transaction = await producer.transaction();
      await transaction.send({ topic: world.topics.of('beta'), messages: marksFrom(1, 30).map((mark) => ({ key: key(mark), value: value(mark) })) });
      await world.bus.publish('beta', marksFrom(31, 60).map((mark) => updateNumbered(mark)));
      await eventually(() => marksFrom(31, 60).every((mark) => marks.includes(mark)));
      await transaction.abort();
    } finally { await producer.disconnect(); }
    await world.bus.publish('beta', marksFrom(61, 90).map((mark) => updateNumbered(mark)));
    await eventually(() => marksFrom(31, 90).every((mark) => marks.includes(mark)));
  });
});
