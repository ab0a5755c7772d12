/** The topics of a hub, made and compared. */
import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { describeWith } from '@lienthong/testkit/servers/describe-with';
import { kafkaBus, provisionTopics, topicDefaults, Topics } from '../src/index.ts';
import type { KafkaConnection } from '../src/index.ts';
import { testSignatures } from './signatures.ts';
import { silentLog } from '../src/bus-log.ts';
import { kafka } from './kafka-world.ts';

const settings = { ...topicDefaults, partitions: 2, replicas: 1, minInSync: 1 };

describeWith(kafka, 'topics', (there) => {
  const connection = (): KafkaConnection => ({ brokers: there().bootstrap, clientId: 'test', log: silentLog });
  const fresh = (): Topics => new Topics(`t${randomUUID().slice(0, 8)}`);

  test('are made where they are missing, once', async () => {
    const topics = fresh();
    expect(await provisionTopics(connection(), topics, ['land', 'postal'], settings)).toEqual({ created: [topics.of('land'), topics.of('postal'), topics.dead], differences: [] });
    expect(await provisionTopics(connection(), topics, ['land', 'postal'], settings)).toEqual({ created: [], differences: [] });
    expect(await provisionTopics(connection(), topics, ['land', 'postal', 'intake'], settings)).toEqual({ created: [topics.of('intake')], differences: [] });
  });

  test('may be made by several at once', async () => {
    const topics = fresh();
    const made = await Promise.all([1, 2, 3].map(() => provisionTopics(connection(), topics, ['land'], settings)));
    expect(made.map(({ differences }) => differences)).toEqual([[], [], []]);
  });

  test('that are not as they should be are told, and left as they are', async () => {
    const topics = fresh();
    await provisionTopics(connection(), topics, ['land'], { ...settings, partitions: 3, retentionMs: 1_000_000 });
    const expected = [{ topic: topics.of('land'), setting: 'partitions', wanted: '2', found: '3' }, { topic: topics.of('land'), setting: 'retention.ms', wanted: String(settings.retentionMs), found: '1000000' }];
    expect((await provisionTopics(connection(), topics, ['land'], settings)).differences).toEqual(expected);
    expect((await provisionTopics(connection(), topics, ['land'], settings)).differences).toEqual(expected);
  });

  test('that are missing make a send fail in time, and hold up no other', async () => {
    const topics = fresh();
    await provisionTopics(connection(), topics, ['land'], settings);
    const bus = kafkaBus({ brokers: there().bootstrap, clientId: 'test', prefix: topics.prefix, signatures: testSignatures, limits: { giveUpSendAfterMs: 1_500 }, fatal: () => {} });
    const update = { folder: 'a'.repeat(64), sender: 'alpha~0123456789abcdef', heads: {}, entries: [], wantsReply: false, mark: 1 };
    try {
      const lost = expect(bus.publish('nowhere', [update])).rejects.toMatchObject({ code: 'PEER_UNREACHABLE' });
      await bus.publish('land', [update]);
      expect(bus.problem()).toBeNull();
      await bus.publish('land', [update]);
      await lost;
      expect(bus.problem()).toBeNull();
      expect(bus.status().lanes.find(({ topic }) => topic === topics.of('nowhere'))).toMatchObject({ retiredProducers: 1 });
    } finally { await bus.stop(); }
  });
});
