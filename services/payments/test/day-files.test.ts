/** Files of the platform: read again only when they may be another. */
import type { GatewayRow, PaymentGateway } from '@lienthong/kernel';
import { expect, test } from 'vitest';
import { dayFileOf, DayFiles, keptFileMs, maxKeptFiles } from '../src/day-files.ts';

const row = (more: Partial<GatewayRow>): GatewayRow => ({ kind: 'payment', reference: 'LT1', transaction: 'GD1', amount: '50000', currency: 'VND', info: '', paidAt: 0, ...more });

function filesOf(): { readonly files: DayFiles; readonly read: string[]; at(now: number): void } {
  const read: string[] = [];
  let now = 1_000;
  const gateway = { name: 'x', file: async (day: string) => { read.push(day); return [row({ transaction: `GD${read.length}` })]; } } as unknown as PaymentGateway;
  return { files: new DayFiles(gateway, () => now), read, at: (then) => { now = then; } };
}

test.each<[string, number, number]>([
  // asked again after       ms               read in all
  ['the same moment', 0, 1], ['almost the bound', keptFileMs - 1, 1], ['the bound', keptFileMs, 2], ['more', keptFileMs + 1, 2], ['a clock that was set back', -1, 2],
])('one that was read is good for a while: %s', async (_what, later, times) => {
  const { files, read, at } = filesOf();
  await files.recent('2026-11-28');
  at(1_000 + later);
  expect([(await files.recent('2026-11-28')).rows[0]!.transaction, read.length]).toEqual([`GD${times}`, times]);
});

test('whoever reconciles reads it anew, and whoever resolves afterwards sees that one', async () => {
  const { files, read } = filesOf();
  for (let n = 0; n < 3; n++) await files.read('2026-11-28');
  expect([(await files.recent('2026-11-28')).rows[0]!.transaction, read.length]).toEqual(['GD3', 3]);
});

test.each([[maxKeptFiles, 0], [maxKeptFiles + 1, 1]])('of %i days the oldest are read again: %i', async (days, again) => {
  const { files, read } = filesOf(), all = Array.from({ length: days }, (_one, n) => `2026-11-${n + 1}`);
  for (const day of all) await files.recent(day);
  await files.recent(all[0]!);
  expect(read.length).toBe(days + again);
});

test('what a platform does not say is no file, and is asked for again', async () => {
  let times = 0;
  const files = new DayFiles({ name: 'x', file: async () => { times += 1; throw new Error('away'); } } as unknown as PaymentGateway, () => 0);
  for (let n = 0; n < 2; n++) await expect(files.recent('2026-11-28')).rejects.toMatchObject({ code: 'GATEWAY_FAILED' });
  expect(times).toBe(2);
});

test('rows are found by payment and by the key of a refund', () => {
  const file = dayFileOf([row({}), row({ kind: 'refund', reference: 'r-1' }), row({ kind: 'refund', reference: 'r-1', amount: '1' }), row({ transaction: 'GD2' })]);
  expect([file.paymentsOf('GD1').length, file.paymentsOf('GD3').length, file.refundsOf('r-1').map((one) => one.amount), file.refundsOf('LT1').length, file.rows.length]).toEqual([1, 0, ['50000', '1'], 0, 4]);
});
