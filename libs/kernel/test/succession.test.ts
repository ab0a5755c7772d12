/** A store that is older than what its service has told others never writes on: a new incarnation takes over what peers can show. */
import { describe, expect, test } from 'vitest';
import { add, open, pass } from './toy/toy-law.ts';
import { folderOf, ToyHub } from './toy/toy-hub.ts';

const services = ['alpha', 'beta', 'gamma'];
const folder = folderOf('succession');

async function startedHub(): Promise<ToyHub> {
  const hub = new ToyHub({ alpha: {}, beta: {}, gamma: {} });
  await hub.start();
  return hub;
}

/** Alpha opens, its disk is copied, then it writes on and passes the work to beta. */
async function rewound(hub: ToyHub): Promise<{ readonly old: string }> {
  await hub.run(hub.at('alpha').handle(folder, open('r1', { services })));
  await hub.time.pass(10);
  const backup = hub.services.get('alpha')!.store.backup();
  await hub.run(hub.at('alpha').handle(folder, add('r2', 7)));
  await hub.run(hub.at('alpha').handle(folder, pass('r3', hub.author('beta'))));
  await hub.time.pass(10);
  const old = hub.author('alpha');
  hub.restore('alpha', backup);
  return { old };
}

const secret = new Uint8Array([7, 7]);

/** Alpha opens with a part that only it has; then it passes the work to beta, which pulls it, or nobody asks; then its store is lost. */
async function lostWithAPart(hub: ToyHub, passed: boolean): Promise<void> {
  await hub.run(hub.at('alpha').handle(folder, open('r1', { services, parts: ['p:1'] }, [{ name: 'p:1', bytes: secret }])));
  if (passed) await hub.run(hub.at('alpha').handle(folder, pass('r2', hub.author('beta'))));
  await hub.time.pass(10);
  hub.restore('alpha', null);
  await hub.start('alpha');
  await hub.time.pass(10_000);
}

describe('parts of a lost store', () => {
  test('come back from whoever has pulled them', async () => {
    const hub = await startedHub();
    await lostWithAPart(hub, true);
    expect(await hub.at('alpha').asides(folder, ['p:1'])).toEqual([{ name: 'p:1', bytes: secret }]);
    expect(hub.at('alpha').status().atRisk?.folders).toEqual([]);
  });

  test('that nobody has are not silently gone: their folder is listed', async () => {
    const hub = await startedHub();
    await lostWithAPart(hub, false);
    expect(await hub.at('alpha').asides(folder, ['p:1'])).toEqual([]);
    expect(hub.at('alpha').status().atRisk?.folders).toEqual([folder]);
  });
});

describe('a store restored from a backup', () => {
  test('gets a new incarnation, recovers what peers hold, and everybody agrees', async () => {
    const hub = await startedHub();
    const { old } = await rewound(hub);
    await hub.start('alpha');
    expect(hub.keys.predecessorsOf(hub.author('alpha'))).toEqual([old]);
    expect(hub.at('alpha').status().state).toBe('ready');
    await hub.run(hub.at('beta').handle(folder, pass('r4', hub.author('alpha'))));
    await hub.time.pass(10_000);
    expect(await hub.state('gamma', folder)).toMatchObject({ total: 7, takenBy: hub.author('alpha') });
    expect(new Set(await hub.heads(folder, ...services)).size).toBe(1);
    for (const name of services) expect(await hub.services.get(name)!.store.unsettled(10)).toEqual([]);
  });

  test('answers a repeat of what was acknowledged before as it did then', async () => {
    const hub = await startedHub();
    await rewound(hub);
    await hub.start('alpha');
    expect(await hub.run(hub.at('alpha').handle(folder, add('r2', 7)))).toEqual({ ok: true, reply: ['added@2'], repeated: true });
    const another = folderOf('another');
    expect(await hub.run(hub.at('alpha').handle(another, open('r9', { services })))).toMatchObject({ ok: true });
  });

  test('silently, marks put back too and nobody to ask: peers that show it an entry of its own that it does not know make it start over', async () => {
    const hub = await startedHub();
    const { old } = await rewound(hub);
    hub.marks.set('alpha', { incarnation: old, commit: 1 });
    const peers = ['beta', 'gamma'].map((name) => hub.at(name).peerService);
    for (const peer of peers) Object.assign(peer, { hello: () => Promise.reject(new Error('not now')) });
    hub.carry = () => {};
    await hub.start('alpha');
    expect(hub.author('alpha')).toBe(old);
    hub.carry = ({ deliver }) => deliver();
    await hub.run(hub.at('beta').handle(folder, add('r5', 1)));
    await hub.time.pass(10_000);
    expect(hub.keys.predecessorsOf(hub.author('alpha'))).toEqual([old]);
    expect((await hub.state('alpha', folder))?.total).toBe(8);
    expect(new Set(await hub.heads(folder, ...services)).size).toBe(1);
  });

  test('silently, marks put back too and nobody to ask: a peer that answers later still tells, though the store has come further meanwhile', async () => {
    const hub = await startedHub();
    await hub.run(hub.at('beta').handle(folder, open('r1', { services })), 60_000);
    const old = hub.author('alpha'), peers = ['beta', 'gamma'].map((name) => hub.at(name).peerService), hellos = peers.map((peer) => peer.hello);
    for (const peer of peers) Object.assign(peer, { hello: () => Promise.reject(new Error('not now')) });
    hub.restore('alpha', null);
    hub.marks.delete('alpha');
    await hub.start('alpha');
    for (let n = 0; n < 9; n++) await hub.run(hub.at('alpha').handle(folderOf(`new ${n}`), open('r2', { services })), 10);
    peers.forEach((peer, n) => Object.assign(peer, { hello: hellos[n] }));
    await hub.time.pass(60_000);
    expect(hub.keys.predecessorsOf(hub.author('alpha'))).toEqual([old]);
    for (const id of [folder, folderOf('new 0')]) expect(new Set(await hub.heads(id, ...services)).size).toBe(1);
  });

  test('silently, marks put back too: what it had taken before a peer told what it had seen of it had not been acknowledged, and is sent again', async () => {
    const hub = await startedHub();
    const peers = ['beta', 'gamma'].map((name) => hub.at(name).peerService), hellos = peers.map((peer) => peer.hello);
    for (const peer of peers) Object.assign(peer, { hello: () => Promise.reject(new Error('not now')) });
    const backup = hub.services.get('alpha')!.store.backup(), mark = hub.marks.get('alpha')!;
    hub.restore('alpha', backup);
    await hub.start('alpha');
    await hub.run(hub.at('beta').handle(folder, open('r1', { services })), 1_000);
    expect(await hub.state('alpha', folder)).toBeDefined();
    hub.marks.set('alpha', mark);
    hub.restore('alpha', backup);
    peers.forEach((peer, n) => Object.assign(peer, { hello: hellos[n] }));
    await hub.start('alpha');
    await hub.time.pass(60_000);
    expect(new Set(await hub.heads(folder, ...services)).size).toBe(1);
  });

  test('with its own mark lost, the mark that peers have seen is enough', async () => {
    const hub = await startedHub();
    const { old } = await rewound(hub);
    hub.marks.delete('alpha');
    await hub.start('alpha');
    expect(hub.keys.predecessorsOf(hub.author('alpha'))).toEqual([old]);
  });

  test('with its own mark lost, a copy from before its present incarnation is behind whatever peers have seen of that one', async () => {
    const hub = await startedHub();
    await hub.run(hub.at('alpha').handle(folder, open('r1', { services })));
    await hub.time.pass(60_000);
    const backup = hub.services.get('alpha')!.store.backup();
    hub.restore('alpha', null);
    await hub.start('alpha');
    const second = hub.author('alpha');
    hub.restore('alpha', backup);
    hub.marks.delete('alpha');
    await hub.start('alpha');
    expect(hub.keys.predecessorsOf(hub.author('alpha'))).toContain(second);
    expect(new Set(await hub.heads(folder, ...services)).size).toBe(1);
  });

  test('takes nothing, and so acknowledges nothing, before it has been compared', async () => {
    const hub = await startedHub();
    await rewound(hub);
    hub.marks.delete('alpha');
    const peers = ['beta', 'gamma'].map((name) => hub.at(name).peerService), hellos = peers.map((peer) => peer.hello);
    for (const peer of peers) Object.assign(peer, { hello: () => Promise.reject(new Error('not now')) });
    await hub.start('alpha');
    await hub.run(hub.at('beta').handle(folderOf('other'), open('r5', { services })));
    await hub.time.pass(10_000);
    expect(await hub.heads(folderOf('other'), 'alpha')).toEqual(['[]']);
    peers.forEach((peer, n) => Object.assign(peer, { hello: hellos[n] }));
    await hub.time.pass(30_000);
    expect(new Set(await hub.heads(folderOf('other'), ...services)).size).toBe(1);
  });

  test('notes nothing before it has been compared: each note would bring it nearer to what it had told', async () => {
    const hub = await startedHub();
    await rewound(hub);
    hub.marks.delete('alpha');
    for (const name of ['beta', 'gamma']) Object.assign(hub.at(name).peerService, { hello: () => Promise.reject(new Error('not now')) });
    const before = await hub.services.get('alpha')!.store.lastCommit();
    await hub.start('alpha');
    for (const name of ['beta', 'gamma']) await hub.run(hub.at('alpha').peerService.hello({ author: hub.author(name), mark: 1_000 }));
    await hub.time.pass(30_000);
    expect(await hub.services.get('alpha')!.store.lastCommit()).toBe(before);
    expect(hub.at('alpha').status().atRisk).toBeNull();
  });

  test('behind once more before its succession has ended, it still tells what was lost the first time', async () => {
    const hub = await startedHub();
    await rewound(hub);
    Object.assign(hub.at('gamma').peerService, { seal: () => Promise.reject(new Error('away')) });
    await hub.start('alpha');
    const first = hub.at('alpha').status().atRisk!;
    expect(first.toCommit).toBeGreaterThan(first.fromCommit);
    hub.marks.set('alpha', { incarnation: hub.author('alpha'), commit: 1_000 });
    hub.crash('alpha');
    await hub.start('alpha');
    expect(hub.at('alpha').status().atRisk).toMatchObject({ fromCommit: first.fromCommit, toCommit: 1_000 });
  });

  test('lost once more before its succession has ended, with all that it had noted of it: the first loss is told still', async () => {
    const hub = await startedHub(), { store } = hub.services.get('alpha')!, backup = store.backup();
    for (let n = 0; n < 5; n++) await hub.run(hub.at('alpha').handle(folder, n === 0 ? open('r1', { services }) : add(`r${n + 1}`, 1)));
    await hub.time.pass(10);
    hub.restore('alpha', backup);
    Object.assign(hub.at('gamma').peerService, { seal: () => Promise.reject(new Error('away')) });
    await hub.start('alpha');
    const first = hub.at('alpha').status().atRisk!;
    hub.restore('alpha', backup);
    await hub.start('alpha');
    expect(hub.keys.predecessorsOf(hub.author('alpha'))).toHaveLength(2);
    expect(hub.at('alpha').status().atRisk).toMatchObject({ fromCommit: first.fromCommit, toCommit: first.toCommit });
  });

  test('a new key without a loss: nothing is told to be at risk', async () => {
    const hub = await startedHub();
    await hub.run(hub.at('alpha').handle(folder, open('r1', { services })));
    await hub.time.pass(10);
    hub.keys.newIncarnation('alpha');
    hub.crash('alpha');
    await hub.start('alpha');
    await hub.time.pass(10_000);
    expect(hub.at('alpha').status()).toMatchObject({ state: 'ready', atRisk: null });
    expect(hub.keys.predecessorsOf(hub.author('alpha'))).toHaveLength(1);
  });

  /** Put back, its new name stands in the store, and it died before it could note what it had lost: the commit to which it had come. */
  async function diedUnnoted(hub: ToyHub): Promise<number> {
    const { store } = hub.services.get('alpha')!, backup = store.backup();
    for (let n = 0; n < 5; n++) await hub.run(hub.at('alpha').handle(folder, n === 0 ? open('r1', { services }) : add(`r${n + 1}`, 1)));
    await hub.time.pass(10);
    const lost = hub.marks.get('alpha')!.commit;
    hub.restore('alpha', backup);
    await hub.services.get('alpha')!.store.setIncarnation(hub.keys.newIncarnation('alpha'));
    return lost;
  }

  test('whoever died when its new name stood in the store, and before it could note what it had lost, tells it still', async () => {
    const hub = await startedHub(), lost = await diedUnnoted(hub);
    await hub.start('alpha');
    await hub.time.pass(10_000);
    expect(hub.at('alpha').status()).toMatchObject({ state: 'ready', atRisk: { toCommit: lost } });
  });

  test('so does whoever was given another key before the one that died had noted anything', async () => {
    const hub = await startedHub(), lost = await diedUnnoted(hub);
    hub.keys.newIncarnation('alpha');
    await hub.start('alpha');
    await hub.time.pass(10_000);
    expect(hub.at('alpha').status()).toMatchObject({ state: 'ready', atRisk: { toCommit: lost } });
    // That succession has ended: what a third key brings is no loss.
    hub.keys.newIncarnation('alpha');
    hub.crash('alpha');
    await hub.start('alpha');
    await hub.time.pass(10_000);
    expect(hub.at('alpha').status()).toMatchObject({ state: 'ready', atRisk: null });
  });

  test('refuses commands until every registered service has sealed, and says for whom it waits', async () => {
    const hub = await startedHub();
    await rewound(hub);
    const seal = hub.at('gamma').peerService.seal;
    Object.assign(hub.at('gamma').peerService, { seal: () => Promise.reject(new Error('away')) });
    await hub.start('alpha');
    expect(hub.at('alpha').status()).toMatchObject({ state: 'succeeding', waitsFor: ['gamma'] });
    await expect(hub.run(hub.at('alpha').handle(folder, add('r9', 1)))).rejects.toMatchObject({ code: 'SUCCESSION_PENDING' });
    Object.assign(hub.at('gamma').peerService, { seal });
    await hub.time.pass(5_000);
    expect(hub.at('alpha').status()).toMatchObject({ state: 'ready', waitsFor: [] });
  });
});

test('an instance that shows what another one wrote tells how far the store had come with it: else nobody would know when that is gone', async () => {
  const hub = new ToyHub({ alpha: {}, beta: { options: { sharedStore: true } } });
  await hub.start();
  const other = hub.another('beta');
  await hub.run(other.start(), 6_000);
  await hub.run(hub.at('alpha').handle(folder, open('r1', { services: ['alpha', 'beta'] })));
  await hub.time.pass(10_000);
  const { commit } = (await hub.services.get('beta')!.store.load(folder))!;
  expect(commit).toBeGreaterThan(0);
  const { heads, mark } = await hub.run(other.peerService.pull(hub.author('alpha'), folder, {}), 100);
  expect(Object.keys(heads)).toEqual([hub.author('alpha')]);
  expect(mark).toBeGreaterThanOrEqual(commit);
});

describe('a store that is lost altogether', () => {
  test('is filled from peers; work addressed to the lost incarnation is taken over', async () => {
    const hub = await startedHub();
    await hub.run(hub.at('beta').handle(folder, open('r1', { services })));
    hub.carry = ({ destination, deliver }) => { if (destination !== 'alpha') deliver(); };
    await hub.run(hub.at('beta').handle(folder, pass('r2', hub.author('alpha'))));
    await hub.time.pass(10);
    hub.restore('alpha', null);
    hub.carry = ({ deliver }) => deliver();
    await hub.start('alpha');
    await hub.time.pass(10_000);
    expect(await hub.state('gamma', folder)).toMatchObject({ holder: hub.author('alpha'), takenBy: hub.author('alpha') });
    expect(new Set(await hub.heads(folder, ...services)).size).toBe(1);
  });

  test('twice: the second successor stands on the first', async () => {
    const hub = await startedHub();
    await hub.run(hub.at('alpha').handle(folder, open('r1', { services })));
    await hub.time.pass(10);
    for (const n of [1, 2]) {
      hub.restore('alpha', null);
      await hub.start('alpha');
      await hub.run(hub.at('alpha').handle(folder, add(`a${n}`, n)), 5_000);
    }
    expect(hub.keys.predecessorsOf(hub.author('alpha'))).toHaveLength(2);
    for (const name of services) expect((await hub.state(name, folder))?.total).toBe(3);
    expect(new Set(await hub.heads(folder, ...services)).size).toBe(1);
  });

  test('two services at once', async () => {
    const hub = await startedHub();
    await hub.run(hub.at('alpha').handle(folder, open('r1', { services })));
    await hub.run(hub.at('alpha').handle(folder, pass('r2', hub.author('beta'))));
    await hub.time.pass(10);
    hub.restore('alpha', null);
    hub.restore('beta', null);
    await hub.start('alpha', 'beta');
    await hub.time.pass(30_000);
    expect((await hub.state('gamma', folder))?.holder).toBe(hub.author('beta'));
    await hub.run(hub.at('beta').handle(folder, pass('r3', hub.author('alpha'))), 10_000);
    for (const name of services) expect((await hub.state(name, folder))?.takenBy).toBe(hub.author('alpha'));
    expect(new Set(await hub.heads(folder, ...services)).size).toBe(1);
  });
});

test('a status without anything on its way means that copies agree: those of other services are gone over after the service itself is ready', async () => {
  const hub = await startedHub();
  await rewound(hub);
  hub.restore('beta', null);
  // So slow that both are ready long before what is offered to them arrives.
  hub.carry = ({ deliver }) => { hub.time.later(10_000, deliver); };
  await hub.start('alpha', 'beta');
  for (const name of services) expect(hub.at(name).status().state).toBe('ready');
  expect(hub.at('gamma').status().comparisons).toBeGreaterThan(0);
  const restless = (name: string): number => {
    const { waitingUpdates, outstandingUpdates, unsettledMarks, runningEffects, comparisons } = hub.at(name).status();
    return waitingUpdates + outstandingUpdates + unsettledMarks + runningEffects + comparisons;
  };
  for (let ms = 0; services.some((name) => restless(name) > 0); ms += 100) {
    expect(ms).toBeLessThan(600_000);
    await hub.time.pass(100);
  }
  expect(new Set(await hub.heads(folder, ...services)).size).toBe(1);
  for (const name of services) expect(await hub.services.get(name)!.store.unsettled(10)).toEqual([]);
});

test('what a peer holds only since its store was put back, after it gave its seal, comes under a succession, too', async () => {
  const hub = await startedHub();
  await hub.run(hub.at('beta').handle(folder, open('r1', { services })));
  await hub.time.pass(1_000);
  const backup = hub.services.get('alpha')!.store.backup(), old = hub.author('beta');
  for (const name of services) hub.restore(name, null);
  await hub.start();
  await hub.time.pass(30_000);
  expect(await hub.state('beta', folder)).toBeUndefined();
  hub.restore('alpha', backup);
  await hub.start('alpha');
  await hub.time.pass(60_000);
  expect(await hub.state('beta', folder)).toMatchObject({ origin: old, holder: hub.author('beta') });
  expect(new Set(await hub.heads(folder, ...services)).size).toBe(1);
  for (const name of services) expect(hub.at(name).status()).toMatchObject({ state: 'ready', outstandingUpdates: 0 });
});

test('two processes on one store that was put back both become ready, as one incarnation', async () => {
  const hub = new ToyHub({ alpha: { options: { sharedStore: true } }, beta: {}, gamma: {} });
  await hub.start();
  const { old } = await rewound(hub);
  const other = hub.another('alpha');
  await Promise.all([hub.run(other.start()), hub.start('alpha')]);
  const processes = [hub.at('alpha'), other];
  // A peer that is another one, too, is asked for its seal once more.
  hub.restore('gamma', null);
  await hub.start('gamma');
  await hub.time.pass(120_000);
  expect(hub.keys.predecessorsOf(hub.author('alpha'))).toContain(old);
  for (const process of processes) expect(process.status()).toMatchObject({ state: 'ready', author: hub.author('alpha') });
  expect(await hub.run(other.handle(folderOf('next'), open('r9', { services })), 1_000)).toMatchObject({ ok: true });
});

test('a store that remembers another incarnation than stands beside the keys keeps no peer waiting', async () => {
  const hub = await startedHub();
  const first = hub.author('alpha');
  hub.keys.newIncarnation('alpha');
  hub.crash('alpha');
  await hub.start('alpha');
  await hub.services.get('alpha')!.store.setIncarnation(first);
  hub.restore('beta', null);
  await hub.start('beta');
  await hub.time.pass(120_000);
  for (const name of services) expect(hub.at(name).status()).toMatchObject({ state: 'ready', author: hub.author(name) });
});
