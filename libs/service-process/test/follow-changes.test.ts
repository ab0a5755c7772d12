/** What changes outside is looked at for ever, whatever fails; what a change asks for is done once at a time. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { followChanges } from '../src/follow-changes.ts';

const everyMs = 1_000, failed = { look: 'cannot look', act: 'cannot act' };
const told: string[] = [];
const log = { error: (_what: object, message: string): void => { told.push(message); } };

beforeEach(() => { vi.useFakeTimers(); told.length = 0; });
afterEach(() => { vi.useRealTimers(); });

test('it looks at once, and then again and again until it is stopped', async () => {
  let looks = 0;
  const follower = followChanges({ everyMs, failed, look: () => { looks++; return false; } }, log as never);
  expect(looks).toBe(1);
  await vi.advanceTimersByTimeAsync(3 * everyMs);
  expect(looks).toBe(4);
  await follower.stop();
  await vi.advanceTimersByTimeAsync(3 * everyMs);
  expect(looks).toBe(4);
});

test('a look that fails is told, the next one is made', async () => {
  let looks = 0;
  const follower = followChanges({ everyMs, failed, look: () => { if (++looks < 3) throw new Error('a full disk'); return false; } }, log as never);
  await vi.advanceTimersByTimeAsync(3 * everyMs);
  await follower.stop();
  expect([looks, told]).toEqual([4, ['cannot look', 'cannot look']]);
});

test('what a change asks for is not begun again while it goes on; what fails is told and begun again', async () => {
  let begun = 0;
  const ends: (() => void)[] = [], act = (): Promise<void> => { begun++; return new Promise((resolve, reject) => { ends.push(begun === 1 ? () => reject(new Error('no store')) : resolve); }); };
  const follower = followChanges({ everyMs, failed, look: () => ends.length < 2, act }, log as never);
  await vi.advanceTimersByTimeAsync(3 * everyMs);
  expect(begun).toBe(1);
  ends[0]!();
  await vi.advanceTimersByTimeAsync(everyMs);
  expect([begun, told]).toEqual([2, ['cannot act']]);
  ends[1]!();
  await vi.advanceTimersByTimeAsync(3 * everyMs);
  expect(begun).toBe(2);
  await follower.stop();
});

test('a stop calls off what is under way, and waits for its end', async () => {
  let over = false;
  const act = (stopping: AbortSignal): Promise<void> => new Promise((resolve) => { stopping.addEventListener('abort', () => { setTimeout(() => { over = true; resolve(); }, 500); }); });
  const follower = followChanges({ everyMs, failed, look: () => true, act }, log as never);
  const stopped = follower.stop();
  expect(over).toBe(false);
  await vi.advanceTimersByTimeAsync(500);
  await stopped;
  expect(over).toBe(true);
});
