/** Nodes are killed and frozen under load: what was acknowledged arrives, what was given up is said to be, and work goes on by itself. */
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, expect, inject, test } from 'vitest';
import type { EventBus } from '@lienthong/kernel';
import { describeWith } from '@lienthong/testkit/servers/describe-with';
import { chooseKafka, startKafka } from '@lienthong/testkit/servers/start-kafka';
import type { KafkaServers } from '@lienthong/testkit/servers/start-kafka';
import { different, eventually, marksFrom, takeAll, updateNumbered } from '@lienthong/testkit/contracts/event-bus-contract';
import { kafkaWorld } from './kafka-world.ts';
import type { KafkaWorld } from './kafka-world.ts';

/** A busy machine starts three nodes slowly. */
const startWithinMs = 400_000;
const scenarioWithinMs = 240_000;
const perBatch = 50;
/** After a lost acknowledgement the same is published again, as the kernel does. */
const againMs = 200;

describeWith(chooseKafka(inject('servers')), 'a cluster of three', () => {
  let cluster: KafkaServers;
  let world: KafkaWorld;
  beforeAll(async () => {
    const started = await startKafka({ nodes: 3, servers: inject('servers') });
    if ('skipped' in started) throw new Error(started.skipped);
    cluster = started;
  }, startWithinMs);
  afterAll(() => cluster?.stop(), startWithinMs);
  beforeEach(async () => { world = await kafkaWorld(cluster.bootstrap, { replicas: 3, minInSync: 2, limits: { giveUpSendAfterMs: 15_000 } }); }, startWithinMs);
  afterEach(() => world?.dispose(), startWithinMs);

  /** As the kernel does: what was not acknowledged is sent again. */
  async function untilGiven(bus: EventBus, mark: number): Promise<void> {
    for (let given = false; !given;) given = await bus.publish('beta', [updateNumbered(mark)]).then(() => true, () => false);
  }

  /** Publishes without pause until told to end; answers what was acknowledged and how many sends were not. */
  function publishing(): { readonly acknowledged: number[]; readonly failed: () => number; readonly end: () => Promise<void> } {
    const acknowledged: number[] = [];
    let running = true, failures = 0, mark = 0;
    const run = (async () => {
      while (running) {
        const marks = marksFrom(mark + 1, mark += perBatch);
        try {
          await world.bus.publish('beta', marks.map((one) => updateNumbered(one)));
          acknowledged.push(...marks);
        } catch {
          failures++;
          await sleep(againMs);
        }
      }
    })();
    return { acknowledged, failed: () => failures, end: async () => { running = false; await run; } };
  }

  test('loses nothing acknowledged when a node is killed and comes back', async () => {
    const { marks } = await takeAll(world.bus, 'beta');
    const load = publishing();
    await eventually(() => load.acknowledged.length >= 500 && marks.length > 0);
    for (const node of [1, 2]) {
      await cluster.kill(node);
      const before = load.acknowledged.length;
      await eventually(() => load.acknowledged.length >= before + 500);
      await cluster.start(node);
    }
    await load.end();
    const got = new Set<number>();
    await eventually(() => { for (const mark of marks.splice(0)) got.add(mark); return load.acknowledged.every((mark) => got.has(mark)); });
    expect(world.fatal).toEqual([]);
    expect(world.bus.problem()).toBeNull();
  }, scenarioWithinMs);

  test('gives a send up that finds no node, retires its producer, and goes on when the nodes are back', async () => {
    const bus = world.open({ giveUpSendAfterMs: 4_000 });
    const { marks } = await takeAll(bus, 'beta');
    await untilGiven(bus, 1);
    await eventually(() => marks.includes(1));
    const retired = (): number => bus.status().lanes.find(({ topic }) => topic === world.topics.of('beta'))!.retiredProducers;
    const before = retired();
    for (const node of [1, 2, 3]) await cluster.pause(node);
    try {
      await expect(bus.publish('beta', [updateNumbered(2)])).rejects.toMatchObject({ code: 'PEER_UNREACHABLE' });
      expect(retired()).toBe(before + 1);
      expect(bus.problem()).toContain('nothing could be given');
    } finally { for (const node of [1, 2, 3]) await cluster.resume(node); }
    await untilGiven(bus, 3);
    await eventually(() => different(marks).includes(3));
    expect(bus.problem()).toBeNull();
    expect(world.fatal).toEqual([]);
  }, scenarioWithinMs);

  test('is read on by itself after all nodes were away longer than the client tries', async () => {
    const { marks } = await takeAll(world.bus, 'beta');
    await untilGiven(world.bus, 1);
    await eventually(() => marks.includes(1));
    await Promise.all([1, 2, 3].map((node) => cluster.kill(node)));
    await sleep(15_000);
    await Promise.all([1, 2, 3].map((node) => cluster.start(node)));
    await untilGiven(world.bus, 2);
    await eventually(() => marks.includes(2));
    expect(world.fatal).toEqual([]);
  }, scenarioWithinMs);
});
