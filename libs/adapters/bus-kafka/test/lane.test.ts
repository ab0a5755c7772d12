/** One lane: what is given together travels together, one send after the other; a send that was given up takes its producer with it. */
import { describe, expect, test } from 'vitest';
import { Lane } from '../src/lane.ts';
import type { LaneProducer } from '../src/lane.ts';
import { silentLog } from '../src/bus-log.ts';
import { kafkaBusDefaults } from '../src/limits.ts';
import { assertAnswered } from '../src/retiring-producer.ts';

const limits = { ...kafkaBusDefaults, maxQueuedRecords: 10, maxSendRecords: 3, maxSendBytes: 100, retireBackoffMs: 1, maxRetireBackoffMs: 2, flushWithinMs: 20 };
const record = (value: string, bytes = 10) => ({ message: { key: 'k', value }, bytes });

/** Producers whose n-th send ends as `outcomes` says; absent: well. */
function laneWith(outcomes: ((sent: string[]) => Promise<void> | undefined)[] = []) {
  const sends: string[][] = [];
  const made: { retired: boolean }[] = [];
  let underWay = 0, most = 0;
  const newProducer = (): LaneProducer => {
    const state = { retired: false };
    made.push(state);
    return {
      async send(messages) {
        expect(state.retired).toBe(false);
        most = Math.max(most, ++underWay);
        const values = messages.map(({ value }) => String(value));
        sends.push(values);
        try { await outcomes[sends.length - 1]?.(values); await new Promise(setImmediate); } finally { underWay--; }
      },
      async retire() { state.retired = true; },
    };
  };
  return { lane: new Lane({ topic: 't', newProducer, limits, log: silentLog }), sends, made, most: () => most };
}
const fails = (): Promise<void> => Promise.reject(new Error('no leader'));

describe('a lane', () => {
  test('sends what comes together as one, within the limits, and one after the other', async () => {
    const { lane, sends, most } = laneWith();
    await Promise.all([lane.give([record('a'), record('b')]), lane.give([record('c'), record('d')]), lane.give([record('e', 95), record('f', 95)])]);
    expect(sends).toEqual([['a', 'b', 'c'], ['d'], ['e'], ['f']]);
    expect(most()).toBe(1);
  });

  test('sends even what is above the limit by itself', async () => {
    const { lane, sends } = laneWith();
    await lane.give([record('a', 500)]);
    expect(sends).toEqual([['a']]);
  });

  test('refuses what it has no room for', async () => {
    const { lane } = laneWith();
    const many = Array.from({ length: 10 }, (_, n) => record(String(n)));
    const first = lane.give(many);
    await expect(lane.give([record('x')])).rejects.toMatchObject({ code: 'OVERLOADED' });
    await first;
    await lane.give(many);
  });

  test('retires the producer of a send that failed, says so, and sends the next by another', async () => {
    const { lane, sends, made } = laneWith([fails]);
    await expect(lane.give([record('a'), record('b')])).rejects.toMatchObject({ code: 'PEER_UNREACHABLE' });
    expect(lane.problem()?.text).toContain('no leader');
    await lane.give([record('c')]);
    expect([lane.problem(), lane.status]).toEqual([null, { topic: 't', waiting: 0, retiredProducers: 1, problem: '' }]);
    expect([sends, made.map((one) => one.retired)]).toEqual([[['a', 'b'], ['c']], [true, false]]);
  });

  test('sends nothing more of what was given together with something that failed', async () => {
    const { lane, sends } = laneWith([fails]);
    const four = lane.give(['a', 'b', 'c', 'd'].map((value) => record(value)));
    const other = lane.give([record('e')]);
    await expect(four).rejects.toMatchObject({ code: 'PEER_UNREACHABLE' });
    await other;
    expect(sends).toEqual([['a', 'b', 'c'], ['e']]);
  });

  test('sends what is queued before it stops, and takes nothing more', async () => {
    const { lane, sends, made } = laneWith();
    const given = lane.give([record('a')]);
    await lane.stop();
    await given;
    expect([sends, made[0]!.retired]).toEqual([[['a']], true]);
    await expect(lane.give([record('b')])).rejects.toMatchObject({ code: 'STOPPING' });
  });

  test('that cannot send does not stop for ever', async () => {
    const { lane } = laneWith(Array.from({ length: 50 }, () => () => new Promise<void>((_, reject) => { setTimeout(() => reject(new Error('slow')), 15); })));
    const given = Promise.allSettled(['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'].map((value) => lane.give([record(value, 95)])));
    await lane.stop();
    expect((await given).every(({ status }) => status === 'rejected')).toBe(true);
  });
});

describe('an acknowledgement', () => {
  // partitions sent to, answers, whether it is one
  test.each<[string, number[], [number, number][], string | null]>([
    ['for all', [0, 2], [[0, 0], [2, 0]], null],
    ['for more than was sent', [0], [[0, 0], [1, 0]], null],
    ['for some: a partition moved to a broker that had answered', [0, 2], [[0, 0]], 'no answer for partition 2'],
    ['with an error', [0], [[0, 6]], 'no answer for partition 0'],
    ['for none', [1], [], 'no answer for partition 1'],
  ])('%s', (_what, sent, answers, problem) => {
    const check = (): void => assertAnswered(new Set(sent), answers.map(([partition, errorCode]) => ({ topicName: 't', partition, errorCode })));
    if (problem === null) expect(check).not.toThrow();
    else expect(check).toThrow(problem);
  });
});
