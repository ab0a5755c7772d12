/** A command at one service becomes a takeover at another, and everybody comes to hold the same. */
import { beforeEach, describe, expect, test } from 'vitest';
import { kernelRecordId } from '../src/index.ts';
import { add, open, pass } from './toy/toy-law.ts';
import { folderOf, ToyHub } from './toy/toy-hub.ts';

const folder = folderOf('one');
const services = ['alpha', 'beta', 'gamma'];
let hub: ToyHub;

beforeEach(async () => {
  hub = new ToyHub({ alpha: {}, beta: {}, gamma: {} });
  await hub.start();
});

describe('one dossier at three services', () => {
  test('is opened, passed on and taken over; all copies are equal', async () => {
    expect(await hub.run(hub.at('alpha').handle(folder, open('r1', { services })))).toEqual({ ok: true, reply: ['opened@1'], repeated: false });
    await hub.run(hub.at('alpha').handle(folder, pass('r2', hub.author('beta'))));
    await hub.time.pass(10);
    expect((await hub.state('gamma', folder))?.takenBy).toBe(hub.author('beta'));
    const heads = await hub.heads(folder, ...services);
    expect(new Set(heads).size).toBe(1);
    expect(heads[0]).toContain(hub.author('beta'));
  });

  test('takes one write per service for a command; settling is none', async () => {
    await hub.run(hub.at('alpha').handle(folder, open('r1', { services })));
    await hub.time.pass(0);
    expect(services.map((name) => hub.at(name).status().commit)).toEqual([1, 1, 1]);
    await hub.time.pass(2_500);
    expect(hub.services.get('alpha')!.store.commits()).toBe(1 + 1); // marks of the others remembered
    expect(await hub.services.get('alpha')!.store.unsettled(10)).toEqual([]);
  });

  test('a repeated request gets the same answer and writes nothing; another content under its id is refused', async () => {
    const first = await hub.run(hub.at('alpha').handle(folder, open('r1', { services })));
    await hub.run(hub.at('alpha').handle(folder, add('r2', 5)));
    const commits = hub.services.get('alpha')!.store.commits();
    expect(await hub.run(hub.at('alpha').handle(folder, add('r2', 5)))).toEqual({ ok: true, reply: ['added@2'], repeated: true });
    expect(await hub.run(hub.at('alpha').handle(folder, open('r1', { services })))).toEqual({ ...first, repeated: true });
    expect(hub.services.get('alpha')!.store.commits()).toBe(commits);
    await expect(hub.run(hub.at('alpha').handle(folder, add('r2', 6)))).rejects.toMatchObject({ code: 'REQUEST_ID_REUSED' });
    expect((await hub.state('alpha', folder))?.total).toBe(5);
  });

  test('the record of the kernel itself is shown to nobody as a folder', async () => {
    expect(await hub.run(hub.at('alpha').view(kernelRecordId, () => 'seen'))).toBeUndefined();
  });

  test('a refusal is a value and leaves the folder as it was', async () => {
    await hub.run(hub.at('alpha').handle(folder, open('r1', { services })));
    await hub.time.pass(100);
    const before = await hub.heads(folder, 'beta');
    expect(await hub.run(hub.at('beta').handle(folder, add('r2', 5)))).toMatchObject({ ok: false, refusal: { code: 'NOT_HOLDER' } });
    expect(await hub.heads(folder, 'beta')).toEqual(before);
  });
});
