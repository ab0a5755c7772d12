import { createHash } from 'node:crypto';
import type { Host } from '@lienthong/dossier-service';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { codeSeries, codesPerBlock, codesPerLoss } from '../src/code-series.ts';

const agency = 'H17.125.02';
type Keys = Readonly<Record<string, readonly string[]>>;
type Records = Map<string, Keys>;

/** A service that keeps nothing but records, at noon of a day. */
function hostWith(records: Records, day: string): Host {
  let ids = 0;
  const handle = async (folder: string, command: { decide(view: unknown): { drafts: { body: { keys: Keys } }[] } }): Promise<unknown> => {
    const kept = records.get(folder);
    const { drafts } = command.decide({ author: 'intake~0', state: { record: kept === undefined ? null : { item: 'i', keys: kept } } });
    for (const { body } of drafts) records.set(folder, body.keys);
    return { ok: true, repeated: false, reply: null };
  };
  const world = { now: () => Date.parse(`${day}T12:00:00+07:00`), randomBytes: (n: number) => new Uint8Array(n).fill(++ids), hash: (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex') };
  return { participant: { handle, isWhole: () => true }, world } as unknown as Host;
}

/** One run of the service, from a start to the next. */
const run = (records: Records, generation: number, day: string): { take(count: number, rehearsal?: boolean, date?: string): Promise<string[]> } => {
  const codes = codeSeries(hostWith(records, day), () => generation);
  return {
    async take(count, rehearsal = false, date = day) {
      const taken: string[] = [];
      for (let n = 0; n < count; n++) taken.push(await codes.next({ agency, date, side: rehearsal ? 'rehearsal' : 'real' }));
      return taken;
    },
  };
};
const first = async (records: Records, generation: number, day: string): Promise<string> => (await run(records, generation, day).take(1))[0]!;

test('codes of a day follow one another, each day and rehearsals for themselves', async () => {
  const service = run(new Map(), 0, '2026-10-05');
  expect(await service.take(3)).toEqual(['H17.125.02-261005-0001', 'H17.125.02-261005-0002', 'H17.125.02-261005-0003']);
  expect(await service.take(1, true)).toEqual(['H17.125.02-261005-R0001']);
  expect(await service.take(1, false, '2026-10-06')).toEqual(['H17.125.02-261006-0001']);
  expect((await service.take(2 * codesPerBlock)).at(-1)).toBe('H17.125.02-261005-0103');
});

test('a restart leaves the rest of its block', async () => {
  const records: Records = new Map();
  expect(await first(records, 0, '2026-10-05')).toMatch(/-0001$/);
  expect(await first(records, 0, '2026-10-05')).toMatch(new RegExp(`-00${codesPerBlock + 1}$`));
});

describe('a store that was put back', () => {
  const from = async (prepare: (records: Records) => Promise<unknown>): Promise<Records> => { const records: Records = new Map(); await prepare(records); return records; };

  test.each([
    ['knows the series of today', '2026-10-05', '2026-10-05', 1, codesPerBlock + codesPerLoss + 1],
    ['knows nothing of today', '2026-10-04', '2026-10-05', 1, codesPerLoss + 1],
    ['knows nothing of today, and that for the second time', '2026-10-04', '2026-10-05', 2, 2 * codesPerLoss + 1],
  ])('and %s', async (_, backupDay, day, generation, next) => {
    const records = await from((one) => first(one, 0, backupDay));
    expect(await first(records, generation, day)).toMatch(new RegExp(`-${String(next).padStart(4, '0')}$`));
  });

  test('costs nothing on the days after', async () => {
    const records = await from((one) => first(one, 1, '2026-10-05'));
    expect(await first(records, 1, '2026-10-06')).toMatch(/-0001$/);
    expect(await first(records, 1, '2026-10-07')).toMatch(/-0001$/);
  });

  const steps = fc.array(fc.oneof(
    { weight: 4, arbitrary: fc.record({ what: fc.constant('take' as const), count: fc.integer({ min: 1, max: 120 }) }) },
    { weight: 2, arbitrary: fc.record({ what: fc.constantFrom('backup' as const, 'restart' as const, 'tomorrow' as const) }) },
    { weight: 1, arbitrary: fc.record({ what: fc.constant('restore' as const) }) },
  ), { maxLength: 25 });

  test('never gives a code again, whatever was backed up, taken, restored and restarted in whatever order', async () => {
    await fc.assert(fc.asyncProperty(steps, async (history) => {
      const given = new Set<string>();
      let records: Records = new Map(), backup: Records = new Map(), generation = 0, day = Date.parse('2026-10-05T00:00:00Z'), restores = 0;
      const today = (): string => new Date(day).toISOString().slice(0, 10);
      let service = run(records, generation, today());
      for (const step of history) {
        if (step.what === 'backup') backup = new Map(records);
        if (step.what === 'tomorrow') { day += 86_400_000; restores = 0; }
        // Four losses on one day use the numbers of that day up; then there is no code rather than a wrong one.
        if (step.what === 'restore' && restores < 3) { records = new Map(backup); generation++; restores++; }
        if (step.what !== 'take') service = run(records, generation, today());
        else for (const code of await service.take(step.count).catch(() => [])) { expect(given).not.toContain(code); given.add(code); }
      }
    }));
  });
});
