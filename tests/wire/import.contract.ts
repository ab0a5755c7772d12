/** What an office had before the hub comes from its tables: the command beside a running hub, and what the registers then hold. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hubClient } from '@lienthong/journeys';
import type { HubClient } from '@lienthong/journeys';
import { business, land, reference, social } from '@lienthong/contract';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { bringTable, lienthongBeside, outcomes } from './brought-table.ts';
import type { BroughtTable } from './brought-table.ts';
import { hubOfTest } from './hub-of-test.ts';
import type { HubOfTest } from './hub-of-test.ts';
import { workbook } from './workbook.ts';

/** The hub looks every two seconds; a busy machine takes its time. */
const takenMs = 60_000;
/** Each test starts several processes. */
vi.setConfig({ testTimeout: 240_000 });

let hub: HubOfTest, client: HubClient, folder: string;
beforeAll(async () => { hub = await hubOfTest(); client = hubClient(hub.address); folder = await mkdtemp(join(tmpdir(), 'lienthong-import-')); });
afterAll(async () => { client.close(); await hub.stop(); await rm(folder, { recursive: true, force: true }); });

const bring = (kind: string, name: string, content: string | Buffer, ...more: string[]): Promise<BroughtTable> => bringTable(hub, folder, kind, name, content, ...more);

const parcels = [
  'parcel,area,map_sheet,number,size_m2,purpose,address,holder_number,holder_name,certificate_number,since_date,share',
  '20410-12-7,20410,12,7,"120,5",ODT,"12 Lê Lợi, Hội An",049190001111,Phạm Thị Lan,DB 123456,2015-05-06,1/3',
  '20410-12-8,20410,12,8,90,ODT,14 Lê Lợi,049190002222,Hồ Văn Minh,DB 123457,2016-01-01,',
  '20410-12-7,20410,12,7,"120,5",ODT,"12 Lê Lợi, Hội An",049190003333,Hồ Văn Bình,DB 123456,2015-05-06,2/3',
  '20410-12-9,99999,12,9,90,ODT,16 Lê Lợi,049190002222,Hồ Văn Minh,DB 123458,2016-01-01,',
  '20410-12-10,20410,12,10,viel,ODT,18 Lê Lợi,049190002222,Hồ Văn Minh,DB 123459,2016-01-01,',
  '20410-12-11,20410,12,11,90,ODT,20 Lê Lợi,12345,Ai Đó,DB 123460,2016-01-01,',
];

describe('registers', () => {
  test('parcels from CSV: a report per line; a dry run writes nothing; twice is once', async () => {
    const look = (parcel: string): Promise<land.GetParcelResponse> => client.land.getParcel(land.GetParcelRequest.fromPartial({ parcel }), { office: 'land-503-202501', officer: 'an' });
    const rest = ['5 20410-12-9 refused area', '6 20410-12-10 refused size_m2', '7 20410-12-11 refused holder_number'];
    const dry = await bring('parcels', 'thua-dat.csv', parcels.join('\n'), '--dry-run');
    expect([dry.code, outcomes(dry)]).toEqual([1, ['2 20410-12-7 ready', '3 20410-12-8 ready', '4 20410-12-7 ready', ...rest]]);
    await expect(look('20410-12-7')).rejects.toMatchObject({ reason: 'UNKNOWN_ITEM' });
    const expected = ['2 20410-12-7 loaded', '3 20410-12-8 loaded', '4 20410-12-7 loaded', ...rest];
    for (let n = 0; n < 2; n++) expect(outcomes(await bring('parcels', 'thua-dat.csv', parcels.join('\n')))).toEqual(expected);
    const { parcel } = await look('20410-12-7');
    expect([parcel!.sizeDm2, parcel!.version, parcel!.rights.map((one) => one.shareMillionths)]).toEqual([12_050, 1, [333_333, 666_667]]);
    // Another content for what is there is told, never written over.
    const other = await bring('parcels', 'thua-dat.csv', [parcels[0], parcels[2]!.replace('90,ODT', '91,ODT')].join('\n'));
    expect([outcomes(other), (await look('20410-12-8')).parcel!.sizeDm2]).toEqual([['2 20410-12-8 refused parcel'], 9_000]);
    // A dry run hears from the hub what the import would: what it has already, and what it has otherwise.
    const judged = await bring('parcels', 'thua-dat.csv', [...parcels.slice(0, 2), parcels[2]!.replace('90,ODT', '91,ODT'), parcels[3], parcels[2]!.replaceAll('12-8', '12-18').replace('90,ODT', `90,${'x'.repeat(201)}`)].join('\n'), '--dry-run');
    expect([judged.code, outcomes(judged)]).toEqual([1, ['2 20410-12-7 known', '3 20410-12-8 refused parcel', '4 20410-12-7 known', '5 20410-12-18 refused parcel.purpose']]);
    expect(judged.said.lines[1]!.problem).toBe(other.said.lines[0]!.problem);
    await expect(look('20410-12-18')).rejects.toMatchObject({ reason: 'UNKNOWN_ITEM' });
  });

  test('businesses and beneficiaries from Excel', async () => {
    const shops = workbook([
      ['business', 'tax_code', 'name', 'owner_number', 'owner_name', 'area', 'address', 'lines', 'capital', 'state', 'certificate_number', 'register_date'],
      ['HKD-1', '4000123456', 'Hộ kinh doanh Hoa Mai', '049190001111', 'Phạm Thị Lan', '20410', '1 Lê Lợi', '4711 Bán lẻ; 5610', '50000000', 'active', '33A8001', '2019-05-06'],
      ['HKD-2', '4000123457', 'Hoa Lan & Con', '049190002222', 'Hồ Văn Minh', '20410@2025-07-01', '2 Lê Lợi', '5610', '', 'gone', '33A8002', '2019-05-06'],
    ]);
    const dry = async (kind: string, name: string, table: Buffer): Promise<readonly unknown[]> => { const { code, said, ...more } = await bring(kind, name, table, '--dry-run'); return [code, outcomes({ code, said, ...more })]; };
    expect(await dry('businesses', 'ho.xlsx', shops)).toEqual([1, ['2 HKD-1 ready', '3 HKD-2 refused state']]);
    const brought = await bring('businesses', 'ho.xlsx', shops);
    expect([brought.code, outcomes(brought)]).toEqual([1, ['2 HKD-1 loaded', '3 HKD-2 refused state']]);
    const found = await client.business.getBusiness(business.GetBusinessRequest.fromPartial({ business: 'HKD-1' }), { office: 'business-20410-202507', officer: 'an' });
    expect(found.business).toMatchObject({ name: 'Hộ kinh doanh Hoa Mai', taxCode: '4000123456', lines: [{ code: '4711', name: 'Bán lẻ' }, { code: '5610' }], capital: 50_000_000 });
    const people = workbook([
      ['beneficiary', 'person_number', 'person_name', 'kind', 'group', 'amount', 'area', 'state', 'start_month', 'decision_number', 'channel', 'bank', 'account_number', 'account_holder'],
      ['BT-1', '049150001111', 'Trần Thị Tư', 'monthly-allowance', 'elderly-80', '550000', '20410', 'active', '2024-07', '12/QĐ-UBND', 'bank', 'Agribank', '4200 205 123456', 'TRAN THI TU'],
    ]);
    expect(await dry('businesses', 'ho.xlsx', shops)).toEqual([1, ['2 HKD-1 known', '3 HKD-2 refused state']]);
    expect(await dry('beneficiaries', 'bao-tro.xlsx', people)).toEqual([0, ['2 BT-1 ready']]);
    const social1 = await bring('beneficiaries', 'bao-tro.xlsx', people);
    expect([social1.code, social1.error, outcomes(social1)]).toEqual([0, '', ['2 BT-1 loaded']]);
    const list = join(folder, 'chi-tra.csv'), asked = ['payment-list', '--area', '20410', '--month', '2025-07', '--office', 'social-20410-202507'];
    expect(await lienthongBeside(hub, ...asked, '--channel', 'bank', '--out', list)).toMatchObject({ code: 0, out: `${list}: 1 dòng / lines, 550.000 đồng\n` });
    expect((await readFile(list, 'utf8')).trimEnd().split('\r\n').slice(1)).toEqual(['1,BT-1,Trần Thị Tư,Trợ cấp xã hội hàng tháng,12/QĐ-UBND,550000,0,550000,0,Ngân hàng,Agribank,4200205123456,TRAN THI TU']);
    expect(JSON.parse((await lienthongBeside(hub, ...asked, '--channel', 'post', '--json')).out)).toEqual({ lines: [], total_amount: 0 });
    expect((await client.social.getBeneficiary(social.GetBeneficiaryRequest.fromPartial({ beneficiary: 'BT-1' }), { office: 'social-20410-202507', officer: 'an' })).beneficiary).toMatchObject({ amount: 550_000, group: 'elderly-80', channel: social.PaymentChannel.BANK, account: { bank: 'Agribank', number: '4200205123456', holder: 'TRAN THI TU' } });
  });

  test.each([
    ['a field with a comma that is not in quotes', 'x.csv', `${parcels[0]}\n${parcels[2]},more`, 'line 2 has 13 fields, the header 12'], ['a quote that never ends', 'x.csv', `${parcels[0]}\n"${parcels[2]}`, 'line 2 begins a quote that never ends'],
    ['a column named twice', 'x.csv', `${parcels[0]},area\n${parcels[2]}x,20410`, 'the header names column area twice'],
    ['a column named twice in a workbook', 'x.xlsx', workbook([[...parcels[0]!.split(','), 'area'], [...parcels[2]!.split(','), '20410']]), 'the header names column area twice'],
    ['a column that is missing', 'x.csv', 'parcel,area\na,b', 'thiếu cột / columns missing: map_sheet'], ['no rows', 'x.csv', 'parcel,area\n', 'không có dòng nào / no rows'], ['what is no workbook', 'x.xlsx', 'nonsense', 'no workbook can be read'],
  ])('%s is told', async (_what, name, content, said) => {
    const told = await bring('parcels', name, content);
    expect([told.code, told.error.includes(said)]).toEqual([2, true]);
  });
});

describe('what no register should hold for ever is refused by its line and field, and the lines beside it are taken', () => {
  const long = 'x'.repeat(5_000);
  /** A table of one line each, changed in some fields; the last column is what becomes of it. */
  async function refusals(kind: string, standing: Readonly<Record<string, string>>, changes: readonly (readonly [change: Readonly<Record<string, string>>, outcome: string])[]): Promise<void> {
    const names = Object.keys(standing), [key] = names as [string], quoted = (text: string): string => `"${text}"`;
    const rows = changes.map(([change], n) => names.map((name) => quoted(change[name] ?? (standing[name]!.includes('#') ? standing[name]!.replaceAll('#', String(100 + n)) : standing[name]!))).join(','));
    const brought = await bring(kind, `${kind}.csv`, `\uFEFF${[names.join(','), ...rows].join('\r\n')}\r\n`);
    const byKey = brought.said.lines.map((one) => (one.outcome === 'refused' ? `refused ${one.field}` : one.outcome));
    expect(byKey, JSON.stringify(brought.said.lines)).toEqual(changes.map(([, outcome]) => outcome));
    expect(brought.said.lines.filter((one) => one.outcome === 'refused').every((one) => one.problem !== '' && one.remedy !== ''), key).toBe(true);
  }

  test('parcels', () => refusals('parcels', { parcel: '20410-91-#', area: '20410', map_sheet: '91', number: '#', size_m2: '90', purpose: 'ODT', address: '14 Lê Lợi', holder_number: '049190002222', holder_name: 'Hồ Văn Minh', certificate_number: 'DB 9#', since_date: '2016-01-01' }, [
    [{}, 'loaded'], [{ address: '14 Lê Lợi,\nHội An' }, 'loaded'], [{ since_date: '' }, 'loaded'], [{ parcel: 'A\u0007B' }, 'refused parcel'], [{ map_sheet: 'x'.repeat(65) }, 'refused parcel.map_sheet'], [{ purpose: 'x'.repeat(201) }, 'refused parcel.purpose'],
    [{ holder_name: 'x'.repeat(301) }, 'refused parcel.rights.holder'], [{ holder_name: 'Hồ \u202EMinh' }, 'refused holder_name'], [{ holder_name: 'H\uFFFD Minh' }, 'refused holder_name'], [{ since_date: '9999-01-01' }, 'refused parcel.rights.since_date'],
    [{ since_date: '2016-02-30' }, 'refused parcel.rights.since_date'], [{ since_date: '0001-01-01' }, 'refused parcel.rights.since_date'], [{ address: long }, 'refused address'],
  ]));

  test('businesses', () => refusals('businesses', { business: 'HKD-9#', tax_code: '4000129#', name: 'Hộ số #', owner_number: '049190777#', owner_name: 'Phạm Lan', area: '20410', address: '1 Lê Lợi', lines: '4711 Bán lẻ', capital: '50000000', state: 'active', certificate_number: '33A9#', register_date: '2019-05-06', suspended_from: '', suspended_until: '', end_date: '' }, [
    [{}, 'loaded'], [{ state: 'suspended', suspended_from: '2026-01-01', suspended_until: '2027-01-01' }, 'loaded'], [{ capital: '99999999999999' }, 'refused business.capital'], [{ lines: '4711 Bán lẻ; thêm; 12' }, 'refused lines'], [{ lines: '123456 X' }, 'refused lines'],
    [{ tax_code: 'x' }, 'refused business.tax_code'], [{ register_date: '2199-01-01' }, 'refused business.register_date'], [{ register_date: 'sáng' }, 'refused business.register_date'], [{ certificate_number: 'x'.repeat(65) }, 'refused business.certificate_number'],
    [{ state: 'suspended', suspended_from: '2026-01-01', suspended_until: '2025-01-01' }, 'refused business.suspended_until'], [{ suspended_from: '2026-01-01' }, 'refused business.suspended_from'], [{ state: 'terminated', end_date: '2018-01-01' }, 'refused business.end_date'],
    [{ end_date: '2020-01-01' }, 'refused business.end_date'], [{ business: 'HKD-9100' }, 'refused business'],
  ]));

  test('beneficiaries', () => refusals('beneficiaries', { beneficiary: 'BT-9#', person_number: '049150777#', person_name: 'Trần Tư', kind: 'monthly-allowance', group: 'elderly-80', amount: '550000', area: '20410', state: 'active', start_month: '2024-07', decision_number: '12/QĐ', end_month: '', channel: '', bank: '', account_number: '', account_holder: '' }, [
    [{}, 'loaded'], [{ state: 'stopped', end_month: '2025-07' }, 'loaded'], [{ amount: '999999999999999' }, 'refused beneficiary.amount'], [{ start_month: '9999-01' }, 'refused beneficiary.start_month'], [{ start_month: '0001-01' }, 'refused beneficiary.start_month'],
    [{ state: 'stopped', end_month: '2020-01' }, 'refused beneficiary.end_month'], [{ end_month: '2027-01' }, 'refused beneficiary.end_month'], [{ person_name: 'x'.repeat(301) }, 'refused beneficiary.person.full_name'], [{ person_name: 'Tư\u200B' }, 'refused person_name'], [{ beneficiary: 'BT-9100' }, 'refused beneficiary'],
    [{ channel: 'post' }, 'loaded'], [{ channel: 'bank', bank: 'Agribank', account_number: '4200205', account_holder: 'TRAN TU' }, 'loaded'], [{ channel: 'tiền mặt' }, 'refused channel'], [{ channel: 'bank' }, 'refused beneficiary.account'], [{ bank: 'Agribank' }, 'refused beneficiary.account'],
    [{ channel: 'post', account_number: '4200205' }, 'refused beneficiary.account'], [{ channel: 'bank', bank: 'Agribank', account_number: '42002', account_holder: 'TRAN TU' }, 'refused beneficiary.account.number'],
    [{ channel: 'bank', account_number: '4200205', account_holder: 'TRAN TU' }, 'refused beneficiary.account.bank'], [{ channel: 'bank', bank: 'Agribank', account_number: '4200205' }, 'refused beneficiary.account.holder'],
  ]));
});

describe('offices and the calendar', () => {
  const header = 'id,name_vi,name_en,service,roles,serves,agency_code,sessions,valid_from,valid_to,successor,act';

  test('a running hub takes an office that is added; the same table again changes nothing', async () => {
    const table = `${header}\nhelp-20410-202611,Bàn hướng dẫn Hội An,Help desk of Hội An,general-agency,help-desk,20410@2025-07-01,H17.777.01,,2026-11-01,,,12/QĐ-UBND\n`;
    const brought = await bring('offices', 'co-quan.csv', table);
    expect([brought.code, brought.said.added]).toEqual([0, 1]);
    await vi.waitFor(async () => {
      const { offices } = await client.reference.listOffices(reference.ListOfficesRequest.fromPartial({ role: 'help-desk' }));
      expect(offices.map((one) => one.office)).toEqual(['help-20410-202611']);
    }, { timeout: takenMs, interval: 500 });
    expect((await bring('offices', 'co-quan.csv', table)).said).toMatchObject({ added: 0, changed: 0, unchanged: 1 });
  });

  test('what would not be sound is refused by line, and nothing is written', async () => {
    const refused = await bring('offices', 'co-quan.csv', `${header}\nx-1,A,A,general-agency,help,20410@2025-07-01,H17.778.01,,2026-11-01,,,A\nx-2,B,B,general-agency,help,00000@2025-07-01,H17.779.01,,2026-11-01,,,A\n`);
    expect([refused.code, refused.said.problems[0]]).toMatchObject([1, { line: 3, record: 'x-2', problem: 'area 00000@2025-07-01 does not exist' }]);
    const twice = await bring('offices', 'co-quan.csv', `${header}\nx-1,A,A,general-agency,help,20410@2025-07-01,H17.778.01,,2026-11-01,,,A\nx-1,B,B,general-agency,help-2,20410@2025-07-01,H17.779.01,,2026-11-01,,,A\n`);
    expect([twice.code, twice.said.problems]).toMatchObject([1, [{ line: 3, record: 'x-1', field: 'id' }]]);
  });

  test('days are added to the calendar; a swap day that is also a holiday is refused', async () => {
    const day = (rows: string): Promise<BroughtTable> => bring('calendars', 'lich.csv', `date,kind,name,status\n${rows}\n`);
    expect((await day('2027-03-12,swap-off,Nghỉ hoán đổi,announced')).said).toMatchObject({ added: 1, problems: [] });
    expect((await day('2027-03-12,swap-off,Nghỉ hoán đổi,announced')).said).toMatchObject({ added: 0, unchanged: 1 });
    const refused = await day('2027-01-01,swap-working,Làm bù,announced');
    expect([refused.code, refused.said.problems[0]]).toMatchObject([1, { line: 2, record: '2027-01-01' }]);
    expect((await day('2027-03-15,swap-off,Một,announced\n2027-03-15,swap-off,Hai,announced')).said.problems).toMatchObject([{ line: 3, record: '2027-03-15', field: 'date' }]);
    expect((await day('9999-01-01,holiday,Một,announced')).said.problems[0]).toMatchObject({ line: 2, field: 'date' });
  });
});
