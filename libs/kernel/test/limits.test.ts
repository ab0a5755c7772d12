/** Every bound, at it and beyond; what is refused leaves the folder as it was. */
import { describe, expect, test } from 'vitest';
import type { HubError } from '../src/index.ts';
import { add, oddity, open, pass } from './toy/toy-law.ts';
import type { ToyCommand } from './toy/toy-law.ts';
import { folderOf, ToyHub } from './toy/toy-hub.ts';
import type { ServiceSettings } from './toy/toy-hub.ts';

const folder = folderOf('limits');
const services = ['alpha', 'beta'];

async function opened(alpha: ServiceSettings = {}, beta: ServiceSettings = {}): Promise<ToyHub> {
  const hub = new ToyHub({ alpha, beta });
  await hub.start();
  await hub.run(hub.at('alpha').handle(folder, open('r0', { services })));
  return hub;
}

/** What becomes of a command: ok, a refusal's code or an error's. */
async function outcome(hub: ToyHub, command: ToyCommand, at = 'alpha'): Promise<string> {
  return hub.run(hub.at(at).handle(folder, command)).then((handled) => (handled.ok ? 'ok' : handled.refusal.code), (error: { readonly code: string }) => error.code);
}

describe('entries of one author in a folder', () => {
  test('commands stop where the entries that are kept for duties begin', async () => {
    const hub = await opened({ options: { maxEntriesPerAuthor: 5, reservedEntries: 2 } });
    expect([await outcome(hub, add('r1', 1)), await outcome(hub, add('r2', 1)), await outcome(hub, add('r3', 1))]).toEqual(['ok', 'ok', 'LOG_FULL']);
    expect((await hub.state('alpha', folder))?.total).toBe(2);
  });

  test('duties go on to the end', async () => {
    const hub = await opened({}, { options: { maxEntriesPerAuthor: 2, reservedEntries: 1 } });
    expect(await outcome(hub, pass('r1', hub.author('beta')))).toBe('ok');
    await hub.time.pass(100);
    expect(await outcome(hub, pass('r2', hub.author('alpha')), 'beta')).toBe('LOG_FULL'); // one entry, the takeover; the second is kept
    expect((await hub.state('alpha', folder))?.takenBy).toBe(hub.author('beta'));
  });
});

test('a duty for which there is no room sets the folder aside; what came is stored and acknowledged', async () => {
  const hub = await opened({}, { options: { maxEntriesPerAuthor: 0, reservedEntries: 0 } });
  expect(await outcome(hub, pass('r1', hub.author('beta')))).toBe('ok');
  await hub.time.pass(5_000);
  expect(hub.services.get('beta')!.alarms.map((error) => error.code)).toEqual(['FOLDER_FULL']);
  expect(new Set(await hub.heads(folder, ...services)).size).toBe(1);
  expect(await hub.services.get('alpha')!.store.unsettled(10)).toEqual([]);
});

describe('bytes of one entry', () => {
  const withText = (id: string, length: number): ToyCommand => ({ ...oddity(id, 'note'), decide: ({ state }) => ({ drafts: [{ item: state.item, kind: 'note', body: { text: 'x'.repeat(length) } }] }) });

  test('are allowed up to the limit, and one more is refused', async () => {
    const hub = await opened({ options: { maxEntryBytes: 1_000 } });
    const bytes = async (length: number): Promise<number> => Number(await hub.run(hub.at('alpha').handle(folder, withText('probe', length))).catch((error: HubError) => error.meta['bytes']));
    const first = 2_000 - (await bytes(2_000)) + 1_001; // the shortest text that makes 1,001 bytes: every character is one
    expect(await outcome(hub, withText('fits', first))).toBe('ok');
    // The id is longer by one, and so is the entry.
    await expect(hub.run(hub.at('alpha').handle(folder, withText('over1', first)))).rejects.toMatchObject({ code: 'ENTRY_TOO_LARGE', meta: { kind: 'note', bytes: '1001', limit: '1000' }, row: { next: 'stop' } });
  });
});

test('commands at work at once', async () => {
  const hub = await opened({ options: { maxCommands: 2 } });
  const outcomes = await Promise.all([outcome(hub, add('r1', 1)), outcome(hub, add('r2', 1)), outcome(hub, add('r3', 1))]);
  expect(outcomes).toEqual(['ok', 'ok', 'OVERLOADED']);
});

test('commands that wait for one folder', async () => {
  const hub = await opened({ options: { maxWaitingPerFolder: 1 } });
  const outcomes = await Promise.all([outcome(hub, add('r1', 1)), outcome(hub, add('r2', 1)), outcome(hub, add('r3', 1))]);
  expect(outcomes).toEqual(['ok', 'ok', 'FOLDER_BUSY']);
});

test.each([
  ['', 'REQUEST_ID_MISSING'], ['x', 'ok'], ['x'.repeat(64), 'ok'], ['x'.repeat(65), 'REQUEST_ID_INVALID'], ['a#b', 'REQUEST_ID_INVALID'], ['a b', 'REQUEST_ID_INVALID'], ['a\u0000', 'REQUEST_ID_INVALID'], ['số-1', 'ok'],
])('a request id %j is %s', async (id, expected) => {
  const hub = await opened();
  expect(await outcome(hub, add(id, 1))).toBe(expected);
});

test('folders kept in memory: one that was dropped is read again', async () => {
  const hub = await opened({ options: { maxOpenFolders: 1 } });
  await hub.run(hub.at('alpha').handle(folderOf('other'), open('r0', { services })));
  expect(hub.at('alpha').status().openFolders).toBe(1);
  expect(await outcome(hub, add('r1', 3))).toBe('ok');
  await hub.run(hub.at('alpha').handle(folderOf('other'), add('r1', 1)));
  expect((await hub.state('alpha', folder))?.total).toBe(3);
  expect(await outcome(hub, add('r1', 3))).toBe('ok');
  expect((await hub.state('alpha', folder))?.total).toBe(3);
});
