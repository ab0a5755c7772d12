/** Whoever can write to a bus can make up names, and bytes: neither is remembered, answered, or told at length. Whoever has a key, too, keeps to the limits of the format. */
import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { encodeEntry } from '../src/index.ts';
import type { FolderUpdate, SealedEntry } from '../src/index.ts';
import { add, open } from './toy/toy-law.ts';
import { folderOf, ToyHub } from './toy/toy-hub.ts';

const services = ['alpha', 'beta'], folder = folderOf('strangers'), made = 40;
const update = (sender: string, more: Partial<FolderUpdate> = {}): FolderUpdate => ({ folder, sender, heads: {}, entries: [], wantsReply: false, mark: 0, ...more });
const id = (number: number): string => number.toString(16).padStart(16, '0');

async function hubWithADossier(): Promise<ToyHub> {
  const hub = new ToyHub({ alpha: {}, beta: {} });
  await hub.start();
  await hub.run(hub.at('alpha').handle(folder, open('r1', { services })));
  await hub.time.pass(10_000);
  return hub;
}

test.each<[string, (number: number) => string]>([
  ['services that there are not', (number) => `made-up-${number}~${id(1)}`], ['incarnations that nobody has certified', (number) => `alpha~${id(number)}`],
])('%s get no answer, and are no news about how far anybody has come', async (_what, sender) => {
  const hub = await hubWithADossier(), told = new Set<string>();
  hub.carry = ({ destination, deliver }) => { told.add(destination); deliver(); };
  await hub.run(hub.at('beta').receive(Array.from({ length: made }, (_, number) => update(sender(number), { wantsReply: true, mark: 1_000 + number }))));
  await hub.time.pass(120_000);
  expect([...told].filter((one) => !services.includes(one))).toEqual([]);
  expect(hub.at('beta').status()).toMatchObject({ refused: made, outstandingUpdates: 0, state: 'ready' });
  const { seen } = await hub.at('beta').peerService.hello({ author: hub.author('alpha'), mark: 0 });
  expect([seen!.author, seen!.commit < 1_000]).toEqual([hub.author('alpha'), true]);
  const kept = new TextDecoder().decode((await hub.services.get('beta')!.store.load('0'.repeat(64)))!.aux);
  expect(Array.from({ length: made }, (_, number) => sender(number)).filter((one) => kept.includes(one))).toEqual([]);
  await hub.run(hub.at('alpha').handle(folder, add('r2', 7)));
  await hub.time.pass(10_000);
  expect(new Set(await hub.heads(folder, ...services)).size).toBe(1);
});

test('an update full of bytes that are no entries is told once, and counted', async () => {
  const hub = await hubWithADossier(), bytes: SealedEntry = { bytes: Buffer.from('?'), proof: null };
  await hub.run(hub.at('beta').receive([update(hub.author('alpha'), { entries: Array.from({ length: made }, () => bytes) })]));
  expect(hub.services.get('beta')!.deadLetters).toHaveLength(1);
  expect(hub.at('beta').status().refused).toBe(made);
});

/** As many entries as asked for, each with a body of `bodyBytes`, rightly signed by a service that writes beside its kernel. */
function signed(hub: ToyHub, author: string, count: number, bodyBytes = 2): SealedEntry[] {
  const found: SealedEntry[] = [];
  for (let seq = 1, prev = ''; seq <= count; seq++) {
    const content = { folder, author, seq, prev, seen: {}, item: '', term: 0, creates: [], handsTo: '', ends: false, cites: [], succeeds: null, kind: 'noted', recordedAt: hub.time.now, effectiveAt: hub.time.now };
    const bytes = encodeEntry(content, Buffer.from(JSON.stringify({ a: 'x'.repeat(bodyBytes) })));
    found.push({ bytes, proof: hub.keys.sign(author, prev = createHash('sha256').update(bytes).digest('hex')) });
  }
  return found;
}

// entries, bytes of each body, how many are taken
test.each([[256, 2, 256], [257, 2, 256], [400, 2, 256], [1, 65_000, 1], [1, 65_536, 0]])('of %i entries of an author, of %i bytes each, %i are taken', async (count, bodyBytes, taken) => {
  const hub = await hubWithADossier(), author = hub.keys.newIncarnation('gamma');
  await hub.run(hub.at('beta').receive([update(hub.author('alpha'), { entries: signed(hub, author, count, bodyBytes) })]));
  const [heads] = (await hub.at('beta').peerService.heads(hub.author('alpha'), [folder])).folders;
  expect([heads!.heads[author]?.seq ?? 0, hub.at('beta').status().refused]).toEqual([taken, count - taken]);
});
