/** A service that is gone for good holds a lost one up until an operator forces it; what that voids is listed, and nothing else is void. */
import { describe, expect, test } from 'vitest';
import { add, open } from './toy/toy-law.ts';
import { folderOf, ToyHub } from './toy/toy-hub.ts';

const untouched = folderOf('untouched'), begunAnew = folderOf('begun anew'), shared = folderOf('shared');
const without = (...names: string[]) => ({ request: `without ${names.join()}`, without: names, reason: 'the machine burnt down' });

/** Gamma goes away with what alpha told it alone; then alpha loses its store, and waits. */
async function stuck(): Promise<ToyHub> {
  const hub = new ToyHub({ alpha: {}, beta: {}, gamma: {} });
  await hub.start();
  const share = (services: string[], name: string) => hub.run(hub.at('alpha').handle(folderOf(name), open('r1', { services })));
  await share(['alpha', 'gamma'], 'untouched');
  await share(['alpha', 'gamma'], 'begun anew');
  await share(['alpha', 'beta', 'gamma'], 'shared');
  await hub.time.pass(10);
  hub.carry = ({ destination, deliver }) => { if (destination === 'gamma') deliver(); };
  await hub.run(hub.at('alpha').handle(shared, add('r2', 7)));
  await hub.time.pass(10);
  away(hub);
  hub.restore('alpha', null);
  await hub.start('alpha');
  await hub.time.pass(30_000);
  return hub;
}

function away(hub: ToyHub): void {
  hub.services.get('gamma')!.end();
  hub.cutOff.add('gamma');
  hub.carry = ({ destination, deliver }) => { if (destination !== 'gamma') deliver(); };
}

async function back(hub: ToyHub): Promise<void> {
  hub.cutOff.delete('gamma');
  hub.carry = ({ deliver }) => deliver();
  hub.crash('gamma');
  await hub.start('gamma');
  await hub.time.pass(60_000);
}

const force = (hub: ToyHub, ...names: string[]) => hub.run(hub.at('alpha').forceSuccession(without(...names)), 1_000);

async function forced(): Promise<ToyHub> {
  const hub = await stuck();
  await force(hub, 'gamma');
  await hub.time.pass(10_000);
  return hub;
}

describe('a lost service whose peer is gone', () => {
  test('waits for it, and says since when', async () => {
    const hub = await stuck();
    expect(hub.at('alpha').status()).toMatchObject({ state: 'succeeding', waitsFor: ['gamma'], succession: { goesOnWithout: [], voided: [] } });
    expect(hub.at('alpha').status().succession.begunAt).toBeLessThan(hub.time.now - 20_000);
  });

  test('goes on when an operator says so, also after the next start', async () => {
    const hub = await forced();
    expect(hub.at('alpha').status()).toMatchObject({ state: 'ready', waitsFor: [], succession: { goesOnWithout: ['gamma'], forces: [{ without: ['gamma'], reason: 'the machine burnt down' }] } });
    hub.crash('alpha');
    await hub.start('alpha');
    expect(await hub.run(hub.at('alpha').handle(shared, add('r3', 1)), 1_000)).toMatchObject({ ok: true });
    expect(hub.at('alpha').status()).toMatchObject({ state: 'ready', succession: { goesOnWithout: ['gamma'] } });
    expect((await hub.state('beta', shared))?.total).toBe(1);
  });

  test('answers a repeat as it did, and not another order under the same name', async () => {
    const hub = await forced();
    const [one] = hub.at('alpha').status().succession.forces;
    expect(await force(hub, 'gamma')).toEqual(one);
    await expect(hub.run(hub.at('alpha').forceSuccession({ ...without('gamma'), without: ['beta'] }))).rejects.toMatchObject({ code: 'REQUEST_ID_REUSED' });
  });

  test.each([
    ['a service that is not waited for', ['beta'], 'FORCE_NOT_WAITED'],
    ['a service beside one that is not', ['gamma', 'beta'], 'FORCE_NOT_WAITED'],
    ['a service that nobody has', ['delta'], 'FORCE_NOT_WAITED'],
  ])('is not forced past %s', async (_what, names, code) => {
    const hub = await stuck();
    await expect(force(hub, ...names)).rejects.toMatchObject({ code });
    expect(hub.at('alpha').status().state).toBe('succeeding');
  });

  test('is not forced past a service that lives, though it gives no seal', async () => {
    const hub = await stuck();
    const { peerService } = hub.at('gamma');
    hub.cutOff.delete('gamma');
    Object.assign(peerService, { seal: () => Promise.reject(new Error('not now')) });
    await expect(force(hub, 'gamma')).rejects.toMatchObject({ code: 'FORCE_ANSWERS' });
  });

  test('is not forced when it waits for nobody', async () => {
    const hub = new ToyHub({ alpha: {}, beta: {}, gamma: {} });
    await hub.start();
    await expect(force(hub, 'gamma')).rejects.toMatchObject({ code: 'FORCE_NOTHING' });
  });

  test('that was forced leaves no folder behind when it refuses a command', async () => {
    const hub = await forced();
    expect(await hub.run(hub.at('alpha').handle(folderOf('nothing'), add('r9', 1)), 1_000)).toMatchObject({ ok: false });
    expect(await hub.services.get('alpha')!.store.load(folderOf('nothing'))).toBeUndefined();
  });
});

describe('when the absent service is back', () => {
  test('what it alone holds of a folder that nobody touched comes back with its effect', async () => {
    const hub = await forced();
    expect((await hub.state('alpha', untouched))?.item ?? '').toBe('');
    await back(hub);
    expect(await hub.state('alpha', untouched)).toEqual(await hub.state('gamma', untouched));
    expect(new Set(await hub.heads(untouched, 'alpha', 'gamma')).size).toBe(1);
    // What it alone had heard of a folder that others hold, too, was passed over when that was recovered from them.
    expect(hub.at('alpha').status().succession).toMatchObject({ goesOnWithout: [], voided: [shared] });
  });

  test('what was decided anew meanwhile stands; what it alone holds there is kept without effect, and listed', async () => {
    const hub = await forced();
    expect(await hub.run(hub.at('alpha').handle(begunAnew, open('r1', { services: ['alpha', 'gamma'] })), 1_000)).toEqual({ ok: true, reply: ['opened@2'], repeated: false });
    await hub.run(hub.at('alpha').handle(shared, add('r3', 1)), 1_000);
    await back(hub);
    for (const [folder, names] of [[begunAnew, ['alpha', 'gamma']], [shared, ['alpha', 'beta', 'gamma']]] as const) {
      expect(new Set(await hub.heads(folder, ...names)).size).toBe(1);
      expect((await hub.heads(folder, 'alpha'))[0]).toContain(hub.keys.predecessorsOf(hub.author('alpha'))[0]);
    }
    for (const name of ['alpha', 'beta', 'gamma']) expect((await hub.state(name, shared))?.total).toBe(1);
    expect([...hub.at('alpha').status().succession.voided].sort()).toEqual([begunAnew, shared].sort());
    expect(hub.services.get('alpha')!.alarms.filter(({ code }) => code === 'ENTRIES_VOIDED').map(({ meta }) => meta['folder']).sort()).toEqual([begunAnew, shared].sort());
    for (const name of ['alpha', 'beta', 'gamma']) expect(await hub.services.get(name)!.store.unsettled(10)).toEqual([]);
  });

  test('with an empty store, nothing is voided, and the forcing is over', async () => {
    const hub = await forced();
    hub.restore('gamma', null);
    hub.cutOff.delete('gamma');
    hub.carry = ({ deliver }) => deliver();
    await hub.start('gamma');
    await hub.time.pass(60_000);
    expect(hub.at('alpha').status().succession).toMatchObject({ goesOnWithout: [], voided: [] });
    expect(hub.at('gamma').status().state).toBe('ready');
  });
});

test('the list outlives the next start, however long it is', async () => {
  const hub = await forced();
  await hub.run(hub.at('alpha').handle(shared, add('r3', 1)), 1_000);
  await back(hub);
  hub.crash('alpha');
  await hub.start('alpha');
  expect(hub.at('alpha').status().succession).toMatchObject({ voided: [shared], forces: [{ returned: ['gamma'] }] });
});
