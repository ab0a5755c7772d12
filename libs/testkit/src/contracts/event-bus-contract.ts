/** What every event bus must do, run against each adapter. Receivers tell updates apart by their mark. */
import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { EventBus, Subscription, UpdateHandler } from '@lienthong/kernel/ports/event-bus';
import type { FolderUpdate } from '@lienthong/kernel';

/** Channels of three services, `alpha`, `beta` and `gamma`, with nothing in them. */
export type BusUnderTest = {
  /** As one process sees it. */
  readonly bus: EventBus;
  /** As another process sees it. */
  another(): EventBus;
  /** A subscriber is given something, answers nothing and dies without a word. Resolves with the marks it was given. */
  dieWithABatch(service: string): Promise<readonly number[]>;
  dispose(): Promise<void>;
};

export type BusClaims = {
  /** Subscribers of one service in several processes share what comes. */
  readonly instances: boolean;
};

/** Longer than a group takes to notice that a member died. */
export const arrivesWithinMs = 30_000;
const pollMs = 10;
/** Time in which something that must not happen would have. */
const nothingMs = 300;

export const sender = 'alpha~0123456789abcdef';
export const folderNumbered = (n: number): string => createHash('sha256').update(String(n)).digest('hex');
export const updateNumbered = (mark: number, folder = mark): FolderUpdate => ({ folder: folderNumbered(folder), sender, heads: {}, entries: [], wantsReply: false, mark });
export const marksFrom = (first: number, last: number): number[] => Array.from({ length: last - first + 1 }, (_, at) => first + at);
export const sorted = (marks: readonly number[]): number[] => [...marks].sort((a, b) => a - b);
export const different = (marks: readonly number[]): number[] => sorted([...new Set(marks)]);

export async function eventually(what: () => boolean): Promise<void> {
  for (const until = Date.now() + arrivesWithinMs; !what(); await sleep(pollMs)) if (Date.now() > until) throw new Error(`not within ${arrivesWithinMs} ms: ${what.toString()}`);
}

/** A subscriber that takes everything. */
export async function takeAll(bus: EventBus, service: string, handler: UpdateHandler = async () => {}): Promise<{ readonly marks: number[]; readonly subscription: Subscription }> {
  const marks: number[] = [];
  const subscription = await bus.subscribe(service, async (batch) => { await handler(batch); marks.push(...batch.map(({ mark }) => mark)); });
  return { marks, subscription };
}

export function eventBusContract(name: string, make: () => Promise<BusUnderTest>, claims: BusClaims): void {
  describe(`${name} keeps the promises of an event bus`, () => {
    let under: BusUnderTest;
    beforeEach(async () => { under = await make(); });
    afterEach(() => under.dispose());
    deliveryCases(() => under);
    acknowledgementCases(() => under);
    if (claims.instances) instanceCases(() => under);
  });
}

function deliveryCases(under: () => BusUnderTest): void {
  test('what is published is handled, in the order of each folder', async () => {
    const { bus } = under();
    const { marks } = await takeAll(bus, 'beta');
    for (let first = 1; first <= 91; first += 10) await bus.publish('beta', marksFrom(first, first + 9).map((mark) => updateNumbered(mark, mark % 7)));
    await eventually(() => marks.length >= 100);
    expect(different(marks)).toEqual(marksFrom(1, 100));
    for (let folder = 0; folder < 7; folder++) expect(marks.filter((mark) => mark % 7 === folder)).toEqual(marksFrom(1, 100).filter((mark) => mark % 7 === folder));
  });

  test('what is published before anybody reads is kept', async () => {
    const { bus } = under();
    await bus.publish('beta', [updateNumbered(1)]);
    const { marks } = await takeAll(bus, 'beta');
    await eventually(() => marks.length > 0);
    expect(marks).toEqual([1]);
  });

  test('a large batch arrives whole', async () => {
    const { bus } = under();
    const { marks } = await takeAll(bus, 'beta');
    await bus.publish('beta', marksFrom(1, 3_000).map((mark) => updateNumbered(mark)));
    await eventually(() => marks.length >= 3_000);
    expect(different(marks)).toEqual(marksFrom(1, 3_000));
  });

  test('an empty batch is nothing', async () => {
    await expect(under().bus.publish('beta', [])).resolves.toBeUndefined();
  });

  test('nobody gets what is for another', async () => {
    const { bus } = under();
    const [beta, gamma] = [await takeAll(bus, 'beta'), await takeAll(bus, 'gamma')];
    await Promise.all([bus.publish('beta', [updateNumbered(1)]), bus.publish('gamma', [updateNumbered(2)])]);
    await eventually(() => beta.marks.length > 0 && gamma.marks.length > 0);
    expect([beta.marks, gamma.marks]).toEqual([[1], [2]]);
  });

  test('an update arrives as it was', async () => {
    const { bus } = under();
    const got: FolderUpdate[] = [];
    await bus.subscribe('beta', async (batch) => { got.push(...batch); });
    const update: FolderUpdate = {
      folder: folderNumbered(1), sender, heads: { [sender]: { seq: 3, hash: 'ab'.repeat(32) } }, wantsReply: true, mark: 17, more: true, partial: true,
      entries: [{ bytes: new Uint8Array([1, 2, 3]), proof: null }, { bytes: new Uint8Array([4]), proof: { keyId: sender, signature: new Uint8Array(64).fill(7) } }, { bytes: new Uint8Array([5]), proof: { keyId: sender, signature: new Uint8Array(64).fill(8), path: new Uint8Array(33).fill(9) } }],
    };
    await bus.publish('beta', [update]);
    await eventually(() => got.length > 0);
    const plain = ({ entries, ...rest }: FolderUpdate): object => ({ ...rest, entries: entries.map(({ bytes, proof }) => [[...bytes], proof === null ? null : [proof.keyId, [...proof.signature], [...proof.path ?? []]]]) });
    expect(plain(got[0]!)).toEqual(plain(update));
  });
}

function acknowledgementCases(under: () => BusUnderTest): void {
  test('a rejected batch comes again until it is taken', async () => {
    const { bus } = under();
    let left = 3;
    const tries: number[] = [];
    const { marks } = await takeAll(bus, 'beta', async (batch) => { tries.push(...batch.map(({ mark }) => mark)); if (left-- > 0) throw new Error('not yet'); });
    await bus.publish('beta', [updateNumbered(1, 1), updateNumbered(2, 1)]);
    await eventually(() => different(marks).length === 2);
    expect(tries.filter((mark) => mark === 1).length).toBeGreaterThanOrEqual(4);
  });

  test('what a dead subscriber had not answered comes to the next', async () => {
    const { bus } = under();
    await bus.publish('beta', marksFrom(1, 5).map((mark) => updateNumbered(mark, 1)));
    const given = await under().dieWithABatch('beta');
    expect(given.length).toBeGreaterThan(0);
    const { marks } = await takeAll(bus, 'beta');
    await eventually(() => different(marks).length === 5);
  });

  test('stopping waits for the handler, and what it took does not come again', async () => {
    const { bus } = under();
    let release: () => void = () => {};
    const held = new Promise<void>((resolve) => { release = resolve; });
    const began: number[] = [];
    const { marks, subscription } = await takeAll(bus, 'beta', async (batch) => { began.push(...batch.map(({ mark }) => mark)); await held; });
    await bus.publish('beta', [updateNumbered(1, 1)]);
    await eventually(() => began.length > 0);
    let stopped = false;
    const stopping = subscription.stop().then(() => { stopped = true; });
    await sleep(nothingMs);
    expect(stopped).toBe(false);
    release();
    await stopping;
    expect(marks).toEqual([1]);
    const next = await takeAll(bus, 'beta');
    await bus.publish('beta', [updateNumbered(2, 1)]);
    await eventually(() => next.marks.includes(2));
    expect([next.marks, marks]).toEqual([[2], [1]]);
  });

  test('a stopped subscriber gets nothing more', async () => {
    const { bus } = under();
    const first = await takeAll(bus, 'beta');
    await bus.publish('beta', [updateNumbered(1)]);
    await eventually(() => first.marks.length > 0);
    await first.subscription.stop();
    await bus.publish('beta', [updateNumbered(2)]);
    await sleep(nothingMs);
    expect(first.marks).toEqual([1]);
    const next = await takeAll(bus, 'beta');
    await eventually(() => next.marks.length > 0);
    expect(next.marks).toEqual([2]);
  });
}

function instanceCases(under: () => BusUnderTest): void {
  test('two instances share what comes, and one takes over all when the other goes', async () => {
    const other = under().another();
    const [one, two] = [await takeAll(under().bus, 'beta'), await takeAll(other, 'beta')];
    let mark = 0;
    const publishUntil = async (enough: () => boolean): Promise<void> => {
      for (const until = Date.now() + arrivesWithinMs; !enough(); await sleep(pollMs)) {
        if (Date.now() > until) throw new Error('the instances do not share');
        await under().bus.publish('beta', marksFrom(mark + 1, mark += 20).map((next) => updateNumbered(next)));
      }
    };
    await publishUntil(() => one.marks.length > 0 && two.marks.length > 0);
    const both = (): number[] => different([...one.marks, ...two.marks]);
    await eventually(() => both().length === mark);
    await two.subscription.stop();
    const before = mark;
    await under().bus.publish('beta', marksFrom(mark + 1, mark += 60).map((next) => updateNumbered(next)));
    await eventually(() => both().length === mark);
    expect(sorted(two.marks).every((got) => got <= before)).toBe(true);
  });
}
