/** A bank statement brought by the command beside a running hub: a report per line, a dry run that writes nothing, twice is once, and what names no dossier in the comparison of its day. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { payments } from '@lienthong/contract';
import { allOffices, hubClient } from '@lienthong/journeys';
import type { HubClient } from '@lienthong/journeys';
import { localDate } from '@lienthong/law';
import { moneyAside } from '@lienthong/operator';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { bringTable, lienthongBeside } from './brought-table.ts';
import { hubOfTest } from './hub-of-test.ts';
import type { HubOfTest } from './hub-of-test.ts';
import { workbook } from './workbook.ts';

/** Each test starts several processes. */
vi.setConfig({ testTimeout: 600_000 });

let hub: HubOfTest, client: HubClient, folder: string, treasury: string;
beforeAll(async () => {
  hub = await hubOfTest();
  client = hubClient(hub.address);
  folder = await mkdtemp(join(tmpdir(), 'lienthong-statement-'));
  for await (const { office, roles } of allOffices(client.reference)) if (roles.includes('treasury')) { treasury = office; break; }
});
afterAll(async () => { client.close(); await hub.stop(); await rm(folder, { recursive: true, force: true }); });

type Line = { readonly line: number; readonly key: string; readonly outcome: string; readonly reason?: string; readonly field?: string; readonly remedy?: string };
type Said = { readonly records: number; readonly known: number; readonly refused: number; readonly lines: readonly Line[] };
async function bring(name: string, content: string | Buffer, ...more: string[]): Promise<{ readonly code: number | null; readonly said: Said; readonly lines: readonly string[] }> {
  const { code, said, error } = await bringTable(hub, folder, 'statement', name, content, ...more), told = said as unknown as Said;
  expect(error).toBe('');
  return { code, said: told, lines: told.lines.map((one) => [one.line, one.key, one.outcome, one.reason ?? one.field].filter((part) => part !== undefined).join(' ')) };
}

const today = localDate(Date.now()), [year, month, day] = today.split('-');
const rows = [
  'date,reference,amount,description,currency',
  `${today},FT1,"1,250,000.00",chuyen tien,VND`,
  `${day}/${month}/${year},FT2,50.000 đ,NOP PHI H17 125 02 261124 9999,`,
  `${today},FT3,-50000,,`, `${today},FT4,"50000,5",,`, `${today},FT5,50000,,USD`, `2999-01-01,FT6,50000,,`, `hôm nay,FT7,50000,,`, `${today},FT8,nhiều,,`, `${today},,50000,,`,
  `${today},FT1,50000,số khác,`, `${today},ft2,50.000,NOP PHI H17 125 02 261124 9999,`,
];
const refused = ['4 FT3 refused amount', '5 FT4 refused amount', '6 FT5 refused currency', '7 FT6 refused date', '8 FT7 refused date', '9 FT8 refused amount', '10  refused reference', '11 FT1 refused reference'];

test('a report per line; a dry run writes nothing; twice is once; what names no dossier is open in the day', async () => {
  const reconcile = (): Promise<payments.ReconcileResponse> => client.payments.reconcile(payments.ReconcileRequest.fromPartial({ requestId: `r-${Math.random()}`, date: today }), { office: treasury });
  const aside = ['2 FT1 set-aside REFERENCE_UNKNOWN', '3 FT2 set-aside REFERENCE_UNKNOWN'], dry = await bring('sao-ke.csv', rows.join('\n'), '--dry-run');
  expect([dry.code, dry.lines]).toEqual([1, [...aside, ...refused, '12 ft2 set-aside REFERENCE_UNKNOWN']]);
  expect(await reconcile()).toMatchObject({ open: 0, differences: [] });
  const first = await bring('sao-ke.csv', rows.join('\n'));
  expect([first.code, first.said.known, first.lines.filter((one) => !/ft2/i.test(one))]).toEqual([1, 1, [aside[0], ...refused]]);
  expect(first.said.lines.filter((one) => one.outcome === 'refused').every((one) => one.remedy !== '')).toBe(true);
  const again = await bring('sao-ke.csv', rows.join('\n'));
  expect([again.said.known, again.said.refused, again.said.records]).toEqual([3, 8, 11]);
  const { open, openAmount, imbalance, differences } = await reconcile();
  expect([open, openAmount, imbalance, differences.map((one) => one.cause)]).toEqual([2, 1_300_000, 0, ['REFERENCE_UNKNOWN', 'REFERENCE_UNKNOWN']]);
});

test('what waits is listed, however small the pages are', async () => {
  const { out, error, code } = await lienthongBeside(hub, 'money', '--json'), listed = out.trimEnd().split('\n').map((line) => JSON.parse(line) as { readonly money: string; readonly transaction: string; readonly amount: number; readonly description: string });
  expect([code, error, listed.map((one) => [one.transaction, one.amount, one.description]).sort()]).toEqual([1, '', [['KBNN|FT1', 1_250_000, 'chuyen tien'], ['KBNN|FT2', 50_000, 'NOP PHI H17 125 02 261124 9999']]]);
  const small: string[] = [];
  for await (const one of moneyAside(client, { office: treasury, rehearsal: false, pageSize: 1 })) small.push(`${one.money}/${one.transaction}`);
  expect(small).toEqual(listed.map((one) => `${one.money}/${one.transaction}`));
  expect(await lienthongBeside(hub, 'money', '--rehearsal')).toMatchObject({ code: 0, out: 'không có khoản nào đang chờ / no money is set aside\n' });
});

test('from Excel, into the account that is named', async () => {
  const sheet = workbook([['date', 'reference', 'amount', 'description'], [today, 'XL1', '70000', 'chuyen tien'], [today, 'XL2', '0', '']]);
  const { code, lines } = await bring('sao-ke.xlsx', sheet, '--bank', 'VCB', '--office', treasury);
  expect([code, lines]).toEqual([1, ['2 XL1 set-aside REFERENCE_UNKNOWN', '3 XL2 refused amount']]);
  // The same reference of another bank is another transfer.
  expect((await bring('sao-ke.csv', ['date,reference,amount,description', `${today},XL1,70000,`].join('\n'))).lines).toEqual(['2 XL1 set-aside REFERENCE_UNKNOWN']);
});
