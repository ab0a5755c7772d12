/** Peers with keys of their own know a new incarnation from its introduction alone. */
import { expect, test } from 'vitest';
import { folderOf, ToyHub } from './toy/toy-hub.ts';
import { open } from './toy/toy-law.ts';

const folder = folderOf('introduction'), whileMs = 10_000, never = { options: { sharedStore: true, sweepEveryMs: 86_400_000 } };

test('a service that lost its store introduces its new incarnation to those who refuse it a seal, and waits for no round of greetings', async () => {
  const hub = new ToyHub({ alpha: never, beta: never });
  await hub.start();
  await hub.run(hub.at('alpha').handle(folder, open('r1', { services: ['alpha', 'beta'] })), whileMs);
  hub.restore('alpha', null);
  const made = hub.keys.newIncarnation.bind(hub.keys);
  hub.keys.newIncarnation = (service) => { hub.strangers.add(service); return made(service); };
  await hub.start('alpha');
  await hub.time.pass(whileMs);
  expect(hub.at('alpha').status()).toMatchObject({ state: 'ready', waitsFor: [], succession: { whole: true } });
});
