/** Introductions at the start and after: marks, clocks, and keys that are older than what peers know. */
import { describe, expect, test } from 'vitest';
import { textOf } from '../src/index.ts';
import type { HubError } from '../src/index.ts';
import { open } from './toy/toy-law.ts';
import { folderOf, ToyHub } from './toy/toy-hub.ts';
import type { ServiceSettings } from './toy/toy-hub.ts';

const services = ['alpha', 'beta', 'gamma'];
const folder = folderOf('greeting');
const hubOf = (alpha: ServiceSettings = {}): ToyHub => new ToyHub({ alpha, beta: {}, gamma: {} });
const submit = (hub: ToyHub) => hub.run(hub.at('alpha').handle(folder, open('r1', { services })));

/** The answers of a service to introductions, changed. */
function answering(hub: ToyHub, name: string, change: object | Error): void {
  const { hello } = hub.at(name).peerService;
  Object.assign(hub.at(name).peerService, { hello: async (caller: Parameters<typeof hello>[0]) => { if (change instanceof Error) throw change; return { ...await hello(caller), ...change }; } });
}

describe('a clock', () => {
  test('that is off the median of its peers refuses commands, and takes them when it is right again', async () => {
    const hub = hubOf();
    for (const name of ['beta', 'gamma']) answering(hub, name, { now: hub.time.now + 60_000 });
    await hub.start();
    await expect(submit(hub)).rejects.toMatchObject({ code: 'CLOCK_OFF', retryable: true });
    for (const name of ['beta', 'gamma']) answering(hub, name, { now: hub.time.now + 30_000 });
    await hub.time.pass(31_000);
    expect(await submit(hub)).toMatchObject({ ok: true });
  });

  test('is trusted when only one peer thinks otherwise', async () => {
    const hub = hubOf();
    answering(hub, 'beta', { now: hub.time.now + 3_600_000 });
    await hub.start();
    expect(await submit(hub)).toMatchObject({ ok: true });
  });

  test('that is off still lets others\' entries in', async () => {
    const hub = hubOf();
    for (const name of ['alpha', 'gamma']) answering(hub, name, { now: hub.time.now - 90_000 });
    await hub.start();
    expect(hub.at('beta').status().clockSkewMs).toBeLessThan(-30_000);
    await submit(hub);
    await hub.time.pass(10);
    expect(await hub.state('beta', folder)).toMatchObject({ holder: hub.author('alpha') });
  });
});

describe('before the first write', () => {
  test.each([
    ['reachable', 'accepted'], ['majority', 'refused'], ['all', 'refused'],
  ] as const)('with marksFrom %s and no peer answering, a command is %s', async (marksFrom, outcome) => {
    const hub = hubOf({ options: { marksFrom } });
    for (const name of ['beta', 'gamma']) answering(hub, name, new Error('away'));
    await hub.start();
    const answer = await submit(hub).catch((error: HubError) => [error.code, textOf(error, 'vi'), textOf(error, 'en')]);
    expect(answer).toEqual(outcome === 'accepted' ? expect.objectContaining({ ok: true }) : [
      'SUCCESSION_PENDING',
      'Dịch vụ alpha vừa khởi động hoặc được khôi phục, đang chờ các bên: so kho dữ liệu với các bên. Gửi lại sau; nếu một bên không trở lại, người vận hành quyết định.',
      'Service alpha was started or restored and waits for its peers: the comparison of its store with theirs. Repeat later; if a peer does not return, the operator decides.',
    ]);
  });

  test('a majority is enough where it is asked for, and is waited for', async () => {
    const hub = hubOf({ options: { marksFrom: 'majority' } });
    const { hello } = hub.at('beta').peerService;
    for (const name of ['beta', 'gamma']) answering(hub, name, new Error('away'));
    await hub.start();
    Object.assign(hub.at('beta').peerService, { hello });
    await hub.time.pass(5_000);
    await expect(submit(hub)).rejects.toMatchObject({ code: 'SUCCESSION_PENDING' });
    Object.assign(hub.at('gamma').peerService, { hello: async () => ({ author: hub.author('gamma'), mark: 0, seen: undefined, now: hub.time.now }) });
    await hub.time.pass(5_000);
    expect(await submit(hub)).toMatchObject({ ok: true });
  });

  test('keys that are older than what a peer knows write nothing', async () => {
    const hub = hubOf();
    const successor = 'alpha~ffffffffffffffff';
    const { maySucceed } = hub.keys;
    hub.keys.maySucceed = (one, other) => one === successor || maySucceed(one, other);
    answering(hub, 'beta', { seen: { author: successor, commit: 5 } });
    await hub.start();
    await expect(submit(hub)).rejects.toMatchObject({ code: 'SUCCESSION_PENDING' });
    expect(hub.services.get('alpha')!.alarms.map((error) => error.code)).toContain('INCARNATION_OUTDATED');
  });
});
