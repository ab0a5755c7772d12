/** What came back with a lost store may rest on what did not: then it is listed. */
import { describe, expect, test } from 'vitest';
import { add, open } from './toy/toy-law.ts';
import { folderOf, ToyHub } from './toy/toy-hub.ts';

const ground = folderOf('ground'), resting = folderOf('resting'), last = folderOf('last'), waitMs = 60_000;

/** Alpha shares the ground with gamma and adds to it, which reaches gamma or does not; upon that it opens a folder, which beta keeps, and then another one. Then its store is lost, and folders of one peer come back one by one. */
async function lostAlpha(reaches: boolean, away: readonly string[] = [], before: (hub: ToyHub) => void = () => {}): Promise<ToyHub> {
  const hub = new ToyHub({ alpha: { options: { recoverAtOnce: 1 } }, beta: {}, gamma: {} });
  await hub.start();
  await hub.run(hub.at('alpha').handle(ground, open('r1', { services: ['alpha', 'gamma'] })));
  await hub.time.pass(10);
  if (!reaches) hub.carry = ({ destination, deliver }) => { if (destination !== 'gamma') deliver(); };
  await hub.run(hub.at('alpha').handle(ground, add('r2', 3)));
  await hub.run(hub.at('alpha').handle(resting, open('r3', { services: ['alpha', 'beta'], upon: [{ folder: ground, entry: { author: hub.author('alpha'), seq: 2 } }] })));
  await hub.time.pass(10);
  await hub.run(hub.at('alpha').handle(last, open('r4', { services: ['alpha', 'beta'] })));
  await hub.time.pass(10);
  for (const name of away) { hub.services.get(name)!.end(); hub.cutOff.add(name); }
  before(hub);
  hub.restore('alpha', null);
  hub.carry = ({ deliver }) => deliver();
  await hub.start('alpha');
  await hub.time.pass(waitMs);
  return hub;
}

const atRisk = (hub: ToyHub): readonly string[] | undefined => hub.at('alpha').status().atRisk?.folders;

describe('after the loss of a store', () => {
  test('a folder that came back, and rests on an entry of another one that did not, is listed', async () => {
    const hub = await lostAlpha(false);
    expect(await hub.state('alpha', ground)).toMatchObject({ total: 0 });
    expect(await hub.state('alpha', resting)).toMatchObject({ upon: [{ folder: ground }] });
    expect(atRisk(hub)).toEqual([resting]);
  });

  test('one whose ground came back, too, is not', async () => {
    const hub = await lostAlpha(true);
    expect(await hub.state('alpha', ground)).toMatchObject({ total: 3 });
    expect(await hub.state('alpha', resting)).toMatchObject({ upon: [{ folder: ground }] });
    expect(atRisk(hub)).toEqual([]);
  });

  test('it is listed, too, when the process dies after it came back and was acknowledged, and before that could be noted', async () => {
    const hub = await lostAlpha(false, [], (lost) => {
      let recovered = 0;
      // From here on the last one waits for gamma.
      Object.assign(lost.world, { crashPoint: (name: string) => { if (name === 'folder-recovered' && ++recovered === 2) lost.cutOff.add('gamma'); } });
    });
    expect(await hub.state('alpha', resting)).toMatchObject({ upon: [{ folder: ground }] });
    expect(await hub.services.get('alpha')!.store.unsettled(10)).not.toContain(resting);
    expect(atRisk(hub)).toEqual([]);
    hub.crash('alpha');
    hub.cutOff.clear();
    await hub.start('alpha');
    await hub.time.pass(waitMs);
    expect(atRisk(hub)).toEqual([resting]);
  });

  test.each([[false, [resting]], [true, []]])('likewise where it comes back later, from a service without which an operator let it go on; its ground came back: %s', async (reaches, listed) => {
    const hub = await lostAlpha(reaches, ['beta']);
    await hub.run(hub.at('alpha').forceSuccession({ request: 'without beta', without: ['beta'], reason: 'the machine is at the repairer' }), 1_000);
    await hub.time.pass(waitMs);
    expect(hub.at('alpha').status()).toMatchObject({ state: 'ready', atRisk: { folders: [] }, succession: { goesOnWithout: ['beta'] } });
    hub.cutOff.clear();
    hub.crash('beta');
    await hub.start('beta');
    await hub.time.pass(waitMs);
    expect(hub.at('alpha').status().succession.goesOnWithout).toEqual([]);
    expect(await hub.state('alpha', resting)).toMatchObject({ upon: [{ folder: ground }] });
    expect(atRisk(hub)).toEqual(listed);
  });
});
