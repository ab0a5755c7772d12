/** Duties: parts pulled before a takeover, effects under a claim, what falls due, and law that fails. */
import { describe, expect, test } from 'vitest';
import type { Effect, EffectCall } from '../src/index.ts';
import { add, oddity, open, pass, wantBell } from './toy/toy-law.ts';
import type { Toy } from './toy/toy-law.ts';
import { folderOf, ToyHub } from './toy/toy-hub.ts';

const services = ['alpha', 'beta'];
const folder = folderOf('duties');
const secret = new Uint8Array([1, 2, 3]);

/** A bell that counts who rings it, and fails as often as told. */
function bell(failures: number): { readonly calls: EffectCall<Toy>[]; readonly rings: Set<string>; readonly effect: Effect<Toy> } {
  const calls: EffectCall<Toy>[] = [];
  const rings = new Set<string>();
  const effect: Effect<Toy> = {
    async run(call) {
      calls.push(call);
      if (calls.length <= failures) throw new Error('the bell is stuck');
      rings.add(call.idempotencyKey);
      return { drafts: [{ item: (call.input as { item: string }).item, kind: 'rang', body: {} }] };
    },
    failed: (call) => ({ drafts: [{ item: (call.input as { item: string }).item, kind: 'bell-broken', body: {} }] }),
  };
  return { calls, rings, effect };
}

describe('parts beside the entries', () => {
  test('are pulled before the takeover and stored by the same write', async () => {
    const hub = new ToyHub({ alpha: {}, beta: {} });
    await hub.start();
    await hub.run(hub.at('alpha').handle(folder, open('r1', { services, parts: ['p:1'] }, [{ name: 'p:1', bytes: secret }])));
    await hub.run(hub.at('alpha').handle(folder, pass('r2', hub.author('beta'))));
    await hub.time.pass(10);
    expect((await hub.state('beta', folder))?.takenBy).toBe(hub.author('beta'));
    expect(await hub.at('beta').asides(folder, ['p:1'])).toEqual([{ name: 'p:1', bytes: secret }]);
  });

  test('that cannot be had leave the takeover owed; it comes when they can', async () => {
    const readers: string[] = [];
    const hub = new ToyHub({ alpha: { law: { readableBy: readers } }, beta: {} });
    await hub.start();
    await hub.run(hub.at('alpha').handle(folder, open('r1', { services, parts: ['p:1'] }, [{ name: 'p:1', bytes: secret }])));
    await hub.run(hub.at('alpha').handle(folder, pass('r2', hub.author('beta'))));
    await hub.time.pass(10);
    expect(await hub.state('beta', folder)).toMatchObject({ holder: hub.author('beta'), takenBy: hub.author('alpha') });
    await expect(hub.run(hub.at('alpha').peerService.pullAsides(hub.author('beta'), folder, `${hub.author('alpha')}/1/0`, ['p:1']))).rejects.toMatchObject({ code: 'NOT_PERMITTED_TO_PULL' });
    readers.push('beta');
    await hub.time.pass(60_000);
    expect((await hub.state('alpha', folder))?.takenBy).toBe(hub.author('beta'));
  });
});

describe('a duty', () => {
  test('that is owed again after it was done sets its folder aside, and no other', async () => {
    const hub = new ToyHub({ alpha: {}, beta: { law: { neverDone: true } } }), other = folderOf('healthy');
    await hub.start();
    for (const [id, holds] of [[folder, 'beta'], [other, 'alpha']] as const) {
      await hub.run(hub.at('alpha').handle(id, open(`open-${holds}`, { services })));
      if (holds === 'beta') await hub.run(hub.at('alpha').handle(id, pass('pass', hub.author('beta'))));
    }
    await hub.time.pass(100);
    expect(hub.services.get('beta')!.alarms.map(({ code, meta }) => [code, meta['folder'], meta['duty']?.split(':')[0]])).toEqual([['DUTIES_UNENDING', folder, 'again']]);
    await expect(hub.run(hub.at('beta').handle(folder, add('more', 1)))).rejects.toMatchObject({ code: 'DUTIES_UNENDING' });
    expect(await hub.run(hub.at('alpha').handle(other, add('more', 1)))).toMatchObject({ ok: true });
  });
});

describe('an effect', () => {
  test('that the service does not have is told, and holds up no command', async () => {
    const hub = new ToyHub({ alpha: { options: { maxEffectAttempts: 1 } }, beta: {} });
    await hub.start();
    await hub.run(hub.at('alpha').handle(folder, open('r1', { services })));
    await hub.run(hub.at('alpha').handle(folder, wantBell('r2')));
    await hub.time.pass(100);
    expect(hub.services.get('alpha')!.alarms[0]).toMatchObject({ code: 'EFFECT_UNKNOWN', meta: { service: 'alpha', effect: 'ring', folder } });
    expect(await hub.run(hub.at('alpha').handle(folder, add('r3', 1)))).toMatchObject({ ok: true });
  });

  test('is run once, and its entry reaches everybody', async () => {
    const { calls, effect } = bell(0);
    const hub = new ToyHub({ alpha: { effects: { ring: effect } }, beta: {} });
    await hub.start();
    await hub.run(hub.at('alpha').handle(folder, open('r1', { services })));
    await hub.run(hub.at('alpha').handle(folder, wantBell('r2')));
    await hub.time.pass(60_000);
    expect(calls).toHaveLength(1);
    expect(calls[0]).toMatchObject({ idempotencyKey: `${folder}/bell:${hub.author('alpha')}/2`, attempt: 1, askFirst: false });
    expect((await hub.state('beta', folder))?.rings).toBe(1);
  });

  test('that fails is tried again later, and told to ask first', async () => {
    const { calls, rings, effect } = bell(2);
    const hub = new ToyHub({ alpha: { effects: { ring: effect } }, beta: {} });
    await hub.start();
    await hub.run(hub.at('alpha').handle(folder, open('r1', { services })));
    await hub.run(hub.at('alpha').handle(folder, wantBell('r2')));
    await hub.time.pass(60_000);
    expect(calls.map(({ attempt, askFirst }) => [attempt, askFirst])).toEqual([[1, false], [2, true], [3, true]]);
    expect(rings.size).toBe(1);
    expect((await hub.state('alpha', folder))?.rings).toBe(1);
  });

  test('that ends without an entry is looked at again after waits that grow, and never given up for it', async () => {
    const { calls, effect } = bell(0);
    const patient: Effect<Toy> = { run: async (call) => (call.attempt <= 5 ? (calls.push(call), { drafts: [] }) : effect.run(call)) };
    const hub = new ToyHub({ alpha: { effects: { ring: patient }, options: { maxEffectAttempts: 3, effectBackoffMs: 500 } }, beta: {} });
    await hub.start();
    await hub.run(hub.at('alpha').handle(folder, open('r1', { services })));
    await hub.run(hub.at('alpha').handle(folder, wantBell('r2')));
    await hub.time.pass(1_000);
    expect(calls.length).toBeLessThan(4);
    await hub.time.pass(120_000);
    expect(calls.map(({ attempt }) => attempt)).toEqual([1, 2, 3, 4, 5, 6]);
    expect((await hub.state('beta', folder))?.rings).toBe(1);
  });

  test('whose attempts are used up ends in what the service writes instead, and an alarm', async () => {
    const { effect } = bell(99);
    const hub = new ToyHub({ alpha: { effects: { ring: effect }, options: { maxEffectAttempts: 3 } }, beta: {} });
    await hub.start();
    await hub.run(hub.at('alpha').handle(folder, open('r1', { services })));
    await hub.run(hub.at('alpha').handle(folder, wantBell('r2')));
    await hub.time.pass(600_000);
    expect(await hub.state('beta', folder)).toMatchObject({ rings: 0, failed: 1 });
    expect(hub.services.get('alpha')!.alarms.map((error) => error.code)).toEqual(['EFFECT_FAILED']);
  });

  test('that was at work when the process died is run again at once by the next, which asks first', async () => {
    const started: EffectCall<Toy>[] = [];
    const effect: Effect<Toy> = { run: (call) => { started.push(call); return started.length === 1 ? new Promise(() => {}) : Promise.resolve({ drafts: [{ item: (call.input as { item: string }).item, kind: 'rang', body: {} }] }); } };
    const hub = new ToyHub({ alpha: { effects: { ring: effect } }, beta: {} });
    await hub.start();
    await hub.run(hub.at('alpha').handle(folder, open('r1', { services })));
    await hub.run(hub.at('alpha').handle(folder, wantBell('r2')));
    hub.crash('alpha');
    await hub.start('alpha');
    expect(started.map(({ askFirst }) => askFirst)).toEqual([false, true]);
    expect((await hub.state('alpha', folder))?.rings).toBe(1);
  });
});

describe('time', () => {
  test('what falls due is written when it does, with the time that counts', async () => {
    const hub = new ToyHub({ alpha: {}, beta: {} });
    await hub.start();
    const expiresAt = hub.time.now + 3_600_000;
    await hub.run(hub.at('alpha').handle(folder, open('r1', { services, expiresAt })));
    await hub.time.pass(3_590_000 - 6_000);
    expect((await hub.state('alpha', folder))?.expired).toBe(false);
    await hub.time.pass(30_000);
    expect((await hub.state('beta', folder))?.expired).toBe(true);
  });

  test('what fell due while the service was down is written when it is back', async () => {
    const hub = new ToyHub({ alpha: {}, beta: {} });
    await hub.start();
    await hub.run(hub.at('alpha').handle(folder, open('r1', { services, expiresAt: hub.time.now + 60_000 })));
    await hub.run(hub.at('alpha').stop(), 100);
    await hub.time.pass(120_000);
    hub.crash('alpha');
    await hub.start('alpha');
    expect((await hub.state('alpha', folder))?.expired).toBe(true);
  });
});

describe('law that fails on one folder', () => {
  test('sets that folder aside at that service: entries are kept and acknowledged, everything else goes on', async () => {
    const hub = new ToyHub({ alpha: {}, beta: { law: { chokesOn: 'poison' } } });
    const other = folderOf('healthy');
    await hub.start();
    await hub.run(hub.at('alpha').handle(folder, open('r1', { services })));
    await hub.run(hub.at('alpha').handle(other, open('r1', { services })));
    await hub.run(hub.at('alpha').handle(folder, oddity('r2', 'poison')));
    await hub.run(hub.at('alpha').handle(folder, pass('r3', hub.author('beta'))));
    await hub.run(hub.at('alpha').handle(other, pass('r3', hub.author('beta'))));
    await hub.time.pass(5_000);
    expect(hub.at('beta').status().setAside.map((one) => one.folder)).toEqual([folder]);
    expect(hub.services.get('beta')!.alarms.map((error) => error.code)).toEqual(['FOLDER_UNREADABLE']);
    expect(new Set(await hub.heads(folder, 'alpha', 'beta')).size).toBe(1);
    expect(await hub.services.get('alpha')!.store.unsettled(10)).toEqual([]);
    expect((await hub.state('alpha', other))?.takenBy).toBe(hub.author('beta'));
    await expect(hub.run(hub.at('beta').handle(folder, add('r4', 1)))).rejects.toMatchObject({ code: 'FOLDER_UNREADABLE' });
  });

  test('an unknown kind is kept and forwarded, and the folder is read-only here', async () => {
    const hub = new ToyHub({ alpha: {}, beta: { law: { unknown: 'novelty' } } });
    await hub.start();
    await hub.run(hub.at('alpha').handle(folder, open('r1', { services })));
    await hub.run(hub.at('alpha').handle(folder, oddity('r2', 'novelty')));
    await hub.run(hub.at('alpha').handle(folder, pass('r3', hub.author('beta'))));
    await hub.time.pass(5_000);
    expect(new Set(await hub.heads(folder, 'alpha', 'beta')).size).toBe(1);
    await expect(hub.run(hub.at('beta').handle(folder, add('r4', 1)))).rejects.toMatchObject({ code: 'FOLDER_READ_ONLY' });
  });

  test('bytes that are no entry go to the dead letters; the rest of the batch is taken', async () => {
    const hub = new ToyHub({ alpha: {}, beta: {} });
    await hub.start();
    hub.carry = ({ update, deliver }) => { Object.assign(update, { entries: [{ bytes: new Uint8Array([255, 1]), proof: null }, ...update.entries] }); deliver(); };
    await hub.run(hub.at('alpha').handle(folder, open('r1', { services })));
    await hub.time.pass(10);
    expect(hub.services.get('beta')!.deadLetters.length).toBeGreaterThan(0);
    expect((await hub.state('beta', folder))?.holder).toBe(hub.author('alpha'));
  });
});
