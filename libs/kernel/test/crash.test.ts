/** What was acknowledged survives; what was not may be asked again; a service that was down catches up. */
import { describe, expect, test } from 'vitest';
import { add, open, pass } from './toy/toy-law.ts';
import { folderOf, ToyHub } from './toy/toy-hub.ts';

const services = ['alpha', 'beta'];
const folder = folderOf('crash');

describe('crash and restart', () => {
  test('an acknowledged command is there after the crash, and a repeat gets the same answer', async () => {
    const hub = new ToyHub({ alpha: {}, beta: {} });
    await hub.start();
    const first = await hub.run(hub.at('alpha').handle(folder, open('r1', { services })));
    hub.crash('alpha');
    await hub.start('alpha');
    expect(await hub.run(hub.at('alpha').handle(folder, open('r1', { services })))).toEqual({ ...first, repeated: true });
    expect(hub.author('alpha')).toMatch(/^alpha~/);
    expect(hub.keys.predecessorsOf(hub.author('alpha'))).toEqual([]);
  });

  test('a command that was not flushed leaves nothing behind', async () => {
    const hub = new ToyHub({ alpha: {}, beta: {} });
    await hub.start();
    const lost = hub.at('alpha').handle(folder, open('r1', { services }));
    hub.crash('alpha');
    void lost;
    await hub.start('alpha');
    expect(await hub.state('alpha', folder)).toBeUndefined();
    expect(await hub.run(hub.at('alpha').handle(folder, open('r1', { services })))).toMatchObject({ ok: true, repeated: false });
  });

  test('what was durable and not sent goes out after the restart', async () => {
    const hub = new ToyHub({ alpha: {}, beta: {} });
    await hub.start();
    hub.carry = () => {};
    await hub.run(hub.at('alpha').handle(folder, open('r1', { services })));
    await hub.run(hub.at('alpha').handle(folder, pass('r2', hub.author('beta'))));
    hub.crash('alpha');
    hub.carry = ({ deliver }) => deliver();
    await hub.start('alpha');
    await hub.time.pass(10);
    expect((await hub.state('alpha', folder))?.takenBy).toBe(hub.author('beta'));
  });

  test('a receiver that was down gets everything when it is back', async () => {
    const hub = new ToyHub({ alpha: {}, beta: {} });
    await hub.start();
    await hub.run(hub.at('alpha').handle(folder, open('r1', { services })));
    await hub.run(hub.at('beta').stop(), 100);
    for (let n = 0; n < 5; n++) await hub.run(hub.at('alpha').handle(folder, add(`a${n}`, 1)));
    await hub.time.pass(10_000);
    hub.crash('beta');
    await hub.start('beta');
    await hub.time.pass(130_000);
    expect((await hub.state('beta', folder))?.total).toBe(5);
    expect(await hub.services.get('alpha')!.store.unsettled(10)).toEqual([]);
  });

  test('stopping lets commands end and refuses new ones', async () => {
    const hub = new ToyHub({ alpha: {}, beta: {} });
    await hub.start();
    const running = hub.at('alpha').handle(folder, open('r1', { services }));
    const stopping = hub.at('alpha').stop();
    await expect(hub.at('alpha').handle(folder, add('r2', 1))).rejects.toMatchObject({ code: 'STOPPING' });
    await hub.run(stopping, 1_000);
    expect(await running).toMatchObject({ ok: true });
    expect(hub.at('alpha').status()).toMatchObject({ state: 'stopped', waitingUpdates: 0, unsettledMarks: 0 });
  });
});
