/** Releases run beside each other: what one of them does not know it keeps and passes on, and what it could not do its successor does. */
import { expect, test } from 'vitest';
import type { Effect } from '../src/index.ts';
import { add, oddity, open, pass, wantBell } from './toy/toy-law.ts';
import type { Toy, ToyCommand } from './toy/toy-law.ts';
import { folderOf, ToyHub } from './toy/toy-hub.ts';

const services = ['alpha', 'beta'];
const folder = folderOf('released');
const old = { law: { unknown: 'novelty' } };

test('duties of a folder that could only be read are performed once the service is upgraded', async () => {
  const hub = new ToyHub({ alpha: {}, beta: old });
  await hub.start();
  await hub.run(hub.at('alpha').handle(folder, open('r1', { services })));
  await hub.run(hub.at('alpha').handle(folder, oddity('r2', 'novelty')));
  await hub.run(hub.at('alpha').handle(folder, pass('r3', hub.author('beta'))));
  await hub.time.pass(100_000);
  expect((await hub.state('alpha', folder))?.takenBy).toBe(hub.author('alpha'));
  hub.upgrade('beta', {});
  await hub.start('beta');
  await hub.time.pass(10_000);
  expect((await hub.state('alpha', folder))?.takenBy).toBe(hub.author('beta'));
});

test('an effect at work when the folder can only be read from then on is asked for first by the next release', async () => {
  const asked: boolean[] = [];
  const slow: Effect<Toy> = {
    run: async ({ askFirst, input }) => {
      asked.push(askFirst);
      await new Promise<void>((done) => hub.time.later(1_000, done));
      return { drafts: [{ item: (input as { readonly item: string }).item, kind: 'rang', body: {} }] };
    },
  };
  const effects = { ring: slow }, hub = new ToyHub({ alpha: { ...old, effects }, beta: {} });
  const shared: ToyCommand = { ...open('r1', {}), decide: ({ author }) => ({ drafts: [{ item: '', kind: 'opened', body: { services }, creates: [author, hub.author('beta')] }] }) };
  const besides: ToyCommand = { ...oddity('r3', 'novelty'), decide: () => ({ drafts: [{ item: `${hub.author('alpha')}/1/1`, kind: 'novelty', body: {} }] }) };
  await hub.start();
  await hub.run(hub.at('alpha').handle(folder, shared));
  await hub.run(hub.at('alpha').handle(folder, wantBell('r2')));
  await hub.run(hub.at('beta').handle(folder, besides), 100_000);
  expect([asked, (await hub.state('beta', folder))?.rings]).toEqual([[false], 0]);
  hub.upgrade('alpha', { effects });
  await hub.start('alpha');
  await hub.time.pass(100_000);
  expect([asked, (await hub.state('beta', folder))?.rings]).toEqual([[false, true], 1]);
});

test('a folder that can only be read is written no more often than it must', async () => {
  const hub = new ToyHub({ alpha: {}, beta: old });
  await hub.start();
  await hub.run(hub.at('alpha').handle(folder, open('r1', { services })));
  await hub.run(hub.at('alpha').handle(folder, oddity('r2', 'novelty')));
  await hub.time.pass(10_000);
  const version = async (): Promise<number> => (await hub.services.get('beta')!.store.load(folder))!.version;
  const before = await version();
  await hub.time.pass(900_000);
  expect(await version() - before).toBe(3);
});

test('what everybody had acknowledged is unsettled again while a service cannot read who else takes part', async () => {
  const hub = new ToyHub({ alpha: {}, beta: old });
  const unsettled = (): Promise<readonly string[]> => hub.services.get('beta')!.store.unsettled(10);
  await hub.start();
  await hub.run(hub.at('alpha').handle(folder, open('r1', { services })));
  await hub.run(hub.at('alpha').handle(folder, pass('r2', hub.author('beta'))), 1_000);
  await hub.run(hub.at('beta').handle(folder, pass('r3', hub.author('alpha'))), 100_000);
  expect(await unsettled()).toEqual([]);
  await hub.run(hub.at('alpha').handle(folder, oddity('r4', 'novelty')), 100_000);
  expect(await unsettled()).toEqual([folder]);
  hub.upgrade('beta', {});
  await hub.start('beta');
  await hub.time.pass(100_000);
  expect(await unsettled()).toEqual([]);
});

test.each([['does not know one of its kinds', old], ['fails on it', { law: { chokesOn: 'novelty' } }]])('a lost store gets a folder back although its release %s; the next one works on', async (_why, settings) => {
  const hub = new ToyHub({ alpha: {}, beta: settings });
  await hub.start();
  await hub.run(hub.at('alpha').handle(folder, open('r1', { services })));
  await hub.run(hub.at('alpha').handle(folder, pass('r2', hub.author('beta'))), 1_000);
  await hub.run(hub.at('beta').handle(folder, pass('r3', hub.author('alpha'))), 1_000);
  await hub.run(hub.at('alpha').handle(folder, oddity('r4', 'novelty')), 1_000);
  hub.restore('beta', null);
  await hub.start('beta');
  await hub.time.pass(100_000);
  expect(new Set(await hub.heads(folder, ...services)).size).toBe(1);
  hub.upgrade('beta', {});
  await hub.start('beta');
  await hub.run(hub.at('alpha').handle(folder, pass('r5', hub.author('beta'))), 10_000);
  await hub.run(hub.at('beta').handle(folder, add('r6', 1)), 10_000);
  expect(new Set(await hub.heads(folder, ...services)).size).toBe(1);
  expect((await hub.state('alpha', folder))?.total).toBe(1);
});
