import { describe, expect, it } from 'vitest';
import { createHealth } from '../src/index.ts';

describe('readiness', () => {
  it('waits for every part and names the missing ones with their cause', () => {
    const health = createHealth();
    const store = health.part('store');
    const rpc = health.part('rpc');
    expect(health.readiness()).toEqual({ ok: false, causes: [{ part: 'store', cause: 'starting' }, { part: 'rpc', cause: 'starting' }] });
    store.ready();
    rpc.notReady('the port is taken');
    expect(health.readiness()).toEqual({ ok: false, causes: [{ part: 'rpc', cause: 'the port is taken' }] });
    rpc.ready();
    expect(health.readiness()).toEqual({ ok: true, causes: [] });
  });

  it('asks its probes anew each time', () => {
    const health = createHealth();
    let cause: string | null = 'disk nearly full';
    health.readyWhen('disk', () => cause);
    expect(health.readiness().ok).toBe(false);
    cause = null;
    expect(health.readiness().ok).toBe(true);
  });

  it('is over once the process stops, whatever the parts say', () => {
    const health = createHealth();
    const store = health.part('store');
    store.ready();
    health.stopping();
    store.ready();
    expect(health.readiness()).toEqual({ ok: false, causes: [{ part: 'process', cause: 'stopping' }] });
  });

  it('tells its listeners each change once, until they leave', () => {
    const health = createHealth();
    const told: boolean[] = [];
    const leave = health.onChange((ready) => told.push(ready));
    const store = health.part('store');
    store.ready();
    store.ready();
    store.notReady('lost');
    leave();
    store.ready();
    expect(told).toEqual([false, true, false]);
  });

  it('does not let two parts speak under one name', () => {
    const health = createHealth();
    health.part('store');
    expect(() => health.part('store')).toThrow(RangeError);
  });
});

describe('liveness', () => {
  it('does not depend on readiness, only on its own probes', () => {
    const health = createHealth();
    health.part('store');
    expect(health.liveness()).toEqual({ ok: true, causes: [] });
    health.aliveWhen('writer', () => 'no commit for 60 s while writes wait');
    expect(health.liveness()).toEqual({ ok: false, causes: [{ part: 'writer', cause: 'no commit for 60 s while writes wait' }] });
  });
});
