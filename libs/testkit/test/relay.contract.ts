/** The relay misbehaves as it is told, and as a network does. */
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Relay } from '../src/servers/relay.ts';

/** Longer than bytes take on the loopback, in milliseconds. */
const aWhileMs = 100;

let server: Server, relay: Relay, far: Socket[];
beforeEach(async () => {
  far = [];
  // Says everything back.
  server = createServer((socket) => { far.push(socket); socket.on('error', () => {}); socket.pipe(socket); }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  relay = await Relay.open();
  relay.leadTo(`127.0.0.1:${(server.address() as AddressInfo).port}`);
});
afterEach(async () => {
  await relay.close();
  for (const socket of far) socket.destroy();
  server.close();
});

type Caller = { readonly socket: Socket; heard: string; fault: string };

async function call(): Promise<Caller> {
  const [host, port] = relay.address.split(':');
  const caller: Caller = { socket: connect(Number(port), host!), heard: '', fault: '' };
  caller.socket.on('data', (bytes) => { caller.heard += String(bytes); }).on('error', (error: NodeJS.ErrnoException) => { caller.fault = error.code ?? ''; });
  await once(caller.socket, 'connect');
  return caller;
}

async function says(caller: Caller, text: string): Promise<void> {
  caller.socket.write(text);
  await pause(aWhileMs);
}

describe('a relay', () => {
  test('passes on what both ends say, and the end of either', async () => {
    const caller = await call();
    await says(caller, 'một');
    expect(caller.heard).toBe('một');
    caller.socket.end();
    await once(caller.socket, 'close');
    await pause(aWhileMs);
    expect(far[0]!.destroyed).toBe(true);
  });

  test('breaks off what is open when it resets, and takes what comes after', async () => {
    const caller = await call();
    await says(caller, 'một');
    relay.reset();
    await pause(aWhileMs);
    expect(caller.fault).toBe('ECONNRESET');
    const next = await call();
    await says(next, 'hai');
    expect(next.heard).toBe('hai');
    next.socket.destroy();
  });

  test('holds everything back while it stalls and loses nothing of it', async () => {
    const caller = await call();
    await says(caller, 'một ');
    relay.stall();
    await says(caller, 'hai');
    expect(caller.heard).toBe('một ');
    relay.flow();
    await pause(aWhileMs);
    expect(caller.heard).toBe('một hai');
    caller.socket.destroy();
  });

  test('keeps the near half alone while it is half open, and resets it afterwards', async () => {
    const caller = await call();
    await says(caller, 'một');
    relay.halfOpen();
    const during = await call();
    for (const one of [caller, during]) await says(one, 'hai');
    expect([caller, during].map(({ socket, heard }) => [socket.destroyed, heard])).toEqual([[false, 'một'], [false, '']]);
    expect(far[0]!.destroyed).toBe(true);
    relay.flow();
    await pause(aWhileMs);
    expect([caller, during].map(({ fault }) => fault)).toEqual(['ECONNRESET', 'ECONNRESET']);
  });
});
