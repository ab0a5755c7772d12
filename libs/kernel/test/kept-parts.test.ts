/** Whoever keeps what stands beside another's entries acknowledges them once it has it: until then their author knows that its store alone does. */
import { describe, expect, test } from 'vitest';
import { add, oddity, open } from './toy/toy-law.ts';
import { folderOf, ToyHub } from './toy/toy-hub.ts';

const folder = folderOf('kept');
const services = ['alpha', 'beta'];
const kept = { name: 'p:1', bytes: new Uint8Array([7, 7]) };
const keeper = { law: { keeper: 'beta' } };

/** Alpha writes, and beta, which keeps what stands beside it, cannot ask for it: it has the entries alone. */
async function keptInPart(): Promise<ToyHub> {
  const hub = new ToyHub({ alpha: {}, beta: keeper });
  await hub.start();
  hub.cutOff.add('alpha');
  await hub.run(hub.at('alpha').handle(folder, open('r1', { services, parts: [kept.name] }, [kept])));
  await hub.time.pass(4_000);
  return hub;
}

const unsettled = (hub: ToyHub, name = 'alpha'): Promise<readonly string[]> => hub.services.get(name)!.store.unsettled(10);
const at = (hub: ToyHub, name: string): Promise<readonly object[]> => hub.at(name).asides(folder, [kept.name]);

/** As long as it takes to ask again. */
const askAgainMs = 130_000;

/** Everything of alpha is gone; it comes back from whoever has it, and is not `away`. */
async function loseAlpha(hub: ToyHub, ...away: string[]): Promise<void> {
  hub.restore('alpha', null);
  hub.cutOff.clear();
  for (const name of away) hub.cutOff.add(name);
  await hub.start('alpha');
  await hub.time.pass(askAgainMs);
}

describe('while the keeper has the entries alone', () => {
  test('it tells what it holds, and acknowledges nothing', async () => {
    const hub = await keptInPart();
    expect(new Set(await hub.heads(folder, ...services)).size).toBe(1);
    expect(await at(hub, 'beta')).toEqual([]);
    expect(await unsettled(hub)).toEqual([folder]);
    expect((await hub.at('beta').peerService.pull(hub.author('alpha'), folder, {})).partial).toBe(true);
    expect((await hub.at('alpha').peerService.pull(hub.author('beta'), folder, {})).partial).toBeUndefined();
  });

  test('a loss of the store takes what stood there alone: the folder was pending, and is listed; nobody waits for it for ever', async () => {
    const hub = await keptInPart();
    expect(await unsettled(hub)).toEqual([folder]);
    await loseAlpha(hub);
    expect(await hub.state('alpha', folder)).toMatchObject({ parts: [kept.name] });
    expect(await at(hub, 'alpha')).toEqual([]);
    expect(hub.at('alpha').status().atRisk?.folders).toEqual([folder]);
    expect(await unsettled(hub)).toEqual([]);
  });

  test('so it is listed, also after the next start, where the keeper was away and its owner had been let go on without it', async () => {
    const hub = await keptInPart();
    hub.services.get('beta')!.end();
    await loseAlpha(hub, 'beta');
    await hub.run(hub.at('alpha').forceSuccession({ request: 'without beta', without: ['beta'], reason: 'the machine is at the repairer' }), 1_000);
    await hub.time.pass(10_000);
    expect(hub.at('alpha').status()).toMatchObject({ state: 'ready', atRisk: { folders: [] }, succession: { goesOnWithout: ['beta'] } });
    hub.cutOff.clear();
    hub.crash('beta');
    await hub.start('beta');
    await hub.time.pass(60_000);
    expect(await hub.state('alpha', folder)).toMatchObject({ parts: [kept.name] });
    expect(hub.at('alpha').status()).toMatchObject({ atRisk: { folders: [folder] }, succession: { goesOnWithout: [] } });
    hub.crash('alpha');
    await hub.start('alpha');
    expect(hub.at('alpha').status().atRisk?.folders).toEqual([folder]);
  });

  test('a keeper that dies meanwhile still knows that it lacks something', async () => {
    const hub = await keptInPart();
    hub.crash('beta');
    await hub.start('beta');
    await hub.time.pass(4_000);
    expect(await unsettled(hub)).toEqual([folder]);
    hub.cutOff.clear();
    await hub.time.pass(askAgainMs);
    expect(await at(hub, 'beta')).toEqual([kept]);
    expect(await unsettled(hub)).toEqual([]);
  });

  test('its older release cannot know what else there is to keep: the next one asks, and acknowledges', async () => {
    const hub = new ToyHub({ alpha: {}, beta: { law: { ...keeper.law, unknown: 'novelty' } } });
    await hub.start();
    await hub.run(hub.at('alpha').handle(folder, open('r1', { services, parts: [kept.name] }, [kept])));
    await hub.run(hub.at('alpha').handle(folder, oddity('r2', 'novelty')));
    await hub.time.pass(askAgainMs);
    expect(await unsettled(hub)).toEqual([folder]);
    hub.upgrade('beta', keeper);
    await hub.start('beta');
    await hub.time.pass(askAgainMs);
    expect(await at(hub, 'beta')).toEqual([kept]);
    expect(await unsettled(hub)).toEqual([]);
  });
});

describe('once the keeper has what stands beside the entries', () => {
  test('nothing is pending, and a loss of the store loses nothing', async () => {
    const hub = await keptInPart();
    hub.cutOff.clear();
    await hub.time.pass(askAgainMs);
    expect(await unsettled(hub)).toEqual([]);
    await loseAlpha(hub);
    expect(await at(hub, 'alpha')).toEqual([kept]);
    expect(hub.at('alpha').status().atRisk?.folders).toEqual([]);
    expect(await hub.run(hub.at('alpha').handle(folder, add('r2', 3)))).toMatchObject({ ok: true });
  });

  test('it gives them back when it returns, also where its owner had been let go on without it and got the entries from others', async () => {
    const hub = new ToyHub({ alpha: {}, beta: keeper, gamma: {} });
    await hub.start();
    await hub.run(hub.at('alpha').handle(folder, open('r1', { services: [...services, 'gamma'], parts: [kept.name] }, [kept])));
    await hub.time.pass(askAgainMs);
    expect(await at(hub, 'beta')).toEqual([kept]);
    hub.services.get('beta')!.end();
    await loseAlpha(hub, 'beta');
    await hub.run(hub.at('alpha').forceSuccession({ request: 'without beta', without: ['beta'], reason: 'the machine is at the repairer' }), 1_000);
    await hub.time.pass(10_000);
    expect(await hub.state('alpha', folder)).toMatchObject({ parts: [kept.name] });
    expect(await at(hub, 'alpha')).toEqual([]);
    expect(hub.at('alpha').status().atRisk?.folders).toEqual([folder]);
    hub.cutOff.clear();
    hub.crash('beta');
    await hub.start('beta');
    await hub.time.pass(60_000);
    expect(await at(hub, 'alpha')).toEqual([kept]);
  });

  test('an acknowledgement that gets lost is asked for again', async () => {
    const hub = await keptInPart();
    let lost = 0;
    hub.carry = ({ destination, deliver }) => { if (destination === 'alpha' && lost++ < 3) return; deliver(); };
    hub.cutOff.clear();
    await hub.time.pass(askAgainMs);
    expect(lost).toBeGreaterThan(0);
    expect(await unsettled(hub)).toEqual([]);
  });
});

test('a keeper that is named later is offered all that was written before, and what stands beside it: a loss then loses nothing', async () => {
  const hub = new ToyHub({ alpha: {}, beta: {} });
  await hub.start();
  await hub.run(hub.at('alpha').handle(folder, open('r1', { services: ['alpha'], parts: [kept.name] }, [kept])));
  await hub.time.pass(askAgainMs);
  expect(await hub.state('beta', folder)).toBeUndefined();
  for (const name of services) hub.upgrade(name, keeper);
  await hub.start();
  await hub.time.pass(askAgainMs);
  expect(await at(hub, 'beta')).toEqual([kept]);
  await loseAlpha(hub);
  expect(await at(hub, 'alpha')).toEqual([kept]);
  expect(hub.at('alpha').status().atRisk?.folders).toEqual([]);
});

test('whoever keeps nothing for another acknowledges entries as they come', async () => {
  const hub = new ToyHub({ alpha: {}, beta: {} });
  await hub.start();
  hub.cutOff.add('alpha');
  await hub.run(hub.at('alpha').handle(folder, open('r1', { services, parts: [kept.name] }, [kept])));
  await hub.time.pass(4_000);
  expect(await unsettled(hub)).toEqual([]);
});
