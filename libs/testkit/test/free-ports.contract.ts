import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { expect, test } from 'vitest';
import { freePorts } from '../src/servers/free-ports.ts';

test('ports are different, none is one that a client may be given, and each can be listened on', async () => {
  const ports = await freePorts(40);
  expect(new Set(ports).size).toBe(40);
  expect(ports.filter((port) => port < 20_000 || port >= 32_000)).toEqual([]);
  const servers = ports.map((port) => createServer().listen(port, '127.0.0.1'));
  await Promise.all(servers.map((server) => once(server, 'listening')));
  for (const server of servers) server.close();
});

const program = `import { freePorts } from ${JSON.stringify(new URL('../src/servers/free-ports.ts', import.meta.url).href)};
process.stdout.write(JSON.stringify(await freePorts(200)));
process.stdin.resume();`;

test('what was drawn once is not drawn again soon', async () => {
  const all: number[] = [];
  for (let n = 0; n < 40; n++) all.push(...await freePorts(5));
  expect(new Set(all).size).toBe(200);
});

test('what one process has drawn no other one draws while it lives, and none is kept alive by what it has drawn', async () => {
  const children = Array.from({ length: 3 }, () => spawn(process.execPath, ['--input-type=module', '-e', program], { stdio: ['pipe', 'pipe', 'inherit'] }));
  const ended = children.map((child) => once(child, 'exit'));
  const drawn = await Promise.all(children.map(async (child): Promise<number[]> => JSON.parse(String((await once(child.stdout, 'data'))[0])) as number[]));
  expect(new Set([...drawn.flat(), ...await freePorts(200)]).size).toBe(800);
  for (const child of children) child.stdin.end();
  expect((await Promise.all(ended)).map(([code]) => code as number)).toEqual([0, 0, 0]);
});
