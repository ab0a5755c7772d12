/** What waits for one peer keeps nothing else waiting. */
import { expect, test } from 'vitest';
import { StoreError } from '../src/index.ts';
import { folderOf, ToyHub } from './toy/toy-hub.ts';
import { add, open } from './toy/toy-law.ts';

const folder = folderOf('lanes'), sweepEveryMs = 30_000, whileMs = 10_000, neverMs = 86_400_000;

test('a store that refused is asked again while a peer that took a new name acknowledges nothing', async () => {
  const hub = new ToyHub({ alpha: { options: { sweepEveryMs } }, beta: { options: { sweepEveryMs: neverMs } } }), alpha = hub.services.get('alpha')!;
  await hub.start();
  await hub.run(hub.at('alpha').handle(folder, open('r1', { services: ['alpha', 'beta'] })), whileMs);
  hub.carry = ({ destination, deliver }) => { if (destination !== 'beta') deliver(); };
  hub.restore('beta', null);
  await hub.start('beta');
  expect(hub.at('alpha').status().comparisons).toBeGreaterThan(0);
  const append = alpha.store.append.bind(alpha.store);
  alpha.store.append = async () => { throw new StoreError('STORE_FAILED', 'hub.db', { vi: '', en: '' }); };
  await expect(hub.run(hub.at('alpha').handle(folder, add('r2', 7)), whileMs)).rejects.toMatchObject({ code: 'STORE_FAILED' });
  alpha.store.append = append;
  expect(hub.at('alpha').status().troubles).toHaveLength(1);
  await hub.time.pass(2 * sweepEveryMs);
  expect(hub.at('alpha').status().troubles).toEqual([]);
  expect(hub.at('alpha').status().comparisons).toBeGreaterThan(0);
});
