/** What a peer holds is asked of many folders together. */
import { describe, expect, test } from 'vitest';
import type { FolderId, Heads } from '@lienthong/folder';
import { HubError } from '../src/index.ts';
import type { FolderHeads } from '../src/index.ts';
import type { Kernel } from '../src/kernel.ts';
import { kernelDefaults } from '../src/options.ts';
import { PeerCopies } from '../src/peer-copies.ts';
import { open } from './toy/toy-law.ts';
import { folderOf, ToyHub } from './toy/toy-hub.ts';

const author = 'beta~0000000000000001', heads: Heads = { [author]: { seq: 1, hash: 'a'.repeat(64) } };
const told = (folders: readonly FolderId[]): FolderHeads[] => folders.map((folder) => ({ folder, heads }));

/** Asks one peer, which answers as told, about folders; answers what was asked of it and what came of each. */
async function asked(folders: readonly FolderId[], answer: (folders: readonly FolderId[]) => readonly FolderHeads[]): Promise<{ readonly questions: readonly string[]; readonly came: readonly unknown[] }> {
  const questions: string[] = [];
  const peer = { heads: async (_from: string, some: readonly FolderId[]) => { questions.push(some.join(' ')); return { author, folders: answer(some) }; } };
  const kernel = { author: 'alpha~0000000000000002', peers: { to: () => peer }, limits: { ...kernelDefaults, maxHeadsPerAsk: 3 } } as unknown as Kernel<unknown>;
  const copies = new PeerCopies(() => kernel), ends = await Promise.allSettled(folders.map((folder) => copies.headsAt('beta', folder)));
  return { questions, came: ends.map((end) => (end.status === 'fulfilled' ? end.value : (end.reason as HubError).code)) };
}

const held = { author, heads };
const silent = (): never => { throw new HubError('PEER_UNREACHABLE', { service: 'beta', problem: 'cut off' }); };
const damaged = (): never => { throw new HubError('FOLDER_DAMAGED', { folder: 'b', service: 'beta', problem: 'segment 0' }); };

test.each([
  ['one alone', 'a', told, ['a'], [held]],
  ['what comes while it is asked goes with the next question, in bounded numbers', 'a b c d e', told, ['a', 'b c d', 'e'], [held, held, held, held, held]],
  ['one wanted twice is asked about once', 'a b b', told, ['a', 'b'], [held, held, held]],
  ['those of which it does not tell are asked about again', 'a b c d e', (some: readonly FolderId[]) => told(some.slice(0, 2)), ['a', 'b c d', 'd e'], [held, held, held, held, held]],
  ['of what it never tells it is told so', 'a b c', (some: readonly FolderId[]) => told(some.filter((one) => one !== 'b')), ['a', 'b c', 'b'], [held, null, held]],
  ['where it fails to tell of several, each is to be asked for alone', 'a b c', (some: readonly FolderId[]) => (some.length > 1 ? damaged() : told(some)), ['a', 'b c'], [held, null, null]],
  ['where it does not answer nobody waits for more questions', 'a b c d e', silent, ['a'], Array(5).fill('PEER_UNREACHABLE')],
] as const)('%s', async (_what, folders, answer, questions, came) => {
  expect(await asked(folders.split(' '), answer)).toEqual({ questions, came });
});

describe('a peer whose disk is slow', () => {
  test('tells of as many folders as it can within a deadline', async () => {
    const hub = new ToyHub({ alpha: {}, beta: {} }), folders = Array.from({ length: 100 }, (_, n) => folderOf(`folder ${n}`));
    await hub.start();
    for (const folder of folders) await hub.run(hub.at('alpha').handle(folder, open('r1', { services: ['alpha', 'beta'] })));
    await hub.time.pass(10_000);
    hub.crash('beta');
    await hub.start('beta');
    const { store } = hub.services.get('beta')!, load = store.load.bind(store);
    let freeAt = 0;
    store.load = (id) => new Promise((done) => {
      freeAt = Math.max(freeAt, hub.time.now) + 100;
      hub.time.later(freeAt - hub.time.now, () => done(load(id)));
    });
    const { folders: some } = await hub.run(hub.at('beta').peerService.heads(hub.author('alpha'), folders), kernelDefaults.peerDeadlineMs - 1_000);
    expect(some.map(({ folder }) => folder)).toEqual(folders.slice(0, some.length));
    expect(some.length).toBeGreaterThan(0);
    expect(some.length).toBeLessThan(folders.length);
  });
});
