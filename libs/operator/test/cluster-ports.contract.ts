import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { portsFor } from '../src/cluster/cluster-ports.ts';

const names = ['intake-1', 'land-1', 'land-2'];
let directory: string;
beforeEach(async () => { directory = await mkdtemp(join(tmpdir(), 'lienthong-ports-')); });
afterEach(() => rm(directory, { recursive: true, force: true }));

test('the next cluster in a directory answers where the last one did, and a process more has a port of its own', async () => {
  const first = await portsFor(names, directory), next = await portsFor([...names, 'portal-1'], directory);
  expect(new Set(next).size).toBe(4);
  expect(next.slice(0, 3)).toEqual(first);
  expect(await portsFor([...names, 'portal-1'], directory)).toEqual(next);
});

test('a port that somebody has taken meanwhile is given up, the others stay', async () => {
  const first = await portsFor(names, directory), other = createServer();
  await new Promise<void>((listens) => { other.listen(first[1], '127.0.0.1', listens); });
  const next = await portsFor(names, directory);
  await new Promise((closed) => { other.close(closed); });
  expect([next[0], next[2]]).toEqual([first[0], first[2]]);
  expect(next[1]).not.toBe(first[1]);
});

test.each(['', '[]', '{"intake-1":"x","land-1":-1}', 'null'])('what nobody can read (%s) is passed over', async (text) => {
  await writeFile(join(directory, 'ports.json'), text);
  const ports = await portsFor(names, directory);
  expect(new Set(ports).size).toBe(3);
  expect(ports.every((port) => port > 0)).toBe(true);
});

test('where nothing is kept, nothing is written', async () => {
  expect(await portsFor(names, undefined)).toHaveLength(3);
});
