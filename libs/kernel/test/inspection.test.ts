/** What came back after a loss says that something was done elsewhere: whether that is still there is looked at, once all is back. */
import { describe, expect, test } from 'vitest';
import type { Effect } from '../src/index.ts';
import { add, open } from './toy/toy-law.ts';
import type { Toy } from './toy/toy-law.ts';
import { folderOf, ToyHub } from './toy/toy-hub.ts';

const folder = folderOf('one'), another = folderOf('two'), waitMs = 60_000;

/** Elsewhere is gone; `gone` says of which folders. */
class Elsewhere {
  readonly asked: string[] = [];
  readonly effect: Effect<Toy>;
  constructor(gone: (folder: string) => boolean, before: (folder: string) => void = () => {}) {
    this.effect = {
      run: async ({ folder: id, view }) => {
        this.asked.push(id);
        before(id);
        return gone(id) ? { drafts: view.state.total < 0 ? [] : [{ item: view.state.item, kind: 'added', body: { n: -100 } }], lost: true } : { drafts: [] };
      },
    };
  }
}

/** Alpha has opened two folders, which beta has, and has put its store back. */
async function lostAlpha(elsewhere: Elsewhere, before: (hub: ToyHub) => void = () => {}): Promise<ToyHub> {
  const hub = new ToyHub({ alpha: { law: { inspects: true }, effects: { inspect: elsewhere.effect } }, beta: {} });
  await hub.start();
  for (const [id, request] of [[folder, 'r1'], [another, 'r2']] as const) await hub.run(hub.at('alpha').handle(id, open(request, { services: ['alpha', 'beta'] })));
  await hub.time.pass(10);
  before(hub);
  hub.restore('alpha', null);
  await hub.start('alpha');
  await hub.time.pass(waitMs);
  return hub;
}

const listed = (hub: ToyHub): readonly string[] => hub.at('alpha').status().atRisk?.folders ?? [];

describe('after the loss of a store', () => {
  test('a folder that came back without what it was done elsewhere is listed, and says what becomes of it, once and everywhere', async () => {
    const elsewhere = new Elsewhere((id) => id === folder), hub = await lostAlpha(elsewhere);
    expect([...elsewhere.asked].sort()).toEqual([folder, another].sort());
    expect(listed(hub)).toEqual([folder]);
    for (const name of ['alpha', 'beta']) expect([(await hub.state(name, folder))!.total, (await hub.state(name, another))!.total]).toEqual([-100, 0]);
    hub.crash('alpha');
    await hub.start('alpha');
    await hub.time.pass(waitMs);
    expect(elsewhere.asked).toHaveLength(2);
  });

  test('nobody looks where the store has lost nothing', async () => {
    const elsewhere = new Elsewhere(() => true), hub = new ToyHub({ alpha: { law: { inspects: true }, effects: { inspect: elsewhere.effect } }, beta: {} });
    await hub.start();
    await hub.run(hub.at('alpha').handle(folder, open('r1', { services: ['alpha', 'beta'] })));
    hub.crash('alpha');
    await hub.start('alpha');
    await hub.time.pass(waitMs);
    expect([elsewhere.asked, listed(hub)]).toEqual([[], []]);
  });

  test('a folder that was being looked at when the process died is looked at again', async () => {
    let hangs = true;
    const elsewhere = new Elsewhere(() => true), { run } = elsewhere.effect;
    Object.assign(elsewhere.effect, { run: (call: Parameters<typeof run>[0]) => (hangs ? new Promise(() => {}) : run(call)) });
    const hub = await lostAlpha(elsewhere);
    expect([listed(hub), hub.at('alpha').status().runningEffects]).toEqual([[], 1]);
    hangs = false;
    hub.crash('alpha');
    await hub.start('alpha');
    await hub.time.pass(waitMs);
    expect([...listed(hub)].sort()).toEqual([folder, another].sort());
  });

  test('one that cannot be looked at is told, and the others are looked at all the same', async () => {
    const hub = await lostAlpha(new Elsewhere(() => true, (id) => { if (id === folder) throw new RangeError('nobody can say'); }));
    expect(hub.services.get('alpha')!.alarms.map(({ code }) => code)).toEqual(['INTERNAL']);
    expect(listed(hub)).toEqual([another]);
  });

  test('a command that comes meanwhile makes it look again', async () => {
    let hub: ToyHub | undefined, asked = 0;
    const elsewhere = new Elsewhere((id) => id === folder, (id) => { if (id === folder && asked++ === 0) void hub!.at('alpha').handle(folder, add('r3', 7)); });
    hub = new ToyHub({ alpha: { law: { inspects: true }, effects: { inspect: elsewhere.effect } }, beta: {} });
    await hub.start();
    await hub.run(hub.at('alpha').handle(folder, open('r1', { services: ['alpha', 'beta'] })));
    await hub.time.pass(10);
    hub.restore('alpha', null);
    await hub.start('alpha');
    await hub.time.pass(waitMs);
    expect(elsewhere.asked).toEqual([folder, folder]);
    expect((await hub.state('beta', folder))!.total).toBe(-93);
  });
});
