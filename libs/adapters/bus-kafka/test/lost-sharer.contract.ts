/** Whoever shares a topic out may die before it has: the others wait for that, and leave nobody behind. */
import kafkajs from 'kafkajs';
import type { PartitionAssigner } from 'kafkajs';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { describeWith } from '@lienthong/testkit/servers/describe-with';
import { different, marksFrom, takeAll, updateNumbered } from '@lienthong/testkit/contracts/event-bus-contract';
import { clientWaits, kafkaBusDefaults } from '../src/limits.ts';
import { kafka, kafkaWorld } from './kafka-world.ts';
import type { KafkaWorld } from './kafka-world.ts';

const { sessionTimeoutMs, heartbeatMs, rebalanceTimeoutMs } = kafkaBusDefaults;
const testMs = 180_000;

describeWith(kafka, 'a member that dies while it should share a topic out', (there) => {
  let world: KafkaWorld;
  beforeEach(async () => { world = await kafkaWorld(there().bootstrap, { limits: { sessionTimeoutMs, heartbeatMs } }); });
  afterEach(() => world.dispose());

  /** Reads alone; when another joins, it is asked to share, and from then on does nothing any more. `asked` resolves then. */
  async function lost(service: string): Promise<{ readonly asked: Promise<void> }> {
    const { promise: asked, resolve } = Promise.withResolvers<void>();
    const assigner: PartitionAssigner = (about) => {
      const assigning = kafkajs.PartitionAssigners.roundRobin(about);
      return { ...assigning, assign: async (given) => (given.members.length === 1 ? assigning.assign(given) : (resolve(), new Promise<never>(() => {}))) };
    };
    const consumer = new kafkajs.Kafka({ brokers: [...there().bootstrap], logLevel: kafkajs.logLevel.NOTHING }).consumer({ groupId: world.topics.groupOf(service), partitionAssigners: [assigner], sessionTimeout: sessionTimeoutMs, heartbeatInterval: 300, rebalanceTimeout: rebalanceTimeoutMs, maxWaitTimeInMs: 100 });
    const { promise: reading, resolve: reads } = Promise.withResolvers<void>();
    consumer.on(consumer.events.GROUP_JOIN, () => reads());
    await consumer.connect();
    await consumer.subscribe({ topics: [world.topics.of(service)] });
    await consumer.run({ eachBatch: async () => {} });
    await reading;
    return { asked };
  }

  test('holds the others up no longer than its session', { timeout: testMs }, async () => {
    // Otherwise nobody would wait long enough for this to be in question.
    expect(sessionTimeoutMs).toBeGreaterThan(clientWaits.requestTimeoutMs);
    const { asked } = await lost('beta');
    const { marks } = await takeAll(world.bus, 'beta');
    await asked;
    await world.bus.publish('beta', marksFrom(1, 20).map((mark) => updateNumbered(mark)));
    await expect.poll(() => different(marks).length, { timeout: testMs / 2 }).toBe(20);
    expect(world.told.filter((line) => line.includes('Crash'))).toEqual([]);
  });
});
