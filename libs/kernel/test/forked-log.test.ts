/** Somebody writes with the key of a service beside its store: its log is forked, and everybody comes to know. */
import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { encodeEntry } from '../src/index.ts';
import type { FolderUpdate } from '../src/index.ts';
import { add, open } from './toy/toy-law.ts';
import { folderOf, ToyHub } from './toy/toy-hub.ts';

const services = ['alpha', 'beta', 'gamma'];
const folder = folderOf('forked');

/** Another second entry of alpha, rightly signed, as somebody with a copy of its store would write it. */
async function forgedSecond(hub: ToyHub): Promise<FolderUpdate> {
  const author = hub.author('alpha'), recordedAt = hub.time.now;
  const first = await hub.run(hub.at('alpha').peerService.heads(author, [folder]));
  const state = (await hub.state('alpha', folder))!;
  const content = { folder, author, seq: 2, prev: first.folders[0]!.heads[author]!.hash, seen: {}, item: state.item, term: 1, creates: [], handsTo: '', ends: false, cites: [], succeeds: null, kind: 'added', recordedAt, effectiveAt: recordedAt };
  const bytes = encodeEntry(content, new TextEncoder().encode(JSON.stringify({ n: 99 })));
  const proof = hub.keys.sign(author, createHash('sha256').update(bytes).digest('hex'));
  return { folder, sender: author, heads: first.folders[0]!.heads, entries: [{ bytes, proof }], wantsReply: false, mark: 0 };
}

test('an old entry that comes when all is settled is told to the service whose log it forks, and to all others', async () => {
  const never = { sweepEveryMs: 86_400_000 };
  const hub = new ToyHub({ alpha: { options: never }, beta: { options: never }, gamma: { options: never } });
  await hub.start();
  await hub.run(hub.at('alpha').handle(folder, open('r1', { services })));
  await hub.time.pass(10_000);
  const old = hub.author('alpha'), forged = await forgedSecond(hub);
  await hub.run(hub.at('alpha').handle(folder, add('r2', 7)));
  await hub.time.pass(10_000);
  for (const name of services) expect(await hub.services.get(name)!.store.unsettled(10)).toEqual([]);

  await hub.run(hub.at('gamma').receive([forged]));
  expect(hub.services.get('gamma')!.forks).toEqual([`${old}/2`]);
  await hub.time.pass(60_000);
  expect(hub.keys.predecessorsOf(hub.author('alpha'))).toEqual([old]);
  expect(new Set(await hub.heads(folder, ...services)).size).toBe(1);
  for (const name of services) expect(await hub.services.get(name)!.store.unsettled(10)).toEqual([]);
});

test('what forks a log is unsettled with the very write that takes it in, so that a crash does not forget to tell', async () => {
  const hub = new ToyHub({ alpha: {}, beta: {}, gamma: {} });
  await hub.start();
  await hub.run(hub.at('alpha').handle(folder, open('r1', { services })));
  await hub.time.pass(10_000);
  const forged = await forgedSecond(hub);
  await hub.run(hub.at('alpha').handle(folder, add('r2', 7)));
  await hub.time.pass(10_000);
  hub.carry = () => {};
  await hub.run(hub.at('gamma').receive([forged]));
  expect((await hub.services.get('gamma')!.store.unsettled(10))).toEqual([folder]);
});

describe('what a copy of a store wrote beside it', () => {
  const settings = { sweepEveryMs: 86_400_000 };

  /** Both others take it for alpha's; alpha hears what they hold, and cannot ask for it. */
  async function strayed(): Promise<{ readonly hub: ToyHub; readonly old: string }> {
    const hub = new ToyHub({ alpha: { options: settings }, beta: { options: settings }, gamma: { options: settings } });
    await hub.start();
    await hub.run(hub.at('alpha').handle(folder, open('r1', { services })));
    await hub.time.pass(10_000);
    const old = hub.author('alpha'), forged = await forgedSecond(hub);
    const head = { seq: 2, hash: createHash('sha256').update(forged.entries[0]!.bytes).digest('hex') };
    for (const name of ['beta', 'gamma']) hub.cutOff.add(name);
    for (const name of ['beta', 'gamma']) await hub.run(hub.at(name).receive([{ ...forged, heads: { ...forged.heads, [old]: head }, wantsReply: true }]));
    await hub.time.pass(10);
    expect(hub.author('alpha')).toBe(old);
    return { hub, old };
  }

  async function expectTakenOver({ hub, old }: Awaited<ReturnType<typeof strayed>>): Promise<void> {
    hub.cutOff.clear();
    await hub.time.pass(60_000);
    expect(hub.keys.predecessorsOf(hub.author('alpha'))).toEqual([old]);
    expect((await hub.state('alpha', folder))?.total).toBe(99);
    expect(new Set(await hub.heads(folder, ...services)).size).toBe(1);
    for (const name of services) expect(await hub.services.get(name)!.store.unsettled(10)).toEqual([]);
  }

  test('is asked for until somebody shows it, though each of them thinks that the service has it', async () => {
    await expectTakenOver(await strayed());
  });

  test('is asked for after a start, too', async () => {
    const strays = await strayed();
    strays.hub.crash('alpha');
    await strays.hub.start('alpha');
    await expectTakenOver(strays);
  });
});
