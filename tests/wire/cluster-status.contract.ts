/** `status --target cluster` asks every instance that is known, and says which of them is in trouble. */
import { execFile } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { hubOfTest } from './hub-of-test.ts';
import type { HubOfTest } from './hub-of-test.ts';

let hub: HubOfTest;
beforeAll(async () => { hub = await hubOfTest(); });
afterAll(() => hub.stop());

/** As `cluster up` leaves it; this process stands for its keeper. */
async function clusterOf(addresses: Readonly<Record<string, string>>): Promise<void> {
  const directory = join(hub.directory, 'cluster');
  await mkdir(directory, { recursive: true });
  await writeFile(join(directory, 'state.json'), JSON.stringify({ keeper: process.pid, directory, kafka: [], mongo: '', addresses, processes: [] }));
}

function lienthong(...args: readonly string[]): Promise<{ readonly code: number; readonly out: string }> {
  const env = { PATH: process.env['PATH'] ?? '', LIENTHONG_DATA_DIR: hub.directory };
  return new Promise((resolve) => {
    execFile(process.execPath, ['libs/operator/src/main.ts', ...args], { cwd: join(import.meta.dirname, '../..'), env }, (error, out) => { resolve({ code: error === null ? 0 : Number(error.code), out }); });
  });
}

/** Nobody listens there. */
const silent = '127.0.0.1:1';

test.each([['status', '--target', 'cluster'], ['cluster', 'status']])('%s %s', async (...typed) => {
  await clusterOf({ intake: hub.address, portal: silent });
  expect(await lienthong(...typed)).toMatchObject({ code: 0, out: expect.stringContaining(hub.address) });
  await clusterOf({ intake: `${hub.address},${silent}`, portal: silent });
  const { code, out } = await lienthong(...typed);
  expect([code, out.split('\n').filter((line) => line.includes(silent)).map((line) => line.split(/ +/)[0])]).toEqual([1, ['intake']]);
  expect(out).toContain(hub.address);
});

test('a script reads a count of 0 as 0', async () => {
  const { code, out } = await lienthong('status', '--json', '--address', hub.address);
  const { services } = JSON.parse(out) as { services: readonly Record<string, unknown>[] };
  expect([code, services.length > 1, services.filter(({ outstandingUpdates, refused, setAside, waitsFor }) => ![outstandingUpdates, refused].every(Number.isInteger) || ![setAside, waitsFor].every(Array.isArray))]).toEqual([0, true, []]);
});
