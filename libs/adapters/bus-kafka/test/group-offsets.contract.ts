/** How far readers have come, sent back to the beginning, and topics taken away. */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { describeWith } from '@lienthong/testkit/servers/describe-with';
import { deleteTopics, kafkaBus, lagOf, provisionTopics, rereadTopics, topicDefaults, Topics } from '../src/index.ts';
import type { KafkaConnection } from '../src/index.ts';
import { testSignatures } from './signatures.ts';
import { silentLog } from '../src/bus-log.ts';
import { kafka } from './kafka-world.ts';

const settings = { ...topicDefaults, partitions: 2, replicas: 1, minInSync: 1 };
const folders = ['a', 'b', 'c'].map((letter) => letter.repeat(64));
const updateOf = (folder: string) => ({ folder, sender: 'alpha~0123456789abcdef', heads: {}, entries: [], wantsReply: false, mark: 1 });
const withinMs = 30_000;

describeWith(kafka, 'offsets of a group', (there) => {
  const connection = (): KafkaConnection => ({ brokers: there().bootstrap, clientId: 'test', log: silentLog });

  /** Reads until `count` updates have come and nothing is left, then stops; answers the folders in order of their names. */
  async function readAll(topics: Topics, count: number): Promise<string[]> {
    const heard: string[] = [], bus = kafkaBus({ brokers: there().bootstrap, clientId: 'test', prefix: topics.prefix, signatures: testSignatures, fatal: () => {} });
    const subscription = await bus.subscribe('land', async (updates) => { heard.push(...updates.map(({ folder }) => folder)); });
    for (const until = Date.now() + withinMs; heard.length < count || (await lagOf(connection(), topics, ['land'])).get('land') !== 0;) {
      if (Date.now() > until) throw new Error(`${heard.length} of ${count} came`);
      await sleep(100);
    }
    await subscription.stop();
    await bus.stop();
    return heard.sort();
  }

  test('the lag is what was not read; sent back, a group reads all of it again; a topic that was deleted has nothing', async () => {
    const topics = new Topics(`t${randomUUID().slice(0, 8)}`);
    await provisionTopics(connection(), topics, ['land'], settings);
    const sender = kafkaBus({ brokers: there().bootstrap, clientId: 'test', prefix: topics.prefix, signatures: testSignatures, fatal: () => {} });
    await sender.publish('land', folders.map(updateOf));
    await sender.stop();
    expect((await lagOf(connection(), topics, ['land'])).get('land')).toBe(3);
    expect(await readAll(topics, 3)).toEqual(folders);
    await rereadTopics(connection(), topics, ['land']);
    expect((await lagOf(connection(), topics, ['land'])).get('land')).toBe(3);
    expect(await readAll(topics, 3)).toEqual(folders);
    await deleteTopics(connection(), topics, ['land']);
    await sleep(1_000);
    expect((await provisionTopics(connection(), topics, ['land'], settings)).created).toEqual([topics.of('land')]);
    expect((await lagOf(connection(), topics, ['land'])).get('land')).toBe(0);
  });
});
