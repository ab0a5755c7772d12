import { describe, expect, it } from 'vitest';
import { createLifecycle, createLogger, stopPhases } from '../src/index.ts';
import type { Lifecycle } from '../src/index.ts';

type Stage = { readonly lifecycle: Lifecycle; readonly did: string[]; readonly exits: number[]; readonly lines: string[] };

function stage(times: { graceMs?: number; forceMs?: number } = {}): Stage {
  const lines: string[] = [];
  const exits: number[] = [];
  const log = createLogger({ level: 'info', write: (line) => lines.push(line) });
  return { lifecycle: createLifecycle({ log, graceMs: 5_000, forceMs: 10_000, ...times, exit: (code) => exits.push(code) }), did: [], exits, lines };
}

const never = (): Promise<void> => new Promise(() => {});

describe('stopping', () => {
  it('goes through the phases in their order, within a phase from the last registered to the first', async () => {
    const { lifecycle, did, exits } = stage();
    for (const phase of [...stopPhases].reverse()) {
      for (const name of ['a', 'b']) lifecycle.onStop(phase, name, async () => { await Promise.resolve(); did.push(`${phase} ${name}`); });
    }
    await lifecycle.stop('test');
    expect(did).toEqual(stopPhases.flatMap((phase) => [`${phase} b`, `${phase} a`]));
    expect(exits).toEqual([0]);
  });

  it('happens once, however often it is asked for', async () => {
    const { lifecycle, did, exits } = stage();
    lifecycle.onStop('flush', 'store', () => void did.push('flush'));
    await Promise.all([lifecycle.stop('one'), lifecycle.stop('two', 1), lifecycle.stop('three')]);
    expect(did).toEqual(['flush']);
    expect(exits).toEqual([0]);
  });

  it('goes on to the stores when a part cannot be stopped, and then ends with code 1', async () => {
    const { lifecycle, did, exits, lines } = stage();
    lifecycle.onStop('drain', 'peers', () => Promise.reject(new Error('no answer')));
    lifecycle.onStop('close-stores', 'store', () => void did.push('closed'));
    await lifecycle.stop('test');
    expect(did).toEqual(['closed']);
    expect(exits).toEqual([1]);
    expect(lines.join()).toContain('no answer');
  });

  it('cuts handlers short after the grace time, but never a flush', async () => {
    const { lifecycle, did, exits, lines } = stage({ graceMs: 20 });
    lifecycle.onStop('finish-handlers', 'watch', never);
    lifecycle.onStop('flush', 'store', async () => { await new Promise((done) => setTimeout(done, 60)); did.push('flushed'); });
    await lifecycle.stop('test');
    expect(did).toEqual(['flushed']);
    expect(exits).toEqual([1]);
    expect(lines.join()).toContain('cut short');
  });

  it('tells a step by its signal that the grace time is over', async () => {
    const { lifecycle, did } = stage({ graceMs: 20 });
    lifecycle.onStop('drain', 'streams', (signal) => new Promise((done) => signal.addEventListener('abort', () => { did.push('ended'); done(); })));
    await lifecycle.stop('test');
    expect(did).toEqual(['ended']);
  });

  it('can be hurried', async () => {
    const { lifecycle, exits } = stage();
    lifecycle.onStop('drain', 'streams', never);
    const stopped = lifecycle.stop('test');
    lifecycle.hurry();
    await stopped;
    expect(exits).toEqual([1]);
  });

  it('ends the process after the force time even when a store does not close', async () => {
    const { lifecycle, exits } = stage({ graceMs: 10, forceMs: 40 });
    lifecycle.onStop('close-stores', 'store', never);
    void lifecycle.stop('test');
    await expect.poll(() => exits).toEqual([1]);
  });
});

describe('starting', () => {
  it('runs the steps one after the other', async () => {
    const { lifecycle, did } = stage();
    await lifecycle.start(['store', 'rpc'].map((name) => ({ name, run: async () => { await Promise.resolve(); did.push(name); } })));
    expect(did).toEqual(['store', 'rpc']);
  });

  it('stops what was started when a step fails, and leaves it to the caller to say why and to end the process', async () => {
    const { lifecycle, did, exits } = stage();
    const steps = [
      { name: 'store', run: () => { lifecycle.onStop('close-stores', 'store', () => void did.push('closed')); } },
      { name: 'rpc', run: () => Promise.reject(new Error('the port is taken')) },
      { name: 'portal', run: () => void did.push('portal') },
    ];
    await expect(lifecycle.start(steps)).rejects.toThrow('the port is taken');
    expect(did).toEqual(['closed']);
    expect(exits).toEqual([]);
  });

  it('begins no further step once stopping was asked for', async () => {
    const { lifecycle, did } = stage();
    await lifecycle.start([{ name: 'store', run: () => void lifecycle.stop('early') }, { name: 'rpc', run: () => void did.push('rpc') }]);
    expect(did).toEqual([]);
  });
});
