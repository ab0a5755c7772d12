import { createDeskService } from '@lienthong/dossier-service';
import type { Claim, Claimant, Fate, Host, NumberSeries } from '@lienthong/dossier-service';
import { memoryHub } from '@lienthong/testkit';
import type { MemoryHub } from '@lienthong/testkit';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { claimOnce, claimUntilOver, ownerOnce } from '../src/claim-once.ts';
import { maxPendingNumbers, numbersPerLease } from '../src/number-book.ts';
import { numberSeries, writesPerBook } from '../src/number-series.ts';

let hub: MemoryHub, host: Host;
beforeAll(async () => {
  hub = await memoryHub({ services: ['till'], compose: (portsOf) => [createDeskService(portsOf('till'), { name: 'till', register: null })] });
  const { participant } = hub.modules[0]!;
  host = { service: 'till', participant, environment: hub.environment, world: hub.world, documents: { put: async () => ({ ok: false, refusal: 'empty' }), get: async () => undefined, stat: async () => undefined }, evidence: async () => [], rehearsalsAllowed: true };
  // Fates are asked of folders that exist.
  await claimOnce(host, 'test', 'any', 'folder');
});
afterAll(() => hub.stop());

const item = (n: number, state = 'open'): Claimant => ({ folder: host.world.hash(new TextEncoder().encode('once|test|any')), item: `till~0/1/${n}`, state });

/** What the items' own histories would say; absent: nothing has been written. */
type World = Map<string, number | 'never'>;
let names = 0;

function seriesOver(world: World, options: { readonly name?: string; readonly last?: number } = {}): { readonly series: NumberSeries; readonly name: string } {
  const name = options.name ?? `series-${++names}`;
  const fate = (claim: Claim): Fate => { const said = world.get(claim.item); return said === claim.number ? 'used' : said === undefined ? 'waiting' : 'free'; };
  return { name, series: numberSeries(host, { name, last: options.last ?? 1_000_000, sideOf: (of) => (of.startsWith('DT') ? 'rehearsal' : 'real'), fate }) };
}

describe('numbers of a series', () => {
  test('follow one another; each series has its own', async () => {
    const world: World = new Map(), { series } = seriesOver(world);
    const use = async (n: number, of = 'a'): Promise<number> => { const number = await series.take(of, item(n)); world.set(item(n).item, number); return number; };
    expect([await use(1), await use(2), await use(3), await use(4, 'b'), await use(5)]).toEqual([1, 2, 3, 1, 4]);
  });

  test('end when it is closed: what comes then gets none, what has one keeps it', async () => {
    const world: World = new Map(), { series } = seriesOver(world);
    world.set(item(1).item, await series.take('a', item(1)));
    expect(await series.close('a')).toBe(1);
    await expect(series.take('a', item(2))).rejects.toMatchObject({ code: 'SERIES_CLOSED', meta: { series: expect.stringContaining('a') } });
    expect(await series.close('a')).toBe(1);
  });

  test('an item that asks again, also after a restart, gets the number it has', async () => {
    const world: World = new Map(), { series, name } = seriesOver(world);
    expect([await series.take('a', item(1)), await series.take('a', item(1))]).toEqual([1, 1]);
    const restarted = seriesOver(world, { name }).series;
    expect([await restarted.take('a', item(2)), await restarted.take('a', item(1))]).toEqual([2, 1]);
  });

  test('a number whose item can never bear it goes to the next that asks', async () => {
    const world: World = new Map(), { series } = seriesOver(world);
    for (const n of [1, 2, 3]) await series.take('a', item(n));
    world.set(item(2).item, 'never');
    expect([await series.take('a', item(4)), await series.take('a', item(5))]).toEqual([2, 4]);
  });

  test('all that ask at once get different ones, without a gap, from two instances too', async () => {
    const world: World = new Map(), one = seriesOver(world), other = seriesOver(world, { name: one.name });
    const numbers = await Promise.all(Array.from({ length: 120 }, (_one, n) => (n % 2 === 0 ? one : other).series.take('a', item(n))));
    expect([...numbers].sort((a, b) => a - b)).toEqual(Array.from({ length: 120 }, (_one, n) => n + 1));
  });

  test('go on in the next book when one is full, with what waits and what is free', async () => {
    const world: World = new Map(), { series, name } = seriesOver(world);
    for (let n = 1; n <= writesPerBook + 5; n++) { await series.take('a', item(n)); if (n !== 7) world.set(item(n).item, n); }
    const restarted = seriesOver(world, { name }).series;
    expect(await restarted.take('a', item(7))).toBe(7);
    world.set(item(7).item, 'never');
    expect([await restarted.take('a', item(1_000)), await restarted.take('a', item(1_001))]).toEqual([7, writesPerBook + 6]);
  });

  test('end with the last one, and do not pile up unused', async () => {
    const { series } = seriesOver(new Map(), { last: 2 });
    await series.take('a', item(1));
    await series.take('a', item(2));
    await expect(series.take('a', item(3))).rejects.toMatchObject({ code: 'NUMBERS_EXHAUSTED' });
    const { series: careless } = seriesOver(new Map());
    const taken = await Promise.allSettled(Array.from({ length: 351 }, (_one, n) => careless.take('a', item(n))));
    expect(taken.filter((one) => one.status === 'fulfilled')).toHaveLength(300);
    expect(taken.at(-1)).toMatchObject({ reason: { code: 'NUMBERS_PENDING' } });
  });

  test('whatever is paid, given up, tried again or restarted: no number twice, no gap once all is settled', async () => {
    const step = fc.record({ item: fc.nat(12), end: fc.constantFrom('use', 'give-up', 'crash', 'restart') });
    await fc.assert(fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
      const world: World = new Map(), first = seriesOver(world);
      let { series } = first;
      for (const one of steps) {
        const claimant = item(one.item);
        if (one.end === 'restart') { series = seriesOver(world, { name: first.name }).series; continue; }
        if (world.has(claimant.item)) continue;
        const number = await series.take('a', claimant);
        if (one.end !== 'crash') world.set(claimant.item, one.end === 'use' ? number : 'never');
      }
      // Whoever has a number and has not used it does so now; what was given up is filled by new items.
      for (let n = 0; n < 13; n++) if (!world.has(item(n).item)) world.set(item(n).item, await series.take('a', item(n)));
      const largest = Math.max(0, ...[...world.values()].filter((one) => typeof one === 'number'));
      for (let n = 100; new Set([...world.values()].filter((one) => typeof one === 'number')).size < largest; n++) {
        expect(n, 'gaps are filled before new numbers are given').toBeLessThan(200);
        world.set(item(n).item, await series.take('a', item(n)));
      }
      const used = [...world.values()].filter((one): one is number => typeof one === 'number').sort((a, b) => a - b);
      expect(used).toEqual(used.map((_one, n) => n + 1));
    }), { numRuns: 40 });
  });
});

describe('numbers that are lent from memory', () => {
  /** Another process over the same store: the one before it has ended. */
  const process = (world: Host['world']): Host => ({ ...host, world, participant: new Proxy(host.participant, { get: (of, key) => { const value = Reflect.get(of, key, of) as unknown; return typeof value === 'function' ? value.bind(of) as unknown : value; } }) });
  const rulesOf = (name: string, borne: ReadonlySet<number>, last = 1_000_000): Parameters<typeof numberSeries>[1] => ({
    name, last, sideOf: () => 'real', fate: (claim) => (borne.has(claim.number) ? 'used' : 'waiting'), borne: async (_series, number) => borne.has(number),
  });
  const anybody = { folder: 'f'.repeat(64), item: 'receipt' };

  test('cost one write for many, and go on with those that came back', async () => {
    const borne = new Set<number>(), name = `leased-${++names}`, series = numberSeries(process(host.world), rulesOf(name, borne));
    const before = host.participant.lastCommit(), lent = await Promise.all(Array.from({ length: numbersPerLease }, () => series.lend('a', anybody)));
    expect([lent.map((one) => one.number), host.participant.lastCommit() - before]).toEqual([Array.from({ length: numbersPerLease }, (_one, n) => n + 1), 1]);
    lent[6]!.done(false);
    await new Promise((resolve) => setImmediate(resolve));
    expect([(await series.lend('a', anybody)).number, (await series.lend('a', anybody)).number]).toEqual([7, numbersPerLease + 1]);
  });

  test('an item that bears its number while the next lease is being written keeps it', async () => {
    const borne = new Set<number>(), one = process(host.world), given: number[] = [];
    let meanwhile = (): void => {};
    const participant = new Proxy(one.participant, { get: (of, key) => (key !== 'handle' ? Reflect.get(of, key, of) as unknown : async (...asked: Parameters<Host['participant']['handle']>) => { const handled = await of.handle(...asked); meanwhile(); return handled; }) });
    const series = numberSeries({ ...one, participant }, rulesOf(`leased-${++names}`, borne));
    const first = await series.lend('a', anybody);
    for (let n = 1; n < 3 * numbersPerLease; n++) {
      if (n === numbersPerLease) meanwhile = () => { meanwhile = () => {}; borne.add(first.number); first.done(true); };
      given.push((await series.lend('a', anybody)).number);
    }
    expect(given).toEqual(given.map((_one, n) => n + 2));
  });

  test('are not more than may wait, nor than there are', async () => {
    const { lend } = numberSeries(process(host.world), rulesOf(`leased-${++names}`, new Set()));
    const lent = await Promise.allSettled(Array.from({ length: maxPendingNumbers + 1 }, () => lend('a', anybody)));
    expect([lent.filter((one) => one.status === 'fulfilled').length, lent.at(-1)]).toEqual([maxPendingNumbers, expect.objectContaining({ reason: expect.objectContaining({ code: 'NUMBERS_PENDING' }) })]);
    const few = numberSeries(process(host.world), rulesOf(`leased-${++names}`, new Set(), 2));
    await Promise.all([few.lend('a', anybody), few.lend('a', anybody)]);
    await expect(few.lend('a', anybody)).rejects.toMatchObject({ code: 'NUMBERS_EXHAUSTED' });
  });

  test('whatever comes back, is lost, fails to be written, or ends with its process: no number twice, no gap once all is settled', async () => {
    const step = fc.constantFrom('borne', 'back', 'unsaid', 'lost', 'taken', 'restart', 'unkept', 'kept', 'last'), point = { unkept: 'number-unkept', kept: 'number-kept' } as const;
    await fc.assert(fc.asyncProperty(fc.array(step, { maxLength: 60 }), async (steps) => {
      const borne = new Set<number>(), out = new Set<number>(), name = `leased-${++names}`;
      let dies: string | undefined;
      const world = { ...host.world, crashPoint: (at: string) => { if (at === dies) { dies = undefined; throw new Error('died'); } } } as Host['world'], rules = rulesOf(name, borne);
      let series = numberSeries(process(world), rules);
      const tried = async <T>(ask: () => Promise<T>): Promise<T> => ask().catch((error: unknown) => { if (String(error).includes('died')) return ask(); throw error; });
      const lend = async (): Promise<Awaited<ReturnType<typeof series.lend>>> => {
        const lent = await tried(() => series.lend('a', anybody));
        expect(out.has(lent.number) || borne.has(lent.number), `${lent.number} is given twice`).toBe(false);
        return lent;
      };
      for (const one of steps) {
        if (one === 'restart') { series = numberSeries(process(world), rules); out.clear(); continue; }
        if (one === 'unkept' || one === 'kept') { dies = point[one]; continue; }
        if (one === 'last') { expect(await series.last('a')).toBe(Math.max(0, ...borne, ...out)); continue; }
        if (one === 'taken') {
          const number = await tried(() => series.take('a', item(1_000 + borne.size)));
          expect(out.has(number) || borne.has(number), `${number} is given twice`).toBe(false);
          borne.add(number);
          continue;
        }
        const { number, done } = await lend();
        if (one === 'borne' || one === 'unsaid') borne.add(number);
        if (one === 'lost') out.add(number);
        else done(one === 'borne');
        await new Promise((resolve) => setImmediate(resolve));
      }
      series = numberSeries(process(world), rules);
      out.clear();
      dies = undefined;
      while (borne.size < Math.max(0, ...borne)) borne.add((await lend()).number);
      expect(await numberSeries(process(world), rules).close('a')).toBe(borne.size);
    }), { numRuns: 60 });
  });
});

test('a value has one owner, whoever asks at the same time', async () => {
  const owners = await Promise.all(['a', 'b', 'c', 'a'].map((owner) => claimOnce(host, 'test', 'reference', owner)));
  expect(new Set(owners).size).toBe(1);
  expect(await claimOnce(host, 'test', 'reference', 'd')).toBe(owners[0]);
  expect(await claimOnce(host, 'other', 'reference', 'd')).toBe('d');
});

describe('a value that passes on when its use is over', () => {
  let values = 0;
  type Turns = { readonly value: string; readonly claim: (owner: string, attempt: string, isOver?: (owner: string) => Promise<boolean>) => Promise<string> };
  /** Claims of one value. Whoever is `over` will never use it. */
  function turns(over: readonly string[] = []): Turns {
    const value = `value-${++values}`;
    return { value, claim: (owner, attempt, isOver = async (other) => over.includes(other)) => claimUntilOver(host, { register: 'turns', value, owner, attempt }, isOver) };
  }

  test.each<[string, readonly string[], readonly [string, string][], readonly string[]]>([
    // what                                  over       claims in turn                               who has it after each
    ['the first has it', [], [['a', '1'], ['b', '1']], ['a', 'a']],
    ['the same attempt again', [], [['a', '1'], ['a', '1'], ['b', '1']], ['a', 'a', 'a']],
    ['another attempt of the same', [], [['a', '1'], ['a', '2'], ['b', '1']], ['a', 'a', 'a']],
    ['it passes on, and back', ['a', 'b'], [['a', '1'], ['b', '1'], ['a', '2']], ['a', 'b', 'a']],
    ['it stays with whoever uses it', ['a'], [['a', '1'], ['b', '1'], ['c', '1'], ['a', '2']], ['a', 'b', 'b', 'b']],
  ])('%s', async (_what, over, claims, expected) => {
    const { value, claim } = turns(over), said: string[] = [];
    for (const [owner, attempt] of claims) said.push(await claim(owner, attempt));
    expect([said, await ownerOnce(host, 'turns', value)]).toEqual([expected, expected.at(-1)]);
  });

  test('what was claimed before there were attempts passes on, too', async () => {
    const { value, claim } = turns(['a']);
    await claimOnce(host, 'turns', value, 'a');
    expect([await claim('a', '1'), await claim('b', '1')]).toEqual(['a', 'b']);
  });

  test('an attempt that is begun while somebody looks is not overlooked', async () => {
    const { claim } = turns();
    let looks = 0;
    await claim('a', '1');
    // The first attempt of a is over; while b looks, a begins another.
    const isOver = async (): Promise<boolean> => { if (++looks > 1) return false; expect(await claim('a', '2')).toBe('a'); return true; };
    expect([await claim('b', '1', isOver), looks]).toEqual(['a', 2]);
  });

  test('of many who find it over at once one has it', async () => {
    const { claim } = turns(['a']);
    await claim('a', '1');
    const said = await Promise.all(['b', 'c', 'd', 'e'].map((owner) => claim(owner, '1')));
    expect([new Set(said).size, said[0] === 'a']).toEqual([1, false]);
  });
});
