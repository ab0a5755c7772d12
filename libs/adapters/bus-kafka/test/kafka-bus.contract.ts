/** The bus over a real Kafka, as every bus; and the largest that it must carry. */
import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { encodeUpdate } from '@lienthong/kernel';
import type { FolderUpdate } from '@lienthong/kernel';
import { describeWith } from '@lienthong/testkit/servers/describe-with';
import { different, eventBusContract, eventually, marksFrom, takeAll, updateNumbered } from '@lienthong/testkit/contracts/event-bus-contract';
import { kafkaBusDefaults } from '../src/index.ts';
import { kafka, kafkaWorld } from './kafka-world.ts';

const { maxRecordBytes } = kafkaBusDefaults;

/** Of one folder, so that all of it goes to one partition, and of bytes that cannot be packed. */
function largest(mark: number): FolderUpdate {
  const withBody = (bytes: number): FolderUpdate => ({ ...updateNumbered(mark, 1), entries: [{ bytes: randomBytes(bytes), proof: null }] });
  const beside = encodeUpdate(withBody(maxRecordBytes / 2)).byteLength - maxRecordBytes / 2;
  return withBody(maxRecordBytes - beside);
}

describeWith(kafka, 'with Kafka', (there) => {
  eventBusContract('the Kafka bus', () => kafkaWorld(there().bootstrap), { instances: true });

  test('many updates of the largest size arrive', async () => {
    const world = await kafkaWorld(there().bootstrap);
    try {
      const { marks } = await takeAll(world.bus, 'beta');
      const updates = marksFrom(1, 40).map(largest);
      expect(encodeUpdate(updates[0]!).byteLength).toBe(maxRecordBytes);
      await world.bus.publish('beta', updates);
      await eventually(() => different(marks).length === 40);
      await expect(world.bus.publish('beta', [{ ...largest(41), mark: 2 ** 40 }])).rejects.toMatchObject({ code: 'MESSAGE_TOO_LARGE' });
    } finally { await world.dispose(); }
  });

  test('what cannot be stored counts as not read, until it can', async () => {
    const world = await kafkaWorld(there().bootstrap), unread = (): number => world.bus.unreadRecords!('beta');
    try {
      let isAway = true;
      const { marks } = await takeAll(world.bus, 'beta', async () => { if (isAway) throw new Error('the store is away'); });
      await world.bus.publish('beta', marksFrom(1, 20).map((mark) => updateNumbered(mark)));
      await eventually(() => unread() > 0);
      expect(marks).toEqual([]);
      isAway = false;
      await eventually(() => different(marks).length === 20 && unread() === 0);
    } finally { await world.dispose(); }
  });
});
