/** Several instances of intake write to one store: each dossier code of an agency and day is given once, whoever gives it. */
import { createDeskService } from '@lienthong/dossier-service';
import type { Host } from '@lienthong/dossier-service';
import { memoryHub } from '@lienthong/testkit';
import type { MemoryHub } from '@lienthong/testkit';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { codeSeries, codesPerBlock } from '../src/code-series.ts';

/** Below what an agency gives out in a day. */
const maxCodes = 8_000;
const instances = 4, codes = Math.min(maxCodes, 400 * inject('size'));
const series = { agency: 'H17.125.02', date: '2026-10-05', side: 'real' } as const;

let hub: MemoryHub, hosts: Host[];
beforeAll(async () => {
  hub = await memoryHub({
    services: ['intake'],
    compose: (portsOf) => { const ports = { ...portsOf('intake'), options: { sharedStore: true } }; return Array.from({ length: instances }, () => createDeskService(ports, { name: 'intake', register: null })); },
  });
  hosts = hub.modules.map(({ participant }) => ({ service: 'intake', participant, environment: hub.environment, world: hub.world, documents: { put: async () => ({ ok: false, refusal: 'empty' }), get: async () => undefined, stat: async () => undefined }, evidence: async () => [], rehearsalsAllowed: true }));
});
afterAll(() => hub.stop());

test('no code twice, consecutive but for the blocks that are still open', async () => {
  const taking = hosts.map((host) => codeSeries(host, () => 0));
  const given = await Promise.all(Array.from({ length: codes }, (_, n) => taking[n % instances]!.next(series)));
  const numbers = given.map((code) => Number(/-(\d{4,})$/.exec(code)![1])).sort((a, b) => a - b);
  expect(new Set(given).size).toBe(codes);
  expect(numbers.at(-1)!).toBeLessThan(codes + instances * codesPerBlock);
  // An instance that starts anew leaves the rest of its block and meets nobody.
  const restarted = codeSeries(hosts[0]!, () => 0), more = await Promise.all(Array.from({ length: codesPerBlock }, (_, n) => (n % 2 === 0 ? restarted : taking[1]!).next(series)));
  expect(new Set([...given, ...more]).size).toBe(codes + codesPerBlock);
});

test('a day whose numbers are used up gives no code, and the next day does', async () => {
  const far = codeSeries(hosts[0]!, () => 1_000_000);
  await expect(far.next({ ...series, date: '2026-10-06' })).rejects.toMatchObject({ code: 'CODES_EXHAUSTED', meta: { agency: series.agency, date: '2026-10-06' }, row: { next: 'park' } });
  expect(await codeSeries(hosts[0]!, () => 0).next({ ...series, date: '2026-10-07' })).toMatch(/-0*1$/);
});
