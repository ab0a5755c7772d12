/** Bytes of a stored folder that are not those that were written: noticed when they are read, told, and mended from those who hold the folder. */
import { describe, expect, test } from 'vitest';
import { readSegments } from '../src/index.ts';
import { add, open, pass } from './toy/toy-law.ts';
import { folderOf, ToyHub } from './toy/toy-hub.ts';

const services = ['alpha', 'beta', 'gamma'], folder = folderOf('damaged'), other = folderOf('sound');
const later = 400_000;

/** Alpha's segments: three of its own, then two that it received. */
async function worked(): Promise<ToyHub> {
  const hub = new ToyHub({ alpha: {}, beta: {}, gamma: {} });
  await hub.start();
  await hub.run(hub.at('alpha').handle(folder, open('r1', { services })));
  await hub.run(hub.at('alpha').handle(other, open('r1', { services })));
  await hub.run(hub.at('alpha').handle(folder, add('r2', 1)));
  await hub.run(hub.at('alpha').handle(folder, pass('r3', hub.author('beta'))), 100);
  await hub.run(hub.at('beta').handle(folder, add('r4', 2)), 100_000);
  return hub;
}

const segmentsAt = (hub: ToyHub, name = 'alpha'): readonly Uint8Array[] => hub.services.get(name)!.store.backup().rows.get(folder)!.segments;

/** Four bytes of one segment are turned while alpha is stopped. */
async function turnBytes(hub: ToyHub, place: number, at: (length: number) => number, written = (bytes: Uint8Array): Uint8Array => bytes): Promise<void> {
  const { store } = hub.services.get('alpha')!, backup = store.backup(), row = backup.rows.get(folder)!;
  const segments = row.segments.map(written).map((bytes, n) => (n === place ? Uint8Array.from(bytes, (byte, b) => (b >= at(bytes.length) && b < at(bytes.length) + 4 ? byte ^ 0xff : byte)) : bytes));
  hub.restore('alpha', { ...backup, rows: new Map([...backup.rows, [folder, { ...row, segments }]]) });
  await hub.start('alpha');
}

const inBody = (length: number): number => Math.floor(length / 2), inProof = (length: number): number => length - 12, inFraming = (): number => 0, inChecksum = (length: number): number => length - 4;
const damages = [
  ['the first entry, an own one', 0, inBody], ['an own entry in the middle', 1, inBody], ['the last own entry', 2, inBody], ['an entry that was received', 3, inBody], ['the last entry', 4, inBody],
  ['the proof of an own entry', 1, inProof], ['the proof of the last entry', 4, inProof], ['the framing of the first', 0, inFraming], ['the framing of the last', 4, inFraming],
] as const;
const codes = (hub: ToyHub): readonly string[] => hub.at('alpha').status().troubles.map(({ code }) => code);

describe.each(damages)('damage in %s', (_what, place, at) => {
  test('shows when the folder is read, in the status, too; nothing is told of it and nothing written', async () => {
    const hub = await worked();
    expect(segmentsAt(hub)).toHaveLength(5);
    hub.cutOff.add('beta').add('gamma');
    await turnBytes(hub, place, at);
    const before = segmentsAt(hub);
    await expect(hub.state('alpha', folder)).rejects.toMatchObject({ code: 'FOLDER_DAMAGED', meta: { folder, service: 'alpha' } });
    await expect(hub.run(hub.at('alpha').handle(folder, add('r9', 1)))).rejects.toMatchObject({ code: 'FOLDER_DAMAGED' });
    await expect(hub.run(hub.at('alpha').peerService.pull(hub.author('beta'), folder, {}))).rejects.toMatchObject({ code: 'FOLDER_DAMAGED' });
    expect(codes(hub)).toEqual(['FOLDER_DAMAGED']);
    expect(hub.at('alpha').status().setAside.map((one) => one.folder)).toEqual([folder]);
    expect(segmentsAt(hub)).toEqual(before);
    expect(await hub.state('alpha', other)).toMatchObject({ total: 0 });
  });

  test('is mended by what others hold, and stays so', async () => {
    const hub = await worked();
    await turnBytes(hub, place, at);
    expect(await hub.state('alpha', folder)).toMatchObject({ total: 3, requests: ['r1', 'r2', 'r3', 'r4'] });
    expect(codes(hub)).toEqual([]);
    expect(hub.at('alpha').status().setAside).toEqual([]);
    const [mine, theirs] = await hub.heads(folder, 'alpha', 'gamma');
    expect(mine).toBe(theirs);
    expect(readSegments(segmentsAt(hub)).damaged.size).toBe(0);
    hub.cutOff.add('beta').add('gamma');
    hub.crash('alpha');
    await hub.start('alpha');
    expect(await hub.state('alpha', folder)).toMatchObject({ total: 3 });
    expect(hub.keys.predecessorsOf(hub.author('alpha'))).toEqual([]);
  });
});

describe('a damaged copy', () => {
  test('of which only a checksum is damaged needs nobody else', async () => {
    const hub = await worked();
    hub.cutOff.add('beta').add('gamma');
    await turnBytes(hub, 2, inChecksum);
    expect(await hub.state('alpha', folder)).toMatchObject({ total: 3 });
    expect(readSegments(segmentsAt(hub)).damaged.size).toBe(0);
  });

  test('that was written before there were checksums shows by its chain, and is mended', async () => {
    const hub = await worked();
    hub.cutOff.add('beta').add('gamma');
    await turnBytes(hub, 1, inBody, (bytes) => bytes.subarray(0, -5));
    await expect(hub.state('alpha', folder)).rejects.toMatchObject({ code: 'FOLDER_DAMAGED' });
    hub.cutOff.clear();
    await hub.run(hub.at('alpha').retry(folder));
    expect(await hub.state('alpha', folder)).toMatchObject({ total: 3, requests: ['r1', 'r2', 'r3', 'r4'] });
  });

  test('is mended once those who hold it are back, though nobody asks for it', async () => {
    const hub = await worked();
    hub.cutOff.add('beta').add('gamma');
    await turnBytes(hub, 1, inBody);
    await expect(hub.state('alpha', folder)).rejects.toMatchObject({ code: 'FOLDER_DAMAGED' });
    hub.cutOff.clear();
    await hub.time.pass(later);
    expect(codes(hub)).toEqual([]);
    expect(await hub.state('alpha', folder)).toMatchObject({ total: 3 });
  });

  test('is mended at once when an operator has it tried again', async () => {
    const hub = await worked();
    hub.cutOff.add('beta').add('gamma');
    await turnBytes(hub, 1, inBody);
    await expect(hub.run(hub.at('alpha').retry(folder))).rejects.toMatchObject({ code: 'FOLDER_DAMAGED' });
    hub.cutOff.clear();
    await hub.run(hub.at('alpha').retry(folder));
    expect(codes(hub)).toEqual([]);
  });

  test('keeps nothing else of what the bus brings from being taken, acknowledges nothing, and hears it again when it is mended', async () => {
    const hub = await worked();
    hub.cutOff.add('beta').add('gamma');
    await turnBytes(hub, 3, inBody);
    await hub.run(hub.at('beta').handle(folder, add('r5', 4)), 1_000);
    await hub.run(hub.at('beta').handle(folderOf('beside'), open('r6', { services })), 1_000);
    expect(await hub.state('alpha', folderOf('beside'))).toMatchObject({ total: 0 });
    expect(hub.at('beta').status().outstandingUpdates).toBeGreaterThan(0);
    hub.cutOff.clear();
    await hub.time.pass(later);
    expect(await hub.state('alpha', folder)).toMatchObject({ total: 7 });
    expect(hub.at('beta').status().outstandingUpdates).toBe(0);
  });

  test.each([['its bytes', inBody], ['its framing', inFraming]])('is not passed off as whole where nobody else ever had what is damaged: %s', async (_what, at) => {
    const hub = await worked();
    await hub.run(hub.at('beta').handle(folder, pass('r5', hub.author('alpha'))), 100_000);
    hub.carry = () => {};
    await hub.run(hub.at('alpha').handle(folder, add('r6', 8)));
    const last = segmentsAt(hub).length - 1;
    await turnBytes(hub, last, at);
    await hub.time.pass(later);
    await expect(hub.state('alpha', folder)).rejects.toMatchObject({ code: 'FOLDER_DAMAGED' });
    expect(segmentsAt(hub)).toHaveLength(last + 1);
    expect(codes(hub)).toEqual(['FOLDER_DAMAGED']);
    expect(hub.services.get('alpha')!.alarms.filter(({ code }) => code === 'FOLDER_DAMAGED')).toHaveLength(1);
  });

  test('that nobody can mend keeps another service, which lost its store, from no other folder', async () => {
    const hub = await worked();
    hub.cutOff.add('beta').add('gamma');
    await turnBytes(hub, 1, inBody);
    for (const name of ['beta', 'gamma']) {
      const backup = hub.services.get(name)!.store.backup();
      hub.restore(name, { ...backup, rows: new Map([...backup.rows].filter(([id]) => id !== folder)) });
    }
    hub.cutOff.clear();
    await hub.start('beta', 'gamma');
    hub.restore('beta', null);
    await hub.start('beta');
    await hub.time.pass(later);
    await expect(hub.state('alpha', folder)).rejects.toMatchObject({ code: 'FOLDER_DAMAGED' });
    expect(hub.at('beta').status()).toMatchObject({ state: 'ready', comparisons: 0, succession: { predecessors: [expect.any(String)] } });
    expect(await hub.run(hub.at('alpha').handle(other, add('r8', 5)), 10_000)).toMatchObject({ ok: true });
    expect(await hub.state('beta', other)).toMatchObject({ total: 5 });
  });

  test('that nobody can mend does not keep its own service, whose store was put back, from going through all others', async () => {
    const hub = await worked();
    await hub.run(hub.at('beta').handle(folder, pass('r5', hub.author('alpha'))), 100_000);
    hub.carry = () => {};
    await hub.run(hub.at('alpha').handle(folder, add('r6', 8)));
    const backup = hub.services.get('alpha')!.store.backup();
    await turnBytes(hub, segmentsAt(hub).length - 1, inBody);
    hub.restore('alpha', { ...hub.services.get('alpha')!.store.backup(), commit: backup.commit - 1 });
    hub.carry = ({ deliver }) => deliver();
    await hub.start('alpha');
    await hub.time.pass(later);
    await expect(hub.state('alpha', folder)).rejects.toMatchObject({ code: 'FOLDER_DAMAGED' });
    expect(hub.at('alpha').status()).toMatchObject({ state: 'ready', comparisons: 0, succession: { predecessors: [expect.any(String)] } });
    expect(await hub.run(hub.at('alpha').handle(other, add('r8', 5)), 10_000)).toMatchObject({ ok: true });
    expect(await hub.state('beta', other)).toMatchObject({ total: 5 });
  });
});
