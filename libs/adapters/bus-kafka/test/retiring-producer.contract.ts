/** A producer that was retired tries nothing more, though the library's retries have no end. */
import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { silentLog } from '../src/bus-log.ts';
import { RetiringProducer } from '../src/retiring-producer.ts';

const giveUpMs = 400;
/** Several of the library's waits between two tries. */
const watchMs = 4_000;

let server: Server;
let connections = 0;
const open = new Set<Socket>();

beforeEach(async () => {
  connections = 0;
  server = createServer((socket) => { connections++; open.add(socket); socket.on('close', () => open.delete(socket)); socket.on('error', () => {}); answer(socket); }).listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterEach(async () => {
  for (const socket of open) socket.destroy();
  await new Promise((closed) => server.close(closed));
});

/** What the node does with a connection. */
let answer: (socket: Socket) => void = () => {};

test.each<[string, (socket: Socket) => void]>([
  ['closes every connection', (socket) => { socket.end(); }],
  ['answers nothing', () => {}],
])('of a node that %s', async (_what, behaviour) => {
  answer = behaviour;
  const producer = new RetiringProducer({ brokers: [`127.0.0.1:${(server.address() as AddressInfo).port}`], clientId: 'test', log: silentLog }, 'topic');
  await expect(producer.send([{ key: 'k', value: 'v' }], giveUpMs)).rejects.toMatchObject({ code: 'DEADLINE_EXCEEDED' });
  expect(connections).toBeGreaterThan(0);
  await producer.retire();
  // What was under way when it was retired may still end.
  await sleep(watchMs);
  const before = connections;
  await sleep(watchMs);
  expect(connections).toBe(before);
  await expect(producer.send([{ key: 'k', value: 'v' }], giveUpMs)).rejects.toThrow(RangeError);
}, 60_000);
