/** Watching, finding and comparing: what a desk and an operator see. */
import { describe, expect, test } from 'vitest';
import type { Change } from '../src/index.ts';
import { add, open, oddity, pass, wantBell } from './toy/toy-law.ts';
import { folderOf, ToyHub } from './toy/toy-hub.ts';

const services = ['alpha', 'beta'];
const [one, two] = [folderOf('one'), folderOf('two')] as const;

async function startedHub(): Promise<ToyHub> {
  const hub = new ToyHub({ alpha: {}, beta: {} });
  await hub.start();
  return hub;
}

/** Collects what a watch gives until it is aborted. `currentAfter`: behind how many changes it said that this was all. */
function watching(hub: ToyHub, field: string, value: string, cursor = 0): { readonly seen: Change[]; readonly currentAfter: number[]; readonly stop: () => Promise<void> } {
  const seen: Change[] = [], currentAfter: number[] = [];
  const abort = new AbortController();
  const ended = (async () => { for await (const change of hub.at('beta').watch(field, value, cursor, abort.signal)) { if (change === 'current') currentAfter.push(seen.length); else seen.push(change); } })();
  return { seen, currentAfter, stop: async () => { abort.abort(); await ended; } };
}

describe('a watch', () => {
  test('gives what is there, then what changes, and resumes after its cursor', async () => {
    const hub = await startedHub();
    await hub.run(hub.at('alpha').handle(one, open('r1', { services })));
    await hub.run(hub.at('alpha').handle(one, pass('r2', hub.author('beta'))));
    await hub.time.pass(10);
    const first = watching(hub, 'desk', 'desk');
    await hub.time.pass(10);
    expect(first.seen.map((change) => change.id)).toEqual([one]);
    await hub.run(hub.at('alpha').handle(two, open('r1', { services })));
    await hub.run(hub.at('alpha').handle(two, pass('r2', hub.author('beta'))));
    await hub.time.pass(10);
    expect(first.seen.map((change) => change.id)).toEqual([one, two]);
    await first.stop();
    await hub.run(hub.at('beta').handle(one, add('r3', 1)));
    const resumed = watching(hub, 'desk', 'desk', first.seen.at(-1)!.commit);
    await hub.time.pass(10);
    expect(resumed.seen.map((change) => change.id)).toEqual([one]);
    await resumed.stop();
  });

  test('is told of each change once, in order, also of more at once than it keeps in mind', async () => {
    const hub = new ToyHub({ alpha: {}, beta: { options: { watchPage: 3 } } });
    await hub.start();
    const watch = watching(hub, '', '');
    const folders = Array.from({ length: 10 }, (_, n) => folderOf(`many-${n}`));
    for (const folder of folders.slice(0, 5)) await hub.run(hub.at('beta').handle(folder, open('r1', { services })));
    await hub.run(Promise.all(folders.slice(5).map((folder) => hub.at('beta').handle(folder, open('r1', { services })))));
    await hub.time.pass(10);
    const commits = watch.seen.map((change) => change.commit);
    expect(commits).toEqual([...new Set(commits)].sort((a, b) => a - b));
    expect(new Set(watch.seen.map((change) => change.id))).toEqual(new Set(folders));
    await watch.stop();
  });

  test.each([[0, 3], [1, 3], [2, 3], [3, 3]])('that begins behind %i of %i changes says once that this is all, behind the last of them', async (behind, all) => {
    const hub = new ToyHub({ alpha: {}, beta: { options: { watchPage: 2 } } });
    await hub.start();
    const before = watching(hub, '', '');
    for (let n = 0; n < all; n++) await hub.run(hub.at('beta').handle(folderOf(`told-${n}`), open('r1', { services: ['beta'] })));
    await hub.time.pass(10);
    await before.stop();
    const watch = watching(hub, '', '', before.seen[behind - 1]?.commit ?? 0);
    await hub.time.pass(10);
    await hub.run(hub.at('beta').handle(folderOf('later'), open('r1', { services: ['beta'] })));
    await hub.time.pass(10);
    expect(watch.seen.map((change) => change.id).slice(-1)).toEqual([folderOf('later')]);
    expect(watch.currentAfter).toEqual([watch.seen.length - 1]);
    await watch.stop();
  });

  test('hears nothing of other values, and ends when the service stops', async () => {
    const hub = await startedHub();
    const watch = watching(hub, 'holder', 'nobody');
    await hub.run(hub.at('alpha').handle(one, open('r1', { services })));
    await hub.run(hub.at('beta').stop(), 1_000);
    await watch.stop();
    expect([watch.seen, watch.currentAfter]).toEqual([[], [0]]);
  });
});

test('folders are found by an index value, and no more once it is gone', async () => {
  const hub = await startedHub();
  await hub.run(hub.at('alpha').handle(one, open('r1', { services })));
  expect(await hub.at('alpha').find('desk', 'desk', 10)).toEqual([one]);
  await hub.run(hub.at('alpha').handle(one, pass('r2', hub.author('beta'))));
  await hub.time.pass(10);
  expect(await hub.at('alpha').find('desk', 'desk', 10)).toEqual([]);
  expect(await hub.at('beta').find('desk', 'desk', 10)).toEqual([one]);
});

test('copies are compared on demand; one that cannot be asked says why', async () => {
  const hub = await startedHub();
  await hub.run(hub.at('alpha').handle(one, open('r1', { services })));
  await hub.time.pass(10);
  const copies = await hub.run(hub.at('alpha').copies(one));
  expect(copies.map((copy) => copy.service)).toEqual(services);
  expect(copies[0]!.heads).toEqual(copies[1]!.heads);
  Object.assign(hub.at('beta').peerService, { heads: () => Promise.reject(new Error('away')) });
  expect((await hub.run(hub.at('alpha').copies(one)))[1]).toEqual({ service: 'beta', heads: null, problem: 'away' });
});

test('a folder that was set aside is read again when somebody says that the cause is gone', async () => {
  const law: { chokesOn?: string } = { chokesOn: 'poison' };
  const hub = new ToyHub({ alpha: {}, beta: { law } });
  await hub.start();
  await hub.run(hub.at('alpha').handle(one, open('r1', { services })));
  await hub.run(hub.at('alpha').handle(one, oddity('r2', 'poison')));
  await hub.run(hub.at('alpha').handle(one, pass('r3', hub.author('beta'))));
  await hub.time.pass(10);
  expect(hub.at('beta').status().setAside).toHaveLength(1);
  delete law.chokesOn;
  await hub.run(hub.at('beta').retry(one), 10);
  expect(hub.at('beta').status().setAside).toEqual([]);
  expect((await hub.state('alpha', one))?.takenBy).toBe(hub.author('beta'));
});

test('an effect that was given up runs again when somebody asks for it, and asks first whether it was carried out', async () => {
  let works = false;
  const asked: boolean[] = [];
  const ring = { run: async (call: { readonly input: unknown; readonly askFirst: boolean }) => { asked.push(call.askFirst); if (!works) throw new Error('stuck'); return { drafts: [{ item: (call.input as { item: string }).item, kind: 'rang', body: {} }] }; } };
  const hub = new ToyHub({ alpha: { effects: { ring }, options: { maxEffectAttempts: 2 } } });
  await hub.start();
  await hub.run(hub.at('alpha').handle(one, open('r1', { services: ['alpha'] })));
  await hub.run(hub.at('alpha').handle(one, wantBell('r2')));
  await hub.time.pass(600_000);
  expect(hub.services.get('alpha')!.alarms.map((error) => error.code)).toEqual(['EFFECT_FAILED']);
  works = true;
  await hub.run(hub.at('alpha').retry(one), 10);
  expect((await hub.state('alpha', one))?.rings).toBe(1);
  expect(asked).toEqual([false, true, true]);
});
