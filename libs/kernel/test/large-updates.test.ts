/** A history that one message of the bus cannot carry arrives all the same: in pieces, or pulled. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { folder as contract } from '@lienthong/contract';
import { cutUpdate, encodeUpdate } from '../src/index.ts';
import type { FolderUpdate, KernelOptions, SealedEntry } from '../src/index.ts';
import { folderOf, ToyHub } from './toy/toy-hub.ts';
import { add, open, pass } from './toy/toy-law.ts';

const authors = ['alpha~0123456789abcdef', 'beta~0123456789abcdef'];
const alone = { keyId: authors[0]!, signature: new Uint8Array(64) }, together = { ...alone, path: new Uint8Array(330) };

/** Entries of several authors; the last of each has a proof, as in everything that travels. */
const histories: fc.Arbitrary<SealedEntry[]> = fc.array(fc.record({ author: fc.constantFrom(...authors), size: fc.integer({ min: 0, max: 1_500 }), proved: fc.boolean(), proof: fc.constantFrom(alone, together) }), { maxLength: 40 }).map((drawn) =>
  drawn.map(({ author, size, proved, proof }, at) => ({
    bytes: contract.Entry.encode(contract.Entry.fromPartial({ author, seq: at + 1, body: new Uint8Array(size) })).finish(),
    proof: proved || !drawn.slice(at + 1).some((later) => later.author === author) ? proof : null,
  })));

const authorIn = (entry: SealedEntry): string => contract.Entry.decode(entry.bytes).author;
const updateOf = (entries: readonly SealedEntry[]): FolderUpdate => ({ folder: 'a'.repeat(64), sender: authors[0]!, heads: { [authors[0]!]: { seq: 3, hash: 'b'.repeat(64) } }, entries, wantsReply: true, mark: 5 });

describe('an update that is too large', () => {
  const maxUpdates = 4;
  test('is cut: each piece fits and hangs in no air, in order, and the last says whether there is more', () => {
    fc.assert(fc.property(histories, fc.integer({ min: 900, max: 20_000 }), (entries, maxBytes) => {
      const cut = cutUpdate(updateOf(entries), maxBytes, maxUpdates);
      expect(cut.length).toBeLessThanOrEqual(maxUpdates);
      const carried = cut.flatMap((one) => one.entries);
      expect(carried).toEqual(entries.slice(0, carried.length));
      expect(cut.map((one) => one.more ?? false)).toEqual(cut.map((_, at) => at === cut.length - 1 && carried.length < entries.length));
      expect(cut.map((one) => one.wantsReply)).toEqual(cut.map((_, at) => at === cut.length - 1));
      for (const piece of cut) {
        expect(encodeUpdate(piece).byteLength).toBeLessThanOrEqual(maxBytes);
        for (const author of authors) {
          const last = piece.entries.filter((entry) => authorIn(entry) === author).at(-1);
          if (last !== undefined) expect(last.proof).not.toBeNull();
        }
      }
    }));
  });

  test('counts the paths of entries that were signed together', () => {
    const entries = Array.from({ length: 40 }, (_, at) => ({ bytes: contract.Entry.encode(contract.Entry.fromPartial({ author: authors[0]!, seq: at + 1 })).finish(), proof: together }));
    const cut = cutUpdate(updateOf(entries), 8_000, 100);
    expect(cut.flatMap((one) => one.entries)).toEqual(entries);
    for (const piece of cut) expect(encodeUpdate(piece).byteLength).toBeLessThanOrEqual(8_000);
  });

  test('that fits stays as it is', () => {
    const update = updateOf([]);
    expect(cutUpdate(update, 10_000, maxUpdates)).toEqual([update]);
  });
});

/** Entries of the toy law take some 300 bytes, 600 with all that may stand beside them. */
const withLimits = (options: KernelOptions) => ({ alpha: { options }, beta: { options }, gamma: { options } });
const travels: [string, KernelOptions, boolean][] = [
  // limits, whether the receiver had to pull
  ['pieces of one or two entries', { maxRecordBytes: 1_600, maxRecordsPerUpdate: 100 }, false],
  ['a few pieces, and the rest is pulled', { maxRecordBytes: 1_600, maxRecordsPerUpdate: 3 }, true],
  ['no piece at all: everything is pulled', { maxRecordBytes: 400, maxRecordsPerUpdate: 8 }, true],
];

describe('a long history', () => {
  test.each(travels)('in %s, ends in equal copies', async (_how, options, pulled) => {
    const hub = new ToyHub(withLimits(options));
    const sent: FolderUpdate[] = [];
    hub.carry = ({ update, deliver }) => { sent.push(update); deliver(); };
    await hub.start();
    // Nobody can be reached while the history grows: then it is told at once.
    const folder = folderOf('long');
    hub.carry = () => {};
    await hub.run(hub.at('alpha').handle(folder, open('open', { services: ['alpha', 'beta', 'gamma'] })));
    for (let n = 1; n <= 12; n++) await hub.run(hub.at('alpha').handle(folder, add(`add${n}`, n)));
    hub.carry = ({ update, deliver }) => { sent.push(update); deliver(); };
    await hub.run(hub.at('alpha').handle(folder, pass('pass', hub.author('beta'))));
    await hub.time.pass(200_000);
    expect(new Set(await hub.heads(folder, 'alpha', 'beta', 'gamma')).size).toBe(1);
    expect((await hub.state('beta', folder))?.total).toBe(78);
    expect(Math.max(...sent.map((one) => encodeUpdate(one).byteLength))).toBeLessThanOrEqual(options.maxRecordBytes!);
    expect(sent.some((one) => one.more)).toBe(pulled);
    for (const name of ['alpha', 'beta', 'gamma']) expect(hub.at(name).status()).toMatchObject({ outstandingUpdates: 0 });
  });

  test('whose sender cannot be called for a while is pulled when it can', async () => {
    const hub = new ToyHub(withLimits({ maxRecordBytes: 400 }));
    await hub.start();
    const folder = folderOf('cut-off');
    hub.cutOff.add('alpha');
    await hub.run(hub.at('alpha').handle(folder, open('open', { services: ['alpha', 'beta'] })));
    await hub.run(hub.at('alpha').handle(folder, pass('pass', hub.author('beta'))));
    await hub.time.pass(30_000);
    expect(await hub.state('beta', folder)).toBeUndefined();
    hub.cutOff.delete('alpha');
    await hub.time.pass(120_000);
    expect((await hub.state('beta', folder))?.takenBy).toBe(hub.author('beta'));
    expect(new Set(await hub.heads(folder, 'alpha', 'beta')).size).toBe(1);
  });
});
