/** The desk for money that is for no charge, page by page. */
import { payments } from '@lienthong/contract';
import { localDate } from '@lienthong/law';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { maxAsideRows } from '../src/money-desk.ts';
import { nextRequest } from './payments-hub.ts';
import { desk, deskPage, sandboxHub, settle, treasuryOf } from './sandbox-of-tests.ts';
import type { SandboxHub } from './sandbox-of-tests.ts';

let sandbox: SandboxHub;
const lines = 7;
const bring = (reference: string, amount: string): Promise<payments.RecordTransferResponse> =>
  sandbox.hub.call('payments', 'recordTransfer', payments.RecordTransferRequest.create({ requestId: nextRequest(), bank: 'KBNN', reference, date: localDate(sandbox.world.now()), amount, description: `chuyen tien ${reference}` }), treasuryOf(sandbox));

beforeAll(async () => {
  vi.spyOn(console, 'error').mockImplementation(() => {});
  sandbox = await sandboxHub({});
  for (let n = 1; n <= lines; n++) await bring(`P${n}`, '50000');
  // One record with two rows.
  await bring('P1', '60000');
});
afterAll(() => sandbox.hub.stop());

const names = (rows: readonly payments.MoneyAside[]): readonly string[] => rows.map((one) => `${one.transaction} ${one.said}`);

test.each([1, 2, 3, lines, lines + 1, lines + 2, maxAsideRows])('every row once, in one order, %i at a time', async (size) => {
  const whole = await deskPage(sandbox), first = await deskPage(sandbox, { pageSize: size });
  expect([whole.money.length, whole.nextPageToken, first.money.length]).toEqual([lines + 1, '', Math.min(size, lines + 1)]);
  expect(names(await desk(sandbox, size))).toEqual(names(whole.money));
  expect([...whole.money].sort((a, b) => a.transaction.localeCompare(b.transaction)).every((one) => one.description !== '' || one.amount === 0)).toBe(true);
});

test('what is ended between two pages takes nothing with it, also within one record', async () => {
  const all = await desk(sandbox), two = all.findIndex((one) => one.transaction === 'KBNN|P1');
  const first = await deskPage(sandbox, { pageSize: two + 1 });
  expect(first.money.at(-1)).toMatchObject({ transaction: 'KBNN|P1', said: '50000' });
  for (const one of first.money) await settle(sandbox, one, 'return');
  const rest = await deskPage(sandbox, { pageToken: first.nextPageToken });
  expect(names([...first.money, ...rest.money])).toEqual(names(all));
  expect(names(rest.money)[0]).toBe('KBNN|P1 60000');
});

test.each<[string, Partial<payments.ListMoneyRequest>, string]>([
  ['below one', { pageSize: -1 }, 'page_size'], ['more than a page has', { pageSize: maxAsideRows + 1 }, 'page_size'], ['no token of a page', { pageToken: 'next' }, 'page_token'],
])('%s is refused', async (_what, page, field) => {
  await expect(deskPage(sandbox, page)).rejects.toMatchObject({ code: 'FIELD_INVALID', field });
});
