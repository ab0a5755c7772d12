/** The hub dies at every named point, as by a power failure: whoever goes on asking gets it done, once, and nothing that was acknowledged is missing. */
import { crashPointNames } from '@lienthong/kernel';
import type { CrashPointName } from '@lienthong/kernel';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { storedProblems } from './check-stored.ts';
import { crashReach, postPassages } from './crash-reach.ts';
import type { Reach } from './crash-reach.ts';
import { templates, walkPoint } from './crash-walk.ts';
import type { Templates, Walked } from './crash-walk.ts';
import { equalCopies } from './equal-copies.ts';
import { storedCopies } from './stored-entries.ts';

const templateMs = 180_000, pointMs = 180_000;

let from: Templates;
beforeAll(async () => { from = await templates(); }, templateMs);
afterAll(async () => { await Promise.all([from?.worked.gone(), from?.putBack.gone(), from?.handedIn.gone()]); });

const reached = crashPointNames.flatMap((point): [CrashPointName, Reach][] => (crashReach[point] === null ? [] : [[point, crashReach[point]]]));

async function expectWhole({ place, hub, calls, errands }: Walked, point: CrashPointName): Promise<void> {
  for (const { method, answer, repeat } of calls.slice()) expect([method, await repeat()]).toEqual([method, answer]);
  for (const { code } of errands) await equalCopies(hub, code);
  expect((await place.end('SIGTERM')).code).toBe(0);
  expect(storedProblems(await storedCopies(place.store), calls.map(({ requestId }) => requestId)), point).toEqual([]);
}

test.each(reached)('%s', { timeout: pointMs }, async (point, reach) => {
  const walked = await walkPoint(point, 1, reach, from);
  try { await expectWhole(walked, point); } finally { walked.hub.close(); await walked.place.gone(); }
});

test.each(postPassages)('by post, $moment: $point:$passage', { timeout: pointMs }, async ({ point, passage }) => {
  const walked = await walkPoint(point, passage, { from: 'handed-in', by: 'post' }, from);
  try { await expectWhole(walked, point); } finally { walked.hub.close(); await walked.place.gone(); }
});

test('every point of the embedded hub was walked', () => {
  process.stdout.write(`${reached.length} of ${crashPointNames.length} crash points walked in the embedded hub, seed ${inject('seed')}\n`);
  expect(reached.length).toBeGreaterThan(40);
});
